import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { checkNeighbours, checkSubnets, hostNamesOf, warnOfHostsWithoutCertificate } from './alb-checks';
import { HttpsListener, RedirectListener } from './alb-listeners';
import { AlbSecurityGroup } from './alb-security-group';
import { DomainCertificate, domainOf } from './domain-certificate';
import { AlbTargetProps, HttpsTarget } from './https-target';
import type { TlsAlbProps } from './tls-alb-props';
import { WebFirewall } from './web-firewall';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { harden } from '../core/harden';
import { nameStem } from '../core/names';
import { fail, place } from '../core/validate';
import { LogBucket } from '../foundation/log-bucket';
import { SecurityFoundation } from '../foundation/security-foundation';
import type { CertificateOptions } from '../services/acm/settings';
import * as controls from '../services/elb/controls';
import * as settings from '../services/elb/settings';
import * as touch from '../services/elb/touch-controls';
import { LOAD_BALANCER_PREFIX } from '../services/s3/settings';

/**
 * A load balancer that speaks TLS on both sides, behind a web firewall, and forwards nothing but requests for its own host names.
 *
 * It refuses malformed requests, logs every request and every connection, tells browsers to use nothing but HTTPS with its
 * hosts and their subdomains, and reaches nothing but its targets. `addTarget` adds what takes the requests.
 *
 * It is an `elbv2.ApplicationLoadBalancer`. `fromLookup` and its like return a plain load balancer, as they do there.
 *
 * Answers CIS 4.10, FSBP ELB.1, ELB.4-ELB.6, ELB.12, ELB.13, ELB.16, ELB.17, ELB.21 and ELB.22, NIST SC-7 and SC-8, PCI 4.2.1, 6.2.4
 * and 6.4.2.
 */
export class TlsAlb extends elbv2.ApplicationLoadBalancer {
  /** The listener on port 443. */
  public readonly listener: elbv2.ApplicationListener;

  /** The listener on port 80, if there is one. */
  public readonly redirectListener?: elbv2.ApplicationListener;

  /** The certificate. */
  public readonly certificate: acm.ICertificate;

  /** The security group of the load balancer. */
  public readonly securityGroup: ec2.SecurityGroup;

  /** Who reaches the load balancer on port 443. */
  declare public readonly connections: ec2.Connections;

  /** The web firewall. */
  public readonly firewall: WebFirewall;

  private readonly https: HttpsListener;
  private readonly network: ec2.IVpc;
  private readonly hostNames: string[];
  private readonly priorities = new Map<number, string>();

  constructor(scope: Construct, id: string, props: TlsAlbProps) {
    checkNew('TlsAlb', scope, id, props);
    const at = place(scope, id);
    checkNeighbours(at, scope, props);
    const domain = props.domain && domainOf(at, props.domain);
    const exposure = settings.exposure(at, props);
    const hostNames = hostNamesOf(at, props);
    const vpcSubnets = settings.subnets(exposure, props.vpcSubnets);
    const selected = props.vpc.selectSubnets(vpcSubnets);
    checkSubnets(at, selected.subnets);
    const logBucket = props.logBucket ?? (props.foundation ?? SecurityFoundation.of(scope)).logBucket;
    LogBucket.acceptLoadBalancerLogs(logBucket);
    super(scope, id, { vpc: props.vpc, vpcSubnets, internetFacing: exposure.internetFacing });
    this.network = props.vpc;
    this.hostNames = hostNames;
    this.hardenResource(props, exposure, selected, logBucket);

    // The group that the base class made, or that an injector gave it, is none of ours. Until the listeners are there, we have none at
    // all: an injector that lets them open themselves opens nothing.
    this.node.tryRemoveChild('SecurityGroup');
    this.connections = new ec2.Connections();
    this.securityGroup = new AlbSecurityGroup(this, 'SecurityGroup', props.vpc, exposure);
    const parts = { loadBalancer: this, securityGroup: this.securityGroup };
    this.certificate = props.certificate ?? this.certify(domain!);
    const { certificate } = this;
    const { sslPolicy, contentSecurityPolicy, frameOptions } = props;
    this.https = new HttpsListener(this, 'Listener', { ...parts, certificate, sslPolicy, contentSecurityPolicy, frameOptions });
    this.listener = this.https;
    this.redirectListener = exposure.redirectHttp ? new RedirectListener(this, 'RedirectListener', parts) : undefined;
    this.listeners.push(this.listener, ...this.redirectListener ? [this.redirectListener] : []);
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(settings.HTTPS) });

    this.firewall = props.firewall ?? new WebFirewall(this, 'Firewall', { foundation: props.foundation });
    this.firewall.protect(this);
    waive(this, props.waivers);
  }

  /**
   * Forwards requests to targets, by HTTPS, and opens the way from the load balancer to them and nothing else.
   *
   * Targets without a security group of their own, such as IP addresses, need `connections.allowTo` besides.
   *
   * @param id names the target among those of the load balancer
   * @param props which requests go to which targets
   */
  public addTarget(id: string, props: AlbTargetProps): elbv2.ApplicationTargetGroup {
    checkCall('TlsAlb.addTarget', this, id, props);
    const priority = props.priority ?? Math.max(0, ...this.priorities.keys()) + 1;
    const other = this.priorities.get(priority);
    if (other !== undefined) {
      fail(this, `'priority' of '${id}' is ${priority}, which '${other}' has: give each target another one`);
    }
    const { network: vpc, https: listener, hostNames } = this;
    const { targetGroup } = new HttpsTarget(this, id, { vpc, listener, hostNames, priority }, props);
    if (!Token.isUnresolved(priority)) { this.priorities.set(priority, id); }
    return targetGroup;
  }

  /** Fails: there is a listener on 443, `listener`, and `redirectHttp` makes the one on 80. */
  public override addListener(id: string, props: elbv2.BaseApplicationListenerProps): elbv2.ApplicationListener {
    checkCall('TlsAlb.addListener', this, id, props);
    return fail(this, `'addListener' of '${id}' on ${props.port ?? props.protocol} would take requests that no rule of this load balancer `
      + "is about: 'listener' takes those on 443, 'redirectHttp' redirects those on 80, and 'addTarget' adds what takes them");
  }

  /** Fails: `redirectHttp` makes the listener that redirects. */
  public override addRedirect(props?: elbv2.ApplicationLoadBalancerRedirectConfig): elbv2.ApplicationListener {
    checkCall('TlsAlb.addRedirect', this, props);
    return fail(this, `'addRedirect' from port ${props?.sourcePort ?? settings.HTTP} would open it to everybody: `
      + "give 'redirectHttp: true' where the load balancer is made, which redirects those who reach it on 443");
  }

  /** Fails: it logs to `logBucket` already. */
  public override logAccessLogs(bucket: s3.IBucket, prefix?: string): void {
    checkCall('TlsAlb.logAccessLogs', this, bucket, prefix);
    this.refuseLogs('logAccessLogs', bucket, prefix);
  }

  /** Fails: it logs to `logBucket` already. */
  public override logConnectionLogs(bucket: s3.IBucket, prefix?: string): void {
    checkCall('TlsAlb.logConnectionLogs', this, bucket, prefix);
    this.refuseLogs('logConnectionLogs', bucket, prefix);
  }

  /** Fails: another security group may open what ours does not. `connections` lets in clients. */
  public override addSecurityGroup(securityGroup: ec2.ISecurityGroup): void {
    checkCall('TlsAlb.addSecurityGroup', this, securityGroup);
    fail(this, `'addSecurityGroup' of '${securityGroup.node.path}' would open what its rules open, which nobody checks: let clients in by `
      + "'sourceCidrs', or by 'connections', for example 'connections.allowDefaultPortFrom'");
  }

  private refuseLogs(method: string, bucket: s3.IBucket, prefix: string | undefined): never {
    return fail(this, `'${method}' to '${bucket.node.path}'${prefix === undefined ? '' : ` under '${prefix}'`} would let the accounts of `
      + "old regions write to it: give the bucket as 'logBucket' where the load balancer is made");
  }

  /** By attributes, because the L2 leaves out what is the default of AWS today, and its methods for logs need a region. */
  private hardenResource(props: TlsAlbProps, exposure: settings.Exposure, selected: ec2.SelectedSubnets, logBucket: s3.IBucket): void {
    const resource = this.node.defaultChild as elbv2.CfnLoadBalancer;
    const { loadBalancerAttributes, ...hardened } = settings.loadBalancer({
      internetFacing: exposure.internetFacing,
      disposable: Disposable.isDisposable(this),
      deletionProtection: props.deletionProtection,
      desyncMitigationMode: props.desyncMitigationMode,
      preserveHostHeader: props.preserveHostHeader,
      logs: {
        bucket: logBucket.bucketName,
        folder: `${LOAD_BALANCER_PREFIX}/${nameStem(() => resource, { maxLength: settings.FOLDER_LENGTH })}`,
      },
    });
    loadBalancerAttributes.forEach(({ key, value }) => this.setAttribute(key, value));
    harden(resource, { ...hardened, subnets: selected.subnetIds });
    if (exposure.internetFacing) { resource.node.addDependency(selected.internetConnectivityEstablished); }
    // Elastic Load Balancing writes a test file before it takes the attributes.
    if (logBucket.policy) { resource.node.addDependency(logBucket.policy); }
    claim(resource, controls.ALB_INVALID_HEADERS, controls.ALB_DESYNC, controls.ALB_DELETION_PROTECTION, controls.ALB_ACCESS_LOGS,
      controls.ALB_CONNECTION_LOGS, controls.ALB_FIREWALL, controls.ALB_FIREWALL_FAILS_CLOSED, controls.ALB_ZONES, controls.ALB_OWN_GROUP,
      controls.ALB_KNOWN_GROUPS, controls.ALB_FORWARDED_FOR, controls.ALB_NO_PLAIN_TEXT, touch.ALB_FURTHER_LISTENERS);
    if (!exposure.internetFacing) { claim(resource, controls.ALB_INTERNAL, touch.ALB_NOT_PUBLISHED); }
  }

  /** Makes the certificate of the domain, and the record that points to the load balancer. */
  private certify(domain: CertificateOptions): acm.ICertificate {
    const certificate = new DomainCertificate(this, 'Domain', domain);
    certificate.pointTo(this);
    warnOfHostsWithoutCertificate(this, this.hostNames, domain.domainName);
    return certificate;
  }
}
