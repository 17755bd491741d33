import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, Lazy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CONTAINER } from './fargate-task';
import { claim } from '../assurance/claims';
import * as controls from '../services/ecs/controls';

/** What a rollout is made of, checked and complete. */
export interface FargateRolloutOptions {
  readonly cluster: ecs.CfnCluster;
  readonly taskDefinition: ecs.CfnTaskDefinition;
  /** How many tasks; undefined where scaling decides, as a count here would undo it at every deployment. */
  readonly desiredCount?: number;
  readonly port: number;
  readonly subnetIds: string[];
  readonly securityGroup: ec2.ISecurityGroup;
  readonly healthCheckGracePeriod: Duration;
}

/** The ECS service: keeps tasks running in several Availability Zones, replaces them safely, registers them with target groups. */
export class FargateRollout extends Construct {
  public readonly service: ecs.CfnService;

  private readonly loadBalancers: ecs.CfnService.LoadBalancerProperty[] = [];
  private readonly port: number;

  constructor(scope: Construct, id: string, options: FargateRolloutOptions) {
    super(scope, id);
    this.port = options.port;
    this.service = new ecs.CfnService(this, 'Resource', {
      cluster: options.cluster.attrArn,
      taskDefinition: options.taskDefinition.ref,
      launchType: 'FARGATE',
      platformVersion: 'LATEST',
      schedulingStrategy: 'REPLICA',
      desiredCount: options.desiredCount,
      availabilityZoneRebalancing: 'ENABLED',
      deploymentController: { type: 'ECS' },
      deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200, deploymentCircuitBreaker: { enable: true, rollback: true } },
      networkConfiguration: {
        awsvpcConfiguration: { assignPublicIp: 'DISABLED', securityGroups: [options.securityGroup.securityGroupId], subnets: options.subnetIds },
      },
      loadBalancers: Lazy.any({ produce: () => this.loadBalancers }, { omitEmptyArray: true }),
      // ECS refuses a grace period without a load balancer.
      healthCheckGracePeriodSeconds: Lazy.number({
        produce: () => this.loadBalancers.length > 0 ? options.healthCheckGracePeriod.toSeconds() : undefined,
      }),
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: 'SERVICE',
    });
    claim(this.service, controls.ECS_NO_PUBLIC_ADDRESS, controls.ECS_PLATFORM, controls.ECS_NO_EXEC, controls.ECS_TWO_TASKS,
      controls.ECS_CIRCUIT_BREAKER, controls.ECS_ZONES, controls.ECS_REBALANCING);
  }

  /** Registers the tasks with a target group. */
  public attach(targetGroup: elbv2.IApplicationTargetGroup): elbv2.LoadBalancerTargetProps {
    this.loadBalancers.push({ targetGroupArn: targetGroup.targetGroupArn, containerName: CONTAINER, containerPort: this.port });
    // ECS refuses a target group that no listener uses yet.
    this.service.node.addDependency(targetGroup.loadBalancerAttached);
    return { targetType: elbv2.TargetType.IP };
  }
}
