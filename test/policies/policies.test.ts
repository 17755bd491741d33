import { buckets } from './buckets';
import { endpoints } from './endpoints';
import { identities } from './identities';
import { keys } from './keys';
import { topics } from './topics';
import { trusts } from './trusts';
import { vaults } from './vaults';
import { world as deploy } from './world';
import { caught, mutants, policiesIn, policiesOfRow, Row, sentence, verdict } from '../support/table';

const world = deploy();
const TABLES = Object.entries({ keys, buckets, topics, vaults, endpoints, trusts, identities })
  .map(([name, table]): [string, Row[]] => [name, table(world)]);
const ROWS = TABLES.flatMap(([, rows]) => rows);

/** Faults that change nothing, and why. */
const HARMLESS: [RegExp, string][] = [
  [/ without StringEquals kms:CallerAccount$/, 'the principal of the statement is the account already'],
  [/: DenyTlsBefore12 without Bool aws:PrincipalIsAWSService$/, 'requests of services say nothing of their TLS version, and what is absent is not less than 1.2'],
  [/TopicPolicy\w+: \w+ on all resources$/, "a topic's policy is about this topic only"],
  [/BucketPolicy\w+: (CloudTrailReadsAcl|ConfigReadsBucket|GuardDutyReadsLocation|GuardDutyWrites) on all resources$/, "a bucket's policy is about this bucket only, and these are not bound to a prefix"],
];

describe.each(TABLES)('%s', (_name, rows) => {
  test.each(rows.map((row): [string, Row] => [sentence(row), row]))('%s', async (expected, row) => {
    expect(sentence(row, await verdict(row, world.policies))).toBe(expected);
  });

  test('say both what is allowed and what is refused', () => {
    expect([...new Set(rows.map(r => r.may))].sort()).toEqual([false, true]);
  });
});

describe('the tables are complete', () => {
  test('every policy of the application is in some row', () => {
    const touched = new Set(ROWS.flatMap(policiesOfRow));
    expect(Object.keys(world.policies).filter(id => !touched.has(id))).toEqual([]);
  });

  test('a policy of a kind that no table looks at is refused', () => {
    const queue = { Type: 'AWS::SQS::QueuePolicy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow' }] } } };
    expect(() => policiesIn({ ...world.template, resources: { Queue: queue } })).toThrow("'Queue' has a policy in 'PolicyDocument' of AWS::SQS::QueuePolicy, which no table looks at");
  });

  test('an endpoint without a policy is refused', () => {
    expect(() => policiesIn({ ...world.template, resources: { Open: { Type: 'AWS::EC2::VPCEndpoint', Properties: {} } } })).toThrow(/'Open' has no policy/);
  });
});

describe('the tables can fail', () => {
  const faults = mutants(world.policies);

  test.each(Object.keys(world.policies))('a statement or condition that %s lacks, or a resource too many, turns a row', async id => {
    const unseen: string[] = [];
    for (const fault of faults.filter(f => f.policy === id && !HARMLESS.some(([pattern]) => pattern.test(`${f.policy}: ${f.fault}`)))) {
      if (!await caught(fault, ROWS)) { unseen.push(fault.fault); }
    }
    expect(unseen).toEqual([]);
  });

  test.each(HARMLESS)('%s changes nothing', async pattern => {
    const harmless = faults.filter(f => pattern.test(`${f.policy}: ${f.fault}`));
    expect(harmless.length).toBeGreaterThan(0);
    for (const fault of harmless) { expect(await caught(fault, ROWS)).toBeUndefined(); }
  });

  test('and a failing row reads as the sentence that would be true', async () => {
    const row = ROWS.find(r => r.who === world.application && r.may)!;
    expect(sentence(row, await verdict({ ...row, who: { ...row.who, identity: [] } }, world.policies))).toMatch(/^the application may not /);
  });
});
