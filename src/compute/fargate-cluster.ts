import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Resource } from 'aws-cdk-lib/core';
import type { aws_ecs } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { nameStem } from '../core/names';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { KeyAccess } from '../foundation/key-access';
import * as controls from '../services/ecs/controls';
import * as settings from '../services/ecs/settings';
import { ECS_FARGATE_ONLY } from '../services/ecs/touch-controls';

/** What a cluster is made of, checked. */
export interface FargateClusterOptions {
  readonly vpc: ec2.IVpc;
  readonly clusterName?: string;
  /** The key for the disks of tasks; a new one if left out. */
  readonly encryptionKey?: kms.IKey;
  readonly logGroup: logs.ILogGroup;
  readonly logBucket: s3.IBucket;
}

/** A cluster for one service, whose tasks have disks under a customer managed key. */
export class FargateCluster extends Resource implements ecs.ICluster {
  public readonly vpc: ec2.IVpc;
  public readonly connections: ec2.Connections;
  private readonly cluster: ecs.CfnCluster;

  constructor(scope: Construct, id: string, options: FargateClusterOptions) {
    super(scope, id);
    this.vpc = options.vpc;
    this.connections = new ec2.Connections();
    // Written out, so that the key's policy can name the cluster before there is one.
    const clusterName = options.clusterName ?? nameStem(() => this.cluster, { maxLength: settings.NAME_LENGTH });
    const key = options.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Disks of Fargate tasks' });
    KeyAccess.fargateStorage(clusterName).allowOn(key);
    this.cluster = new ecs.CfnCluster(this, 'Resource', settings.cluster({
      clusterName,
      keyId: key.keyId,
      keyArn: key.keyArn,
      logGroupName: options.logGroup.logGroupName,
      logBucketName: options.logBucket.bucketName,
    }));
    claim(this.cluster, controls.ECS_INSIGHTS, controls.ECS_EXEC_LOGGED, controls.ECS_STORAGE_CMK, ECS_FARGATE_ONLY);
    declareJudged(this.cluster, "Container Insights is on with enhanced observability; the rule is older than the value 'enhanced' and "
      + "knows 'enabled' only.", 'Control-Tower-Guard::ecs_container_insights_enabled_check');
  }

  public get clusterName(): string {
    return this.getResourceNameAttribute(this.cluster.ref);
  }

  public get clusterArn(): string {
    return this.getResourceArnAttribute(this.cluster.attrArn, { service: 'ecs', resource: 'cluster', resourceName: this.physicalName });
  }

  public get clusterRef(): aws_ecs.ClusterReference {
    return { clusterName: this.clusterName, clusterArn: this.clusterArn };
  }

  public get hasEc2Capacity(): boolean {
    return false;
  }
}
