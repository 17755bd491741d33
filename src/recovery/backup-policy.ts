// Backups of what must not be lost.
import type * as backup from 'aws-cdk-lib/aws-backup';
import type * as events from 'aws-cdk-lib/aws-events';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import { Resource } from 'aws-cdk-lib/core';
import type { aws_backup } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { BackupNotifications } from './backup-notifications';
import { BackupRole } from './backup-role';
import { LockedBackupVault } from './locked-backup-vault';
import { ContinuousPlan, makePlan } from './plans';
import type { ProtectedResource } from './protected-resource';
import type { VaultLock } from './vault-lock';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { waive } from '../assurance/security-waiver';
import { checkNew } from '../core/arguments';
import { arnsOf } from '../core/principals';
import { fail, Place, place, requireNotEmpty } from '../core/validate';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import * as controls from '../services/backup/controls';
import * as settings from '../services/backup/settings';

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
   * Who may delete backups and lift the protection of the vault in an emergency: roles, or `new iam.ArnPrincipal(ARN)`, where a
   * `*` stands for any text.
   *
   * @default - nobody
   */
  readonly breakGlassPrincipals?: iam.IPrincipal[];

  /**
   * Who deploys the stack. They keep the right to change the vault and its policy: guard them as you guard the backups. Roles,
   * or `new iam.ArnPrincipal(ARN)`, where a `*` stands for any text.
   *
   * @default - the role that CloudFormation takes when the CDK deploys the stack
   */
  readonly deploymentPrincipals?: iam.IPrincipal[];

  /**
   * The vault's name. A vault with another name is another vault, without backups.
   *
   * @default - made of the stack's name, the vault's logical ID, and a part that differs each time the stack is created
   */
  readonly backupVaultName?: string;

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
 * It is a `backup.IBackupPlan`: the plan of the daily backups.
 *
 * Answers FSBP Backup.1, RDS.11, RDS.26, EC2.28, DynamoDB.4 and EFS.2, NIST CP-9, CP-10 and SI-4(5), PCI 3.5 and 10.5.1.
 */
export class BackupPolicy extends Resource implements backup.IBackupPlan {
  /** The ID of the plan of the daily backups. */
  public readonly backupPlanId: string;

  /** The ARN of the plan of the daily backups. */
  public readonly backupPlanArn: string;

  /** The version of the plan of the daily backups. */
  public readonly versionId: string;

  /** The plan of the continuous backups, if there is something that can be backed up so. */
  public readonly continuousPlan?: backup.IBackupPlan;

  /** The vault. */
  public readonly backupVault: LockedBackupVault;

  /** The role in which AWS Backup works. */
  public readonly role: iam.Role;

  constructor(scope: Construct, id: string, props: BackupPolicyProps) {
    checkNew('BackupPolicy', scope, id, props);
    const at = place(scope, id);
    check(at, props);
    const disposable = Disposable.isDisposable(scope);
    const capable = props.resources.filter(r => r._protection.continuous);
    const { lockConfiguration: lock } = settings.vault(at, { lock: props.lock, backupVaultName: props.backupVaultName, disposable });
    const rules = settings.rules(at, props, { lock, disposable, capable: capable.length > 0 });
    const topic = props.topic ?? (props.foundation ?? SecurityFoundation.of(scope)).topic;
    super(scope, id);

    this.backupVault = new LockedBackupVault(this, 'Vault', {
      encryptionKey: props.encryptionKey,
      lock: props.lock,
      breakGlassPrincipals: props.breakGlassPrincipals,
      deploymentPrincipals: props.deploymentPrincipals,
      backupVaultName: props.backupVaultName,
    });
    const { backupVaultName, backupVaultArn: vaultArn, encryptionKey: vaultKey } = this.backupVault;
    const backupRole = new BackupRole(this, 'Backup', { resources: props.resources, vaultArn, vaultKey });
    this.role = backupRole.role;
    const plan = makePlan(this, { rule: rules.daily, backupVaultName, backupRole, resources: props.resources });
    this.backupPlanId = plan.attrBackupPlanId;
    this.backupPlanArn = plan.attrBackupPlanArn;
    this.versionId = plan.attrVersionId;
    claim(plan, controls.BKP_DAILY, controls.BKP_RETENTION);
    if (capable.length > 0) { claim(plan, controls.BKP_CONTINUOUS); }
    this.continuousPlan = rules.continuous
      && new ContinuousPlan(this, 'ContinuousPlan', { rule: rules.continuous, backupVaultName, backupRole, resources: capable });

    const planIds = [this, ...this.continuousPlan ? [this.continuousPlan] : []].map(p => p.backupPlanId);
    new BackupNotifications(this, 'Notifications', { topic, backupVaultName, planIds });
    waive(this, props.waivers);
  }

  /** A reference to the plan of the daily backups. */
  public get backupPlanRef(): aws_backup.BackupPlanReference {
    return { backupPlanId: this.backupPlanId, backupPlanArn: this.backupPlanArn };
  }
}

/** Before anything is made. The vault checks its own props too, but it would leave the half of a policy behind. */
function check(at: Place, props: BackupPolicyProps): void {
  const { resources } = props;
  requireNotEmpty(at, 'resources', resources, 'name what to back up, for example ProtectedResource.bucket(bucket)');
  const names = resources.map(r => r._protection.name);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0) { fail(at, `'resources' has the same at ${names.indexOf(names[twice])} and at ${twice}: name it once`); }
  if (names.includes('*')) { fail(at, "'resources' has '*': name resources, or select them with ProtectedResource.tagged"); }
  arnsOf(at, 'breakGlassPrincipals', props.breakGlassPrincipals);
  arnsOf(at, 'deploymentPrincipals', props.deploymentPrincipals);
}
