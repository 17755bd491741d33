import { Token } from 'aws-cdk-lib/core';
import { checkEnvironment } from '../../../src/services/ecs/environment';

const AT = { node: { path: 'Stack/App' } };

test('settings pass, tokens among them', () => {
  const environment = { 'LOG_LEVEL': 'info', 'DB_SECRET_ARN': 'arn', 'app.mode': 'x', 'TABLE': Token.asString({ Ref: 'T' }) };
  expect(() => checkEnvironment(AT, environment, ['DB_PASSWORD'], false)).not.toThrow();
});

test.each<[string, Record<string, string>, string[], string]>([
  ['a credential', { AWS_SECRET_ACCESS_KEY: 'x' }, [], "'environment' has a credential in 'AWS_SECRET_ACCESS_KEY'"],
  ['a name like a credential', { API_KEY: 'x' }, [], "'environment' has 'API_KEY', which is named like a credential"],
  ['a name that is none', { '1A': 'x' }, [], "'environment' has the variable '1A'"],
  ['a name of a secret that is none', {}, ['a b'], "'secrets' has the variable 'a b'"],
  ['a name in both', { A: 'x' }, ['A'], "'environment' and 'secrets' both have 'A'"],
])('%s does not', (_name, environment, secrets, message) => {
  expect(() => checkEnvironment(AT, environment, secrets, false)).toThrow(`[Stack/App] ${message}`);
});

test('a name like a credential passes where that is waived, a credential never', () => {
  expect(() => checkEnvironment(AT, { TOKENIZER: 'fast' }, [], true)).not.toThrow();
  expect(() => checkEnvironment(AT, { TOKENIZER: '-----BEGIN PRIVATE KEY-----' }, [], true)).toThrow('a credential in');
});
