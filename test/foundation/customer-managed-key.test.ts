import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Aws, CfnParameter, Duration, Lazy, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { CustomerManagedKey, CustomerManagedKeyProps } from '../../src/foundation/customer-managed-key';
import { KeyAccess } from '../../src/foundation/key-access';
import { moved } from '../support/move';
import { claimed, FLAG_SETS, newStack, proveControls, render } from '../support/prove';

const ADMIN = 'arn:aws:iam::111111111111:role/security';
const USER = 'arn:aws:iam::111111111111:role/app';
const arn = (name: string) => new iam.ArnPrincipal(name);
const make = (props: Partial<CustomerManagedKeyProps> = {}, stack = newStack()) => new CustomerManagedKey(stack, 'Key', { description: 'Data', ...props });
const keyOf = (key: CustomerManagedKey) => render(Stack.of(key)).resourcesOf('AWS::KMS::Key')[0];
const statementsOf = (key: CustomerManagedKey): any[] => keyOf(key).properties.KeyPolicy.Statement;
const bySid = (key: CustomerManagedKey, sid: string) => statementsOf(key).find(s => s.Sid === sid);
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

proveControls(stack => { new CustomerManagedKey(stack, 'Key', { description: 'Data' }); });

describe('with administrators, users and services', () => {
  proveControls(stack => {
    new CustomerManagedKey(stack, 'Key', {
      description: 'Data',
      administrators: [arn(ADMIN)],
      users: [arn(USER)],
      access: [KeyAccess.s3(), KeyAccess.rds(), KeyAccess.logGroup('/app/*'), KeyAccess.cloudTrail('trail'), KeyAccess.logDelivery(), KeyAccess.alarms(),
        KeyAccess.config(), KeyAccess.guardDuty('0123'), KeyAccess.cloudFront('E123'), KeyAccess.backup(), KeyAccess.fargateStorage('cluster'), KeyAccess.autoScaling()],
    });
  });
});

describe.each([['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']])('in %s', (_partition, region) => {
  proveControls(stack => { new CustomerManagedKey(stack, 'Key', { description: 'Data', administrators: [arn(ADMIN)] }); },
    { stackProps: { env: { region, account: '111111111111' } } });
});

test('renders every security property with its documented default', () => {
  const key = keyOf(make());
  expect(key).toMatchObject({
    deletionPolicy: 'RetainExceptOnCreate',
    updateReplacePolicy: 'Retain',
    properties: {
      Description: 'Data', EnableKeyRotation: true, RotationPeriodInDays: 365, PendingWindowInDays: 30, KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT',
    },
  });
  expect(key.properties.BypassPolicyLockoutSafetyCheck).toBeUndefined();
});

test('claims what it is', () => {
  expect(claimed(Stack.of(make()))).toEqual(['GEN-03', 'GEN-04', 'GEN-04b', 'KMS-01', 'KMS-02', 'KMS-03', 'KMS-04', 'KMS-05', 'KMS-07', 'KMS-08', 'KMS-09', 'KMS-12', 'KMS-13', 'KMS-14', 'KMS-15', 'KMS-16', 'KMS-17', 'KMS-18', 'KMS-19']);
  expect(claimed(Stack.of(make({ administrators: [arn(ADMIN)] })))).toContain('KMS-06');
});

test.each(FLAG_SETS)('the account restores the policy and never uses the key, under %s feature flags', (_name, context) => {
  const statements = statementsOf(make({}, newStack(context)));
  expect(statements).toHaveLength(1);
  const { Action, Principal, Condition } = statements[0];
  expect(JSON.stringify(Principal)).toContain(':root');
  expect(Condition).toBeUndefined();
  expect(Action).toEqual(expect.arrayContaining(['kms:Put*', 'kms:Get*', 'kms:List*', 'kms:Revoke*', 'kms:CreateAlias', 'kms:ScheduleKeyDeletion', 'kms:CancelKeyDeletion']));
  expect(Action.filter((a: string) => /\*$|Crypt|Generate|Grant|Sign/.test(a) && !/^kms:(Delete|Describe|Disable|Enable|Get|List|Put|Revoke|Update)\*$/.test(a))).toEqual([]);
});

test('administrators are denied the use, users can grant to services only', () => {
  const key = make({ administrators: [arn(ADMIN)], users: [arn(USER)] });
  expect(bySid(key, 'AdministratorsManageKey')).toMatchObject({ Effect: 'Allow', Principal: { AWS: ADMIN } });
  expect(bySid(key, 'AdministratorsCannotUseKey')).toMatchObject({
    Effect: 'Deny', Principal: { AWS: ADMIN }, Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'], Resource: '*',
  });
  expect(bySid(key, 'AdministratorsCannotUseKey').Condition).toBeUndefined();
  expect(bySid(key, 'AdministratorsCannotGrantKey')).toMatchObject({
    Effect: 'Deny', Action: 'kms:CreateGrant', Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } },
  });
  expect(bySid(key, 'UsersUseKey')).toMatchObject({ Effect: 'Allow', Principal: { AWS: USER }, Action: USE });
  expect(bySid(key, 'UsersGrantKeyToServices')).toMatchObject({
    Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
  });
});

test.each<[string, Partial<CustomerManagedKeyProps>, RegExp | string]>([
  ['rotation of 89 days', { rotationPeriod: Duration.days(89) }, "[Test/Key] 'rotationPeriod' must be a whole number from 90 to 2560 days, got 89"],
  ['rotation of 2561 days', { rotationPeriod: Duration.days(2561) }, "'rotationPeriod' must be a whole number from 90 to 2560 days, got 2561"],
  ['rotation of half a day more', { rotationPeriod: Duration.hours(90 * 24 + 12) }, "'rotationPeriod' must be a whole number from 90 to 2560 days, got 90.5"],
  ['a window of 6 days', { pendingWindow: Duration.days(6) }, "[Test/Key] 'pendingWindow' must be a whole number from 7 to 30 days, got 6"],
  ['a window of 31 days', { pendingWindow: Duration.days(31) }, "'pendingWindow' must be a whole number from 7 to 30 days, got 31"],
  ['an alias of AWS', { alias: 'aws/s3' }, "[Test/Key] 'alias' is 'aws/s3': leave out 'alias/'"],
  ['an alias with its prefix', { alias: 'alias/data' }, "'alias' is 'alias/data'"],
  ['an alias with blanks', { alias: 'my key' }, "'alias' is 'my key'"],
  ['an empty alias', { alias: '' }, "'alias' is ''"],
  ['everybody as user', { users: [new iam.StarPrincipal()] }, "[Test/Key] 'users' has the principal '*': name roles or accounts"],
  ['everybody as administrator', { administrators: [new iam.AnyPrincipal()] }, "'administrators' has the principal '*'"],
  ['the account as user', { users: [new iam.AccountRootPrincipal()] }, "[Test/Key] 'users' has the account itself: every policy in it could let somebody use the key, so name roles"],
  ['the account by its number as user', { users: [arn(Aws.ACCOUNT_ID)] }, "'users' has the account itself"],
  ['the account as administrator', { administrators: [new iam.AccountRootPrincipal()] }, "'administrators' has the account itself: all its principals would be denied the use of the key"],
  ['the deploying role as administrator', { administrators: [arn('arn:aws:iam::111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-eu-west-1')] }, /'administrators' has '.*cfn-exec-role.*', the role that deploys/],
  ['one who is both', { administrators: [arn(ADMIN), arn(USER)], users: [arn(USER)] }, `[Test/Key] 'users' has "${USER}", which 'administrators' has too`],
  ['one of several who is both', { administrators: [new iam.CompositePrincipal(arn(ADMIN), arn(USER))], users: [arn(USER)] }, `'users' has "${USER}", which 'administrators' has too`],
])('refuses %s', (_name, props, message) => {
  expect(() => make(props)).toThrow(message);
});

test("refuses the account in a stack with a concrete account, and takes another account's role", () => {
  const env = { account: '111111111111', region: 'eu-west-1' };
  expect(() => make({ users: [new iam.AccountRootPrincipal()] }, newStack({}, { env }))).toThrow(/'users' has the account itself/);
  expect(() => make({ users: [new iam.AccountPrincipal('111111111111')] }, newStack({}, { env }))).toThrow(/'users' has the account itself/);
  expect(() => render(Stack.of(make({ users: [arn('arn:aws:iam::222222222222:role/reader')] }, newStack({}, { env }))))).not.toThrow();
});

test("another account as user needs the organization's ID beside it", () => {
  const other = new iam.AccountPrincipal('222222222222');
  expect(() => render(Stack.of(make({ users: [other] })))).toThrow(/KMS-04 does not hold/);
  expect(() => render(Stack.of(make({ users: [other.withConditions({ StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } })] })))).not.toThrow();
});

test('takes the edges', () => {
  const least = { rotationPeriod: Duration.days(90), pendingWindow: Duration.days(7) };
  expect(keyOf(make(least)).properties).toMatchObject({ RotationPeriodInDays: 90, PendingWindowInDays: 7 });
  expect(keyOf(make({ rotationPeriod: Duration.days(2560) })).properties).toMatchObject({ RotationPeriodInDays: 2560 });
});

test('takes tokens', () => {
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  make({
    description: text,
    alias: text,
    users: [arn(text)],
    administrators: [arn(Lazy.string({ produce: () => ADMIN }))],
    access: [KeyAccess.guardDuty(text)],
  }, stack);
  expect(render(stack).resourcesOf('AWS::KMS::Alias')[0].properties.AliasName).toEqual({ 'Fn::Join': ['', ['alias/', { Ref: 'Text' }]] });
});

test('names the alias after stack and logical ID, and differently in each stack', () => {
  const stack = newStack();
  make({}, stack);
  const other = new Stack(stack.node.root as any, 'Other');
  make({}, other);
  expect(render(stack).resourcesOf('AWS::KMS::Alias')[0].properties.AliasName).toMatch(/^alias\/Test\/Key[0-9A-F]{8}$/);
  expect(render(other).resourcesOf('AWS::KMS::Alias')[0].properties.AliasName).toMatch(/^alias\/Other\/Key[0-9A-F]{8}$/);
});

test('takes an alias', () => {
  expect(render(Stack.of(make({ alias: 'shop/data' }))).resourcesOf('AWS::KMS::Alias')[0].properties.AliasName).toBe('alias/shop/data');
});

test('allow adds what a service needs, once', () => {
  const key = make({ access: [KeyAccess.s3()] });
  key.allow(KeyAccess.s3());
  key.allow(KeyAccess.sqs());
  expect(statementsOf(key).map(s => s.Sid)).toEqual(['AccountAdministersKey', 'UseThroughS3', 'UseThroughSqs']);
});

test.each(FLAG_SETS)('grants of L2 constructs write the identity half, and no role into the key policy, under %s feature flags', (_name, context) => {
  const stack = newStack(context);
  const key = make({ access: [KeyAccess.s3()] }, stack);
  const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: key });
  const other = new Stack(stack.node.root as any, 'Other');
  const role = new iam.Role(other, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  bucket.grantRead(role);
  expect(statementsOf(key).map(s => s.Sid)).toEqual(['AccountAdministersKey', 'UseThroughS3']);
  const policy = render(other).resourcesOf('AWS::IAM::Policy')[0].properties.PolicyDocument.Statement;
  expect(policy.find((s: any) => JSON.stringify(s.Action).includes('kms:Decrypt')).Resource).not.toBe('*');
});

test.each<[string, (key: kms.Key) => void, string]>([
  ['a use for the whole account', key => key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], principals: [new iam.AccountRootPrincipal()], resources: ['*'] })), 'KMS-04'],
  ['everything for a role', key => key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:*'], principals: [arn(USER)], resources: ['*'] })), 'KMS-05'],
  ['grants without a service', key => key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:CreateGrant'], principals: [arn(USER)], resources: ['*'] })), 'KMS-07'],
  ['a use for everybody', key => key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], principals: [new iam.StarPrincipal()], resources: ['*'] })), 'KMS-08'],
  ['a service for any account', key => key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], principals: [new iam.ServicePrincipal('events.amazonaws.com')], resources: ['*'] })), 'GEN-04'],
  ['a second administrator without a denial', key => key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:PutKeyPolicy'], principals: [arn(USER)], resources: ['*'] })), 'KMS-06'],
])('a statement that gives %s fails the synthesis', (_name, change, control) => {
  const key = make({ administrators: [arn(ADMIN)] });
  change(key);
  expect(() => render(Stack.of(key))).toThrow(new RegExp(`\\[Test/Key/Resource\\] ${control} does not hold`));
});

test('takes a waiver', () => {
  const stack = newStack();
  make({ waivers: [{ control: 'KMS-09', reason: 'the platform team names keys itself' }] }, stack).node.tryRemoveChild('Alias');
  expect(() => render(stack)).not.toThrow();
});

test('is a key of the CDK', () => {
  const stack = newStack();
  const key = make({}, stack);
  const plain: kms.IKey = key;
  expect(plain).toBeInstanceOf(kms.Key);
  new sqs.Queue(stack, 'Queue', { encryptionMasterKey: key });
  new s3.Bucket(stack, 'Bucket', { encryptionKey: key });
  new dynamodb.Table(stack, 'Table', { encryptionKey: key, encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED, partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
  const keyArn = { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] };
  const template = render(stack);
  expect(template.resourcesOf('AWS::SQS::Queue')[0].properties.KmsMasterKeyId).toEqual(keyArn);
  expect(template.resourcesOf('AWS::DynamoDB::Table')[0].properties.SSESpecification).toMatchObject({ KMSMasterKeyId: keyArn });
  expect(stack.resolve(key.keyRef.keyArn)).toEqual(keyArn);
});

test('refuses the administrators of the CDK, who could use the key', () => {
  const key = make();
  expect(() => key.grantAdmin(arn(USER))).toThrow(/^\[Test\/Key\] 'grantAdmin' would let .* use the key by grants of its own: name it in 'administrators'$/);
});

test('an injector that turns the rotation off changes nothing', () => {
  const stack = newStack();
  PropertyInjectors.of(stack).add({
    constructUniqueId: kms.Key.PROPERTY_INJECTION_ID,
    inject: props => ({ ...props, enableKeyRotation: false, policy: new iam.PolicyDocument(), description: 'x', pendingWindow: Duration.days(8), removalPolicy: RemovalPolicy.DESTROY }),
  });
  make({}, stack);
  const usual = keyOf(make());
  expect(render(stack).resourcesOf('AWS::KMS::Key')[0]).toEqual(usual);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => make({}, scope as Stack));
  expect(after.json).toEqual(before.json);
});

describe('what services write to is under the key', () => {
  const FED: Record<string, (stack: Stack, key: CustomerManagedKey) => void> = {
    'a queue that a bucket notifies': (stack, key) => { new s3.Bucket(stack, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SqsDestination(new sqs.Queue(stack, 'Queue', { encryptionMasterKey: key }))); },
    'a topic that a bucket notifies': (stack, key) => { new s3.Bucket(stack, 'Bucket').addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SnsDestination(new sns.Topic(stack, 'Topic', { masterKey: key }))); },
    'a queue that is subscribed to a topic': (stack, key) => { new sns.Topic(stack, 'Topic').addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Queue', { encryptionMasterKey: key }))); },
    'a queue that a rule feeds': (stack, key) => { new events.Rule(stack, 'Rule', { eventPattern: { source: ['a'] }, targets: [new targets.SqsQueue(new sqs.Queue(stack, 'Queue', { encryptionMasterKey: key }))] }); },
    'a topic that a rule feeds': (stack, key) => { new events.Rule(stack, 'Rule', { eventPattern: { source: ['a'] }, targets: [new targets.SnsTopic(new sns.Topic(stack, 'Topic', { masterKey: key }))] }); },
  };
  test.each(FLAG_SETS.flatMap(([flags, context]) => Object.entries(FED).map(([what, feed]) => [what, flags, context, feed] as const)))('%s, under %s feature flags', (_what, _flags, context, feed) => {
    const stack = newStack(context);
    const key = make({}, stack);
    feed(stack, key);
    expect(() => render(stack)).not.toThrow();
  });
});

describe('another account', () => {
  const PARTNER = 'arn:aws:iam::999988887777:role/Partner';
  const stackOf = () => newStack({}, { env: { account: '111111111111', region: 'eu-west-1' } });

  test('decrypts where it is let in by name, and the key says so', () => {
    const key = make({ users: [arn(USER)] }, stackOf());
    const policy = key.grantDecryptToAccount(arn(PARTNER));
    expect(statementsOf(key)).toContainEqual({ Effect: 'Allow', Principal: { AWS: PARTNER }, Action: 'kms:Decrypt', Resource: '*' });
    expect(Stack.of(key).resolve(policy).Statement).toMatchObject([{ Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] } }]);
    expect(keyOf(key).metadata).toEqual({ 'cdk-hardened:admits': [PARTNER] });
  });

  test('uses the key where it is among its users', () => {
    expect(keyOf(make({ users: [arn(PARTNER)] }, stackOf())).metadata['cdk-hardened:admits']).toEqual([PARTNER]);
  });

  test('is a role, not everybody there, and not one of this account', () => {
    const key = make({}, stackOf());
    expect(() => key.grantDecryptToAccount(new iam.AccountPrincipal('999988887777'))).toThrow('which is everybody there: name a role');
    expect(() => key.grantDecryptToAccount(arn(USER))).toThrow("which is of this account: use 'grantDecrypt'");
  });

  test('is let in by no grant of the CDK, and the error names it and what to use', () => {
    const key = make({}, stackOf());
    key.grantDecrypt(new iam.ArnPrincipal(PARTNER));
    expect(() => render(Stack.of(key))).toThrow(`[Test/Key/Resource] KMS-13 does not hold: 'KeyPolicy' does not make sure that the key policy lets in principals of this account only, and others only by name (a statement without Sid for '${PARTNER}'): name users of other accounts in 'users' of the CustomerManagedKey, let readers in by its 'grantDecryptToAccount'`);
  });

  test('is a number where the account of the stack is not known', () => {
    const key = make();
    key.addToResourcePolicy(new iam.PolicyStatement({ actions: ['kms:Decrypt'], principals: [arn(USER)], resources: ['*'] }));
    expect(() => render(Stack.of(key))).toThrow('KMS-13 does not hold');
  });
});
