import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { condition, hasActions, isForEveryone, services, statements } from '../../core/policies';
import { contains, list, mentions } from '../../core/values';

const VAULT = ['AWS::Backup::BackupVault'];
const PLAN = ['AWS::Backup::BackupPlan'];

const denies = (r: RenderedResource) => statements(r.properties.AccessPolicy).filter(s => s.Effect === 'Deny' && isForEveryone(s) && list(s.Resource).includes('*')
  && Object.keys(s.Condition ?? {}).length === 1 && condition(s, 'ArnNotLike', 'aws:PrincipalArn') !== undefined && !list(condition(s, 'ArnNotLike', 'aws:PrincipalArn')).includes('*'));
const rules = (plan: RenderedResource) => list(plan.properties.BackupPlan?.BackupPlanRule);
const days = (rule: any) => rule.Lifecycle?.DeleteAfterDays;
/** A schedule that runs every day of every month, once or more often. */
const isDaily = (schedule: any) => /^cron\(\S+ \S+ [*?] \* [*?] \*\)$|^rate\((1 day|\d+ (minutes?|hours?))\)$/.test(String(schedule ?? ''));
/** The vault of the template that a rule writes to. */
const vaultOf = (rule: any, t: RenderedTemplate) => t.resourcesOf(VAULT[0]).find(v => mentions(rule.TargetBackupVault, v.logicalId));

export const BKP_ENCRYPTED: Control = {
  id: 'BKP-01',
  title: 'the vault is encrypted with a customer managed key, given by its ARN',
  prevents: 'backups that the default key of the account opens, and that cannot be copied to another account',
  kind: 'floor',
  types: VAULT,
  property: 'EncryptionKeyArn',
  mend: 'keep the encryption key',
  fsbp: ['Backup.1'],
  nist: [...NIST.atRest, 'CP-9(8)'],
  pci: ['3.5'],
  holds: r => r.properties.EncryptionKeyArn !== undefined && !contains(r.properties.EncryptionKeyArn, 'alias/'),
};

export const BKP_LOCKED: Control = {
  id: 'BKP-02',
  title: 'the vault is locked: no backup is deleted before its time, and none is kept for ever',
  prevents: 'an intruder deleting the backups before he encrypts the data',
  kind: 'durability',
  types: VAULT,
  property: 'LockConfiguration',
  mend: "keep the 'lock'",
  fsbp: ['EC2.28', 'RDS.26', 'DynamoDB.4', 'EFS.2'],
  nist: ['CP-9'],
  pci: ['10.5.1'],
  holds: r => {
    const { MinRetentionDays: min, MaxRetentionDays: max, ChangeableForDays: changeable } = r.properties.LockConfiguration ?? {};
    return min >= 1 && max >= min && (changeable === undefined || changeable >= 3);
  },
};

export const BKP_DELETION_DENIED: Control = {
  id: 'BKP-03',
  title: 'nobody but named roles deletes backups, shortens their life or lifts the protection of the vault',
  prevents: 'an administrator, or who has taken his place, deleting the backups by hand',
  kind: 'durability',
  types: VAULT,
  property: 'AccessPolicy',
  mend: 'keep both statements that deny, and name roles instead of *',
  nist: ['AC-3', 'AC-6'],
  holds: r => denies(r).some(s => hasActions(s, 'backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:PutBackupVaultAccessPolicy'))
    && [
      'backup:DisassociateRecoveryPoint', 'backup:DisassociateRecoveryPointFromParent', 'backup:DeleteBackupVault', 'backup:DeleteBackupVaultAccessPolicy',
      'backup:DeleteBackupVaultLockConfiguration', 'backup:PutBackupVaultLockConfiguration', 'backup:DeleteBackupVaultNotifications',
    ].every(action => denies(r).some(s => hasActions(s, action))),
};

export const BKP_NO_FOREIGN_ACCESS: Control = {
  id: 'BKP-03b',
  title: 'the vault policy allows nothing to everyone, and names each action that it denies',
  prevents: 'backups that strangers read or write, and denials that Backup does not understand',
  kind: 'floor',
  types: VAULT,
  property: 'BackupVaultName',
  mend: 'name principals and actions',
  nist: ['AC-3', 'AC-6'],
  holds: r => r.properties.BackupVaultName !== undefined
    && statements(r.properties.AccessPolicy).every(s => (s.Effect === 'Deny' || !isForEveryone(s)) && list(s.Action).every((a: string) => !a.includes('*'))),
};

export const BKP_DAILY: Control = {
  id: 'BKP-04',
  title: 'there is a backup every day',
  prevents: 'the loss of more than a day of data',
  kind: 'default',
  types: PLAN,
  property: 'BackupPlan',
  mend: "give a 'schedule' that runs every day",
  fsbp: ['RDS.11'],
  nist: NIST.resilience,
  holds: r => rules(r).some(x => isDaily(x.ScheduleExpression) && x.TargetBackupVault !== undefined
    && x.StartWindowMinutes >= 60 && x.CompletionWindowMinutes > x.StartWindowMinutes),
};

export const BKP_RETENTION: Control = {
  id: 'BKP-04b',
  title: 'daily backups are kept for at least 35 days',
  prevents: 'backups that are gone when the damage is found',
  kind: 'durability',
  types: PLAN,
  property: 'BackupPlan',
  mend: "give a 'dailyRetention' of 35 days or more",
  fsbp: ['RDS.11'],
  nist: NIST.resilience,
  holds: r => rules(r).some(x => isDaily(x.ScheduleExpression) && days(x) >= 35),
};

export const BKP_WITHIN_LOCK: Control = {
  id: 'BKP-04c',
  title: 'every backup is kept for a time that the lock of its vault allows',
  prevents: 'backup jobs that the lock makes fail, all of them',
  kind: 'floor',
  types: PLAN,
  property: 'BackupPlan',
  mend: "give retentions between 'minRetention' and 'maxRetention' of the lock",
  nist: ['CP-9'],
  holds: (r, t) => rules(r).length > 0 && rules(r).every(x => {
    const lock = vaultOf(x, t)?.properties.LockConfiguration;
    return days(x) >= (lock?.MinRetentionDays ?? 1) && days(x) <= (lock?.MaxRetentionDays ?? Infinity);
  }),
};

export const BKP_CONTINUOUS: Control = {
  id: 'BKP-05',
  title: 'resources that can be are backed up continuously, by a rule of their own',
  prevents: 'the loss of up to a day of data',
  kind: 'durability',
  types: PLAN,
  property: 'BackupPlan',
  mend: "leave 'continuous' on",
  nist: ['CP-10'],
  // On the daily plan: that another rule writes continuous backups to the same vault.
  holds: (r, t) => {
    const vault = rules(r).map(x => vaultOf(x, t)).find(v => v !== undefined);
    return vault !== undefined && t.resourcesOf(PLAN[0]).flatMap(rules)
      .some(x => x.EnableContinuousBackup === true && isDaily(x.ScheduleExpression) && vaultOf(x, t) === vault && days(x) >= 1 && days(x) <= 35);
  },
};

export const BKP_SELECTED: Control = {
  id: 'BKP-07',
  title: 'the plan selects resources by ARN or by tag, and backs them up in a role that only AWS Backup takes',
  prevents: 'a plan that backs up nothing, and a role that serves something else besides',
  kind: 'floor',
  types: ['AWS::Backup::BackupSelection'],
  property: 'BackupSelection',
  mend: 'name resources or a tag, and give a role for backups alone',
  nist: ['AC-6'],
  holds: (r, t) => {
    const { Resources: resources, Conditions: conditions, ListOfTags: tags, IamRoleArn: role } = r.properties.BackupSelection ?? {};
    const tagged = list(conditions?.StringEquals).length > 0 || list(tags).length > 0;
    const named = list(resources).length > 0 && !list(resources).includes('*');
    const own = t.resourcesOf('AWS::IAM::Role').find(x => mentions(role, x.logicalId));
    const trusts = own && statements(own.properties.AssumeRolePolicyDocument).every(s => services(s).length === 1 && services(s)[0] === 'backup.amazonaws.com');
    return (named || tagged) && role !== undefined && trusts !== false;
  },
};

/** The pattern asks for exactly these types of events and nothing else but the named fields. */
const pattern = (r: RenderedResource) => r.properties.EventPattern ?? {};

/** The alternatives of a pattern's detail: itself, or what is in a `$or`, which EventBridge takes only without neighbours. */
const alternatives = (detail: any): any[] => detail?.$or === undefined ? [detail] : Object.keys(detail).length === 1 ? list(detail.$or) : [];

export const BKP_FAILURES_NOTIFIED: Control = {
  id: 'BKP-08',
  title: 'somebody is notified of backups that fail, and of backups that could not be removed in time',
  prevents: 'a plan that fails for months before somebody needs a backup',
  kind: 'default',
  types: ['AWS::Events::Rule'],
  property: 'EventPattern',
  mend: 'keep the notification of failures',
  nist: ['CP-9(1)', 'SI-4(5)'],
  holds: r => {
    const either = alternatives(pattern(r).detail).filter(x => x !== undefined);
    return list(pattern(r).source).includes('aws.backup')
      && ['Backup Job State Change', 'Copy Job State Change', 'Restore Job State Change', 'Recovery Point State Change'].every(t => list(pattern(r)['detail-type']).includes(t))
      && ['state', 'status'].every(field => either.some(x => Object.keys(x).length === 1 && ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'].every(s => list(x[field]).includes(s))));
  },
};

export const BKP_TAMPERING_NOTIFIED: Control = {
  id: 'BKP-08b',
  title: 'somebody is notified of every attempt to delete backups or to weaken their protection',
  prevents: 'an intruder preparing extortion unseen',
  kind: 'default',
  types: ['AWS::Events::Rule'],
  property: 'EventPattern',
  mend: 'keep the notification of tampering',
  nist: ['CP-9(1)', 'SI-4(5)'],
  holds: r => list(pattern(r).source).includes('aws.backup') && list(pattern(r)['detail-type']).includes('AWS API Call via CloudTrail')
    && alternatives(pattern(r).detail).length > 0
    && ['backupVaultName', 'backupPlanId'].every(key => alternatives(pattern(r).detail).some(x => list(x?.requestParameters?.[key]).length > 0))
    && [
      'DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent', 'DeleteBackupVault',
      'PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'PutBackupVaultLockConfiguration', 'DeleteBackupVaultLockConfiguration',
      'DeleteBackupVaultNotifications', 'UpdateBackupPlan', 'DeleteBackupPlan', 'DeleteBackupSelection',
    ].every(name => alternatives(pattern(r).detail).every(x => list(x?.eventName).includes(name))),
};
