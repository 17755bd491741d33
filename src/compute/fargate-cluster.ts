import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { nameStem } from '../core/names';
import { fail } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import * as controls from '../services/ecs/controls';

/** What a cluster is made of. */
export interface FargateClusterOptions {
  /** The key for the disks of tasks; a new one if left out. */
  readonly encryptionKey?: kms.IKey;
  readonly logGroup: logs.ILogGroup;
  readonly logBucket: s3.IBucket;
}

/** A cluster for one service, whose tasks have disks under a customer managed key. */
export class FargateCluster extends Construct {
  public readonly cluster: ecs.CfnCluster;

  constructor(scope: Construct, id: string, options: FargateClusterOptions) {
    super(scope, id);
    const { logGroup, logBucket } = options;
    // Written out, so that the key's policy can name the cluster before there is one.
    const clusterName = nameStem(() => this.cluster, { maxLength: 200 });
    const key = options.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Disks of Fargate tasks' }).key;
    if (!Token.isUnresolved(key.keyId) && /^(mrk-|alias\/)/.test(key.keyId)) {
      fail(this, `'encryptionKey' is '${key.keyId}': Fargate takes neither aliases nor keys of several regions for the disks of tasks, give the key of this region itself`);
    }
    KeyAccess.fargateStorage(clusterName).allowOn(key);
    this.cluster = new ecs.CfnCluster(this, 'Resource', {
      clusterName,
      clusterSettings: [{ name: 'containerInsights', value: 'enhanced' }],
      configuration: {
        managedStorageConfiguration: { kmsKeyId: key.keyId, fargateEphemeralStorageKmsKeyId: key.keyId },
        executeCommandConfiguration: {
          kmsKeyId: key.keyArn,
          logging: 'OVERRIDE',
          logConfiguration: {
            cloudWatchLogGroupName: logGroup.logGroupName,
            cloudWatchEncryptionEnabled: true,
            s3BucketName: logBucket.bucketName,
            s3EncryptionEnabled: true,
            s3KeyPrefix: `ecs-exec/${clusterName}`,
          },
        },
      },
    });
    claim(this.cluster, controls.ECS_INSIGHTS, controls.ECS_EXEC_LOGGED, controls.ECS_STORAGE_CMK);
  }
}
