// What others may add to a VPC: gateways, other networks, addresses, endpoints, name servers and flow logs.
import { passesOurs, passesOursOrReads } from './endpoint-policies';
import { SHELL_SERVICES } from './facts';
import { aclsOf, isInOneStack, JOINING } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { naming, SUBNET, VPC as VPC_TYPE, vpcOf } from '../../core/network';
import { homeOf, isOwnResource } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { isFalse, isGiven, isOneOf, list, mentions, same, textOf, UNKNOWN } from '../../core/values';

const VPC = [VPC_TYPE];
const ATTACHMENT = 'AWS::EC2::VPCGatewayAttachment';

type Additions = (vpc: RenderedResource, t: RenderedTemplate) => RenderedResource[];

/** What a control of additions to a VPC has, by the type that is usual among them. */
function ofVpc(property: string): Pick<Control, 'types' | 'property' | 'holds'> {
  return { types: VPC, property, holds: ADDITIONS_ONLY };
}

/** The resources of a type that name a VPC, in any property. */
function inVpc(type: string, vpc: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return naming(vpc, t).filter(r => r.type === type);
}

/** The subnets of a VPC. */
function subnetsIn(vpc: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.referring(SUBNET, 'VpcId', vpc.logicalId);
}

/** Whether an attachment is of a gateway to the Internet, or may be. */
const isToInternet = (attachment: RenderedResource) => isGiven(attachment.properties.InternetGatewayId);

/** Gateways to the Internet beside the one of the VPC, the first of its stack. */
const furtherGateways: Additions = (vpc, t) => {
  const attached = inVpc(ATTACHMENT, vpc, t).filter(isToInternet);
  const own = attached.find(a => isInOneStack(a, vpc));
  return [...attached.filter(a => a !== own),
    ...['AWS::EC2::EgressOnlyInternetGateway', 'AWS::EC2::CarrierGateway'].flatMap(type => inVpc(type, vpc, t))];
};

export const VPC_ONE_GATEWAY: Control = {
  id: 'VPC-22',
  title: 'the VPC has one way to the Internet, and that answers clients of the public tier',
  prevents: 'ways out beside the endpoints, and ways in beside the load balancer',
  kind: 'floor',
  ...ofVpc(ATTACHMENT),
  mend: 'leave the VPC with its Internet gateway, and reach AWS services by endpoints',
  nist: NIST.network,
  pci: ['1.2.7', '1.4.1'],
  breaks: furtherGateways,
};

/** Types of EC2 that belong into a VPC. Other controls judge those that may be wrong. */
const OF_A_VPC = new Set([
  'Subnet', 'RouteTable', 'NetworkAcl', 'SecurityGroup', 'SecurityGroupIngress', 'SecurityGroupEgress', 'VPCEndpoint', 'FlowLog',
  'VPCGatewayAttachment', 'EgressOnlyInternetGateway', 'CarrierGateway', 'NatGateway', 'VPCCidrBlock', 'VPCDHCPOptionsAssociation',
  'VPCEncryptionControl', 'Instance', 'NetworkInterface', 'LaunchTemplate', 'InstanceConnectEndpoint', 'NetworkAclEntry', 'Route',
  'PrefixList', 'NetworkInsightsPath', 'NetworkInsightsAccessScope',
].map(name => `AWS::EC2::${name}`));

/** What joins a VPC with another network: of types that are known for it, or that nobody here knows. */
const joined: Additions = (vpc, t) => naming(vpc, t).filter(r => JOINING.test(r.type)
  || (r.type === ATTACHMENT && !isToInternet(r)) || (r.type.startsWith('AWS::EC2::') && !OF_A_VPC.has(r.type)));

export const VPC_ALONE: Control = {
  id: 'VPC-23',
  title: 'no other network is joined to the VPC: no peer, no transit gateway, no VPN, no service network',
  prevents: 'ways in past the load balancer and the web firewall, and ways out to networks that nobody here knows',
  kind: 'default',
  ...ofVpc('AWS::EC2::VPCPeeringConnection'),
  mend: 'publish what others need by the load balancer, and reach what is elsewhere by endpoints',
  nist: NIST.network,
  pci: ['1.2.7', '1.4.4'],
  breaks: joined,
};

/** Blocks beside those of the tiers, and subnets that have not what those of the tiers have. */
const furtherAddresses: Additions = (vpc, t) => [
  ...inVpc('AWS::EC2::VPCCidrBlock', vpc, t),
  ...subnetsIn(vpc, t).flatMap(subnet => [
    ...t.referring('AWS::EC2::SubnetCidrBlock', 'SubnetId', subnet.logicalId),
    ...aclsOf(subnet, t).length === 0 || !isFalse(subnet.properties.MapPublicIpOnLaunch ?? false) ? [subnet] : [],
  ]),
];

export const VPC_ONE_PLAN: Control = {
  id: 'VPC-24',
  title: 'the VPC has the addresses of its tiers and no others, and no subnet without a network ACL of its own',
  prevents: 'addresses that no rule of the tiers is about, by IPv6 for example',
  kind: 'default',
  ...ofVpc('AWS::EC2::VPCCidrBlock'),
  mend: "choose a 'cidr' that is large enough, and put workloads into the subnets of a tier",
  nist: NIST.network,
  pci: ['1.2.7', '1.3.1'],
  breaks: furtherAddresses,
};

/** Endpoints in a VPC that pass more than our identities to our resources. */
const looseEndpoints: Additions = (vpc, t) => inVpc('AWS::EC2::VPCEndpoint', vpc, t).filter(e =>
  isOneOf(e.properties.VpcEndpointType, 'Interface') ? !passesOurs(e, t)
    : !isOneOf(e.properties.VpcEndpointType ?? 'Gateway', 'Gateway') || !passesOursOrReads(e, t));

export const VPC_ENDPOINTS: Control = {
  id: 'VPC-25',
  title: 'every endpoint in the VPC passes only our identities to our resources',
  prevents: "data that leaves by an intruder's own credentials, or to a resource of somebody else",
  kind: 'default',
  ...ofVpc('AWS::EC2::VPCEndpoint'),
  mend: "add endpoints by 'addInterfaceEndpoint' and 'addGatewayEndpoint' of the network, which give them a policy, or give one with "
    + 'aws:PrincipalAccount and aws:ResourceAccount',
  cis: ['6.8'],
  nist: ['AC-4(21)', 'SC-7'],
  breaks: looseEndpoints,
};

/** Endpoints by which shells are opened on hosts and in containers. */
const shells: Additions = (vpc, t) => {
  const isShell = (name: string) => SHELL_SERVICES.some(service => name.endsWith(`.${service}`)) || name.endsWith(UNKNOWN);
  return [
    ...inVpc('AWS::EC2::VPCEndpoint', vpc, t).filter(e => isShell(textOf(e.properties.ServiceName))),
    ...t.resourcesOf('AWS::EC2::InstanceConnectEndpoint').filter(e => {
      const subnet = t.target(SUBNET, e.properties.SubnetId);
      return subnet && vpcOf(subnet, t)?.logicalId === vpc.logicalId;
    }),
  ];
};

export const VPC_NO_SHELLS: Control = {
  id: 'VPC-25b',
  title: 'no endpoint in the VPC opens shells on hosts or in containers',
  prevents: 'administration by people, past everything that is deployed by reviewed changes',
  kind: 'default',
  ...ofVpc('AWS::EC2::VPCEndpoint'),
  mend: "add none, or name 'EndpointService.ssmMessages()' among the 'endpointServices' of the network",
  nist: ['AC-17', 'CM-7'],
  breaks: shells,
};

/** The domains that names of AWS services are in. */
const OF_AWS = ['amazonaws.com', 'amazonaws.com.cn', 'api.aws', 'on.aws'];

/** Whether a domain has names of AWS services in it, as a part or around them, or may have. */
function isOfAws(domain: string): boolean {
  const name = domain.replace(/\.$/, '').toLowerCase();
  return name === '' || name.includes(UNKNOWN) || OF_AWS.some(own => own === name || own.endsWith(`.${name}`) || name.endsWith(`.${own}`));
}

/** DHCP options that name the resolver of the VPC and no other. */
function areOfResolver(options: RenderedResource | undefined): boolean {
  return same(list(options?.properties.DomainNameServers), ['AmazonProvidedDNS']);
}

/** What has names resolved by others, or names of AWS services to other addresses. */
const otherNames: Additions = (vpc, t) => [
  ...inVpc('AWS::EC2::VPCDHCPOptionsAssociation', vpc, t).filter(({ properties: p }) => !isOneOf(p.DhcpOptionsId, 'default')
    && !areOfResolver(t.target('AWS::EC2::DHCPOptions', p.DhcpOptionsId))),
  ...inVpc('AWS::Route53Resolver::ResolverRuleAssociation', vpc, t).filter(({ properties: p }) => {
    const rule = t.target('AWS::Route53Resolver::ResolverRule', p.ResolverRuleId);
    return !rule || isOfAws(textOf(rule.properties.DomainName));
  }),
  ...inVpc('AWS::Route53Profiles::ProfileAssociation', vpc, t),
  ...inVpc('AWS::Route53::HostedZone', vpc, t).filter(zone => isOfAws(textOf(zone.properties.Name))),
];

export const VPC_OWN_NAMES: Control = {
  id: 'VPC-26',
  title: "nobody but the VPC's own resolver answers for the names of AWS services",
  prevents: 'calls of AWS services that go to somebody else, and data that leaves by DNS',
  kind: 'default',
  ...ofVpc('AWS::EC2::VPCDHCPOptionsAssociation'),
  mend: 'keep the DHCP options of AWS, and forward or host only domains of your own',
  nist: ['SC-20', 'SC-21'],
  breaks: otherNames,
};

/** Flow logs of a VPC, or of a subnet of it, that are delivered to somebody else, or may be. */
const strayLogs: Additions = (vpc, t) => {
  const places = [vpc, ...subnetsIn(vpc, t)];
  return t.resourcesOf('AWS::EC2::FlowLog').filter(log => places.some(place => mentions(log.properties.ResourceId, place.logicalId)))
    .filter(log => isGiven(log.properties.DeliverCrossAccountRole)
      || (isGiven(log.properties.LogDestination) && !isOwnResource(log.properties.LogDestination, homeOf(log, t))));
};

export const VPC_LOGS_STAY: Control = {
  id: 'VPC-27',
  title: 'flow logs of the VPC are delivered to buckets, log groups and streams of ours',
  prevents: 'a map of who talks to whom in the hands of others',
  kind: 'default',
  ...ofVpc('AWS::EC2::FlowLog'),
  mend: 'deliver them to a bucket, log group or stream of this app or this account',
  nist: ['AU-9'],
  pci: ['10.3.2'],
  breaks: strayLogs,
};
