import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { arnsOf, originAccessIdentityIn } from '../../src/core/principals';
import { newStack } from '../support/prove';

test('the regions without opting in are those of the CDK', () => {
  const { RegionInfo } = jest.requireActual('aws-cdk-lib/region-info');
  const { guardDutyPrincipal } = jest.requireActual('../../src/core/principals');
  for (const { name, isOptInRegion } of RegionInfo.regions.filter((r: any) => !/iso|^eusc/.test(r.name))) {
    const there = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: name } });
    expect([name, there.resolve(guardDutyPrincipal())]).toEqual([name, isOptInRegion ? `guardduty.${name}.amazonaws.com` : 'guardduty.amazonaws.com']);
  }
});

const AT = { node: { path: 'Stack/Vault' } };
const ROLE = 'arn:aws:iam::111111111111:role/BreakGlass';

test('the ARNs of principals', () => {
  const stack = newStack();
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  const token = new CfnParameter(stack, 'Arn').valueAsString;
  const arns = arnsOf(AT, 'breakGlassPrincipals', [new iam.ArnPrincipal(ROLE), role, new iam.ArnPrincipal('arn:aws:iam::111111111111:role/Break*'), new iam.ArnPrincipal(token)]);
  expect(stack.resolve(arns)).toEqual([ROLE, { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] }, 'arn:aws:iam::111111111111:role/Break*', { Ref: 'Arn' }]);
  expect(arnsOf(AT, 'breakGlassPrincipals', undefined)).toEqual([]);
});

test.each<[string, any, string]>([
  ['everybody', [new iam.AnyPrincipal()], "[Stack/Vault] 'breakGlassPrincipals' has '*', which is not the ARN"],
  ['a service', [new iam.ServicePrincipal('ec2.amazonaws.com')], 'which has no ARN: name a role'],
  ['the account', [new iam.AccountRootPrincipal()], 'which stands for everybody in it: name a role'],
  ['another account', [new iam.AccountPrincipal('222222222222')], 'which stands for everybody in it'],
  ['an account by its ARN', [new iam.ArnPrincipal('arn:aws:iam::222222222222:root')], 'which stands for everybody in it'],
  ['every role', [new iam.ArnPrincipal('arn:aws:iam::222222222222:*')], 'which is not the ARN'],
  ['a text', 'arn', "[Stack/Vault] 'breakGlassPrincipals' is the text 'arn', not a list"],
  ['a text in a list', ['arn'], "[Stack/Vault] 'breakGlassPrincipals[0]' is the text 'arn': give an iam.IPrincipal"],
])('refuses %s', (_name, principals, message) => expect(() => arnsOf(AT, 'breakGlassPrincipals', principals)).toThrow(message));

describe('the origin access identity in a statement', () => {
  const stack = newStack();
  const made = new cloudfront.OriginAccessIdentity(stack, 'Identity');
  const imported = cloudfront.OriginAccessIdentity.fromOriginAccessIdentityId(stack, 'Imported', 'E123');
  test.each<[string, iam.IPrincipal, string | undefined]>([
    ['made here', made.grantPrincipal, 'Test/Identity'],
    ['imported', imported.grantPrincipal, 'CloudFront Origin Access Identity E123'],
    ['under a condition', new iam.PrincipalWithConditions(made.grantPrincipal, { Bool: { 'aws:SecureTransport': 'true' } }), 'Test/Identity'],
    ['of a role', new iam.ArnPrincipal(ROLE), undefined],
    ['of a role that is a token', new iam.ArnPrincipal(new CfnParameter(stack, 'Role').valueAsString), undefined],
    ['of a user of S3', new iam.CanonicalUserPrincipal('79a59df900b949e55d96a1e698fbaced'), undefined],
    ['of a user that is a token', new iam.CanonicalUserPrincipal(new CfnParameter(stack, 'User').valueAsString), undefined],
    ['of a service', new iam.ServicePrincipal('cloudfront.amazonaws.com'), undefined],
    ['of everybody', new iam.StarPrincipal(), undefined],
  ])('%s', (_name, principal, identity) => {
    expect(originAccessIdentityIn(new iam.PolicyStatement({ principals: [principal] }))).toBe(identity);
  });
  test('that was read from JSON with functions of CloudFormation', () => {
    for (const kind of ['AWS', 'CanonicalUser']) {
      const json = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal: { [kind]: { 'Fn::GetAtt': ['Identity', 'S3CanonicalUserId'] } } };
      expect(originAccessIdentityIn(iam.PolicyStatement.fromJson(json))).toBeUndefined();
    }
  });
  test('that was read from JSON', () => {
    const AWS = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1';
    expect(originAccessIdentityIn(iam.PolicyStatement.fromJson({ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal: { AWS } })))
      .toBe('CloudFront Origin Access Identity E1');
  });
  test('beside a role', () => {
    expect(originAccessIdentityIn(new iam.PolicyStatement({ principals: [new iam.ArnPrincipal(ROLE), made.grantPrincipal] }))).toBe('Test/Identity');
  });
});
