import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { fail, requireList, requireMatch, requireNotEmpty, requireRange, requireUnit } from '../core/validate';
import * as controls from '../services/elb/controls';

/** Where a load balancer forwards requests to. */
export interface AlbTargetProps {
  /**
   * What takes the requests: Auto Scaling groups, ECS services, instances, IP addresses. They speak HTTPS; a certificate of their
   * own making will do.
   *
   * @default - nothing yet: `targetType` says what registers later
   */
  readonly targets?: elbv2.IApplicationLoadBalancerTarget[];

  /**
   * What kind of target registers, where `targets` does not say it.
   *
   * @default - that of `targets`
   */
  readonly targetType?: elbv2.TargetType;

  /**
   * The port that the targets listen on.
   *
   * @default 443
   */
  readonly port?: number;

  /**
   * The path of the health check, which must answer 200.
   *
   * @default '/'
   */
  readonly healthCheckPath?: string;

  /**
   * For which of the load balancer's host names. Up to five host names and path patterns in all.
   *
   * @default - all of them
   */
  readonly hostNames?: string[];

  /**
   * For which paths, for example `/api/*`.
   *
   * @default - all
   */
  readonly pathPatterns?: string[];

  /**
   * When the rule is evaluated, from 1 (first) to 50000. Give it where rules may be added or removed later, so that the others
   * stay where they are.
   *
   * @default - after all rules that were added before
   */
  readonly priority?: number;

  /**
   * How long a target may finish its requests when it leaves.
   *
   * @default Duration.seconds(30)
   */
  readonly deregistrationDelay?: Duration;
}

/** What a target takes from its load balancer. */
export interface HttpsTargetContext {
  readonly vpc: ec2.IVpc;
  readonly listener: elbv2.ApplicationListener;
  /** The load balancer's host names. */
  readonly hostNames: string[];
  readonly priority: number;
  /** Opens the way from the load balancer to a target. */
  readonly reach: (target: ec2.IConnectable, port: ec2.Port) => void;
  /** What the way was opened to. */
  readonly reached: ec2.IConnectable[];
}

/** A target group that is spoken to, and checked, by HTTPS, and the rule that forwards requests for named hosts to it. */
export class HttpsTarget extends Construct {
  public readonly targetGroup: elbv2.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, context: HttpsTargetContext, props: AlbTargetProps) {
    super(scope, id);
    const hostNames = props.hostNames ?? context.hostNames;
    this.check(props, hostNames, context);
    this.targetGroup = new elbv2.ApplicationTargetGroup(this, 'TargetGroup', {
      vpc: context.vpc,
      targetType: props.targetType,
      protocol: elbv2.ApplicationProtocol.HTTPS,
      protocolVersion: elbv2.ApplicationProtocolVersion.HTTP1,
      port: props.port ?? 443,
      deregistrationDelay: props.deregistrationDelay ?? Duration.seconds(30),
      healthCheck: {
        enabled: true,
        protocol: elbv2.Protocol.HTTPS,
        path: props.healthCheckPath ?? '/',
        healthyHttpCodes: '200',
        interval: Duration.seconds(15),
        timeout: Duration.seconds(5),
        healthyThresholdCount: 2,
        unhealthyThresholdCount: 2,
      },
    });
    this.targetGroup.setAttribute('stickiness.enabled', 'false');
    new elbv2.ApplicationListenerRule(this, 'Rule', {
      listener: context.listener,
      priority: context.priority,
      conditions: [
        elbv2.ListenerCondition.hostHeaders(hostNames),
        ...props.pathPatterns ? [elbv2.ListenerCondition.pathPatterns(props.pathPatterns)] : [],
      ],
      action: elbv2.ListenerAction.forward([this.targetGroup]),
    });
    props.targets?.forEach(target => this.register(target, ec2.Port.tcp(props.port ?? 443), context));
    claim(this.targetGroup.node.defaultChild as elbv2.CfnTargetGroup, controls.ALB_TARGET_HTTPS, controls.ALB_HEALTH_CHECK_HTTPS);
  }

  /** Registers a target, and opens the way to it unless it does so by itself. */
  private register(target: elbv2.IApplicationLoadBalancerTarget, port: ec2.Port, { reach, reached }: HttpsTargetContext): void {
    const before = reached.length;
    const own = 'connections' in target ? (target as unknown as ec2.IConnectable).connections.defaultPort : undefined;
    if (own && [own, port].every(p => /^\d+$/.test(p.toString())) && own.toString() !== port.toString()) {
      fail(this, `'port' is ${port}, but '${(target as any).node?.path}' listens on ${own}: give ${own}, or nothing would answer`);
    }
    this.targetGroup.addTarget(target);
    if (reached.length === before && 'connections' in target) { reach(target as unknown as ec2.IConnectable, port); }
  }

  private check(props: AlbTargetProps, hostNames: string[], context: HttpsTargetContext): void {
    if ((props.targets ?? []).length === 0 && props.targetType === undefined) {
      fail(this, "'targets' is empty: name at least one target, or say by 'targetType' what will register");
    }
    requireRange(this, 'port', props.port, 1, 65535, '(TCP)');
    requireRange(this, 'priority', props.priority, 1, 50000, '(the lowest comes first)');
    requireMatch(this, 'healthCheckPath', props.healthCheckPath, /^\/\S{0,1023}$/, "begin with '/'");
    requireNotEmpty(this, 'hostNames', hostNames, 'name at least one host: requests for others are refused');
    requireUnit(this, 'deregistrationDelay', props.deregistrationDelay, 'seconds');
    requireList(this, 'pathPatterns', props.pathPatterns);
    props.pathPatterns?.forEach(p => requireMatch(this, 'pathPatterns', p, /^\/\S{0,127}$/, "begin with '/', in up to 128 characters"));
    const foreign = Token.isUnresolved(hostNames) ? undefined : hostNames.find(h => !Token.isUnresolved(h) && !covered(h, context.hostNames));
    if (foreign !== undefined) {
      fail(this, `'hostNames' has '${foreign}', which is none of the load balancer's host names (${context.hostNames.join(', ')}): add it there too`);
    }
    const values = hostNames.length + (props.pathPatterns?.length ?? 0);
    if (values > 5) {
      fail(this, `'hostNames' and 'pathPatterns' have ${values} values: a rule takes five, so make another target for the rest`);
    }
  }
}

/** Whether a host is one of the names, or falls under one that begins with `*.`. Nobody knows of names that are tokens. */
function covered(host: string, names: string[]): boolean {
  return Token.isUnresolved(names) || names.some(name => Token.isUnresolved(name) || name === host || (name.startsWith('*.') && host.endsWith(name.slice(1))));
}
