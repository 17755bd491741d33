// The record of how every resource was configured.
import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { CfnResource, Duration, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib/core';
import type { aws_config as refs } from 'aws-cdk-lib/interfaces';
import type { Construct, IConstruct } from 'constructs';
import { ConfigNotifications } from './config-notifications';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { declareFinding, OBJECT_LOCK_FINDING, REPLICATION_FINDINGS } from '../assurance/known-findings';
import { waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { arnsOf } from '../core/principals';
import type { Place } from '../core/validate';
import { place } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { HardenedBucket } from '../foundation/hardened-bucket';
import { KeyAccess } from '../foundation/key-access';
import { retain } from '../foundation/retention';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import * as controls from '../services/config/controls';
import * as settings from '../services/config/settings';
import * as touch from '../services/config/touch-controls';
import { GEN_RETAINED } from '../services/general/controls';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';
import { checkKey } from '../services/s3/settings';
import * as grant from '../services/s3/statements';

/** Where AWS Config's service-linked role comes from. */
export class ServiceLinkedRole {
  /** The stack makes it, and never deletes it. The deployment fails if the account has it already. */
  public static readonly CREATE = new ServiceLinkedRole((scope, ...users) => {
    const role = new iam.CfnServiceLinkedRole(scope, 'ServiceLinkedRole', settings.SERVICE_LINKED_ROLE);
    // Other recorders of the account run with it, also where this stack may be thrown away.
    role.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    claim(role, GEN_RETAINED);
    users.forEach(user => user.node.addDependency(role));
  });

  /** The account has it already, as most do. */
  public static readonly EXISTING = new ServiceLinkedRole(() => {});

  private constructor(private readonly attach: (scope: Construct, ...users: CfnResource[]) => void) {
  }

  /**
   * Sees to it that the role is there before these.
   *
   * @internal
   */
  public _attachTo(scope: Construct, ...users: CfnResource[]): void {
    this.attach(scope, ...users);
  }
}

/** Properties of a configuration recorder. */
export interface ConfigRecorderProps extends HardenedProps {
  /**
   * Whether the stack makes AWS Config's service-linked role.
   *
   * Neither choice is safe for every account: `CREATE` fails where the role exists, `EXISTING` where it does not.
   * `aws iam get-role --role-name AWSServiceRoleForConfig` tells.
   */
  readonly serviceLinkedRole: ServiceLinkedRole;

  /**
   * The key for what is delivered. It must allow `KeyAccess.config` and `KeyAccess.s3` if it is imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The bucket for the access logs of the recorder's bucket.
   *
   * @default - the log bucket of the security foundation
   */
  readonly logBucket?: s3.IBucket;

  /**
   * The topic that is notified.
   *
   * @default - the topic of the security foundation
   */
  readonly topic?: sns.ITopic;

  /**
   * Whether users, groups, roles and policies of IAM are recorded here. One region must, the home region; elsewhere it only
   * costs, and regions that were launched after February 2022 can't. `false` needs a waiver of `CFG-02` that names the home
   * region.
   *
   * @default true
   */
  readonly globalResourceTypes?: boolean;

  /**
   * How often a snapshot of the whole configuration is delivered.
   *
   * @default MaximumExecutionFrequency.TWENTY_FOUR_HOURS
   */
  readonly snapshotFrequency?: config.MaximumExecutionFrequency;

  /**
   * Noisy resource types that are recorded once a day, for example `AWS::EC2::NetworkInterface`. What is made and undone in
   * between is not seen.
   *
   * @default - none: every change of every type is recorded
   */
  readonly dailyResourceTypes?: string[];

  /**
   * When records expire, from a year to a hundred.
   *
   * @default - never; after 7 days in a disposable scope if given at all
   */
  readonly expiration?: Duration;

  /**
   * Who may delete records, for example a break-glass role.
   *
   * @default - nobody
   */
  readonly breakGlassPrincipals?: iam.IPrincipal[];
}

/**
 * The region's record of how every resource was configured and when that changed.
 *
 * It is for an account whose region has no recorder yet: there can be one only, and the deployment fails if Control Tower,
 * Security Hub or another stack made it. Where one exists, `ConfigNotifications` alone is right. The recorder outlives its
 * stack; to deploy the stack again, delete recorder and delivery channel first.
 *
 * Records are encrypted with a customer managed key. Object Lock is not possible, so the bucket denies deletions instead.
 *
 * It is passed where the CDK takes an `IConfigurationRecorderRef`.
 *
 * Answers CIS 4.3, FSBP Config.1, NIST CM-3, CM-6(1) and CM-8, PCI 11.5.2.
 */
export class ConfigRecorder extends Resource implements refs.IConfigurationRecorderRef {
  /** The name. */
  public readonly configurationRecorderName: string;

  /** The delivery channel. */
  public readonly deliveryChannel: config.CfnDeliveryChannel;

  /** The bucket of the records. */
  public readonly bucket: s3.Bucket;

  /** The key of the records. */
  public readonly encryptionKey: kms.IKey;

  /** Notifications of what breaks a rule and of deliveries that fail. */
  public readonly notifications: ConfigNotifications;

  private readonly resource: config.CfnConfigurationRecorder;

  constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    checkNew('ConfigRecorder', scope, id, props);
    const at = place(scope, id);
    checkProps(at, props);
    const recorder = settings.recorder(at, props);
    const channel = settings.deliveryChannel(at, props);
    const records = settings.records(at, props);
    const foundation = props.foundation ?? SecurityFoundation.of(scope);
    const topic = props.topic ?? foundation.topic;
    super(scope, id);

    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Configuration records' });
    KeyAccess.config().allowOn(this.encryptionKey);
    KeyAccess.s3().allowOn(this.encryptionKey);
    this.bucket = new HardenedBucket(this, 'Bucket', {
      ...records,
      encryptionKey: () => this.encryptionKey,
      logBucket: props.logBucket ?? foundation.logBucket,
      breakGlassPrincipals: props.breakGlassPrincipals ?? [],
    });
    grant.config(this.bucket.bucketArn).forEach(s => this.bucket.addToResourcePolicy(s));
    declareFindings(this.bucket);

    // Recorder and channel must not depend on each other: each waits for the other to exist, and CloudFormation makes both at once. So
    // that it does, both depend on the same: the recorder would time out while the bucket, its key and its policy are made.
    this.resource = new config.CfnConfigurationRecorder(this, 'Resource', recorder);
    this.deliveryChannel = new config.CfnDeliveryChannel(this, 'DeliveryChannel', {
      ...channel,
      s3BucketName: this.bucket.bucketName,
      s3KmsKeyArn: this.encryptionKey.keyArn,
    });
    for (const part of [this.resource, this.deliveryChannel]) { part.node.addDependency(this.bucket.policy!); }
    this.configurationRecorderName = this.getResourceNameAttribute(this.resource.ref);
    props.serviceLinkedRole._attachTo(this, this.resource, this.deliveryChannel);

    retain(this.resource);
    retain(this.deliveryChannel);
    claim(this.resource,
      controls.CONFIG_ALL_TYPES, controls.CONFIG_GLOBAL_TYPES, controls.CONFIG_SERVICE_LINKED_ROLE, controls.CONFIG_CONTINUOUS,
      touch.CONFIG_SECURITY_TYPES, touch.CONFIG_OURS, touch.CONFIG_AT_ONCE, GEN_NOBODY_MANAGES);
    claim(this.deliveryChannel,
      controls.CONFIG_ENCRYPTED, controls.CONFIG_SNAPSHOTS, controls.CONFIG_CAN_DELIVER, controls.CONFIG_POLICIES,
      touch.CONFIG_ONE_CHANNEL);
    this.notifications = new ConfigNotifications(this, 'Notifications', { foundation, topic });
    waive(this, props.waivers);
  }

  /** What the CDK's constructs need of a recorder. */
  public get configurationRecorderRef(): refs.ConfigurationRecorderReference {
    return this.resource.configurationRecorderRef;
  }

  /**
   * Makes rules and conformance packs wait for the recorder: without one, AWS Config refuses them.
   *
   * @param rules the rules and conformance packs
   */
  public precede(...rules: IConstruct[]): void {
    checkCall('ConfigRecorder.precede', this, ...rules);
    for (const rule of rules) {
      rule.node.addDependency(this.resource, this.deliveryChannel);
      const resources = rule.node.findAll().filter(c => CfnResource.isCfnResource(c)) as CfnResource[];
      resources.filter(r => controls.CONFIG_BEFORE_RULES.types.includes(r.cfnResourceType) && Stack.of(r) === Stack.of(this))
        .forEach(r => claim(r, controls.CONFIG_BEFORE_RULES));
    }
  }
}

/** Before anything is made. */
function checkProps(at: Place, props: ConfigRecorderProps): void {
  checkKey(at, props.encryptionKey);
  arnsOf(at, 'breakGlassPrincipals', props.breakGlassPrincipals);
}

function declareFindings(bucket: s3.Bucket): void {
  declareFinding(bucket, 'Nobody can delete the records. A copy in another region or account is a decision about where records may be.',
    ...REPLICATION_FINDINGS);
  declareFinding(bucket, 'AWS Config does not deliver to a bucket under Object Lock; the bucket policy denies deletions instead.',
    OBJECT_LOCK_FINDING);
  declareJudged(bucket, 'AWS Config does not deliver to a bucket under Object Lock; the bucket policy denies deletions instead.',
    'Control-Tower-Guard::s3_bucket_object_lock_enabled_check');
  declareJudged(bucket, 'Only AWS Config writes here, and it sends its own events of changes and of deliveries through EventBridge.',
    'Control-Tower-Guard::s3_event_notifications_enabled_check');
}
