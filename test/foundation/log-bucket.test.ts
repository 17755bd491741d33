import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Duration, Lazy, Stack, Token } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { KnownFindings } from '../../src/assurance/known-findings';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { LogBucket, LogBucketProps } from '../../src/foundation/log-bucket';
import { claimed, FLAG_SETS, newStack, proveControls, render } from '../support/prove';

const make = (props: LogBucketProps = {}, stack = newStack()) => new LogBucket(stack, 'Logs', props);
const bucketOf = (logs: LogBucket) => render(Stack.of(logs)).resourcesOf('AWS::S3::Bucket')[0].properties;
const statementsOf = (logs: LogBucket): any[] => render(Stack.of(logs)).resourcesOf('AWS::S3::BucketPolicy')[0].properties.PolicyDocument.Statement;

proveControls(stack => { LogBucket.acceptLoadBalancerLogs(new LogBucket(stack, 'Logs')); });

test('is under SSE-S3, not locked, not logged, and kept for a year', () => {
  const bucket = bucketOf(make());
  expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
  expect(bucket).not.toHaveProperty('LoggingConfiguration');
  expect(bucket).not.toHaveProperty('ObjectLockEnabled');
  expect(bucket.LifecycleConfiguration.Rules).toEqual([
    expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
    { Id: 'Expire', Status: 'Enabled', ExpirationInDays: 365 },
  ]);
  expect(claimed(Stack.of(make()), 'AWS::S3::Bucket')).toEqual(expect.arrayContaining(['S3-16', 'S3-18']));
});

test('nobody deletes from it', () => {
  expect(statementsOf(make()).find(s => s.Sid === 'DenyDeletions')).toEqual({
    Sid: 'DenyDeletions', Effect: 'Deny', Principal: '*', Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'], Resource: expect.anything(),
  });
});

test('nobody but break-glass principals', () => {
  const role = 'arn:aws:iam::111111111111:role/break-glass';
  expect(statementsOf(make({ breakGlassPrincipals: [new iam.ArnPrincipal(role)] })).find(s => s.Sid === 'DenyDeletions').Condition).toEqual({ ArnNotLike: { 'aws:PrincipalArn': [role] } });
});

test('and not everybody as break-glass principal', () => {
  expect(() => make({ breakGlassPrincipals: [new iam.AnyPrincipal()] })).toThrow("[Test/Logs] 'breakGlassPrincipals' has '*'");
});

test.each([[Duration.days(89), 89], [Duration.days(3651), 3651], [Duration.hours(2161), 90.041]])('refuses to keep logs for %p', (retention, days) => {
  expect(() => make({ retention })).toThrow(`[Test/Logs] 'retention' must be a whole number from 90 to 3650 days, got ${days}`);
});

test('takes the edges, and tokens', () => {
  expect(bucketOf(make({ retention: Duration.days(90) })).LifecycleConfiguration.Rules[1].ExpirationInDays).toBe(90);
  expect(bucketOf(make({ retention: Duration.days(3650) })).LifecycleConfiguration.Rules[1].ExpirationInDays).toBe(3650);
  expect(() => bucketOf(make({ retention: Duration.days(Lazy.number({ produce: () => 400 })), breakGlassPrincipals: [new iam.ArnPrincipal(Token.asString({ Ref: 'Role' }))] }))).not.toThrow();
});

test.each(FLAG_SETS)("takes load balancers' logs once, from this account only, under %s feature flags", (_name, context) => {
  const logs = make({}, newStack(context));
  LogBucket.acceptLoadBalancerLogs(logs);
  LogBucket.acceptLoadBalancerLogs(logs);
  expect(statementsOf(logs).filter(s => s.Principal.Service)).toEqual([expect.objectContaining({
    Sid: 'LoadBalancerLogs',
    Effect: 'Allow',
    Action: 's3:PutObject',
    Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': expect.anything() } },
  })]);
});

test("refuses a bucket under a KMS key for load balancers' logs", () => {
  const stack = newStack();
  const key = new CustomerManagedKey(stack, 'Key', { description: 'Data' });
  expect(() => LogBucket.acceptLoadBalancerLogs(new s3.Bucket(stack, 'Bucket', { encryptionKey: key }))).toThrow("[Test/Bucket] 'logBucket' is encrypted with a KMS key, under which load balancers can't write: take a LogBucket");
  expect(() => LogBucket.acceptLoadBalancerLogs(s3.Bucket.fromBucketName(stack, 'Other', 'logs'))).not.toThrow();
});

test('takes a waiver', () => {
  const logs = make({ waivers: [{ control: 'S3-16', reason: 'a second account keeps a copy of all logs' }] });
  (logs.policy!.document as any).statements.splice(0, Infinity, ...(logs.policy!.document as any).statements.filter((s: any) => s.sid !== 'DenyDeletions'));
  expect(() => render(Stack.of(logs))).not.toThrow();
});

test('has no finding of cdk-nag but the declared ones, which bear a reason', () => {
  const packs = () => [new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R4Checks(), new NIST80053R5Checks(), new PCIDSS321Checks()];
  const logs = make();
  KnownFindings.acknowledge(Stack.of(logs));
  render(Stack.of(logs));
  const acknowledged = logs.node.metadata.filter(m => m.type === 'aws:cdk:acknowledged-rules').flatMap(m => Object.keys(m.data)).map(id => id.split('::').pop());
  const found = packs().flatMap((p: any) => p.validateScope(Stack.of(make())).violations).map((v: any) => v.ruleName);
  const rest = found.filter(f => !acknowledged.includes(f));
  expect(rest).toEqual([]);
  expect(acknowledged.filter(a => !found.includes(a))).toEqual([]);
});

test('takes the logs of load balancers of the CDK, of this account only', () => {
  const stack = newStack({}, { env: { account: '111122223333', region: 'eu-west-1' } });
  const bucket = new LogBucket(stack, 'Logs');
  const alb = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc: new ec2.Vpc(stack, 'Vpc') });
  alb.logAccessLogs(bucket, 'second');
  const statements: any[] = render(stack).resourcesOf('AWS::S3::BucketPolicy')[0].properties.PolicyDocument.Statement;
  const services = statements.filter(s => s.Effect === 'Allow').map(s => [s.Principal.Service, s.Condition.StringEquals['aws:SourceAccount']]);
  expect(services).toEqual([
    ['logdelivery.elasticloadbalancing.amazonaws.com', { Ref: 'AWS::AccountId' }], ['delivery.logs.amazonaws.com', { Ref: 'AWS::AccountId' }], ['delivery.logs.amazonaws.com', { Ref: 'AWS::AccountId' }],
  ]);
});

describe.each(FLAG_SETS)('as the serverAccessLogsBucket of a plain bucket, under %s feature flags', (_name, context) => {
  const accessLogs = (logs: LogBucket) => statementsOf(logs).filter(s => s.Principal.Service === 'logging.s3.amazonaws.com');
  const sourceAccount = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };

  test('lets S3 log that bucket, with the prefix that it has, and gives no ACL', () => {
    const stack = newStack(context);
    const logs = make({}, stack);
    new s3.Bucket(stack, 'Plain', { serverAccessLogsBucket: logs, serverAccessLogsPrefix: 'plain/' });
    new s3.Bucket(stack, 'Other', { serverAccessLogsBucket: logs });
    expect(accessLogs(logs)).toEqual([['Plain', 'plain/*'], ['Other', '*']].map(([id, objects]) => expect.objectContaining({
      Sid: id === 'Plain' ? `S3AccessLogsOfStack${Buffer.from('plain/').toString('hex')}` : 'S3AccessLogsOfStack',
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [expect.anything(), `/${objects}`]] },
      Condition: { ...sourceAccount, ArnLike: { 'aws:SourceArn': [{ 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${id}`)), 'Arn'] }] } },
    })));
    expect(bucketOf(logs)).not.toHaveProperty('AccessControl');
  });

  test('of another stack lets in the buckets of the account, with a statement for each prefix', () => {
    const logs = make({}, newStack(context));
    const other = new Stack(logs.node.root as App, 'Other');
    for (const [id, prefix] of [['A', 'a/'], ['B', 'b/'], ['C', 'a/']]) {
      new s3.Bucket(other, id, { serverAccessLogsBucket: logs, serverAccessLogsPrefix: prefix });
    }
    const statements = accessLogs(logs);
    expect(statements.map(s => s.Condition)).toEqual(Array(2).fill({ ...sourceAccount, ArnLike: { 'aws:SourceArn': [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] }] } }));
    expect(new Set(statements.map(s => s.Sid)).size).toBe(2);
  });

  test('in another region is refused', () => {
    const app = new App({ context });
    const logs = make({}, new Stack(app, 'Test', { env: { account: '111111111111', region: 'eu-west-1' } }));
    const other = new Stack(app, 'Other', { env: { account: '111111111111', region: 'eu-west-2' } });
    expect(() => new s3.Bucket(other, 'Plain', { serverAccessLogsBucket: logs })).toThrow("[Other/Plain] 'serverAccessLogsBucket' is in region eu-west-1 and the bucket in eu-west-2");
  });
});

test('is not made public, and takes identities of CloudFront, which need no key', () => {
  const logs = new LogBucket(newStack(), 'Logs');
  expect(() => logs.grantPublicAccess()).toThrow("[Test/Logs] 'grantPublicAccess' would let everybody do s3:GetObject on '*', and all public access is blocked");
  logs.grantRead(new cloudfront.OriginAccessIdentity(Stack.of(logs), 'Identity'));
  expect(() => render(Stack.of(logs))).not.toThrow();
});
