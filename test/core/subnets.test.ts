import { Fn } from 'aws-cdk-lib/core';
import { zoneName } from '../../src/core/subnets';

test('the name of a zone shows no token', () => {
  expect(zoneName('eu-west-1a')).toBe('eu-west-1a');
  expect(zoneName(Fn.select(0, Fn.getAzs()))).toBe('an availability zone that only the deployment knows');
});
