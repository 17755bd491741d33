import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { harden } from '../core/harden';
import { fail } from '../core/validate';
import * as controls from '../services/elb/listener-controls';
import * as settings from '../services/elb/listener-settings';
import * as touch from '../services/elb/touch-controls';

/** TLS versions and ciphers of a load balancer: the policies that pass Security Hub's ELB.17 and resist quantum computers. */
export enum AlbTlsPolicy {
  /** TLS 1.3, and TLS 1.2 with forward secrecy and authenticated encryption. Post-quantum key exchange. */
  TLS13_12_RES_PQ = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  /** TLS 1.3 only. Post-quantum key exchange. */
  TLS13_13_PQ = 'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
  /** As TLS13_12_RES_PQ, by modules that are validated under FIPS 140-3. */
  FIPS_TLS13_12_RES_PQ = 'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09',
  /** As TLS13_13_PQ, by modules that are validated under FIPS 140-3. */
  FIPS_TLS13_13_PQ = 'ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09',
}

/** Who may show the application in a frame. */
export enum FrameOptions {
  /** Nobody. */
  DENY = 'DENY',
  /** Pages of the same origin. */
  SAMEORIGIN = 'SAMEORIGIN',
}

/** What both listeners of a load balancer are made of. */
export interface ListenerOptions {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly securityGroup: ec2.ISecurityGroup;
}

/** What differs between listeners that speak HTTPS. */
export interface HttpsListenerOptions extends ListenerOptions {
  readonly certificate: acm.ICertificate;
  readonly sslPolicy?: AlbTlsPolicy;
  readonly contentSecurityPolicy?: string;
  readonly frameOptions?: FrameOptions;
}

/** A listener that answers everything with a 403, until a rule forwards it. */
export class HttpsListener extends elbv2.ApplicationListener {
  declare public readonly connections: ec2.Connections;

  /** How often the way to a target was opened. */
  public ways = 0;

  /** Whether there are certificates beside the first one: of host names that nobody here knows. */
  public hasFurtherCertificates = false;

  constructor(scope: Construct, id: string, options: HttpsListenerOptions) {
    const { loadBalancer, certificate } = options;
    super(scope, id, {
      ...settings.httpsListenerProps(),
      loadBalancer,
      certificates: [elbv2.ListenerCertificate.fromCertificateManager(certificate)],
    });
    this.connections = connectionsOf(options, this.port);
    const resource = this.node.defaultChild as elbv2.CfnListener;
    const { listenerAttributes, ...hardened } = settings.httpsListener({
      certificateArn: certificate.certificateArn,
      sslPolicy: options.sslPolicy,
      contentSecurityPolicy: options.contentSecurityPolicy,
      frameOptions: options.frameOptions,
    });
    listenerAttributes.forEach(({ key, value }) => this.setAttribute(key, value));
    harden(resource, hardened);
    claim(resource, controls.ALB_HTTPS, controls.ALB_TLS_POLICY, controls.ALB_HOST_NAMES, controls.ALB_RESPONSE_HEADERS,
      touch.ALB_CERTIFICATES, touch.ALB_SAFE_RULES, touch.ALB_CLIENT_CERTIFICATES, touch.ALB_KNOWN_TARGETS);
  }

  /** Adds certificates of further host names, for which `addTarget` of the load balancer then takes requests. */
  public override addCertificates(id: string, certificates: elbv2.IListenerCertificate[]): void {
    super.addCertificates(id, certificates);
    this.hasFurtherCertificates = true;
  }

  /** Opens the way from the load balancer to a target, on both sides. Targets that open it by themselves call this. */
  public override registerConnectable(connectable: ec2.IConnectable, portRange: ec2.Port): void {
    this.ways += 1;
    connectable.connections.allowFrom(this.loadBalancer, portRange, 'HTTPS from the load balancer to its targets');
  }

  /** Fails: the target group would be the CDK's. `addTarget` of the load balancer makes one that speaks HTTPS. */
  public override addTargets(id: string, props: elbv2.AddApplicationTargetsProps): elbv2.ApplicationTargetGroup {
    const protocol = props.protocol ?? `port ${props.port}`;
    return fail(this, `'addTargets' of '${id}' would make a target group of ${protocol} whose health check is not held to HTTPS: `
      + "use 'addTarget' of the load balancer, which takes the same targets");
  }
}

/** A listener that redirects everything to HTTPS. */
export class RedirectListener extends elbv2.ApplicationListener {
  declare public readonly connections: ec2.Connections;

  constructor(scope: Construct, id: string, options: ListenerOptions) {
    super(scope, id, { ...settings.redirectListenerProps(), loadBalancer: options.loadBalancer });
    this.connections = connectionsOf(options, this.port);
    const resource = this.node.defaultChild as elbv2.CfnListener;
    const { listenerAttributes, ...hardened } = settings.redirectListener();
    listenerAttributes.forEach(({ key, value }) => this.setAttribute(key, value));
    harden(resource, hardened);
    claim(resource, controls.ALB_REDIRECT);
    declareFinding(this, 'This listener takes no requests: all it does is to redirect to HTTPS, before which there is no certificate '
      + 'to show.', 'NIST.800.53.R5-ELBv2ACMCertificateRequired', 'HIPAA.Security-ELBv2ACMCertificateRequired',
    'PCI.DSS.321-ELBv2ACMCertificateRequired');
  }
}

/** Who reaches a listener. The load balancer has no group while its listeners are made, so that an injector of theirs opens none. */
function connectionsOf({ securityGroup }: ListenerOptions, port: number): ec2.Connections {
  return new ec2.Connections({ securityGroups: [securityGroup], defaultPort: ec2.Port.tcp(port) });
}
