// A vault for backups.
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { deploymentRole } from './deployment-role';
import { VaultLock } from './vault-lock';
import { admit, claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { SecurityWaiver, waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { harden } from '../core/harden';
import { retainedName } from '../core/names';
import { arnsOf } from '../core/principals';
import { fail, place } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import { retain } from '../foundation/retention';
import * as controls from '../services/backup/controls';
import * as settings from '../services/backup/settings';
import * as touch from '../services/backup/touch-controls';
import { noDeletions } from '../services/backup/vault-statements';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';

/** Properties of a locked backup vault. */
export interface LockedBackupVaultProps {
  /**
   * The key. It must allow `KeyAccess.backup` if it is imported.
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
   * Who deploys the stack. They keep the right to change the vault and its policy, without which every later deployment of the
   * vault would fail: guard them as you guard the backups. Roles, or `new iam.ArnPrincipal(ARN)`, where a `*` stands for any text.
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
   * Controls to do without, each with a reason.
   *
   * @default - none
   */
  readonly waivers?: SecurityWaiver[];
}

/**
 * A vault that keeps backups for their time: its lock refuses to delete them early, its policy denies it to everybody but named
 * roles, and its key is a customer managed one.
 *
 * Vault policies govern AWS Backup only. Snapshots of EBS and RDS are also reached through EC2 and RDS: deny sharing and
 * copying them there by organisation policies.
 *
 * It is a `backup.BackupVault`. `fromBackupVaultName` and its like return a plain vault, as they do there.
 *
 * Answers FSBP Backup.1, EC2.28 and RDS.26, NIST CP-9 and AC-6, PCI 3.5 and 10.5.1.
 */
export class LockedBackupVault extends backup.BackupVault {
  /** The key. */
  public readonly encryptionKey: kms.IKey;

  private readonly vaultPolicy: iam.PolicyDocument;

  constructor(scope: Construct, id: string, props: LockedBackupVaultProps = {}) {
    checkNew('LockedBackupVault', scope, id, props);
    const at = place(scope, id);
    const disposable = Disposable.isDisposable(scope);
    const hardened = settings.vault(at, { lock: props.lock, backupVaultName: props.backupVaultName, disposable });
    const exempt = [
      ...arnsOf(at, 'breakGlassPrincipals', props.breakGlassPrincipals),
      ...props.deploymentPrincipals ? arnsOf(at, 'deploymentPrincipals', props.deploymentPrincipals) : [deploymentRole(scope)],
    ];
    super(scope, id);
    const resource = this.node.defaultChild as backup.CfnBackupVault;
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Backups' });
    KeyAccess.backup().allowOn(this.encryptionKey);
    this.vaultPolicy = new iam.PolicyDocument({ statements: disposable ? [] : noDeletions(exempt) });
    harden(resource, {
      ...hardened,
      backupVaultName: props.backupVaultName ?? retainedName(() => resource, { maxLength: settings.NAME_LENGTH }),
      encryptionKeyArn: this.encryptionKey.keyArn,
      accessPolicy: this.vaultPolicy,
    });
    // The CDK names it by an attribute, which is the same text.
    (this as { backupVaultName: string }).backupVaultName = resource.ref;
    // what is known at deployment only is somebody because it was given here
    const later = exempt.filter(principal => Token.isUnresolved(principal) && !principal.startsWith('arn:'));
    if (later.length > 0) { admit(resource, ...later); }
    retain(resource);
    claim(resource, controls.BKP_ENCRYPTED, controls.BKP_LOCKED, controls.BKP_DELETION_DENIED, controls.BKP_NO_FOREIGN_ACCESS,
      touch.BKP_OURS, touch.BKP_NOBODY_MANAGES, touch.BKP_WRITABLE, touch.BKP_TELLS_OURS, touch.BKP_NOT_SHARED, GEN_NOBODY_MANAGES);
    waive(this, props.waivers);
  }

  /**
   * Adds a statement to the policy of the vault, which names each action: it knows no wildcards. The synthesis fails if it allows
   * something to everybody.
   *
   * @param statement what to add
   */
  public override addToAccessPolicy(statement: iam.PolicyStatement): void {
    checkCall('LockedBackupVault.addToAccessPolicy', this, statement);
    this.vaultPolicy.addStatements(statement);
  }

  /**
   * Fails: the policy denies deletions already, to all but those whom it must not keep out. Set `breakGlassPrincipals` and
   * `deploymentPrincipals`.
   */
  public override blockRecoveryPointDeletion(): void {
    fail(this, "'blockRecoveryPointDeletion' would keep AWS Backup itself from removing backups whose time is over: "
      + "the vault denies deletions already, to all but 'breakGlassPrincipals' and 'deploymentPrincipals', so leave it out");
  }
}
