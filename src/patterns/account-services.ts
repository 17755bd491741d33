import { ServiceLinkedRole } from '../audit/config-recorder';

/** Options of account services that are made. */
export interface AccountServicesCreateOptions {
  /**
   * Whether the service-linked role of AWS Config is made too. It exists once in an account, whatever the region.
   *
   * @default ServiceLinkedRole.CREATE
   */
  readonly configRole?: ServiceLinkedRole;
}

/** Account services that exist. */
export interface AccountServicesAdoptOptions {
  /** ID of the region's GuardDuty detector: `aws guardduty list-detectors` prints it. */
  readonly detectorId: string;

  /**
   * Name of the log group that the account's trail delivers to, for the CIS alarms.
   *
   * @default - no alarms are made here
   */
  readonly trailLogGroupName?: string;
}

/**
 * What the stack does with the services that exist once in an account and region: the configuration recorder, the GuardDuty
 * detector, and the audit trail with its alarms.
 */
export class AccountServices {
  /** Makes them. The deployment fails if a recorder or a detector exists already. What is made outlives the stack. */
  public static create(options: AccountServicesCreateOptions = {}): AccountServices {
    return new AccountServices('create', options.configRole ?? ServiceLinkedRole.CREATE);
  }

  /** Makes none of them and watches those that exist: findings and non-compliance are notified, and the trail's log group gets alarms. */
  public static adopt(options: AccountServicesAdoptOptions): AccountServices {
    return new AccountServices('adopt', ServiceLinkedRole.EXISTING, options);
  }

  /** Neither makes nor watches them: another stack of this account and region does. */
  public static leave(): AccountServices {
    return new AccountServices('leave', ServiceLinkedRole.EXISTING);
  }

  /** @internal */
  public readonly _mode: string;
  /** @internal */
  public readonly _configRole: ServiceLinkedRole;
  /** @internal */
  public readonly _detectorId?: string;
  /** @internal */
  public readonly _trailLogGroupName?: string;

  private constructor(mode: 'create' | 'adopt' | 'leave', configRole: ServiceLinkedRole, adopted?: AccountServicesAdoptOptions) {
    this._mode = mode;
    this._configRole = configRole;
    this._detectorId = adopted?.detectorId;
    this._trailLogGroupName = adopted?.trailLogGroupName;
  }
}
