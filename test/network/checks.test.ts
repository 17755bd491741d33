import { Token } from 'aws-cdk-lib/core';
import { checkDenyCidrs, checkEach, checkServices } from '../../src/network/checks';
import { newStack } from '../support/prove';

const token = Token.asString({ Ref: 'Later' });

test('entries may be tokens, the list may not', () => {
  expect(() => checkEach(newStack(), 'prop', ['a', token], /^a$/, 'mend')).not.toThrow();
  expect(() => checkEach(newStack(), 'prop', undefined, /^a$/, 'mend')).not.toThrow();
  expect(() => checkEach(newStack(), 'prop', ['b'], /^a$/, 'mend')).toThrow("[Test] 'prop' is 'b': mend");
  expect(() => checkEach(newStack(), 'prop', Token.asList({ Ref: 'Later' }), /^a$/, 'mend')).toThrow("[Test] 'prop' is a list that is known only at deployment");
});

test('services', () => {
  expect(() => checkServices(newStack(), ['ecr.api', 'kms'])).not.toThrow();
  expect(() => checkServices(newStack(), ['kms', token])).toThrow("[Test] 'endpointServices' is known only at deployment");
  expect(() => checkServices(newStack(), ['cn.com.amazonaws.cn-north-1.kms'])).toThrow(/give the part after the region/);
  expect(() => checkServices(newStack(), ['dynamodb'])).toThrow(/has a gateway endpoint already/);
  expect(() => checkServices(newStack(), ['kms', 'kms'])).toThrow(/twice/);
});

test('denied blocks', () => {
  expect(() => checkDenyCidrs(newStack(), ['198.51.100.0/24', token, '203.0.113.7/32'], '10.0.0.0/16')).not.toThrow();
  expect(() => checkDenyCidrs(newStack(), ['10.0.0.0/8'], token)).not.toThrow();
  expect(() => checkDenyCidrs(newStack(), ['10.0.0.0/8'], '10.0.0.0/16')).toThrow(/overlaps the VPC/);
  expect(() => checkDenyCidrs(newStack(), ['2001:db8::/32'], '10.0.0.0/16')).toThrow(/give IPv4 blocks/);
  expect(() => checkDenyCidrs(newStack(), ['198.51.100.1/24'], '10.0.0.0/16')).toThrow(/bits beyond/);
});
