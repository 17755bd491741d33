import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type * as regionInfo from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { HardenedBucket } from './hardened-bucket';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { declareFinding, OBJECT_LOCK_FINDING, REPLICATION_FINDINGS } from '../assurance/known-findings';
import { SecurityWaiver, waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { fail, place } from '../core/validate';
import { bound } from '../services/s3/cdk-statements';
import { S3_LOGS_KEPT } from '../services/s3/controls';
import * as settings from '../services/s3/settings';
import { loadBalancerLogs } from '../services/s3/statements';

/** Properties of a log bucket. */
export interface LogBucketProps {
  /**
   * How long logs are kept, from 90 days to 10 years. In a disposable scope it is always 7 days.
   *
   * @default Duration.days(365)
   */
  readonly retention?: Duration;

  /**
   * Who may delete logs before their time: for example a break-glass role, `new iam.ArnPrincipal(ARN)`.
   *
   * @default - nobody
   */
  readonly breakGlassPrincipals?: iam.IPrincipal[];

  /**
   * Controls to do without, each with a reason.
   *
   * @default - none
   */
  readonly waivers?: SecurityWaiver[];
}

/**
 * The bucket for the logs of services that can write under SSE-S3 only: S3's access logs and the logs of load balancers.
 *
 * Nobody deletes from it before the retention is over; it takes each writer from this account only. It is not logged itself:
 * that would never end.
 *
 * It is an `s3.Bucket`, and the `serverAccessLogsBucket` of other buckets. `fromBucketName` and its like return a plain bucket, as they
 * do there.
 *
 * Answers FSBP S3.9 and ELB.5, NIST AU-9, PCI 10.3.
 */
export class LogBucket extends HardenedBucket {
  /**
   * Lets the account's load balancers write to a bucket under `elb/NAME/`. Fails on a bucket whose key they can't use.
   *
   * @param bucket the bucket
   */
  public static acceptLoadBalancerLogs(bucket: s3.IBucket): void {
    checkCall('LogBucket.acceptLoadBalancerLogs', undefined, bucket);
    if (bucket.encryptionKey) {
      fail(bucket, "'logBucket' is encrypted with a KMS key, under which load balancers can't write: take a LogBucket");
    }
    bucket.addToResourcePolicy(loadBalancerLogs(bucket.bucketArn, settings.LOAD_BALANCER_PREFIX));
  }

  constructor(scope: Construct, id: string, props: LogBucketProps = {}) {
    checkNew('LogBucket', scope, id, props);
    super(scope, id, {
      ...settings.logRetention(place(scope, id), props.retention),
      breakGlassPrincipals: props.breakGlassPrincipals ?? [],
    });
    claim(this.node.defaultChild as s3.CfnBucket, S3_LOGS_KEPT);
    waive(this, props.waivers);
    this.declareFindings();
  }

  /**
   * Adds a statement to the bucket's policy. What `logAccessLogs` of a load balancer of the CDK writes is bound to this account.
   *
   * @inheritdoc
   */
  public override addToResourcePolicy(permission: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkCall('LogBucket.addToResourcePolicy', this, permission);
    return super.addToResourcePolicy(bound(permission, isOfBalancers));
  }

  private declareFindings(): void {
    const unlogged = 'This bucket takes the access logs of the others; logging it to itself would never end, and to another would '
      + 'only move the question.';
    declareFinding(this, unlogged, 'AwsSolutions-S1', 'NIST.800.53.R4-S3BucketLoggingEnabled', 'NIST.800.53.R5-S3BucketLoggingEnabled',
      'HIPAA.Security-S3BucketLoggingEnabled', 'PCI.DSS.321-S3BucketLoggingEnabled');
    declareFinding(this, 'S3 and Elastic Load Balancing deliver logs to buckets under SSE-S3 only; under a KMS key the delivery fails.',
      'NIST.800.53.R5-S3DefaultEncryptionKMS', 'HIPAA.Security-S3DefaultEncryptionKMS', 'PCI.DSS.321-S3DefaultEncryptionKMS');
    declareFinding(this, 'S3 writes no access logs to a bucket with Object Lock; versions and a denial of all deletions guard the '
      + 'logs here.',
    OBJECT_LOCK_FINDING);
    declareJudged(this, unlogged, 'Control-Tower-Guard::s3_bucket_logging_enabled_check', 'checkov::CKV_AWS_18');
    declareJudged(this, 'S3 and Elastic Load Balancing deliver logs to buckets under SSE-S3 only; under a KMS key the delivery fails.',
      'Control-Tower-Guard::s3_bucket_default_encryption_kms_check');
    declareJudged(this, 'S3 writes no access logs to a bucket with Object Lock; versions and a denial of all deletions guard the logs '
      + 'here.', 'Control-Tower-Guard::s3_bucket_object_lock_enabled_check');
    declareJudged(this, 'Nobody acts on the arrival of an access log; an event for each of them would be noise around the changes that '
      + 'matter.', 'Control-Tower-Guard::s3_event_notifications_enabled_check');
    declareFinding(this, 'The logs describe what runs in this Region, and no recovery needs them; versions and a denial of all '
      + 'deletions guard them here.',
    ...REPLICATION_FINDINGS);
  }
}

/** Whether Elastic Load Balancing writes from an account. The table takes long to load, so only a statement for an account asks. */
function isOfBalancers(account: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { RegionInfo }: typeof regionInfo = require('aws-cdk-lib/region-info');
  return RegionInfo.regions.some(r => r.elbv2Account === account);
}
