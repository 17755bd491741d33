// What must hold of a subnet: no public addresses, its tier's routes and network ACL.
import {
  aclsOf, furtherAssociations, NACL_ASSOCIATION, ROUTE_TABLE_ASSOCIATION, routeTablesOf, subnetsOf, subnetsOfTable,
} from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { areOfOneTier, leadsToInternet, naming, vpcOf } from '../../core/network';
import type { Peer } from '../../core/security-groups';
import { areWide, blockPeer, listPeer } from '../../core/security-groups';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { isFalse, isGiven, isOneOf } from '../../core/values';

const SUBNET = ['AWS::EC2::Subnet'];

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
  holds: r => isFalse(r.properties.MapPublicIpOnLaunch) && isFalse(r.properties.AssignIpv6AddressOnCreation),
};

/** The routes of a subnet's route tables. */
function routesOf(subnet: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return routeTablesOf(subnet, t).flatMap(table => t.referring('AWS::EC2::Route', 'RouteTableId', table.logicalId));
}

function destinationOf({ properties: p }: RenderedResource, vpc: RenderedResource | undefined, t: RenderedTemplate): Peer {
  if (isGiven(p.DestinationPrefixListId)) { return listPeer(p.DestinationPrefixListId, vpc, t); }
  return blockPeer(p.DestinationCidrBlock ?? p.DestinationIpv6CidrBlock, vpc, t);
}

/** Routes that end at a gateway to the Internet, or that are for everywhere, be it in parts, wherever they end. */
function leaving(subnet: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const routes = routesOf(subnet, t).map(route => ({ route, to: destinationOf(route, vpcOf(subnet, t), t) }));
  const isMost = areWide(routes.map(({ to }) => to));
  return routes.filter(({ route, to }) => leadsToInternet(route, t) || isGiven(route.properties.EgressOnlyInternetGatewayId)
    || isGiven(route.properties.NatGatewayId) || to.kind === 'unknown' || (isMost && to.kind === 'public')).map(({ route }) => route);
}

export const VPC_NO_DEFAULT_ROUTE: Control = {
  id: 'VPC-04',
  title: 'the subnet has a route table of its own, without a route to the internet',
  prevents: 'direct ways out for data, and in for intruders',
  kind: 'floor',
  types: SUBNET,
  property: 'AWS::EC2::SubnetRouteTableAssociation',
  mend: 'keep the route table, and add no route to it that leads to the Internet, whole or in parts',
  fsbp: ['RDS.46'],
  nist: ['AC-4(21)', 'CM-7'],
  holds: (r, t) => routeTablesOf(r, t).length === 1,
  breaks: (r, t) => [...furtherAssociations(ROUTE_TABLE_ASSOCIATION, r, t), ...leaving(r, t)],
};

/** Whether a route is the one of a public tier: everything to the gateway to the Internet. */
function isOfPublicTier({ properties: p }: RenderedResource, t: RenderedTemplate): boolean {
  return isOneOf(p.DestinationCidrBlock, '0.0.0.0/0') && t.target('AWS::EC2::InternetGateway', p.GatewayId) !== undefined;
}

/** What may name a route table: what ties subnets to it, its routes, and gateway endpoints, which their own controls judge. */
const OF_ROUTE_TABLE = [ROUTE_TABLE_ASSOCIATION, 'AWS::EC2::Route', 'AWS::EC2::VPCEndpoint'];

/** What gives a route table further routes: itself, or by what a gateway learns. */
function further(subnet: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return routeTablesOf(subnet, t).flatMap(table => [
    ...t.referring('AWS::EC2::Route', 'RouteTableId', table.logicalId).filter(route => !isOfPublicTier(route, t)),
    ...naming(table, t).filter(r => r.type.startsWith('AWS::EC2::') && !OF_ROUTE_TABLE.includes(r.type)),
  ]);
}

export const VPC_TIER_ROUTES: Control = {
  id: 'VPC-04b',
  title: 'the subnet has the route table of its tier, and that has no routes but those of the tier',
  prevents: 'a way into another network, or a way around the tiers',
  kind: 'default',
  types: SUBNET,
  property: 'AWS::EC2::SubnetRouteTableAssociation',
  mend: 'keep the association with the route table, and add no routes to it: AWS services are reached by endpoints',
  nist: ['AC-4(21)', 'CM-7', 'SC-7'],
  pci: ['1.2.7', '1.3.1'],
  holds: (r, t) => {
    const tables = routeTablesOf(r, t);
    return tables.length > 0 && areOfOneTier(subnetsOfTable(tables[0], t));
  },
  breaks: (r, t) => [...furtherAssociations(ROUTE_TABLE_ASSOCIATION, r, t), ...further(r, t)],
};

export const VPC_SUBNET_ACL: Control = {
  id: 'VPC-05',
  title: 'the subnet has the network ACL of its tier',
  prevents: 'lateral movement between tiers, as the default network ACL lets everything through',
  kind: 'floor',
  types: SUBNET,
  property: NACL_ASSOCIATION,
  mend: 'keep the association with the network ACL, and add none',
  cis: ['6.2'],
  fsbp: ['EC2.16', 'EC2.21'],
  nist: NIST.network,
  pci: ['1.2.7', '1.3.1'],
  holds: (r, t) => {
    const acls = aclsOf(r, t);
    return acls.length > 0 && areOfOneTier(subnetsOf(acls[0], t));
  },
  breaks: (r, t) => furtherAssociations(NACL_ASSOCIATION, r, t),
};
