import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { letsIn } from '../../core/policies';
import { contains, list, mentions, same } from '../../core/values';

const LOAD_BALANCER = ['AWS::ElasticLoadBalancingV2::LoadBalancer'];
const LISTENER = ['AWS::ElasticLoadBalancingV2::Listener'];
const TARGET_GROUP = ['AWS::ElasticLoadBalancingV2::TargetGroup'];

/** The TLS policies that Security Hub's ELB.17 accepts. */
const TLS_POLICIES = [
  'TLS13-1-3-2021-06', 'TLS13-1-3-FIPS-2023-04', 'TLS13-1-2-Res-2021-06', 'TLS13-1-2-Res-FIPS-2023-04',
  'TLS13-1-2-Res-PQ-2025-09', 'TLS13-1-3-PQ-2025-09', 'TLS13-1-2-Res-FIPS-PQ-2025-09', 'TLS13-1-3-FIPS-PQ-2025-09',
].map(name => `ELBSecurityPolicy-${name}`);

const valueOf = (attributes: any, key: string) => list(attributes).find(a => a.Key === key)?.Value;
const attribute = (r: RenderedResource, key: string) => valueOf(r.properties.LoadBalancerAttributes, key);
const listenerAttribute = (r: RenderedResource, key: string) => valueOf(r.properties.ListenerAttributes, `routing.http.response.${key}`);
const rulesOf = (r: RenderedResource, t: RenderedTemplate) => t.referring('AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn', r.logicalId);
/** Elastic Load Balancing may write to the bucket, as far as the template tells. */
const takesLogs = (bucket: any, t: RenderedTemplate) => t.resourcesOf('AWS::S3::Bucket').filter(b => mentions(bucket, b.logicalId)).every(b =>
  t.referring('AWS::S3::BucketPolicy', 'Bucket', b.logicalId).some(p => letsIn(p.properties.PolicyDocument, 'logdelivery.elasticloadbalancing.amazonaws.com', 's3:PutObject')));
const logsTo = (r: RenderedResource, t: RenderedTemplate, kind: string) => attribute(r, `${kind}.s3.enabled`) === 'true' && attribute(r, `${kind}.s3.bucket`) !== undefined
  && takesLogs(attribute(r, `${kind}.s3.bucket`), t)
  && attribute(r, `${kind}.s3.prefix`) !== undefined && !contains(attribute(r, `${kind}.s3.prefix`), 'AWSLogs');

export const ALB_HTTPS: Control = {
  id: 'ALB-01',
  title: 'the listener speaks HTTPS on port 443, with a certificate',
  prevents: 'requests in plain text',
  kind: 'floor',
  types: LISTENER,
  property: 'Certificates',
  mend: 'keep the certificate and the protocol',
  fsbp: ['ELB.18'],
  nist: NIST.inTransit,
  pci: ['4.2.1'],
  holds: r => r.properties.Protocol === 'HTTPS' && r.properties.Port === 443 && list(r.properties.Certificates)[0]?.CertificateArn !== undefined,
};

export const ALB_TLS_POLICY: Control = {
  id: 'ALB-02',
  title: 'the listener accepts TLS 1.2 with forward secrecy and authenticated encryption, or better',
  prevents: 'weak ciphers, and recordings of today that are decrypted later',
  kind: 'floor',
  types: LISTENER,
  property: 'SslPolicy',
  mend: "take a TLS policy of AlbTlsPolicy as 'sslPolicy'",
  fsbp: ['ELB.17'],
  holds: r => TLS_POLICIES.includes(r.properties.SslPolicy),
};

export const ALB_REDIRECT: Control = {
  id: 'ALB-03',
  title: 'the listener on port 80 does nothing but redirect to HTTPS, and does not name the server',
  prevents: 'requests in plain text',
  kind: 'floor',
  types: LISTENER,
  property: 'DefaultActions',
  mend: "keep the redirection and 'routing.http.response.server.enabled' false, and add no rules",
  fsbp: ['ELB.1'],
  holds: (r, t) => {
    const [action, ...more] = list(r.properties.DefaultActions);
    const to = action?.RedirectConfig;
    return r.properties.Protocol === 'HTTP' && r.properties.Port === 80 && listenerAttribute(r, 'server.enabled') === 'false' && more.length === 0 && action?.Type === 'redirect' && to?.Protocol === 'HTTPS' && to?.Port === '443'
      && to?.Host === '#{host}' && to?.StatusCode === 'HTTP_301' && rulesOf(r, t).length === 0;
  },
};

export const ALB_INVALID_HEADERS: Control = {
  id: 'ALB-04',
  title: 'header fields with invalid names are dropped',
  prevents: 'request smuggling',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'LoadBalancerAttributes',
  mend: "leave 'routing.http.drop_invalid_header_fields.enabled' at true",
  fsbp: ['ELB.4'],
  nist: ['SC-7(4)', 'SC-8(2)'],
  pci: ['6.2.4'],
  holds: r => attribute(r, 'routing.http.drop_invalid_header_fields.enabled') === 'true',
};

export const ALB_DESYNC: Control = {
  id: 'ALB-05',
  title: 'ambiguous requests are refused, or their connection is closed',
  prevents: 'request smuggling between the load balancer and its targets',
  kind: 'default',
  types: LOAD_BALANCER,
  property: 'LoadBalancerAttributes',
  mend: "take STRICTEST or DEFENSIVE as 'desyncMitigationMode'",
  fsbp: ['ELB.12'],
  nist: ['AC-4(21)', ...NIST.configuration],
  pci: ['6.2.4'],
  holds: r => ['strictest', 'defensive'].includes(attribute(r, 'routing.http.desync_mitigation_mode')),
};

export const ALB_DELETION_PROTECTION: Control = {
  id: 'ALB-06',
  title: 'the load balancer is protected from deletion',
  prevents: 'an outage by one wrong command',
  kind: 'durability',
  types: LOAD_BALANCER,
  property: 'LoadBalancerAttributes',
  mend: "leave 'deletionProtection' on",
  fsbp: ['ELB.6'],
  nist: [...NIST.configuration, 'SC-5(2)'],
  holds: r => attribute(r, 'deletion_protection.enabled') === 'true',
};

export const ALB_ACCESS_LOGS: Control = {
  id: 'ALB-07',
  title: 'every request is logged to a bucket',
  prevents: 'no evidence of who asked for what',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'LoadBalancerAttributes',
  mend: "keep the access logs, or give another 'logBucket'",
  cis: ['4.10'],
  fsbp: ['ELB.5'],
  nist: NIST.logging,
  holds: (r, t) => logsTo(r, t, 'access_logs'),
};

export const ALB_CONNECTION_LOGS: Control = {
  id: 'ALB-08',
  title: 'every connection is logged to a bucket, with its TLS version and cipher',
  prevents: 'no evidence of failed handshakes and of what cipher a client used',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'LoadBalancerAttributes',
  mend: "keep the connection logs, or give another 'logBucket'",
  pci: ['10.2'],
  holds: (r, t) => logsTo(r, t, 'connection_logs'),
};

export const ALB_FIREWALL: Control = {
  id: 'ALB-09',
  title: 'a web firewall inspects the requests',
  prevents: 'attacks on the application by known means',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'AWS::WAFv2::WebACLAssociation',
  mend: 'keep the association with the web firewall',
  fsbp: ['ELB.16'],
  nist: ['AC-4(21)'],
  pci: ['6.4.2'],
  holds: (r, t) => t.referring('AWS::WAFv2::WebACLAssociation', 'ResourceArn', r.logicalId).filter(a => a.properties.WebACLArn !== undefined).length === 1,
};

export const ALB_FIREWALL_FAILS_CLOSED: Control = {
  id: 'ALB-09b',
  title: 'requests that the web firewall could not inspect are refused',
  prevents: 'a way around the web firewall while it is overloaded',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'LoadBalancerAttributes',
  mend: "leave 'waf.fail_open.enabled' at false",
  fsbp: ['ELB.16'],
  nist: ['AC-4(21)'],
  pci: ['6.4.2'],
  holds: r => attribute(r, 'waf.fail_open.enabled') === 'false',
};

export const ALB_ZONES: Control = {
  id: 'ALB-10',
  title: 'the load balancer is in two subnets or more',
  prevents: 'an outage with one availability zone',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'Subnets',
  mend: 'give subnets in at least two availability zones',
  fsbp: ['ELB.13'],
  nist: NIST.resilience,
  holds: r => new Set(list(r.properties.Subnets).map(s => JSON.stringify(s))).size >= 2,
};

export const ALB_SECURITY_GROUP: Control = {
  id: 'ALB-11',
  title: 'the load balancer takes HTTPS only (and HTTP where it redirects) and reaches nothing but what a rule names',
  prevents: 'other ways in, and a way out to everywhere',
  kind: 'floor',
  types: ['AWS::EC2::SecurityGroup'],
  property: 'SecurityGroupEgress',
  mend: 'open port 443 only, by rules with descriptions, and add no egress to everywhere',
  fsbp: ['EC2.18', 'EC2.19'],
  pci: ['1.3.1'],
  holds: (r, t) => {
    const rules = (way: string) => [...list(r.properties[`SecurityGroup${way}`]),
      ...t.referring(`AWS::EC2::SecurityGroup${way}`, 'GroupId', r.logicalId).map(x => x.properties)];
    const redirects = t.resourcesOf(LISTENER[0]).some(l => l.properties.Protocol === 'HTTP');
    const ports = redirects ? [80, 443] : [443];
    return list(r.properties.SecurityGroupEgress).length > 0
      && rules('Egress').every(x => x.Description && x.IpProtocol === 'tcp' && same(x.FromPort, x.ToPort) && !contains([x.CidrIp, x.CidrIpv6], '/0'))
      && rules('Ingress').every(x => x.Description && x.IpProtocol === 'tcp' && x.FromPort === x.ToPort && ports.includes(x.FromPort));
  },
};

export const ALB_OWN_GROUP: Control = {
  id: 'ALB-11b',
  title: 'the load balancer has security groups of its own',
  prevents: 'a load balancer in the default security group of its VPC',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'SecurityGroups',
  mend: 'keep the security groups',
  fsbp: ['EC2.2'],
  nist: NIST.network,
  holds: r => list(r.properties.SecurityGroups).length > 0 && !contains(r.properties.SecurityGroups, 'DefaultSecurityGroup'),
};

export const ALB_TARGET_HTTPS: Control = {
  id: 'ALB-12',
  title: 'requests reach the targets by HTTPS',
  prevents: 'plain text between the load balancer and its targets',
  kind: 'floor',
  types: TARGET_GROUP,
  property: 'Protocol',
  mend: 'leave the protocol at HTTPS',
  fsbp: ['ELB.22'],
  nist: NIST.inTransit,
  holds: r => r.properties.Protocol === 'HTTPS',
};

export const ALB_HEALTH_CHECK_HTTPS: Control = {
  id: 'ALB-13',
  title: 'health checks use HTTPS',
  prevents: 'a port in plain text that stays open for the health check',
  kind: 'floor',
  types: TARGET_GROUP,
  property: 'HealthCheckProtocol',
  mend: 'leave the protocol of the health check at HTTPS',
  fsbp: ['ELB.21'],
  holds: r => r.properties.HealthCheckProtocol === 'HTTPS' && r.properties.HealthCheckEnabled !== false,
};

export const ALB_HOST_NAMES: Control = {
  id: 'ALB-14',
  title: 'only requests for named hosts are forwarded, all others get a 403',
  prevents: 'attacks by the host header, and scans by IP address',
  kind: 'floor',
  types: LISTENER,
  property: 'DefaultActions',
  mend: 'leave the default action, and give each rule that forwards a host-header condition',
  nist: ['SC-7'],
  pci: ['1.3'],
  holds: (r, t) => {
    const [action, ...more] = list(r.properties.DefaultActions);
    const forwards = rulesOf(r, t).filter(rule => list(rule.properties.Actions).some(a => a.Type === 'forward'));
    const hosts = (rule: RenderedResource) => list(rule.properties.Conditions).filter(c => c.Field === 'host-header').flatMap(c => list(c.HostHeaderConfig?.Values ?? c.Values));
    return more.length === 0 && action?.Type === 'fixed-response' && ['403', '404'].includes(action.FixedResponseConfig?.StatusCode)
      && forwards.every(rule => hosts(rule).length > 0 && hosts(rule).every(h => typeof h !== 'string' || /[^*?.]/.test(h)));
  },
};

export const ALB_INTERNAL: Control = {
  id: 'ALB-15',
  title: 'the load balancer has private addresses only',
  prevents: 'an application that is on the Internet by mistake',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'Scheme',
  mend: "leave the scheme, or say 'internetFacing' where the load balancer is made",
  nist: NIST.notPublic,
  holds: r => r.properties.Scheme === 'internal',
};

export const ALB_RESPONSE_HEADERS: Control = {
  id: 'ALB-16',
  title: "responses carry the browser's protections and do not name the server",
  prevents: 'downgrades to HTTP, framing, sniffed content types and injected scripts',
  kind: 'default',
  types: LISTENER,
  property: 'ListenerAttributes',
  mend: "keep the listener's response headers, and give a 'contentSecurityPolicy' with a default-src other than *",
  pci: ['6.2.4'],
  holds: r => {
    const maxAge = /max-age=(\d+)/.exec(String(listenerAttribute(r, 'strict_transport_security.header_value')));
    const policy = listenerAttribute(r, 'content_security_policy.header_value');
    return Number(maxAge?.[1]) >= 31536000 && listenerAttribute(r, 'x_content_type_options.header_value') === 'nosniff'
      && ['DENY', 'SAMEORIGIN'].includes(listenerAttribute(r, 'x_frame_options.header_value')) && listenerAttribute(r, 'server.enabled') === 'false'
      && policy !== undefined && (typeof policy !== 'string' || (/default-src /.test(policy) && !/default-src \*/.test(policy)));
  },
};

export const ALB_FORWARDED_FOR: Control = {
  id: 'ALB-17',
  title: 'the targets learn the address that the load balancer saw, whatever the client claims, and whether they get its Host header is said',
  prevents: 'clients that pass for others by an X-Forwarded-For of their own',
  kind: 'floor',
  types: LOAD_BALANCER,
  property: 'LoadBalancerAttributes',
  mend: "leave 'routing.http.xff_header_processing.mode' at append",
  nist: ['SI-10'],
  holds: r => ['append', 'remove'].includes(attribute(r, 'routing.http.xff_header_processing.mode'))
    && ['true', 'false'].includes(attribute(r, 'routing.http.preserve_host_header.enabled')),
};
