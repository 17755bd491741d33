// The services that exist once in an account and region: made, adopted, or left alone.
import type { CfnServiceLinkedRole } from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { requireOnce } from './once';
import { makeServiceRoles } from './service-roles';
import { AuditTrail } from '../audit/audit-trail';
import { CisAlarms } from '../audit/cis-alarms';
import { ConfigNotifications } from '../audit/config-notifications';
import { ConfigRecorder, ServiceLinkedRole } from '../audit/config-recorder';
import { checkCall } from '../core/arguments';
import { ThreatDetection } from '../detection/threat-detection';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { checkServices } from '../services/iam/service-linked-roles';

/** Options of account services that are made. */
export interface AccountServicesCreateOptions {
  /**
   * Whether the service-linked role of AWS Config is made too. It exists once in an account, whatever the region.
   *
   * @default ServiceLinkedRole.CREATE
   */
  readonly configRole?: ServiceLinkedRole;

  /**
   * Services whose service-linked roles are made too: `ecs.amazonaws.com`, `ecs.application-autoscaling.amazonaws.com`,
   * `rds.amazonaws.com`, `elasticloadbalancing.amazonaws.com`, `autoscaling.amazonaws.com` and `backup.amazonaws.com`. Each exists
   * once in an account: the deployment fails if it is there. They outlive the stack; leave them out when it is deployed anew.
   *
   * @default - none: they exist, as after the command that the README names
   */
  readonly serviceLinkedRoles?: string[];
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
 * What became of the account's services in an application.
 *
 * @internal
 */
export interface AttachedServices {
  readonly auditKey?: CustomerManagedKey;
  readonly trail?: AuditTrail;
  readonly alarms?: CisAlarms;
  readonly recorder?: ConfigRecorder;
  readonly configNotifications?: ConfigNotifications;
  readonly detection?: ThreatDetection;
  /** Roles that the application waits for. */
  readonly serviceRoles?: CfnServiceLinkedRole[];
}

/**
 * What the stack does with the services that exist once in an account and region: the configuration recorder, the GuardDuty
 * detector, and the audit trail with its alarms.
 */
export class AccountServices {
  /**
   * Makes them. The deployment fails if a recorder or a detector exists already. What is made outlives the stack.
   *
   * @param options what else is made
   */
  public static create(options: AccountServicesCreateOptions = {}): AccountServices {
    checkCall('AccountServices.create', undefined, options);
    checkServices({ node: { path: 'AccountServices.create' } }, 'serviceLinkedRoles', options.serviceLinkedRoles ?? []);
    return new AccountServices(scope => create(scope, options));
  }

  /**
   * Makes none of them and watches those that exist: findings and non-compliance are notified, and the trail's log group gets alarms.
   *
   * @param options which exist
   */
  public static adopt(options: AccountServicesAdoptOptions): AccountServices {
    checkCall('AccountServices.adopt', undefined, options);
    return new AccountServices(scope => adopt(scope, options));
  }

  /** Neither makes nor watches them: another stack of this account and region does. */
  public static leave(): AccountServices {
    return new AccountServices(() => ({}));
  }

  private constructor(
    /** @internal */
    public readonly _attach: (scope: Construct) => AttachedServices,
  ) {
  }
}

function create(scope: Construct, options: AccountServicesCreateOptions): AttachedServices {
  const serviceLinkedRole = options.configRole ?? ServiceLinkedRole.CREATE;
  requireOnce(scope, 'recorder, detector and trail', false, "take 'AccountServices.leave()' in one of them");
  if (serviceLinkedRole === ServiceLinkedRole.CREATE) {
    requireOnce(scope, 'the service-linked role of AWS Config', true, "give the second 'configRole: ServiceLinkedRole.EXISTING'");
  }
  for (const service of options.serviceLinkedRoles ?? []) {
    requireOnce(scope, `the service-linked role of ${service}`, true, "leave it out of 'serviceLinkedRoles' of one of them");
  }
  const auditKey = new CustomerManagedKey(scope, 'AuditKey', { description: 'Audit trail and configuration history' });
  return {
    auditKey,
    serviceRoles: makeServiceRoles(scope, options.serviceLinkedRoles ?? []),
    trail: new AuditTrail(scope, 'Trail', { encryptionKey: auditKey }),
    recorder: new ConfigRecorder(scope, 'Recorder', { encryptionKey: auditKey, serviceLinkedRole }),
    detection: new ThreatDetection(scope, 'Detection', { encryptionKey: auditKey }),
  };
}

function adopt(scope: Construct, options: AccountServicesAdoptOptions): AttachedServices {
  const { detectorId, trailLogGroupName } = options;
  return {
    configNotifications: new ConfigNotifications(scope, 'ConfigNotifications'),
    detection: new ThreatDetection(scope, 'Detection', { detector: ThreatDetection.fromDetectorId(scope, 'Detector', detectorId) }),
    alarms: trailLogGroupName === undefined
      ? undefined
      : new CisAlarms(scope, 'Alarms', { logGroup: logs.LogGroup.fromLogGroupName(scope, 'TrailLogs', trailLogGroupName) }),
  };
}
