import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Aws, CfnOutput, Duration, PropertyInjectors, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { aws_config as refs } from 'aws-cdk-lib/interfaces';
import { Disposable } from '../../src/assurance/disposable';
import { ConfigRecorder, ConfigRecorderProps, ServiceLinkedRole } from '../../src/audit/config-recorder';
import { RenderedResource } from '../../src/core/template';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { SecurityFoundation, SecurityFoundationProps } from '../../src/foundation/security-foundation';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render } from '../support/prove';

type Options = Partial<ConfigRecorderProps>;
const NOTIFY: SecurityFoundationProps = { notify: ['security@example.com'] };

function recorded(options: Options = {}, foundation: SecurityFoundationProps = NOTIFY, stack = newStack()): ConfigRecorder {
  new SecurityFoundation(stack, 'Foundation', foundation);
  return new ConfigRecorder(stack, 'Config', { serviceLinkedRole: ServiceLinkedRole.EXISTING, ...options });
}

/** A resource with properties that a test may look into. */
type Rendered = RenderedResource & { readonly properties: any };

function parts(recorder: ConfigRecorder) {
  const template = render(Stack.of(recorder));
  const [channel]: Rendered[] = template.resourcesOf('AWS::Config::DeliveryChannel');
  const [own]: Rendered[] = template.resourcesOf('AWS::Config::ConfigurationRecorder');
  const bucket: Rendered = template.resource(channel.properties.S3BucketName.Ref)!;
  const [policy]: Rendered[] = template.referring('AWS::S3::BucketPolicy', 'Bucket', bucket.logicalId);
  return { template, channel, recorder: own, bucket, policy };
}

function withRule(stack: Stack): void {
  const recorder = recorded({ serviceLinkedRole: ServiceLinkedRole.CREATE }, NOTIFY, stack);
  recorder.precede(new config.ManagedRule(stack, 'Rule', { identifier: config.ManagedRuleIdentifiers.CLOUD_TRAIL_ENCRYPTION_ENABLED }));
}

proveControls(withRule);

describe('by default', () => {
  const { template, recorder, channel, bucket, policy } = parts(recorded());

  test('records every type, all the time, with the service-linked role', () => {
    expect(recorder.properties).toEqual({
      RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true, RecordingStrategy: { UseOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } },
      RecordingMode: { RecordingFrequency: 'CONTINUOUS' },
      RoleARN: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' },
          ':role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig']],
      },
    });
    expect(template.resourcesOf('AWS::IAM::ServiceLinkedRole')).toEqual([]);
  });

  test('delivers every day, under its key, to no topic', () => {
    expect(channel.properties).toEqual({
      ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'TwentyFour_Hours' },
      S3BucketName: { Ref: bucket.logicalId },
      S3KmsKeyArn: bucket.properties.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID,
    });
  });

  test('recorder and channel do not depend on each other, and on the same', () => {
    expect(recorder.dependsOn).toEqual([policy.logicalId]);
    expect(channel.dependsOn).toEqual([policy.logicalId]);
  });

  test('denies deletions instead of locking', () => {
    expect(bucket.properties.ObjectLockEnabled).toBeUndefined();
    expect(bucket.properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    const [denial] = policy.properties.PolicyDocument.Statement.filter((s: any) => s.Sid === 'DenyDeletions');
    expect(denial.Condition).toBeUndefined();
  });

  test('lets AWS Config in for this account only', () => {
    const key: Rendered = template.resource(channel.properties.S3KmsKeyArn['Fn::GetAtt'][0])!;
    const own = (s: any) => s.Principal.Service === 'config.amazonaws.com';
    const statements = [...policy.properties.PolicyDocument.Statement.filter(own), ...key.properties.KeyPolicy.Statement.filter(own)];
    expect(statements.map(s => s.Action)).toEqual([['s3:GetBucketAcl', 's3:ListBucket'], 's3:PutObject', ['kms:Decrypt', 'kms:GenerateDataKey']]);
    expect(statements.every(s => s.Condition.StringEquals['aws:SourceAccount'].Ref === 'AWS::AccountId')).toBe(true);
  });

  test('outlives its stack, and notifies', () => {
    expect([recorder, channel].map(r => r.deletionPolicy)).toEqual(['RetainExceptOnCreate', 'RetainExceptOnCreate']);
    expect(template.resourcesOf('AWS::Events::Rule')).toHaveLength(2);
  });

  test('claims its controls', () => {
    const stack = Stack.of(recorded());
    expect(claimed(stack, 'AWS::Config::ConfigurationRecorder')).toEqual(['CFG-01', 'CFG-02', 'CFG-03', 'CFG-06', 'CFG-09', 'CFG-11', 'CFG-12', 'GEN-03', 'GEN-05']);
    expect(claimed(stack, 'AWS::Config::DeliveryChannel')).toEqual(['CFG-04', 'CFG-04b', 'CFG-04c', 'CFG-05', 'CFG-10', 'GEN-03']);
  });
});

test('makes the service-linked role before the recorder and never deletes it', () => {
  const { template, recorder } = parts(recorded({ serviceLinkedRole: ServiceLinkedRole.CREATE }, { ...NOTIFY, disposable: Disposable.because('a test account, emptied every night') }));
  const [role] = template.resourcesOf('AWS::IAM::ServiceLinkedRole');
  expect(role.properties).toEqual({ AWSServiceName: 'config.amazonaws.com' });
  expect(role.deletionPolicy).toBe('RetainExceptOnCreate');
  expect(recorder.dependsOn).toContain(role.logicalId);
  expect(template.resourcesOf('AWS::Config::DeliveryChannel')[0].dependsOn).toEqual(recorder.dependsOn);
  expect(recorder.deletionPolicy).toBe('Delete');
});

test('records noisy types daily and delivers oftener', () => {
  const { recorder, channel } = parts(recorded({ dailyResourceTypes: ['AWS::EC2::NetworkInterface'], snapshotFrequency: config.MaximumExecutionFrequency.SIX_HOURS }));
  expect(recorder.properties.RecordingMode).toEqual({
    RecordingFrequency: 'CONTINUOUS',
    RecordingModeOverrides: [{ Description: 'Noisy types', RecordingFrequency: 'DAILY', ResourceTypes: ['AWS::EC2::NetworkInterface'] }],
  });
  expect(channel.properties.ConfigSnapshotDeliveryProperties.DeliveryFrequency).toBe('Six_Hours');
});

test('leaves out the global types with a waiver only', () => {
  expect(() => parts(recorded({ globalResourceTypes: false }))).toThrow(/\[Test\/Config\/Resource\] CFG-02 does not hold: 'RecordingGroup'/);
  const { recorder } = parts(recorded({ globalResourceTypes: false, waivers: [{ control: 'CFG-02', reason: 'eu-central-1 is the home region' }] }));
  expect(recorder.properties.RecordingGroup).toMatchObject({ AllSupported: true, IncludeGlobalResourceTypes: false });
});

test('rules wait for recorder and channel', () => {
  const stack = newStack();
  withRule(stack);
  const template = render(stack);
  const [rule] = template.resourcesOf('AWS::Config::ConfigRule');
  const ids = ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel'].map(type => template.resourcesOf(type)[0].logicalId);
  expect(rule.dependsOn).toEqual(expect.arrayContaining(ids));
});

test('rules of other stacks wait for the stack', () => {
  const app = new App({ analyticsReporting: false });
  const stack = new Stack(app, 'Test');
  const other = new Stack(app, 'Other');
  recorded({}, NOTIFY, stack).precede(new config.CfnConfigRule(other, 'Rule', { source: { owner: 'AWS', sourceIdentifier: 'IAM_ROOT_ACCESS_KEY_CHECK' } }));
  expect(() => app.synth()).not.toThrow();
  expect(other.dependencies).toEqual([stack]);
});

test.each([
  [{ expiration: Duration.days(30) }, /\[Test\/Config\] 'expiration' must be a whole number from 365 to 36500 days, got 30/],
  [{ dailyResourceTypes: ['NetworkInterface'] }, /\[Test\/Config\] 'dailyResourceTypes' has 'NetworkInterface': give a type such as/],
] as [Options, RegExp][])('fails on %j', (options, message) => expect(() => recorded(options)).toThrow(message));

test('fails where nobody is notified', () => expect(() => recorded({}, {})).toThrow(/nobody is notified/));

test('takes tokens', () => {
  const options = { expiration: Duration.days(Token.asNumber({ Ref: 'Days' })), breakGlassPrincipals: [new iam.ArnPrincipal(Aws.STACK_ID)] };
  // which types they are is known to the deployment only, so it may be those that security hangs on
  const waivers = [{ control: 'CFG-09', reason: 'the parameter names types of noise only' }];
  for (const dailyResourceTypes of [Token.asList({ Ref: 'Types' }), [Aws.STACK_NAME]]) {
    expect(() => parts(recorded({ ...options, dailyResourceTypes }))).toThrow('[Test/Config/Resource] CFG-09 does not hold');
    expect(() => parts(recorded({ ...options, dailyResourceTypes, waivers }))).not.toThrow();
  }
});

test('takes an imported key', () => {
  const stack = newStack();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555');
  const { channel } = parts(recorded({ encryptionKey }, NOTIFY, stack));
  expect(channel.properties.S3KmsKeyArn).toContain(':key/11111111');
});

test('takes a key, a bucket and a topic that another stack owns, without a circle', () => {
  const app = new App({ analyticsReporting: false });
  const shared = new Stack(app, 'Shared');
  const foundation = new SecurityFoundation(shared, 'Foundation', NOTIFY);
  const encryptionKey = new CustomerManagedKey(shared, 'Audit', { description: 'Audit records' });
  const stack = new Stack(app, 'Test');
  new ConfigRecorder(stack, 'Config', { serviceLinkedRole: ServiceLinkedRole.EXISTING, foundation, encryptionKey });
  expect(() => app.synth()).not.toThrow();
  expect(stack.dependencies).toEqual([shared]);
});

test('synthesizes in aws-us-gov', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Test', { env: { account: '111122223333', region: 'us-gov-west-1' } });
  expect(() => parts(recorded({}, NOTIFY, stack))).not.toThrow();
});

test('is a recorder of the CDK', () => {
  const recorder = recorded();
  const stack = Stack.of(recorder);
  const ref: refs.IConfigurationRecorderRef = recorder;
  const resource = recorder.node.defaultChild as config.CfnConfigurationRecorder;
  expect(resource).toBeInstanceOf(config.CfnConfigurationRecorder);
  expect(stack.resolve(ref.configurationRecorderRef)).toEqual(stack.resolve(resource.configurationRecorderRef));
  expect(stack.resolve(recorder.configurationRecorderName)).toEqual({ Ref: stack.resolve(resource.logicalId) });
  const other = new Stack(recorder.node.root as App, 'Other');
  new CfnOutput(other, 'Name', { value: recorder.configurationRecorderName });
  expect(render(other).json.Outputs).toEqual({ Name: { Value: { 'Fn::ImportValue': expect.stringContaining('RefConfig') } } });
});

test('lets nobody but break-glass principals delete records', () => {
  const arn = 'arn:aws:iam::111122223333:role/BreakGlass';
  const { policy } = parts(recorded({ breakGlassPrincipals: [new iam.ArnPrincipal(arn)] }));
  const [denial] = policy.properties.PolicyDocument.Statement.filter((s: any) => s.Sid === 'DenyDeletions');
  expect(denial.Condition).toEqual({ ArnNotLike: { 'aws:PrincipalArn': [arn] } });
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    new SecurityFoundation(Stack.of(scope), 'Foundation', NOTIFY);
    return new ConfigRecorder(scope, 'Config', { serviceLinkedRole: ServiceLinkedRole.CREATE });
  });
  expect(after.json).toEqual(before.json);
});

test('a property injector changes nothing', () => {
  const stack = newStack();
  PropertyInjectors.of(stack).add({
    constructUniqueId: s3.Bucket.PROPERTY_INJECTION_ID,
    inject: props => ({ ...props, encryption: s3.BucketEncryption.S3_MANAGED, removalPolicy: RemovalPolicy.DESTROY, objectLockEnabled: true }),
  }, {
    constructUniqueId: kms.Key.PROPERTY_INJECTION_ID,
    inject: props => ({ ...props, enableKeyRotation: false, removalPolicy: RemovalPolicy.DESTROY }),
  });
  expect(parts(recorded({}, NOTIFY, stack)).template.json).toEqual(parts(recorded()).template.json);
});

test.each<[string, (recorder: ConfigRecorder) => void, string]>([
  ['removal with the stack', r => r.applyRemovalPolicy(RemovalPolicy.DESTROY), 'GEN-03'],
  ['some types', r => { (r.node.defaultChild as config.CfnConfigurationRecorder).recordingGroup = { resourceTypes: ['AWS::IAM::User'] }; }, 'CFG-01'],
  ['a topic', r => { r.deliveryChannel.snsTopicArn = 'arn:aws:sns:eu-west-1:111122223333:topic'; }, 'CFG-04c'],
  ['no key', r => { r.deliveryChannel.s3KmsKeyArn = undefined; }, 'CFG-04'],
])('a change to %s fails the synthesis', (_name, change, control) => {
  const recorder = recorded();
  change(recorder);
  expect(() => parts(recorder)).toThrow(new RegExp(`${control} does not hold`));
});

test.each([
  ['no role', () => ({ serviceLinkedRole: undefined }), "[Test/Config] 'serviceLinkedRole' is missing: give ServiceLinkedRole.CREATE or ServiceLinkedRole.EXISTING"],
  ['a text as role', () => ({ serviceLinkedRole: 'CREATE' }), "[Test/Config] 'serviceLinkedRole' is the text 'CREATE': give ServiceLinkedRole.CREATE"],
  ['an L1 as key', s => ({ encryptionKey: new kms.CfnKey(s, 'L1') }), "[Test/Config] 'encryptionKey' is the CfnKey 'Test/L1': give a kms.IKey"],
  ['a text as bucket', () => ({ logBucket: 'logs' }), "[Test/Config] 'logBucket' is the text 'logs': give an s3.IBucket"],
  ['a text as topic', () => ({ topic: 'arn' }), "[Test/Config] 'topic' is the text 'arn': give an sns.ITopic"],
  ['the account as principal', () => ({ breakGlassPrincipals: [new iam.AccountRootPrincipal()] }), "[Test/Config] 'breakGlassPrincipals' has"],
  ['no such frequency', () => ({ snapshotFrequency: 'Weekly' }), "[Test/Config] 'snapshotFrequency' is 'Weekly'"],
  ['a text as list of types', () => ({ dailyResourceTypes: 'AWS::EC2::Instance' }), "[Test/Config] 'dailyResourceTypes' is the text 'AWS::EC2::Instance', not a list"],
] as [string, (s: Stack) => object, string][])('refuses %s, and leaves nothing behind', (_name, props, message) => {
  const stack = newStack();
  new SecurityFoundation(stack, 'Foundation', NOTIFY);
  const all: any = { serviceLinkedRole: ServiceLinkedRole.EXISTING, ...props(stack) };
  expect(() => new ConfigRecorder(stack, 'Config', all)).toThrow(message);
  expect(stack.node.tryFindChild('Config')).toBeUndefined();
  expect(claimed(stack)).toEqual([]);
});

test('refuses no props at all', () => {
  expect(() => new ConfigRecorder(newStack(), 'Config', undefined as any)).toThrow("[Test/Config] 'serviceLinkedRole' is missing");
});
