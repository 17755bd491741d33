// Holds what the bench finds against the lists of what is known.
import { Case, judge } from './harness';
import { Book, problems } from './ledger';

/** One test for each group of cases: what is on the list of the book is not as it should be, and all else is. */
export function hold(book: Book, cases: readonly Case[]): void {
  test.each([...new Set(cases.map(c => c.group))])('%s', group => {
    const own = cases.filter(c => c.group === group);
    expect(problems(book, own.map(c => ({ of: c, outcome: judge(c.change) })))).toEqual([]);
  }, 300_000);
}
