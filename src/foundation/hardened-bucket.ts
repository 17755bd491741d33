import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { retain } from './retention';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { fail } from '../core/validate';
import { GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY } from '../services/general/controls';
import * as controls from '../services/s3/controls';
import * as grant from '../services/s3/statements';

/** What differs between our buckets. Everything else is the same for all and can't be asked for. */
export interface HardenedBucketOptions {
  /** The key, or undefined for SSE-S3: log writers can use no other. */
  readonly encryptionKey?: kms.IKey;
  /** Where S3 logs the requests; undefined only for the log bucket itself. */
  readonly logBucket?: s3.IBucket;
  /** After how long objects expire. */
  readonly expiration?: Duration;
  /** After how long old versions expire. */
  readonly noncurrentExpiration: Duration;
  /** Locks each object for this long, in governance mode. */
  readonly objectLock?: Duration;
  /** Denies deletions to everybody but these principals, by ARN. */
  readonly deletionsOnlyBy?: string[];
  /** A service that encrypts some of its objects with SSE-S3 and can do no other. */
  readonly plainWriter?: string;
  readonly transitions?: s3.Transition[];
  /** Sends the events of objects to EventBridge. */
  readonly eventBridge?: boolean;
}

/** The bucket that every bucket of the library is: private, versioned, encrypted, TLS only, logged, retained. */
export class HardenedBucket extends Construct {
  public readonly bucket: s3.Bucket;

  constructor(scope: Construct, id: string, options: HardenedBucketOptions) {
    super(scope, id);
    const disposable = Disposable.isDisposable(this);
    const byAlias = options.encryptionKey && ('aliasName' in options.encryptionKey || options.encryptionKey.keyArn.includes(':alias/'));
    if (byAlias) {
      fail(this, `'encryptionKey' is the alias '${options.encryptionKey.keyArn.split(':').pop()}': S3 compares keys by their ARN, so give the key that the alias stands for`);
    }
    this.bucket = new s3.Bucket(this, 'Resource', {
      encryption: options.encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey: options.encryptionKey,
      bucketKeyEnabled: options.encryptionKey !== undefined ? true : undefined,
      blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
      blockPublicAccess: new s3.BlockPublicAccess({
        blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true,
      }),
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      enforceSSL: false, // the statements below say it, with identifiers of their own
      objectLockEnabled: options.objectLock && !disposable ? true : undefined,
      lifecycleRules: [
        {
          id: 'AbortUploadsAndExpireVersions',
          abortIncompleteMultipartUploadAfter: Duration.days(7),
          noncurrentVersionExpiration: disposable ? Duration.days(1) : options.noncurrentExpiration,
          transitions: options.transitions,
        },
        options.expiration
          ? { id: 'Expire', expiration: disposable ? Duration.days(7) : options.expiration }
          : { id: 'RemoveDeleteMarkers', expiredObjectDeleteMarker: true },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const { bucketArn } = this.bucket;
    const statements = [
      ...grant.tls(bucketArn),
      ...options.encryptionKey ? grant.writeGuards(bucketArn, options.encryptionKey.keyArn, options.plainWriter) : [],
      ...options.deletionsOnlyBy && !disposable ? [grant.noDeletions(bucketArn, options.deletionsOnlyBy)] : [],
    ];
    statements.forEach(s => this.bucket.addToResourcePolicy(s));
    if (options.objectLock && !disposable) { this.lock(options.objectLock); }
    if (options.eventBridge) { this.sendEvents(); }
    this.logTo(options.logBucket);
    this.claim(options);
  }

  private lock(retention: Duration): void {
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    // By the L1: the L2 reads the days of a token, and fails.
    resource.objectLockConfiguration = { objectLockEnabled: 'Enabled', rule: { defaultRetention: { mode: 'GOVERNANCE', days: retention.toDays() } } };
  }

  private sendEvents(): void {
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    // By the L1: the L2 would make a Lambda function to set it.
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    claim(resource, controls.S3_EVENTS);
  }

  private logTo(logBucket: s3.IBucket | undefined): void {
    if (!logBucket) { return; }
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    // By the L1: the L2 grants by an ACL, by a policy or not at all, depending on the feature flags.
    resource.loggingConfiguration = {
      destinationBucketName: logBucket.bucketName,
      logFilePrefix: `s3/${this.node.addr}/`,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
    };
    acceptAccessLogs(logBucket, this.bucket);
  }

  private claim(options: HardenedBucketOptions): void {
    const resource = this.bucket.node.defaultChild as s3.CfnBucket;
    retain(resource);
    claim(resource, controls.S3_NO_SSE_C, controls.S3_BLOCK_PUBLIC, controls.S3_NO_ACLS, controls.S3_VERSIONED, controls.S3_OLD_VERSIONS,
      controls.S3_LIFECYCLE, controls.S3_TLS_ONLY, controls.S3_TLS_12, controls.S3_NO_FOREIGN_CONTROL, controls.S3_NO_PUBLIC_STATEMENT);
    claim(resource, ...options.encryptionKey ? [controls.S3_CMK, controls.S3_WRITE_GUARDS] : [controls.S3_SSE_S3]);
    if (options.logBucket) { claim(resource, controls.S3_ACCESS_LOGS); }
    if (options.objectLock) { claim(resource, controls.S3_OBJECT_LOCK); }
    if (options.deletionsOnlyBy) { claim(resource, controls.S3_DELETE_DENIED); }
    const policy = this.bucket.policy!.node.defaultChild as s3.CfnBucketPolicy;
    retain(policy);
    claim(policy, GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY);
  }
}

/**
 * Lets S3 log the requests to a bucket. In one stack the policy names the bucket; across stacks that would be a circle, and
 * the account has to do.
 */
export function acceptAccessLogs(logBucket: s3.IBucket, source: s3.IBucket): void {
  if (logBucket.encryptionKey) {
    fail(source, `'logBucket' is '${logBucket.node.path}', which is encrypted with a KMS key, under which S3 can't write access logs: take a LogBucket`);
  }
  for (const part of ['region', 'account'] as const) {
    const [there, here] = [logBucket.env[part], source.env[part]];
    if (!Token.isUnresolved(there) && !Token.isUnresolved(here) && there !== here) {
      fail(source, `'logBucket' is in ${part} ${there} and the bucket in ${here}: S3 writes access logs to a bucket of the same ${part} only, so give one from there`);
    }
  }
  const near = Stack.of(logBucket) === Stack.of(source);
  const statement = grant.accessLogs(logBucket.bucketArn, 's3/', [near ? source.bucketArn : grant.anyBucket()]);
  statement.sid = near ? `S3AccessLogs${source.node.addr.slice(0, 16)}` : 'S3AccessLogs';
  logBucket.addToResourcePolicy(statement);
}
