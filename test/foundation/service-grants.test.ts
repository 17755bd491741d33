import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { App, Stack } from 'aws-cdk-lib/core';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const VIA = { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-1.amazonaws.com' } };

function secretAndRole(roleOf: (stack: Stack) => iam.IRole) {
  const stack = new Stack(new App(), 'Data', { env: ENV });
  const { key } = new CustomerManagedKey(stack, 'Key', { description: 'd' });
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
  const { secret, role, identity, keyPolicy } = secretAndRole(stack => iam.Role.fromRoleArn(stack, 'Role', arn));
  secret.grantRead(role);
  expect(identity()).toEqual([]);
  expect(keyPolicy()).toContainEqual({ Effect: 'Allow', Action: 'kms:Decrypt', Principal: { AWS: arn }, Resource: '*', Condition: VIA });
});

test('a grant that is not through a service is as it was', () => {
  const { key, role, identity } = secretAndRole(newRole);
  key.grantDecrypt(role);
  key.grantEncrypt(role);
  key.grantEncryptDecrypt(role);
  expect(identity().every((s: any) => s.Condition === undefined)).toBe(true);
});
