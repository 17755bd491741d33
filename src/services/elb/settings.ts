// The hardened values of a load balancer and its security group.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Token } from 'aws-cdk-lib/core';
import { areMost, parseIpv4Block } from '../../core/addresses';
import type { Place } from '../../core/validate';
import { fail, requireList } from '../../core/validate';

/** What a load balancer for clients on the Internet is told. */
export const INTERNET_FACING = true;

/** Who may reach a load balancer, as its construct was told. */
export interface ExposureOptions {
  readonly internetFacing?: boolean;
  readonly sourceCidrs?: string[];
  readonly redirectHttp?: boolean;
}

/** Who may reach a load balancer. */
export type Exposure = Required<ExposureOptions>;

/** Nobody reaches a load balancer from outside its VPC, unless it faces the Internet. */
export function exposure(at: Place, options: ExposureOptions): Exposure {
  const internetFacing = options.internetFacing ?? false;
  const sourceCidrs = options.sourceCidrs ?? (internetFacing ? ['0.0.0.0/0'] : []);
  requireList(at, 'sourceCidrs', sourceCidrs);
  for (const cidr of sourceCidrs.filter(c => !Token.isUnresolved(c))) {
    if (!parseIpv4Block(cidr)) {
      fail(at, `'sourceCidrs' has '${cidr}': give an IPv4 block as ADDRESS/PREFIX, whose address has no bits beyond the prefix`);
    }
  }
  return { internetFacing, sourceCidrs, redirectHttp: options.redirectHttp ?? internetFacing };
}

/** Whether a load balancer is for some clients only, as far as that is known before the deployment. */
export function isForSome({ sourceCidrs }: Exposure): boolean {
  const blocks = sourceCidrs.map(parseIpv4Block);
  const known = blocks.filter(block => block !== undefined);
  return known.length === blocks.length && !areMost(known);
}

/** The subnets of a load balancer: one in each zone. */
export function subnets(facing: Exposure, chosen: ec2.SubnetSelection | undefined): ec2.SubnetSelection {
  return chosen ?? (facing.internetFacing ? { subnetType: ec2.SubnetType.PUBLIC, onePerAz: true } : { onePerAz: true });
}

/** What may differ between load balancers. */
export interface LoadBalancerOptions {
  readonly internetFacing: boolean;
  readonly disposable: boolean;
  readonly deletionProtection?: boolean;
  readonly desyncMitigationMode?: string;
  readonly preserveHostHeader?: boolean;
  /** Where the logs go: a bucket, and a folder of the load balancer's own in it. */
  readonly logs: { readonly bucket: string; readonly folder: string };
}

/** A load balancer that refuses malformed requests and those that the web firewall could not inspect, and logs the others. */
export function loadBalancer(options: LoadBalancerOptions) {
  const { bucket, folder } = options.logs;
  return {
    type: 'application',
    scheme: options.internetFacing ? 'internet-facing' : 'internal',
    ipAddressType: 'ipv4',
    loadBalancerAttributes: attributes({
      'deletion_protection.enabled': options.deletionProtection ?? !options.disposable,
      'routing.http.drop_invalid_header_fields.enabled': true,
      'routing.http.desync_mitigation_mode': options.desyncMitigationMode ?? 'strictest',
      'routing.http.xff_header_processing.mode': 'append',
      'routing.http.preserve_host_header.enabled': options.preserveHostHeader ?? false,
      'waf.fail_open.enabled': false,
      'access_logs.s3.enabled': true,
      'access_logs.s3.bucket': bucket,
      'access_logs.s3.prefix': `${folder}/access`,
      'connection_logs.s3.enabled': true,
      'connection_logs.s3.bucket': bucket,
      'connection_logs.s3.prefix': `${folder}/connection`,
    }),
  } satisfies Partial<elbv2.CfnLoadBalancerProps>;
}

/** The longest name of a folder that is made of stack name and logical ID. */
export const FOLDER_LENGTH = 200;

/** Attributes as Elastic Load Balancing takes them. */
export function attributes(values: Record<string, string | boolean>): { readonly key: string; readonly value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: String(value) }));
}

/** The port of HTTPS: where the load balancer listens. */
export const HTTPS = 443;

/** The port of HTTP: where it redirects. */
export const HTTP = 80;

/** What a security group lets in: the sources, to HTTPS and its redirect. */
export function securityGroup({ sourceCidrs, redirectHttp }: Exposure) {
  const tcp = (cidrIp: string, port: number, description: string) =>
    ({ cidrIp, ipProtocol: 'tcp', fromPort: port, toPort: port, description });
  return {
    groupDescription: 'Load balancer',
    securityGroupIngress: sourceCidrs.flatMap(cidr => [
      tcp(cidr, HTTPS, 'HTTPS from clients'),
      ...redirectHttp ? [tcp(cidr, HTTP, 'HTTP from clients, redirected to HTTPS')] : [],
    ]),
  } satisfies Partial<ec2.CfnSecurityGroupProps>;
}
