// What the controls of EC2 read in a template: what is associated with what, and whose rules are whose.
import { createHash } from 'crypto';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, isObject, isOneOf, isTrue, list } from '../../core/values';

/** Every address there is. */
export const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** Whether rules, or routes, are for every address. */
export function isAnywhere(...blocks: Json[]): boolean {
  return blocks.some(block => isOneOf(block, ...ANYWHERE));
}

export const NACL_ASSOCIATION = 'AWS::EC2::SubnetNetworkAclAssociation';
const ROUTE_TABLE_ASSOCIATION = 'AWS::EC2::SubnetRouteTableAssociation';

/** The resources of a type that properties refer to, as far as they are in the template. */
function targets(associations: RenderedResource[], property: string, t: RenderedTemplate, type: string): RenderedResource[] {
  return associations.map(a => t.target(type, a.properties[property])).filter(target => target !== undefined);
}

/** The network ACLs of a subnet that the template ties to it. */
export function aclsOf(subnet: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return targets(t.referring(NACL_ASSOCIATION, 'SubnetId', subnet.logicalId), 'NetworkAclId', t, 'AWS::EC2::NetworkAcl');
}

/** The subnets of a network ACL. */
export function subnetsOf(acl: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return targets(t.referring(NACL_ASSOCIATION, 'NetworkAclId', acl.logicalId), 'SubnetId', t, 'AWS::EC2::Subnet');
}

/** The route tables of a subnet that the template ties to it. */
export function routeTablesOf(subnet: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return targets(t.referring(ROUTE_TABLE_ASSOCIATION, 'SubnetId', subnet.logicalId), 'RouteTableId', t, 'AWS::EC2::RouteTable');
}

/** The entries of a network ACL. */
export function entriesOf(acl: RenderedResource, t: RenderedTemplate): JsonObject[] {
  return t.referring('AWS::EC2::NetworkAclEntry', 'NetworkAclId', acl.logicalId).map(e => e.properties);
}

/** The rules of a security group, those in it and those on their own. */
export function rulesOf(group: RenderedResource, t: RenderedTemplate, direction: 'Ingress' | 'Egress'): JsonObject[] {
  return [
    ...list(group.properties[`SecurityGroup${direction}`]).filter(isObject),
    ...t.referring(`AWS::EC2::SecurityGroup${direction}`, 'GroupId', group.logicalId).map(rule => rule.properties),
  ];
}

/** Under which name the metadata of a network ACL keep the seal of its entries. */
export const SEAL = 'cdk-hardened:entries';

/**
 * What tells one table of entries from another, whatever their order. What only CloudFormation knows is compared as it is written.
 */
export function sealOf(entries: JsonObject[]): string {
  const rows = entries.map(e => JSON.stringify([
    isTrue(e.Egress), e.RuleNumber, e.RuleAction, e.Protocol, e.CidrBlock, e.Ipv6CidrBlock,
    at(e, 'PortRange', 'From'), at(e, 'PortRange', 'To'), at(e, 'Icmp', 'Type'), at(e, 'Icmp', 'Code'),
  ]));
  return createHash('sha256').update(rows.sort().join('\n')).digest('hex');
}
