/**
 * Adds to the application of the README, or widens it, one case at a time, and says which of them the synthesis notices.
 *
 *   npx tsx build-tools/closed-world.ts                 the table: every case that was written by hand, and every generated one
 *   npx tsx build-tools/closed-world.ts --group iam     the groups whose names begin so, with each case and what it names
 *   npx tsx build-tools/closed-world.ts --only written  or generated, or legitimate
 *   npx tsx build-tools/closed-world.ts --shrink        takes what is noticed, or goes through, off the lists of what is not
 *   npx tsx build-tools/closed-world.ts --write         puts what is new on the lists as well: for cases that were added
 */
import { parseArgs } from 'util';
import { WEAKENINGS } from '../test/closed-world/all';
import { GENERATED_LEGITIMATE, LEGITIMATE_KINDS } from '../test/closed-world/generated/legitimate';
import { GENERATED, KINDS } from '../test/closed-world/generated/weakenings';
import { Case, idOf, judge } from '../test/closed-world/harness';
import { Book, idsOf, Judged, MISSED, problems, read, REFUSED, revised, stale, write } from '../test/closed-world/ledger';
import { LEGITIMATE } from '../test/closed-world/legitimate';

process.env.CDK_VALIDATION ??= 'false';
process.env.JSII_DEPRECATED ??= 'quiet';

/** Cases that are counted together. */
interface Part {
  readonly title: string;
  readonly kind: 'written' | 'generated' | 'legitimate';
  readonly book: Book;
  readonly cases: readonly Case[];
}

const PARTS: Part[] = [
  { title: 'weakenings, written', kind: 'written', book: MISSED, cases: WEAKENINGS },
  { title: `weakenings, generated of ${KINDS.length} kinds of touch`, kind: 'generated', book: MISSED, cases: GENERATED },
  { title: 'legitimate changes, written', kind: 'legitimate', book: REFUSED, cases: LEGITIMATE },
  { title: `legitimate changes, generated of ${LEGITIMATE_KINDS.length} kinds`, kind: 'legitimate', book: REFUSED, cases: GENERATED_LEGITIMATE },
];

const of = (n: number, all: number) => `${n} of ${all}`;
const percent = (n: number, all: number) => `${all === 0 ? '-' : (100 * n / all).toFixed(1)} %`;

/** Every way of a case is as it should be. */
function asWanted(judged: readonly Judged[], { wanted }: Book): [cases: number, all: number, ways: number, allWays: number] {
  const byCase = new Map<string, boolean>();
  for (const { of: { group, name }, outcome } of judged) {
    const key = `${group}: ${name}`;
    byCase.set(key, (byCase.get(key) ?? true) && outcome.result === wanted);
  }
  return [[...byCase.values()].filter(Boolean).length, byCase.size, judged.filter(j => j.outcome.result === wanted).length, judged.length];
}

/** A group that is as it should be in the way that is usual: the first of each case. */
function usual(judged: readonly Judged[]): Judged[] {
  const seen = new Set<string>();
  return judged.filter(({ of: { group, name } }) => {
    const key = `${group}: ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

const isBeside = (c: Case) => c.group === 'second stack' || /\ba second stack\b/.test(c.way);

function table(part: Part, judged: readonly Judged[]): void {
  const word = part.book.wanted === 'noticed' ? 'noticed' : 'go through';
  console.log(`\n${part.title}\n\n| group | ${word} | in every way | of all ways | of those from a second stack |\n|---|---|---|---|---|`);
  const row = (name: string, js: readonly Judged[]) => {
    const [first, all] = asWanted(usual(js), part.book);
    const [every, , ways, allWays] = asWanted(js, part.book);
    const there = js.filter(j => isBeside(j.of));
    console.log(`| ${name} | ${of(first, all)} | ${of(every, all)} | ${of(ways, allWays)} | ${there.length === 0 ? '' : of(asWanted(there, part.book)[2], there.length)} |`);
  };
  for (const group of new Set(judged.map(j => j.of.group))) { row(group, judged.filter(j => j.of.group === group)); }
  row('**all**', judged);
  const [, , ways, allWays] = asWanted(judged, part.book);
  console.log(`\n${of(ways, allWays)} ${word}, ${percent(ways, allWays)}`);
}

function list(judged: readonly Judged[], wanted: Book['wanted']): void {
  const words = { noticed: 'noticed', missed: wanted === 'noticed' ? '**missed**' : 'through', invalid: 'INVALID' };
  for (const { of: c, outcome: { result, controls, paths, message } } of judged) {
    const first = result !== 'missed' && controls.length === 0 ? message.split('\n')[0] : paths.map(p => `[${p}]`).join(' ');
    console.log(`${words[result].padEnd(10)} ${idOf(c)}${result === 'missed' ? '' : `\n           ${controls.join(', ')} ${first}`}`);
  }
}

function main(): void {
  const { values } = parseArgs({ options: {
    group: { type: 'string' }, only: { type: 'string' }, shrink: { type: 'boolean', default: false }, write: { type: 'boolean', default: false },
  } });
  const wrong: string[] = [];
  const results = PARTS.filter(p => values.only === undefined || p.kind === values.only).map(part => {
    const cases = part.cases.filter(c => values.group === undefined || c.group.toLowerCase().startsWith(values.group.toLowerCase()));
    const judged = cases.map(c => ({ of: c, outcome: judge(c.change) }));
    if (judged.length > 0) {
      if (values.group !== undefined) { list(judged, part.book.wanted); }
      table(part, judged);
    }
    return { part, judged };
  });
  for (const book of [MISSED, REFUSED]) {
    const judged = results.filter(r => r.part.book === book).flatMap(r => r.judged);
    const all = PARTS.filter(p => p.book === book).flatMap(p => p.cases);
    const before = read(book);
    const ledger = values.shrink || values.write ? revised(book, before, judged, all, { grow: values.write! }) : before;
    if (ledger !== before) { write(book, ledger); }
    wrong.push(...problems(book, judged, ledger), ...stale(ledger, all).map(id => `'${id}' is listed, and is no case: take it off the list`));
    const decided = ledger.byDecision.reduce((sum, d) => sum + d.cases.length, 0);
    console.log(`\n${idsOf(ledger).length} of ${all.length} stand in ${book.file.split('/').pop()}, ${decided} of them by decision`);
    for (const { reason, cases } of ledger.byDecision) { console.log(`  ${reason}\n${cases.map(c => `    ${c}`).join('\n')}`); }
  }
  if (wrong.length > 0) { throw new Error(`the lists are not what the bench finds:\n  ${wrong.join('\n  ')}`); }
}

try {
  main();
} catch (e) {
  console.error(e instanceof Error ? e.message : e);
  process.exitCode = 1;
}
