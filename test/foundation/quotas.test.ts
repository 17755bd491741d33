import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack, StackProps } from 'aws-cdk-lib/core';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { LogBucket } from '../../src/foundation/log-bucket';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { serviceRole } from '../../src/foundation/service-role';
import { EncryptedBucket } from '../../src/storage/encrypted-bucket';
import { newStack, render } from '../support/prove';

const times = (count: number, make: (i: number) => void) => Array.from({ length: count }, (_, i) => i).forEach(make);
const founded = (props: StackProps = {}): Stack => {
  const stack = newStack({}, props);
  new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
  return stack;
};
const role = (stack: Stack) => serviceRole(stack, 'Role', { description: 'Reads', service: 'ecs-tasks.amazonaws.com', statements: [] });

// the synthesis counts every policy, and fails for the first that is too long
test('200 buckets log to one bucket', () => {
  const stack = founded();
  const encryptionKey = new CustomerManagedKey(stack, 'Key', { description: 'Data' });
  times(200, i => new EncryptedBucket(stack, `Bucket${i}`, { encryptionKey }));
  const [logs] = render(stack).resourcesOf('AWS::S3::BucketPolicy').map(p => p.properties.PolicyDocument.Statement.filter((s: any) => /^S3AccessLogs/.test(s.Sid))).filter(s => s.length > 0);
  expect(logs).toHaveLength(1);
  expect(logs[0].Condition.ArnLike['aws:SourceArn']).toHaveLength(200);
});

test('200 log groups are under one key, each named once', () => {
  const stack = founded();
  times(200, i => new EncryptedLogGroup(stack, `Group${i}`));
  const [statement, ...further] = render(stack).resourcesOf('AWS::KMS::Key').flatMap(k => k.properties.KeyPolicy.Statement)
    .filter((s: any) => s.Condition?.ArnLike?.['kms:EncryptionContext:aws:logs:arn']);
  expect(further).toEqual([]);
  expect(statement.Condition.ArnLike['kms:EncryptionContext:aws:logs:arn']).toHaveLength(200);
});

test('40 grants go to one role, over as many policies as they need', () => {
  const stack = founded();
  const grantee = role(stack);
  times(40, i => new EncryptedBucket(stack, `Bucket${i}`).grantReadWrite(grantee));
  const policies = render(stack).resourcesOf('AWS::IAM::ManagedPolicy').filter(p => /^RoleGrants/.test(p.logicalId));
  expect(policies.map(p => p.logicalId.replace(/[0-9A-F]{8}$/, ''))).toEqual(['RoleGrants', 'RoleGrants2', 'RoleGrants3']);
  const statements = policies.flatMap(p => p.properties.PolicyDocument.Statement);
  const resources = statements.filter(s => [s.Action].flat().includes('s3:PutObject')).flatMap(s => [s.Resource].flat());
  expect(new Set(resources.map(r => JSON.stringify(r))).size).toBe(80);
  expect(statements.length).toBeLessThan(10);
});

test('a bucket too many is an error that says what to do', () => {
  const stack = founded({ env: { region: 'us-gov-west-1' } }); // with a longer ARN
  const encryptionKey = new CustomerManagedKey(stack, 'Key', { description: 'Data' });
  times(240, i => new EncryptedBucket(stack, `ABucketWithARatherLongNameThatIsUnique${i}`, { encryptionKey }));
  expect(() => render(stack)).toThrow(/\[Test\/Foundation\/LogBucket\/Policy\/Resource\] has a policy of about 2\d{4} characters, and AWS takes 20480: of a log bucket, let some of the buckets log to a LogBucket of their own/);
});

test('so is a log group too many, and a policy too many of a role', () => {
  const stack = founded();
  times(200, i => new EncryptedLogGroup(stack, `Group${i}`, { logGroupName: `/${'long'.repeat(40)}/${i}` }));
  expect(() => render(stack)).toThrow(/\[Test\/Foundation\/LogKey\/Resource\] has a policy of about \d{5} characters, and AWS takes 32768: put some of what is encrypted under it under another key/);
  const granting = founded();
  const grantee = role(granting);
  times(11, i => grantee.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: ['s3:GetObject'], resources: Array.from({ length: 50 }, (_, j) => `arn:aws:s3:::${'bucket'.repeat(10)}${i}/${j}${'x'.repeat(20)}`),
  })));
  expect(() => render(granting)).toThrow(/\[Test\/Role\/Resource\] has 11 managed policies, and IAM lets a role have 10/);
});

test('a statement that fits into no policy is an error too', () => {
  const stack = founded();
  role(stack).addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: Array.from({ length: 100 }, (_, i) => `arn:aws:s3:::${'bucket'.repeat(10)}${i}`) }));
  expect(() => render(stack)).toThrow(/\[Test\/Role\/Grants\/Resource\] has a policy of about \d+ characters, and AWS takes 6144: divide it into two policies/);
});

test('statements with a Sid, or of plain buckets, are counted as well', () => {
  const stack = founded();
  const grantee = role(stack);
  const logs = new LogBucket(stack, 'Logs');
  times(3, i => new s3.Bucket(stack, `Plain${i}`, { serverAccessLogsBucket: logs }).grantRead(grantee));
  times(60, i => grantee.addToPrincipalPolicy(new iam.PolicyStatement({ sid: `Own${i}`, actions: ['s3:GetObject'], resources: [`arn:aws:s3:::bucket-${i}/*`] })));
  expect(render(stack).resourcesOf('AWS::IAM::ManagedPolicy').filter(p => /^RoleGrants/.test(p.logicalId)).length).toBe(2);
});
