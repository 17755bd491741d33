import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { condition, hasActions, isForEveryone, rightsOf, statements } from '../../core/policies';
import { contains, list, mentions, same } from '../../core/values';

const VPC = ['AWS::EC2::VPC'];
const SUBNET = ['AWS::EC2::Subnet'];
const ACL = ['AWS::EC2::NetworkAcl'];
const FLOW_LOG = ['AWS::EC2::FlowLog'];
const ENDPOINT = ['AWS::EC2::VPCEndpoint'];
const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** What the associations of a type tie to a resource: the other end of each that is in the template. */
function associated(r: RenderedResource, t: RenderedTemplate, type: string, own: string, other: string, otherType: string): RenderedResource[] {
  return t.referring(type, own, r.logicalId)
    .map(a => t.resourcesOf(otherType).find(o => mentions(a.properties[other], o.logicalId)))
    .filter(o => o !== undefined);
}

const NACL_ASSOCIATION = 'AWS::EC2::SubnetNetworkAclAssociation';
const aclsOf = (r: RenderedResource, t: RenderedTemplate) => associated(r, t, NACL_ASSOCIATION, 'SubnetId', 'NetworkAclId', 'AWS::EC2::NetworkAcl');
const subnetsOf = (r: RenderedResource, t: RenderedTemplate) => associated(r, t, NACL_ASSOCIATION, 'NetworkAclId', 'SubnetId', 'AWS::EC2::Subnet');
const tablesOf = (r: RenderedResource, t: RenderedTemplate) =>
  associated(r, t, 'AWS::EC2::SubnetRouteTableAssociation', 'SubnetId', 'RouteTableId', 'AWS::EC2::RouteTable');

export const VPC_DNS: Control = {
  id: 'VPC-01',
  title: "names are resolved by the VPC's own resolver, those of endpoints included",
  prevents: 'endpoints that are bypassed in silence',
  kind: 'floor',
  types: VPC,
  property: 'EnableDnsHostnames',
  mend: 'keep DNS support and DNS hostnames on',
  holds: r => r.properties.EnableDnsSupport === true && r.properties.EnableDnsHostnames === true,
};

export const VPC_ZONES: Control = {
  id: 'VPC-02',
  title: 'the tier has subnets in two availability zones or more',
  prevents: 'an outage of everything with one zone',
  kind: 'floor',
  types: ACL,
  property: 'AWS::EC2::Subnet',
  mend: 'keep a subnet of the tier in each zone',
  fsbp: ['RDS.5', 'RDS.15', 'ELB.13', 'AutoScaling.2'],
  nist: NIST.resilience,
  holds: (r, t) => new Set(subnetsOf(r, t).flatMap(s => list(s.properties.AvailabilityZone)).map(zone => JSON.stringify(zone))).size >= 2,
};

export const VPC_NO_PUBLIC_ADDRESSES: Control = {
  id: 'VPC-03',
  title: 'nothing in the subnet gets a public address by itself',
  prevents: 'an instance that is on the internet by accident',
  kind: 'floor',
  types: SUBNET,
  property: 'MapPublicIpOnLaunch',
  mend: 'keep MapPublicIpOnLaunch and AssignIpv6AddressOnCreation false',
  fsbp: ['EC2.15'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: r => r.properties.MapPublicIpOnLaunch === false && r.properties.AssignIpv6AddressOnCreation === false,
};

export const VPC_NO_DEFAULT_ROUTE: Control = {
  id: 'VPC-04',
  title: 'the subnet has a route table of its own, without a route to the internet',
  prevents: 'direct ways out for data, and in for intruders',
  kind: 'floor',
  types: SUBNET,
  property: 'AWS::EC2::SubnetRouteTableAssociation',
  mend: 'keep the route table, and add no default route to it',
  fsbp: ['RDS.46'],
  nist: ['AC-4(21)', 'CM-7'],
  holds: (r, t) => tablesOf(r, t).length === 1
    && tablesOf(r, t).every(table => t.referring('AWS::EC2::Route', 'RouteTableId', table.logicalId).every(leadsInside)),
};

/** Whether a route neither matches everything nor ends at a gateway to the internet. */
function leadsInside(route: RenderedResource): boolean {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, GatewayId, EgressOnlyInternetGatewayId, NatGatewayId } = route.properties;
  return !ANYWHERE.includes(DestinationCidrBlock) && !ANYWHERE.includes(DestinationIpv6CidrBlock)
    && [GatewayId, EgressOnlyInternetGatewayId, NatGatewayId].every(g => g === undefined);
}

export const VPC_SUBNET_ACL: Control = {
  id: 'VPC-05',
  title: 'the subnet has the network ACL of its tier',
  prevents: 'lateral movement between tiers, as the default network ACL lets everything through',
  kind: 'floor',
  types: SUBNET,
  property: NACL_ASSOCIATION,
  mend: 'keep the association with the network ACL',
  cis: ['6.2'],
  fsbp: ['EC2.16', 'EC2.21'],
  nist: NIST.network,
  pci: ['1.2.7', '1.3.1'],
  holds: (r, t) => aclsOf(r, t).length === 1,
};

const entries = (r: RenderedResource, t: RenderedTemplate) => t.referring('AWS::EC2::NetworkAclEntry', 'NetworkAclId', r.logicalId).map(e => e.properties);
const fromAnywhere = (e: any) => ANYWHERE.includes(e.CidrBlock) || ANYWHERE.includes(e.Ipv6CidrBlock);
const covers = (e: any, port: number) => String(e.Protocol) === '-1' || e.PortRange?.From <= port && e.PortRange?.To >= port;

export const VPC_ACL_RULES: Control = {
  id: 'VPC-05b',
  title: 'the network ACL lets in from anywhere neither everything nor remote administration, and fits its quota',
  prevents: 'remote administration from the internet',
  kind: 'floor',
  types: ACL,
  property: 'AWS::EC2::NetworkAclEntry',
  mend: 'allow from 0.0.0.0/0 only ranges without 22 and 3389, and at most 18 rules in each direction',
  cis: ['6.2'],
  fsbp: ['EC2.21'],
  nist: NIST.network,
  pci: ['1.2.7', '1.3.1'],
  holds: (r, t) => {
    const all = entries(r, t);
    const ingress = all.filter(e => e.Egress !== true);
    const egress = all.filter(e => e.Egress === true);
    return [ingress, egress].every(d => d.length > 0 && d.length <= 18)
      && all.every(e => e.RuleAction === 'deny' || String(e.Protocol) !== '-1')
      && ingress.every(e => e.RuleAction === 'deny' || !fromAnywhere(e) || ![22, 3389].some(port => covers(e, port)));
  },
};

export const VPC_ACL_TABLE: Control = {
  id: 'VPC-05c',
  title: 'the network ACL has the entries of its tier and no others',
  prevents: 'a way between tiers that nobody reviewed, by an entry that is added, widened, turned round or gone',
  kind: 'default',
  types: ACL,
  property: 'AWS::EC2::NetworkAclEntry',
  mend: 'keep the entries as the network makes them, and give addresses to refuse in its props',
  cis: ['6.2'],
  nist: NIST.network,
  pci: ['1.2.7', '1.3.1'],
  // Where it is claimed the tier's table is known, and the entries are held against it (`isTable`).
  holds: (r, t) => entries(r, t).length > 0 && entries(r, t).every(e => e.RuleAction === 'deny' || String(e.Protocol) === '1'
    || String(e.Protocol) === '6' && (e.PortRange?.From === e.PortRange?.To || e.PortRange?.From >= 1024)),
};

export const VPC_FLOW_LOG: Control = {
  id: 'VPC-06',
  title: 'accepted and rejected traffic of the whole VPC is logged by the minute, with the addresses behind gateways',
  prevents: 'no evidence of who talked to whom',
  kind: 'floor',
  types: FLOW_LOG,
  property: 'TrafficType',
  mend: 'keep the flow log of all traffic, its format and its interval of 60 seconds',
  cis: ['4.7'],
  fsbp: ['EC2.6'],
  nist: NIST.logging,
  pci: ['10.2.1'],
  holds: (r, t) => r.properties.ResourceType === 'VPC' && r.properties.TrafficType === 'ALL' && r.properties.MaxAggregationInterval === 60
    && t.resourcesOf('AWS::EC2::VPC').some(vpc => mentions(r.properties.ResourceId, vpc.logicalId))
    && ['pkt-srcaddr', 'pkt-dstaddr', 'tcp-flags', 'flow-direction', 'action'].every(field => contains(r.properties.LogFormat, `\${${field}}`)),
};

export const VPC_FLOW_LOG_ENCRYPTED: Control = {
  id: 'VPC-07',
  title: 'flow logs go to a log group that is encrypted with a customer managed key and expires',
  prevents: 'flow logs that everybody with logs:GetLogEvents can read',
  kind: 'floor',
  types: FLOW_LOG,
  property: 'LogGroupName',
  mend: 'keep the log group, and the role that may write to it',
  fsbp: ['CloudWatch.16'],
  nist: [...NIST.atRest, 'AU-9'],
  pci: ['10.5.1'],
  holds: (r, t) => (rightsOf(r.properties.DeliverLogsPermissionArn, t)?.some(s => hasActions(s, 'logs:CreateLogStream', 'logs:PutLogEvents')) ?? r.properties.DeliverLogsPermissionArn !== undefined)
    && r.properties.LogDestinationType !== 's3' && t.resourcesOf('AWS::Logs::LogGroup').some(g => mentions(r.properties.LogGroupName, g.logicalId) && g.properties.KmsKeyId !== undefined && g.properties.RetentionInDays !== undefined),
};

const PRINCIPAL = ['aws:PrincipalAccount', 'aws:PrincipalOrgID'];
const RESOURCE = ['aws:ResourceAccount', 'aws:ResourceOrgID'];
const fixed = (value: any) => value !== undefined && list(value).length > 0 && !list(value).some(v => typeof v === 'string' && /[*?]/.test(v));
const bound = (s: any, operator: string, keys: string[]) => keys.some(k => fixed(condition(s, operator, k)));

/** Whether an ARN is of objects in one bucket: what it refers to is taken for a name. */
function isInOneBucket(arn: any): boolean {
  const text = list(arn?.['Fn::Join']?.[1] ?? arn).map(part => typeof part === 'string' ? part : 'name').join('');
  return /:::[^*?/]+\//.test(text);
}

export const VPC_GATEWAY_ENDPOINT: Control = {
  id: 'VPC-08',
  title: 'the gateway endpoint passes only our identities to our data, and reads of named buckets',
  prevents: "data that leaves by an intruder's own credentials, or to a bucket or table of somebody else",
  kind: 'floor',
  types: ENDPOINT,
  property: 'PolicyDocument',
  mend: 'keep the endpoint policy and its conditions',
  cis: ['6.8'],
  nist: ['AC-4(21)', 'SC-7'],
  holds: r => r.properties.VpcEndpointType === 'Gateway' && list(r.properties.RouteTableIds).length > 0
    && statements(r.properties.PolicyDocument).length > 0
    && statements(r.properties.PolicyDocument).filter(s => s.Effect === 'Allow').every(s =>
      bound(s, 'StringEquals', PRINCIPAL) && bound(s, 'StringEquals', RESOURCE)
      || same(list(s.Action), ['s3:GetObject']) && list(s.Resource).length > 0 && list(s.Resource).every(isInOneBucket)),
};

export const VPC_PRIVATE_DNS: Control = {
  id: 'VPC-09',
  title: 'the service is reached inside the VPC, by its usual name and in two zones or more',
  prevents: 'calls of AWS APIs over the internet',
  kind: 'floor',
  types: ENDPOINT,
  property: 'PrivateDnsEnabled',
  mend: 'keep private DNS, and a subnet in each zone',
  fsbp: ['EC2.10', 'EC2.55', 'EC2.56', 'EC2.57', 'EC2.58', 'EC2.60'],
  nist: NIST.notPublic,
  holds: r => r.properties.VpcEndpointType === 'Interface' && r.properties.PrivateDnsEnabled === true && list(r.properties.SubnetIds).length >= 2,
};

export const VPC_ENDPOINT_GROUP: Control = {
  id: 'VPC-09b',
  title: 'the endpoint has a security group of its own',
  prevents: 'API calls that time out, as the default security group admits nobody',
  kind: 'floor',
  types: ENDPOINT,
  property: 'SecurityGroupIds',
  mend: 'keep the security group of the endpoints',
  nist: NIST.notPublic,
  holds: r => list(r.properties.SecurityGroupIds).length > 0 && !contains(r.properties.SecurityGroupIds, 'DefaultSecurityGroup'),
};

export const VPC_ENDPOINT_POLICY: Control = {
  id: 'VPC-09c',
  title: 'the interface endpoint passes only our identities to our resources',
  prevents: "data that leaves by an intruder's own credentials, or to a resource of somebody else",
  kind: 'floor',
  types: ENDPOINT,
  property: 'PolicyDocument',
  mend: 'keep the endpoint policy and its conditions',
  nist: ['AC-4(21)', 'SC-7'],
  holds: r => statements(r.properties.PolicyDocument).length > 0
    && statements(r.properties.PolicyDocument).filter(s => s.Effect === 'Allow').every(s => isForEveryone(s)
      && bound(s, 'StringEquals', PRINCIPAL) && (bound(s, 'StringEquals', RESOURCE) || bound(s, 'StringEqualsIfExists', RESOURCE))),
};

/** Whether a value is the default security group of a VPC. */
const isDefaultGroup = (value: any, vpc: string) => same(value, { 'Fn::GetAtt': [vpc, 'DefaultSecurityGroup'] });

export const VPC_DEFAULT_GROUP: Control = {
  id: 'VPC-10',
  title: 'the default security group is emptied, and emptied again every day',
  prevents: 'network interfaces without a security group that talk to each other and to everywhere',
  kind: 'floor',
  types: VPC,
  property: 'AWS::SSM::Association',
  mend: 'keep the State Manager association, and add no rules to the default security group',
  cis: ['6.5'],
  fsbp: ['EC2.2'],
  nist: ['AC-4', 'AC-4(21)', 'SC-7'],
  holds: (r, t) => t.resourcesOf('AWS::SSM::Association').some(({ properties: p }) => p.Name === 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules'
      && list(p.Parameters?.GroupId).length === 1 && isDefaultGroup(p.Parameters.GroupId[0], r.logicalId)
      && list(p.Parameters?.AutomationAssumeRole).length === 1
      && p.AssociationDispatchAssumeRole !== undefined && /^rate\((1 day|\d{1,2} hours?|\d+ minutes)\)$/.test(p.ScheduleExpression))
    && ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].every(type => t.resourcesOf(type).every(rule => !isDefaultGroup(rule.properties.GroupId, r.logicalId))),
};

export const VPC_NO_NAT: Control = {
  id: 'VPC-17',
  title: 'there is no NAT gateway',
  prevents: 'ways out that only a firewall would control',
  kind: 'floor',
  types: VPC,
  property: 'AWS::EC2::NatGateway',
  mend: 'reach AWS services by endpoints',
  holds: (_, t) => t.resourcesOf('AWS::EC2::NatGateway').length === 0,
};

export const VPC_ENCRYPTION: Control = {
  id: 'VPC-18',
  title: 'unencrypted traffic in the VPC is reported or refused',
  prevents: 'plaintext between hosts',
  kind: 'floor',
  types: VPC,
  property: 'AWS::EC2::VPCEncryptionControl',
  mend: 'keep the encryption control of the VPC',
  nist: ['SC-8'],
  pci: ['4.2.1'],
  holds: (r, t) => t.referring('AWS::EC2::VPCEncryptionControl', 'VpcId', r.logicalId).some(e => ['monitor', 'enforce'].includes(e.properties.Mode)),
};
