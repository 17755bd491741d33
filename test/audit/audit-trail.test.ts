import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Aws, CfnOutput, Duration, PropertyInjectors, RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib/core';
import { aws_cloudtrail as refs } from 'aws-cdk-lib/interfaces';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Disposable } from '../../src/assurance/disposable';
import { KnownFindings } from '../../src/assurance/known-findings';
import { AuditTrail, AuditTrailProps } from '../../src/audit/audit-trail';
import { CisAlarm } from '../../src/audit/cis-alarms';
import { DataEvents } from '../../src/audit/data-events';
import { RenderedResource, RenderedTemplate } from '../../src/core/template';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { KeyAccess } from '../../src/foundation/key-access';
import { LogBucket } from '../../src/foundation/log-bucket';
import { NotificationTopic } from '../../src/foundation/notification-topic';
import { SecurityFoundation, SecurityFoundationProps } from '../../src/foundation/security-foundation';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render } from '../support/prove';

const NOTIFY: SecurityFoundationProps = { notify: ['security@example.com'] };

function audited(props: AuditTrailProps = {}, foundation: SecurityFoundationProps = NOTIFY, stack = newStack()): Stack {
  new SecurityFoundation(stack, 'Foundation', foundation);
  new AuditTrail(stack, 'Trail', props);
  return stack;
}

/** Resources with properties that a test may look into. */
type Rendered = RenderedResource & { readonly properties: any };
const rendered = (template: RenderedTemplate, type: string): Rendered[] => template.resourcesOf(type);
const byId = (template: RenderedTemplate, id: string): Rendered => template.resource(id)!;
const trailOf = (stack: Stack) => rendered(render(stack), 'AWS::CloudTrail::Trail')[0];
const statementsOf = (stack: Stack, type: string, sid: string) => rendered(render(stack), type)
  .flatMap(r => (r.properties.PolicyDocument ?? r.properties.KeyPolicy).Statement).filter((s: any) => s.Sid === sid || s.Action?.includes?.(sid));

proveControls(stack => { audited({}, NOTIFY, stack); });

describe('by default', () => {
  const template = render(audited());
  const [trail] = rendered(template, 'AWS::CloudTrail::Trail');
  const [policy] = rendered(template, 'AWS::S3::BucketPolicy').filter(p => p.properties.Bucket.Ref === trail.properties.S3BucketName.Ref);
  const bucket = byId(template, trail.properties.S3BucketName.Ref);

  test('records every region, all management events and the objects of all buckets but those of logs', () => {
    const [logBucket] = rendered(template, 'AWS::S3::Bucket').filter(b => b.logicalId !== bucket.logicalId);
    const under = (id: string) => ({ 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/']] });
    expect(trail.properties).toMatchObject({ IsLogging: true, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true });
    expect(trail.properties.EnableLogFileValidation).toBe(true);
    expect(trail.properties.AdvancedEventSelectors).toEqual([
      { Name: 'Management', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
      {
        Name: 'S3',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
          { Field: 'resources.ARN', NotStartsWith: [under(bucket.logicalId), under(logBucket.logicalId)] },
        ],
      },
    ]);
    expect(trail.properties.InsightSelectors).toEqual([{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }]);
  });

  test('waits for the policy of its bucket and for the policy of its role', () => {
    const [managed] = rendered(template, 'AWS::IAM::ManagedPolicy');
    expect(trail.dependsOn).toEqual(expect.arrayContaining([policy.logicalId, managed.logicalId]));
  });

  test('lets CloudTrail write for this trail only, by the name that it has in this stack', () => {
    const writes = policy.properties.PolicyDocument.Statement.filter((s: any) => s.Principal.Service === 'cloudtrail.amazonaws.com');
    expect(writes.map((s: any) => s.Action)).toEqual(['s3:GetBucketAcl', 's3:PutObject']);
    for (const s of writes) {
      expect(JSON.stringify(s.Condition.StringEquals['aws:SourceArn'])).toContain(JSON.stringify(trail.properties.TrailName['Fn::Join'][1][0]).slice(1, -1));
    }
  });

  test('lets CloudTrail, and nobody else, write digest files under SSE-S3', () => {
    const [guard] = policy.properties.PolicyDocument.Statement.filter((s: any) => s.Sid === 'DenyOtherEncryption');
    expect(guard.Condition).toEqual({
      Null: { 's3:x-amz-server-side-encryption': 'false' },
      StringNotEquals: { 's3:x-amz-server-side-encryption': 'aws:kms', 'aws:PrincipalServiceName': 'cloudtrail.amazonaws.com' },
    });
  });

  test('encrypts log files and bucket with one key, which names the trail exactly', () => {
    const [rule] = bucket.properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(trail.properties.KMSKeyId).toEqual(rule.ServerSideEncryptionByDefault.KMSMasterKeyID);
    const key = byId(template, trail.properties.KMSKeyId['Fn::GetAtt'][0]);
    const use = key.properties.KeyPolicy.Statement.find((s: any) => s.Sid === 'CloudTrailEncrypts');
    expect(use.Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey*']);
    expect(JSON.stringify(use.Condition.ArnEquals['aws:SourceArn'])).not.toContain('*');
  });

  test('locks log files for a year, keeps them, and lets nobody delete them', () => {
    expect(bucket.properties.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: 'GOVERNANCE', Days: 365 });
    expect(bucket.properties.LifecycleConfiguration.Rules.some((r: any) => r.ExpirationInDays)).toBe(false);
    const [denial] = policy.properties.PolicyDocument.Statement.filter((s: any) => s.Sid === 'DenyDeletions');
    expect(denial.Condition).toBeUndefined();
  });

  test('delivers to one stream of one log group', () => {
    const [managed] = rendered(template, 'AWS::IAM::ManagedPolicy');
    const [group] = rendered(template, 'AWS::Logs::LogGroup');
    expect(managed.properties.PolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:', { Ref: group.logicalId },
          ':log-stream:', { Ref: 'AWS::AccountId' }, '_CloudTrail_', { Ref: 'AWS::Region' }, '*']],
      },
    }]);
    expect(trail.properties.CloudWatchLogsLogGroupArn).toEqual({ 'Fn::GetAtt': [group.logicalId, 'Arn'] });
    const role = byId(template, trail.properties.CloudWatchLogsRoleArn['Fn::GetAtt'][0]);
    const [trust] = role.properties.AssumeRolePolicyDocument.Statement;
    expect(trust.Principal).toEqual({ Service: 'cloudtrail.amazonaws.com' });
    expect(Object.keys(trust.Condition)).toEqual(['StringEquals', 'ArnEquals']);
    expect(group.properties.RetentionInDays).toBe(365);
  });

  test('outlives its stack and claims its controls', () => {
    expect(trail).toMatchObject({ deletionPolicy: 'RetainExceptOnCreate', updateReplacePolicy: 'Retain' });
    expect(claimed(audited(), 'AWS::CloudTrail::Trail')).toEqual(
      ['GEN-03', 'GEN-05', 'TRL-01', 'TRL-01b', 'TRL-01c', 'TRL-01d', 'TRL-02', 'TRL-03', 'TRL-04', 'TRL-05', 'TRL-06', 'TRL-07', 'TRL-08',
        'TRL-14', 'TRL-15']);
  });

  test('has fifteen alarms', () => expect(rendered(template, 'AWS::CloudWatch::Alarm')).toHaveLength(15));
});

describe('what weakens it needs a waiver', () => {
  const waivers = (...controls: string[]) => controls.map(control => ({ control, reason: 'the organization has this in its own trail' }));

  test.each([
    ['S3-11', { objectLock: Duration.days(30) }],
    ['LOG-02', { cloudWatchLogsRetention: logs.RetentionDays.ONE_MONTH }],
    ['TRL-07', { dataEvents: [] }],
    ['TRL-07', { dataEvents: [DataEvents.dynamoDbTables()] }],
    ['TRL-08', { insightTypes: [cloudtrail.InsightType.API_CALL_RATE] }],
    ['TRL-08', { insightTypes: [] }],
    ['TRL-10.3', { disabledAlarms: [CisAlarm.ROOT_USE] }],
    ['TRL-10.15', { disabledAlarms: [CisAlarm.ORGANIZATION_CHANGES] }],
  ] as [string, AuditTrailProps][])('%s for %j', (control, props) => {
    expect(() => render(audited(props))).toThrow(`${control} does not hold`);
    expect(() => render(audited({ ...props, waivers: waivers(control) }))).not.toThrow();
  });

  test('a floor has none', () => {
    expect(() => audited({ waivers: waivers('TRL-02') })).toThrow(/'waivers' names 'TRL-02' .* which is a floor/);
  });
});

test.each([
  [{ objectLock: Duration.hours(12) }, /\[Test\/Trail\] 'objectLock' must be a whole number from 1 to 36500 days, got 0.5/],
  [{ expiration: Duration.days(400), objectLock: Duration.days(730) }, /\[Test\/Trail\] 'expiration' is 400 days, less than the 730 of 'objectLock'/],
  [{ expiration: Duration.days(90) }, /\[Test\/Trail\] 'expiration' must be a whole number from 365 to 36500 days, got 90/],
] as [AuditTrailProps, RegExp][])('fails on %j', (props, message) => expect(() => audited(props)).toThrow(message));

test('fails where nobody is notified', () => {
  expect(() => audited({}, {})).toThrow(/nobody is notified: create a SecurityFoundation with 'notify'/);
});

test('takes tokens', () => {
  const stack = audited({
    objectLock: Duration.days(Token.asNumber({ Ref: 'Days' })),
    expiration: Duration.days(Token.asNumber({ Ref: 'Days' })),
    breakGlassPrincipals: [new iam.ArnPrincipal(Aws.STACK_ID)],
    dataEvents: [DataEvents.s3Objects(), DataEvents.ofType(Aws.REGION)],
    waivers: [{ control: 'S3-11', reason: 'the lock is a parameter of this stack' }],
  });
  expect(() => render(stack)).not.toThrow();
});

test('does without lock, protection and long retention in a disposable scope', () => {
  const template = render(audited({ expiration: Duration.days(365) }, { ...NOTIFY, disposable: Disposable.because('a test account, emptied every night') }));
  const [trail] = rendered(template, 'AWS::CloudTrail::Trail');
  const bucket = byId(template, trail.properties.S3BucketName.Ref);
  expect(trail.deletionPolicy).toBe('Delete');
  expect(bucket.properties.ObjectLockEnabled).toBeUndefined();
  expect(bucket.properties.LifecycleConfiguration.Rules.find((r: any) => r.ExpirationInDays).ExpirationInDays).toBe(7);
  expect(trail.properties).toMatchObject({ IsLogging: true, IsMultiRegionTrail: true, EnableLogFileValidation: true });
});

test('takes a key, a bucket and a topic that other stacks own, without a circle', () => {
  const app = new App({ analyticsReporting: false });
  const shared = new Stack(app, 'Shared');
  const foundation = new SecurityFoundation(shared, 'Foundation', NOTIFY);
  const encryptionKey = new CustomerManagedKey(shared, 'Audit', { description: 'Audit records' });
  const stack = new Stack(app, 'Test');
  new AuditTrail(stack, 'Trail', { foundation, encryptionKey, logBucket: foundation.logBucket, topic: foundation.topic });
  const assembly = app.synth();
  const key = Object.values<any>(assembly.getStackByName('Shared').template.Resources).filter(r => r.Type === 'AWS::KMS::Key')
    .flatMap(r => r.Properties.KeyPolicy.Statement).find(s => s.Sid === 'CloudTrailEncrypts');
  expect(JSON.stringify(key.Condition.ArnLike['aws:SourceArn'])).toMatch(/trail\/test-trail-?[0-9a-f]*-\*/);
  expect(stack.dependencies).toEqual([shared]);
});

test('takes an imported key and bucket', () => {
  const stack = newStack();
  new SecurityFoundation(stack, 'Foundation', NOTIFY);
  new AuditTrail(stack, 'Trail', {
    encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555'),
    logBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'the-logs'),
  });
  expect(trailOf(stack).properties.KMSKeyId).toContain(':key/11111111');
});

test('shares one key with others', () => {
  const stack = newStack();
  new SecurityFoundation(stack, 'Foundation', { ...NOTIFY, logBucket: new LogBucket(stack, 'Logs') });
  const key = new CustomerManagedKey(stack, 'Audit', { description: 'Audit records', access: [KeyAccess.s3()] });
  new AuditTrail(stack, 'Trail', { encryptionKey: key, topic: new NotificationTopic(stack, 'Topic', { emails: ['a@example.com'] }) });
  expect(statementsOf(stack, 'AWS::KMS::Key', 'UseThroughS3')).toHaveLength(1);
});

test.each(['aws-us-gov', 'aws-cn'])('synthesizes in %s', partition => {
  const region = partition === 'aws-cn' ? 'cn-north-1' : 'us-gov-west-1';
  const app = new App({ analyticsReporting: false });
  expect(() => render(audited({}, NOTIFY, new Stack(app, 'Test', { env: { account: '111122223333', region } })))).not.toThrow();
});

test('has a name that CloudTrail takes, whatever the stack is called', () => {
  const stack = audited({}, NOTIFY, new Stack(new App({ analyticsReporting: false }), 'My--Stack-'));
  const [stem] = trailOf(stack).properties.TrailName['Fn::Join'][1];
  expect(stem).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*-$/);
});

test('cdk-nag finds nothing that is not declared', () => {
  const stack = audited();
  KnownFindings.acknowledge(stack);
  Validations.of(stack).addPlugins(new AwsSolutionsChecks());
  expect(() => render(stack)).not.toThrow();
});

test('what is declared is found', () => {
  const stack = audited();
  const found = new AwsSolutionsChecks().validateScope(stack).violations.map(v => v.ruleName);
  expect(found).toEqual([expect.stringMatching(/^AwsSolutions-IAM5\[Resource::.*:log-stream:<AWS::AccountId>_CloudTrail_<AWS::Region>\*\]$/)]);
});

const make = (props: AuditTrailProps = {}, stack = newStack()) => {
  new SecurityFoundation(stack, 'Foundation', NOTIFY);
  return new AuditTrail(stack, 'Trail', props);
};

test('is a trail of the CDK', () => {
  const trail = make();
  const stack = Stack.of(trail);
  const ref: refs.ITrailRef = trail;
  const resource = trail.node.defaultChild as cloudtrail.CfnTrail;
  const id = stack.resolve(resource.logicalId);
  expect(resource).toBeInstanceOf(cloudtrail.CfnTrail);
  expect(stack.resolve(ref.trailRef)).toEqual({ trailName: { Ref: id }, trailArn: { 'Fn::GetAtt': [id, 'Arn'] } });
  expect(stack.resolve([trail.trailName, trail.trailArn])).toEqual([{ Ref: id }, { 'Fn::GetAtt': [id, 'Arn'] }]);
  expect(stack.resolve(cloudtrail.CfnTrail.arnForTrail(trail))).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
  expect(trail.env).toEqual({ account: stack.account, region: stack.region });
});

test('has a bucket, a log group and a key that are used as those of the CDK', () => {
  const trail = make();
  const stack = Stack.of(trail);
  const role = new iam.Role(stack, 'Reader', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  trail.bucket.grantRead(role);
  trail.logGroup.grantRead(role);
  const statements = rendered(render(stack), 'AWS::IAM::Policy').flatMap(p => p.properties.PolicyDocument.Statement);
  expect(statements.map(s => [s.Action].flat()[0])).toEqual(['s3:GetObject*', 'kms:Decrypt', 'logs:FilterLogEvents']);
});

test('is referred to from another stack', () => {
  const trail = make();
  const other = new Stack(trail.node.root as App, 'Other');
  new CfnOutput(other, 'Name', { value: trail.trailName });
  new CfnOutput(other, 'Arn', { value: trail.trailArn });
  const values = Object.values<any>(render(other).json.Outputs as any).map(o => o.Value);
  expect(values).toEqual([{ 'Fn::ImportValue': expect.stringContaining('RefTrail') }, { 'Fn::ImportValue': expect.stringContaining('FnGetAttTrail') }]);
  expect(other.dependencies).toEqual([Stack.of(trail)]);
});

test('a name can be given, which policies say exactly, in another stack too', () => {
  const app = new App({ analyticsReporting: false });
  const shared = new Stack(app, 'Shared');
  const foundation = new SecurityFoundation(shared, 'Foundation', NOTIFY);
  const encryptionKey = new CustomerManagedKey(shared, 'Audit', { description: 'Audit records' });
  const stack = new Stack(app, 'Test');
  new AuditTrail(stack, 'Trail', { trailName: 'Account.Trail', foundation, encryptionKey });
  expect(trailOf(stack).properties.TrailName).toBe('Account.Trail');
  const [use] = statementsOf(shared, 'AWS::KMS::Key', 'CloudTrailEncrypts');
  const [write] = statementsOf(stack, 'AWS::S3::BucketPolicy', 'CloudTrailWrites');
  for (const source of [use.Condition.ArnEquals['aws:SourceArn'], write.Condition.StringEquals['aws:SourceArn']]) {
    expect(source['Fn::Join'][1].at(-1)).toBe(':trail/Account.Trail');
  }
});

test('lets nobody but break-glass principals delete log files', () => {
  const arn = 'arn:aws:iam::111122223333:role/BreakGlass';
  const denials = statementsOf(audited({ breakGlassPrincipals: [new iam.ArnPrincipal(arn)] }), 'AWS::S3::BucketPolicy', 'DenyDeletions');
  // The other one is of the log bucket, where nobody may.
  expect(denials.map(d => d.Condition)).toEqual([undefined, { ArnNotLike: { 'aws:PrincipalArn': [arn] } }]);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    new SecurityFoundation(Stack.of(scope), 'Foundation', NOTIFY);
    return new AuditTrail(scope, 'Trail');
  });
  expect(after.json).toEqual(before.json);
});

test('a property injector changes nothing', () => {
  const stack = newStack();
  const strip = (constructUniqueId: string, weak: object) => ({ constructUniqueId, inject: (props: any) => ({ ...props, ...weak }) });
  const removalPolicy = RemovalPolicy.DESTROY;
  PropertyInjectors.of(stack).add(
    strip(s3.Bucket.PROPERTY_INJECTION_ID, { objectLockEnabled: false, encryption: s3.BucketEncryption.S3_MANAGED, removalPolicy }),
    strip(logs.LogGroup.PROPERTY_INJECTION_ID, { retention: logs.RetentionDays.ONE_DAY, deletionProtectionEnabled: false, removalPolicy }),
    strip(kms.Key.PROPERTY_INJECTION_ID, { enableKeyRotation: false, removalPolicy }),
  );
  make({}, stack);
  expect(render(stack).json).toEqual(render(audited()).json);
});

test.each<[string, (trail: AuditTrail) => void, string]>([
  ['removal with the stack', t => t.applyRemovalPolicy(RemovalPolicy.DESTROY), 'GEN-03'],
  ['a stop', t => { (t.node.defaultChild as cloudtrail.CfnTrail).isLogging = false; }, 'TRL-01'],
  ['one region only', t => { (t.node.defaultChild as cloudtrail.CfnTrail).isMultiRegionTrail = false; }, 'TRL-01b'],
  ['another bucket', t => { (t.node.defaultChild as cloudtrail.CfnTrail).s3BucketName = 'elsewhere'; }, 'TRL-05'],
  ['deletions of log files', t => { t.bucket.applyRemovalPolicy(RemovalPolicy.DESTROY); }, 'GEN-03'],
])('a change to %s fails the synthesis', (_name, change, control) => {
  const trail = make();
  change(trail);
  expect(() => render(Stack.of(trail))).toThrow(new RegExp(`${control} does not hold`));
});

test.each([
  ['an L1 as key', (s: Stack) => ({ encryptionKey: new kms.CfnKey(s, 'L1') }), "[Test/Trail] 'encryptionKey' is the CfnKey 'Test/L1': give a kms.IKey"],
  ['an alias', (s: Stack) => ({ encryptionKey: kms.Alias.fromAliasName(s, 'Alias', 'alias/audit') }), "[Test/Trail] 'encryptionKey' is the alias"],
  ['a text as bucket', () => ({ logBucket: 'logs' }), "[Test/Trail] 'logBucket' is the text 'logs': give an s3.IBucket"],
  ['a text as topic', () => ({ topic: 'arn' }), "[Test/Trail] 'topic' is the text 'arn': give an sns.ITopic"],
  ['an alarm that is none', () => ({ disabledAlarms: ['Root'] }), "[Test/Trail] 'disabledAlarms[0]' must be a CisAlarm, for example CisAlarm.UNAUTHORIZED_CALLS, got 'Root'"],
  ['a text as set of patterns', () => ({ patternSet: 'BOTH' }), "[Test/Trail] 'patternSet' is the text 'BOTH': give a CisPatternSet"],
  ['no list of data events', () => ({ dataEvents: DataEvents.sqsQueues() }), "[Test/Trail] 'dataEvents' is an object of DataEvents, not a list"],
  ['a text as data event', () => ({ dataEvents: ['s3'] }), "[Test/Trail] 'dataEvents[0]' is the text 's3': give a DataEvents"],
  ['a text as principal', () => ({ breakGlassPrincipals: ['arn'] }), "[Test/Trail] 'breakGlassPrincipals[0]' is the text 'arn'"],
  ['everybody as principal', () => ({ breakGlassPrincipals: [new iam.StarPrincipal()] }), "[Test/Trail] 'breakGlassPrincipals' has"],
  ['a text as insight', () => ({ insightTypes: ['ApiCallRateInsight'] }), "[Test/Trail] 'insightTypes[0]' is the text 'ApiCallRateInsight'"],
  ['a name with a blank', () => ({ trailName: 'a trail' }), "[Test/Trail] 'trailName' is 'a trail'"],
  ['a lock of half a day', () => ({ objectLock: Duration.hours(12) }), "[Test/Trail] 'objectLock' must be a whole number"],
] as [string, (s: Stack) => object, string][])('refuses %s, and leaves nothing behind', (_name, props, message) => {
  const stack = newStack();
  new SecurityFoundation(stack, 'Foundation', NOTIFY);
  expect(() => new AuditTrail(stack, 'Trail', props(stack))).toThrow(message);
  expect(stack.node.tryFindChild('Trail')).toBeUndefined();
  expect(claimed(stack)).toEqual([]);
});
