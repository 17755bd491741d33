import { Stack } from 'aws-cdk-lib/core';
import * as make from '../../../src/services/ecs/statements';

const stack = new Stack();
const json = (statements: { toStatementJson(): unknown }[]) => stack.resolve(statements.map(s => s.toStatementJson()));
const allow = (Action: unknown, Resource: string) => ({ Effect: 'Allow', Action, Resource });
const decrypt = (service: string) => ({
  ...allow('kms:Decrypt', 'arn:key'),
  Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', [`${service}.`, { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
});

test('the agent pulls one image and writes one log group', () => {
  expect(json(make.startsTasks('arn:repository', 'arn:logs'))).toEqual([
    allow('ecr:GetAuthorizationToken', '*'),
    allow(['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], 'arn:repository'),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], 'arn:logs'),
  ]);
});

test('it reads secrets, and decrypts them through Secrets Manager', () => {
  expect(json(make.readsSecret('arn:secret', undefined))).toEqual([allow('secretsmanager:GetSecretValue', 'arn:secret')]);
  expect(json(make.readsSecret('arn:secret', 'arn:key'))).toEqual([allow('secretsmanager:GetSecretValue', 'arn:secret'), decrypt('secretsmanager')]);
});

test('it reads parameters, and decrypts them through Systems Manager', () => {
  expect(json(make.readsParameter('arn:parameter', undefined))).toEqual([allow('ssm:GetParameters', 'arn:parameter')]);
  expect(json(make.readsParameter('arn:parameter', 'arn:key'))).toEqual([allow('ssm:GetParameters', 'arn:parameter'), decrypt('ssm')]);
});
