import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { WEAKENINGS } from './all';
import { GENERATED_LEGITIMATE } from './generated/legitimate';
import { GENERATED } from './generated/weakenings';
import { Case, casesOf, idOf, judge, Outcome, outcomeOf, Result, unchanged } from './harness';
import { Book, idsOf, Ledger, MISSED, problems, read, REFUSED, revised, stale } from './ledger';
import { LEGITIMATE } from './legitimate';
import { amend, append, beside, indexOf, l1, rendered, sid } from './touch';

describe('a change', () => {
  test('is noticed when the self-check fails, and says which control of what', () => {
    const outcome = judge((_app, stack) => append(l1(stack, 'Service/Task/TaskRole'), 'Policies', { PolicyName: 'P', PolicyDocument: {} }));
    expect(outcome).toMatchObject({ result: 'noticed', controls: ['IAM-01'], paths: ['Shop/Application/Service/Task/TaskRole/Resource'] });
  });
  test('is noticed when a construct refuses it', () => {
    const outcome = judge((_app, { application }) => application.loadBalancer.addListener('Plain', { port: 8080 }));
    expect(outcome).toMatchObject({ result: 'noticed', controls: [], paths: ['Shop/Application/LoadBalancer'] });
  });
  test('is missed when the synthesis goes through, also with a second stack', () => {
    expect(judge(app => { new s3.Bucket(beside(app), 'Bucket'); })).toEqual({ result: 'missed', controls: [], paths: [], message: '' });
  });
  test('is no case when it changes nothing, or when the CDK refuses it', () => {
    expect(judge(() => {})).toMatchObject({ result: 'invalid', message: expect.stringContaining('leaves the templates as they were') });
    expect(judge((_app, stack) => { new iam.Role(stack, 'Role', { assumedBy: new iam.ArnPrincipal(''), roleName: '!' }); }).result).toBe('invalid');
    expect(judge(() => { throw new Error('a mistake'); })).toMatchObject({ result: 'invalid', message: 'a mistake' });
  });
  test('does not see those before it', () => {
    judge((_app, stack) => { new s3.Bucket(stack, 'Bucket'); });
    expect(Object.values(unchanged()).filter(r => r.Type === 'AWS::S3::Bucket')).toHaveLength(5);
  });
});

test('every line of the error is read', () => {
  const message = 'the synthesized templates do not hold what the constructs promise:\n  [A/B] KMS-08 does not hold: x\n  [A/B] S3-05b does not hold: y\n  [C] TRL-10.3 does not hold: z\n  [D] the waiver of \'IAM-01\' waives nothing';
  expect(outcomeOf(message)).toMatchObject({ result: 'noticed', controls: ['KMS-08', 'S3-05b', 'TRL-10.3'], paths: ['A/B', 'C', 'D'] });
  expect(outcomeOf('Resolution error: [A/B] KMS-08 does not hold')).toMatchObject({ result: 'invalid', controls: [], paths: [] });
});

describe('additions', () => {
  const changed = (change: (bucket: s3.CfnBucket, policy: s3.CfnBucketPolicy) => void): void => {
    expect(judge((_app, stack) => change(l1(stack, 'Bucket'), l1(stack, 'Bucket/Policy'))).result).not.toBe('invalid');
  };
  test('find what is rendered', () => changed((bucket, policy) => {
    expect(rendered(bucket, 'VersioningConfiguration.Status')).toBe('Enabled');
    expect(rendered(bucket, 'No.Such.Thing')).toBeUndefined();
    expect(sid(policy, 'PolicyDocument', 'DenyTlsBefore12')).toBe('PolicyDocument.Statement.1');
    expect(() => indexOf(policy, 'PolicyDocument.Statement', s => s.Sid === 'None')).toThrow('is what a case looks for');
    append(bucket, 'Tags', { Key: 'a', Value: 'b' });
  }));
  test('keep what is there, and what is empty', () => {
    let made: s3.CfnBucketPolicy;
    judge((_app, stack) => {
      made = l1(stack, 'Bucket/Policy');
      append(made, 'PolicyDocument.Statement', { Condition: {} });
      amend(l1(stack, 'Bucket'), 'LifecycleConfiguration.Rules', rules => rules.push({ Filter: {} }));
    });
    const overrides = (made! as any).rawOverrides.Properties.PolicyDocument.Statement;
    expect(overrides.slice(-1)).toEqual([{ Condition: {} }]);
    expect(overrides).toHaveLength(rendered(made!, 'PolicyDocument.Statement').length + 1);
  });
});

describe('the cases', () => {
  const count = (cases: readonly Case[]) => Object.fromEntries([...new Set(cases.map(c => c.group))]
    .map(group => [group, new Set(cases.filter(c => c.group === group).map(c => c.name)).size]));
  test('that were written are 120 weakenings and 27 legitimate changes', () => {
    expect(count(WEAKENINGS)).toEqual({
      'key policy': 7,
      'bucket policy': 8,
      'bucket settings': 4,
      'topic': 5,
      'iam': 10,
      'trust': 4,
      'network': 13,
      'edge': 9,
      'compute': 6,
      'data': 6,
      'audit': 8,
      'detection': 5,
      'recovery': 5,
      'deny weakened': 5,
      'allow widened': 8,
      'new resource': 6,
      'second stack': 11,
    });
    expect(Object.values(count(WEAKENINGS)).reduce((a, b) => a + b)).toBe(120);
    expect(count(LEGITIMATE)).toEqual({ legitimate: 27 });
  });
  test('have an ID each', () => {
    const ids = [...WEAKENINGS, ...LEGITIMATE].map(idOf);
    expect(new Set(ids).size).toBe(ids.length);
  });
  test('are all that the lists name', () => {
    expect(stale(read(MISSED), [...WEAKENINGS, ...GENERATED])).toEqual([]);
    expect(stale(read(REFUSED), [...LEGITIMATE, ...GENERATED_LEGITIMATE])).toEqual([]);
  });
});

describe('a list', () => {
  const cases = casesOf('group', { one: { way: () => {} }, two: { way: () => {} } });
  const [ONE, TWO] = cases.map(idOf);
  const judged = (...results: Result[]) => results.map((result, i) => ({ of: cases[i], outcome: { result, controls: [], paths: [], message: 'because' } as Outcome }));
  const open = (...names: string[]): Ledger => ({ notYet: { group: names }, byDecision: [] });

  test('has to name what is missed, and only that', () => {
    expect(problems(MISSED, judged('missed', 'noticed'), open('one [way]'))).toEqual([]);
    expect(problems(MISSED, judged('missed', 'noticed'), open())).toEqual([`nobody notices '${ONE}': a touch rule has to`]);
    expect(problems(MISSED, judged('noticed', 'noticed'), open('one [way]'))).toEqual([expect.stringContaining(`'${ONE}' is in missed.json, and is as it should be`)]);
    expect(problems(MISSED, judged('invalid', 'noticed'), open('one [way]'))).toEqual([`'${ONE}' is no case: because`]);
  });
  test('has to name what is refused, and only that', () => {
    expect(problems(REFUSED, judged('missed', 'noticed'), open('two [way]'))).toEqual([]);
    expect(problems(REFUSED, judged('missed', 'noticed'), open())).toEqual([`the library refuses '${TWO}': because`]);
    expect(problems(REFUSED, judged('missed', 'missed'), open('two [way]'))).toHaveLength(1);
  });
  test('may name something by decision, with a reason', () => {
    const decided: Ledger = { notYet: {}, byDecision: [{ reason: 'x'.repeat(40), cases: [ONE] }] };
    expect(problems(MISSED, judged('missed', 'noticed'), decided)).toEqual([]);
    expect(revised(MISSED, decided, judged('missed', 'missed'), cases, { grow: true })).toEqual({ notYet: { group: ['two [way]'] }, byDecision: decided.byDecision });
  });
  test('gets shorter, and longer only if that is meant', () => {
    const shorter = (ledger: Ledger, ...results: Result[]) => revised(MISSED, ledger, judged(...results), cases, { grow: false });
    expect(shorter(open('one [way]', 'two [way]', 'gone [way]'), 'noticed', 'missed')).toEqual(open('two [way]'));
    expect(shorter(open('two [way]'), 'missed', 'missed')).toEqual(open('two [way]'));
    expect(shorter(open('one [way]'))).toEqual(open('one [way]')); // what was not judged stays
    expect(revised(MISSED, open(), judged('missed', 'invalid'), cases, { grow: true })).toEqual(open('one [way]'));
  });
  test('tells what is no case any more', () => expect(stale(open('gone [way]'), cases)).toEqual(['group: gone [way]']));
  test('is refused with a bare reason, or with a case twice', () => {
    const book = (ledger: Ledger): Book => {
      const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'ledger-')), 'list.json');
      fs.writeFileSync(file, JSON.stringify(ledger));
      return { ...MISSED, file };
    };
    expect(() => read(book({ notYet: {}, byDecision: [{ reason: 'because', cases: [] }] }))).toThrow("has the reason 'because'");
    expect(() => read(book(open('one [way]', 'one [way]')))).toThrow(`has '${ONE}' twice`);
    expect(idsOf(read(book(open('one [way]'))))).toEqual([ONE]);
  });
});
