// What AWS says of Fargate and of the metrics of ECS.

/**
 * Memory that Fargate offers with CPU units: from, to, and in which steps of MiB.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html, "Task CPU and memory"
 */
export const FARGATE_MEMORY: Record<number, [from: number, to: number, step: number]> = {
  256: [512, 2048, 512],
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16384, 1024],
  4096: [8192, 30720, 1024],
  8192: [16384, 61440, 4096],
  16384: [32768, 122880, 8192],
};

/** A size within the steps that Fargate leaves out all the same: 256 units take 512, 1024 and 2048 MiB. */
export const FARGATE_GAP = 1536;

/**
 * Processors of Fargate, as a task definition names them.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html
 */
export const FARGATE_ARCHITECTURES = ['X86_64', 'ARM64'];

/**
 * Where Container Insights writes. It makes the log group, under no key and for a day, unless it is there.
 *
 * Source: github.com/aws/containers-roadmap/issues/2315; CloudWatch user guide, "Setting up Container Insights on Amazon ECS".
 */
export function insightsLogGroupName(clusterName: string): string {
  return `/aws/ecs/containerinsights/${clusterName}/performance`;
}

/**
 * Metrics that ECS measures of every service.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 */
export const METRICS = { namespace: 'AWS/ECS', cpu: 'CPUUtilization', memory: 'MemoryUtilization' };
