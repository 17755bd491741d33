import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, Stack } from 'aws-cdk-lib/core';
import { EncryptedBucket } from '../../src/storage/encrypted-bucket';
import { can, idOf, policiesOf, policyOn, REGION, ACCOUNT, ResolvedTemplate, resolveTemplate, through } from '../support/simulate';

const IMPORTED = `arn:aws:kms:${REGION}:${ACCOUNT}:key/aaaaaaaa-1234-1234-1234-aaaaaaaaaaaa`;
const TLS = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', 'aws:PrincipalIsAWSService': 'false' };
const ADMINISTRATOR = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const SSE = 's3:x-amz-server-side-encryption';

const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** A bucket, a reader and a writer beside it, a reader in another stack, and a bucket under an imported key. */
function deploy() {
  const app = new App({ context: { '@aws-cdk/core:defaultCrossStackReferences': 'strong' } });
  const stack = new Stack(app, 'Data');
  const role = (scope: Stack, id: string) => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  const bucket = new EncryptedBucket(stack, 'Docs');
  const other = new Stack(app, 'Other');
  const [reader, writer, far, foreign] = [role(stack, 'Reader'), role(stack, 'Writer'), role(other, 'Far'), role(stack, 'Foreign')];
  bucket.grantRead(reader);
  bucket.grantReadWrite(writer);
  bucket.grantRead(far);
  const imported = new EncryptedBucket(stack, 'Imported', { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', IMPORTED) });
  imported.grantRead(foreign);
  const assembly = app.synth();
  const data = resolveTemplate(assembly.getStackByName('Data').template, { stackName: 'Data' });
  const rest = resolveTemplate(assembly.getStackByName('Other').template, { stackName: 'Other', imports: [data] });
  return { data, rest };
}

const { data, rest } = deploy();
const BUCKET = idOf(data, 'AWS::S3::Bucket', 'Docs');
const KEY = idOf(data, 'AWS::KMS::Key', 'DocsKey');
const OBJECT = `${data.arn(BUCKET)}/report.pdf`;

function actor(template: ResolvedTemplate, id: string) {
  const role = idOf(template, 'AWS::IAM::Role', id);
  return { principal: template.arn(role), identity: policiesOf(template, role) };
}

const ROLES: Record<string, [ResolvedTemplate, string]> = {
  'a role of the stack': [data, 'Reader'],
  'a role of another stack': [rest, 'Far'],
};

describe.each(Object.entries(ROLES))('grantRead to %s', (_name, [template, id]) => {
  const who = actor(template, id);
  const key = { resource: data.arn(KEY), policy: policyOn(data, KEY) };

  test('reads objects', async () => {
    expect(await can({ ...who, action: 's3:GetObject', resource: OBJECT, policy: policyOn(data, BUCKET), context: TLS })).toBe(true);
  });
  test('decrypts through S3', async () => {
    expect(await can({ ...who, ...key, action: 'kms:Decrypt', context: through('s3') })).toBe(true);
  });
  test('does not decrypt by a call of its own', async () => {
    expect(await can({ ...who, ...key, action: 'kms:Decrypt', context: { 'kms:CallerAccount': ACCOUNT } })).toBe(false);
  });
  test('does not decrypt through another service', async () => {
    expect(await can({ ...who, ...key, action: 'kms:Decrypt', context: through('rds') })).toBe(false);
  });
  test('does not write', async () => {
    expect(await can({ ...who, action: 's3:PutObject', resource: OBJECT, policy: policyOn(data, BUCKET), context: TLS })).toBe(false);
  });
  test('would not decrypt without the statement of the key for S3', async () => {
    const policy = clone(key.policy);
    policy.Statement = policy.Statement.filter((s: any) => s.Sid !== 'UseThroughS3');
    expect(policy.Statement.length).toBe(key.policy.Statement.length - 1);
    expect(await can({ ...who, ...key, policy, action: 'kms:Decrypt', context: through('s3') })).toBe(false);
  });
});

describe('an imported key', () => {
  const who = actor(data, 'Foreign');
  const owners = { Version: '2012-10-17', Statement: clone(policyOn(data, KEY).Statement.filter((s: any) => s.Sid === 'UseThroughS3')) };

  test('decrypts through S3 if its owner allows what KeyAccess.s3 says', async () => {
    expect(await can({ ...who, action: 'kms:Decrypt', resource: IMPORTED, policy: owners, context: through('s3') })).toBe(true);
  });
  test('does not decrypt if the owner does not', async () => {
    expect(await can({ ...who, action: 'kms:Decrypt', resource: IMPORTED, policy: { ...owners, Statement: [{ ...owners.Statement[0], Action: 'kms:DescribeKey' }] }, context: through('s3') })).toBe(false);
  });
});

describe('AdministratorAccess without a statement of the key', () => {
  const who = { principal: `arn:aws:iam::${ACCOUNT}:role/Admin`, identity: [ADMINISTRATOR] };
  const key = { resource: data.arn(KEY), policy: policyOn(data, KEY) };

  test('does not decrypt by a call of its own', async () => {
    expect(await can({ ...who, ...key, action: 'kms:Decrypt', context: { 'kms:CallerAccount': ACCOUNT } })).toBe(false);
  });
  test('restores the policy', async () => {
    expect(await can({ ...who, ...key, action: 'kms:PutKeyPolicy', context: { 'kms:CallerAccount': ACCOUNT } })).toBe(true);
  });
  test('would decrypt if the key delegated everything to the account', async () => {
    const policy = clone(key.policy);
    policy.Statement[0].Action = 'kms:*';
    expect(await can({ ...who, ...key, policy, action: 'kms:Decrypt', context: { 'kms:CallerAccount': ACCOUNT } })).toBe(true);
  });
});

describe('requests to the bucket', () => {
  const ROWS: [string, string, Record<string, string>, boolean, string?][] = [
    ['a PUT without headers', 's3:PutObject', TLS, true],
    ["a PUT under the bucket's key", 's3:PutObject', { ...TLS, [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: data.arn(KEY) }, true],
    ['a PUT under SSE-S3', 's3:PutObject', { ...TLS, [SSE]: 'AES256' }, false, 'DenyOtherEncryption'],
    ['a PUT under another key', 's3:PutObject', { ...TLS, [SSE]: 'aws:kms', [`${SSE}-aws-kms-key-id`]: IMPORTED }, false, 'DenyOtherKey'],
    ['a PUT under aws:kms without a key', 's3:PutObject', { ...TLS, [SSE]: 'aws:kms' }, false, 'DenyAwsManagedKey'],
    ['a PUT under a key of the writer', 's3:PutObject', { ...TLS, [`${SSE}-customer-algorithm`]: 'AES256' }, false, 'DenyCustomerProvidedKey'],
    ['a GET over TLS 1.2', 's3:GetObject', { ...TLS, 's3:TlsVersion': '1.2' }, true],
    ['a GET over TLS 1.1', 's3:GetObject', { ...TLS, 's3:TlsVersion': '1.1' }, false, 'DenyTlsBefore12'],
    ['a GET without TLS', 's3:GetObject', { 'aws:SecureTransport': 'false', 'aws:PrincipalIsAWSService': 'false' }, false, 'DenyInsecureTransport'],
  ];
  const who = actor(data, 'Writer');

  test.each(ROWS)('%s', async (_name, action, context, expected) => {
    expect(await can({ ...who, action, resource: OBJECT, policy: policyOn(data, BUCKET), context })).toBe(expected);
  });
  test.each(ROWS.filter(r => r[4]))('%s would be allowed without its statement', async (_name, action, context, _expected, sid) => {
    const policy = clone(policyOn(data, BUCKET));
    policy.Statement = policy.Statement.filter((s: any) => s.Sid !== sid);
    expect(await can({ ...who, action, resource: OBJECT, policy, context })).toBe(true);
  });
  test('nobody in particular is refused', async () => {
    expect(await can({ action: 's3:GetObject', resource: OBJECT, policy: policyOn(data, BUCKET), context: TLS })).toBe(false);
  });
});

test('a context key that the simulator would leave out is refused', async () => {
  const who = actor(data, 'Reader');
  await expect(can({ ...who, action: 'kms:Decrypt', resource: data.arn(KEY), policy: policyOn(data, KEY), context: { 's3:TlsVersion': '1.2' } })).rejects.toThrow(/does not take/);
});
