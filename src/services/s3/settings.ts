// The hardened values of a bucket.
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { nameStem } from '../../core/names';
import type { Place } from '../../core/validate';
import { daysOf, fail, requireDays, requireList } from '../../core/validate';

/** What may differ between buckets. Everything else is the same for all. */
export interface BucketOptions {
  /** After how long objects expire. */
  readonly expiration?: Duration;
  /** After how long old versions expire. */
  readonly noncurrentExpiration?: Duration;
  /** Locks each object for this long, in governance mode. */
  readonly objectLock?: Duration;
  readonly transitions?: s3.Transition[];
  /** Whether the events of objects go to EventBridge. */
  readonly eventBridge?: boolean;
  /** Whether the bucket may be thrown away: kept for days, not locked. */
  readonly disposable?: boolean;
}

/** Refuses what S3 refuses. */
export function checkBucket(at: Place, options: BucketOptions): void {
  requireDays(at, 'noncurrentExpiration', options.noncurrentExpiration, 1, 3650);
  requireDays(at, 'expiration', options.expiration, 1, 36500);
  requireDays(at, 'objectLock', options.objectLock, 1, 36500);
  checkTransitions(at, options);
}

/**
 * Classes that S3 moves objects to after 30 days at the soonest.
 *
 * Source: S3 user guide, "Transitioning objects using Amazon S3 Lifecycle".
 */
const AFTER_30_DAYS: readonly string[] = [s3.StorageClass.INFREQUENT_ACCESS.value, s3.StorageClass.ONE_ZONE_INFREQUENT_ACCESS.value];

function checkTransitions(at: Place, { transitions, expiration }: BucketOptions): void {
  requireList(at, 'transitions', transitions);
  const classes = (transitions ?? []).map(({ storageClass, transitionAfter, transitionDate }, i) => {
    const prop = `transitions[${i}]`;
    const name = storageClass?.value;
    if ((transitionAfter === undefined) === (transitionDate === undefined)) {
      const has = transitionAfter ? "both 'transitionAfter' and" : "neither 'transitionAfter' nor";
      fail(at, `'${prop}' has ${has} 'transitionDate': give one of them`);
    }
    requireDays(at, `${prop}.transitionAfter`, transitionAfter, AFTER_30_DAYS.includes(name) ? 30 : 0, 36500);
    const [after, end] = [daysOf(transitionAfter), daysOf(expiration)];
    if (after !== undefined && end !== undefined && after >= end) {
      fail(at, `'${prop}' moves objects to ${name} after ${after} days, and they expire after ${end}: S3 refuses that, `
        + 'so move them sooner');
    }
    return name;
  });
  const twice = classes.find((name, i) => classes.indexOf(name) < i);
  if (twice !== undefined) { fail(at, `'transitions' moves objects to ${twice} twice: name it once`); }
}

/** Refuses a key by its alias. */
export function checkKey(at: Place, key: kms.IKey | undefined): void {
  if (key && ('aliasName' in key || key.keyArn.includes(':alias/'))) {
    const alias = key.keyArn.split(':').pop();
    fail(at, `'encryptionKey' is the alias '${alias}': S3 compares keys by their ARN, so give the key that the alias stands for`);
  }
}

/** What the L2 has to be given: what it renders when the template is made, or remembers. */
export function bucketProps(options: BucketOptions): s3.BucketProps {
  const noncurrentExpiration = options.noncurrentExpiration ?? Duration.days(90);
  return {
    blockPublicAccess: new s3.BlockPublicAccess({
      blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true,
    }),
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    versioned: true,
    enforceSSL: false, // statements of our own say it, with identifiers
    lifecycleRules: [
      {
        id: 'AbortUploadsAndExpireVersions',
        abortIncompleteMultipartUploadAfter: Duration.days(7),
        noncurrentVersionExpiration: options.disposable ? Duration.days(1) : noncurrentExpiration,
        transitions: options.transitions,
      },
      options.expiration
        ? { id: 'Expire', expiration: options.disposable ? Duration.days(7) : options.expiration }
        : { id: 'RemoveDeleteMarkers', expiredObjectDeleteMarker: true },
    ],
  };
}

/** A private, versioned bucket without ACLs. */
export function bucket(options: BucketOptions): Partial<s3.CfnBucketProps> {
  const locked = options.objectLock !== undefined && !options.disposable;
  return {
    accessControl: undefined,
    websiteConfiguration: undefined,
    publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    versioningConfiguration: { status: 'Enabled' },
    objectLockEnabled: locked ? true : undefined,
    objectLockConfiguration: locked
      ? { objectLockEnabled: 'Enabled', rule: { defaultRetention: { mode: 'GOVERNANCE', days: options.objectLock.toDays() } } }
      : undefined,
  };
}

/** Encryption under a customer managed key, or under the key of S3, the only one that log writers can use. */
export function encryption(keyArn: string | undefined): Partial<s3.CfnBucketProps> {
  return {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{
        blockedEncryptionTypes: { encryptionType: ['SSE-C'] },
        bucketKeyEnabled: keyArn === undefined ? undefined : true,
        serverSideEncryptionByDefault: keyArn === undefined
          ? { sseAlgorithm: 'AES256' }
          : { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
      }],
    },
  };
}

/** Events of objects to EventBridge, without the Lambda function by which the CDK sets it. */
export function events(eventBridge: boolean): Partial<s3.CfnBucketProps> {
  return { notificationConfiguration: eventBridge ? { eventBridgeConfiguration: { eventBridgeEnabled: true } } : undefined };
}

/** Whether events go to EventBridge where nothing is said. */
export const EVENT_BRIDGE = true;

/** Under what S3 writes access logs. */
export const ACCESS_LOG_PREFIX = 's3/';

/** Access logs, by the day of the event, under a name that the bucket keeps when it moves. */
export function accessLogs(logBucketName: string, source: () => s3.CfnBucket): Partial<s3.CfnBucketProps> {
  return {
    loggingConfiguration: {
      destinationBucketName: logBucketName,
      logFilePrefix: `${ACCESS_LOG_PREFIX}${nameStem(source, { maxLength: 128 })}/`,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    },
  };
}

/** Under what load balancers write their logs. */
export const LOAD_BALANCER_PREFIX = 'elb';

/** How long a log bucket keeps logs, and old versions of them. */
export function logRetention(at: Place, retention: Duration | undefined): Pick<BucketOptions, 'expiration' | 'noncurrentExpiration'> {
  const expiration = retention ?? Duration.days(365);
  requireDays(at, 'retention', expiration, 90, 3650);
  return { expiration, noncurrentExpiration: Duration.days(30) };
}

/** Whether a bucket keeps what it has for a year at least. */
export function keepsRecords({ expiration }: BucketOptions): boolean {
  return expiration === undefined || expiration.toDays() >= 365;
}
