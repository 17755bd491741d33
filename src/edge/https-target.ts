import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Duration } from 'aws-cdk-lib/core';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';
import type { HttpsListener } from './alb-listeners';
import { admit, claim } from '../assurance/claims';
import { harden } from '../core/harden';
import type { Place } from '../core/validate';
import { fail, place } from '../core/validate';
import * as controls from '../services/elb/listener-controls';
import { HOSTS_AT_DEPLOYMENT } from '../services/elb/rendered';
import * as settings from '../services/elb/target-settings';
import { ALB_TARGETS_INSIDE } from '../services/elb/touch-controls';

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
  readonly listener: HttpsListener;
  /** The load balancer's host names. */
  readonly hostNames: string[];
  readonly priority: number;
}

/** A target group that is spoken to, and checked, by HTTPS, and the rule that forwards requests for named hosts to it. */
export class HttpsTarget extends Construct {
  public readonly targetGroup: elbv2.ApplicationTargetGroup;

  constructor(scope: Construct, id: string, context: HttpsTargetContext, props: AlbTargetProps) {
    const at = place(scope, id);
    const { hostNames, pathPatterns } = settings.forwarding(at, props, context.hostNames, context.listener.hasFurtherCertificates);
    const { targetGroupAttributes, ...hardened } = settings.targetGroup(at, props);
    const port = ec2.Port.tcp(hardened.port);
    checkTargets(at, props, port);
    super(scope, id);
    this.targetGroup = new elbv2.ApplicationTargetGroup(this, 'TargetGroup', {
      ...settings.targetGroupProps(at, props),
      vpc: context.vpc,
      targetType: props.targetType,
    });
    targetGroupAttributes.forEach(({ key, value }) => this.targetGroup.setAttribute(key, value));
    const resource = this.targetGroup.node.defaultChild as elbv2.CfnTargetGroup;
    // Not the health check: `configureHealthCheck` may change it, and the self-check holds it to HTTPS.
    harden(resource, { protocol: hardened.protocol, protocolVersion: hardened.protocolVersion, port: hardened.port });
    new elbv2.ApplicationListenerRule(this, 'Rule', {
      listener: context.listener,
      priority: context.priority,
      conditions: [
        elbv2.ListenerCondition.hostHeaders(hostNames),
        ...pathPatterns.length > 0 ? [elbv2.ListenerCondition.pathPatterns(pathPatterns)] : [],
      ],
      action: elbv2.ListenerAction.forward([this.targetGroup]),
    });
    props.targets?.forEach(target => this.register(target, port, context.listener));
    if (areKnownLater(hostNames)) { admit(context.listener.node.defaultChild as elbv2.CfnListener, HOSTS_AT_DEPLOYMENT); }
    claim(resource, controls.ALB_TARGET_HTTPS, controls.ALB_HEALTH_CHECK_HTTPS, ALB_TARGETS_INSIDE);
  }

  /** Registers a target, and opens the way to it unless it does so by itself. */
  private register(target: elbv2.IApplicationLoadBalancerTarget, port: ec2.Port, listener: HttpsListener): void {
    const { ways } = listener;
    const result = target.attachToApplicationTargetGroup(this.targetGroup);
    refuseFunction(this, "'targets' has a Lambda function", result.targetType);
    this.targetGroup.addTarget({ attachToApplicationTargetGroup: () => result });
    if (listener.ways === ways && isConnectable(target)) { listener.registerConnectable(target, port); }
  }
}

/** Whether the deployment says some of the names. The rules of the listener may have such names then. */
function areKnownLater(hostNames: string[]): boolean {
  return Token.isUnresolved(hostNames) || hostNames.some(name => Token.isUnresolved(name));
}

function isConnectable(target: object): target is ec2.IConnectable {
  return 'connections' in target;
}

/** Refuses a function, which the load balancer calls and does not connect to. */
function refuseFunction(at: Place, what: string, targetType: elbv2.TargetType | undefined): void {
  if (targetType !== elbv2.TargetType.LAMBDA) { return; }
  fail(at, `${what}, to which a load balancer makes no connection that could be held to HTTPS: call a function by an API of API Gateway, `
    + 'or let a service answer that listens, for example a PrivateFargateService');
}

/** Refuses no targets, what is none, and those that listen elsewhere. */
function checkTargets(at: Place, props: AlbTargetProps, port: ec2.Port): void {
  if ((props.targets ?? []).length === 0 && props.targetType === undefined) {
    fail(at, "'targets' is empty: name at least one target, or say by 'targetType' what will register");
  }
  refuseFunction(at, "'targetType' is for Lambda functions", props.targetType);
  for (const target of props.targets ?? []) {
    const own = isConnectable(target) ? target.connections.defaultPort : undefined;
    if (own && [own, port].every(p => /^\d+$/.test(p.toString())) && own.toString() !== port.toString()) {
      const { node } = target as Partial<IConstruct>;
      fail(at, `'port' is ${port}, but '${node?.path}' listens on ${own}: give ${own}, or nothing would answer`);
    }
  }
}
