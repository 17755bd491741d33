import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { SecurityWaivers } from '../assurance/security-waiver';
import { viaService } from '../core/names';
import { requireGranted, requireRange } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { HardenedBucket } from '../foundation/hardened-bucket';
import { KeyAccess } from '../foundation/key-access';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { S3_EVENTS } from '../services/s3/controls';

/** Properties of an encrypted bucket. */
export interface EncryptedBucketProps extends HardenedProps {
  /**
   * The key. It must allow `KeyAccess.s3` if it is imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Where S3 logs the requests: a bucket of the same account and region under SSE-S3. If it is imported, its owner must let
   * S3 write to `s3/`.
   *
   * @default - the log bucket of the security foundation
   */
  readonly logBucket?: s3.IBucket;

  /**
   * How long S3 keeps a version that was overwritten or deleted, from 1 to 3650 days.
   *
   * @default Duration.days(90), 1 day in a disposable scope
   */
  readonly noncurrentExpiration?: Duration;

  /**
   * After how long objects expire, from 1 to 36500 days.
   *
   * @default - objects do not expire
   */
  readonly expiration?: Duration;

  /**
   * When objects move to cheaper storage classes.
   *
   * @default - objects stay in the class that they are written in
   */
  readonly transitions?: s3.Transition[];

  /**
   * Locks each version for this long, in governance mode: deleting it sooner takes `s3:BypassGovernanceRetention`. From 1 to
   * 36500 days; less than a year needs a waiver of `S3-11`. It can't be switched off again.
   *
   * @default - versions are not locked
   */
  readonly objectLock?: Duration;

  /**
   * Whether the events of objects go to EventBridge. AWS Backup needs it. Without it the bucket needs a waiver of `S3-13`.
   *
   * React to events by EventBridge rules: an `addEventNotification` of the bucket would replace this setting by way of a
   * Lambda function.
   *
   * @default true
   */
  readonly eventBridge?: boolean;
}

/**
 * A bucket for data: private, versioned, under a customer managed key, TLS 1.2 only, logged, and not deleted with its stack.
 *
 * It keeps readers out who have `s3:GetObject` on everything but no right to the key, and refuses objects under any other key,
 * one that the writer brings included, which is how ransomware locks a bucket. Clients need no encryption headers. `bucket.grantRead`
 * and its like work for roles of this stack and of others.
 *
 * Answers CIS 3.1.1 and 3.1.4, FSBP S3.1-S3.3, S3.5, S3.6, S3.8, S3.9, S3.12 and S3.13, NIST SC-28 and SC-8, PCI 1.4.4, 3.5.1
 * and 4.2.1.
 */
export class EncryptedBucket extends Construct {
  /** The bucket. */
  public readonly bucket: s3.Bucket;

  /** The key that objects are encrypted with. */
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps = {}) {
    super(scope, id);
    const noncurrentExpiration = props.noncurrentExpiration ?? Duration.days(90);
    const eventBridge = props.eventBridge ?? true;
    this.requireDays('noncurrentExpiration', noncurrentExpiration, 3650);
    this.requireDays('expiration', props.expiration, 36500);
    this.requireDays('objectLock', props.objectLock, 36500);
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Objects of ${this.node.path}` }).key;
    KeyAccess.s3().allowOn(this.encryptionKey);
    this.bucket = new HardenedBucket(this, 'Bucket', {
      encryptionKey: this.encryptionKey,
      logBucket: props.logBucket ?? (props.foundation ?? SecurityFoundation.of(this)).logBucket.bucket,
      expiration: props.expiration,
      noncurrentExpiration,
      objectLock: props.objectLock,
      transitions: props.transitions,
      eventBridge,
    }).bucket;
    if (!eventBridge) { claim(this.bucket.node.defaultChild as s3.CfnBucket, S3_EVENTS); }
    SecurityWaivers.of(this).add(...props.waivers ?? []);

    declareFinding(this.bucket, 'Versions are kept and the bucket outlives its stack; a copy in another region is a decision on where data may be, which is the application\'s.',
      'NIST.800.53.R4-S3BucketReplicationEnabled', 'NIST.800.53.R5-S3BucketReplicationEnabled', 'HIPAA.Security-S3BucketReplicationEnabled',
      'PCI.DSS.321-S3BucketReplicationEnabled');
    if (!props.objectLock) {
      declareFinding(this.bucket, "What is deleted or overwritten stays as a version; a lock, which nobody can undo, is for records that have a retention time: 'objectLock'.",
        'NIST.800.53.R4-S3BucketDefaultLockEnabled');
    }
  }

  /**
   * Lets an application list, read, write and delete objects, by named actions: less than `bucket.grantReadWrite` gives.
   *
   * @param grantee whose policy is extended, so it must have one; the bucket's and the key's stay as they are
   */
  public grantObjects(grantee: iam.IGrantable): iam.Grant {
    const actions = { list: ['s3:ListBucket'], objects: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'], key: ['kms:Decrypt', 'kms:GenerateDataKey'] };
    return requireGranted(this, 'grantObjects', iam.Grant.addToPrincipal({ grantee, actions: actions.list, resourceArns: [this.bucket.bucketArn] }))
      .combine(iam.Grant.addToPrincipal({ grantee, actions: actions.objects, resourceArns: [this.bucket.arnForObjects('*')] }))
      .combine(iam.Grant.addToPrincipal({
        grantee, actions: actions.key, resourceArns: [this.encryptionKey.keyArn], conditions: { StringEquals: { 'kms:ViaService': viaService('s3') } },
      }));
  }

  private requireDays(prop: string, value: Duration | undefined, max: number): void {
    if (value === undefined || value.isUnresolved()) { return; }
    requireRange(this, prop, value.toDays({ integral: false }), 1, max, 'days');
  }
}
