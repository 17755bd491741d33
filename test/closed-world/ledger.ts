// What is known: which weakenings nobody notices yet, and which legitimate changes are refused. The lists only shrink.
import * as fs from 'fs';
import * as path from 'path';
import { Case, idOf, Outcome, Result } from './harness';

/** Cases that are not as they should be. */
export interface Ledger {
  /** To be mended: by group, without the group's name. */
  readonly notYet: Record<string, string[]>;
  /** As it is meant to be, each with a reason in a line. */
  readonly byDecision: { readonly reason: string; readonly cases: string[] }[];
}

/** A list of cases, and what its cases should come to. */
export interface Book {
  readonly file: string;
  readonly wanted: Result;
  /** What is said of one that is not as it should be. */
  readonly complaint: string;
}

/** Weakenings that nobody notices. */
export const MISSED: Book = { file: path.join(__dirname, 'missed.json'), wanted: 'noticed', complaint: 'nobody notices' };
/** Legitimate changes that are refused. */
export const REFUSED: Book = { file: path.join(__dirname, 'refused.json'), wanted: 'missed', complaint: 'the library refuses' };

/** A case and what became of it. */
export interface Judged {
  readonly of: Case;
  readonly outcome: Outcome;
}

/** Reads a list, and checks that it is one. */
export function read({ file }: Book): Ledger {
  const ledger: Ledger = JSON.parse(fs.readFileSync(file, 'utf8'));
  const bare = ledger.byDecision.find(d => d.reason.length < 40);
  if (bare) { throw new Error(`'${path.basename(file)}' has the reason '${bare.reason}': say in a sentence why it is meant to be so`); }
  const ids = idsOf(ledger);
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  if (twice) { throw new Error(`'${path.basename(file)}' has '${twice}' twice: keep it once`); }
  return ledger;
}

/** Every case of a list, by its ID. */
export function idsOf(ledger: Ledger): string[] {
  return [...Object.entries(ledger.notYet).flatMap(([group, cases]) => cases.map(c => `${group}: ${c}`)), ...ledger.byDecision.flatMap(d => d.cases)];
}

/** What is wrong with a list, given what became of some cases: those that are new, those that are mended, and those that are wrong themselves. */
export function problems(book: Book, judged: readonly Judged[], ledger: Ledger = read(book)): string[] {
  const listed = new Set(idsOf(ledger));
  const name = path.basename(book.file);
  return judged.flatMap(({ of, outcome: { result, message } }) => {
    const id = idOf(of);
    if (result === 'invalid') { return [`'${id}' is no case: ${message}`]; }
    if (result === book.wanted) { return listed.has(id) ? [`'${id}' is in ${name}, and is as it should be: take it off the list, by 'npx tsx build-tools/closed-world.ts --shrink'`] : []; }
    return listed.has(id) ? [] : [`${book.complaint} '${id}': ${book.wanted === 'noticed' ? 'a touch rule has to' : message.split('\n').slice(0, 2).join(' ')}`];
  });
}

/** The entries of a list that are no case any more. */
export function stale(ledger: Ledger, cases: readonly Case[]): string[] {
  const ids = new Set(cases.map(idOf));
  return idsOf(ledger).filter(id => !ids.has(id));
}

/** A list without what is mended, or is no case any more; with what is not as it should be and not listed, if that is asked for. */
export function revised(book: Book, ledger: Ledger, judged: readonly Judged[], cases: readonly Case[], { grow }: { readonly grow: boolean }): Ledger {
  const known = new Set(cases.map(idOf));
  const mended = new Set(judged.filter(j => j.outcome.result === book.wanted).map(j => idOf(j.of)));
  const keeps = (id: string) => known.has(id) && !mended.has(id);
  const decided = new Set(ledger.byDecision.flatMap(d => d.cases));
  const before = new Set(idsOf(ledger));
  const open = new Set(grow ? judged.filter(j => j.outcome.result !== book.wanted && j.outcome.result !== 'invalid').map(j => idOf(j.of)) : []);
  const notYet: Record<string, string[]> = {};
  for (const c of cases) {
    const id = idOf(c);
    if (keeps(id) && !decided.has(id) && (before.has(id) || open.has(id))) { (notYet[c.group] ??= []).push(id.slice(c.group.length + 2)); }
  }
  return { notYet, byDecision: ledger.byDecision.map(d => ({ ...d, cases: d.cases.filter(keeps) })).filter(d => d.cases.length > 0) };
}

/** Writes a list: one case in a line, so that two people who shorten it do not get into each other's way. */
export function write({ file }: Book, ledger: Ledger): void {
  fs.writeFileSync(file, `${JSON.stringify(ledger, undefined, 2)}\n`);
}
