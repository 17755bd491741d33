import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Resource, Stack } from 'aws-cdk-lib/core';
import type { aws_ecs } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { retainedName, retainedNamePattern } from '../core/names';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { KeyAccess } from '../foundation/key-access';
import type { SecurityFoundation } from '../foundation/security-foundation';
import * as controls from '../services/ecs/controls';
import { insightsLogGroupName } from '../services/ecs/facts';
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
  readonly logRetention?: logs.RetentionDays;
  readonly foundation?: SecurityFoundation;
}

/** A cluster for one service, whose tasks have disks under a customer managed key. */
export class FargateCluster extends Resource implements ecs.ICluster {
  public readonly vpc: ec2.IVpc;
  public readonly connections: ec2.Connections;
  /** What Container Insights measures. */
  public readonly insightsLogGroup: logs.LogGroup;
  private readonly cluster: ecs.CfnCluster;

  constructor(scope: Construct, id: string, options: FargateClusterOptions) {
    super(scope, id);
    this.vpc = options.vpc;
    this.connections = new ec2.Connections();
    // Written out, so that the key's policy and the log group can name the cluster before there is one. The log group outlives it.
    const named = { maxLength: settings.NAME_LENGTH };
    const clusterName = options.clusterName ?? retainedName(() => this.cluster, named);
    const pattern = options.clusterName ?? retainedNamePattern(() => this.cluster, named);
    const key = options.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Disks of Fargate tasks' });
    // in another stack the part of the name that differs each time would be that of the key's stack
    KeyAccess.fargateStorage(Stack.of(key) === Stack.of(this) ? clusterName : pattern).allowOn(key);
    // ECS would make it by itself, under no key, and throw away what is in it after a day
    this.insightsLogGroup = new EncryptedLogGroup(this, 'Insights', {
      foundation: options.foundation,
      retention: options.logRetention,
      logGroupName: insightsLogGroupName(clusterName),
      logGroupNamePattern: insightsLogGroupName(pattern),
    });
    this.cluster = new ecs.CfnCluster(this, 'Resource', settings.cluster({
      clusterName,
      keyId: key.keyId,
      keyArn: key.keyArn,
      logGroupName: options.logGroup.logGroupName,
      logBucketName: options.logBucket.bucketName,
    }));
    this.cluster.addResourceDependency(this.insightsLogGroup.node.defaultChild as logs.CfnLogGroup);
    claim(this.cluster, controls.ECS_INSIGHTS, controls.ECS_INSIGHTS_LOGS);
    claim(this.cluster, controls.ECS_EXEC_LOGGED, controls.ECS_STORAGE_CMK, ECS_FARGATE_ONLY);
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
