import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, CfnParameter, Duration, Fn, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { verdictsOf } from '../../src/assurance/self-check';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { KeyAccess } from '../../src/foundation/key-access';
import { EncryptedBucket } from '../../src/storage/encrypted-bucket';
import { FOREIGN, OWN } from '../support/predicate';
import { FLAG_SETS } from '../support/prove';

const ENV = { account: OWN, region: 'eu-west-1' };
const PARTNER = `arn:aws:iam::${FOREIGN}:role/Partner`;

function make(context: Record<string, unknown> = {}, env: { account?: string; region?: string } = ENV) {
  const app = new App({ context, analyticsReporting: false });
  const stack = new Stack(app, 'Shop', { env });
  const bucket = new EncryptedBucket(stack, 'Docs');
  const beside = () => new Stack(app, 'Other', { env });
  const resources = (): any[] => Object.values(app.synth({ force: true }).getStackByName('Shop').template.Resources);
  const policyOf = (type: string, id: RegExp): any[] => {
    const { Resources } = app.synth({ force: true }).getStackByName('Shop').template;
    const found: any = Object.entries<any>(Resources).find(([name, r]) => r.Type === type && id.test(name))![1];
    return (found.Properties.PolicyDocument ?? found.Properties.KeyPolicy).Statement;
  };
  return { app, stack, bucket, beside, resources, policyOf, synth: () => app.synth({ force: true }) };
}

describe('a reader of another account', () => {
  test('is let in on both halves, through S3 alone, and gets the third to write down', () => {
    const { stack, bucket, policyOf, resources } = make();
    const policy = bucket.grantReadToAccount(new iam.ArnPrincipal(PARTNER));
    expect(policyOf('AWS::KMS::Key', /^DocsKey/)).toContainEqual({
      Effect: 'Allow', Principal: { AWS: PARTNER }, Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
    });
    expect(policyOf('AWS::S3::BucketPolicy', /^DocsPolicy/).filter(s => s.Principal.AWS === PARTNER)).toMatchObject([{ Action: 's3:ListBucket' }, { Action: 's3:GetObject' }]);
    expect(stack.resolve(policy).Statement.map((s: any) => s.Action)).toEqual(['s3:ListBucket', 's3:GetObject', 'kms:Decrypt']);
    expect(resources().filter(r => r.Metadata?.['cdk-hardened:admits']).map(r => [r.Type, r.Metadata['cdk-hardened:admits']])).toEqual([['AWS::S3::Bucket', [PARTNER]], ['AWS::KMS::Key', [PARTNER]]]);
  });

  test('may be all of an account, see a part of the objects, and come in beside others', () => {
    const { bucket, policyOf } = make();
    bucket.grantReadToAccount(new iam.AccountPrincipal(FOREIGN), 'reports/*');
    bucket.grantReadToAccount(new iam.ArnPrincipal(PARTNER));
    const [list, get] = policyOf('AWS::S3::BucketPolicy', /^DocsPolicy/).filter(s => JSON.stringify(s.Principal).includes(`${FOREIGN}:root`));
    expect(list.Condition).toEqual({ StringLike: { 's3:prefix': 'reports/*' } });
    expect(get.Resource['Fn::Join'][1][1]).toBe('/reports/*');
  });

  test('is let in where the account of the stack is not known', () => {
    const { bucket, synth } = make({}, {});
    bucket.grantReadToAccount(new iam.AccountPrincipal(FOREIGN));
    expect(synth).not.toThrow();
  });

  test('who is let in gets no more than that', () => {
    const { bucket, synth } = make();
    bucket.grantReadToAccount(new iam.ArnPrincipal(PARTNER));
    bucket.addToResourcePolicy(new iam.PolicyStatement({ sid: 'Write', actions: ['s3:PutObject'], principals: [new iam.ArnPrincipal(PARTNER)], resources: [bucket.arnForObjects('*')] }));
    expect(synth).toThrow('[Shop/Docs/Policy/Resource] S3-21 of \'Shop/Docs/Resource\' does not hold with this AWS::S3::BucketPolicy');
  });

  test('needs a key of the app, and is of another account', () => {
    const { stack, bucket } = make();
    const key = kms.Key.fromKeyArn(stack, 'Imported', `arn:aws:kms:eu-west-1:${OWN}:key/1`);
    const imported = new EncryptedBucket(stack, 'Imports', { encryptionKey: key });
    expect(() => imported.grantReadToAccount(new iam.ArnPrincipal(PARTNER))).toThrow("[Shop/Imports] 'grantReadToAccount' can't change the policy of the imported key 'Shop/Imported'");
    const refused: [iam.IPrincipal, string][] = [
      [new iam.AccountPrincipal('44445555666'), "of the account '44445555666': give an account ID of twelve digits"], [new iam.ArnPrincipal('arn:aws:iam::4444:role/a'), "of the account '4444'"],
      [new iam.AnyPrincipal(), 'which is no account and no role of one'], [new iam.OrganizationPrincipal('o-a1b2c3d4e5'), 'which is no account'], [new iam.ServicePrincipal('s3.amazonaws.com'), 'which is no account'],
      [new iam.AccountRootPrincipal(), "which is of this account: use 'grantRead'"], [new iam.ArnPrincipal(`arn:aws:iam::${OWN}:role/a`), 'which is of this account'], [new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }), 'which is of this account'],
      ['arn' as any, "'reader' is the text 'arn'"],
    ];
    for (const [reader, message] of refused) { expect(() => bucket.grantReadToAccount(reader)).toThrow(message); }
  });

  test('is not let in by a grant of the CDK or a bare statement, and the error says how', () => {
    for (const grant of [(b: EncryptedBucket) => { b.grantRead(new iam.AccountPrincipal(FOREIGN)); },
      (b: EncryptedBucket) => { b.addToResourcePolicy(new iam.PolicyStatement({ sid: 'Partner', actions: ['s3:GetObject'], principals: [new iam.ArnPrincipal(PARTNER)], resources: [b.arnForObjects('*')] })); }]) {
      const { bucket, synth } = make();
      grant(bucket);
      expect(synth).toThrow(/S3-21 of 'Shop\/Docs\/Resource' does not hold with this AWS::S3::BucketPolicy: .*\((a statement without Sid|the statement 'Partner') for '.*444455556666.*'.*\): let readers of other accounts in by 'grantReadToAccount'/);
    }
  });
});

type Setup = ReturnType<typeof make>;
/** What a team does in its second week. */
const LEGITIMATE: Record<string, (s: Setup, scope: Stack) => void> = {
  'grantRead to a role': ({ bucket }, scope) => { bucket.grantRead(new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') })); },
  'grantReadWrite to a role that is imported': ({ bucket }, scope) => { bucket.grantReadWrite(iam.Role.fromRoleArn(scope, 'Role', `arn:aws:iam::${OWN}:role/a`)); },
  'a statement for a named role of the account': ({ bucket }) => { bucket.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject*'], principals: [new iam.ArnPrincipal(`arn:aws:iam::${OWN}:role/a`)], resources: [bucket.arnForObjects('*')] })); },
  'a function that reads': ({ bucket }, scope) => {
    const reader = new lambda.Function(scope, 'Reader', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'a', code: lambda.Code.fromInline('a'), environment: { BUCKET: bucket.bucketName } });
    bucket.grantRead(reader);
  },
  'an access point for a role': ({ bucket }, scope) => { new s3.CfnAccessPoint(scope, 'Point', { bucket: bucket.bucketName }); },
  'rules of its life': ({ bucket }) => {
    bucket.addLifecycleRule({ prefix: 'tmp/', expiration: Duration.days(3) });
    bucket.addLifecycleRule({ transitions: [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: Duration.days(90) }] });
    bucket.addCorsRule({ allowedMethods: [s3.HttpMethods.PUT], allowedOrigins: ['https://shop.example.com'] });
    bucket.addMetric({ id: 'all' });
  },
  'an inventory of another bucket, into this one': ({ bucket }, scope) => {
    const source = new s3.Bucket(scope, 'Source');
    source.addInventory({ destination: { bucket } });
  },
  'an inventory into a bucket of the stack': ({ bucket }, scope) => { bucket.addInventory({ destination: { bucket: new s3.Bucket(scope, 'Reports') } }); },
  'a denial for a role': ({ bucket }) => { bucket.addToResourcePolicy(new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:*'], principals: [new iam.ArnPrincipal(`arn:aws:iam::${OWN}:role/a`)], resources: [bucket.bucketArn] })); },
  'log delivery, with its access to the key': ({ bucket }) => {
    (bucket.encryptionKey as CustomerManagedKey).allow(KeyAccess.logDelivery());
    bucket.addToResourcePolicy(new iam.PolicyStatement({ actions: ['s3:PutObject'], principals: [new iam.ServicePrincipal('delivery.logs.amazonaws.com')], resources: [bucket.arnForObjects('*')], conditions: { StringEquals: { 'aws:SourceAccount': OWN }, ArnLike: { 'aws:SourceArn': `arn:aws:logs:eu-west-1:${OWN}:*` } } }));
  },
  'an own policy of a bucket that sends its logs here': (_, scope) => { new s3.CfnBucketPolicy(scope, 'Policy', { bucket: new s3.Bucket(scope, 'Logs').bucketName, policyDocument: { Statement: [] } }); },
};

describe.each(FLAG_SETS)('legitimate, under %s feature flags', (_name, context) => {
  test.each(Object.entries(LEGITIMATE))('%s', (_what, change) => {
    const setup = make(context);
    change(setup, setup.stack);
    expect(setup.synth).not.toThrow();
  });
});
const ACROSS = ['grantRead to a role', 'grantReadWrite to a role that is imported', 'a function that reads', 'an access point for a role', 'an own policy of a bucket that sends its logs here'];
test.each(ACROSS)('legitimate, in a second stack: %s', name => {
  const setup = make();
  LEGITIMATE[name](setup, setup.beside());
  expect(setup.synth).not.toThrow();
});

const objects = (bucket: EncryptedBucket, principal: iam.IPrincipal, conditions?: any) => new iam.PolicyStatement({ actions: ['s3:GetObject'], principals: [principal], resources: [bucket.arnForObjects('*')], conditions });
const foreign = (bucket: EncryptedBucket) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: FOREIGN }, Action: 's3:GetObject', Resource: bucket.arnForObjects('*') }] });
/** Additions of whole resources, and the control that they break, named at the construct that adds them. */
const ADDED: Record<string, [id: string, type: string, add: (scope: Stack, bucket: EncryptedBucket) => void]> = {
  'a second policy': ['S3-23', 'AWS::S3::BucketPolicy', (scope, b) => { new s3.CfnBucketPolicy(scope, 'Added', { bucket: b.bucketName, policyDocument: { Statement: [] } }); }],
  'an access point for another account': ['S3-26', 'AWS::S3::AccessPoint', (scope, b) => { new s3.CfnAccessPoint(scope, 'Added', { bucket: b.bucketName, policy: foreign(b) }); }],
  'an access point that is not closed': ['S3-26', 'AWS::S3::AccessPoint', (scope, b) => { new s3.CfnAccessPoint(scope, 'Added', { bucket: b.bucketName, publicAccessBlockConfiguration: { blockPublicAcls: false } }); }],
  'a global access point that is not closed': ['S3-26', 'AWS::S3::MultiRegionAccessPoint', (scope, b) => { new s3.CfnMultiRegionAccessPoint(scope, 'Added', { regions: [{ bucket: b.bucketName }], publicAccessBlockConfiguration: { blockPublicPolicy: false } }); }],
  'a second policy by the CDK, for everybody': ['S3-23', 'AWS::S3::BucketPolicy', (scope, b) => {
    new s3.BucketPolicy(scope, 'Added', { bucket: b, removalPolicy: RemovalPolicy.DESTROY }).document.addStatements(objects(b, new iam.AccountPrincipal(FOREIGN)));
  }],
};
test.each(Object.entries(ADDED).flatMap(([name, added]) => ['Shop', 'Other', 'Shop/Nested'].map(where => [name, where, added] as const)))('%s is refused in %s', (_name, where, [id, type, add]) => {
  const { app, stack, bucket, beside, synth } = make();
  const scope = where === 'Shop' ? stack : where === 'Other' ? beside() : new NestedStack(stack, 'Nested');
  add(scope, bucket);
  expect(synth).toThrow(new RegExp(`\\[${where}/Added(/Resource)?\\] ${id} of 'Shop/Docs/Resource' does not hold with this ${type}`));
  expect(app.node.tryFindChild('Shop')).toBe(stack);
});

test('notifications by the CDK in a second stack may go to a queue of ours, and not to one of another account', () => {
  for (const account of [OWN, FOREIGN]) {
    const { bucket, beside, synth } = make();
    const scope = beside();
    s3.Bucket.fromBucketName(scope, 'Docs', bucket.bucketName).addEventNotification(s3.EventType.OBJECT_CREATED,
      new notifications.SqsDestination(sqs.Queue.fromQueueArn(scope, 'Queue', `arn:aws:sqs:eu-west-1:${account}:q`)));
    if (account === OWN) { expect(synth).not.toThrow(); } else { expect(synth).toThrow(/\[Other\/Docs\/Notifications\/Resource\] S3-27 of 'Shop\/Docs\/Resource' does not hold with this Custom::S3BucketNotifications/); }
  }
});

test('what may be another account at deployment is refused, by a parameter and by a condition', () => {
  for (const account of [(s: Stack) => new CfnParameter(s, 'P').valueAsString, (s: Stack) => Fn.importValue('x') + (s ? '' : ''), () => '{{resolve:ssm:account}}']) {
    const { stack, bucket, synth } = make();
    bucket.addToResourcePolicy(objects(bucket, new iam.ArnPrincipal(`arn:aws:iam::${account(stack)}:role/a`)));
    expect(synth).toThrow("[Shop/Docs/Policy/Resource] S3-21 of 'Shop/Docs/Resource' does not hold");
  }
});

test('a distribution of ours reads when the key is told of it, and the error says what is missing', () => {
  const { stack, bucket, synth } = make();
  new cloudfront.Distribution(stack, 'Distribution', { defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(new s3.Bucket(stack, 'Web')) } });
  bucket.addToResourcePolicy(objects(bucket, new iam.ServicePrincipal('cloudfront.amazonaws.com'), { StringEquals: { 'aws:SourceArn': `arn:aws:cloudfront::${OWN}:distribution/E1` } }));
  expect(synth).toThrow(/S3-28 does not hold: .*'cloudfront.amazonaws.com' gets no kms:Decrypt of the key 'DocsKey[0-9A-F]+': give the key 'KeyAccess.cloudFront\(distributionId\)'/);
  (bucket.encryptionKey as CustomerManagedKey).allow(KeyAccess.cloudFront('E1'));
  expect(synth).not.toThrow();
});

test('an inventory into the bucket is let in by its key as well', () => {
  const { stack, bucket, policyOf } = make();
  new s3.Bucket(stack, 'Source').addInventory({ destination: { bucket } });
  expect(policyOf('AWS::KMS::Key', /^DocsKey/).filter(s => s.Principal.Service === 's3.amazonaws.com')).toMatchObject([{ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } }]);
});

test('a default is waived where the addition is made', () => {
  const { app, bucket, beside, synth } = make();
  const other = beside();
  const role = new iam.Role(other, 'Replication', { assumedBy: new iam.ServicePrincipal('s3.amazonaws.com') });
  (bucket.node.defaultChild as s3.CfnBucket).replicationConfiguration = { role: role.roleArn, rules: [{ status: 'Enabled', destination: { bucket: 'arn:aws:s3:::archive' } }] };
  expect(synth).toThrow("[Shop/Docs/Resource] S3-27 does not hold: 'NotificationConfiguration' does not make sure that events, reports and replicas of the bucket stay in this account (to 'arn:aws:s3:::archive')");
  SecurityWaivers.of(bucket).add({ control: 'S3-27', reason: 'the archive of the group keeps a copy of the documents' });
  synth();
  expect(verdictsOf(app).filter(v => v.control === 'S3-27' && v.outcome === 'waived').map(v => v.path)).toEqual(['Shop/Docs/Resource']);
});
