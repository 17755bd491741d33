// The record of who did what.
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Resource, Stack } from 'aws-cdk-lib/core';
import type { aws_cloudtrail as refs } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { CisAlarm, CisAlarms, CisPatternSet, CustomAlarm } from './cis-alarms';
import { DataEvents } from './data-events';
import { admit, claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { declareFinding, declareFindings, REPLICATION_FINDINGS } from '../assurance/known-findings';
import { waive } from '../assurance/security-waiver';
import { checkNew } from '../core/arguments';
import { arn, nameStem, retainedName } from '../core/names';
import { arnsOf } from '../core/principals';
import type { Place } from '../core/validate';
import { place } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { HardenedBucket } from '../foundation/hardened-bucket';
import { KeyAccess } from '../foundation/key-access';
import { retain, retainRole } from '../foundation/retention';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { serviceRole } from '../foundation/service-role';
import * as controls from '../services/cloudtrail/controls';
import * as settings from '../services/cloudtrail/settings';
import { deliver } from '../services/cloudtrail/statements';
import { TRAIL_TELLS_OURS, TRAIL_WATCHED } from '../services/cloudtrail/touch-controls';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';
import { checkKey } from '../services/s3/settings';
import * as grant from '../services/s3/statements';

/** Properties of an audit trail. */
export interface AuditTrailProps extends HardenedProps {
  /**
   * The name. Two trails of a region need two. It is part of policies: another name is another trail.
   *
   * @default - made of the stack's name, the trail's logical ID and a part that differs each time the stack is created
   */
  readonly trailName?: string;

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
   * Who may delete log files that the lock no longer holds, for example a break-glass role.
   *
   * @default - nobody
   */
  readonly breakGlassPrincipals?: iam.IPrincipal[];

  /**
   * How long events stay in the log group. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly cloudWatchLogsRetention?: logs.RetentionDays;

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
  readonly insightTypes?: cloudtrail.InsightType[];

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
 * It is passed where the CDK takes an `ITrailRef`.
 *
 * Answers CIS 4.1, 4.2, 4.4, 4.5, 4.8, 4.9 and 5.1-5.15, FSBP CloudTrail.1-CloudTrail.7, NIST AU-2, AU-9 and AU-12, PCI 10.2-10.5.
 */
export class AuditTrail extends Resource implements refs.ITrailRef {
  /** The name. */
  public readonly trailName: string;

  /** The ARN. */
  public readonly trailArn: string;

  /** The bucket of the log files. */
  public readonly bucket: s3.Bucket;

  /** The key of the log files. */
  public readonly encryptionKey: kms.IKey;

  /** The log group of the events. */
  public readonly logGroup: logs.LogGroup;

  /** The alarms. */
  public readonly alarms: CisAlarms;

  private readonly resource: cloudtrail.CfnTrail;

  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    checkNew('AuditTrail', scope, id, props);
    const at = place(scope, id);
    const hardened = settings.trail(at, props);
    const logFiles = settings.logFiles(at, props);
    checkProps(at, props);
    const foundation = props.foundation ?? SecurityFoundation.of(scope);
    const topic = props.topic ?? foundation.topic;
    const logBucket = props.logBucket ?? foundation.logBucket;
    super(scope, id, { physicalName: props.trailName });

    // In policies the trail goes by a name that is text: a reference to the trail, which waits for them, would be a circle.
    const name = props.trailName ?? retainedName(() => this.resource, { maxLength: settings.NAME_LENGTH });
    const sourceArn = arn('cloudtrail', `trail/${name}`);
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Audit records' });
    this.letIn(name, props.trailName !== undefined);
    KeyAccess.s3().allowOn(this.encryptionKey);
    this.bucket = new HardenedBucket(this, 'Bucket', {
      ...logFiles,
      encryptionKey: () => this.encryptionKey,
      logBucket,
      breakGlassPrincipals: props.breakGlassPrincipals ?? [],
    });
    grant.cloudTrail(this.bucket.bucketArn, sourceArn).forEach(s => this.bucket.addToResourcePolicy(s));
    declareOfRecords(this.bucket);

    this.logGroup = new EncryptedLogGroup(this, 'LogGroup', { foundation, retention: props.cloudWatchLogsRetention });
    const role = this.deliveryRole(sourceArn);
    const logBuckets = [this.bucket, logBucket];
    const dataEvents = props.dataEvents?.map(e => e._selector(logBuckets));
    this.resource = new cloudtrail.CfnTrail(this, 'Resource', {
      ...hardened,
      trailName: name,
      kmsKeyId: this.encryptionKey.keyArn,
      s3BucketName: this.bucket.bucketName,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.roleArn,
      advancedEventSelectors: settings.eventSelectors(logBuckets.map(b => b.bucketArn), dataEvents),
    });
    this.leaveOut(logBucket, props.dataEvents ?? []);
    this.resource.node.addDependency(this.bucket.policy!, role.node.findChild('Policy'));
    this.trailName = this.getResourceNameAttribute(this.resource.ref);
    this.trailArn = this.getResourceArnAttribute(this.resource.attrArn,
      { service: 'cloudtrail', resource: 'trail', resourceName: this.physicalName });
    this.claim();
    this.alarms = this.watch(topic, foundation, props);
    waive(this, props.waivers);
  }

  /** What the CDK's constructs need of a trail. */
  public get trailRef(): refs.TrailReference {
    return this.resource.trailRef;
  }

  /** The key of another stack can't name the trail exactly: the end of the name is known in this stack only, unless it is given. */
  private letIn(name: string, given: boolean): void {
    const near = given || Stack.of(this.encryptionKey) === Stack.of(this);
    const pattern = `${nameStem(() => this.resource, { maxLength: settings.STEM_LENGTH })}-*`;
    KeyAccess.cloudTrail(near ? name : pattern).allowOn(this.encryptionKey);
  }

  /** Writes down which buckets are left out of the events, but for those that the self-check recognises in the stack. */
  private leaveOut(logBucket: s3.IBucket, dataEvents: DataEvents[]): void {
    const isNear = Resource.isOwnedResource(logBucket) && Stack.of(logBucket) === Stack.of(this);
    const others = [...isNear ? [] : [logBucket], ...dataEvents.flatMap(e => e._except)];
    if (others.length > 0) { admit(this.resource, ...others.map(b => settings.objectsOf(b.bucketArn))); }
  }

  private deliveryRole(sourceArn: string): iam.Role {
    const role = serviceRole(this, 'LogsRole', {
      description: 'CloudTrail delivers events to CloudWatch Logs',
      service: 'cloudtrail.amazonaws.com',
      sourceArn,
      statements: [deliver(this.logGroup.logGroupName)],
    });
    retainRole(role);
    const logGroup = this.logGroup.node.defaultChild as logs.CfnLogGroup;
    const group = () => `<${Stack.of(this).resolve(logGroup.logicalId)}>`;
    declareFindings(role,
      'CloudTrail numbers its streams; account, region and log group are named, so that the * stands for the number only.',
      () => [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${group()}`
        + ':log-stream:<AWS::AccountId>_CloudTrail_<AWS::Region>*]']);
    return role;
  }

  private claim(): void {
    retain(this.resource);
    claim(this.resource, controls.TRAIL_LOGGING, controls.TRAIL_ALL_REGIONS, controls.TRAIL_GLOBAL_SERVICES,
      controls.TRAIL_MANAGEMENT_EVENTS, controls.TRAIL_VALIDATED, controls.TRAIL_ENCRYPTED, controls.TRAIL_TO_LOGS,
      controls.TRAIL_BUCKET_LOCKED, controls.TRAIL_BUCKET_POLICY, controls.TRAIL_S3_EVENTS, controls.TRAIL_INSIGHTS,
      TRAIL_WATCHED, TRAIL_TELLS_OURS, GEN_NOBODY_MANAGES);
  }

  private watch(topic: sns.ITopic, foundation: SecurityFoundation, props: AuditTrailProps): CisAlarms {
    return new CisAlarms(this, 'Alarms', {
      foundation,
      logGroup: this.logGroup,
      topic,
      patternSet: props.patternSet,
      disabledAlarms: props.disabledAlarms,
      customAlarms: props.customAlarms,
    });
  }
}

/** Before anything is made. */
function checkProps(at: Place, props: AuditTrailProps): void {
  CisAlarms._resolve(at, props);
  checkKey(at, props.encryptionKey);
  arnsOf(at, 'breakGlassPrincipals', props.breakGlassPrincipals);
}

/** What judges find on the bucket of the records. */
function declareOfRecords(bucket: s3.Bucket): void {
  declareFinding(bucket, 'Nobody can delete the records and Object Lock holds them. '
    + 'A copy in another region or account is a decision about where records may be.', ...REPLICATION_FINDINGS);
  declareJudged(bucket, 'Only CloudTrail writes here, and what it writes goes to CloudWatch Logs at the same time, where alarms '
    + 'read it.', 'Control-Tower-Guard::s3_event_notifications_enabled_check');
}
