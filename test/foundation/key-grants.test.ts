import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { KeyAccess } from '../../src/foundation/key-access';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const VIA = { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } };

function secretAndRole(roleOf: (stack: Stack) => iam.IRole, users?: iam.IPrincipal[]) {
  const stack = new Stack(new App(), 'Data', { env: ENV });
  const key = new CustomerManagedKey(stack, 'Key', { description: 'd', users });
  const secret = new secretsmanager.Secret(stack, 'Secret', { encryptionKey: key });
  const role = roleOf(stack);
  const rendered = () => (stack.node.root as App).synth().getStackByName('Data').template.Resources;
  const statementsOf = (type: string) => Object.values<any>(rendered()).filter(r => r.Type === type)
    .flatMap(r => (r.Properties.PolicyDocument ?? r.Properties.KeyPolicy).Statement);
  const identity = () => statementsOf('AWS::IAM::Policy').filter((s: any) => JSON.stringify(s).includes('kms:'));
  return { secret, key, role, identity, keyPolicy: () => statementsOf('AWS::KMS::Key') };
}

const newRole = (stack: Stack) => new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });

test.each<[string, (secret: secretsmanager.Secret, role: iam.IRole) => void, string | string[]]>([
  ['reading', (secret, role) => secret.grantRead(role), 'kms:Decrypt'],
  ['writing', (secret, role) => secret.grantWrite(role), ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']],
])('%s a secret is a statement of the role, through Secrets Manager alone', (_name, grant, Action) => {
  const { secret, role, identity, keyPolicy } = secretAndRole(newRole);
  grant(secret, role);
  expect(identity()).toEqual([{ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] }, Condition: VIA }]);
  expect(JSON.stringify(keyPolicy())).not.toContain('Role');
});

test('a caller that reads and writes gets both', () => {
  const { key, role, identity } = secretAndRole(newRole);
  key.grantEncryptDecrypt(new kms.ViaServicePrincipal(VIA.StringEquals['kms:ViaService'], role));
  expect(identity()[0]).toMatchObject({ Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'], Condition: VIA });
});

test('the secret has asked the key to admit callers of the account', () => {
  const { keyPolicy } = secretAndRole(newRole);
  expect(keyPolicy()).toContainEqual(expect.objectContaining({ Condition: VIA, Principal: { AWS: expect.anything() } }));
});

test('a role of another account is named in the policy of the key, as its own policy is out of reach', () => {
  const arn = 'arn:aws:iam::999988887777:role/Partner';
  const partner = (stack: Stack) => iam.Role.fromRoleArn(stack, 'Role', arn);
  const bare = secretAndRole(partner);
  bare.secret.grantRead(bare.role);
  expect(bare.keyPolicy).toThrow(`KMS-13 does not hold: 'KeyPolicy' does not make sure that the key policy lets in principals of this account only, and others only by name (a statement without Sid for '${arn}'): name users of other accounts in 'users'`);
  const { secret, role, identity, keyPolicy } = secretAndRole(partner, [new iam.ArnPrincipal(arn)]);
  secret.grantRead(role);
  expect(identity()).toEqual([]);
  expect(keyPolicy()).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Principal: { AWS: arn }, Resource: '*', Condition: VIA });
});

const newKey = () => new CustomerManagedKey(new Stack(new App(), 'Data', { env: ENV }), 'Key', { description: 'd' });
const other = (key: kms.IKey) => new Stack(key.node.root as App, 'Other', { env: ENV });
const synth = (construct: IConstruct) => (construct.node.root as App).synth();
const resources = (construct: IConstruct, stack: string) => Object.values<any>(synth(construct).getStackByName(stack).template.Resources);
const policies = (construct: IConstruct, stack: string, type: string): any[] => resources(construct, stack)
  .filter(r => r.Type === type).flatMap(r => (r.Properties.PolicyDocument ?? r.Properties.KeyPolicy).Statement);

describe.each<[string, (key: kms.IKey, role: iam.IGrantable) => iam.Grant, string | string[]]>([
  ['grantDecrypt', (key, role) => key.grantDecrypt(role), 'kms:Decrypt'],
  ['grantEncrypt', (key, role) => key.grantEncrypt(role), ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']],
  ['grantEncryptDecrypt', (key, role) => key.grantEncryptDecrypt(role), ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*']],
  ['grant', (key, role) => key.grant(role, 'kms:Decrypt'), 'kms:Decrypt'],
  ['grants.decrypt', (key, role) => (key as kms.Key).grants.decrypt(role), 'kms:Decrypt'],
])('%s', (_name, grant, Action) => {
  test('writes both halves for a role of this stack', () => {
    const key = newKey();
    expect(grant(key, newRole(Stack.of(key))).success).toBe(true);
    expect(policies(key, 'Data', 'AWS::KMS::Key')[1]).toEqual({ Effect: 'Allow', Action, Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } }, Resource: '*' });
    expect(policies(key, 'Data', 'AWS::IAM::Policy')).toEqual([{ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] } }]);
  });

  test('names a role of another stack by the name that it was given, without a reference', () => {
    const key = newKey();
    const role = new iam.Role(other(key), 'Role', { roleName: 'reader', path: '/app/', assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
    expect(grant(key, role).success).toBe(true);
    expect(policies(key, 'Data', 'AWS::KMS::Key')[1]).toMatchObject({
      Action, Condition: { ArnEquals: { 'aws:PrincipalArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/app/reader']] } } },
    });
    expect(policies(key, 'Other', 'AWS::IAM::Policy')[0]).toMatchObject({ Action });
  });

  test('says what to do for a role of another stack without a name, if the key admits nobody through a service', () => {
    const key = newKey();
    expect(grant(key, newRole(other(key))).success).toBe(true);
    expect(() => synth(key)).toThrow(/\[Data\/Key\] the grant of kms:[\w:*, ]+ to 'Other\/Role', of another stack, gives nothing, .* give the role a 'roleName'/);
  });

  test('gives a role of another stack its half, where the key admits the account through a service', () => {
    const key = newKey();
    key.allow(KeyAccess.sqs());
    grant(key, newRole(other(key)));
    expect(policies(key, 'Data', 'AWS::KMS::Key')).toHaveLength(2);
    expect(policies(key, 'Other', 'AWS::IAM::Policy')).toHaveLength(1);
  });

  test("writes the policy of the key for an imported role, and a managed policy's own half", () => {
    const key = newKey();
    grant(key, iam.Role.fromRoleArn(Stack.of(key), 'Imported', 'arn:aws:iam::111122223333:role/Imported', { mutable: false }));
    grant(key, new iam.ManagedPolicy(Stack.of(key), 'Managed', { roles: [newRole(Stack.of(key))] }));
    expect(policies(key, 'Data', 'AWS::KMS::Key').map(s => s.Principal.AWS).slice(1)).toEqual(['arn:aws:iam::111122223333:role/Imported']);
    expect(policies(key, 'Data', 'AWS::IAM::ManagedPolicy')).toHaveLength(1);
  });
});

test('grants of what the key encrypts write both halves too', () => {
  const key = newKey();
  const queue = new sqs.Queue(Stack.of(key), 'Queue', { encryptionMasterKey: key });
  queue.grantConsumeMessages(newRole(Stack.of(key)));
  expect(policies(key, 'Data', 'AWS::KMS::Key').filter(s => s.Action === 'kms:Decrypt')).toHaveLength(1);
});
