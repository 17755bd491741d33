import { Duration } from 'aws-cdk-lib/core';
import { VaultLock } from '../../src/recovery/vault-lock';

test('a governance lock never becomes immutable', () => {
  const lock = VaultLock.governance({ minRetention: Duration.days(14) });
  expect([lock._locks, lock._minRetention?.toDays(), lock._maxRetention, lock._changeableFor]).toEqual([true, 14, undefined, undefined]);
});

test('a compliance lock does, after its time', () => {
  const lock = VaultLock.compliance({ changeableFor: Duration.days(30), acknowledgeImmutable: true });
  expect([lock._locks, lock._changeableFor?.toDays(), lock._acknowledgeImmutable]).toEqual([true, 30, true]);
});

test('none locks nothing', () => {
  expect(VaultLock.none()._locks).toBe(false);
});
