// What must hold of a vault, of the plans that write to it, of what they select, and of who hears of it.
import { BACKS_UP, BACKS_UP_CONTINUOUSLY, ENDED_BADLY, JOB_EVENTS, TAMPERING } from './facts';
import {
  boundsOf, hasOwnKey, isNamedPrincipal, PLAN, resourcesOf, roleOf, rulesOf, SELECTION, selectionsOf, VAULT, vaultOf,
} from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { parsed } from '../../core/embedded';
import { isAdmitted } from '../../core/ours';
import { homeOf } from '../../core/ownership';
import { condition, conditionsOf, hasActions, isForEveryone, rightsOf, services, statements, touches } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, entries, isGiven, isTrue, list, numberOf, same, stringOf, textOf } from '../../core/values';

/** What deletes backups before their time. AWS Config wants these three denied by one statement. */
const DELETING = ['DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'PutBackupVaultAccessPolicy'].map(a => `backup:${a}`);
/** What lifts the protection of a vault. */
const WEAKENING = [
  'DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent', 'DeleteBackupVault', 'DeleteBackupVaultAccessPolicy',
  'DeleteBackupVaultLockConfiguration', 'PutBackupVaultLockConfiguration', 'DeleteBackupVaultNotifications',
].map(a => `backup:${a}`);

/** The denials of a vault policy that hold for all but named principals. */
const denies = (r: RenderedResource, t: RenderedTemplate) => statements(r.properties.AccessPolicy).filter(s => {
  const exempt = list(condition(s, 'ArnNotLike', 'aws:PrincipalArn'));
  return s.Effect === 'Deny' && isForEveryone(s) && list(s.Resource).includes('*')
    && conditionsOf(s).length === 1 && exempt.length > 0 && exempt.every(arn => isNamedPrincipal(arn, homeOf(r, t)) || isAdmitted(arn, r));
});
const days = (rule: Json) => numberOf(at(rule, 'Lifecycle', 'DeleteAfterDays'));
const DAILY = /^cron\(\S+ \S+ [*?] \* [*?] \*\)$|^rate\((1 day|\d+ (minutes?|hours?))\)$/;
/** Whether a rule runs every day of every month, once or more often. */
const isDaily = (rule: Json) => DAILY.test(stringOf(at(rule, 'ScheduleExpression')) ?? '');
const isContinuous = (rule: Json) => isTrue(at(rule, 'EnableContinuousBackup'));

export const BKP_ENCRYPTED: Control = {
  id: 'BKP-01',
  title: 'the vault is encrypted with a customer managed key, given by its ARN',
  prevents: 'backups that the default key of the account opens, and that cannot be copied to another account',
  kind: 'floor',
  types: [VAULT],
  property: 'EncryptionKeyArn',
  mend: 'keep the encryption key',
  fsbp: ['Backup.1'],
  nist: [...NIST.atRest, 'CP-9(8)'],
  pci: ['3.5'],
  holds: hasOwnKey,
};

export const BKP_LOCKED: Control = {
  id: 'BKP-02',
  title: 'the vault is locked: no backup is deleted before its time, and none is kept for ever',
  prevents: 'an intruder deleting the backups before he encrypts the data',
  kind: 'durability',
  types: [VAULT],
  property: 'LockConfiguration',
  mend: "keep the 'lock'",
  fsbp: ['EC2.28', 'RDS.26', 'DynamoDB.4', 'EFS.2'],
  nist: ['CP-9'],
  pci: ['10.5.1'],
  holds: r => {
    const { min, max } = boundsOf(r);
    const changeable = at(r.properties.LockConfiguration, 'ChangeableForDays');
    return min >= 1 && max >= min && (!isGiven(changeable) || numberOf(changeable) >= 3);
  },
};

export const BKP_DELETION_DENIED: Control = {
  id: 'BKP-03',
  title: 'nobody but named roles deletes backups, shortens their life or lifts the protection of the vault',
  prevents: 'an administrator, or who has taken his place, deleting the backups by hand',
  kind: 'durability',
  types: [VAULT],
  property: 'AccessPolicy',
  mend: 'keep both statements that deny, and name roles instead of *',
  nist: ['AC-3', 'AC-6'],
  holds: (r, t) => denies(r, t).some(s => hasActions(s, ...DELETING))
    && WEAKENING.every(action => denies(r, t).some(s => hasActions(s, action))),
};

export const BKP_NO_FOREIGN_ACCESS: Control = {
  id: 'BKP-03b',
  title: 'the vault policy allows nothing to everyone, and names each action that it denies',
  prevents: 'backups that strangers read or write, and denials that Backup does not understand',
  kind: 'floor',
  types: [VAULT],
  property: 'BackupVaultName',
  mend: 'name principals and actions',
  nist: ['AC-3', 'AC-6'],
  holds: r => isGiven(r.properties.BackupVaultName) && statements(parsed(r.properties.AccessPolicy))
    .every(s => (s.Effect === 'Deny' || !isForEveryone(s)) && list(s.Action).every(a => typeof a === 'string' && !a.includes('*'))),
};

export const BKP_DAILY: Control = {
  id: 'BKP-04',
  title: 'there is a backup every day',
  prevents: 'the loss of more than a day of data',
  kind: 'default',
  types: [PLAN],
  property: 'BackupPlan',
  mend: "give a 'schedule' that runs every day",
  fsbp: ['RDS.11'],
  nist: NIST.resilience,
  holds: r => rulesOf(r).some(rule => {
    const start = numberOf(at(rule, 'StartWindowMinutes'));
    return isDaily(rule) && isGiven(at(rule, 'TargetBackupVault')) && start >= 60 && numberOf(at(rule, 'CompletionWindowMinutes')) > start;
  }),
};

export const BKP_RETENTION: Control = {
  id: 'BKP-04b',
  title: 'daily backups are kept for at least 35 days',
  prevents: 'backups that are gone when the damage is found',
  kind: 'durability',
  types: [PLAN],
  property: 'BackupPlan',
  mend: "give a 'dailyRetention' of 35 days or more",
  fsbp: ['RDS.11'],
  nist: NIST.resilience,
  holds: r => rulesOf(r).some(rule => isDaily(rule) && days(rule) >= 35),
};

export const BKP_WITHIN_LOCK: Control = {
  id: 'BKP-04c',
  title: 'every backup is kept for a time that the lock of its vault allows',
  prevents: 'backup jobs that the lock makes fail, all of them',
  kind: 'floor',
  types: [PLAN],
  property: 'BackupPlan',
  mend: "give retentions between 'minRetention' and 'maxRetention' of the lock",
  nist: ['CP-9'],
  holds: (r, t) => rulesOf(r).length > 0 && rulesOf(r).every(rule => {
    const vault = vaultOf(rule, t);
    if (!vault) { return days(rule) >= 1; }
    const { min, max } = boundsOf(vault);
    const { MinRetentionDays: shortest, MaxRetentionDays: longest } = at(vault.properties, 'LockConfiguration') as JsonObject ?? {};
    return days(rule) >= (isGiven(shortest) ? min : 1) && days(rule) <= (isGiven(longest) ? max : Infinity);
  }),
};

export const BKP_CONTINUOUS: Control = {
  id: 'BKP-05',
  title: 'resources that can be are backed up continuously, by a rule of their own',
  prevents: 'the loss of up to a day of data',
  kind: 'durability',
  types: [PLAN],
  property: 'BackupPlan',
  mend: "leave 'continuous' on",
  nist: ['CP-10'],
  // On the daily plan: that another rule writes continuous backups to the same vault.
  holds: (r, t) => {
    const vault = rulesOf(r).map(rule => vaultOf(rule, t)).find(v => v !== undefined);
    return vault !== undefined && t.resourcesOf(PLAN).flatMap(rulesOf)
      .some(rule => isContinuous(rule) && isDaily(rule) && vaultOf(rule, t) === vault && days(rule) >= 1 && days(rule) <= 35);
  },
};

/** What a plan selects by ARN. */
const selectedBy = (plan: RenderedResource, t: RenderedTemplate) => selectionsOf(plan, t).flatMap(resourcesOf);
/** What a role may back up, of what has a name before the backup. */
const backedUp = (role: Json, actions: string[], t: RenderedTemplate) => (rightsOf(role, t) ?? [])
  .filter(s => touches(s, ...actions)).flatMap(s => list(s.Resource)).filter(r => !textOf(r).includes('*'));

export const BKP_SELECTED: Control = {
  id: 'BKP-07',
  title: 'the plan selects resources by ARN or by tag, none that its role is for is left out, and only AWS Backup takes that role',
  prevents: 'a plan that backs up nothing or too little, and a role that serves something else besides',
  kind: 'floor',
  types: [SELECTION],
  property: 'BackupSelection',
  mend: 'name resources or a tag, select all that the role may back up, and give a role for backups alone',
  nist: ['AC-6'],
  holds: (r, t) => {
    const selection = r.properties.BackupSelection;
    const role = roleOf(r);
    const resources = resourcesOf(r);
    const tagged = list(at(selection, 'Conditions', 'StringEquals')).length > 0 || list(at(selection, 'ListOfTags')).length > 0;
    const named = resources.length > 0 && !resources.includes('*');
    const trusts = statements(t.target('AWS::IAM::Role', role)?.properties.AssumeRolePolicyDocument);
    const plan = t.target(PLAN, r.properties.BackupPlanId);
    const actions = plan && rulesOf(plan).some(isContinuous) ? BACKS_UP_CONTINUOUSLY : BACKS_UP;
    const selected = plan ? selectedBy(plan, t) : resources;
    return (named || tagged) && isGiven(role) && trusts.every(s => services(s).length === 1 && services(s)[0] === 'backup.amazonaws.com')
      && backedUp(role, actions, t).every(one => selected.some(other => same(one, other)));
  },
};

const source = (r: RenderedResource) => list(at(r.properties.EventPattern, 'source'));
const detailTypes = (r: RenderedResource) => list(at(r.properties.EventPattern, 'detail-type'));

/** The alternatives of a pattern's detail: itself, or what is in a `$or`, which EventBridge takes only without neighbours. */
function alternatives(r: RenderedResource): readonly Json[] {
  const detail = at(r.properties.EventPattern, 'detail');
  return at(detail, '$or') === undefined ? list(detail) : entries(detail).length === 1 ? list(at(detail, '$or')) : [];
}

export const BKP_FAILURES_NOTIFIED: Control = {
  id: 'BKP-08',
  title: 'somebody is notified of backups that fail, and of backups that could not be removed in time',
  prevents: 'a plan that fails for months before somebody needs a backup',
  kind: 'default',
  types: ['AWS::Events::Rule'],
  property: 'EventPattern',
  mend: 'keep the notification of failures',
  nist: ['CP-9(1)', 'SI-4(5)'],
  holds: r => source(r).includes('aws.backup') && JOB_EVENTS.every(type => detailTypes(r).includes(type))
    && ['state', 'status'].every(field => alternatives(r).some(either => entries(either).length === 1
      && ENDED_BADLY.every(state => list(at(either, field)).includes(state)))),
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
  holds: r => source(r).includes('aws.backup') && detailTypes(r).includes('AWS API Call via CloudTrail') && alternatives(r).length > 0
    && ['backupVaultName', 'backupPlanId']
      .every(key => alternatives(r).some(either => list(at(either, 'requestParameters', key)).length > 0))
    && TAMPERING.every(name => alternatives(r).every(either => list(at(either, 'eventName')).includes(name))),
};
