import * as config from 'aws-cdk-lib/aws-config';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Aws, CfnResource, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { ConfigNotifications } from './config-notifications';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { SecurityWaivers } from '../assurance/security-waiver';
import { daysOf, fail, requireRange } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { HardenedBucket } from '../foundation/hardened-bucket';
import { KeyAccess } from '../foundation/key-access';
import { retain } from '../foundation/retention';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import * as controls from '../services/config/controls';
import { GEN_RETAINED } from '../services/general/controls';
import * as grant from '../services/s3/statements';

/** Where AWS Config's service-linked role comes from. */
export enum ServiceLinkedRole {
  /** The stack makes it, and never deletes it. The deployment fails if the account has it already. */
  CREATE = 'CREATE',
  /** The account has it already, as most do. */
  EXISTING = 'EXISTING',
}

/** How often AWS Config delivers a snapshot of the whole configuration. */
export enum SnapshotFrequency {
  /** Every hour. */
  ONE_HOUR = 'One_Hour',
  /** Every three hours. */
  THREE_HOURS = 'Three_Hours',
  /** Every six hours. */
  SIX_HOURS = 'Six_Hours',
  /** Twice a day. */
  TWELVE_HOURS = 'Twelve_Hours',
  /** Once a day. */
  TWENTY_FOUR_HOURS = 'TwentyFour_Hours',
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
   * @default SnapshotFrequency.TWENTY_FOUR_HOURS
   */
  readonly snapshotFrequency?: SnapshotFrequency;

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
   * ARNs of the principals that may delete records, for example a break-glass role.
   *
   * @default - nobody
   */
  readonly deletionsOnlyBy?: string[];
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
 * Answers CIS 4.3, FSBP Config.1, NIST CM-3, CM-6(1) and CM-8, PCI 11.5.2.
 */
export class ConfigRecorder extends Construct {
  /** The recorder. */
  public readonly recorder: config.CfnConfigurationRecorder;

  /** The delivery channel. */
  public readonly deliveryChannel: config.CfnDeliveryChannel;

  /** The bucket of the records. */
  public readonly bucket: s3.Bucket;

  /** The key of the records. */
  public readonly encryptionKey: kms.IKey;

  /** Notifications of what breaks a rule and of deliveries that fail. */
  public readonly notifications: ConfigNotifications;

  constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    super(scope, id);
    const foundation = props.foundation ?? SecurityFoundation.of(this);
    const daily = props.dailyResourceTypes ?? [];
    requireRange(this, 'expiration', daysOf(props.expiration), 365, 36500, 'days');
    if (!Token.isUnresolved(daily)) { daily.forEach(type => this.requireType(type)); }

    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Configuration records' }).key;
    KeyAccess.config().allowOn(this.encryptionKey);
    KeyAccess.s3().allowOn(this.encryptionKey);
    this.bucket = new HardenedBucket(this, 'Bucket', {
      encryptionKey: this.encryptionKey,
      logBucket: props.logBucket ?? foundation.logBucket.bucket,
      expiration: props.expiration,
      noncurrentExpiration: Duration.days(365),
      deletionsOnlyBy: props.deletionsOnlyBy ?? [],
    }).bucket;
    grant.config(this.bucket.bucketArn).forEach(s => this.bucket.addToResourcePolicy(s));

    declareFinding(this.bucket, 'Nobody can delete the records. A copy in another region or account is a decision about where records may be.',
      'HIPAA.Security-S3BucketReplicationEnabled', 'NIST.800.53.R4-S3BucketReplicationEnabled', 'NIST.800.53.R5-S3BucketReplicationEnabled',
      'PCI.DSS.321-S3BucketReplicationEnabled');
    declareFinding(this.bucket, 'AWS Config does not deliver to a bucket under Object Lock; the bucket policy denies deletions instead.',
      'NIST.800.53.R4-S3BucketDefaultLockEnabled');

    this.recorder = new config.CfnConfigurationRecorder(this, 'Resource', {
      roleArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      recordingGroup: {
        allSupported: true,
        includeGlobalResourceTypes: props.globalResourceTypes ?? true,
        recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
      },
      recordingMode: {
        recordingFrequency: 'CONTINUOUS',
        recordingModeOverrides: daily.length > 0
          ? [{ description: 'Noisy types', recordingFrequency: 'DAILY', resourceTypes: daily }]
          : undefined,
      },
    });
    // Recorder and channel must not depend on each other: each waits for the other to exist, and CloudFormation makes both at once.
    this.deliveryChannel = new config.CfnDeliveryChannel(this, 'DeliveryChannel', {
      s3BucketName: this.bucket.bucketName,
      s3KmsKeyArn: this.encryptionKey.keyArn,
      configSnapshotDeliveryProperties: { deliveryFrequency: props.snapshotFrequency ?? SnapshotFrequency.TWENTY_FOUR_HOURS },
    });
    this.deliveryChannel.node.addDependency(this.bucket.policy!);
    if (props.serviceLinkedRole === ServiceLinkedRole.CREATE) { this.recorder.node.addDependency(this.createRole()); }

    retain(this.recorder);
    retain(this.deliveryChannel);
    claim(this.recorder, controls.CONFIG_ALL_TYPES, controls.CONFIG_GLOBAL_TYPES, controls.CONFIG_SERVICE_LINKED_ROLE, controls.CONFIG_CONTINUOUS);
    claim(this.deliveryChannel, controls.CONFIG_ENCRYPTED, controls.CONFIG_SNAPSHOTS, controls.CONFIG_CAN_DELIVER, controls.CONFIG_POLICIES);
    this.notifications = new ConfigNotifications(this, 'Notifications', { foundation, topic: props.topic });
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  /** Makes rules and conformance packs wait for the recorder: without one, AWS Config refuses them. */
  public precede(...rules: IConstruct[]): void {
    for (const rule of rules) {
      rule.node.addDependency(this.recorder, this.deliveryChannel);
      const resources = rule.node.findAll().filter(c => CfnResource.isCfnResource(c)) as CfnResource[];
      resources.filter(r => controls.CONFIG_BEFORE_RULES.types.includes(r.cfnResourceType) && Stack.of(r) === Stack.of(this))
        .forEach(r => claim(r, controls.CONFIG_BEFORE_RULES));
    }
  }

  private createRole(): iam.CfnServiceLinkedRole {
    const role = new iam.CfnServiceLinkedRole(this, 'ServiceLinkedRole', { awsServiceName: 'config.amazonaws.com' });
    // Other recorders of the account run with it, also where this stack may be thrown away.
    role.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    claim(role, GEN_RETAINED);
    return role;
  }

  private requireType(type: string): void {
    if (!Token.isUnresolved(type) && !/^[A-Za-z0-9]+::\w+::\w+$/.test(type)) {
      fail(this, `'dailyResourceTypes' has '${type}': give a type such as 'AWS::EC2::NetworkInterface'`);
    }
  }
}
