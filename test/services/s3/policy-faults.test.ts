import { add, allow, CONFIG, deny, OURS, PARTNER, RIGHT, ROLE, second } from './fixtures';
import { RenderedTemplate } from '../../../src/core/template';
import { faultsIn, forStrangers, forWriters, furtherPolicies, policiesOf, READ, shuttingOut } from '../../../src/services/s3/policy-faults';

const ask = <T>(question: (r: any, t: any) => T, change: (r: any) => void = () => undefined) => {
  const resources = structuredClone(RIGHT);
  change(resources);
  const template = new RenderedTemplate({ Resources: resources });
  return question(template.resource('Bucket')!, template);
};

test('readers of other accounts read, and do nothing else', () => expect(READ).toEqual(['s3:GetObject', 's3:ListBucket']));

test('a fault is told with the policy that it is in', () => {
  const statement = allow({ AWS: `${PARTNER}s` }, 's3:GetObject');
  expect(ask(forStrangers, second(statement))).toMatchObject([{ by: { logicalId: 'Second' }, statement }]);
  expect(ask(policiesOf, second())).toHaveLength(2);
  expect(ask(furtherPolicies)).toEqual([]);
});

test('a denial allows nothing', () => {
  expect(faultsIn({ Statement: [deny('*', 's3:*')] }, () => true)).toEqual([]);
  expect(faultsIn({ Statement: allow('*', 's3:*') }, () => true)).toHaveLength(1);
  expect(faultsIn(undefined, () => false)).toHaveLength(1);
});

test('services write, and roles do not', () => {
  expect(ask(forWriters)).toEqual([]);
  expect(ask(forWriters, add(allow({ ...CONFIG, ...ROLE }, 's3:PutObject', OURS)))).toHaveLength(1);
});

test('a bucket that no service writes to may ask for a role', () => {
  const onlyRole = (r: any) => { r.Policy.Properties.PolicyDocument.Statement.pop(); add(deny('*', 's3:PutObject', { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a' } }))(r); };
  expect(ask(shuttingOut, onlyRole)).toEqual([]);
});
