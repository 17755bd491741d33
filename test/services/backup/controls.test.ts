import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/backup/controls';
import { provePredicate } from '../../support/predicate';

const deny = (...actions: string[]) => ({
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: actions.map(a => `backup:${a}`),
  Resource: '*',
  Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/BreakGlass'] } },
});
const VAULT = {
  Vault: {
    Type: 'AWS::Backup::BackupVault',
    Properties: {
      BackupVaultName: 'v',
      EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
      LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 365 },
      AccessPolicy: {
        Statement: [
          deny('DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'PutBackupVaultAccessPolicy'),
          deny('DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent', 'DeleteBackupVault', 'DeleteBackupVaultAccessPolicy',
            'DeleteBackupVaultLockConfiguration', 'PutBackupVaultLockConfiguration', 'DeleteBackupVaultNotifications'),
        ],
      },
    },
  },
};
const policy = (r: any) => r.Vault.Properties.AccessPolicy.Statement;

provePredicate(controls.BKP_ENCRYPTED, VAULT, {
  'there is no key': r => { delete r.Vault.Properties.EncryptionKeyArn; },
  'the key is given by its alias': r => { r.Vault.Properties.EncryptionKeyArn = 'arn:aws:kms:eu-west-1:111122223333:alias/backup'; },
});
provePredicate(controls.BKP_LOCKED, VAULT, {
  'there is no lock': r => { delete r.Vault.Properties.LockConfiguration; },
  'backups may be kept for ever': r => { delete r.Vault.Properties.LockConfiguration.MaxRetentionDays; },
  'no retention fits': r => { r.Vault.Properties.LockConfiguration.MaxRetentionDays = 6; },
  'the lock becomes immutable at once': r => { r.Vault.Properties.LockConfiguration.ChangeableForDays = 1; },
});
provePredicate(controls.BKP_DELETION_DENIED, VAULT, {
  'there is no policy': r => { delete r.Vault.Properties.AccessPolicy; },
  'the second statement is gone': r => { policy(r).pop(); },
  'an action of the first is elsewhere': r => { policy(r)[1].Action.push(policy(r)[0].Action.pop()); },
  'lifting the lock is left out': r => { policy(r)[1].Action.splice(4, 1); },
  'it names the vault, which AWS Config does not count': r => { policy(r)[0].Resource = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:v'; },
  'everybody is exempt': r => { policy(r)[0].Condition.ArnNotLike['aws:PrincipalArn'] = '*'; },
  'it holds under one more condition': r => { policy(r)[0].Condition.Bool = { 'aws:MultiFactorAuthPresent': 'false' }; },
  'it holds for one more key': r => { policy(r)[0].Condition.ArnNotLike['aws:SourceArn'] = 'arn:aws:x'; },
  'it allows': r => { policy(r)[0].Effect = 'Allow'; },
});
provePredicate(controls.BKP_NO_FOREIGN_ACCESS, VAULT, {
  'everybody may copy backups into it': r => { policy(r).push({ Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' }); },
  'everybody may copy backups into it, by a policy that is a text': r => {
    r.Vault.Properties.AccessPolicy = JSON.stringify({ Statement: [{ Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource: '*' }] });
  },
  'an action has a wildcard': r => { policy(r)[0].Action = ['backup:Delete*']; },
  'the vault has no name': r => { delete r.Vault.Properties.BackupVaultName; },
});

const rule = (more = {}) => ({
  RuleName: 'r', TargetBackupVault: { Ref: 'Vault' }, ScheduleExpression: 'cron(0 5 * * ? *)', StartWindowMinutes: 60, CompletionWindowMinutes: 720, Lifecycle: { DeleteAfterDays: 35 }, ...more,
});
const PLAN = {
  Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [rule()] } } },
  Continuous: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [rule({ EnableContinuousBackup: true })] } } },
  Vault: VAULT.Vault,
};
const first = (r: any, plan = 'Plan') => r[plan].Properties.BackupPlan.BackupPlanRule[0];

provePredicate(controls.BKP_DAILY, PLAN, {
  'it runs once a week': r => { first(r).ScheduleExpression = 'cron(0 5 ? * SUN *)'; },
  'it runs once a month': r => { first(r).ScheduleExpression = 'cron(0 5 1 * ? *)'; },
  'it runs every two days': r => { first(r).ScheduleExpression = 'rate(2 days)'; },
  'it has no schedule': r => { delete first(r).ScheduleExpression; },
  'it must start at once': r => { first(r).StartWindowMinutes = 30; },
  'it must end before it starts': r => { first(r).CompletionWindowMinutes = 60; },
  'there is no rule': r => { r.Plan.Properties.BackupPlan.BackupPlanRule = []; },
});
provePredicate(controls.BKP_RETENTION, PLAN, {
  'backups go after a month': r => { first(r).Lifecycle.DeleteAfterDays = 30; },
  'the time is not said': r => { delete first(r).Lifecycle; },
});
provePredicate(controls.BKP_WITHIN_LOCK, PLAN, {
  'backups are kept for too short a time': r => { r.Vault.Properties.LockConfiguration.MinRetentionDays = 36; },
  'backups are kept for too long': r => { first(r).Lifecycle.DeleteAfterDays = 366; },
  'backups are kept for ever': r => { delete first(r).Lifecycle; },
  'there is no rule': r => { delete r.Plan.Properties.BackupPlan; },
});
provePredicate(controls.BKP_CONTINUOUS, PLAN, {
  'there is no other plan': r => { delete r.Continuous; },
  'it runs once a week': r => { first(r, 'Continuous').ScheduleExpression = 'cron(0 5 ? * SUN *)'; },
  'it is not continuous': r => { first(r, 'Continuous').EnableContinuousBackup = false; },
  'it writes elsewhere': r => { first(r, 'Continuous').TargetBackupVault = 'other'; },
  'it is kept for more than AWS can': r => { first(r, 'Continuous').Lifecycle.DeleteAfterDays = 36; },
});

const SELECTION = {
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupSelection: { IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, Resources: [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }] } },
  },
  Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' } }] } } },
};
const selection = (r: any) => r.Selection.Properties.BackupSelection;

provePredicate(controls.BKP_SELECTED, SELECTION, {
  'nothing is named': r => { selection(r).Resources = []; },
  'everything is': r => { selection(r).Resources = ['*']; },
  'there is no role': r => { delete selection(r).IamRoleArn; },
  'another service takes the role, too': r => { r.Role.Properties.AssumeRolePolicyDocument.Statement[0].Principal.Service = ['backup.amazonaws.com', 'ec2.amazonaws.com']; },
  'people take the role': r => { r.Role.Properties.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: 'arn:aws:iam::111122223333:root' }; },
});
const allow = (Action: string[], ...Resource: unknown[]) => ({ Effect: 'Allow', Action, Resource });
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const SELECTED = {
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: {
      BackupPlanId: { 'Fn::GetAtt': ['Plan', 'BackupPlanId'] },
      BackupSelection: { IamRoleArn: arn('Role'), Resources: [arn('Cluster'), arn('Bucket')] },
    },
  },
  Other: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: { BackupPlanId: { 'Fn::GetAtt': ['Plan', 'BackupPlanId'] }, BackupSelection: { IamRoleArn: arn('Role'), Resources: [arn('Table')] } },
  },
  Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [rule()] } } },
  Role: SELECTION.Role,
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: {
        Statement: [
          allow(['rds:ModifyDBCluster'], arn('Cluster')),
          allow(['s3:PutInventoryConfiguration', 's3:ListBucket'], arn('Bucket')),
          allow(['dynamodb:StartAwsBackupJob'], arn('Table')),
          allow(['ec2:CreateSnapshot'], 'arn:aws:ec2:eu-west-1::snapshot/*'),
        ],
      },
    },
  },
};
provePredicate(controls.BKP_SELECTED, SELECTED, {
  'a cluster is left out': r => { selection(r).Resources.shift(); },
  'a bucket is left out': r => { selection(r).Resources.pop(); },
  'what another selection of the plan has is left out there': r => { r.Other.Properties.BackupSelection.Resources = []; },
  'another selection is of another plan': r => { r.Other.Properties.BackupPlanId = 'other'; },
  'a volume is not selected that the role may copy': r => { r.Policy.Properties.PolicyDocument.Statement[3].Resource.push('arn:aws:ec2:eu-west-1:111122223333:volume/v'); },
});
const CONTINUOUS = structuredClone(SELECTED) as Record<string, any>;
CONTINUOUS.Plan.Properties.BackupPlan.BackupPlanRule[0].EnableContinuousBackup = true;
delete CONTINUOUS.Other;
provePredicate(controls.BKP_SELECTED, CONTINUOUS, {
  'a bucket is left out': r => { selection(r).Resources.pop(); },
  'the plan is not continuous, and a table is left out': r => { delete r.Plan.Properties.BackupPlan.BackupPlanRule[0].EnableContinuousBackup; },
});
test('BKP-07 holds for everything that has a tag', () => {
  const Resources: any = structuredClone(SELECTION);
  Resources.Selection.Properties.BackupSelection = { IamRoleArn: 'arn', Resources: ['*'], Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'yes' }] } };
  const template = new RenderedTemplate({ Resources });
  expect(controls.BKP_SELECTED.holds(template.resource('Selection')!, template)).toBe(true);
});

const STATES = ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'];
const FAILURES = {
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: {
        'source': ['aws.backup'],
        'detail-type': ['Backup Job State Change', 'Copy Job State Change', 'Restore Job State Change', 'Recovery Point State Change'],
        'detail': { $or: [{ state: STATES }, { status: STATES }] },
      },
    },
  },
};
const pattern = (r: any) => r.Rule.Properties.EventPattern;
provePredicate(controls.BKP_FAILURES_NOTIFIED, FAILURES, {
  'backup jobs are left out': r => { pattern(r)['detail-type'].shift(); },
  'aborted jobs are left out': r => { pattern(r).detail.$or[0].state = ['FAILED', 'EXPIRED', 'PARTIAL']; },
  'jobs with a status are left out': r => { pattern(r).detail.$or.pop(); },
  'another field narrows it': r => { pattern(r).detail.$or[0].resourceType = ['S3']; },
  'EventBridge refuses it': r => { pattern(r).detail.resourceType = ['S3']; },
  'it is about something else': r => { pattern(r).source = ['aws.rds']; },
});
const CALLS = [
  'DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent', 'DeleteBackupVault',
  'PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'PutBackupVaultLockConfiguration', 'DeleteBackupVaultLockConfiguration',
  'DeleteBackupVaultNotifications', 'UpdateBackupPlan', 'DeleteBackupPlan', 'DeleteBackupSelection',
];
const TAMPERING = {
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: {
        'source': ['aws.backup'],
        'detail-type': ['AWS API Call via CloudTrail'],
        'detail': { $or: [{ eventName: CALLS, requestParameters: { backupVaultName: ['v'] } }, { eventName: CALLS, requestParameters: { backupPlanId: ['p'] } }] },
      },
    },
  },
};
provePredicate(controls.BKP_TAMPERING_NOTIFIED, TAMPERING, {
  'the vault is left out': r => { pattern(r).detail.$or.shift(); },
  'no plan is named': r => { pattern(r).detail.$or[1].requestParameters.backupPlanId = []; },
  'deletions are left out': r => { pattern(r).detail.$or[0].eventName.shift(); },
  'lifting the lock is left out': r => { pattern(r).detail.$or[1].eventName.splice(8, 1); },
  'it is about other events': r => { pattern(r)['detail-type'] = ['Backup Vault State Change']; },
  'there is no pattern': r => { delete r.Rule.Properties.EventPattern; },
  'EventBridge refuses it': r => { pattern(r).detail.eventSource = ['backup.amazonaws.com']; },
  'an alternative leaves deletions out': r => { pattern(r).detail.$or.push({ eventName: ['DeleteBackupVault'] }); },
  'there is no alternative': r => { pattern(r).detail = { $or: [] }; },
});
