import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { only } from './fixtures';
import { readingsOf, TaskSecret } from '../../src/compute/task-secret';
import { newStack, render } from '../support/prove';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-abcdef';
const stack = newStack();
const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k');
const read = (secret: TaskSecret) => {
  const { valueFrom, statements } = secret._read();
  return { valueFrom: stack.resolve(valueFrom), statements: stack.resolve(statements.map(s => s.toStatementJson())) };
};
const allow = (Action: string, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const decrypt = (service: string) => ({
  ...allow('kms:Decrypt', key.keyArn),
  Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', [`${service}.`, { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
});

test('a secret with a key, whole and by field', () => {
  const secret = secretsmanager.Secret.fromSecretAttributes(stack, 'Secret', { secretCompleteArn: ARN, encryptionKey: key });
  const statements = [allow('secretsmanager:GetSecretValue', ARN), decrypt('secretsmanager')];
  expect(read(TaskSecret.fromSecretsManager(secret))).toEqual({ valueFrom: ARN, statements });
  expect(read(TaskSecret.fromSecretsManager(secret, 'password'))).toEqual({ valueFrom: `${ARN}:password::`, statements });
});

test('a secret by its name, whose ARN ends with six characters that nobody knows', () => {
  const { statements } = read(TaskSecret.fromSecretsManager(secretsmanager.Secret.fromSecretNameV2(stack, 'Named', 'db')));
  expect(statements).toHaveLength(1);
  expect(JSON.stringify(statements[0].Resource)).toContain(':secret:db-??????');
});

test('a new secret', () => {
  const secret = new secretsmanager.Secret(stack, 'New');
  expect(read(TaskSecret.fromSecretsManager(secret)).statements).toEqual([allow('secretsmanager:GetSecretValue', stack.resolve(secret.secretArn))]);
});

test('a parameter, with and without a key', () => {
  const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(stack, 'Parameter', { parameterName: '/app/token' });
  const get = allow('ssm:GetParameters', stack.resolve(parameter.parameterArn));
  expect(read(TaskSecret.fromSsmParameter(parameter))).toEqual({ valueFrom: stack.resolve(parameter.parameterArn), statements: [get] });
  expect(read(TaskSecret.fromSsmParameter(parameter, key)).statements).toEqual([get, decrypt('ssm')]);
});

test('says what it wants', () => {
  const secret = secretsmanager.Secret.fromSecretCompleteArn(stack, 'Complete', ARN);
  expect(() => TaskSecret.fromSecretsManager(ARN as any)).toThrow("[TaskSecret.fromSecretsManager] 'secret' is the text 'arn:aws:secretsmanager:");
  expect(() => TaskSecret.fromSsmParameter(undefined as any)).toThrow("[TaskSecret.fromSsmParameter] 'parameter' is missing: give an ssm.IParameter");
  expect(readingsOf(undefined)).toEqual({});
  expect(Object.keys(readingsOf({ TOKEN: TaskSecret.fromSecretsManager(secret) }))).toEqual(['TOKEN']);
});

test('a secret of the CDK gives no right to an imported key, and says nothing', () => {
  const own = newStack();
  const encryptionKey = kms.Key.fromKeyArn(own, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k');
  const secret = ecs.Secret.fromSecretsManager(secretsmanager.Secret.fromSecretAttributes(own, 'Secret', { secretCompleteArn: ARN, encryptionKey }));
  expect(secret.grantRead(new iam.Role(own, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') })).success).toBe(true);
  expect(JSON.stringify(only(render(own), 'AWS::IAM::Policy'))).not.toContain('kms:');
});
