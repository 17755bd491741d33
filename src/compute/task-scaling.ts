import { CfnScalableTarget, CfnScalingPolicy } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Construct } from 'constructs';
import { checkCall } from '../core/arguments';
import type { Place } from '../core/validate';
import { cpuPolicy, cpuTarget, scalableTarget } from '../services/ecs/settings';

/** How the number of tasks follows the use of their processors. */
export interface CpuScalingProps {
  /** The most tasks; the least is `desiredCount`. */
  readonly maxCapacity: number;

  /**
   * The average use of the tasks' processors that tasks are added or removed to keep, in percent.
   *
   * @default 60
   */
  readonly targetUtilizationPercent?: number;
}

/** Adds what scales a service with this ID, `service/CLUSTER/SERVICE`. */
export type AttachScaling = (scope: Construct, resourceId: string) => void;

/** How the number of tasks of a service follows its load. */
export class TaskScaling {
  /**
   * Adds tasks, and removes them, so that their processors are busy and not overloaded.
   *
   * @param props how busy, and how many tasks at most
   */
  public static onCpuUtilization(props: CpuScalingProps): TaskScaling {
    checkCall('TaskScaling.onCpuUtilization', undefined, props);
    return new TaskScaling((at, minCapacity) => {
      const target = cpuTarget(at, minCapacity, props);
      return (scope, resourceId) => {
        const { ref } = new CfnScalableTarget(scope, 'Target', scalableTarget(resourceId, minCapacity, props.maxCapacity));
        new CfnScalingPolicy(scope, 'Policy', cpuPolicy(ref, target));
      };
    });
  }

  private constructor(private readonly check: (at: Place, minCapacity: number) => AttachScaling) {
  }

  /**
   * Checks the scaling for the service that has it.
   *
   * @internal
   */
  public _check(at: Place, minCapacity: number): AttachScaling {
    return this.check(at, minCapacity);
  }
}
