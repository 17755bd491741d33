// What may be in a subnet, and under a security group, that others add.
import { JOINING } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { areInner, naming, placedIn, usersOf } from '../../core/network';
import { openNothing } from '../../core/security-groups';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { rememberedOfEach } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isFalse, isGiven, isList, isObject, isOneOf } from '../../core/values';

const SUBNET = ['AWS::EC2::Subnet'];
const GROUP = ['AWS::EC2::SecurityGroup'];
const SERVICE = ['AWS::ECS::Service'];

/** Names of properties that give something a public address. */
const PUBLIC_ADDRESS = new Set([
  'AssociatePublicIp', 'AssociatePublicIpAddress', 'AssociateCarrierIpAddress', 'AssignPublicIp', 'PubliclyAccessible',
]);

/** Whether a value says, at any depth, that something gets a public address, or may. */
function asksForAddress(value: Json): boolean {
  if (isList(value)) { return value.some(asksForAddress); }
  if (!isObject(value)) { return false; }
  for (const name in value) {
    const inner = value[name];
    const asks = PUBLIC_ADDRESS.has(name) ? isGiven(inner) && !isFalse(inner) && !isOneOf(inner, 'DISABLED')
      : typeof inner === 'object' && asksForAddress(inner);
    if (asks) { return true; }
  }
  return false;
}

const TEMPLATES = ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'];

/** Whether something has a public address: by its own properties, those of what it is launched from, or one that is given to it. */
const addressesOf = rememberedOfEach((placed: RenderedResource, t: RenderedTemplate): RenderedResource[] => {
  const targets = (t.uses.by.get(placed.logicalId) ?? []).map(use => t.resource(use.target));
  const templates = TEMPLATES.map(type => targets.find(r => r?.type === type));
  return [
    ...[placed, ...templates].some(r => asksForAddress(r?.properties)) ? [placed] : [],
    ...placed.type.startsWith('AWS::EC2::') ? naming(placed, t).filter(r => r.type.startsWith('AWS::EC2::EIP')) : [],
  ];
});

/** What is in a subnet with a public address. */
function addressed(subnet: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return placedIn(subnet, t).flatMap(placed => addressesOf(placed, t));
}

export const VPC_NO_ADDRESSES_GIVEN: Control = {
  id: 'VPC-03b',
  title: 'nothing in the subnet is given a public address',
  prevents: 'a host or a task that the internet reaches past the load balancer',
  kind: 'default',
  types: SUBNET,
  property: 'AWS::EC2::Instance',
  mend: 'give it a private address, and let a load balancer answer the Internet',
  fsbp: ['EC2.9', 'ECS.2'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: ADDITIONS_ONLY,
  breaks: addressed,
};

/** Types of EC2 that may be in a subnet. Others belong to other networks, or nobody here knows them. */
const IN_SUBNETS = new Set([
  'SubnetRouteTableAssociation', 'SubnetNetworkAclAssociation', 'SubnetCidrReservation', 'SubnetCidrBlock', 'NatGateway', 'Instance',
  'NetworkInterface', 'LaunchTemplate', 'EC2Fleet', 'SpotFleet', 'VPCEndpoint', 'InstanceConnectEndpoint', 'FlowLog', 'NetworkInsightsPath',
  'NetworkInsightsAccessScope', 'SecurityGroupIngress', 'SecurityGroupEgress', 'SecurityGroup', 'PrefixList', 'NetworkAclEntry', 'Route',
].map(name => `AWS::EC2::${name}`));

export const VPC_NOT_SHARED: Control = {
  id: 'VPC-19',
  title: 'the subnet is shared with nobody, and ends no other network',
  prevents: 'workloads of another account, or another network, in the midst of a tier',
  kind: 'default',
  types: SUBNET,
  property: 'AWS::RAM::ResourceShare',
  mend: 'give others a VPC of their own, and reach them through the load balancer',
  nist: NIST.network,
  pci: ['1.2.7', '1.4.4'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => naming(r, t).filter(({ type }) => JOINING.test(type) || (type.startsWith('AWS::EC2::') && !IN_SUBNETS.has(type))),
};

/** Stores of data, and what puts them into subnets. */
const STORES = new RegExp('^AWS::((RDS|DocDB|Neptune)::DBSubnetGroup|ElastiCache::(SubnetGroup|ServerlessCache)|MemoryDB::SubnetGroup|'
  + 'DAX::SubnetGroup|Redshift::ClusterSubnetGroup|RedshiftServerless::Workgroup|EFS::MountTarget|FSx::FileSystem|'
  + 'OpenSearchService::Domain|MSK::Cluster|Cassandra::Keyspace)$');

/** What is part of a subnet, whatever is in it. */
const PART = /^AWS::EC2::(Subnet.*|VPCEndpoint|FlowLog|NetworkInsights.*|SecurityGroup.*|NetworkAclEntry|PrefixList|Route)$/;

export const VPC_DATA_ONLY: Control = {
  id: 'VPC-28',
  title: 'nothing but stores of data is in the data tier',
  prevents: 'a host among the databases that the next intruder works from',
  kind: 'default',
  types: SUBNET,
  property: 'AWS::Lambda::Function',
  mend: "put what works with the data into the 'applicationSubnets' of the network",
  nist: NIST.network,
  pci: ['1.4.4'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => placedIn(r, t).filter(({ type }) => !STORES.test(type) && !PART.test(type)),
};

const isBalancer = ({ type, properties: p }: RenderedResource) =>
  type.startsWith('AWS::ElasticLoadBalancing') && !isOneOf(p.Scheme, 'internal');

export const VPC_FIREWALL: Control = {
  id: 'VPC-29',
  title: 'every load balancer that answers the Internet from the public tier has a web firewall',
  prevents: 'a second front door that nobody guards',
  kind: 'default',
  types: SUBNET,
  property: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  mend: "take a 'TlsAlb', or associate a web ACL with the load balancer; a network load balancer can't have one",
  fsbp: ['ELB.16'],
  nist: ['AC-4(21)', 'SC-7'],
  pci: ['6.4.2'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => placedIn(r, t).filter(isBalancer)
    .filter(b => t.referring('AWS::WAFv2::WebACLAssociation', 'ResourceArn', b.logicalId).length === 0),
};

/** A control that nothing but a kind of resource is under a security group. */
function membersOnly(id: string, who: string, type: RegExp): Control {
  return {
    id,
    title: `nothing but ${who} is under the security group`,
    prevents: 'that something else is let in wherever the group is, and lets in whom the group does',
    kind: 'default',
    types: GROUP,
    property: 'AWS::EC2::NetworkInterface',
    mend: 'give it a security group of its own, and let that in by a rule where it is needed',
    nist: NIST.network,
    pci: ['1.3.1'],
    holds: ADDITIONS_ONLY,
    breaks: (r, t) => [
      ...usersOf(r, t).filter(user => !type.test(user.type)),
      ...naming(r, t).filter(other => JOINING.test(other.type) || other.type === 'AWS::EC2::SecurityGroupVpcAssociation'),
    ].filter((other, i, all) => all.indexOf(other) === i),
  };
}

/** Services of ECS, and what starts single tasks. */
const OF_TASKS = /^AWS::(ECS::(Service|TaskSet)|Events::Rule|Scheduler::Schedule|StepFunctions::.*)$/;

export const SG_OF_TASKS = membersOnly('VPC-20', 'the tasks', OF_TASKS);
export const SG_OF_ENDPOINTS = membersOnly('VPC-20b', 'endpoints of AWS services', /^AWS::EC2::VPCEndpoint$/);
export const SG_OF_LOAD_BALANCER = membersOnly('VPC-20c', 'the load balancer', /^AWS::ElasticLoadBalancingV2::LoadBalancer$/);
export const SG_OF_DATABASE = membersOnly('VPC-20d', 'the database', /^AWS::RDS::DB(Cluster|Instance)$/);

const network = (r: RenderedResource) => at(r.properties.NetworkConfiguration, 'AwsvpcConfiguration');

export const TASKS_UNDER_CLOSED_GROUPS: Control = {
  id: 'VPC-21',
  title: 'the security groups of the tasks are of the app, and no further one opens anything',
  prevents: 'a second security group that opens what the first one does not',
  kind: 'default',
  types: SERVICE,
  property: 'NetworkConfiguration',
  mend: "keep the security group of the service, and add rules to it by 'connections'",
  nist: NIST.network,
  pci: ['1.3.1', '1.3.2'],
  holds: (r, t) => openNothing(at(network(r), 'SecurityGroups'), t),
};

export const TASKS_INSIDE: Control = {
  id: 'VPC-21b',
  title: 'the tasks are in subnets of one tier that the Internet does not reach',
  prevents: 'an application that the internet reaches past the load balancer',
  kind: 'floor',
  types: SERVICE,
  property: 'NetworkConfiguration',
  mend: "keep the subnets of 'vpcSubnets'",
  fsbp: ['ECS.2'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: (r, t) => areInner(at(network(r), 'Subnets'), at(network(r), 'SecurityGroups'), t),
};
