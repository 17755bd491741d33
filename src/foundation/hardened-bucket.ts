import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Lazy, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { KeyAccess } from './key-access';
import { retain } from './retention';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { checkCall } from '../core/arguments';
import { harden } from '../core/harden';
import { arnsOf, originAccessIdentityIn } from '../core/principals';
import type { Place } from '../core/validate';
import { fail, place } from '../core/validate';
import { GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY } from '../services/general/controls';
import * as controls from '../services/s3/controls';
import * as settings from '../services/s3/settings';
import * as added from '../services/s3/settings-controls';
import * as grant from '../services/s3/statements';
import * as touch from '../services/s3/touch-controls';

/**
 * What differs between our buckets. Everything else is the same for all and can't be asked for.
 *
 * @internal
 */
export interface HardenedBucketOptions extends settings.BucketOptions {
  /** The key, or undefined for SSE-S3: log writers can use no other. Asked for when the bucket is there, so that it may be made in it. */
  readonly encryptionKey?: (bucket: Construct) => kms.IKey;
  /** Where S3 logs the requests; undefined only for the log bucket itself. */
  readonly logBucket?: s3.IBucket;
  /** Denies deletions to everybody but these principals. */
  readonly breakGlassPrincipals?: iam.IPrincipal[];
  /** A service that encrypts some of its objects with SSE-S3 and can do no other. */
  readonly plainWriter?: string;
}

/**
 * The bucket that every bucket of the library is: private, versioned, encrypted, TLS only, logged, retained.
 *
 * @internal
 */
export class HardenedBucket extends s3.Bucket {
  constructor(scope: Construct, id: string, options: HardenedBucketOptions) {
    const at = place(scope, id);
    settings.checkBucket(at, options);
    checkLogBucket(at, scope, options.logBucket);
    const breakGlass = arnsOf(at, 'breakGlassPrincipals', options.breakGlassPrincipals);
    const kept = { ...options, disposable: Disposable.isDisposable(scope) };
    super(scope, id, settings.bucketProps(kept));
    const resource = this.node.defaultChild as s3.CfnBucket;
    const key = options.encryptionKey?.(this);
    settings.checkKey(at, key);
    // Read when something is granted, so that it may be set here: the CDK wants the key before the bucket is there.
    (this as { encryptionKey?: kms.IKey }).encryptionKey = key;
    harden(resource, { ...settings.bucket(kept), ...settings.encryption(key?.keyArn), ...settings.events(Boolean(options.eventBridge)) });
    [
      ...grant.tls(this.bucketArn),
      ...key ? grant.writeGuards(this.bucketArn, key.keyArn, options.plainWriter) : [],
      ...options.breakGlassPrincipals && !kept.disposable ? [grant.noDeletions(this.bucketArn, breakGlass)] : [],
    ].forEach(s => this.addToResourcePolicy(s));
    if (options.logBucket) {
      harden(resource, settings.accessLogs(options.logBucket.bucketName, () => resource));
      acceptAccessLogs(options.logBucket, this);
    }
    // What the CDK calls when a bucket names this one in 'serverAccessLogsBucket', hidden from subclasses. Left to itself it would give
    // S3 an ACL or, from another stack, let in S3 for everybody's buckets. Without it, the self-check finds that.
    Object.defineProperty(this, 'allowLogDelivery', { value: (source: s3.Bucket, prefix = '') => takeAccessLogs(this, source, prefix) });
    this.claim(resource, options);
  }

  /** Fails: it would switch the events to EventBridge off, by way of a Lambda function. React to them by an EventBridge rule. */
  public override addEventNotification(event: s3.EventType, dest: s3.IBucketNotificationDestination,
    ...filters: s3.NotificationKeyFilter[]): void {
    checkCall('LogBucket.addEventNotification', this, event, dest, ...filters);
    const what = [event, dest.constructor.name, ...filters.flatMap(f => [f.prefix ?? '', f.suffix ?? ''])].join(' ').trim();
    fail(this, `'addEventNotification' of '${what}' would replace the notifications of the bucket by way of a Lambda function: `
      + "leave 'eventBridge' on, and react by an EventBridge rule for 'aws.s3' and this bucket");
  }

  /** What is granted by other words than `grantRead` and its like. `publicAccess` fails, as `grantPublicAccess` does. */
  public override get grants(): s3.BucketGrants {
    return Object.assign(super.grants, { publicAccess: (...given: string[]) => this.grantPublicAccess(...given) });
  }

  /** Fails: all public access is blocked. CloudFront publishes objects: `origins.S3BucketOrigin.withOriginAccessControl(bucket)`. */
  public override grantPublicAccess(keyPrefix: string = '*', ...allowedActions: string[]): iam.Grant {
    checkCall('LogBucket.grantPublicAccess', this, keyPrefix, ...allowedActions);
    const actions = allowedActions.length > 0 ? allowedActions : ['s3:GetObject'];
    return fail(this, `'grantPublicAccess' would let everybody do ${actions.join()} on '${keyPrefix}', and all public access is blocked: `
      + "publish objects by a CloudFront distribution, whose origin is 'S3BucketOrigin.withOriginAccessControl(bucket)'");
  }

  /**
   * Adds a statement to the bucket's policy. Fails for an origin access identity of CloudFront where the objects are under a key: no key
   * lets it in, and its readers would get errors. Origin access control takes its place.
   *
   * @param permission the statement
   */
  public override addToResourcePolicy(permission: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkCall('LogBucket.addToResourcePolicy', this, permission);
    const identity = this.encryptionKey && permission.effect === iam.Effect.ALLOW ? originAccessIdentityIn(permission) : undefined;
    if (identity !== undefined) {
      fail(this, `the policy would let in the origin access identity '${identity}', which can't read objects under a KMS key: make the `
        + "origin by 'S3BucketOrigin.withOriginAccessControl(bucket)', which lets CloudFront use the key too; the owner of an imported "
        + "key allows it by 'KeyAccess.cloudFront'");
    }
    const { encryptionKey } = this;
    if (encryptionKey && grant.letsS3Write(permission)) { KeyAccess.publisher(grant.S3, grant.anyBucket()).allowOn(encryptionKey); }
    return super.addToResourcePolicy(permission);
  }

  /** Sends the events of objects to EventBridge. */
  public override enableEventBridgeNotification(): void {
    harden(this.node.defaultChild as s3.CfnBucket, settings.events(settings.EVENT_BRIDGE));
  }

  private claim(resource: s3.CfnBucket, options: HardenedBucketOptions): void {
    retain(resource);
    claim(resource, controls.S3_NO_SSE_C, controls.S3_BLOCK_PUBLIC, controls.S3_NO_ACLS, controls.S3_VERSIONED, controls.S3_OLD_VERSIONS,
      controls.S3_LIFECYCLE, controls.S3_TLS_ONLY, controls.S3_TLS_12, controls.S3_NO_FOREIGN_CONTROL, controls.S3_NO_PUBLIC_STATEMENT);
    claim(resource, touch.S3_OWN_PRINCIPALS, touch.S3_OWN_SOURCES, touch.S3_ONE_POLICY, touch.S3_UNMANAGED, touch.S3_DOORS, touch.S3_KNOWN,
      touch.S3_REACHABLE, touch.S3_NO_MANAGERS, added.S3_DESTINATIONS, added.S3_NOT_EMPTIED, added.S3_NO_WEB);
    claim(resource, ...options.encryptionKey ? [controls.S3_CMK, controls.S3_WRITE_GUARDS, touch.S3_KEY_LETS_IN] : [controls.S3_SSE_S3]);
    claim(resource, ...options.breakGlassPrincipals ? [touch.S3_EVIDENCE_WRITERS] : [added.S3_DATA_KEPT]);
    if (options.breakGlassPrincipals && settings.keepsRecords(options)) { claim(resource, added.S3_RECORDS_KEPT); }
    if (options.logBucket) { claim(resource, controls.S3_ACCESS_LOGS); }
    if (options.objectLock) { claim(resource, controls.S3_OBJECT_LOCK); }
    if (options.breakGlassPrincipals) { claim(resource, controls.S3_DELETE_DENIED); }
    if (options.eventBridge !== undefined) { claim(resource, controls.S3_EVENTS); }
    const policy = this.policy!.node.defaultChild as s3.CfnBucketPolicy;
    retain(policy);
    claim(policy, GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY);
  }
}

/** Refuses a log bucket that S3 can't write access logs to. */
function checkLogBucket(at: Place, scope: Construct, logBucket: s3.IBucket | undefined, prop = 'logBucket'): void {
  if (!logBucket) { return; }
  if (logBucket.encryptionKey) {
    fail(at, `'${prop}' is '${logBucket.node.path}', which is encrypted with a KMS key, under which S3 can't write access logs: `
      + 'take a LogBucket');
  }
  for (const part of ['region', 'account'] as const) {
    const [there, here] = [logBucket.env[part], Stack.of(scope)[part]];
    if (!Token.isUnresolved(there) && !Token.isUnresolved(here) && there !== here) {
      fail(at, `'${prop}' is in ${part} ${there} and the bucket in ${here}: S3 writes access logs to a bucket of the same ${part} `
        + 'only, so give one from there');
    }
  }
}

/** The buckets that log to a bucket of their own stack, by what their logs begin with. */
const SOURCES = new WeakMap<s3.IBucket, Map<string, string[]>>();

/**
 * Lets S3 log the requests to a bucket. In one stack the policy names the bucket, in one statement for all of them, as a statement
 * for each would pass the 20 KB of a bucket's policy at 46 buckets; across stacks that would be a circle, and the account has to do.
 */
function acceptAccessLogs(logBucket: s3.IBucket, source: s3.Bucket, prefix = settings.ACCESS_LOG_PREFIX): void {
  const { bucketArn } = logBucket;
  // Statements of a policy have different names.
  const end = prefix === settings.ACCESS_LOG_PREFIX ? '' : Buffer.from(prefix).toString('hex');
  if (Stack.of(logBucket) !== Stack.of(source)) {
    logBucket.addToResourcePolicy(grant.accessLogs(bucketArn, prefix, [grant.anyBucket()], end));
    return;
  }
  const byPrefix = SOURCES.get(logBucket) ?? new Map<string, string[]>();
  SOURCES.set(logBucket, byPrefix);
  const known = byPrefix.get(prefix);
  if (known) {
    known.push(source.bucketArn);
    return;
  }
  const sources = [source.bucketArn];
  byPrefix.set(prefix, sources);
  logBucket.addToResourcePolicy(grant.accessLogs(bucketArn, prefix, Lazy.list({ produce: () => sources }), `OfStack${end}`));
}

/** Takes the access logs of a bucket that names this one as its 'serverAccessLogsBucket'. */
function takeAccessLogs(logBucket: s3.Bucket, source: s3.Bucket, prefix: string): void {
  checkLogBucket(source, source, logBucket, 'serverAccessLogsBucket');
  acceptAccessLogs(logBucket, source, prefix);
}
