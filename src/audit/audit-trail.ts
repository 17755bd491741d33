import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CisAlarm, CisAlarms, CisPatternSet, CustomAlarm } from './cis-alarms';
import { DataEvents } from './data-events';
import { claim } from '../assurance/claims';
import { declareFinding, declareFindings } from '../assurance/known-findings';
import { SecurityWaivers } from '../assurance/security-waiver';
import { arn, nameStem, retainedName } from '../core/names';
import { daysOf, fail, requireList, requireRange } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { HardenedBucket } from '../foundation/hardened-bucket';
import { KeyAccess } from '../foundation/key-access';
import { retain, retainRole } from '../foundation/retention';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { serviceRole } from '../foundation/service-role';
import * as controls from '../services/cloudtrail/controls';
import * as grant from '../services/s3/statements';

/** What CloudTrail Insights looks for. */
export enum TrailInsight {
  /** Unusual rates of API calls that change something. */
  API_CALL_RATE = 'ApiCallRateInsight',
  /** Unusual rates of errors. */
  API_ERROR_RATE = 'ApiErrorRateInsight',
}

/** Properties of an audit trail. */
export interface AuditTrailProps extends HardenedProps {
  /**
   * The key for the log files. It must allow `KeyAccess.cloudTrail` and `KeyAccess.s3` if it is imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The bucket for the access logs of the trail's bucket.
   *
   * @default - the log bucket of the security foundation
   */
  readonly logBucket?: s3.IBucket;

  /**
   * The topic that alarms notify.
   *
   * @default - the topic of the security foundation
   */
  readonly topic?: sns.ITopic;

  /**
   * How long Object Lock keeps each log file, in governance mode. Less than a year needs a waiver of `S3-11`.
   *
   * @default Duration.days(365), no lock in a disposable scope
   */
  readonly objectLock?: Duration;

  /**
   * When log files expire, from a year to a hundred, and not before the lock lets them.
   *
   * @default - never; after 7 days in a disposable scope if given at all
   */
  readonly expiration?: Duration;

  /**
   * ARNs of the principals that may delete log files which the lock no longer holds, for example a break-glass role.
   *
   * @default - nobody
   */
  readonly deletionsOnlyBy?: string[];

  /**
   * How long events stay in the log group. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * What is recorded besides all management events. Without `DataEvents.s3Objects` it needs a waiver of `TRL-07`.
   *
   * @default - reads and writes of objects in all buckets but the log buckets
   */
  readonly dataEvents?: DataEvents[];

  /**
   * What CloudTrail Insights looks for. Less than both needs a waiver of `TRL-08`.
   *
   * @default - both
   */
  readonly insights?: TrailInsight[];

  /**
   * Whose text the filters of the alarms have.
   *
   * @default CisPatternSet.CIS
   */
  readonly patternSet?: CisPatternSet;

  /**
   * Alarms to leave out. Each needs a waiver, of `TRL-10.3` for the benchmark's 5.3 and so on.
   *
   * @default - none
   */
  readonly disabledAlarms?: CisAlarm[];

  /**
   * Alarms besides those of the benchmark.
   *
   * @default - none
   */
  readonly customAlarms?: CustomAlarm[];
}

/**
 * The account's record of who did what, in every region, that an intruder can neither stop unseen nor delete.
 *
 * Log files are signed, encrypted with a customer managed key and locked for a year; what matters sets off an alarm within
 * minutes (`CisAlarms`). Trail, bucket and log group outlive the stack; role and alarms go with it. One trail for each account
 * is enough: the first copy of management events is free.
 *
 * Answers CIS 4.1, 4.2, 4.4, 4.5, 4.8, 4.9 and 5.1-5.15, FSBP CloudTrail.1-CloudTrail.7, NIST AU-2, AU-9 and AU-12, PCI 10.2-10.5.
 */
export class AuditTrail extends Construct {
  /** The trail. */
  public readonly trail: cloudtrail.CfnTrail;

  /** ARN of the trail, made of its name: a policy that names it does not refer to the trail. */
  public readonly trailArn: string;

  /** The bucket of the log files. */
  public readonly bucket: s3.Bucket;

  /** The key of the log files. */
  public readonly encryptionKey: kms.IKey;

  /** The log group of the events. */
  public readonly logGroup: logs.LogGroup;

  /** The alarms. */
  public readonly alarms: CisAlarms;

  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);
    const objectLock = props.objectLock ?? Duration.days(365);
    const foundation = props.foundation ?? SecurityFoundation.of(this);
    const logBucket = props.logBucket ?? foundation.logBucket.bucket;
    const insights = props.insights ?? [TrailInsight.API_CALL_RATE, TrailInsight.API_ERROR_RATE];
    const dataEvents = props.dataEvents ?? [DataEvents.s3Objects()];
    requireList(this, 'insights', props.insights);
    requireRange(this, 'objectLock', daysOf(objectLock), 1, 36500, 'days');
    requireRange(this, 'expiration', daysOf(props.expiration), 365, 36500, 'days');
    if ((daysOf(props.expiration) ?? Infinity) < (daysOf(objectLock) ?? 0)) {
      fail(this, `'expiration' is ${daysOf(props.expiration)} days, less than the ${daysOf(objectLock)} of 'objectLock': locked log files would only be hidden, so give as many or more`);
    }

    const trailName = retainedName(() => this.trail, { maxLength: 128 });
    this.trailArn = arn('cloudtrail', `trail/${trailName}`);
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Audit records' }).key;
    const near = Stack.of(this.encryptionKey) === Stack.of(this);
    KeyAccess.cloudTrail(near ? trailName : `${nameStem(() => this.trail, { maxLength: 115 })}-*`).allowOn(this.encryptionKey);
    KeyAccess.s3().allowOn(this.encryptionKey);
    this.bucket = new HardenedBucket(this, 'Bucket', {
      encryptionKey: this.encryptionKey,
      logBucket,
      objectLock,
      expiration: props.expiration,
      noncurrentExpiration: Duration.days(365),
      deletionsOnlyBy: props.deletionsOnlyBy ?? [],
      plainWriter: 'cloudtrail.amazonaws.com', // digest files, by one reading of the user guide
    }).bucket;
    grant.cloudTrail(this.bucket.bucketArn, this.trailArn).forEach(s => this.bucket.addToResourcePolicy(s));

    declareFinding(this.bucket, 'Nobody can delete the records and Object Lock holds them. A copy in another region or account is a decision about where records may be.',
      'HIPAA.Security-S3BucketReplicationEnabled', 'NIST.800.53.R4-S3BucketReplicationEnabled', 'NIST.800.53.R5-S3BucketReplicationEnabled',
      'PCI.DSS.321-S3BucketReplicationEnabled');

    this.logGroup = new EncryptedLogGroup(this, 'LogGroup', { foundation, retention: props.logRetention }).logGroup;
    const role = this.deliveryRole();
    this.trail = new cloudtrail.CfnTrail(this, 'Resource', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      kmsKeyId: this.encryptionKey.keyArn,
      s3BucketName: this.bucket.bucketName,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: [
        { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
        ...dataEvents.map(e => e._selector([this.bucket, logBucket])),
      ],
      insightSelectors: insights.map(insightType => ({ insightType })),
    });
    this.trail.node.addDependency(this.bucket.policy!, role.node.findChild('Policy'));

    retain(this.trail);
    claim(this.trail, controls.TRAIL_LOGGING, controls.TRAIL_ALL_REGIONS, controls.TRAIL_GLOBAL_SERVICES, controls.TRAIL_MANAGEMENT_EVENTS,
      controls.TRAIL_VALIDATED, controls.TRAIL_ENCRYPTED, controls.TRAIL_TO_LOGS, controls.TRAIL_BUCKET_LOCKED, controls.TRAIL_BUCKET_POLICY,
      controls.TRAIL_S3_EVENTS, controls.TRAIL_INSIGHTS);
    this.alarms = new CisAlarms(this, 'Alarms', {
      foundation,
      logGroup: this.logGroup,
      topic: props.topic,
      patternSet: props.patternSet,
      disabledAlarms: props.disabledAlarms,
      customAlarms: props.customAlarms,
    });
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  private deliveryRole(): iam.Role {
    const stream = `log-group:${this.logGroup.logGroupName}:log-stream:${Aws.ACCOUNT_ID}_CloudTrail_${Aws.REGION}*`;
    const role = serviceRole(this, 'LogsRole', {
      description: 'CloudTrail delivers events to CloudWatch Logs',
      service: 'cloudtrail.amazonaws.com',
      sourceArn: this.trailArn,
      statements: [new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [arn('logs', stream)] })],
    });
    retainRole(role);
    const logGroup = this.logGroup.node.defaultChild as logs.CfnLogGroup;
    declareFindings(role, 'CloudTrail numbers its streams; account, region and log group are named, so that the * stands for the number only.', () => [
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:<${Stack.of(this).resolve(logGroup.logicalId)}>`
        + ':log-stream:<AWS::AccountId>_CloudTrail_<AWS::Region>*]',
    ]);
    return role;
  }
}
