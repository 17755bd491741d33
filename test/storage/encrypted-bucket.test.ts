import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { EncryptedBucket } from '../../src/storage/encrypted-bucket';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render, verdicts } from '../support/prove';

proveControls(stack => { new EncryptedBucket(stack, 'Docs', { objectLock: Duration.days(400) }); });

/** The data bucket of a stack, not the log bucket. */
function bucketOf(stack: Stack): any {
  return render(stack).resourcesOf('AWS::S3::Bucket').find(b => b.logicalId.startsWith('Docs'))!;
}

function claimsOf(stack: Stack): string[] {
  return verdicts(stack).filter(v => v.path === 'Test/Docs/Resource').map(v => v.control).sort();
}

test('claims every control of a bucket under a customer managed key', () => {
  const stack = newStack();
  new EncryptedBucket(stack, 'Docs');
  expect(claimsOf(stack)).toEqual(['GEN-03', 'S3-01', 'S3-02', 'S3-03', 'S3-04', 'S3-05', 'S3-05b', 'S3-06', 'S3-07', 'S3-08', 'S3-09', 'S3-10', 'S3-13', 'S3-14', 'S3-19',
    'S3-21', 'S3-22', 'S3-23', 'S3-24', 'S3-26', 'S3-27', 'S3-28', 'S3-29', 'S3-31', 'S3-32', 'S3-33', 'S3-34', 'S3-35']);
});

test('takes no access logs, and says what does', () => {
  const stack = newStack();
  const docs = new EncryptedBucket(stack, 'Docs');
  expect(() => new s3.Bucket(stack, 'Plain', { serverAccessLogsBucket: docs })).toThrow("[Test/Plain] 'serverAccessLogsBucket' is 'Test/Docs', which is encrypted with a KMS key, "
    + "under which S3 can't write access logs: take a LogBucket");
});

test('grants objects to an imported role, and refuses a principal without a policy, to whom it would grant nothing', () => {
  const stack = newStack();
  const docs = new EncryptedBucket(stack, 'Docs');
  docs.grantObjects(iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/App'));
  for (const principal of [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/App'), new iam.ServicePrincipal('glue.amazonaws.com'), new iam.AnyPrincipal()]) {
    expect(() => docs.grantObjects(principal)).toThrow("[Test/Docs] 'grantObjects' got a principal without a policy of its own, so nothing would be granted: pass a role");
  }
});

test('has the documented defaults', () => {
  const stack = newStack();
  const bucket = new EncryptedBucket(stack, 'Docs');
  const { properties, deletionPolicy } = bucketOf(stack);
  expect(properties).toMatchObject({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        BucketKeyEnabled: true,
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: stack.resolve(bucket.encryptionKey!.keyArn) },
      }],
    },
    LifecycleConfiguration: {
      Rules: [
        { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, NoncurrentVersionExpiration: { NoncurrentDays: 90 } },
        { ExpiredObjectDeleteMarker: true },
      ],
    },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
  });
  expect(properties.ObjectLockEnabled).toBeUndefined();
  expect(deletionPolicy).toBe('RetainExceptOnCreate');
  expect(bucket.encryptionKey).toBeInstanceOf(CustomerManagedKey);
});

test('makes no Lambda function and no custom resource', () => {
  const stack = newStack();
  new EncryptedBucket(stack, 'Docs');
  const types = Object.values<any>(render(stack).json.Resources).map(r => r.Type);
  expect(types.filter(t => /Lambda|Custom/.test(t))).toEqual([]);
});

test('takes lifecycle and lock', () => {
  const stack = newStack();
  new EncryptedBucket(stack, 'Docs', {
    noncurrentExpiration: Duration.days(30),
    expiration: Duration.days(730),
    objectLock: Duration.days(365),
    transitions: [{ storageClass: s3.StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }],
  });
  const { properties } = bucketOf(stack);
  expect(properties.ObjectLockConfiguration).toEqual({ ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } });
  expect(properties.LifecycleConfiguration.Rules).toMatchObject([
    { NoncurrentVersionExpiration: { NoncurrentDays: 30 }, Transitions: [{ StorageClass: 'INTELLIGENT_TIERING' }] },
    { ExpirationInDays: 730 },
  ]);
});

test('fails on a lock of under a year without a waiver', () => {
  const stack = newStack();
  new EncryptedBucket(stack, 'Docs', { objectLock: Duration.days(30) });
  expect(() => render(stack)).toThrow(/S3-11 does not hold/);
});

test('fails without events, unless it is waived', () => {
  const stack = newStack();
  new EncryptedBucket(stack, 'Docs', { eventBridge: false });
  expect(() => render(stack)).toThrow(/\[Test\/Docs\/Resource\] S3-13 does not hold/);
  const waived = newStack();
  new EncryptedBucket(waived, 'Docs', { eventBridge: false, waivers: [{ control: 'S3-13', reason: 'nothing reacts to these objects, nothing backs them up' }] });
  expect(bucketOf(waived).properties.NotificationConfiguration).toBeUndefined();
});

test.each([
  [{ noncurrentExpiration: Duration.hours(12) }, /\[Test\/Docs\] 'noncurrentExpiration' must be a whole number from 1 to 3650 days, got 0.5/],
  [{ expiration: Duration.days(0) }, /\[Test\/Docs\] 'expiration' must be a whole number from 1 to 36500 days, got 0/],
  [{ objectLock: Duration.days(40000) }, /\[Test\/Docs\] 'objectLock' must be a whole number from 1 to 36500 days, got 40000/],
])('refuses %j', (props, message) => {
  expect(() => new EncryptedBucket(newStack(), 'Docs', props)).toThrow(message);
});

test('takes tokens', () => {
  const stack = newStack();
  const days = Duration.days(Lazy.number({ produce: () => 400 }));
  new EncryptedBucket(stack, 'Docs', { noncurrentExpiration: days, objectLock: days, expiration: days });
  expect(bucketOf(stack).properties.ObjectLockConfiguration.Rule.DefaultRetention.Days).toBe(400);
});

test('takes a key and a log bucket of others', () => {
  const stack = newStack();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/aaaaaaaa-1234-1234-1234-aaaaaaaaaaaa');
  const logBucket = s3.Bucket.fromBucketName(stack, 'Logs', 'our-logs');
  const docs = new EncryptedBucket(stack, 'Docs', { encryptionKey, logBucket });
  expect(docs.encryptionKey).toBe(encryptionKey);
  const template = render(stack);
  expect(template.resourcesOf('AWS::S3::Bucket')).toHaveLength(1);
  expect(template.resourcesOf('AWS::KMS::Key')).toHaveLength(0);
  expect(bucketOf(stack).properties.LoggingConfiguration.DestinationBucketName).toBe('our-logs');
});

test('allows S3 on a key that it is given', () => {
  const app = new App();
  const keys = new Stack(app, 'Keys');
  const key = new kms.Key(keys, 'Key');
  const stack = new Stack(app, 'Test');
  new EncryptedBucket(stack, 'Docs', { encryptionKey: key });
  const policy = render(keys).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy;
  expect(policy.Statement.map((s: any) => s.Sid)).toContain('UseThroughS3');
});

test('in a disposable scope goes with its stack, unlocked, and keeps its floors', () => {
  const stack = newStack();
  Disposable.because('a sandbox for trying things out').applyTo(stack);
  new EncryptedBucket(stack, 'Docs', { objectLock: Duration.days(365) });
  const { properties, deletionPolicy } = bucketOf(stack);
  expect(deletionPolicy).toBe('Delete');
  expect(properties.ObjectLockEnabled).toBeUndefined();
  expect(properties.LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration.NoncurrentDays).toBe(1);
  expect(properties.PublicAccessBlockConfiguration.BlockPublicAcls).toBe(true);
  expect(claimed(stack, 'AWS::S3::Bucket')).toContain('S3-01');
});

test.each(['aws-us-gov', 'aws-cn'])('synthesizes in %s', partition => {
  const stack = newStack({}, { env: { account: '111122223333', region: partition === 'aws-cn' ? 'cn-north-1' : 'us-gov-west-1' } });
  new EncryptedBucket(stack, 'Docs');
  expect(JSON.stringify(render(stack).json)).not.toContain('arn:aws:');
});


test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    new SecurityFoundation(Stack.of(scope), 'Foundation');
    return new EncryptedBucket(scope, 'Docs');
  });
  expect(after.json).toEqual(before.json);
});

test('is a bucket of the CDK', () => {
  const stack = newStack();
  const docs: s3.IBucket = new EncryptedBucket(stack, 'Docs');
  docs.grantRead(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
  const statement = render(stack).resourcesOf('AWS::IAM::Policy')[0].properties.PolicyDocument.Statement.find((s: any) => JSON.stringify(s.Action).includes('kms:Decrypt'));
  expect(statement.Condition).toEqual({ StringEquals: { 'kms:ViaService': expect.anything() } });
  expect(stack.resolve(docs.arnForObjects('*'))).toEqual({ 'Fn::Join': ['', [stack.resolve(docs.bucketArn), '/*']] });
});

test.each<[string, any, string]>([
  ['a text for a key', { encryptionKey: 'arn' }, "[Test/Docs] 'encryptionKey' is the text 'arn': give a kms.IKey"],
  ['a name for a log bucket', { logBucket: 'logs' }, "[Test/Docs] 'logBucket' is the text 'logs': give an s3.IBucket"],
  ['a number for a duration', { expiration: 7 }, "[Test/Docs] 'expiration' is the number 7: give a Duration"],
])('refuses %s', (_name, props, message) => expect(() => new EncryptedBucket(newStack(), 'Docs', props)).toThrow(message));

describe('CloudFront', () => {
  const distribution = (scope: Stack, origin: cloudfront.IOrigin) => new cloudfront.Distribution(scope, 'Site', { defaultBehavior: { origin } });
  const REFUSED = "which can't read objects under a KMS key: make the origin by 'S3BucketOrigin.withOriginAccessControl(bucket)'";

  test('reads by origin access control', () => {
    const stack = newStack();
    distribution(stack, S3BucketOrigin.withOriginAccessControl(new EncryptedBucket(stack, 'Docs')));
    const { Statement } = render(stack).resourcesOf('AWS::KMS::Key').find(k => k.logicalId.startsWith('DocsKey'))!.properties.KeyPolicy;
    expect(Statement.filter((s: any) => s.Principal.Service === 'cloudfront.amazonaws.com')).toHaveLength(1);
  });

  test.each<[string, (stack: Stack, docs: EncryptedBucket) => void, string]>([
    ['an origin with an identity', (stack, docs) => { distribution(stack, S3BucketOrigin.withOriginAccessIdentity(docs)); }, 'Test/Site/Origin1/S3Origin'],
    ['a grant to an identity', (stack, docs) => { docs.grantRead(new cloudfront.OriginAccessIdentity(stack, 'Identity')); }, 'Test/Identity'],
    ['a grant to an imported one', (stack, docs) => { docs.grantRead(cloudfront.OriginAccessIdentity.fromOriginAccessIdentityId(stack, 'Identity', 'E123')); }, 'CloudFront Origin Access Identity E123'],
  ])('is refused %s', (_name, give, identity) => {
    const stack = newStack();
    const docs = new EncryptedBucket(stack, 'Docs');
    expect(() => give(stack, docs)).toThrow(`[Test/Docs] the policy would let in the origin access identity '${identity}', ${REFUSED}`);
  });

  test('may be denied by its identity', () => {
    const stack = newStack();
    const docs = new EncryptedBucket(stack, 'Docs');
    const principals = [new cloudfront.OriginAccessIdentity(stack, 'Identity').grantPrincipal];
    const deny = { effect: iam.Effect.DENY, principals, actions: ['s3:GetObject'], resources: [docs.arnForObjects('*')] };
    expect(docs.addToResourcePolicy(new iam.PolicyStatement(deny)).statementAdded).toBe(true);
  });
});

test.each<[string, (docs: EncryptedBucket) => void, string]>([
  ['a method', docs => { docs.grantPublicAccess(); }, "'grantPublicAccess' would let everybody do s3:GetObject on '*'"],
  ['the grants', docs => { docs.grants.publicAccess('site/*', 's3:PutObject'); }, "'grantPublicAccess' would let everybody do s3:PutObject on 'site/*'"],
])('is not made public by %s, and says what publishes its objects', (_name, open, message) => {
  expect(() => open(new EncryptedBucket(newStack(), 'Docs'))).toThrow(`[Test/Docs] ${message}, and all public access is blocked: publish objects by a `
    + "CloudFront distribution, whose origin is 'S3BucketOrigin.withOriginAccessControl(bucket)'");
});
