import { CASES } from './all';
import { DISAGREEMENTS } from './disagreements';
import { NO_FIXTURE } from './no-fixture';
import type { Verdict } from './support';
import { allControls } from '../../src/assurance/catalogue';

const IDS = allControls().map(c => c.id);
const explained = DISAGREEMENTS.flatMap(d => d.cases);
const excused = Object.values(NO_FIXTURE).flat();
const doubled = (all: readonly string[]) => all.filter((one, i) => all.indexOf(one) !== i);
const judged = (verdict: Verdict) => new Set(CASES.filter(c => c.theirs === verdict).map(c => c.control.id));

describe('verdicts of public scanners', () => {
  test('there are hundreds, each by a name of its own', () => {
    expect(CASES.length).toBeGreaterThan(500);
    expect(doubled(CASES.map(c => c.key))).toEqual([]);
  });

  test('are ours, or it is explained why not', () => {
    expect(CASES.filter(c => c.ours !== c.theirs && !explained.includes(c.key)).map(c => `${c.key}: ${c.ours}, theirs ${c.theirs}`)).toEqual([]);
  });

  test('no rule passes and fails one template', () => {
    const sides = new Map<string, Set<Verdict>>();
    for (const { id, fixture, theirs } of CASES) {
      const key = `${id} ${JSON.stringify(fixture)}`;
      sides.set(key, (sides.get(key) ?? new Set()).add(theirs));
    }
    expect([...sides].filter(([, verdicts]) => verdicts.size > 1).map(([key]) => key)).toEqual([]);
  });

  test('a rule is by its repository, file and ID', () => {
    expect(CASES.filter(({ source, id }) => !/^[\w-]+\/[\w-]+ [\w/.-]+\.(yml|yaml|py|rb|ts|rego|json)$/.test(source) || !/^[\w-]+$/.test(id)).map(c => c.key)).toEqual([]);
  });
});

describe('the table of disagreements', () => {
  test('has no row that is not needed', () => {
    const needed = new Set(CASES.filter(c => c.ours !== c.theirs).map(c => c.key));
    expect(explained.filter(key => !needed.has(key))).toEqual([]);
    expect(doubled(explained)).toEqual([]);
  });

  test('has reasons that are reasons', () => expect(DISAGREEMENTS.filter(d => d.reason.length < 40 || d.cases.length === 0)).toEqual([]));
});

describe('every control', () => {
  const [passed, failed] = [judged('pass'), judged('fail')];

  test('is judged either way, or is listed as having no public fixture, and not both', () => {
    const isJudged = (id: string) => passed.has(id) && failed.has(id);
    expect(IDS.filter(id => isJudged(id) === excused.includes(id))).toEqual([]);
  });

  test('that is listed is a control, once, in order', () => {
    expect(excused.filter(id => !IDS.includes(id))).toEqual([]);
    expect(doubled(excused)).toEqual([]);
    expect(Object.values(NO_FIXTURE).map(ids => ids.join())).toEqual(Object.values(NO_FIXTURE).map(ids => [...ids].sort().join()));
  });

  test('that is listed is so for a reason', () => expect(Object.keys(NO_FIXTURE).filter(reason => reason.length < 40)).toEqual([]));
});
