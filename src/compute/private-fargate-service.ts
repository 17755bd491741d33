import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Lazy, Resource } from 'aws-cdk-lib/core';
import type { aws_ecs } from 'aws-cdk-lib/interfaces';
import { Construct, IDependable } from 'constructs';
import { FargateCluster } from './fargate-cluster';
import { FargateTask } from './fargate-task';
import { PrivateFargateServiceProps } from './private-fargate-service-props';
import { planOf, ServicePlan } from './service-plan';
import { admit, claim } from '../assurance/claims';
import { waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { nameStem } from '../core/names';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { EventNotification } from '../foundation/event-notification';
import { SecurityFoundation } from '../foundation/security-foundation';
import { SG_DESCRIBED, SG_EGRESS, SG_NARROW, SG_NOT_PUBLIC } from '../services/ec2/security-group-controls';
import { closedSecurityGroup, nowhere } from '../services/ec2/settings';
import { SG_OF_TASKS, TASKS_INSIDE, TASKS_UNDER_CLOSED_GROUPS } from '../services/ec2/touch-controls';
import * as controls from '../services/ecs/controls';
import { METRICS } from '../services/ecs/facts';
import * as settings from '../services/ecs/settings';
import { CONTAINER, unlessEmpty } from '../services/ecs/task-settings';
import { ECS_ONE_ROLLOUT, ECS_REACHED_BY_OURS } from '../services/ecs/touch-controls';

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
 * It is an `ecs.IFargateService`, with a cluster and a task definition of its own.
 *
 * Answers FSBP ECS.2-ECS.5, ECS.8-ECS.10, ECS.12, ECS.16, ECS.17 and ECS.20, NIST AC-6, AU-12, SC-28, CP-10 and SI-7,
 * PCI 1.4.4, 6.3 and 8.6.2.
 */
export class PrivateFargateService extends Resource
  implements ecs.IFargateService, ecs.IBaseService, ec2.IConnectable, iam.IGrantable, elbv2.IApplicationLoadBalancerTarget {
  /** The cluster, for this service alone. */
  public readonly cluster: ecs.ICluster;

  /** The task definition. */
  public readonly taskDefinition: ecs.IFargateTaskDefinition;

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

  /** The resource of the service. */
  public readonly cfnService: ecs.CfnService;

  private readonly loadBalancers: ecs.CfnService.LoadBalancerProperty[] = [];
  private readonly port: number;

  constructor(scope: Construct, id: string, props: PrivateFargateServiceProps) {
    checkNew('PrivateFargateService', scope, id, props);
    const plan = planOf(scope, id, props);
    super(scope, id);
    waive(this, props.waivers);
    this.port = props.port;
    const foundation = props.foundation ?? SecurityFoundation.of(this);
    this.logGroup = new EncryptedLogGroup(this, 'Logs', { foundation, retention: props.logRetention });
    this.cluster = new FargateCluster(this, 'Cluster', {
      vpc: props.vpc,
      clusterName: props.clusterName,
      encryptionKey: props.encryptionKey,
      foundation,
      logRetention: props.logRetention,
      logGroup: this.logGroup,
      logBucket: props.logBucket ?? foundation.logBucket,
    });
    const task = new FargateTask(this, 'Task', {
      family: props.family,
      image: plan.image,
      port: props.port,
      task: plan.task,
      container: plan.container,
      environment: plan.environment,
      secrets: plan.secrets,
      mounts: plan.mounts,
      logGroup: this.logGroup,
    });
    this.taskDefinition = task;
    this.taskRole = task.taskRole;
    this.executionRole = task.executionRole;
    this.grantPrincipal = task.taskRole;
    this.securityGroup = this.closedGroup(props.vpc);
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(props.port) });
    this.cfnService = this.rollout(plan);
    if (plan.scaling) {
      plan.scaling(new Construct(this, 'Scaling'), `service/${this.cluster.clusterName}/${this.serviceName}`);
    }
    if (props.topic) { this.notify(props.topic); }
  }

  /** The ARN of the service. */
  public get serviceArn(): string {
    const resourceName = `${this.cluster.clusterName}/${this.physicalName}`;
    return this.getResourceArnAttribute(this.cfnService.ref, { service: 'ecs', resource: 'service', resourceName });
  }

  /** The name of the service. */
  public get serviceName(): string {
    return this.getResourceNameAttribute(this.cfnService.attrName);
  }

  /** A reference to the service. */
  public get serviceRef(): aws_ecs.ServiceReference {
    return { serviceArn: this.serviceArn };
  }

  /**
   * Registers the tasks with a target group of an application load balancer. Load balancers call it; it opens no port.
   */
  public attachToApplicationTargetGroup(targetGroup: elbv2.IApplicationTargetGroup): elbv2.LoadBalancerTargetProps {
    checkCall('PrivateFargateService.attachToApplicationTargetGroup', this, targetGroup);
    this.loadBalancers.push({ targetGroupArn: targetGroup.targetGroupArn, containerName: CONTAINER, containerPort: this.port });
    // An imported one is known by nobody but its user.
    if (targetGroup.node.defaultChild === undefined) { admit(this.cfnService, targetGroup.targetGroupArn); }
    // ECS refuses a target group that no listener uses yet.
    this.addDependency(targetGroup.loadBalancerAttached);
    return { targetType: elbv2.TargetType.IP };
  }

  /**
   * Starts tasks only when these are there. `node.addDependency` would let the log group, the cluster and the roles wait as well.
   *
   * @param dependencies what tasks need when they start
   */
  public addDependency(...dependencies: IDependable[]): void {
    checkCall('PrivateFargateService.addDependency', this, ...dependencies);
    this.cfnService.node.addDependency(...dependencies);
  }

  /**
   * A metric of the service.
   *
   * @param metricName what ECS calls it, for example `CPUUtilization`
   * @param props how it is read
   */
  public metric(metricName: string, props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    checkCall('PrivateFargateService.metric', this, metricName, props);
    const dimensionsMap = { ClusterName: this.cluster.clusterName, ServiceName: this.serviceName };
    return new cloudwatch.Metric({ namespace: METRICS.namespace, metricName, dimensionsMap }).with(props ?? {}).attachTo(this);
  }

  /**
   * The use of the tasks' processors, in percent, on average over five minutes.
   *
   * @param props how it is read
   */
  public metricCpuUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    checkCall('PrivateFargateService.metricCpuUtilization', this, props);
    return this.metric(METRICS.cpu, props);
  }

  /**
   * The use of the tasks' memory, in percent, on average over five minutes.
   *
   * @param props how it is read
   */
  public metricMemoryUtilization(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    checkCall('PrivateFargateService.metricMemoryUtilization', this, props);
    return this.metric(METRICS.memory, props);
  }

  /** What people know the service by, which stays when the construct moves and keeps its logical ID. */
  private get knownAs(): string {
    return nameStem(() => this.cfnService, { maxLength: settings.NAME_LENGTH, keepCase: true });
  }

  /** A security group that lets nothing in and nothing out. */
  private closedGroup(vpc: ec2.IVpc): ec2.SecurityGroup {
    const description = `Tasks of ${this.knownAs}`;
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc, description, ...closedSecurityGroup() });
    group.addEgressRule(...nowhere());
    claim(group.node.defaultChild as ec2.CfnSecurityGroup, SG_NOT_PUBLIC, SG_NARROW, SG_DESCRIBED, SG_EGRESS, SG_OF_TASKS);
    return group;
  }

  /** Keeps tasks running in several Availability Zones, replaces them safely, registers them with target groups. */
  private rollout(plan: ServicePlan): ecs.CfnService {
    const { subnetIds, desiredCount, gracePeriod } = plan;
    const service = new ecs.CfnService(this, 'Resource', {
      cluster: this.cluster.clusterArn,
      taskDefinition: this.taskDefinition.taskDefinitionArn,
      ...settings.service({ desiredCount, subnetIds, securityGroupId: this.securityGroup.securityGroupId }),
      loadBalancers: Lazy.any({ produce: () => unlessEmpty(this.loadBalancers) }),
      // ECS refuses a grace period without a load balancer.
      healthCheckGracePeriodSeconds: Lazy.number({ produce: () => this.loadBalancers.length > 0 ? gracePeriod : undefined }),
    });
    // A task must find its rights when it starts.
    service.node.addDependency(this.taskRole, this.executionRole);
    claim(service, controls.ECS_NO_PUBLIC_ADDRESS, controls.ECS_PLATFORM, controls.ECS_NO_EXEC, controls.ECS_TWO_TASKS,
      controls.ECS_CIRCUIT_BREAKER, controls.ECS_ZONES, controls.ECS_REBALANCING, TASKS_UNDER_CLOSED_GROUPS, TASKS_INSIDE,
      ECS_REACHED_BY_OURS, ECS_ONE_ROLLOUT);
    return service;
  }

  private notify(topic: sns.ITopic): void {
    new EventNotification(this, 'DeploymentFailed', {
      description: `A deployment of ${this.knownAs} failed`,
      eventPattern: {
        source: ['aws.ecs'],
        detailType: ['ECS Deployment State Change'],
        resources: [this.cfnService.ref],
        detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED'] },
      },
      topic,
    });
  }
}
