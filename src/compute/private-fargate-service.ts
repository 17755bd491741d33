import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { FargateCluster } from './fargate-cluster';
import { FargateRollout } from './fargate-rollout';
import { requireFargateSize } from './fargate-size';
import { FargateTask } from './fargate-task';
import { PrivateImage } from './private-image';
import { checkCommands, checkEnvironment, checkUser, privateSubnets } from './service-checks';
import { TaskScaling } from './task-scaling';
import { TaskSecret } from './task-secret';
import { mounts, WritablePath } from './writable-path';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { SecurityWaivers } from '../assurance/security-waiver';
import { requireRange } from '../core/validate';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { EventNotification } from '../foundation/event-notification';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { SG_DESCRIBED, SG_EGRESS, SG_NARROW, SG_NOT_PUBLIC } from '../services/ec2/security-group-controls';

/** Processor that an image is built for. */
export enum FargateArchitecture {
  /** Intel and AMD. */
  X86_64 = 'X86_64',
  /** AWS Graviton. */
  ARM64 = 'ARM64',
}

/** How the number of tasks follows the load. */
export interface FargateScaling {
  /** The most tasks; the least is `desiredCount`. */
  readonly maxCount: number;

  /**
   * The average use of the tasks' processors that tasks are added or removed to keep, in percent.
   *
   * @default 60
   */
  readonly cpuPercent?: number;
}

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
  readonly memoryMiB?: number;

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
  readonly scaling?: FargateScaling;

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
   * @default FargateArchitecture.X86_64
   */
  readonly architecture?: FargateArchitecture;

  /**
   * The key for the disks of tasks: of this region only, not an alias. It must allow `KeyAccess.fargateStorage` if it is imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How long logs are kept. Less than a year needs a waiver of `LOG-02`.
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

/**
 * A service on Fargate that nothing reaches and that reaches nothing until a rule says so.
 *
 * Its tasks run as an ordinary user without Linux capabilities on a read-only file system, in private subnets of several
 * Availability Zones, without a public address and without shells. Their disks are under a customer managed key. Bad
 * deployments are rolled back.
 *
 * Open what it needs by `connections`; grant what it may do with `bucket.grantRead(service)`: grants go to a customer managed
 * policy of the task role. It is a target of an application load balancer, which keeps its own rules for the network.
 *
 * Answers FSBP ECS.2-ECS.5, ECS.8-ECS.10, ECS.12, ECS.16, ECS.17 and ECS.20, NIST AC-6, AU-12, SC-28, CP-10 and SI-7, PCI 1.4.4, 6.3 and 8.6.2.
 */
export class PrivateFargateService extends Construct implements ec2.IConnectable, iam.IGrantable, elbv2.IApplicationLoadBalancerTarget {
  /** The cluster, for this service alone. */
  public readonly cluster: ecs.CfnCluster;

  /** The service. */
  public readonly service: ecs.CfnService;

  /** The task definition. */
  public readonly taskDefinition: ecs.CfnTaskDefinition;

  /** The role of the application. */
  public readonly taskRole: iam.Role;

  /** The role of the agent that starts tasks. */
  public readonly executionRole: iam.Role;

  /** The log group of the application. */
  public readonly logGroup: logs.LogGroup;

  /** The security group of the tasks. */
  public readonly securityGroup: ec2.SecurityGroup;

  /** Network connections from and to the tasks; the default port is that of the application. */
  public readonly connections: ec2.Connections;

  /** Who gets what is granted to the service: the application. */
  public readonly grantPrincipal: iam.IPrincipal;

  private readonly rollout: FargateRollout;

  constructor(scope: Construct, id: string, props: PrivateFargateServiceProps) {
    super(scope, id);
    SecurityWaivers.of(this).add(...props.waivers ?? []);
    const subnetIds = privateSubnets(this, props.vpc, props.vpcSubnets);
    const cpu = props.cpu ?? 512;
    const memoryMiB = props.memoryMiB ?? 1024;
    const user = props.user ?? '1000:1000';
    const environment = props.environment ?? {};
    const secrets = props.secrets ?? {};
    const desiredCount = props.desiredCount ?? (Disposable.isDisposable(this) ? 1 : 2);
    requireRange(this, 'port', props.port, 1024, 65535, '(a user other than root listens on no other)');
    requireFargateSize(this, cpu, memoryMiB);
    requireRange(this, 'desiredCount', desiredCount, 1, 5000, 'tasks');
    requireRange(this, 'scaling.maxCount', props.scaling?.maxCount, desiredCount, 5000, 'tasks');
    requireRange(this, 'scaling.cpuPercent', props.scaling?.cpuPercent, 10, 90, 'percent');
    checkUser(this, user);
    checkEnvironment(this, environment, Object.keys(secrets));
    checkCommands(this, props.command, props.healthCheckCommand);

    const foundation = props.foundation ?? SecurityFoundation.of(this);
    this.logGroup = new EncryptedLogGroup(this, 'Logs', { foundation, retention: props.logRetention }).logGroup;
    this.cluster = new FargateCluster(this, 'Cluster', {
      encryptionKey: props.encryptionKey,
      logGroup: this.logGroup,
      logBucket: props.logBucket ?? foundation.logBucket.bucket,
    }).cluster;
    const task = new FargateTask(this, 'Task', {
      image: props.image._locate(this),
      port: props.port,
      cpu,
      memoryMiB,
      architecture: props.architecture ?? FargateArchitecture.X86_64,
      user,
      environment,
      secrets,
      mounts: mounts(this, props.writablePaths ?? [WritablePath.inMemory('/tmp')], memoryMiB),
      logGroup: this.logGroup,
      command: props.command,
      healthCheckCommand: props.healthCheckCommand,
    });
    this.taskDefinition = task.taskDefinition;
    this.taskRole = task.taskRole;
    this.executionRole = task.executionRole;
    this.grantPrincipal = task.taskRole;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      // EC2 takes no other characters.
      description: `Tasks of ${this.node.path}`.replace(/[^a-zA-Z0-9 ._:/()#,@[\]+=&;{}!$*-]/g, '-').slice(0, 255),
      allowAllOutbound: false,
      allowAllIpv6Outbound: false,
      disableInlineRules: false,
    });
    // Stays when others are added. EC2 opens everything where a group has no rule, and a rule in the stack of the other side comes later.
    this.securityGroup.addEgressRule(ec2.Peer.ipv4('127.0.0.1/32'), ec2.Port.tcp(443), 'Nowhere: keeps EC2 from opening everything');
    claim(this.securityGroup.node.defaultChild as ec2.CfnSecurityGroup, SG_NOT_PUBLIC, SG_NARROW, SG_DESCRIBED, SG_EGRESS);
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(props.port) });
    this.rollout = new FargateRollout(this, 'Service', {
      cluster: this.cluster,
      taskDefinition: this.taskDefinition,
      desiredCount: props.scaling ? undefined : desiredCount,
      port: props.port,
      subnetIds,
      securityGroup: this.securityGroup,
      healthCheckGracePeriod: props.healthCheckGracePeriod ?? Duration.seconds(60),
    });
    this.service = this.rollout.service;
    // A task must find its rights when it starts.
    this.service.node.addDependency(this.taskRole, this.executionRole);
    if (props.scaling) {
      const { maxCount, cpuPercent } = props.scaling;
      new TaskScaling(this, 'Scaling', { cluster: this.cluster, service: this.service, minCount: desiredCount, maxCount, cpuPercent: cpuPercent ?? 60 });
    }
    if (props.topic) { this.notify(props.topic); }
  }

  /**
   * Registers the tasks with a target group of an application load balancer. Load balancers call it; it opens no port.
   */
  public attachToApplicationTargetGroup(targetGroup: elbv2.IApplicationTargetGroup): elbv2.LoadBalancerTargetProps {
    return this.rollout.attach(targetGroup);
  }

  private notify(topic: sns.ITopic): void {
    new EventNotification(this, 'DeploymentFailed', {
      description: `A deployment of ${this.node.path} failed`,
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Deployment State Change'],
        resources: [this.service.ref],
        detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
      },
      topic,
    });
  }
}
