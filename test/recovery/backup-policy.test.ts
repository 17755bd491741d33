import * as backup from 'aws-cdk-lib/aws-backup';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Aspects, CfnResource, Duration, Lazy, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { at, list } from '../../src/core/values';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { BackupPolicy, BackupPolicyProps } from '../../src/recovery/backup-policy';
import { ProtectedResource } from '../../src/recovery/protected-resource';
import { VaultLock } from '../../src/recovery/vault-lock';
import { moved } from '../support/move';
import { openFindings } from '../support/nag';
import { claimed, newStack, proveControls, render } from '../support/prove';

type Props = Omit<BackupPolicyProps, 'resources'> & { resources?: ProtectedResource[] };

function build(stack: Stack, props: Props = {}): BackupPolicy {
  new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'data');
  const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'main' });
  const table = dynamodb.Table.fromTableName(stack, 'Table', 'data');
  return new BackupPolicy(stack, 'Backup', {
    ...props,
    resources: props.resources ?? [ProtectedResource.bucket(bucket), ProtectedResource.auroraCluster(cluster), ProtectedResource.table(table)],
  });
}
const plans = (stack: Stack): any[] => render(stack).resourcesOf('AWS::Backup::BackupPlan').map(p => at(p.properties.BackupPlan, 'BackupPlanRule')).map((r: any) => r[0]);
const selections = (stack: Stack): any[] => render(stack).resourcesOf('AWS::Backup::BackupSelection').map(s => s.properties.BackupSelection);

proveControls(stack => { build(stack); });
proveControls(stack => { build(stack, { resources: [ProtectedResource.tagged('backup', 'daily')] }); });

test('claims what it must', () => {
  const stack = newStack();
  build(stack);
  expect(claimed(stack, 'AWS::Backup::BackupPlan')).toEqual(['BKP-04', 'BKP-04b', 'BKP-04c', 'BKP-05', 'BKP-13', 'BKP-14', 'BKP-16', 'GEN-05']);
  expect(claimed(stack, 'AWS::Backup::BackupSelection')).toEqual(['BKP-07', 'BKP-15']);
  expect(claimed(stack, 'AWS::Events::Rule')).toEqual(['BKP-08', 'BKP-08b', 'EVT-01', 'EVT-02', 'EVT-03', 'EVT-04', 'GEN-05']);
});

test('the defaults are the documented ones', () => {
  const stack = newStack();
  build(stack);
  const [daily, continuous] = plans(stack);
  expect(daily).toMatchObject({
    ScheduleExpression: 'cron(0 5 * * ? *)', ScheduleExpressionTimezone: 'Etc/UTC', StartWindowMinutes: 60, CompletionWindowMinutes: 720, Lifecycle: { DeleteAfterDays: 35 },
  });
  expect(daily.EnableContinuousBackup).toBeUndefined();
  expect(continuous).toMatchObject({ ScheduleExpression: 'cron(0 3 * * ? *)', EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 35 } });
  expect(daily.TargetBackupVault).toEqual(continuous.TargetBackupVault);
});

test('all is selected daily, and continuously only what can be', () => {
  const stack = newStack();
  const policy = build(stack);
  const [daily, continuous] = selections(stack);
  expect(daily.Resources).toHaveLength(3);
  expect(continuous.Resources).toEqual(daily.Resources.slice(0, 2));
  expect(daily.IamRoleArn).toEqual(stack.resolve(policy.role.roleArn));
});

test('selections wait for the permissions of the role', () => {
  const stack = newStack();
  build(stack);
  const template = render(stack);
  const policy = template.resourcesOf('AWS::IAM::ManagedPolicy').find(p => JSON.stringify(p.properties).includes('backup:DescribeBackupVault'))!;
  expect(template.resourcesOf('AWS::Backup::BackupSelection').map(s => s.dependsOn)).toEqual([[policy.logicalId], [policy.logicalId]]);
});

test('without anything that can be backed up continuously there is no plan for it, and no claim', () => {
  const stack = newStack();
  const policy = build(stack, { resources: [ProtectedResource.table(dynamodb.Table.fromTableName(stack, 'Other', 'other'))] });
  expect(policy.continuousPlan).toBeUndefined();
  expect(plans(stack)).toHaveLength(1);
  expect(claimed(stack)).not.toContain('BKP-05');
});

test('a tag is a selection of its own, by a condition', () => {
  const stack = newStack();
  build(stack, { resources: [ProtectedResource.fromArn('arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1'), ProtectedResource.tagged('backup', 'daily')] });
  expect(selections(stack).map(s => [s.Resources, s.Conditions])).toEqual([
    [['arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1'], undefined],
    [['*'], { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'daily' }] }],
  ]);
});

test('notifies the topic that is given', () => {
  const stack = newStack();
  const topic = new sns.Topic(stack, 'Topic');
  new BackupPolicy(stack, 'Backup', { resources: [ProtectedResource.tagged('a', 'b')], topic });
  expect(render(stack).resourcesOf('AWS::Events::Rule').map(r => at(list(r.properties.Targets)[0], 'Arn'))).toEqual([stack.resolve(topic.topicArn), stack.resolve(topic.topicArn)]);
});

test('passes key, lock, principals and name on to the vault', () => {
  const stack = newStack();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  const policy = build(stack, {
    encryptionKey,
    lock: VaultLock.governance({ minRetention: Duration.days(30) }),
    breakGlassPrincipals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/BreakGlass')],
    backupVaultName: 'Shop_backups',
    deploymentPrincipals: [new iam.ArnPrincipal('arn:aws:iam::111122223333:role/Deploy')],
  });
  const vault = render(stack).resource(stack.resolve((policy.backupVault.node.defaultChild as CfnResource).logicalId))!;
  expect(vault.properties.EncryptionKeyArn).toBe(encryptionKey.keyArn);
  expect(vault.properties.BackupVaultName).toBe('Shop_backups');
  expect(at(vault.properties.LockConfiguration, 'MinRetentionDays')).toBe(30);
  expect(JSON.stringify(vault.properties.AccessPolicy)).toMatch(/role\/BreakGlass.*role\/Deploy/);
});

describe('less than the default needs a waiver', () => {
  test.each<[string, string, Props]>([
    ['weekly', 'BKP-04', { schedule: events.Schedule.cron({ minute: '0', hour: '5', weekDay: 'SUN' }) }],
    ['two weeks', 'BKP-04b', { dailyRetention: Duration.days(14) }],
    ['not continuous', 'BKP-05', { continuous: false }],
    ['no lock', 'BKP-02', { lock: VaultLock.none() }],
  ])('%s', (_name, control, props) => {
    const without = newStack();
    build(without, props);
    expect(() => render(without)).toThrow(`${control} does not hold`);
    const waived = newStack();
    // A schedule that is not daily has no daily backups to keep, either.
    const controls = control === 'BKP-04' ? ['BKP-04', 'BKP-04b'] : [control];
    build(waived, { ...props, waivers: controls.map(c => ({ control: c, reason: 'the archive account makes these backups' })) });
    expect(() => render(waived)).not.toThrow();
  });
});

describe('bad input', () => {
  test.each<[string, Props, string]>([
    ['nothing to back up', { resources: [] }, "'resources' is empty: name what to back up"],
    ['the same twice', { resources: [ProtectedResource.tagged('a', 'b'), ProtectedResource.tagged('a', 'b')] }, "'resources' has the same at 0 and at 1: name it once"],
    ['everything', { resources: [ProtectedResource.fromArn('*')] }, "'resources' has '*': name resources"],
    ['too short a start window', { startWindow: Duration.minutes(30) }, "'startWindow' must be a whole number from 60 to 525600 minutes, got 30"],
    ['too short a completion window', { completionWindow: Duration.hours(1) }, "'completionWindow' is 60 minutes, not more than 'startWindow' of 60 minutes"],
    ['less than the lock wants', { lock: VaultLock.governance({ minRetention: Duration.days(40) }) }, "'dailyRetention' is 35 days, less than 'minRetention' of the lock, 40 days"],
    ['more than the lock allows', { dailyRetention: Duration.days(400) }, "'dailyRetention' is 400 days, more than 'maxRetention' of the lock, 365 days"],
    ['a lock that continuous backups cannot keep', { dailyRetention: Duration.days(60), lock: VaultLock.governance({ minRetention: Duration.days(50) }) },
      "'continuousRetention' is 35 days, less than 'minRetention' of the lock, 50 days"],
    ['more than continuous backups can', { continuousRetention: Duration.days(36) }, "'continuousRetention' must be a whole number from 1 to 35 days, got 36"],
    ['a resource without what AWS Backup needs for it', { resources: [new sns.Topic(newStack(), 'Topic') as any] }, "'resources[0]' is the Topic"],
    ['one resource that is no list', { resources: ProtectedResource.tagged('a', 'b') as any }, "'resources' is an object of ProtectedResource, not a list: put it into brackets"],
    ['a topic by its ARN', { topic: 'arn:aws:sns:eu-west-1:111122223333:backups' as any }, "'topic' is the text 'arn:aws:sns:eu-west-1:111122223333:backups': give an sns.ITopic"],
    ['a key by its ARN', { encryptionKey: 'arn:aws:kms:eu-west-1:111122223333:key/x' as any }, "'encryptionKey' is the text 'arn:aws:kms:eu-west-1:111122223333:key/x': give a kms.IKey"],
    ['everybody as break-glass', { breakGlassPrincipals: [new iam.StarPrincipal()] }, "'breakGlassPrincipals' has "],
    ['everybody as who deploys', { deploymentPrincipals: [new iam.AnyPrincipal()] }, "'deploymentPrincipals' has "],
    ['a name that AWS Backup refuses', { backupVaultName: 'my vault' }, "'backupVaultName' is 'my vault': use 2 to 50 letters"],
    ['a compliance lock by mistake', { lock: VaultLock.compliance({ changeableFor: Duration.days(30), acknowledgeImmutable: false }) }, "'acknowledgeImmutable' is false"],
    ['one time for both', { schedule: events.Schedule.expression('cron(0 3 * * ? *)') }, "'schedule' and 'continuousSchedule' are both 'cron(0 3 * * ? *)'"],
  ])('%s', (_name, props, message) => {
    const stack = newStack();
    expect(() => build(stack, props)).toThrow(`[Test/Backup] ${message}`);
    expect(stack.node.tryFindChild('Backup')).toBeUndefined();
  });

  test('nobody to notify', () => {
    expect(() => new BackupPolicy(newStack(), 'Backup', { resources: [ProtectedResource.tagged('a', 'b')] })).toThrow(/nobody is notified/);
  });
});

test('tokens pass the checks', () => {
  const days = () => Duration.days(Lazy.number({ produce: () => 40 }));
  const stack = newStack();
  const startWindow = Duration.minutes(Lazy.number({ produce: () => 90 }));
  const lock = VaultLock.governance({ maxRetention: Duration.days(Lazy.number({ produce: () => 100 })) });
  build(stack, { dailyRetention: days(), startWindow, lock });
  expect([plans(stack)[0].Lifecycle.DeleteAfterDays, plans(stack)[0].StartWindowMinutes]).toEqual([40, 90]);
});

test('a disposable policy keeps backups for a week, without lock and continuous backups', () => {
  const stack = newStack();
  new SecurityFoundation(stack, 'Foundation', { notify: ['a@example.com'], disposable: Disposable.because('a stack for an afternoon of tests') });
  new BackupPolicy(stack, 'Backup', { resources: [ProtectedResource.bucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'data'))] });
  expect(plans(stack).map(r => r.Lifecycle)).toEqual([{ DeleteAfterDays: 7 }]);
  expect(render(stack).resourcesOf('AWS::Backup::BackupVault')[0].properties.LockConfiguration).toBeUndefined();
});

test.each(['us-gov-west-1', 'cn-north-1'])('synthesizes in %s and names no partition', region => {
  const stack = newStack({}, { env: { account: '111122223333', region } });
  build(stack);
  expect(JSON.stringify(render(stack).json)).not.toContain('arn:aws');
});

test('names of plans fit', () => {
  const stack = newStack();
  new SecurityFoundation(stack, 'Foundation', { notify: ['a@example.com'] });
  new BackupPolicy(stack, 'ABackupPolicyWithAVeryLongNameThatGoesOnAndOn', { resources: [ProtectedResource.bucket(s3.Bucket.fromBucketName(stack, 'Bucket', 'data'))] });
  const names = render(stack).resourcesOf('AWS::Backup::BackupPlan').map(p => String(at(p.properties.BackupPlan, 'BackupPlanName')));
  expect(names.filter(n => !/^[a-zA-Z0-9._-]{1,50}$/.test(n))).toEqual([]);
});

test('backs up what other stacks hold, under keys of theirs', () => {
  const app = new App({ analyticsReporting: false });
  const data = new Stack(app, 'Data');
  const foundation = new SecurityFoundation(data, 'Foundation', { notify: ['a@example.com'] });
  const bucket = new s3.Bucket(data, 'Bucket', { encryptionKey: new CustomerManagedKey(data, 'Key', { description: 'data' }) });
  const stack = new Stack(app, 'Test');
  new BackupPolicy(stack, 'Backup', { resources: [ProtectedResource.bucket(bucket)], foundation });
  expect(() => app.synth()).not.toThrow();
  expect([stack.dependencies.map(s => s.node.id), data.dependencies]).toEqual([['Data'], []]);
});

test('every finding of cdk-nag is declared', () => {
  const stack = newStack();
  build(stack);
  expect(openFindings(stack, 'Test/Backup')).toEqual([]);
});

test('is a plan of the CDK', () => {
  const stack = newStack();
  const policy = build(stack);
  const plan: backup.IBackupPlan = policy;
  expect(plan.node.defaultChild).toBeInstanceOf(backup.CfnBackupPlan);
  new backup.BackupSelection(stack, 'More', { backupPlan: plan, resources: [backup.BackupResource.fromArn('arn:aws:s3:::more')] });
  const template = render(stack);
  const [daily] = template.resourcesOf('AWS::Backup::BackupPlan');
  const more = template.resourcesOf('AWS::Backup::BackupSelection').find(s => s.logicalId.startsWith('More'))!;
  expect(more.properties.BackupPlanId).toEqual({ 'Fn::GetAtt': [daily.logicalId, 'BackupPlanId'] });
  expect(stack.resolve([policy.backupPlanRef.backupPlanArn, policy.versionId]))
    .toEqual(['BackupPlanArn', 'VersionId'].map(a => ({ 'Fn::GetAtt': [daily.logicalId, a] })));
  expect(policy.continuousPlan!.backupPlanId).not.toBe(policy.backupPlanId);
});

test('an aspect that takes a resource out of a selection is told', () => {
  const stack = newStack();
  build(stack);
  Aspects.of(stack).add({
    visit: c => {
      if (c instanceof backup.CfnBackupSelection) { c.addPropertyOverride('BackupSelection.Resources', ['arn:aws:s3:::other']); }
    },
  });
  expect(() => render(stack)).toThrow(/\[Test\/Backup\/Resources\] BKP-07 does not hold/);
  expect(() => render(stack)).toThrow(/\[Test\/Backup\/ContinuousPlan\/Resources\] BKP-07 does not hold/);
});

test('an injector that strips the vault within changes nothing', () => {
  const usual = newStack();
  build(usual);
  const stack = newStack();
  PropertyInjectors.of(stack).add({
    constructUniqueId: backup.BackupVault.PROPERTY_INJECTION_ID, inject: () => ({ removalPolicy: RemovalPolicy.DESTROY }),
  });
  build(stack);
  expect(render(stack).json).toEqual(render(usual).json);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => new BackupPolicy(scope, 'Backup', {
    resources: [ProtectedResource.fromArn('arn:aws:s3:::orders'), ProtectedResource.bucket(s3.Bucket.fromBucketName(scope, 'Bucket', 'data')), ProtectedResource.tagged('a', 'b')],
    topic: sns.Topic.fromTopicArn(scope, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:backups'),
  }));
  expect(before.resourcesOf('AWS::Backup::BackupPlan')).toHaveLength(2);
  expect(after.json).toEqual(before.json);
});

describe('the retention of a database that is backed up continuously', () => {
  const policyOver = (databaseStack: Stack, stack: Stack, backupRetentionPeriod: number | undefined, props: Props = {}) => {
    const resource = new rds.CfnDBCluster(databaseStack, 'Db', { engine: 'aurora-postgresql', backupRetentionPeriod });
    const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(databaseStack, 'OwnCluster', { clusterIdentifier: resource.ref });
    build(stack, { ...props, resources: [ProtectedResource.auroraCluster(cluster)] });
    return (stack.node.root as App).synth();
  };

  test('is that of the plan', () => {
    const stack = newStack();
    expect(() => policyOver(stack, stack, 35)).not.toThrow();
    const shorter = newStack();
    expect(() => policyOver(shorter, shorter, 14, { continuousRetention: Duration.days(14) })).not.toThrow();
    const daily = newStack();
    expect(() => policyOver(daily, daily, 14, { continuous: false, waivers: [{ control: 'BKP-05', reason: 'restored from daily backups' }] })).not.toThrow();
  });

  test('or is refused, in the stack of the plan and in another one', () => {
    const stack = newStack();
    expect(() => policyOver(stack, stack, 14)).toThrow("[Test/Db] BKP-16 of 'Test/Backup/ContinuousPlan/Resource' does not hold with this AWS::RDS::DBCluster");
    const second = newStack();
    expect(() => policyOver(new Stack(second.node.root as App, 'Data'), second, 14)).toThrow(/\[Data\/Db\] BKP-16 of .*the cluster keeps 14 days, and the plan 35/s);
  });
});
