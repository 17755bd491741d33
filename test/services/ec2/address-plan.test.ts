import { Token } from 'aws-cdk-lib/core';
import { addressPlan } from '../../../src/services/ec2/address-plan';
import { newStack } from '../../support/prove';

test('a block is cut into quarters, and three of them into subnets', () => {
  expect(addressPlan(newStack(), '10.20.0.0/16', 2)).toEqual({
    public: { cidr: '10.20.0.0/18', subnets: ['10.20.0.0/19', '10.20.32.0/19'] },
    application: { cidr: '10.20.64.0/18', subnets: ['10.20.64.0/19', '10.20.96.0/19'] },
    data: { cidr: '10.20.128.0/18', subnets: ['10.20.128.0/19', '10.20.160.0/19'] },
  });
});

test('three zones leave a quarter of each tier free', () => {
  const plan = addressPlan(newStack(), '10.0.0.0/22', 3);
  expect(plan.public).toEqual({ cidr: '10.0.0.0/24', subnets: ['10.0.0.0/26', '10.0.0.64/26', '10.0.0.128/26'] });
  expect(addressPlan(newStack(), '10.0.0.0/22', 4).data.subnets[3]).toBe('10.0.2.192/26');
});

test('a token is cut at deployment, as a /16', () => {
  const stack = newStack();
  const plan = stack.resolve(addressPlan(stack, Token.asString({ Ref: 'Cidr' }), 2));
  const tier = { 'Fn::Select': [2, { 'Fn::Cidr': [{ Ref: 'Cidr' }, 4, '14'] }] };
  expect(plan.data).toEqual({ cidr: tier, subnets: [0, 1].map(i => ({ 'Fn::Select': [i, { 'Fn::Cidr': [tier, 2, '13'] }] })) });
});

test.each([['10.0.0.0/25', 2], ['10.0.0.0/24', 3], ['10.0.0.0/8', 2], ['nowhere', 2]])('%s is refused for %d zones', (cidr, zones) => {
  expect(() => addressPlan(newStack(), cidr, zones)).toThrow(`[Test] 'cidr' is '${cidr}'`);
});
