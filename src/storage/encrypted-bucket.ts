// A bucket for data.
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { admit } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { declareFinding, OBJECT_LOCK_FINDING, REPLICATION_FINDINGS } from '../assurance/known-findings';
import { waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { logicalId, viaService } from '../core/names';
import { fail, place, requireGranted } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { HardenedBucket } from '../foundation/hardened-bucket';
import { KeyAccess } from '../foundation/key-access';
import { checkStranger, strangers } from '../foundation/key-principals';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import * as settings from '../services/s3/settings';
import { ALL_OBJECTS, reader as readerOf, USE } from '../services/s3/statements';

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
   * How long S3 keeps a version that was overwritten or deleted, from 1 to 3650 days. Less than 7 needs a waiver of `S3-05b`.
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
   * React to events by EventBridge rules. `addEventNotification` fails: it would replace this setting by way of a Lambda
   * function.
   *
   * @default true
   */
  readonly eventBridge?: boolean;
}

/**
 * A bucket for data: private, versioned, under a customer managed key, TLS 1.2 only, logged, and not deleted with its stack.
 *
 * It keeps readers out who have `s3:GetObject` on everything but no right to the key, and refuses objects under any other key,
 * one that the writer brings included, which is how ransomware locks a bucket. Clients need no encryption headers. It is an
 * `s3.Bucket`: `grantRead` and its like work for roles of this stack and of others. `fromBucketName` and its like return a plain
 * bucket, as they do there.
 *
 * Answers CIS 3.1.1 and 3.1.4, FSBP S3.1-S3.3, S3.5, S3.6, S3.8, S3.9, S3.12 and S3.13, NIST SC-28 and SC-8, PCI 1.4.4, 3.5.1
 * and 4.2.1.
 */
export class EncryptedBucket extends HardenedBucket {
  constructor(scope: Construct, id: string, props: EncryptedBucketProps = {}) {
    checkNew('EncryptedBucket', scope, id, props);
    settings.checkKey(place(scope, id), props.encryptionKey);
    super(scope, id, {
      encryptionKey: bucket => keyOf(bucket, props.encryptionKey),
      logBucket: props.logBucket ?? (props.foundation ?? SecurityFoundation.of(scope)).logBucket,
      expiration: props.expiration,
      noncurrentExpiration: props.noncurrentExpiration,
      objectLock: props.objectLock,
      transitions: props.transitions,
      eventBridge: props.eventBridge ?? settings.EVENT_BRIDGE,
    });
    waive(this, props.waivers);

    declareFinding(this, 'Versions are kept and the bucket outlives its stack; a copy in another region is a decision on where data '
      + 'may be, which is the application\'s.',
    ...REPLICATION_FINDINGS);
    if (!props.objectLock) {
      declareFinding(this, 'What is deleted or overwritten stays as a version; a lock, which nobody can undo, is for records that '
        + "have a retention time: 'objectLock'.",
      OBJECT_LOCK_FINDING);
      declareJudged(this, 'What is deleted or overwritten stays as a version; a lock, which nobody can undo, is for records that have a '
        + "retention time: 'objectLock'.", 'Control-Tower-Guard::s3_bucket_object_lock_enabled_check');
    }
  }

  /**
   * Lets an application list, read, write and delete objects, by named actions: less than `grantReadWrite` gives.
   *
   * @param grantee whose policy is extended, so it must have one; the bucket's and the key's stay as they are
   */
  public grantObjects(grantee: iam.IGrantable): iam.Grant {
    checkCall('EncryptedBucket.grantObjects', this, grantee);
    const allow = (actions: string[], resource: string, conditions?: Record<string, Record<string, unknown>>) =>
      iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [resource], conditions });
    return requireGranted(this, 'grantObjects', allow(USE.bucket, this.bucketArn))
      .combine(allow(USE.objects, this.arnForObjects('*')))
      .combine(allow(USE.key, this.encryptionKey!.keyArn, { StringEquals: { 'kms:ViaService': viaService('s3') } }));
  }

  /**
   * Lets a principal of another account list the bucket and read objects: by the bucket's policy, and by the key's, through S3 only.
   *
   * The other account has the last word: what is returned must be in a policy of the reader there. Readers of this account are
   * granted by `grantRead`.
   *
   * @param reader a role of the other account, `new iam.ArnPrincipal(ARN)`, or all of it, `new iam.AccountPrincipal(ACCOUNT)`
   * @param objectsKeyPattern which objects; a `*` in it stands for any text
   */
  public grantReadToAccount(reader: iam.IPrincipal, objectsKeyPattern: string = ALL_OBJECTS): iam.PolicyDocument {
    checkCall('EncryptedBucket.grantReadToAccount', this, reader, objectsKeyPattern);
    checkStranger(this, 'reader', reader, 'grantRead');
    const key = this.encryptionKey!;
    const allow = readerOf(this.bucketArn, key.keyArn, objectsKeyPattern);
    if (!key.addToResourcePolicy(allow.onKey(reader)).statementAdded) {
      fail(this, `'grantReadToAccount' can't change the policy of the imported key '${key.node.path}': give the bucket a key of this app`);
    }
    admit(key.node.defaultChild as kms.CfnKey, ...strangers(this, reader));
    allow.onBucket(reader).forEach(s => this.addToResourcePolicy(s));
    admit(this.node.defaultChild as s3.CfnBucket, ...strangers(this, reader));
    return new iam.PolicyDocument({ statements: allow.ofReader() });
  }

  /**
   * Lets whoever is granted objects use the key through S3, and not by itself. Under an imported key as the CDK does it.
   *
   * @param grantee who is granted objects
   * @param actions what he does with the key
   */
  public override grantOnKey(grantee: iam.IGrantable, ...actions: string[]): iam.GrantOnKeyResult {
    checkCall('EncryptedBucket.grantOnKey', this, grantee, ...actions);
    if (!(this.encryptionKey instanceof CustomerManagedKey)) { return super.grantOnKey(grantee, ...actions); }
    return { grant: this.encryptionKey.grant(new kms.ViaServicePrincipal(viaService('s3'), grantee.grantPrincipal), ...actions) };
  }
}

/** The key that is given, or one of the bucket's own, with what S3 needs of it. */
function keyOf(bucket: Construct, given: kms.IKey | undefined): kms.IKey {
  const key = given ?? new CustomerManagedKey(bucket, 'Key',
    { description: `Objects of the bucket ${logicalId(() => bucket.node.defaultChild as s3.CfnBucket)}` });
  KeyAccess.s3().allowOn(key);
  return key;
}
