// What the controls of EC2 read in a template: what is associated with what, and whose rules are whose.
import { createHash } from 'crypto';
import { PREFIX_LIST_MAPPING, PREFIX_LISTS } from './facts';
import { placeOf } from '../../core/assembly';
import { isAdmitted } from '../../core/ours';
import { groupRules } from '../../core/security-groups';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, entries, functionOf, isList, isObject, isOneOf, isTrue, stringOf, UNKNOWN_VALUE } from '../../core/values';

/** Every address there is, of IPv4. */
export const ANYWHERE = '0.0.0.0/0';

export const NACL_ASSOCIATION = 'AWS::EC2::SubnetNetworkAclAssociation';
export const ROUTE_TABLE_ASSOCIATION = 'AWS::EC2::SubnetRouteTableAssociation';

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

/** The subnets of a route table. */
export function subnetsOfTable(table: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return targets(t.referring(ROUTE_TABLE_ASSOCIATION, 'RouteTableId', table.logicalId), 'SubnetId', t, 'AWS::EC2::Subnet');
}

/** The entries of a network ACL. */
export function entriesOf(acl: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.referring('AWS::EC2::NetworkAclEntry', 'NetworkAclId', acl.logicalId);
}

/** The rules of a security group, those in it and those on their own. */
export function rulesOf(group: RenderedResource, t: RenderedTemplate, direction: 'Ingress' | 'Egress'): JsonObject[] {
  return groupRules(group, t, direction).map(({ rule }) => rule);
}

/**
 * The associations of a subnet, of a type, that are beside its own one: that of its stack that comes first. CloudFormation makes both,
 * and the last one wins.
 */
export function furtherAssociations(type: string, subnet: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const all = t.referring(type, 'SubnetId', subnet.logicalId);
  const own = all.find(a => isInOneStack(a, subnet));
  return all.filter(a => a !== own);
}

/** Whether two resources are of one stack, as all of a template are. */
export function isInOneStack(one: RenderedResource, other: RenderedResource): boolean {
  const { key, logicalId } = placeOf(one.logicalId);
  return logicalId === one.logicalId || key === placeOf(other.logicalId).key;
}

const KNOWN_LISTS = new Set(Object.values(PREFIX_LISTS).flatMap(({ s3, dynamoDb }) => [s3, dynamoDb]));
const OF_MAPPING = `{"Fn::FindInMap":["${PREFIX_LIST_MAPPING}",`;

/** Whether a prefix list is one of a gateway endpoint, or one that the group was told of. */
export function isKnownList(value: Json, group: RenderedResource, t: RenderedTemplate): boolean {
  if (isOneOf(value, ...KNOWN_LISTS) || isAdmitted(value, group)) { return true; }
  const isMapped = stringOf(at(value, UNKNOWN_VALUE))?.startsWith(OF_MAPPING) || JSON.stringify(value).startsWith(OF_MAPPING);
  // of a graph there are no mappings any more: its stacks are judged each by itself, too
  const mapped = entries(at(t.json, 'Mappings', PREFIX_LIST_MAPPING)).flatMap(([, lists]) => entries(lists));
  return isMapped && mapped.every(([, id]) => isOneOf(id, ...KNOWN_LISTS));
}

/** Types of other services by which a network reaches another one. */
export const JOINING = /^AWS::(RAM|VpcLattice|NetworkManager)::/;

/** Under which name the metadata of a network ACL keep the seal of its entries. */
export const SEAL = 'cdk-hardened:entries';

/**
 * What tells one table of entries from another, whatever their order. What only CloudFormation knows is compared by what it refers
 * to.
 */
export function sealOf(table: JsonObject[]): string {
  const rows = table.map(e => JSON.stringify([
    isObject(e.Egress) ? e.Egress : isTrue(e.Egress), e.RuleNumber, e.RuleAction, e.Protocol, e.CidrBlock, e.Ipv6CidrBlock,
    at(e, 'PortRange', 'From'), at(e, 'PortRange', 'To'), at(e, 'Icmp', 'Type'), at(e, 'Icmp', 'Code'),
  ].map(referred)));
  return createHash('sha256').update(rows.sort().join('\n')).digest('hex');
}

/** A value as it reads alike in a template, in the worlds of it and in a graph, where references are called otherwise. */
function referred(value: Json): Json {
  if (isList(value)) { return value.map(referred); }
  if (!isObject(value)) { return value; }
  switch (functionOf(value)) {
    case 'Ref': return { Ref: placeOf(String(value.Ref)).logicalId };
    case UNKNOWN_VALUE: return { Ref: value[UNKNOWN_VALUE] };
    case 'Fn::GetAtt': {
      const attribute = value['Fn::GetAtt'];
      const [id, ...names] = isList(attribute) ? attribute.map(String) : String(attribute).split('.');
      return { 'Fn::GetAtt': [placeOf(id).logicalId, ...names] };
    }
    case 'Fn::FindInMap': return { Ref: JSON.stringify(value) };
    default: return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, referred(inner)]));
  }
}
