// What can be done to the vault, the plans and the selections.
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ram from 'aws-cdk-lib/aws-ram';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CfnParameter } from 'aws-cdk-lib/core';
import { undecided } from './keys';
import { apart, Kind, Target, within } from './kind';
import { manager } from './managers';
import { ACCOUNT, allow, append, deny, everybodyOf, FOREIGN, foreignArn, ownArn, ownIam, sid, Statement } from '../touch';

const VAULT = 'AWS::Backup::BackupVault';
const PLAN = 'AWS::Backup::BackupPlan';
const SELECTION = 'AWS::Backup::BackupSelection';

const statement = (name: string, why: string, json: (t: Target<backup.CfnBackupVault>) => Statement): Kind =>
  within<backup.CfnBackupVault>(VAULT, name, why, t => append(t.resource, 'AccessPolicy.Statement', json(t)));
const denials = (name: string, why: string, change: (t: Target<backup.CfnBackupVault>, at: string) => void): Kind =>
  within<backup.CfnBackupVault>(VAULT, name, why, t => ['DenyDeletions', 'DenyWeakening'].forEach(s => change(t, sid(t.resource, 'AccessPolicy', s))));
const further = (name: string, why: string, rule: any): Kind => within<backup.CfnBackupPlan>(PLAN, name, why, t => append(t.resource, 'BackupPlan.BackupPlanRule', rule));
const CRON = { ScheduleExpression: 'cron(0 7 * * ? *)', StartWindowMinutes: 60, CompletionWindowMinutes: 720 };

const never = (name: string, why: string, Conditions: any): Kind => within<backup.CfnBackupSelection>(SELECTION, name, why, t => t.resource.addPropertyOverride('BackupSelection.Conditions', Conditions));

/** A value that only the deployment knows. */
const parameterOf = (t: Target) => t.stack.resolve(new CfnParameter(t.stack, 'Destination').valueAsString);

export const BACKUPS: Kind[] = [
  statement('another account restores', 'strangers have our data', () => allow(everybodyOf(FOREIGN), ['backup:StartRestoreJob', 'backup:StartCopyJob'], '*')),
  statement('another account copies into it', 'strangers fill it, and we restore what they wrote', () => allow(everybodyOf(FOREIGN), 'backup:CopyIntoBackupVault', '*')),
  statement('everybody of an organization copies into it', 'every account of it fills the vault', () => allow('*', 'backup:CopyIntoBackupVault', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
  statement('everybody but one account restores (NotPrincipal)', 'it lets in the rest of the world', () => ({ Effect: 'Allow', NotPrincipal: everybodyOf(ACCOUNT), Action: 'backup:StartRestoreJob', Resource: '*' })),
  statement('everybody restores, if a condition of the template holds', 'what only the deployment knows may be true', t => undecided(t, allow('*', 'backup:StartRestoreJob', '*'))),
  statement('nobody may back up', 'there are no backups', () => deny('*', 'backup:StartBackupJob', '*')),
  denials('every role is exempt from its denials', 'whoever has a role deletes backups', (t, at) => append(t.resource, `${at}.Condition.ArnNotLike.aws:PrincipalArn`, ownIam('role/*'))),
  denials('its denials are for one tag', 'the others delete backups', (t, at) => t.resource.addPropertyOverride(`${at}.Condition.StringEquals`, { 'aws:PrincipalTag/backups': 'untouchable' })),
  within<backup.CfnBackupVault>(VAULT, 'it tells somebody else', 'strangers read when backups are made and deleted', t => t.resource.addPropertyOverride('Notifications',
    { SNSTopicArn: foreignArn('sns', 'collector'), BackupVaultEvents: ['BACKUP_JOB_COMPLETED', 'RECOVERY_POINT_MODIFIED'] })),
  statement('a role may take its policy away', 'whoever has the role deletes backups', () => allow({ AWS: ownIam('role/Reports') }, ['backup:DeleteRecoveryPoint', 'backup:DeleteBackupVaultAccessPolicy'], '*')),
  statement('the role of the backups may not back up', 'there are no backups', t => deny({ AWS: t.stack.resolve(t.application.backup.role.roleArn) }, 'backup:StartBackupJob', '*')),
  denials('roles that begin with one letter are exempt from its denials', 'whoever names a role so deletes backups', (t, at) => append(t.resource, `${at}.Condition.ArnNotLike.aws:PrincipalArn`, ownIam('role/a*'))),
  within<backup.CfnBackupVault>(VAULT, 'its lock is gone', 'backups are deleted before their time', t => t.resource.addPropertyDeletionOverride('LockConfiguration')),
  apart<backup.CfnBackupVault>(VAULT, 'it is shared with another account', 'strangers restore our data', t => new ram.CfnResourceShare(t.scope, 'Share', { name: 'backups', principals: [FOREIGN], resourceArns: [t.resource.attrBackupVaultArn] })),
  apart<backup.CfnBackupVault>(VAULT, 'a function may delete backups and lift the lock', 'whoever has the function has the backups', t => manager(t, ['backup:DeleteBackupVaultLockConfiguration', 'backup:DeleteBackupVault'], t.resource.attrBackupVaultArn)),

  further('a rule into another vault', 'backups without lock, policy and key', { RuleName: 'Other', TargetBackupVault: 'Default', Lifecycle: { DeleteAfterDays: 7 }, ...CRON }),
  within<backup.CfnBackupPlan>(PLAN, 'copies to a vault of another account', 'all data leaves the account, every day', t =>
    t.resource.addPropertyOverride('BackupPlan.BackupPlanRule.0.CopyActions', [{ DestinationBackupVaultArn: foreignArn('backup', 'backup-vault:collector') }])),
  apart<backup.CfnBackupPlan>(PLAN, 'a plan beside it, into another vault', 'backups of our data without lock, policy and key', t => {
    const plan = new backup.CfnBackupPlan(t.scope, 'OtherPlan', { backupPlan: { backupPlanName: 'Other', backupPlanRule: [{ ruleName: 'Other', targetBackupVault: 'Default', scheduleExpression: 'cron(0 7 * * ? *)' }] } });
    new backup.CfnBackupSelection(t.scope, 'OtherSelection', {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: { selectionName: 'Other', iamRoleArn: t.application.backup.role.roleArn, resources: [t.application.bucket.bucketArn] },
    });
  }),
  within<backup.CfnBackupPlan>(PLAN, 'the cluster that it backs up says another retention', 'RDS refuses every update of the cluster', t =>
    (t.application.database.node.defaultChild as rds.CfnDBCluster).addPropertyOverride('BackupRetentionPeriod', 14)),
  further('a rule that keeps backups for a day', 'they are gone when the damage is found', { RuleName: 'Short', TargetBackupVault: 'Default', Lifecycle: { DeleteAfterDays: 1 }, ...CRON }),
  within<backup.CfnBackupPlan>(PLAN, 'copies to a vault that the deployment decides', 'what only the deployment knows may be of strangers', t =>
    t.resource.addPropertyOverride('BackupPlan.BackupPlanRule.0.CopyActions', [{ DestinationBackupVaultArn: parameterOf(t) }])),
  within<backup.CfnBackupPlan>(PLAN, 'backups in an air-gapped vault of another account', 'strangers have our data', t =>
    t.resource.addPropertyOverride('BackupPlan.BackupPlanRule.0.TargetLogicallyAirGappedBackupVaultArn', foreignArn('backup', 'backup-vault:gap'))),
  apart<backup.CfnBackupPlan>(PLAN, 'a plan beside it, with a role of its own, into another vault', 'backups of our data without lock, policy and key', t => {
    const plan = new backup.CfnBackupPlan(t.scope, 'OtherPlan', { backupPlan: { backupPlanName: 'Other', backupPlanRule: [{ ruleName: 'Other', targetBackupVault: 'Default' }] } });
    new backup.CfnBackupSelection(t.scope, 'OtherSelection', {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: { selectionName: 'Other', iamRoleArn: ownIam('role/Backups'), resources: [t.application.database.clusterArn] },
    });
  }),
  apart<backup.CfnBackupPlan>(PLAN, 'a further selection by a role of another account', 'strangers have a part in our backups', t => new backup.CfnBackupSelection(t.scope, 'Theirs', {
    backupPlanId: t.resource.attrBackupPlanId, backupSelection: { selectionName: 'Theirs', iamRoleArn: `arn:aws:iam::${FOREIGN}:role/Backups`, resources: [ownArn('dynamodb', 'table/orders')] },
  })),
  apart<backup.CfnBackupPlan>(PLAN, 'a function may delete it', 'there are no backups', t => manager(t, ['backup:DeleteBackupPlan', 'backup:UpdateBackupPlan'], t.resource.attrBackupPlanArn)),

  within<backup.CfnBackupSelection>(SELECTION, 'another role', 'strangers read what is backed up', t => t.resource.addPropertyOverride('BackupSelection.IamRoleArn', `arn:aws:iam::${FOREIGN}:role/Backups`)),
  within<backup.CfnBackupSelection>(SELECTION, 'a tag that nothing has', 'nothing is backed up', t => t.resource.addPropertyOverride('BackupSelection.ListOfTags', [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'backup', ConditionValue: 'never' }])),
  within<backup.CfnBackupSelection>(SELECTION, 'the bucket is left out', 'it is not backed up', t => append(t.resource, 'BackupSelection.NotResources', t.stack.resolve(t.application.bucket.bucketArn))),
  never('a condition that nothing meets', 'nothing is backed up', { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'never' }] }),
  never('a condition that leaves out what has a tag', 'whoever tags a resource takes it out of the backups', { StringNotEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'no' }] }),
];
