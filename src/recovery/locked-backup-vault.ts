import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Aws, DefaultStackSynthesizer, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { VaultLock } from './vault-lock';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { SecurityWaiver, SecurityWaivers } from '../assurance/security-waiver';
import { retainedName } from '../core/names';
import { fail, requireList, requireMatch, requireRange } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import { retain } from '../foundation/retention';
import * as controls from '../services/backup/controls';
import { bootstrapRole, noDeletions } from '../services/backup/vault-statements';

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
   * ARNs of the roles that may delete backups and lift the protection of the vault in an emergency. A `*` in one stands for
   * any text.
   *
   * @default - nobody
   */
  readonly breakGlass?: string[];

  /**
   * ARNs of the roles that deploy the stack. They keep the right to change the vault and its policy, without which every
   * later deployment of the vault would fail: guard them as you guard the backups. A `*` in one stands for any text.
   *
   * @default - the role that CloudFormation takes when the CDK deploys the stack
   */
  readonly deploymentRoles?: string[];

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
 * Answers FSBP Backup.1, EC2.28 and RDS.26, NIST CP-9 and AC-6, PCI 3.5 and 10.5.1.
 */
export class LockedBackupVault extends Construct {
  /** The vault. */
  public readonly vault: backup.CfnBackupVault;

  /** The key. */
  public readonly encryptionKey: kms.IKey;

  /** The vault's name. */
  public readonly vaultName: string;

  /** The vault's ARN. */
  public readonly vaultArn: string;

  /** @internal */
  public readonly _retentions?: { readonly min: Duration; readonly max: Duration };

  constructor(scope: Construct, id: string, props: LockedBackupVaultProps = {}) {
    super(scope, id);
    const disposable = Disposable.isDisposable(this);
    const lock = props.lock ?? (disposable ? VaultLock.none() : VaultLock.governance());
    const min = lock._minRetention ?? Duration.days(7);
    const max = lock._maxRetention ?? Duration.days(365);
    if (lock._locks) {
      this.checkLock(lock, min, max, disposable);
      this._retentions = { min, max };
    }
    const exempt = [
      ...this.principals('breakGlass', props.breakGlass ?? []),
      ...this.principals('deploymentRoles', props.deploymentRoles ?? [this.deploymentRole()]),
    ];

    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Backups' }).key;
    KeyAccess.backup().allowOn(this.encryptionKey);
    this.vault = new backup.CfnBackupVault(this, 'Resource', {
      backupVaultName: retainedName(() => this.vault, { maxLength: 50 }),
      encryptionKeyArn: this.encryptionKey.keyArn,
      lockConfiguration: lock._locks ? {
        minRetentionDays: min.toDays(),
        maxRetentionDays: max.toDays(),
        changeableForDays: lock._changeableFor?.toDays(),
      } : undefined,
      accessPolicy: disposable ? undefined : new iam.PolicyDocument({ statements: noDeletions(exempt) }),
    });
    this.vaultName = this.vault.ref;
    this.vaultArn = this.vault.attrBackupVaultArn;
    retain(this.vault);
    claim(this.vault, controls.BKP_ENCRYPTED, controls.BKP_LOCKED, controls.BKP_DELETION_DENIED, controls.BKP_NO_FOREIGN_ACCESS);
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  private checkLock(lock: VaultLock, min: Duration, max: Duration, disposable: boolean): void {
    const days = (duration?: Duration) => duration === undefined || duration.isUnresolved() ? undefined : duration.toDays({ integral: false });
    requireRange(this, 'minRetention', days(min), 1, 36500, 'days');
    requireRange(this, 'maxRetention', days(max), 1, 36500, 'days');
    requireRange(this, 'changeableFor', days(lock._changeableFor), 3, 36500, 'days');
    if (days(min)! > days(max)!) {
      fail(this, `'minRetention' of the lock is ${days(min)} days, more than 'maxRetention' of ${days(max)} days: no backup would fit, so lower the one or raise the other`);
    }
    if (lock._changeableFor === undefined) { return; }
    if (lock._acknowledgeImmutable !== true) {
      fail(this, `'acknowledgeImmutable' is ${lock._acknowledgeImmutable}: a compliance lock can't be lifted by anybody after 'changeableFor', so set it to true or take VaultLock.governance()`);
    }
    if (disposable) {
      fail(this, "'lock' is a compliance lock in a disposable scope, which then could never be thrown away: take VaultLock.governance(), or leave it out");
    }
  }

  private principals(prop: string, arns: string[]): string[] {
    requireList(this, prop, arns);
    arns.forEach(arn => requireMatch(this, prop, arn, /^arn:[^:*]+:(iam|sts)::[^:]*:[^*].*$/, 'give the ARN of a role, for example arn:aws:iam::111122223333:role/BreakGlass'));
    return arns;
  }

  /** From the stack's synthesizer, which knows it exactly if it is the CDK's default one. */
  private deploymentRole(): string {
    let stack = Stack.of(this);
    while (stack.nestedStackParent) { stack = stack.nestedStackParent; }
    if (!(stack.synthesizer instanceof DefaultStackSynthesizer)) { return bootstrapRole(); }
    return stack.synthesizer.cloudFormationExecutionRoleArn
      .replace(/\$\{AWS::Partition\}/g, Aws.PARTITION).replace(/\$\{AWS::AccountId\}/g, Aws.ACCOUNT_ID).replace(/\$\{AWS::Region\}/g, Aws.REGION);
  }
}
