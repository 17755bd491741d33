import * as backup from 'aws-cdk-lib/aws-backup';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { BackupNotifications } from './backup-notifications';
import { BackupRole } from './backup-role';
import { LockedBackupVault } from './locked-backup-vault';
import type { ProtectedResource } from './protected-resource';
import type { VaultLock } from './vault-lock';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { SecurityWaivers } from '../assurance/security-waiver';
import { fail, requireNotEmpty, requireRange, requireUnit } from '../core/validate';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import * as controls from '../services/backup/controls';

/** Properties of a backup policy. */
export interface BackupPolicyProps extends HardenedProps {
  /** What is backed up. */
  readonly resources: ProtectedResource[];

  /**
   * The key of the vault. It must allow `KeyAccess.backup` if it is imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How the vault is locked.
   *
   * @default VaultLock.governance(), no lock in a disposable scope
   */
  readonly lock?: VaultLock;

  /**
   * ARNs of the roles that may delete backups and lift the protection of the vault in an emergency. A `*` in one stands for
   * any text.
   *
   * @default - nobody
   */
  readonly breakGlass?: string[];

  /**
   * ARNs of the roles that deploy the stack. They keep the right to change the vault and its policy: guard them as you guard
   * the backups. A `*` in one stands for any text.
   *
   * @default - the role that CloudFormation takes when the CDK deploys the stack
   */
  readonly deploymentRoles?: string[];

  /**
   * When the daily backups are made, in UTC. Less often than daily needs a waiver of `BKP-04`. Keep an hour away from the
   * backup windows of databases.
   *
   * @default - every day at 05:00
   */
  readonly schedule?: events.Schedule;

  /**
   * How late a backup may start, from 60 minutes on.
   *
   * @default Duration.hours(1)
   */
  readonly startWindow?: Duration;

  /**
   * How long a backup may take, from its schedule on. It must be more than `startWindow`.
   *
   * @default Duration.hours(12)
   */
  readonly completionWindow?: Duration;

  /**
   * How long daily backups are kept. Less than 35 days needs a waiver of `BKP-04b`. The lock must allow it.
   *
   * @default Duration.days(35), 7 days in a disposable scope
   */
  readonly dailyRetention?: Duration;

  /**
   * Whether Aurora clusters and buckets are also backed up continuously, so that they can be restored to any point in time.
   * Off needs a waiver of `BKP-05`.
   *
   * @default true, false in a disposable scope
   */
  readonly continuous?: boolean;

  /**
   * How far back one can restore to a point in time, from 1 to 35 days. The lock must allow it.
   *
   * @default Duration.days(35)
   */
  readonly continuousRetention?: Duration;

  /**
   * When AWS Backup sees to the continuous backups, in UTC. Not when the daily ones are made: of two backups of a resource at
   * one time AWS Backup keeps one.
   *
   * @default - every day at 03:00
   */
  readonly continuousSchedule?: events.Schedule;

  /**
   * The topic that is notified of failed backups and of tampering.
   *
   * @default - the topic of the security foundation
   */
  readonly topic?: sns.ITopic;
}

/**
 * Daily and continuous backups of named resources, in a locked vault under a key of its own, and somebody who is notified when
 * one fails or when somebody tampers with them.
 *
 * It keeps data from ransomware, from a compromised administrator and from mistakes: backups can't be deleted before their
 * time, and the role that makes them can neither restore nor delete what it backs up. The notification of tampering needs a
 * trail in the region that records management events.
 *
 * Answers FSBP Backup.1, RDS.11, RDS.26, EC2.28, DynamoDB.4 and EFS.2, NIST CP-9, CP-10 and SI-4(5), PCI 3.5 and 10.5.1.
 */
export class BackupPolicy extends Construct {
  /** The vault. */
  public readonly vault: LockedBackupVault;

  /** The plan of the daily backups. */
  public readonly plan: backup.CfnBackupPlan;

  /** The plan of the continuous backups, if there is something that can be backed up so. */
  public readonly continuousPlan?: backup.CfnBackupPlan;

  /** The role in which AWS Backup works. */
  public readonly role: iam.Role;

  private readonly backupRole: BackupRole;

  constructor(scope: Construct, id: string, props: BackupPolicyProps) {
    super(scope, id);
    const disposable = Disposable.isDisposable(this);
    const daily = props.dailyRetention ?? Duration.days(disposable ? 7 : 35);
    const continuous = props.continuous ?? !disposable;
    const continuousRetention = props.continuousRetention ?? Duration.days(35);
    const startWindow = props.startWindow ?? Duration.hours(1);
    const completionWindow = props.completionWindow ?? Duration.hours(12);
    requireNotEmpty(this, 'resources', props.resources, 'name what to back up, for example ProtectedResource.bucket(bucket)');
    this.checkWindows(startWindow, completionWindow);
    this.checkUnique(props.resources);

    this.vault = new LockedBackupVault(this, 'Vault', {
      encryptionKey: props.encryptionKey,
      lock: props.lock,
      breakGlass: props.breakGlass,
      deploymentRoles: props.deploymentRoles,
    });
    this.backupRole = new BackupRole(this, 'Backup', { resources: props.resources, vaultArn: this.vault.vaultArn, vaultKey: this.vault.encryptionKey });
    this.role = this.backupRole.role;

    const schedule = props.schedule?.expressionString ?? 'cron(0 5 * * ? *)';
    const continuousSchedule = props.continuousSchedule?.expressionString ?? 'cron(0 3 * * ? *)';
    const rule = {
      targetBackupVault: this.vault.vaultName,
      scheduleExpressionTimezone: 'Etc/UTC',
      startWindowMinutes: startWindow.toMinutes(),
      completionWindowMinutes: completionWindow.toMinutes(),
    };
    this.plan = this.makePlan('Plan', props.resources, {
      ...rule,
      ruleName: 'Daily',
      scheduleExpression: schedule,
      lifecycle: { deleteAfterDays: this.retention('dailyRetention', daily, 36500) },
    });
    claim(this.plan, controls.BKP_DAILY, controls.BKP_RETENTION, controls.BKP_WITHIN_LOCK);
    const capable = props.resources.filter(r => r._selected.continuous);
    if (capable.length > 0) { claim(this.plan, controls.BKP_CONTINUOUS); }
    if (continuous && capable.length > 0) {
      if (schedule === continuousSchedule) {
        fail(this, `'schedule' and 'continuousSchedule' are both '${schedule}': AWS Backup would make one backup of the two, so give them times an hour apart`);
      }
      this.continuousPlan = this.makePlan('ContinuousPlan', capable, {
        ...rule,
        ruleName: 'Continuous',
        scheduleExpression: continuousSchedule,
        enableContinuousBackup: true,
        lifecycle: { deleteAfterDays: this.retention('continuousRetention', continuousRetention, 35) },
      });
      claim(this.continuousPlan, controls.BKP_WITHIN_LOCK);
    }

    new BackupNotifications(this, 'Notifications', {
      topic: props.topic ?? (props.foundation ?? SecurityFoundation.of(this)).topic.topic,
      vaultName: this.vault.vaultName,
      planIds: [this.plan, ...this.continuousPlan ? [this.continuousPlan] : []].map(p => p.attrBackupPlanId),
    });
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  private checkWindows(start: Duration, completion: Duration): void {
    requireUnit(this, 'startWindow', start, 'minutes');
    requireUnit(this, 'completionWindow', completion, 'minutes');
    if (start.isUnresolved() || completion.isUnresolved()) { return; }
    const startMinutes = start.toMinutes({ integral: false });
    const completionMinutes = completion.toMinutes({ integral: false });
    requireRange(this, 'startWindow', startMinutes, 60, 525600, 'minutes');
    requireRange(this, 'completionWindow', completionMinutes, 60, 525600, 'minutes');
    if (completionMinutes <= startMinutes) {
      fail(this, `'completionWindow' is ${completionMinutes} minutes, not more than 'startWindow' of ${startMinutes} minutes: a backup that starts late could not end, so give more`);
    }
  }

  private checkUnique(resources: ProtectedResource[]): void {
    const names = resources.map(({ _selected: s }) => s.tag ? `tag ${s.tag.key}=${s.tag.value}` : s.arn!);
    const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
    if (twice >= 0) { fail(this, `'resources' has the same at ${names.indexOf(names[twice])} and at ${twice}: name it once`); }
    if (names.some(name => name === '*')) { fail(this, "'resources' has '*': name resources, or select them with ProtectedResource.tagged"); }
  }

  /** The retention in days, if the lock of the vault lets backups be kept that long: it makes other jobs fail. */
  private retention(prop: string, retention: Duration, most: number): number {
    if (retention.isUnresolved()) { return retention.toDays(); }
    const days = retention.toDays({ integral: false });
    requireRange(this, prop, days, 1, most, 'days');
    const lock = this.vault._retentions;
    const within = (bound: Duration | undefined, ok: (bound: number) => boolean) => bound === undefined || bound.isUnresolved() || ok(bound.toDays());
    if (!within(lock?.min, min => days >= min)) {
      fail(this, `'${prop}' is ${days} days, less than 'minRetention' of the lock, ${lock!.min.toDays()} days: every job would fail, so keep backups longer or lower the minimum`);
    }
    if (!within(lock?.max, max => days <= max)) {
      fail(this, `'${prop}' is ${days} days, more than 'maxRetention' of the lock, ${lock!.max.toDays()} days: every job would fail, so raise the maximum in 'lock'`);
    }
    return days;
  }

  private makePlan(id: string, resources: ProtectedResource[], rule: backup.CfnBackupPlan.BackupRuleResourceTypeProperty): backup.CfnBackupPlan {
    const plan = new backup.CfnBackupPlan(this, id, {
      backupPlan: { backupPlanName: Names.uniqueResourceName(this, { maxLength: 39, separator: '-' }) + `-${rule.ruleName}`, backupPlanRule: [rule] },
    });
    const named = resources.filter(r => r._selected.arn !== undefined).map(r => r._selected.arn!);
    if (named.length > 0) { this.select(plan, 'Resources', { resources: named }); }
    resources.filter(r => r._selected.tag).forEach(({ _selected: { tag } }, i) => this.select(plan, `Tag${i}`, {
      resources: ['*'],
      conditions: { StringEquals: [{ ConditionKey: `aws:ResourceTag/${tag!.key}`, ConditionValue: tag!.value }] },
    }));
    return plan;
  }

  private select(plan: backup.CfnBackupPlan, name: string, what: { readonly resources: string[]; readonly conditions?: any }): void {
    const selection = new backup.CfnBackupSelection(plan, name, {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: { selectionName: name, iamRoleArn: this.role.roleArn, resources: what.resources, conditions: what.conditions },
    });
    // The first run finds the role with its permissions.
    selection.node.addDependency(...this.backupRole.policies);
    // None of them may get lost on the way, which the rendered selection alone does not show.
    const all = what.resources.length;
    const { holds } = controls.BKP_SELECTED;
    claim(selection, { ...controls.BKP_SELECTED, holds: (r, t) => holds(r, t) && r.properties.BackupSelection.Resources?.length >= all });
  }
}
