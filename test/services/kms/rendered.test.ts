import { RenderedTemplate } from '../../../src/core/template';
import { CRYPTO, forStrangers, shuttingOut } from '../../../src/services/kms/rendered';

const keyWith = (KeyPolicy: any) => {
  const template = new RenderedTemplate({ Resources: { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy } } } });
  return [template.resource('Key')!, template] as const;
};

test('using data under a key includes grants', () => expect(CRYPTO).toContain('kms:CreateGrant'));

test('a policy that cannot be read is a fault', () => {
  expect(forStrangers(...keyWith(undefined))).toHaveLength(1);
  expect(forStrangers(...keyWith({ Statement: { Effect: 'Allow', Principal: { AWS: { Ref: 'AWS::AccountId' } }, Action: 'kms:Decrypt' } }))).toEqual([]);
});

test('a denial is told once', () => {
  expect(shuttingOut(...keyWith({ Statement: [{ Effect: 'Deny', Principal: { Service: 'logs.amazonaws.com', AWS: '*' }, Action: 'kms:*' }] }))).toHaveLength(1);
});
