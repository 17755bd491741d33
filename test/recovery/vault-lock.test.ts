import { Duration } from 'aws-cdk-lib/core';
import { VaultLock } from '../../src/recovery/vault-lock';

const AT = { node: { path: 'Test/Vault' } };
const lockOf = (lock: VaultLock) => lock._lock(AT, false);

test('a governance lock never becomes immutable', () => {
  expect(lockOf(VaultLock.governance({ minRetention: Duration.days(14) }))).toStrictEqual({ minRetentionDays: 14, maxRetentionDays: 365 });
  expect(lockOf(VaultLock.governance())).toStrictEqual({ minRetentionDays: 7, maxRetentionDays: 365 });
});

test('a compliance lock does, after its time', () => {
  const options = { changeableFor: Duration.days(30), acknowledgeImmutable: true };
  expect(lockOf(VaultLock.compliance(options))).toStrictEqual({ minRetentionDays: 7, maxRetentionDays: 365, changeableForDays: 30 });
  expect(() => VaultLock.compliance(options)._lock(AT, true)).toThrow("[Test/Vault] 'lock' is a compliance lock in a disposable scope");
});

test('none locks nothing', () => {
  expect(lockOf(VaultLock.none())).toBeUndefined();
});
