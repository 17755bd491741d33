import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Aspects, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { Disposable } from '../../src/assurance/disposable';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { HardenedBucket, HardenedBucketOptions } from '../../src/foundation/hardened-bucket';
import { LogBucket } from '../../src/foundation/log-bucket';
import { moved } from '../support/move';
import { claimed, FLAG_SETS, newStack, proveControls, render } from '../support/prove';

const noncurrentExpiration = Duration.days(90);
const keyIn = (stack: Stack) => new CustomerManagedKey(stack, 'Key', { description: 'Data' });
const keyOf = (stack: Stack) => { const key = keyIn(stack); return () => key; };
const make = (options: Partial<HardenedBucketOptions> = {}, stack = newStack()) => new HardenedBucket(stack, 'Data', { noncurrentExpiration, ...options });
const bucketOf = (bucket: HardenedBucket) => {
  const stack = Stack.of(bucket);
  const template = render(stack);
  return template.resource(stack.resolve((bucket.node.defaultChild as s3.CfnBucket).logicalId))!;
};
const policyOf = (bucket: HardenedBucket): any[] => {
  const stack = Stack.of(bucket);
  const template = render(stack);
  return template.referring('AWS::S3::BucketPolicy', 'Bucket', bucketOf(bucket).logicalId)[0].properties.PolicyDocument.Statement;
};

describe('with everything', () => {
  proveControls(stack => {
    new HardenedBucket(stack, 'Data', {
      encryptionKey: keyOf(stack),
      logBucket: new LogBucket(stack, 'Logs'),
      expiration: Duration.days(400),
      noncurrentExpiration,
      objectLock: Duration.days(365),
      breakGlassPrincipals: [new iam.ArnPrincipal('arn:aws:iam::111111111111:role/break-glass')],
      transitions: [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: Duration.days(100) }],
      eventBridge: true,
    });
  });
});

describe('with nothing', () => {
  proveControls(stack => { new HardenedBucket(stack, 'Data', { noncurrentExpiration }); });
});

describe('with an imported key and an imported log bucket', () => {
  proveControls(stack => {
    new HardenedBucket(stack, 'Data', {
      encryptionKey: () => kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1'),
      logBucket: s3.Bucket.fromBucketName(stack, 'Logs', 'logs'),
      noncurrentExpiration,
    });
  });
});

describe.each(FLAG_SETS)('under %s feature flags', (_name, context) => {
  test('renders every security property', () => {
    const stack = newStack(context);
    const bucket = bucketOf(make({ encryptionKey: keyOf(stack), logBucket: new LogBucket(stack, 'Logs') }, stack));
    expect(bucket).toMatchObject({
      deletionPolicy: 'RetainExceptOnCreate',
      updateReplacePolicy: 'Retain',
      properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{
            BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] } },
          }],
        },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [
            { Id: 'AbortUploadsAndExpireVersions', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, NoncurrentVersionExpiration: { NoncurrentDays: 90 } },
            { Id: 'RemoveDeleteMarkers', Status: 'Enabled', ExpiredObjectDeleteMarker: true },
          ],
        },
        LoggingConfiguration: {
          DestinationBucketName: { Ref: expect.stringMatching(/^Logs/) },
          LogFilePrefix: expect.stringMatching(/^s3\/test-data[0-9a-f]{8}\/$/),
          TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } },
        },
      },
    });
    expect(bucket.properties).not.toHaveProperty('AccessControl');
    expect(bucket.properties).not.toHaveProperty('ObjectLockEnabled');
  });

  test('the log bucket takes its logs by a policy, and neither gets an ACL', () => {
    const stack = newStack(context);
    const logs = new LogBucket(stack, 'Logs');
    make({ logBucket: logs }, stack);
    const template = render(stack);
    for (const b of template.resourcesOf('AWS::S3::Bucket')) { expect(b.properties).not.toHaveProperty('AccessControl'); }
    const log = template.resourcesOf('AWS::S3::BucketPolicy').flatMap(p => p.properties.PolicyDocument.Statement).filter(s => s.Principal?.Service);
    expect(log).toEqual([expect.objectContaining({
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/^Logs/), 'Arn'] }, '/s3/*']] },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': [{ 'Fn::GetAtt': [expect.stringMatching(/^Data/), 'Arn'] }] } },
    })]);
  });

  test('buckets of other stacks log without a circle, by one statement for all', () => {
    const stack = newStack(context);
    const logs = new LogBucket(stack, 'Logs');
    ['A', 'B'].forEach(id => make({ logBucket: logs }, new Stack(stack.node.root as App, id)));
    const sids = render(stack).resourcesOf('AWS::S3::BucketPolicy')[0].properties.PolicyDocument.Statement.map((s: any) => s.Sid);
    expect(sids.sort()).toEqual(['DenyDeletions', 'DenyInsecureTransport', 'DenyTlsBefore12', 'S3AccessLogs']);
  });
});

test('every statement has an identifier of its own', () => {
  const stack = newStack();
  const logs = new LogBucket(stack, 'Logs');
  new HardenedBucket(stack, 'A', { logBucket: logs, noncurrentExpiration });
  new HardenedBucket(stack, 'B', { logBucket: logs, noncurrentExpiration });
  for (const policy of render(stack).resourcesOf('AWS::S3::BucketPolicy')) {
    const sids = policy.properties.PolicyDocument.Statement.map((s: any) => s.Sid);
    expect(new Set(sids).size).toBe(sids.length);
    sids.forEach((s: string) => expect(s).toMatch(/^[A-Za-z0-9]+$/));
  }
});

test('under SSE-S3 there are no write guards, and the Bucket Key is not mentioned', () => {
  const bucket = make();
  expect(bucketOf(bucket).properties.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
    { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } },
  ]);
  expect(policyOf(bucket).map(s => s.Sid)).toEqual(['DenyInsecureTransport', 'DenyTlsBefore12']);
  expect(claimed(Stack.of(bucket), 'AWS::S3::Bucket')).not.toContain('S3-09');
});

test('the bucket policy outlives the stack as the bucket does', () => {
  const [policy] = render(Stack.of(make())).resourcesOf('AWS::S3::BucketPolicy');
  expect(policy).toMatchObject({ deletionPolicy: 'RetainExceptOnCreate', updateReplacePolicy: 'Retain' });
});

test('locks objects in governance mode', () => {
  expect(bucketOf(make({ objectLock: Duration.days(400) })).properties).toMatchObject({
    ObjectLockEnabled: true, ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 400 } } },
  });
  expect(() => bucketOf(make({ objectLock: Duration.days(30) }))).toThrow(/S3-11 does not hold/);
});

test('locks for a time that is a token', () => {
  const days = (n: number) => Duration.days(Lazy.number({ produce: () => n }));
  expect(bucketOf(make({ objectLock: days(365) })).properties.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({ Mode: 'GOVERNANCE', Days: 365 });
  expect(() => bucketOf(make({ objectLock: days(30) }))).toThrow(/S3-11 does not hold/);
});

test('spares a service that can write under SSE-S3 only, from one guard', () => {
  const stack = newStack();
  const statements = policyOf(make({ encryptionKey: keyOf(stack), plainWriter: 'config.amazonaws.com' }, stack));
  expect(statements.filter(s => JSON.stringify(s).includes('config.amazonaws.com')).map(s => s.Sid)).toEqual(['DenyOtherEncryption']);
});

test('sends events to EventBridge when asked to, without a Lambda', () => {
  const bucket = make({ eventBridge: true });
  expect(bucketOf(bucket).properties.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
  expect(render(Stack.of(bucket)).resourcesOf('AWS::Lambda::Function')).toEqual([]);
});

test('in a disposable scope goes without what keeps objects alive', () => {
  const stack = newStack();
  Disposable.because('everything here is built anew each night').applyTo(stack);
  const bucket = make({ objectLock: Duration.days(365), breakGlassPrincipals: [], expiration: Duration.days(400) }, stack);
  expect(bucketOf(bucket)).toMatchObject({ deletionPolicy: 'Delete', properties: { VersioningConfiguration: { Status: 'Enabled' } } });
  expect(bucketOf(bucket).properties).not.toHaveProperty('ObjectLockEnabled');
  const days = (r: any) => [r.ExpirationInDays, r.NoncurrentVersionExpiration?.NoncurrentDays];
  expect(bucketOf(bucket).properties.LifecycleConfiguration.Rules.map(days)).toEqual([[undefined, 1], [7, undefined]]);
  expect(policyOf(bucket).map(s => s.Sid)).toEqual(['DenyInsecureTransport', 'DenyTlsBefore12']);
});

describe('refuses', () => {
  test('a key by its alias', () => {
    const stack = newStack();
    expect(() => make({ encryptionKey: () => kms.Alias.fromAliasName(stack, 'Alias', 'alias/data') }, stack)).toThrow(/\[Test\/Data\] 'encryptionKey' is the alias 'alias\/data': S3 compares keys by their ARN, so give the key that the alias stands for/);
  });

  test('a log bucket under a KMS key', () => {
    const stack = newStack();
    const logBucket = new s3.Bucket(stack, 'Logs', { encryptionKey: keyIn(stack) });
    expect(() => make({ logBucket }, stack)).toThrow("[Test/Data] 'logBucket' is 'Test/Logs', which is encrypted with a KMS key, under which S3 can't write access logs: take a LogBucket");
  });

  test.each([['region', { region: 'eu-west-1', account: '111111111111' }, { region: 'eu-west-2', account: '111111111111' }], ['account', { region: 'eu-west-1', account: '111111111111' }, { region: 'eu-west-1', account: '222222222222' }]])(
    'a log bucket of another %s', (part, here, there) => {
      const stack = newStack({}, { env: here });
      const logBucket = s3.Bucket.fromBucketAttributes(stack, 'Logs', { bucketName: 'logs', ...there });
      expect(() => make({ logBucket }, stack)).toThrow(`[Test/Data] 'logBucket' is in ${part} `);
    });
});

describe('what a consumer strips', () => {
  const injected = (change: object) => {
    const injector = { constructUniqueId: s3.Bucket.PROPERTY_INJECTION_ID, inject: (props: any) => ({ ...props, ...change }) };
    const stack = new Stack(new App({ propertyInjectors: [injector] }), 'Test');
    make({ encryptionKey: keyOf(stack) }, stack);
    return stack;
  };

  test.each<[string, s3.BucketProps]>([
    ['versioning', { versioned: false }],
    ['encryption', { encryption: s3.BucketEncryption.S3_MANAGED, encryptionKey: undefined, bucketKeyEnabled: undefined }],
    ['the blocks of public access', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ACLS_ONLY }],
    ['the ownership', { objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }],
    ['the refusal of SSE-C', { blockedEncryptionTypes: undefined }],
    ['the removal policy', { removalPolicy: RemovalPolicy.DESTROY }],
    ['what makes no website', { websiteIndexDocument: 'index.html' }],
    ['the missing ACL', { accessControl: s3.BucketAccessControl.BUCKET_OWNER_FULL_CONTROL, objectOwnership: s3.ObjectOwnership.OBJECT_WRITER }],
  ])('%s: a property injector changes nothing', (_name, change) => {
    const usual = newStack();
    make({ encryptionKey: keyOf(usual) }, usual);
    expect(render(injected(change)).resourcesOf('AWS::S3::Bucket')).toEqual(render(usual).resourcesOf('AWS::S3::Bucket'));
  });

  test('the lifecycle, by a property injector', () => {
    expect(() => render(injected({ lifecycleRules: [] }))).toThrow(/\[Test\/Data\/Resource\] S3-06 does not hold/);
  });

  test('versioning, by an aspect', () => {
    const bucket = make();
    Aspects.of(bucket).add({ visit: (node: IConstruct) => { if (node instanceof s3.CfnBucket) { node.versioningConfiguration = { status: 'Suspended' }; } } });
    expect(() => bucketOf(bucket)).toThrow(/S3-05/);
  });

  test('the policy, by another one for everybody', () => {
    const bucket = make();
    bucket.addToResourcePolicy(new iam.PolicyStatement({
      actions: ['s3:GetObject'], principals: [new iam.StarPrincipal()], resources: [bucket.arnForObjects('*')],
    }));
    expect(() => bucketOf(bucket)).toThrow(/S3-19/);
  });
});

test('is a bucket of the CDK, with doors that are shut', () => {
  const stack = newStack();
  const bucket: s3.Bucket = make({ encryptionKey: keyOf(stack), eventBridge: true }, stack);
  expect(() => bucket.addEventNotification(s3.EventType.OBJECT_CREATED, { bind: () => { throw new Error('bound'); } })).toThrow(
    "[Test/Data] 'addEventNotification' of 's3:ObjectCreated:* Object' would replace the notifications of the bucket by way of a Lambda function: leave 'eventBridge' on");
  expect(() => bucket.grantPublicAccess()).toThrow(/public access/i);
  bucket.enableEventBridgeNotification();
  bucket.addLifecycleRule({ prefix: 'tmp/', expiration: Duration.days(1) });
  bucket.addCorsRule({ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['https://example.com'] });
  const { properties } = bucketOf(bucket as HardenedBucket);
  expect(properties.LifecycleConfiguration.Rules).toHaveLength(3);
  expect(properties.CorsConfiguration.CorsRules).toHaveLength(1);
  expect(render(stack).resourcesOf('AWS::Lambda::Function')).toEqual([]);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    const stack = Stack.of(scope);
    const [logs, key] = [new LogBucket(stack, 'Logs'), keyIn(stack)];
    return new HardenedBucket(scope, 'Data', { encryptionKey: () => key, logBucket: logs, noncurrentExpiration });
  });
  expect(after.json).toEqual(before.json);
});
