// What must hold of a subnet: no public addresses, its tier's routes and network ACL.
import { aclsOf, isAnywhere, NACL_ASSOCIATION, routeTablesOf } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource } from '../../core/template';
import { isFalse } from '../../core/values';

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

/** Whether a route neither matches everything nor ends at a gateway to the internet. */
function leadsInside({ properties: p }: RenderedResource): boolean {
  return !isAnywhere(p.DestinationCidrBlock, p.DestinationIpv6CidrBlock)
    && [p.GatewayId, p.EgressOnlyInternetGatewayId, p.NatGatewayId].every(gateway => gateway === undefined);
}

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
  holds: (r, t) => {
    const tables = routeTablesOf(r, t);
    return tables.length === 1 && t.referring('AWS::EC2::Route', 'RouteTableId', tables[0].logicalId).every(leadsInside);
  },
};

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
