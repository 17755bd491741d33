import * as iam from 'aws-cdk-lib/aws-iam';
import { App, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { arnsOf } from '../../src/core/principals';
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
