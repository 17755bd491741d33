import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { FindingsExport } from './findings-export';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { arn } from '../core/names';
import { guardDutyPrincipal } from '../core/principals';
import { requireRange } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { HardenedBucket } from '../foundation/hardened-bucket';
import { KeyAccess } from '../foundation/key-access';
import * as controls from '../services/guardduty/controls';
import { S3_LOGS_KEPT } from '../services/s3/controls';
import { guardDuty } from '../services/s3/statements';

/** What a destination of findings is made of. */
export interface FindingsDestinationProps {
  readonly detectorId: string;
  readonly findingsExport: FindingsExport;
  readonly encryptionKey?: kms.IKey;
  /** Gives the bucket that S3 logs requests to; called when an own bucket is made. */
  readonly logBucket: () => s3.IBucket;
}

/** S3 decrypts its Bucket Key, which it keeps for a while, in the name of who writes. */
function bucketKey(detectorId: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(guardDutyPrincipal())],
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': arn('guardduty', `detector/${detectorId}`) } },
  });
}

/** A bucket that GuardDuty exports the findings of a detector to. */
export class FindingsDestination extends Construct {
  public readonly bucket: s3.IBucket;
  public readonly encryptionKey: kms.IKey;
  public readonly destination: guardduty.CfnPublishingDestination;

  constructor(scope: Construct, id: string, props: FindingsDestinationProps) {
    super(scope, id);
    const { _retention: retention, _bucket: given, _encryptionKey: givenKey } = props.findingsExport;
    requireRange(this, 'retention', retention === undefined || retention.isUnresolved() ? undefined : retention.toDays({ integral: false }), 90, 3650, 'days');
    this.encryptionKey = givenKey ?? props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Exported findings of GuardDuty' }).key;
    const detector = this.nameIn(this.encryptionKey, props.detectorId);
    KeyAccess.guardDuty(detector).allowOn(this.encryptionKey);
    this.encryptionKey.addToResourcePolicy(bucketKey(detector), true);
    KeyAccess.s3().allowOn(this.encryptionKey);
    this.bucket = given ?? this.makeBucket(props.logBucket(), retention ?? Duration.days(365));
    const added = guardDuty(this.bucket.bucketArn, this.nameIn(this.bucket, props.detectorId)).map(s => this.bucket.addToResourcePolicy(s));

    this.destination = new guardduty.CfnPublishingDestination(this, 'Resource', {
      detectorId: props.detectorId,
      destinationType: 'S3',
      destinationProperties: { destinationArn: this.bucket.bucketArn, kmsKeyArn: this.encryptionKey.keyArn },
    });
    // GuardDuty writes a test object when the destination is made. The key comes first by the reference.
    added.forEach(result => result.policyDependable && this.destination.node.addDependency(result.policyDependable));
    claim(this.destination, controls.TD_EXPORT_ENCRYPTED);
  }

  private makeBucket(logBucket: s3.IBucket, expiration: Duration): s3.IBucket {
    const { bucket } = new HardenedBucket(this, 'Bucket', {
      encryptionKey: this.encryptionKey,
      logBucket,
      expiration,
      noncurrentExpiration: Duration.days(30),
      deletionsOnlyBy: [],
    });
    claim(bucket.node.defaultChild as s3.CfnBucket, S3_LOGS_KEPT);
    declareFinding(bucket, 'The bucket holds copies of findings that GuardDuty itself keeps for 90 days; a central bucket in another region can take their place.',
      'HIPAA.Security-S3BucketReplicationEnabled', 'NIST.800.53.R4-S3BucketReplicationEnabled', 'NIST.800.53.R5-S3BucketReplicationEnabled',
      'PCI.DSS.321-S3BucketReplicationEnabled');
    declareFinding(bucket, 'The bucket policy denies deletions to everybody, and versions are kept; whether GuardDuty can write under Object Lock, AWS does not say.',
      'NIST.800.53.R4-S3BucketDefaultLockEnabled');
    return bucket;
  }

  /** In the policy of another stack the ID would be a reference back to this one, a circle: any detector of the account has to do. */
  private nameIn(neighbour: kms.IKey | s3.IBucket, detectorId: string): string {
    return Stack.of(neighbour) === Stack.of(this) ? detectorId : '*';
  }
}
