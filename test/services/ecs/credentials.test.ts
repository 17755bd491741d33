import { isCredential, isNamedLikeCredential } from '../../../src/services/ecs/credentials';

test.each([
  ['AWS_SECRET_ACCESS_KEY', 'x'],
  ['AWS_ACCESS_KEY_ID', 'x'],
  ['ECS_ENGINE_AUTH_DATA', '{}'],
  ['HARMLESS', 'AKIAIOSFODNN7EXAMPLE'],
  ['HARMLESS', 'id=ASIAIOSFODNN7EXAMPLE;'],
  ['HARMLESS', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
  ['HARMLESS', '{{resolve:secretsmanager:arn:aws:secretsmanager:eu-west-1:111111111111:secret:x:SecretString:password::}}'],
  ['DATABASE', 'postgres://app:hunter2@db.internal:5432/app'],
])('%s = %s is a credential', (name, value) => {
  expect(isCredential(name, value)).toBe(true);
});

test('a rendered reference to a secret is a credential', () => {
  expect(isCredential('X', { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Secret' }, ':SecretString:::}}']] })).toBe(true);
});

test.each([
  ['DATABASE', 'postgres://db.internal:5432/app'],
  ['TIME', '10:30@noon'],
  ['TABLE', { Ref: 'Table' }],
  ['EMPTY', ''],
  ['LETTERS', 'MAKIAVELLIANAKIASTUFFS'],
])('%s = %s is no credential', (name, value) => {
  expect(isCredential(name, value)).toBe(false);
});

test.each(['DB_PASSWORD', 'dbPassword', 'GITHUB_TOKEN', 'API_KEY', 'APIKEY', 'CLIENT_SECRET', 'DB_PWD', 'SMTP_PASS', 'PRIVATE_KEY'])('%s is named like a credential', name => {
  expect(isNamedLikeCredential(name)).toBe(true);
});

test.each(['DB_SECRET_ARN', 'TOKEN_URL', 'PASSWORD_FILE', 'KEYBOARD', 'PWD', 'COMPASS', 'LOG_LEVEL'])('%s is not named like a credential', name => {
  expect(isNamedLikeCredential(name)).toBe(false);
});
