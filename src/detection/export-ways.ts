// The ways to export findings: to a bucket that is made, to one that exists, and not at all.
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { FindingsStore } from './findings-destination';
import { FindingsDestination } from './findings-destination';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { declareFinding, OBJECT_LOCK_FINDING, REPLICATION_FINDINGS } from '../assurance/known-findings';
import { fail, Place } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { HardenedBucket } from '../foundation/hardened-bucket';
import { S3_LOGS_KEPT } from '../services/s3/controls';
import { checkKey, logRetention } from '../services/s3/settings';

/** What an export can be made of. */
export interface ExportOptions {
  readonly detectorId: string;
  /** The key that is given for a bucket that is made. */
  readonly encryptionKey?: kms.IKey;
  /** Gives the bucket that S3 logs requests to; called when a bucket is made. */
  readonly logBucket: () => s3.IBucket;
}

/** A way to export findings. */
export interface ExportWay {
  /** Refuses what can't be, before anything is made. */
  check(at: Place, encryptionKey: kms.IKey | undefined): void;
  /** Makes the export, if there is one. */
  attach(scope: Construct, id: string, options: ExportOptions): FindingsStore | undefined;
}

/** A bucket and a key of the construct's own. */
export class OwnBucket implements ExportWay {
  constructor(private readonly retention?: Duration) {
  }

  public check(at: Place, encryptionKey: kms.IKey | undefined): void {
    checkKey(at, encryptionKey);
    logRetention(at, this.retention);
  }

  public attach(scope: Construct, id: string, options: ExportOptions): FindingsStore {
    return new FindingsDestination(scope, id, {
      detectorId: options.detectorId,
      encryptionKey: at => options.encryptionKey ?? new CustomerManagedKey(at, 'Key', { description: 'Exported findings of GuardDuty' }),
      bucket: (at, key) => this.makeBucket(at, key, options.logBucket()),
    });
  }

  private makeBucket(scope: Construct, encryptionKey: kms.IKey, logBucket: s3.IBucket): s3.IBucket {
    const bucket = new HardenedBucket(scope, 'Bucket', {
      ...logRetention(scope, this.retention),
      encryptionKey: () => encryptionKey,
      logBucket,
      breakGlassPrincipals: [],
    });
    claim(bucket.node.defaultChild as s3.CfnBucket, S3_LOGS_KEPT);
    declareFinding(bucket, 'The bucket holds copies of findings that GuardDuty itself keeps for 90 days; '
      + 'a central bucket in another region can take their place.',
    ...REPLICATION_FINDINGS);
    declareFinding(bucket, 'The bucket policy denies deletions to everybody, and versions are kept; '
      + 'whether GuardDuty can write under Object Lock, AWS does not say.',
    OBJECT_LOCK_FINDING);
    declareJudged(bucket, 'The bucket policy denies deletions to everybody, and versions are kept; whether GuardDuty can write under '
      + 'Object Lock, AWS does not say.', 'Control-Tower-Guard::s3_bucket_object_lock_enabled_check');
    declareJudged(bucket, 'Only GuardDuty writes here, and it sends each finding through EventBridge, which is what notifies people.',
      'Control-Tower-Guard::s3_event_notifications_enabled_check');
    return bucket;
  }
}

function checkUnused(at: Place, encryptionKey: kms.IKey | undefined): void {
  if (encryptionKey) { fail(at, "'encryptionKey' has no use, as 'findingsExport' makes no bucket: leave it out"); }
}

/** A bucket and a key that exist. */
export class GivenBucket implements ExportWay {
  constructor(private readonly bucket: s3.IBucket, private readonly encryptionKey: kms.IKey) {
  }

  public check(at: Place, encryptionKey: kms.IKey | undefined): void {
    checkUnused(at, encryptionKey);
  }

  public attach(scope: Construct, id: string, options: ExportOptions): FindingsStore {
    return new FindingsDestination(scope, id, {
      detectorId: options.detectorId,
      encryptionKey: () => this.encryptionKey,
      bucket: () => this.bucket,
    });
  }
}

/** No export. */
export class NoExport implements ExportWay {
  public check(at: Place, encryptionKey: kms.IKey | undefined): void {
    checkUnused(at, encryptionKey);
  }

  public attach(): undefined {
    return undefined;
  }
}
