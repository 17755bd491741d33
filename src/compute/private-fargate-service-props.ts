import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Duration } from 'aws-cdk-lib/core';
import { PrivateImage } from './private-image';
import { TaskScaling } from './task-scaling';
import { TaskSecret } from './task-secret';
import { WritablePath } from './writable-path';
import { HardenedProps } from '../foundation/security-foundation';

/** Properties of a private Fargate service. */
export interface PrivateFargateServiceProps extends HardenedProps {
  /**
   * The VPC. Without a NAT gateway it needs endpoints for `ecr.api`, `ecr.dkr`, `logs` and S3, and for `secretsmanager` or `ssm` if
   * there are secrets.
   */
  readonly vpc: ec2.IVpc;

  /**
   * Which subnets, in two Availability Zones or more, none of them public.
   *
   * @default - the private subnets of the VPC, or the isolated ones if it has none
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /** The image. */
  readonly image: PrivateImage;

  /** The port that the application listens on, from 1024: below, only root can. */
  readonly port: number;

  /**
   * CPU units of a task; 1024 are one processor.
   *
   * @default 512
   */
  readonly cpu?: number;

  /**
   * Memory of a task in MiB.
   *
   * @default 1024
   */
  readonly memoryLimitMiB?: number;

  /**
   * How many tasks run, at least if there is `scaling`. One alone needs a waiver of `ECS-13`.
   *
   * @default 2, or 1 in a disposable scope
   */
  readonly desiredCount?: number;

  /**
   * Adds tasks under load.
   *
   * @default - the number of tasks stays as it is
   */
  readonly scaling?: TaskScaling;

  /**
   * Settings of the application. Credentials are refused: give them by `secrets`.
   *
   * @default - none
   */
  readonly environment?: Record<string, string>;

  /**
   * Values that ECS reads when a task starts, by the name of the environment variable that gets them.
   *
   * @default - none
   */
  readonly secrets?: Record<string, TaskSecret>;

  /**
   * User and group that the application runs as: numbers, as `UID:GID`, neither of them 0.
   *
   * @default '1000:1000'
   */
  readonly user?: string;

  /**
   * What is run instead of the image's own command.
   *
   * @default - the image's own
   */
  readonly command?: string[];

  /**
   * A command in the container that ends with 0 while it is healthy, without a shell: `['/app/health']`.
   *
   * @default - none: the load balancer asks
   */
  readonly healthCheckCommand?: string[];

  /**
   * How long a starting task may fail the load balancer's health check.
   *
   * @default Duration.seconds(60)
   */
  readonly healthCheckGracePeriod?: Duration;

  /**
   * Paths that the application may write. Everything else in its root file system is read-only.
   *
   * @default [WritablePath.inMemory('/tmp')]
   */
  readonly writablePaths?: WritablePath[];

  /**
   * The processor that the image is built for.
   *
   * @default ecs.CpuArchitecture.X86_64
   */
  readonly cpuArchitecture?: ecs.CpuArchitecture;

  /**
   * The key for the disks of tasks: of this region only, not an alias. It must allow `KeyAccess.fargateStorage` if it is imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * The name of the cluster. One that you choose must be free again when a deleted stack is deployed anew, and so must the log group
   * `/aws/ecs/containerinsights/NAME/performance`, which outlives the stack.
   *
   * @default - made of the stack's name, the cluster's logical ID and a part that differs each time the stack is created
   */
  readonly clusterName?: string;

  /**
   * The name that the versions of the task definition share.
   *
   * @default - made of the stack's name and the task definition's logical ID
   */
  readonly family?: string;

  /**
   * How long logs are kept, those of Container Insights too. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * Where sessions in containers would be recorded, if somebody ever allowed one.
   *
   * @default - the log bucket of the security foundation
   */
  readonly logBucket?: s3.IBucket;

  /**
   * The topic that is notified when a deployment fails.
   *
   * @default - nobody is notified
   */
  readonly topic?: sns.ITopic;
}
