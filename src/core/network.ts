// Networks in a template: what is in a subnet, what is under a security group, and which subnets the Internet reaches.
import type { RenderedResource, RenderedTemplate, Use } from './template';
import { rememberedOfEach } from './template';
import type { Json } from './values';
import { at, isFalse, isGiven, list, stringOf } from './values';

export const VPC = 'AWS::EC2::VPC';
export const SUBNET = 'AWS::EC2::Subnet';
export const SECURITY_GROUP = 'AWS::EC2::SecurityGroup';

/** Names of properties that put something under security groups, whatever its type: `VpcSecurityGroupIds`, `GroupSet`. */
const GROUPS = /SecurityGroup|^Groups$|^GroupSet$/;
/** Names of properties that put something into subnets. */
const SUBNETS = /Subnet|^VPCZoneIdentifier$/;

function users(resource: RenderedResource, t: RenderedTemplate, isMeant: (use: Use) => boolean): RenderedResource[] {
  const all = t.uses.of.get(resource.logicalId)?.filter(use => use.by.logicalId !== resource.logicalId && isMeant(use)) ?? [];
  return [...new Set(all.map(use => use.by))];
}

/** The resources that refer to one of the network, in any property. */
export const naming = rememberedOfEach((resource: RenderedResource, t: RenderedTemplate): readonly RenderedResource[] =>
  users(resource, t, () => true));

/** What has network interfaces under a security group. */
export const usersOf = rememberedOfEach((group: RenderedResource, t: RenderedTemplate): readonly RenderedResource[] =>
  users(group, t, use => GROUPS.test(use.property) && !use.by.type.startsWith(SECURITY_GROUP)));

/** What is placed in a subnet, or associated with it. */
export const placedIn = rememberedOfEach((subnet: RenderedResource, t: RenderedTemplate): readonly RenderedResource[] =>
  users(subnet, t, use => SUBNETS.test(use.property)));

/** The subnets that a resource is placed in, as far as they are in the template. */
export function subnetsWith(resource: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const ids = (t.uses.by.get(resource.logicalId) ?? []).filter(use => SUBNETS.test(use.property)).map(use => use.target);
  return [...new Set(ids)].map(id => t.resource(id)).filter(r => r?.type === SUBNET) as RenderedResource[];
}

/** The VPC of what has a `VpcId`, if it is in the template. */
export function vpcOf(resource: RenderedResource, t: RenderedTemplate): RenderedResource | undefined {
  return t.target(VPC, resource.properties.VpcId);
}

/** Whether a route ends at a gateway to the Internet, or may. */
export function leadsToInternet({ properties: p }: RenderedResource, t: RenderedTemplate): boolean {
  const isInner = stringOf(p.GatewayId)?.match(/^(local$|vgw-|vpce-)/) || t.target('AWS::EC2::VPNGateway', p.GatewayId);
  return (isGiven(p.GatewayId) && !isInner) || isGiven(p.CarrierGatewayId);
}

/** The routes of a subnet, and whether its route table is in the template. */
export function routesOf(subnet: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.referring('AWS::EC2::SubnetRouteTableAssociation', 'SubnetId', subnet.logicalId)
    .map(a => t.target('AWS::EC2::RouteTable', a.properties.RouteTableId))
    .flatMap(table => table ? t.referring('AWS::EC2::Route', 'RouteTableId', table.logicalId) : []);
}

/** Whether the Internet reaches a subnet: by a route, or as things in it get public addresses by themselves. */
export function isPublic(subnet: RenderedResource, t: RenderedTemplate): boolean {
  const { MapPublicIpOnLaunch: mapped } = subnet.properties;
  return (isGiven(mapped) && !isFalse(mapped)) || routesOf(subnet, t).some(route => leadsToInternet(route, t));
}

/** The name that the CDK gives to all subnets of a tier, or undefined. */
export function tierOf(subnet: RenderedResource): string | undefined {
  return stringOf(at(list(subnet.properties.Tags).find(tag => at(tag, 'Key') === 'aws-cdk:subnet-name'), 'Value'));
}

/** Whether subnets are of one tier, as far as the CDK has named them. */
export function areOfOneTier(subnets: readonly RenderedResource[]): boolean {
  return new Set(subnets.map(tierOf)).size <= 1;
}

/**
 * Whether subnets are of one tier that the Internet does not reach.
 *
 * Those of an imported VPC are what was said where it was imported: the template knows nothing of them.
 *
 * @param groups the security groups of what is in them, by which its VPC is known
 */
export function areInner(subnets: Json, groups: Json, t: RenderedTemplate): boolean {
  const all = list(subnets);
  const made = all.map(subnet => t.target(SUBNET, subnet)).filter(subnet => subnet !== undefined);
  if (made.length === 0) { return all.length > 0 && !list(groups).some(g => vpcOfGroup(g, t)); }
  return made.length === all.length && areOfOneTier(made) && !made.some(subnet => isPublic(subnet, t));
}

function vpcOfGroup(value: Json, t: RenderedTemplate): RenderedResource | undefined {
  const group = t.target(SECURITY_GROUP, value);
  return group && vpcOf(group, t);
}
