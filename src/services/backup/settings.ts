// The hardened values of a vault, of the plans that write to it, of what they select, and of who hears of it.
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as events from 'aws-cdk-lib/aws-events';
import { Duration, Token } from 'aws-cdk-lib/core';
import { ENDED_BADLY, JOB_EVENTS, TAMPERING } from './facts';
import type { Place } from '../../core/validate';
import { daysOf, fail, requireDays, requireGiven, requireMatch, requireRange, requireUnit } from '../../core/validate';

/** For how long AWS Backup can keep a backup, in days. */
const LONGEST = 36500;

/** For how long a vault keeps backups, as CloudFormation has it; undefined if nothing is locked. */
export type LockConfiguration = backup.CfnBackupVault.LockConfigurationTypeProperty | undefined;

/** A way to lock a vault. */
export type Lock = (at: Place, disposable: boolean) => LockConfiguration;

/** What may differ between locks. */
export interface LockOptions {
  readonly minRetention?: Duration;
  readonly maxRetention?: Duration;
}

/** What may differ between locks that become immutable. */
export interface ComplianceOptions extends LockOptions {
  readonly changeableFor: Duration;
  readonly acknowledgeImmutable: boolean;
}

/** A lock that can be lifted. */
export function governance(options: LockOptions): Lock {
  return at => retentions(at, options);
}

/** A lock that nobody can lift after a while. */
export function compliance(options: ComplianceOptions): Lock {
  return (at, disposable) => {
    const { changeableFor, acknowledgeImmutable } = options;
    const bounds = retentions(at, options);
    requireGiven(at, 'changeableFor', changeableFor, 'say for how long the lock can still be lifted, from 3 days on');
    requireDays(at, 'changeableFor', changeableFor, 3, LONGEST);
    if (acknowledgeImmutable !== true) {
      fail(at, `'acknowledgeImmutable' is ${acknowledgeImmutable}: a compliance lock can't be lifted by anybody after 'changeableFor', `
        + 'so set it to true or take VaultLock.governance()');
    }
    if (disposable) {
      fail(at, "'lock' is a compliance lock in a disposable scope, which then could never be thrown away: "
        + 'take VaultLock.governance(), or leave it out');
    }
    return { ...bounds, changeableForDays: changeableFor.toDays() };
  };
}

/** No lock. */
export function unlocked(): Lock {
  return () => undefined;
}

function retentions(at: Place, options: LockOptions): { readonly minRetentionDays: number; readonly maxRetentionDays: number } {
  const min = options.minRetention ?? Duration.days(7);
  const max = options.maxRetention ?? Duration.days(365);
  requireDays(at, 'minRetention', min, 1, LONGEST);
  requireDays(at, 'maxRetention', max, 1, LONGEST);
  if (daysOf(min)! > daysOf(max)!) {
    fail(at, `'minRetention' of the lock is ${daysOf(min)} days, more than 'maxRetention' of ${daysOf(max)} days: `
      + 'no backup would fit, so lower the one or raise the other');
  }
  return { minRetentionDays: min.toDays(), maxRetentionDays: max.toDays() };
}

/** What may differ between vaults. */
export interface VaultOptions {
  readonly lock?: { readonly _lock: Lock };
  readonly backupVaultName?: string;
  readonly disposable: boolean;
}

/** A vault that is locked, unless it may be thrown away. */
export function vault(at: Place, options: VaultOptions): { readonly lockConfiguration: LockConfiguration } {
  requireMatch(at, 'backupVaultName', options.backupVaultName, /^[a-zA-Z0-9_-]{2,50}$/, "use 2 to 50 letters, digits, '-' and '_'");
  const lock = options.lock?._lock ?? (options.disposable ? unlocked() : governance({}));
  return { lockConfiguration: lock(at, options.disposable) };
}

/** The longest name of a vault, and of a plan. */
export const NAME_LENGTH = 50;

/** A rule of a plan, but for the vault that it writes to. */
export type Rule = Omit<backup.CfnBackupPlan.BackupRuleResourceTypeProperty, 'targetBackupVault'>;

/** What may differ between plans. */
export interface PlanOptions {
  readonly schedule?: events.Schedule;
  readonly startWindow?: Duration;
  readonly completionWindow?: Duration;
  readonly dailyRetention?: Duration;
  readonly continuous?: boolean;
  readonly continuousRetention?: Duration;
  readonly continuousSchedule?: events.Schedule;
}

/** What plans have to fit. */
export interface PlanContext {
  /** The lock of the vault. */
  readonly lock: LockConfiguration;
  readonly disposable: boolean;
  /** Whether there is something that can be backed up continuously. */
  readonly capable: boolean;
}

/** The rule of the daily backups, and that of the continuous ones, if they are made. */
export function rules(at: Place, options: PlanOptions, context: PlanContext): { readonly daily: Rule; readonly continuous?: Rule } {
  const schedule = options.schedule?.expressionString ?? 'cron(0 5 * * ? *)';
  const continuousSchedule = options.continuousSchedule?.expressionString ?? 'cron(0 3 * * ? *)';
  const windows = { scheduleExpressionTimezone: 'Etc/UTC', ...windowsOf(at, options) };
  const daily = {
    ...windows,
    ruleName: 'Daily',
    scheduleExpression: schedule,
    lifecycle: lifecycle(at, 'dailyRetention', options.dailyRetention ?? Duration.days(context.disposable ? 7 : 35), LONGEST, context.lock),
  };
  if (!context.capable || !(options.continuous ?? !context.disposable)) { return { daily }; }
  if (schedule === continuousSchedule) {
    fail(at, `'schedule' and 'continuousSchedule' are both '${schedule}': `
      + 'AWS Backup would make one backup of the two, so give them times an hour apart');
  }
  const continuous = {
    ...windows,
    ruleName: 'Continuous',
    scheduleExpression: continuousSchedule,
    enableContinuousBackup: true,
    lifecycle: lifecycle(at, 'continuousRetention', options.continuousRetention ?? Duration.days(35), 35, context.lock),
  };
  return { daily, continuous };
}

/** How late a backup may start, and how long it may take, in minutes. */
function windowsOf(at: Place, options: PlanOptions): Pick<Rule, 'startWindowMinutes' | 'completionWindowMinutes'> {
  const start = options.startWindow ?? Duration.hours(1);
  const completion = options.completionWindow ?? Duration.hours(12);
  requireUnit(at, 'startWindow', start, 'minutes');
  requireUnit(at, 'completionWindow', completion, 'minutes');
  if (!start.isUnresolved() && !completion.isUnresolved()) {
    const [startMinutes, completionMinutes] = [start, completion].map(window => window.toMinutes({ integral: false }));
    requireRange(at, 'startWindow', startMinutes, 60, 525600, 'minutes');
    requireRange(at, 'completionWindow', completionMinutes, 60, 525600, 'minutes');
    if (completionMinutes <= startMinutes) {
      fail(at, `'completionWindow' is ${completionMinutes} minutes, not more than 'startWindow' of ${startMinutes} minutes: `
        + 'a backup that starts late could not end, so give more');
    }
  }
  return { startWindowMinutes: start.toMinutes(), completionWindowMinutes: completion.toMinutes() };
}

/** How long backups are kept, if the lock of the vault lets them be kept that long: it makes other jobs fail. */
function lifecycle(at: Place, prop: string, retention: Duration, most: number, lock: LockConfiguration): Rule['lifecycle'] {
  requireDays(at, prop, retention, 1, most);
  const days = daysOf(retention);
  const known = (bound: number | undefined) => days === undefined || bound === undefined || Token.isUnresolved(bound) ? undefined : bound;
  const min = known(lock?.minRetentionDays);
  const max = known(lock?.maxRetentionDays);
  if (min !== undefined && days! < min) {
    fail(at, `'${prop}' is ${days} days, less than 'minRetention' of the lock, ${min} days: `
      + 'every job would fail, so keep backups longer or lower the minimum');
  }
  if (max !== undefined && days! > max) {
    fail(at, `'${prop}' is ${days} days, more than 'maxRetention' of the lock, ${max} days: `
      + "every job would fail, so raise the maximum in 'lock'");
  }
  return { deleteAfterDays: retention.toDays() };
}

/** What a plan selects. */
export type Selection = Pick<backup.CfnBackupSelection.BackupSelectionResourceTypeProperty, 'selectionName' | 'resources' | 'conditions'>;

/** Resources by their ARNs. */
export function named(selectionName: string, resources: string[]): Selection {
  return { selectionName, resources };
}

/** All that has a tag. */
export function tagged(selectionName: string, key: string, value: string): Selection {
  return {
    selectionName,
    resources: ['*'],
    conditions: { StringEquals: [{ ConditionKey: `aws:ResourceTag/${key}`, ConditionValue: value }] },
  };
}

/**
 * Backups that fail. Of the whole account and region: the events of jobs that never started do not always say for which vault.
 *
 * The deletion of a recovery point is not among them: it happens every day, when backups expire.
 */
export function failures(): events.EventPattern {
  return { source: ['aws.backup'], detailType: JOB_EVENTS, detail: { $or: [{ state: ENDED_BADLY }, { status: ENDED_BADLY }] } };
}

/** Calls that tamper with a vault or its plans. Each branch is whole, because EventBridge refuses a `$or` that has neighbours. */
export function tampering(backupVaultName: string, planIds: string[]): events.EventPattern {
  return {
    source: ['aws.backup'],
    detailType: ['AWS API Call via CloudTrail'],
    detail: {
      $or: [{ backupVaultName: [backupVaultName] }, { backupPlanId: planIds }]
        .map(requestParameters => ({ eventSource: ['backup.amazonaws.com'], eventName: TAMPERING, requestParameters })),
    },
  };
}
