// Where the findings of a detector are exported to.
import * as guardduty from 'aws-cdk-lib/aws-guardduty';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Resource, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { admit, claim } from '../assurance/claims';
import { KeyAccess } from '../foundation/key-access';
import * as controls from '../services/guardduty/controls';
import * as settings from '../services/guardduty/settings';
import { bucketKey } from '../services/guardduty/statements';
import { TD_EXPORT_OURS } from '../services/guardduty/touch-controls';
import { guardDuty } from '../services/s3/statements';

/** A bucket for findings, and its key. */
export interface FindingsStore {
  readonly bucket: s3.IBucket;
  readonly encryptionKey: kms.IKey;
}

/** What a destination of findings is made of. */
export interface FindingsDestinationProps {
  readonly detectorId: string;
  /** Gives the key, or makes it in the construct. */
  readonly encryptionKey: (scope: Construct) => kms.IKey;
  /** Gives the bucket, or makes it in the construct under the key. */
  readonly bucket: (scope: Construct, encryptionKey: kms.IKey) => s3.IBucket;
}

/** A bucket that GuardDuty exports the findings of a detector to. */
export class FindingsDestination extends Construct implements FindingsStore {
  public readonly bucket: s3.IBucket;
  public readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: FindingsDestinationProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey(this);
    const detector = this.nameIn(this.encryptionKey, props.detectorId);
    KeyAccess.guardDuty(detector).allowOn(this.encryptionKey);
    this.encryptionKey.addToResourcePolicy(bucketKey(detector), true);
    KeyAccess.s3().allowOn(this.encryptionKey);
    this.bucket = props.bucket(this, this.encryptionKey);
    const added = guardDuty(this.bucket.bucketArn, this.nameIn(this.bucket, props.detectorId)).map(s => this.bucket.addToResourcePolicy(s));

    const destination = new guardduty.CfnPublishingDestination(this, 'Resource',
      settings.destination(props.detectorId, this.bucket.bucketArn, this.encryptionKey.keyArn));
    // GuardDuty writes a test object when the destination is made. The key comes first by the reference.
    added.forEach(result => result.policyDependable && destination.node.addDependency(result.policyDependable));
    claim(destination, controls.TD_EXPORT_ENCRYPTED, TD_EXPORT_OURS);
    if (!Resource.isOwnedResource(this.bucket)) { admit(destination, this.bucket.bucketArn); }
  }

  /** In the policy of another stack the ID would be a reference back to this one, a circle: any detector of the account has to do. */
  private nameIn(neighbour: kms.IKey | s3.IBucket, detectorId: string): string {
    return Stack.of(neighbour) === Stack.of(this) ? detectorId : '*';
  }
}
