import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { checkCertificate, checkHostNames, checkSourceCidrs, checkSubnets, warnOfHostsWithoutCertificate } from './alb-checks';
import { AlbTlsPolicy, FrameOptions, httpsListener, redirectListener } from './alb-listeners';
import { DomainCertificate } from './domain-certificate';
import { AlbTargetProps, HttpsTarget } from './https-target';
import { WebFirewall } from './web-firewall';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { declareFinding } from '../assurance/known-findings';
import { SecurityWaivers } from '../assurance/security-waiver';
import { fail } from '../core/validate';
import { LogBucket } from '../foundation/log-bucket';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { SG_DESCRIBED, SG_EGRESS, SG_NOT_PUBLIC } from '../services/ec2/security-group-controls';
import * as controls from '../services/elb/controls';

/** The domain name of a load balancer, and the hosted zone of this account that it is in. */
export interface LoadBalancerDomain {
  /** The name, for example `app.example.com`. */
  readonly name: string;

  /** ID of the hosted zone. It must be in this account: a record for the validation that cannot be written hangs the deployment. */
  readonly hostedZoneId: string;

  /** Name of the hosted zone, for example `example.com`. */
  readonly zoneName: string;
}

/** Properties of a TLS load balancer. */
export interface TlsAlbProps extends HardenedProps {
  /** The VPC. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets, one in each of two availability zones or more.
   *
   * @default - one in each zone: public ones if `internetFacing`, otherwise private ones
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * Whether the load balancer has public addresses.
   *
   * @default false
   */
  readonly internetFacing?: boolean;

  /**
   * The domain name: makes a certificate for it, and points it to the load balancer. Either this or `certificate`.
   *
   * @default - none
   */
  readonly domain?: LoadBalancerDomain;

  /**
   * A certificate of ACM, of this region. Needs `hostNames`.
   *
   * @default - made for `domain`
   */
  readonly certificate?: acm.ICertificate;

  /**
   * The host names that the load balancer answers to; `*.example.com` stands for all of a domain. Requests for others get a 403.
   * With `domain`, other names than its own need certificates by `listener.addCertificates`, and records.
   *
   * @default - the name of `domain`
   */
  readonly hostNames?: string[];

  /**
   * IPv4 blocks that requests come from. `connections` lets in security groups and prefix lists.
   *
   * @default - everywhere if `internetFacing`, otherwise nowhere
   */
  readonly sourceCidrs?: string[];

  /**
   * Whether port 80 answers with a redirection to HTTPS.
   *
   * @default - whether it is `internetFacing`
   */
  readonly redirectHttp?: boolean;

  /**
   * TLS versions and ciphers.
   *
   * @default AlbTlsPolicy.TLS13_12_RES_PQ
   */
  readonly sslPolicy?: AlbTlsPolicy;

  /**
   * What becomes of requests that do not follow the RFC. MONITOR needs a waiver of `ALB-05`.
   *
   * @default DesyncMitigationMode.STRICTEST
   */
  readonly desyncMitigationMode?: elbv2.DesyncMitigationMode;

  /**
   * Whether the targets get the Host header exactly as the client sent it.
   *
   * @default false
   */
  readonly preserveHostHeader?: boolean;

  /**
   * The Content-Security-Policy of all responses.
   *
   * @default "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
   */
  readonly contentSecurityPolicy?: string;

  /**
   * Who may show the application in a frame: the X-Frame-Options of all responses.
   *
   * @default FrameOptions.DENY
   */
  readonly frameOptions?: FrameOptions;

  /**
   * Whether the load balancer is protected from deletion. Without needs a waiver of `ALB-06`.
   *
   * @default true, false in a disposable scope
   */
  readonly deletionProtection?: boolean;

  /**
   * The bucket for access and connection logs. It must have no KMS key.
   *
   * @default - the log bucket of the security foundation
   */
  readonly logBucket?: s3.IBucket;

  /**
   * The web firewall, of scope REGIONAL.
   *
   * @default - one of its own
   */
  readonly firewall?: WebFirewall;
}

/**
 * A load balancer that speaks TLS on both sides, behind a web firewall, and forwards nothing but requests for its own host names.
 *
 * It refuses malformed requests, logs every request and every connection, tells browsers to use nothing but HTTPS with its
 * hosts and their subdomains, and reaches nothing but its targets. `addTarget` adds what takes the requests.
 *
 * Answers CIS 4.10, FSBP ELB.1, ELB.4-ELB.6, ELB.12, ELB.13, ELB.16, ELB.17, ELB.21 and ELB.22, NIST SC-7 and SC-8, PCI 4.2.1, 6.2.4
 * and 6.4.2.
 */
export class TlsAlb extends Construct implements ec2.IConnectable {
  /** The load balancer. */
  public readonly loadBalancer: elbv2.ApplicationLoadBalancer;

  /** The listener on port 443. */
  public readonly listener: elbv2.ApplicationListener;

  /** The listener on port 80, if there is one. */
  public readonly redirectListener?: elbv2.ApplicationListener;

  /** The certificate. */
  public readonly certificate: acm.ICertificate;

  /** The security group of the load balancer. */
  public readonly securityGroup: ec2.SecurityGroup;

  /** Who reaches the load balancer on port 443. */
  public readonly connections: ec2.Connections;

  /** The web firewall. */
  public readonly firewall: WebFirewall;

  private readonly vpc: ec2.IVpc;
  private readonly hostNames: string[];
  private readonly priorities = new Map<number, string>();
  private readonly reached: ec2.IConnectable[] = [];

  constructor(scope: Construct, id: string, props: TlsAlbProps) {
    super(scope, id);
    const internetFacing = props.internetFacing ?? false;
    const sourceCidrs = props.sourceCidrs ?? (internetFacing ? ['0.0.0.0/0'] : []);
    const redirectHttp = props.redirectHttp ?? internetFacing;
    if ((props.domain === undefined) === (props.certificate === undefined)) {
      fail(this, `'domain' and 'certificate' are ${props.domain ? 'both' : 'not'} given: give exactly one of the two`);
    }
    if (props.certificate) { checkCertificate(this, props.certificate); }
    checkSourceCidrs(this, sourceCidrs);
    this.vpc = props.vpc;
    this.hostNames = props.hostNames ?? (props.domain ? [props.domain.name] : []);
    checkHostNames(this, this.hostNames);
    const vpcSubnets = props.vpcSubnets ?? (internetFacing ? { subnetType: ec2.SubnetType.PUBLIC, onePerAz: true } : { onePerAz: true });
    checkSubnets(this, props.vpc.selectSubnets(vpcSubnets).subnets);

    this.securityGroup = this.closedGroup(sourceCidrs, redirectHttp);
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(443) });
    this.loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'Resource', {
      vpc: props.vpc,
      vpcSubnets,
      internetFacing,
      securityGroup: this.securityGroup,
      ipAddressType: elbv2.IpAddressType.IPV4,
    });
    // By attributes, because the L2 leaves out what is the default of AWS today.
    this.setAttributes({
      'deletion_protection.enabled': props.deletionProtection ?? !Disposable.isDisposable(this),
      'routing.http.drop_invalid_header_fields.enabled': true,
      'routing.http.desync_mitigation_mode': props.desyncMitigationMode ?? elbv2.DesyncMitigationMode.STRICTEST,
      'routing.http.xff_header_processing.mode': elbv2.XffHeaderProcessingMode.APPEND,
      'routing.http.preserve_host_header.enabled': props.preserveHostHeader ?? false,
      'waf.fail_open.enabled': false,
    });
    this.logTo(props.logBucket ?? (props.foundation ?? SecurityFoundation.of(this)).logBucket.bucket);

    const domain = props.domain && new DomainCertificate(this, 'Domain', props.domain);
    this.certificate = props.certificate ?? domain!.certificate;
    domain?.pointTo(this.loadBalancer);
    if (props.domain) { warnOfHostsWithoutCertificate(this, this.hostNames, props.domain.name); }
    this.listener = httpsListener(this, 'Listener', {
      loadBalancer: this.loadBalancer,
      reach: (target, port) => this.reach(target, port),
      certificate: this.certificate,
      sslPolicy: props.sslPolicy ?? AlbTlsPolicy.TLS13_12_RES_PQ,
      contentSecurityPolicy: props.contentSecurityPolicy ?? "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
      frameOptions: props.frameOptions ?? FrameOptions.DENY,
    });
    this.redirectListener = redirectHttp ? redirectListener(this, 'RedirectListener', this.loadBalancer) : undefined;
    this.firewall = props.firewall ?? new WebFirewall(this, 'Firewall', { foundation: props.foundation });
    this.firewall.protect(this.loadBalancer);

    const resource = this.loadBalancer.node.defaultChild as elbv2.CfnLoadBalancer;
    claim(resource, controls.ALB_INVALID_HEADERS, controls.ALB_DESYNC, controls.ALB_DELETION_PROTECTION, controls.ALB_ACCESS_LOGS,
      controls.ALB_CONNECTION_LOGS, controls.ALB_FIREWALL, controls.ALB_FIREWALL_FAILS_CLOSED, controls.ALB_ZONES, controls.ALB_OWN_GROUP,
      controls.ALB_FORWARDED_FOR);
    if (!internetFacing) { claim(resource, controls.ALB_INTERNAL); }
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  /**
   * Forwards requests to targets, by HTTPS, and opens the way from the load balancer to them and nothing else.
   *
   * Targets without a security group of their own, such as IP addresses, need `connections.allowTo` besides.
   */
  public addTarget(id: string, props: AlbTargetProps): elbv2.ApplicationTargetGroup {
    const priority = props.priority ?? Math.max(0, ...this.priorities.keys()) + 1;
    const other = this.priorities.get(priority);
    if (other !== undefined) {
      fail(this, `'priority' of '${id}' is ${priority}, which '${other}' has: give each target another one`);
    }
    if (!Token.isUnresolved(priority)) { this.priorities.set(priority, id); }
    const { vpc, listener, hostNames, reached } = this;
    const reach = (target: ec2.IConnectable, port: ec2.Port) => this.reach(target, port);
    return new HttpsTarget(this, id, { vpc, listener, hostNames, priority, reach, reached }, props).targetGroup;
  }

  /** Opens the way from the load balancer to a target, on both sides. */
  private reach(target: ec2.IConnectable, port: ec2.Port): void {
    this.reached.push(target);
    target.connections.allowFrom(this.securityGroup, port, 'HTTPS from the load balancer to its targets');
  }

  /** A security group that lets the sources in and nothing out. */
  private closedGroup(sourceCidrs: string[], redirectHttp: boolean): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', { vpc: this.vpc, description: 'Load balancer', allowAllOutbound: false, disableInlineRules: false });
    // Stays when others are added. EC2 opens everything where a group has no rule, and a rule in the stack of the targets comes later.
    group.addEgressRule(ec2.Peer.ipv4('127.0.0.1/32'), ec2.Port.tcp(443), 'Nowhere: keeps EC2 from opening everything');
    for (const cidr of sourceCidrs) {
      group.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(443), 'HTTPS from clients');
      if (redirectHttp) { group.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.tcp(80), 'HTTP from clients, redirected to HTTPS'); }
    }
    if (sourceCidrs.some(c => c.endsWith('/0'))) {
      declareFinding(group, 'The application is meant for the Internet: HTTPS from everywhere is its purpose, and a web firewall inspects it.', 'AwsSolutions-EC23');
    }
    claim(group.node.defaultChild as ec2.CfnSecurityGroup, controls.ALB_SECURITY_GROUP, SG_NOT_PUBLIC, SG_DESCRIBED, SG_EGRESS);
    return group;
  }

  /** Logs requests and connections, by attributes: the L2's methods need a region, and let in the accounts of old regions. */
  private logTo(bucket: s3.IBucket): void {
    LogBucket.acceptLoadBalancerLogs(bucket);
    for (const [kind, folder] of [['access_logs', 'access'], ['connection_logs', 'connection']]) {
      this.setAttributes({ [`${kind}.s3.enabled`]: true, [`${kind}.s3.bucket`]: bucket.bucketName, [`${kind}.s3.prefix`]: `elb/${this.node.addr}/${folder}` });
    }
    // Elastic Load Balancing writes a test file before it takes the attributes.
    if (bucket.policy) { this.loadBalancer.node.addDependency(bucket.policy); }
  }

  private setAttributes(attributes: Record<string, string | boolean>): void {
    Object.entries(attributes).forEach(([key, value]) => this.loadBalancer.setAttribute(key, String(value)));
  }
}
