/** What GuardDuty watches besides CloudTrail, VPC flow logs and DNS logs, which it always does. */
export enum ThreatFeature {
  /** Calls on objects in S3. */
  S3_DATA_EVENTS = 'S3_DATA_EVENTS',

  /** Audit logs of EKS clusters. */
  EKS_AUDIT_LOGS = 'EKS_AUDIT_LOGS',

  /** Malware on the EBS volumes of instances and containers that behave suspiciously. */
  EBS_MALWARE_PROTECTION = 'EBS_MALWARE_PROTECTION',

  /** Logins to Aurora and RDS databases. */
  RDS_LOGIN_EVENTS = 'RDS_LOGIN_EVENTS',

  /** The network traffic of Lambda functions. */
  LAMBDA_NETWORK_LOGS = 'LAMBDA_NETWORK_LOGS',

  /**
   * What runs on instances, in Fargate tasks and in EKS clusters, by an agent that GuardDuty manages in all three.
   *
   * Fargate tasks need a `guardduty-data` endpoint that their security groups let them reach, and an execution role that may
   * pull the agent; instances must be managed by Systems Manager. Without that GuardDuty shows them as not covered.
   */
  RUNTIME_MONITORING = 'RUNTIME_MONITORING',

  /** The use of AI services. Not in every region. */
  AI_PROTECTION = 'AI_PROTECTION',

  /** The analysis of findings by an AI service. Not in every region. */
  AI_ANALYST = 'AI_ANALYST',
}
