import * as kms from 'aws-cdk-lib/aws-kms';
import { App, CfnParameter, DefaultStackSynthesizer, Duration, LegacyStackSynthesizer, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Disposable, LockedBackupVault, LockedBackupVaultProps, SecurityFoundation, VaultLock } from '../../src';
import { claimed, newStack, proveControls, render } from '../support/prove';

const vaultOf = (stack: Stack) => render(stack).resourcesOf('AWS::Backup::BackupVault')[0];
const exemptOf = (stack: Stack) => vaultOf(stack).properties.AccessPolicy.Statement[0].Condition.ArnNotLike['aws:PrincipalArn'];

proveControls(stack => { new LockedBackupVault(stack, 'Vault'); });
proveControls(stack => { new LockedBackupVault(stack, 'Vault', { lock: VaultLock.compliance({ changeableFor: Duration.days(30), acknowledgeImmutable: true }) }); });

test('claims what it must', () => {
  const stack = newStack();
  new LockedBackupVault(stack, 'Vault');
  expect(claimed(stack, 'AWS::Backup::BackupVault')).toEqual(['BKP-01', 'BKP-02', 'BKP-03', 'BKP-03b', 'GEN-03']);
});

test('the defaults are the documented ones', () => {
  const stack = newStack();
  new LockedBackupVault(stack, 'Vault');
  const vault = vaultOf(stack);
  expect(vault.properties.LockConfiguration).toEqual({ MinRetentionDays: 7, MaxRetentionDays: 365 });
  expect(vault.deletionPolicy).toBe('RetainExceptOnCreate');
  expect(render(stack).resourcesOf('AWS::KMS::Key')[0].properties.PendingWindowInDays).toBe(30);
});

test('a compliance lock has the time after which it is immutable', () => {
  const stack = newStack();
  new LockedBackupVault(stack, 'Vault', { lock: VaultLock.compliance({ minRetention: Duration.days(30), changeableFor: Duration.days(30), acknowledgeImmutable: true }) });
  expect(vaultOf(stack).properties.LockConfiguration).toEqual({ MinRetentionDays: 30, MaxRetentionDays: 365, ChangeableForDays: 30 });
});

test('the name fits, and differs each time the stack is created', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'AStackWithAVeryLongNameThatGoesOnAndOnForMoreThanFiftyCharacters');
  new LockedBackupVault(stack, 'Vault');
  const name = JSON.stringify(vaultOf(stack).properties.BackupVaultName);
  const stem = /\["","|"([a-z0-9-]+-)"/.exec(name.replace('["","', '"'))![1];
  expect(stem.length + 12).toBeLessThanOrEqual(50);
  expect(name).toContain('AWS::StackId');
});

describe('who may still change the vault', () => {
  const text = (stack: Stack) => JSON.stringify(exemptOf(stack));

  test("the role that the CDK's bootstrap made for CloudFormation", () => {
    const stack = newStack();
    new LockedBackupVault(stack, 'Vault');
    expect(text(stack)).toMatch(/role\/cdk-hnb659fds-cfn-exec-role-",\{"Ref":"AWS::AccountId"\},"-",\{"Ref":"AWS::Region"\}/);
    expect(exemptOf(stack)).toHaveLength(2);
  });

  test('the role that the synthesizer names', () => {
    const stack = newStack({}, { synthesizer: new DefaultStackSynthesizer({ cloudFormationExecutionRole: 'arn:aws:iam::111122223333:role/Deploy' }) });
    new LockedBackupVault(stack, 'Vault');
    expect(exemptOf(stack)[0]).toBe('arn:aws:iam::111122223333:role/Deploy');
  });

  test('any role of a bootstrap, where the synthesizer names none', () => {
    const stack = newStack({}, { synthesizer: new LegacyStackSynthesizer() });
    new LockedBackupVault(stack, 'Vault');
    expect(text(stack)).toContain('role/cdk-*-cfn-exec-role-');
  });

  test('the role of the parent, in a nested stack', () => {
    const parent = newStack({}, { synthesizer: new DefaultStackSynthesizer({ cloudFormationExecutionRole: 'arn:aws:iam::111122223333:role/Deploy' }) });
    const nested = new NestedStack(parent, 'Nested');
    const { vault } = new LockedBackupVault(nested, 'Vault');
    expect(nested.resolve(vault.accessPolicy).Statement[0].Condition.ArnNotLike['aws:PrincipalArn'][0]).toBe('arn:aws:iam::111122223333:role/Deploy');
  });

  test('whom the props name instead, tokens among them', () => {
    const stack = newStack();
    const role = new CfnParameter(stack, 'Role').valueAsString;
    new LockedBackupVault(stack, 'Vault', { breakGlass: ['arn:aws:iam::111122223333:role/BreakGlass*'], deploymentRoles: [role] });
    expect(exemptOf(stack).slice(0, 2)).toEqual(['arn:aws:iam::111122223333:role/BreakGlass*', { Ref: 'Role' }]);
  });
});

test('takes an imported key, which cannot be changed', () => {
  const stack = newStack();
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  new LockedBackupVault(stack, 'Vault', { encryptionKey: key });
  expect(vaultOf(stack).properties.EncryptionKeyArn).toBe(key.keyArn);
});

test('no lock needs a waiver', () => {
  const without = newStack();
  new LockedBackupVault(without, 'Vault', { lock: VaultLock.none() });
  expect(() => render(without)).toThrow('BKP-02 does not hold');
  const waived = newStack();
  new LockedBackupVault(waived, 'Vault', { lock: VaultLock.none(), waivers: [{ control: 'BKP-02', reason: 'copies are locked in another account' }] });
  expect(vaultOf(waived).properties.LockConfiguration).toBeUndefined();
});

describe('bad input', () => {
  const compliance = { changeableFor: Duration.days(30), acknowledgeImmutable: true };
  test.each<[string, LockedBackupVaultProps, string]>([
    ['a minimum of nothing', { lock: VaultLock.governance({ minRetention: Duration.days(0) }) }, "'minRetention' must be a whole number from 1 to 36500 days, got 0"],
    ['a minimum of half a day', { lock: VaultLock.governance({ minRetention: Duration.hours(36) }) }, "'minRetention' must be a whole number from 1 to 36500 days, got 1.5"],
    ['a maximum below the minimum', { lock: VaultLock.governance({ maxRetention: Duration.days(5) }) }, "'minRetention' of the lock is 7 days, more than 'maxRetention' of 5 days"],
    ['a lock that is immutable at once', { lock: VaultLock.compliance({ ...compliance, changeableFor: Duration.days(1) }) }, "'changeableFor' must be a whole number from 3 to 36500 days, got 1"],
    ['a compliance lock by mistake', { lock: VaultLock.compliance({ ...compliance, acknowledgeImmutable: false }) }, "'acknowledgeImmutable' is false"],
    ['everybody as break-glass', { breakGlass: ['*'] }, "'breakGlass' is '*': give the ARN of a role"],
    ['a role by its name', { deploymentRoles: ['Deploy'] }, "'deploymentRoles' is 'Deploy': give the ARN of a role"],
  ])('%s', (_name, props, message) => {
    expect(() => new LockedBackupVault(newStack(), 'Vault', props)).toThrow(`[Test/Vault] ${message}`);
  });
});

describe('in a disposable scope', () => {
  const disposable = () => {
    const stack = newStack();
    new SecurityFoundation(stack, 'Foundation', { disposable: Disposable.because('a stack for an afternoon of tests') });
    return stack;
  };

  test('nothing holds the vault, and it is still encrypted', () => {
    const stack = disposable();
    new LockedBackupVault(stack, 'Vault');
    const vault = vaultOf(stack);
    expect([vault.properties.LockConfiguration, vault.properties.AccessPolicy, vault.deletionPolicy]).toEqual([undefined, undefined, 'Delete']);
    expect(vault.properties.EncryptionKeyArn).toBeDefined();
  });

  test('a compliance lock is refused', () => {
    expect(() => new LockedBackupVault(disposable(), 'Vault', { lock: VaultLock.compliance({ changeableFor: Duration.days(3), acknowledgeImmutable: true }) }))
      .toThrow("[Test/Vault] 'lock' is a compliance lock in a disposable scope");
  });
});
