import { App, Stack } from 'aws-cdk-lib/core';
import { gatewayPeer } from '../../src/network/gateway-peers';
import { newStack } from '../support/prove';

const id = (stack: Stack, service: 's3' | 'dynamoDb' = 's3', given = {}) => stack.resolve(gatewayPeer(stack, stack, service, given).toEgressRuleConfig()).destinationPrefixListId;

test('a known region has its IDs', () => {
  expect(id(newStack({}, { env: { region: 'sa-east-1' } }))).toBe('pl-6aa54003');
  expect(id(newStack({}, { env: { region: 'sa-east-1' } }), 'dynamoDb')).toBe('pl-60a54009');
});

test('a region of deployment is looked up in a mapping, one for each stack', () => {
  const app = new App();
  const stacks = ['One', 'Two'].map(name => new Stack(app, name));
  for (const stack of stacks) {
    expect(id(stack)).toEqual({ 'Fn::FindInMap': ['GatewayPrefixLists', { Ref: 'AWS::Region' }, 's3'] });
    expect(id(stack, 'dynamoDb')).toEqual({ 'Fn::FindInMap': ['GatewayPrefixLists', { Ref: 'AWS::Region' }, 'dynamoDb'] });
  }
});

test('what is given goes first', () => {
  expect(id(newStack({}, { env: { region: 'mx-central-1' } }), 's3', { s3: 'pl-12345678' })).toBe('pl-12345678');
  expect(id(newStack(), 'dynamoDb', { dynamoDb: 'pl-12345678' })).toBe('pl-12345678');
});

test('an unknown region fails with the name of the prop', () => {
  const stack = newStack({}, { env: { region: 'mx-central-1' } });
  expect(() => id(stack, 'dynamoDb')).toThrow("[Test] 'dynamoDbPrefixListId' is missing, and the one of mx-central-1 is not known");
});

test('two peers are told apart, and serve both directions', () => {
  const stack = newStack();
  const [s3, dynamoDb] = (['s3', 'dynamoDb'] as const).map(service => gatewayPeer(stack, stack, service, {}));
  expect(s3.uniqueId).not.toBe(dynamoDb.uniqueId);
  expect(s3.toIngressRuleConfig()).toHaveProperty('sourcePrefixListId');
});
