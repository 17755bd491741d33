import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Construct } from 'constructs';

/** What scaling is made of, checked and complete. */
export interface TaskScalingOptions {
  readonly cluster: ecs.CfnCluster;
  readonly service: ecs.CfnService;
  readonly minCount: number;
  readonly maxCount: number;
  readonly cpuPercent: number;
}

/** Adds tasks to a service and removes them, so that their processors are busy and not overloaded. */
export class TaskScaling extends Construct {
  constructor(scope: Construct, id: string, options: TaskScalingOptions) {
    super(scope, id);
    const target = new scaling.CfnScalableTarget(this, 'Target', {
      serviceNamespace: 'ecs',
      scalableDimension: 'ecs:service:DesiredCount',
      resourceId: `service/${options.cluster.ref}/${options.service.attrName}`,
      minCapacity: options.minCount,
      maxCapacity: options.maxCount,
    });
    new scaling.CfnScalingPolicy(this, 'Policy', {
      policyName: 'CpuUtilization',
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        targetValue: options.cpuPercent,
      },
    });
  }
}
