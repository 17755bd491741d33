// What GuardDuty can watch.
import * as settings from '../services/guardduty/settings';

/** What GuardDuty watches besides CloudTrail, VPC flow logs and DNS logs, which it always does. */
export class ThreatFeature {
  /** Calls on objects in S3. */
  public static readonly S3_DATA_EVENTS = new ThreatFeature(settings.feature('S3_DATA_EVENTS'));

  /** Audit logs of EKS clusters. */
  public static readonly EKS_AUDIT_LOGS = new ThreatFeature(settings.feature('EKS_AUDIT_LOGS'));

  /** Malware on the EBS volumes of instances and containers that behave suspiciously. */
  public static readonly EBS_MALWARE_PROTECTION = new ThreatFeature(settings.feature('EBS_MALWARE_PROTECTION'));

  /** Logins to Aurora and RDS databases. */
  public static readonly RDS_LOGIN_EVENTS = new ThreatFeature(settings.feature('RDS_LOGIN_EVENTS'));

  /** The network traffic of Lambda functions. */
  public static readonly LAMBDA_NETWORK_LOGS = new ThreatFeature(settings.feature('LAMBDA_NETWORK_LOGS'));

  /**
   * What runs on instances, in Fargate tasks and in EKS clusters, by an agent that GuardDuty manages in all three.
   *
   * Fargate tasks need a `guardduty-data` endpoint that their security groups let them reach, and an execution role that may
   * pull the agent; instances must be managed by Systems Manager. Without that GuardDuty shows them as not covered.
   */
  public static readonly RUNTIME_MONITORING = new ThreatFeature(settings.runtimeMonitoring());

  /** The use of AI services. Not in every region. */
  public static readonly AI_PROTECTION = new ThreatFeature(settings.feature('AI_PROTECTION'));

  /** The analysis of findings by an AI service. Not in every region. */
  public static readonly AI_ANALYST = new ThreatFeature(settings.feature('AI_ANALYST'));

  private constructor(
    /** @internal */
    public readonly _feature: settings.Feature,
  ) {
  }
}
