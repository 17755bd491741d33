// The hardened values of a cluster, a service, its scaling and its security group.
import type { CfnScalableTargetProps, CfnScalingPolicyProps } from 'aws-cdk-lib/aws-applicationautoscaling';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Duration, Token } from 'aws-cdk-lib/core';
import type { Place } from '../../core/validate';
import { fail, requireGiven, requireMatch, requireRange, requireUnit } from '../../core/validate';

/** The longest name of a cluster or a family that is made of stack name and logical ID. */
export const NAME_LENGTH = 200;

/** Refuses a name that ECS would refuse. */
export function checkName(at: Place, prop: string, name: string | undefined): void {
  requireMatch(at, prop, name, /^[a-zA-Z0-9_-]{1,255}$/, "use up to 255 letters, digits, '-' and '_'");
}

/** Refuses a key that Fargate would refuse. */
export function checkStorageKey(at: Place, keyId: string): void {
  if (!Token.isUnresolved(keyId) && /^(mrk-|alias\/)/.test(keyId)) {
    fail(at, `'encryptionKey' is '${keyId}': Fargate takes neither aliases nor keys of several regions for the disks of tasks, `
      + 'give the key of this region itself');
  }
}

/** What differs between clusters. */
export interface ClusterOptions {
  readonly clusterName: string;
  readonly keyId: string;
  readonly keyArn: string;
  readonly logGroupName: string;
  readonly logBucketName: string;
}

/** A cluster that is measured, whose tasks have disks under a key, and where a shell, if there ever is one, leaves its traces. */
export function cluster(options: ClusterOptions): Partial<ecs.CfnClusterProps> {
  const { clusterName, keyId, keyArn, logGroupName, logBucketName } = options;
  return {
    clusterName,
    clusterSettings: [{ name: 'containerInsights', value: 'enhanced' }],
    configuration: {
      managedStorageConfiguration: { kmsKeyId: keyId, fargateEphemeralStorageKmsKeyId: keyId },
      executeCommandConfiguration: {
        kmsKeyId: keyArn,
        logging: 'OVERRIDE',
        logConfiguration: {
          cloudWatchLogGroupName: logGroupName,
          cloudWatchEncryptionEnabled: true,
          s3BucketName: logBucketName,
          s3EncryptionEnabled: true,
          s3KeyPrefix: `ecs-exec/${clusterName}`,
        },
      },
    },
  };
}

/** How many tasks run, at least if the service scales. */
export function taskCount(at: Place, desiredCount: number | undefined, disposable: boolean): number {
  const count = desiredCount ?? (disposable ? 1 : 2);
  requireRange(at, 'desiredCount', count, 1, 5000, 'tasks');
  return count;
}

/** How long a starting task may fail the load balancer's health check, in seconds. */
export function gracePeriod(at: Place, given: Duration | undefined): number {
  const period = given ?? Duration.seconds(60);
  requireUnit(at, 'healthCheckGracePeriod', period, 'seconds');
  const seconds = period.toSeconds({ integral: false });
  requireRange(at, 'healthCheckGracePeriod', seconds, 0, 2147483647, 'seconds');
  return seconds;
}

/** Refuses a port that a user other than root can't listen on. */
export function checkPort(at: Place, port: number): void {
  requireGiven(at, 'port', port, 'give the port that the application listens on, from 1024');
  requireRange(at, 'port', port, 1024, 65535, '(a user other than root listens on no other)');
}

/** What differs between services. */
export interface ServiceOptions {
  /** How many tasks; undefined where scaling decides, as a count here would undo it at every deployment. */
  readonly desiredCount?: number;
  readonly subnetIds: string[];
  readonly securityGroupId: string;
}

/** A service that nothing reaches from outside, that replaces its tasks safely and keeps them in several Availability Zones. */
export function service(options: ServiceOptions): Partial<ecs.CfnServiceProps> {
  return {
    launchType: 'FARGATE',
    platformVersion: 'LATEST',
    schedulingStrategy: 'REPLICA',
    desiredCount: options.desiredCount,
    availabilityZoneRebalancing: 'ENABLED',
    deploymentController: { type: 'ECS' },
    deploymentConfiguration: {
      minimumHealthyPercent: 100,
      maximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
    },
    networkConfiguration: {
      awsvpcConfiguration: { assignPublicIp: 'DISABLED', securityGroups: [options.securityGroupId], subnets: options.subnetIds },
    },
    enableExecuteCommand: false,
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
  };
}

/** What may differ between services that scale. */
export interface ScalingOptions {
  readonly maxCapacity: number;
  readonly targetUtilizationPercent?: number;
}

/** The average use of processors that scaling keeps, in percent, checked. */
export function cpuTarget(at: Place, minCapacity: number, options: ScalingOptions): number {
  const target = options.targetUtilizationPercent ?? 60;
  requireRange(at, 'scaling.maxCapacity', options.maxCapacity, minCapacity, 5000, 'tasks');
  requireRange(at, 'scaling.targetUtilizationPercent', target, 10, 90, 'percent');
  return target;
}

/** What scales: the number of tasks of a service. */
export function scalableTarget(resourceId: string, minCapacity: number, maxCapacity: number): CfnScalableTargetProps {
  return { serviceNamespace: 'ecs', scalableDimension: 'ecs:service:DesiredCount', resourceId, minCapacity, maxCapacity };
}

/** Keeps processors busy and not overloaded. */
export function cpuPolicy(scalingTargetId: string, targetValue: number): CfnScalingPolicyProps {
  return {
    policyName: 'CpuUtilization',
    policyType: 'TargetTrackingScaling',
    scalingTargetId,
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      targetValue,
    },
  };
}
