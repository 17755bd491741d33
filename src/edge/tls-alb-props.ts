import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type { AlbTlsPolicy, FrameOptions } from './alb-listeners';
import type { WebFirewall } from './web-firewall';
import type { HardenedProps } from '../foundation/security-foundation';

/** The domain name of a load balancer, and the hosted zone that it is in. */
export interface LoadBalancerDomain {
  /** The name, for example `app.example.com`. */
  readonly domainName: string;

  /**
   * The public hosted zone that the name is in. It must be in this account: a record for the validation that cannot be written hangs
   * the deployment. Imported by ID and name, without a look-up, it is `route53.HostedZone.fromHostedZoneAttributes(...)`.
   *
   * @default - none: `hostedZoneAttributes` say which it is
   */
  readonly hostedZone?: route53.IHostedZone;

  /**
   * ID and name of the hosted zone, instead of `hostedZone`: for where there is no stack yet that could import it, as in the props
   * of a stack.
   *
   * @default - those of `hostedZone`
   */
  readonly hostedZoneAttributes?: route53.HostedZoneAttributes;
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
   * The domain name, and the hosted zone that it is in: makes a certificate for it, and points it to the load balancer. Either this
   * or `certificate`.
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
