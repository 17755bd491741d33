/**
 * Removes or inverts each hardening property of the rendered three-tier template, one at a time, and counts what is noticed.
 *
 *   npx projen mutate                          all of them: before a release
 *   npx projen mutate --sample 300 --seed abc  some of them, the same ones for the same seed
 */
import { parseArgs } from 'util';
import { EXCLUSIONS } from './exclusions';
import { judgesOf } from './judges';
import { generate } from './mutators';
import { run, sample } from './runner';
import { synthesize } from './subject';
import { readAccepted } from './survivors';

/** The share that must be noticed, of all mutations. */
const LEAST = 0.95;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } } });
  const size = values.sample === undefined ? undefined : Number(values.sample);
  if (size !== undefined && !(Number.isInteger(size) && size > 0)) { throw new Error(`'--sample' is '${values.sample}': give a whole number above 0`); }
  const subject = synthesize();
  const { mutations, excluded } = generate(subject.template);
  const chosen = size === undefined ? mutations : sample(mutations, size, values.seed!);
  const outcome = await run(subject.template, chosen, judgesOf(subject));
  const accepted = readAccepted();
  const listed = new Map(accepted.flatMap(a => a.survivors.map(id => [id, a.reason])));

  const problems = [...outcome.threw];
  for (const id of outcome.survivors.filter(s => !listed.has(s))) {
    problems.push(`nobody notices '${id}': make a predicate or a policy table stricter, or list it with a reason in build-tools/mutate/survivors.json`);
  }
  const stale = size === undefined ? [...listed.keys()].filter(id => !outcome.survivors.includes(id)) : outcome.killed.filter(id => listed.has(id));
  for (const id of stale) { problems.push(`'${id}' is listed as a survivor, and is noticed or gone: take it off the list`); }
  if (size === undefined) {
    const used = new Set(excluded.map(e => e.rule));
    for (const rule of EXCLUSIONS.filter(e => !used.has(e))) { problems.push(`the exclusion '${rule.reason}' leaves nothing out: remove it`); }
  }
  const share = outcome.noticed / outcome.total;
  if (!(share >= LEAST) && size === undefined) { problems.push(`${(100 * share).toFixed(2)} % are noticed: at least ${100 * LEAST} % have to be`); }

  const of = (n: number, all: number) => `${String(n).padStart(5)} of ${String(all).padStart(5)}`;
  for (const [family, [noticed, total]] of [...outcome.families].sort(([a], [b]) => a < b ? -1 : 1)) { console.log(`${family.padEnd(22)}${of(noticed, total)}`); }
  for (const [judge, noticed] of outcome.judges) { console.log(`${`by '${judge}'`.padEnd(22)}${of(noticed, outcome.total)}`); }
  if (outcome.survivors.length > 0) { console.log('survivors'); }
  for (const { reason, survivors } of accepted) {
    const here = survivors.filter(id => outcome.survivors.includes(id));
    if (here.length > 0) { console.log(`  ${reason}\n${here.map(id => `    ${id}`).join('\n')}`); }
  }
  console.log(`${excluded.length} more mutations are left out by ${EXCLUSIONS.length} rules (build-tools/mutate/exclusions.ts)`);
  console.log(`${outcome.noticed} of ${outcome.total} mutations noticed, ${(100 * share).toFixed(2)} %${size === undefined ? '' : ` (a sample with seed '${values.seed}' of ${mutations.length})`}`);
  if (problems.length > 0) { throw new Error(`the mutations show what nobody guards:\n  ${problems.join('\n  ')}`); }
}

main().catch((e: any) => {
  console.error(e.message);
  process.exitCode = 1;
});
