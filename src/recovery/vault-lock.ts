// How a vault is locked.
import type { Duration } from 'aws-cdk-lib/core';
import { checkCall } from '../core/arguments';
import * as settings from '../services/backup/settings';

/** For how long a locked vault keeps backups. */
export interface VaultLockOptions {
  /**
   * The shortest time that a backup may be kept. Backup jobs that ask for less fail.
   *
   * @default Duration.days(7)
   */
  readonly minRetention?: Duration;

  /**
   * The longest time that a backup may be kept. Backup jobs that ask for more fail.
   *
   * @default Duration.days(365)
   */
  readonly maxRetention?: Duration;
}

/** Properties of a lock that becomes immutable. */
export interface ComplianceLockOptions extends VaultLockOptions {
  /** How long the lock can still be lifted, from 3 days on. After that nobody can, not even AWS. */
  readonly changeableFor: Duration;

  /**
   * That you know what immutable means: neither the account's root user nor AWS can lift the lock or delete a backup before
   * its time; the vault and its cost stay until the last backup expires; a deployment that changes or removes the lock fails.
   */
  readonly acknowledgeImmutable: boolean;
}

/**
 * How a backup vault is locked against the deletion of backups.
 *
 * A lock does not cover backups that were there before it.
 */
export class VaultLock {
  /**
   * A lock that principals with `backup:DeleteBackupVaultLockConfiguration` can lift; the policy of the vault denies that to all but
   * named roles.
   *
   * @param options how long backups are kept
   */
  public static governance(options: VaultLockOptions = {}): VaultLock {
    checkCall('VaultLock.governance', undefined, options);
    return new VaultLock(settings.governance(options));
  }

  /**
   * A lock that nobody can lift once it has become immutable. Not for an account that must ever be emptied.
   *
   * @param options how long backups are kept, and the lock can still be lifted
   */
  public static compliance(options: ComplianceLockOptions): VaultLock {
    checkCall('VaultLock.compliance', undefined, options);
    return new VaultLock(settings.compliance(options));
  }

  /** No lock. It needs a waiver of `BKP-02`. */
  public static none(): VaultLock {
    return new VaultLock(settings.unlocked());
  }

  private constructor(
    /** @internal */
    public readonly _lock: settings.Lock,
  ) {
  }
}
