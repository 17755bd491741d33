// Which packets pass in the VPC of a template: routes, network ACLs and security groups together.
import { aclsOf, entriesOf, routeTablesOf, rulesOf } from './rendered';
import { overlap, parseIpv4Block } from '../../core/addresses';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, isOneOf, isTrue, list, mentions, numberOf, same } from '../../core/values';

/** Where a packet comes from or goes to. */
export interface Endpoint {
  /** Address; of a gateway endpoint's service too, whose addresses are public. */
  readonly ip: string;
  /** Logical ID of the security group of the network interface there. None on the internet. */
  readonly securityGroup?: string;
  /** Logical ID of the gateway endpoint that serves this address. */
  readonly gatewayEndpoint?: string;
  /** The prefix list that this address is in, as it stands in rules. */
  readonly prefixList?: Json;
}

/** A TCP connection. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  /** The port that the client chose. */
  readonly sourcePort?: number;
}

/** One packet of a connection. */
interface Packet {
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** Where it goes to. */
  readonly port: number;
}

/** A port that a client may choose. */
const SOURCE_PORT = 45000;

/**
 * What stops a TCP connection in the VPC of a template, by the first packet or by its reply: routes, network ACLs and security groups
 * are each asked, whatever the others say. Nothing means that it is established.
 */
export function blockers(template: RenderedTemplate, connection: Connection): string[] {
  const { from, to, port } = connection;
  const there: Packet = { from, to, port };
  const back: Packet = { from: to, to: from, port: connection.sourcePort ?? SOURCE_PORT };
  return [
    ...routes(template, there).map(b => `${b}, first packet`),
    ...routes(template, back).map(b => `${b}, reply`),
    ...acls(template, there).map(b => `${b}, first packet`),
    ...acls(template, back).map(b => `${b}, reply`),
    ...groups(template, there), // security groups remember: no reply to ask about
  ];
}

function isIn(cidr: Json, ip: string): boolean {
  const block = typeof cidr === 'string' ? parseIpv4Block(cidr) : undefined;
  const address = parseIpv4Block(`${ip}/32`);
  return block !== undefined && address !== undefined && overlap(block, address);
}

function isBetween(port: number, from: Json, to: Json): boolean {
  return numberOf(from) <= port && port <= numberOf(to);
}

function subnetOf(template: RenderedTemplate, { ip }: Endpoint): RenderedResource | undefined {
  return template.resourcesOf('AWS::EC2::Subnet').find(s => isIn(s.properties.CidrBlock, ip));
}

function routes(template: RenderedTemplate, { from, to }: Packet): string[] {
  const source = subnetOf(template, from);
  const target = subnetOf(template, to);
  if (source && target) { return []; } // the local route
  const inside = source ?? target;
  if (!inside) { throw new Error(`neither ${from.ip} nor ${to.ip} is in the VPC`); }
  const [table] = routeTablesOf(inside, template);
  return table && leadsTo(template, table, source ? to : from) ? [] : [`route of ${inside.logicalId}`];
}

function leadsTo(template: RenderedTemplate, table: RenderedResource, outside: Endpoint): boolean {
  if (outside.gatewayEndpoint) {
    const endpoint = template.resource(outside.gatewayEndpoint);
    return list(endpoint?.properties.RouteTableIds).some(id => mentions(id, table.logicalId));
  }
  return template.referring('AWS::EC2::Route', 'RouteTableId', table.logicalId).map(r => r.properties).some(route =>
    isIn(route.DestinationCidrBlock, outside.ip) && template.target('AWS::EC2::InternetGateway', route.GatewayId) !== undefined);
}

function acls(template: RenderedTemplate, packet: Packet): string[] {
  const source = subnetOf(template, packet.from);
  const target = subnetOf(template, packet.to);
  if (source && target && source.logicalId === target.logicalId) { return []; }
  return [
    ...source && !passes(template, source, true, packet.to.ip, packet.port) ? [`network ACL out of ${source.logicalId}`] : [],
    ...target && !passes(template, target, false, packet.from.ip, packet.port) ? [`network ACL into ${target.logicalId}`] : [],
  ];
}

function passes(template: RenderedTemplate, subnet: RenderedResource, egress: boolean, ip: string, port: number): boolean {
  const [acl] = aclsOf(subnet, template);
  if (!acl) { return true; } // the default network ACL
  const match = entriesOf(acl, template).map(e => e.properties)
    .filter(e => isTrue(e.Egress) === egress)
    .sort((a, b) => numberOf(a.RuleNumber) - numberOf(b.RuleNumber))
    .find(e => isIn(e.CidrBlock, ip) && (isOneOf(e.Protocol, -1)
      || (isOneOf(e.Protocol, 6) && isBetween(port, at(e, 'PortRange', 'From'), at(e, 'PortRange', 'To')))));
  return match?.RuleAction === 'allow';
}

function groups(template: RenderedTemplate, { from, to, port }: Packet): string[] {
  const [out, into] = [from.securityGroup, to.securityGroup];
  return [
    ...out && !admits(template, out, 'Egress', to, port) ? [`security group out of ${out}`] : [],
    ...into && !admits(template, into, 'Ingress', from, port) ? [`security group into ${into}`] : [],
  ];
}

function admits(template: RenderedTemplate, id: string, direction: 'Ingress' | 'Egress', peer: Endpoint, port: number): boolean {
  const group = template.resource(id);
  if (!group) { throw new Error(`there is no security group ${id}`); }
  const rules = rulesOf(group, template, direction);
  if (direction === 'Egress' && rules.length === 0) { return true; } // what EC2 allows where nothing is said
  return rules.some(rule => isForPort(rule, port) && isForPeer(rule, direction === 'Ingress' ? 'Source' : 'Destination', peer));
}

function isForPort(rule: JsonObject, port: number): boolean {
  return isOneOf(rule.IpProtocol, -1) || (isOneOf(rule.IpProtocol, 'tcp', 6) && isBetween(port, rule.FromPort, rule.ToPort));
}

function isForPeer(rule: JsonObject, side: 'Source' | 'Destination', peer: Endpoint): boolean {
  const prefixList = rule[`${side}PrefixListId`];
  return isIn(rule.CidrIp, peer.ip)
    || (peer.securityGroup !== undefined && mentions(rule[`${side}SecurityGroupId`], peer.securityGroup))
    || (prefixList !== undefined && same(prefixList, peer.prefixList));
}
