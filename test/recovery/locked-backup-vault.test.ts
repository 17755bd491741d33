import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Aws, CfnParameter, DefaultStackSynthesizer, Duration, LegacyStackSynthesizer, NestedStack, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { LockedBackupVault, LockedBackupVaultProps } from '../../src/recovery/locked-backup-vault';
import { VaultLock } from '../../src/recovery/vault-lock';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render } from '../support/prove';

const arn = (name: string) => new iam.ArnPrincipal(name);
const vaultOf = (stack: Stack) => render(stack).resourcesOf('AWS::Backup::BackupVault')[0];
const exemptIn = (policy: any) => policy.Statement[0].Condition.ArnNotLike['aws:PrincipalArn'];
const exemptOf = (stack: Stack) => exemptIn(vaultOf(stack).properties.AccessPolicy);

proveControls(stack => { new LockedBackupVault(stack, 'Vault'); });
proveControls(stack => { new LockedBackupVault(stack, 'Vault', { lock: VaultLock.compliance({ changeableFor: Duration.days(30), acknowledgeImmutable: true }) }); });

test('claims what it must', () => {
  const stack = newStack();
  new LockedBackupVault(stack, 'Vault');
  expect(claimed(stack, 'AWS::Backup::BackupVault')).toEqual(['BKP-01', 'BKP-02', 'BKP-03', 'BKP-03b', 'BKP-09', 'BKP-09b', 'BKP-10', 'BKP-11', 'BKP-12', 'GEN-03', 'GEN-05']);
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
    const resource = new LockedBackupVault(nested, 'Vault').node.defaultChild as backup.CfnBackupVault;
    expect(exemptIn(nested.resolve(resource.accessPolicy))[0]).toBe('arn:aws:iam::111122223333:role/Deploy');
  });

  test('whom the props name instead, tokens among them', () => {
    const stack = newStack();
    const role = new CfnParameter(stack, 'Role').valueAsString;
    new LockedBackupVault(stack, 'Vault', { breakGlassPrincipals: [arn('arn:aws:iam::111122223333:role/BreakGlass*')], deploymentPrincipals: [arn(role)] });
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
    ['a name that AWS Backup refuses', { backupVaultName: 'my vault' }, "'backupVaultName' is 'my vault': use 2 to 50 letters"],
    ['an ARN where a principal is meant', { breakGlassPrincipals: ['arn:aws:iam::111122223333:role/BreakGlass' as any] },
      "'breakGlassPrincipals[0]' is the text 'arn:aws:iam::111122223333:role/BreakGlass': give an iam.IPrincipal"],
    ['a lock by its name', { lock: 'governance' as any }, "'lock' is the text 'governance': give a VaultLock"],
    ['a key by its ARN', { encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/x' as any }, "'encryptionKey' is the text 'arn:aws:kms:eu-west-1:111122223333:key/x': give a kms.IKey"],
    ['everybody as break-glass', { breakGlassPrincipals: [new iam.StarPrincipal()] }, "'breakGlassPrincipals' has"],
    ['a role by its name', { deploymentPrincipals: [arn('Deploy')] }, "'deploymentPrincipals' has 'Deploy', which is not the ARN of a role or user"],
  ])('%s', (_name, props, message) => {
    const stack = newStack();
    expect(() => new LockedBackupVault(stack, 'Vault', props)).toThrow(`[Test/Vault] ${message}`);
    expect(stack.node.children).toEqual([]);
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

test('is a vault of the CDK', () => {
  const stack = newStack();
  const vault = new LockedBackupVault(stack, 'Vault');
  const plain: backup.IBackupVault = vault;
  expect(plain).toBeInstanceOf(backup.BackupVault);
  backup.BackupPlan.daily35DayRetention(stack, 'Plan', vault);
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') });
  vault.grant(role, 'backup:StartBackupJob');
  const template = render(stack);
  const { logicalId } = template.resourcesOf('AWS::Backup::BackupVault')[0];
  const rules: any = template.resourcesOf('AWS::Backup::BackupPlan')[0].properties.BackupPlan;
  expect(rules.BackupPlanRule[0].TargetBackupVault).toEqual({ Ref: logicalId });
  const granted: any = template.resourcesOf('AWS::IAM::Policy')[0].properties.PolicyDocument;
  expect(granted.Statement).toEqual([{ Action: 'backup:StartBackupJob', Effect: 'Allow', Resource: { 'Fn::GetAtt': [logicalId, 'BackupVaultArn'] } }]);
  expect(stack.resolve(vault.backupVaultRef)).toEqual({ backupVaultName: { Ref: logicalId }, backupVaultArn: { 'Fn::GetAtt': [logicalId, 'BackupVaultArn'] } });
});

test('takes a name', () => {
  const stack = newStack();
  new LockedBackupVault(stack, 'Vault', { backupVaultName: 'Shop_backups' });
  expect(vaultOf(stack).properties.BackupVaultName).toBe('Shop_backups');
});

describe('what is inherited', () => {
  const open = (effect: iam.Effect, actions: string[]) => new iam.PolicyStatement({ effect, actions, principals: [new iam.StarPrincipal()], resources: ['*'] });

  test('adds statements to the policy, beside those that deny', () => {
    const stack = newStack();
    new LockedBackupVault(stack, 'Vault').addToAccessPolicy(open(iam.Effect.DENY, ['backup:StartCopyJob']));
    const policy: any = vaultOf(stack).properties.AccessPolicy;
    expect(policy.Statement.map((s: any) => s.Sid ?? s.Action)).toEqual(['DenyDeletions', 'DenyWeakening', 'backup:StartCopyJob']);
  });

  test.each<[string, (vault: LockedBackupVault) => void, string]>([
    ['copies of everybody', vault => vault.addToAccessPolicy(open(iam.Effect.ALLOW, ['backup:CopyIntoBackupVault'])), 'BKP-03b'],
    ['a wildcard that AWS Backup does not know', vault => vault.addToAccessPolicy(open(iam.Effect.DENY, ['backup:Delete*'])), 'BKP-03b'],
    ['a vault that goes with its stack', vault => vault.applyRemovalPolicy(RemovalPolicy.DESTROY), 'GEN-03'],
  ])('fails the synthesis with %s', (_name, change, control) => {
    const stack = newStack();
    change(new LockedBackupVault(stack, 'Vault'));
    expect(() => render(stack)).toThrow(new RegExp(`\\[Test/Vault/Resource\\] ${control} does not hold`));
  });

  test('refuses to deny deletions to AWS Backup itself', () => {
    expect(() => new LockedBackupVault(newStack(), 'Vault').blockRecoveryPointDeletion()).toThrow("[Test/Vault] 'blockRecoveryPointDeletion' would keep AWS Backup itself");
  });
});

describe('an injector of the base class', () => {
  const rendered = (inject?: (props: any) => any) => {
    const stack = newStack();
    if (inject) { PropertyInjectors.of(stack).add({ constructUniqueId: backup.BackupVault.PROPERTY_INJECTION_ID, inject: props => inject(props) }); }
    new LockedBackupVault(stack, 'Vault');
    return render(stack);
  };

  test('that strips lock, key, policy, name and retention changes nothing', () => {
    const stripped = rendered(props => ({
      ...props,
      accessPolicy: new iam.PolicyDocument(),
      encryptionKey: undefined,
      lockConfiguration: { minRetention: Duration.days(1) },
      backupVaultName: 'other',
      removalPolicy: RemovalPolicy.DESTROY,
    }));
    expect(stripped.json).toEqual(rendered().json);
  });

  test('may add notifications', () => {
    const notify = (topicArn: string) => rendered(props => ({ ...props, notificationTopic: sns.Topic.fromTopicArn(newStack(), 'Topic', topicArn) }));
    const template = notify(`arn:aws:sns:eu-west-1:${Aws.ACCOUNT_ID}:backups`);
    expect(template.resourcesOf('AWS::Backup::BackupVault')[0].properties.Notifications.SNSTopicArn).toEqual({ 'Fn::Join': ['', ['arn:aws:sns:eu-west-1:', { Ref: 'AWS::AccountId' }, ':backups']] });
    expect(() => notify('arn:aws:sns:eu-west-1:444455556666:backups')).toThrow('BKP-11 does not hold');
  });
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => new LockedBackupVault(scope, 'Vault'));
  expect(before.resourcesOf('AWS::Backup::BackupVault')).toHaveLength(1);
  expect(after.json).toEqual(before.json);
});
