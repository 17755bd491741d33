// What must hold of a load balancer and its security group.
import { LOG_DELIVERY, REFUSED_IN_PREFIX, TLS_POLICIES } from './facts';
import {
  areRedirects, attribute, forwardPlainly, LISTENER, listenersOf, LOAD_BALANCER, rulesOf, TARGET_GROUP,
} from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { letsIn } from '../../core/policies';
import type { GroupRule } from '../../core/security-groups';
import { apartOf, areApart, areWide, groupRules, isForOnePort, peerOf } from '../../core/security-groups';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, contains, functionOf, isFalse, isGiven, isOneOf, isTrue, isUndecided, list, mentions, same, textOf } from '../../core/values';

/** Elastic Load Balancing may write to the bucket, as far as the template tells. */
function takesLogs(bucket: Json, t: RenderedTemplate): boolean {
  const buckets = t.resourcesOf('AWS::S3::Bucket').filter(b => mentions(bucket, b.logicalId));
  return buckets.every(b => t.referring('AWS::S3::BucketPolicy', 'Bucket', b.logicalId)
    .some(p => letsIn(p.properties.PolicyDocument, LOG_DELIVERY, 's3:PutObject')));
}

/** Logs of a kind go to a bucket. */
function logs(r: RenderedResource, t: RenderedTemplate, kind: string): boolean {
  const [enabled, bucket, prefix] = ['enabled', 'bucket', 'prefix'].map(name => attribute(r, `${kind}.s3.${name}`));
  return isTrue(enabled) && isGiven(bucket) && takesLogs(bucket, t) && isGiven(prefix) && !isUndecided(prefix)
    && !contains(prefix, REFUSED_IN_PREFIX);
}

/** Rules of a load balancer's security group for what no listener is for, for everywhere outside, or without a description. */
function loose(group: RenderedResource, t: RenderedTemplate): GroupRule[] {
  const isClear = ({ rule }: GroupRule) => isGiven(rule.Description) && isForOnePort(rule);
  const redirects = t.resourcesOf(LISTENER).some(l => isOneOf(l.properties.Protocol, 'HTTP'));
  const ports = redirects ? [80, 443] : [443];
  const egress = groupRules(group, t, 'Egress').map(rule => ({ rule, peer: peerOf(rule.rule, 'Egress', group, t) }));
  const isMost = areWide(egress.map(({ peer }) => peer));
  return [
    ...groupRules(group, t, 'Ingress').filter(rule => !isClear(rule) || !isOneOf(rule.rule.FromPort, ...ports)),
    ...egress.filter(({ rule, peer }) => !isClear(rule) || ['unknown', 'list'].includes(peer.kind) || (isMost && peer.kind === 'public'))
      .map(({ rule }) => rule),
  ];
}

/** The associations of a load balancer with web firewalls: ours first, which is below it. */
function firewallsOf(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const alike = (id: string) => [...`${id} `].findIndex((character, i) => character !== r.logicalId[i]);
  return ['AWS::WAFv2::WebACLAssociation', 'AWS::WAFRegional::WebACLAssociation']
    .flatMap(type => t.referring(type, 'ResourceArn', r.logicalId)).sort((a, b) => alike(b.logicalId) - alike(a.logicalId));
}

/** Whether a web ACL is one of the app that has groups of rules, as far as the template tells. */
function inspects(webAcl: Json, t: RenderedTemplate): boolean {
  const own = t.target('AWS::WAFv2::WebACL', webAcl);
  return own ? list(own.properties.Rules).some(rule => isGiven(at(rule, 'Statement', 'ManagedRuleGroupStatement')))
    : ['Fn::ImportValue', 'Fn::GetStackOutput', 'Ref'].includes(functionOf(webAcl) ?? '');
}

/** Whether a listener passes requests in plain text, from a client or to a target, or by TLS that is not accepted. */
function isPlain(listener: RenderedResource, t: RenderedTemplate): boolean {
  const { Protocol, SslPolicy, DefaultActions } = listener.properties;
  if (!isOneOf(Protocol, 'HTTPS')) { return !areRedirects(DefaultActions); }
  return !isOneOf(SslPolicy, ...TLS_POLICIES) || forwardPlainly(DefaultActions, t);
}

/** What listeners of a load balancer, and their rules, pass in plain text. */
function plain(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return listenersOf(r, t).flatMap(listener => [
    ...isPlain(listener, t) ? [listener] : [],
    ...rulesOf(listener, t).filter(({ properties: { Actions } }) =>
      isOneOf(listener.properties.Protocol, 'HTTPS') ? forwardPlainly(Actions, t) : !areRedirects(Actions)),
  ]);
}

export const ALB_INVALID_HEADERS: Control = {
  id: 'ALB-04',
  title: 'header fields with invalid names are dropped',
  prevents: 'request smuggling',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'LoadBalancerAttributes',
  mend: "leave 'routing.http.drop_invalid_header_fields.enabled' at true",
  fsbp: ['ELB.4'],
  nist: ['SC-7(4)', 'SC-8(2)'],
  pci: ['6.2.4'],
  holds: r => isTrue(attribute(r, 'routing.http.drop_invalid_header_fields.enabled')),
};

export const ALB_DESYNC: Control = {
  id: 'ALB-05',
  title: 'ambiguous requests are refused, or their connection is closed',
  prevents: 'request smuggling between the load balancer and its targets',
  kind: 'default',
  types: [LOAD_BALANCER],
  property: 'LoadBalancerAttributes',
  mend: "take STRICTEST or DEFENSIVE as 'desyncMitigationMode'",
  fsbp: ['ELB.12'],
  nist: ['AC-4(21)', ...NIST.configuration],
  pci: ['6.2.4'],
  holds: r => isOneOf(attribute(r, 'routing.http.desync_mitigation_mode'), 'strictest', 'defensive'),
};

export const ALB_DELETION_PROTECTION: Control = {
  id: 'ALB-06',
  title: 'the load balancer is protected from deletion',
  prevents: 'an outage by one wrong command',
  kind: 'durability',
  types: [LOAD_BALANCER],
  property: 'LoadBalancerAttributes',
  mend: "leave 'deletionProtection' on",
  fsbp: ['ELB.6'],
  nist: [...NIST.configuration, 'SC-5(2)'],
  holds: r => isTrue(attribute(r, 'deletion_protection.enabled')),
};

export const ALB_ACCESS_LOGS: Control = {
  id: 'ALB-07',
  title: 'every request is logged to a bucket',
  prevents: 'no evidence of who asked for what',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'LoadBalancerAttributes',
  mend: "keep the access logs, or give another 'logBucket'",
  cis: ['4.10'],
  fsbp: ['ELB.5'],
  nist: NIST.logging,
  holds: (r, t) => logs(r, t, 'access_logs'),
};

export const ALB_CONNECTION_LOGS: Control = {
  id: 'ALB-08',
  title: 'every connection is logged to a bucket, with its TLS version and cipher',
  prevents: 'no evidence of failed handshakes and of what cipher a client used',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'LoadBalancerAttributes',
  mend: "keep the connection logs, or give another 'logBucket'",
  pci: ['10.2'],
  holds: (r, t) => logs(r, t, 'connection_logs'),
};

export const ALB_FIREWALL: Control = {
  id: 'ALB-09',
  title: 'a web firewall inspects the requests',
  prevents: 'attacks on the application by known means',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'AWS::WAFv2::WebACLAssociation',
  mend: 'keep the association with the web firewall, and associate no other one: the last one replaces the others',
  fsbp: ['ELB.16'],
  nist: ['AC-4(21)'],
  pci: ['6.4.2'],
  holds: (r, t) => inspects(firewallsOf(r, t)[0]?.properties.WebACLArn, t),
  breaks: (r, t) => firewallsOf(r, t).slice(1),
};

export const ALB_FIREWALL_FAILS_CLOSED: Control = {
  id: 'ALB-09b',
  title: 'requests that the web firewall could not inspect are refused',
  prevents: 'a way around the web firewall while it is overloaded',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'LoadBalancerAttributes',
  mend: "leave 'waf.fail_open.enabled' at false",
  fsbp: ['ELB.16'],
  nist: ['AC-4(21)'],
  pci: ['6.4.2'],
  holds: r => isFalse(attribute(r, 'waf.fail_open.enabled')),
};

export const ALB_ZONES: Control = {
  id: 'ALB-10',
  title: 'the load balancer is in two subnets or more',
  prevents: 'an outage with one availability zone',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'Subnets',
  mend: 'give subnets in at least two availability zones',
  fsbp: ['ELB.13'],
  nist: NIST.resilience,
  holds: r => list(r.properties.Subnets).some(subnet => !same(subnet, list(r.properties.Subnets)[0])),
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
  holds: (r, t) => list(r.properties.SecurityGroupEgress).length > 0 && areApart(loose(r, t)),
  breaks: (r, t) => apartOf(loose(r, t)),
};

export const ALB_OWN_GROUP: Control = {
  id: 'ALB-11b',
  title: 'the load balancer has security groups of its own',
  prevents: 'a load balancer in the default security group of its VPC',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'SecurityGroups',
  mend: 'keep the security groups',
  fsbp: ['EC2.2'],
  nist: NIST.network,
  holds: r => list(r.properties.SecurityGroups).length > 0 && !contains(r.properties.SecurityGroups, 'DefaultSecurityGroup'),
};

export const ALB_KNOWN_GROUPS: Control = {
  id: 'ALB-11c',
  title: 'every security group of the load balancer is of the app, and opens no more than its listeners need',
  prevents: 'a second security group that opens what the first one does not',
  kind: 'default',
  types: [LOAD_BALANCER],
  property: 'SecurityGroups',
  mend: "keep the security group of the load balancer, and let clients in by 'sourceCidrs' or 'connections'",
  nist: NIST.network,
  pci: ['1.3.1'],
  holds: (r, t) => {
    const groups = list(r.properties.SecurityGroups).map(group => t.target('AWS::EC2::SecurityGroup', group));
    return groups.length > 0 && groups.every(group => group !== undefined && groupRules(group, t, 'Egress').length > 0
      && loose(group, t).length === 0);
  },
};

export const ALB_INTERNAL: Control = {
  id: 'ALB-15',
  title: 'the load balancer has private addresses only',
  prevents: 'an application that is on the Internet by mistake',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'Scheme',
  mend: "leave the scheme, or say 'internetFacing' where the load balancer is made",
  nist: NIST.notPublic,
  holds: r => isOneOf(r.properties.Scheme, 'internal'),
};

export const ALB_FORWARDED_FOR: Control = {
  id: 'ALB-17',
  title: 'the targets learn the address that the load balancer saw, whatever the client claims, '
    + 'and whether they get its Host header is said',
  prevents: 'clients that pass for others by an X-Forwarded-For of their own',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'LoadBalancerAttributes',
  mend: "leave 'routing.http.xff_header_processing.mode' at append",
  nist: ['SI-10'],
  holds: r => isOneOf(attribute(r, 'routing.http.xff_header_processing.mode'), 'append', 'remove')
    && isOneOf(textOf(attribute(r, 'routing.http.preserve_host_header.enabled')), 'true', 'false'),
};

export const ALB_NO_PLAIN_TEXT: Control = {
  id: 'ALB-18',
  title: 'each of its listeners speaks HTTPS by an accepted TLS policy or only redirects to it, and forwards to nothing but HTTPS',
  prevents: 'a listener or a target group, added beside those of the construct, that passes requests in plain text',
  kind: 'floor',
  types: [LOAD_BALANCER],
  property: 'AWS::ElasticLoadBalancingV2::Listener',
  mend: "leave the listeners as they are, and add what takes the requests by 'addTarget'",
  fsbp: ['ELB.17', 'ELB.18', 'ELB.22'],
  nist: NIST.inTransit,
  pci: ['4.2.1'],
  holds: (r, t) => listenersOf(r, t).length > 0,
  breaks: (r, t) => [...plain(r, t), ...t.mentioning('AWS::ElasticLoadBalancingV2::', r.logicalId, LISTENER, TARGET_GROUP)],
};
