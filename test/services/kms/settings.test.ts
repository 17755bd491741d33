import { Duration } from 'aws-cdk-lib/core';
import { checkAlias, key } from '../../../src/services/kms/settings';

const AT = { node: { path: 'Stack/Key' } };

test('a key rotates every year, and its deletion waits for 30 days', () => {
  expect(key(AT, {})).toEqual({ enableKeyRotation: true, rotationPeriodInDays: 365, pendingWindowInDays: 30, keySpec: 'SYMMETRIC_DEFAULT', keyUsage: 'ENCRYPT_DECRYPT' });
});

test('refuses what KMS refuses', () => {
  expect(() => key(AT, { rotationPeriod: Duration.days(89) })).toThrow("[Stack/Key] 'rotationPeriod' must be a whole number from 90 to 2560 days, got 89");
  expect(() => key(AT, { pendingWindow: Duration.days(31) })).toThrow("[Stack/Key] 'pendingWindow' must be a whole number from 7 to 30 days, got 31");
  expect(() => checkAlias(AT, 'alias/a')).toThrow("[Stack/Key] 'alias' is 'alias/a'");
});
