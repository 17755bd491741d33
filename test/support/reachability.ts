import { overlap, parseIpv4Block } from '../../src/core/addresses';
import { RenderedResource, RenderedTemplate } from '../../src/core/template';
import { list, mentions } from '../../src/core/values';

/** Where a packet comes from or goes to. */
export interface Endpoint {
  /** Address; of a gateway endpoint's service too, whose addresses are public. */
  readonly ip: string;
  /** Logical ID of the security group of the network interface there. None on the internet. */
  readonly securityGroup?: string;
  /** Logical ID of the gateway endpoint that serves this address. */
  readonly gatewayEndpoint?: string;
  /** The prefix list that this address is in, as it stands in rules. */
  readonly prefixList?: unknown;
}

/** A TCP connection. */
export interface Connection {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly port: number;
  /** The port that the client chose. */
  readonly sourcePort?: number;
}

/**
 * What stops a TCP connection in the VPC of a template, by the first packet or by its reply: routes, network ACLs and security groups
 * are each asked, whatever the others say. Nothing means that it is established.
 */
export function blockers(template: RenderedTemplate, { from, to, port, sourcePort = 45000 }: Connection): string[] {
  const there = { from, to, port, sourcePort };
  const back = { from: to, to: from, port: sourcePort, sourcePort: port };
  return [
    ...routes(template, there).map(b => `${b}, first packet`),
    ...routes(template, back).map(b => `${b}, reply`),
    ...acls(template, there).map(b => `${b}, first packet`),
    ...acls(template, back).map(b => `${b}, reply`),
    ...groups(template, there), // security groups remember: no reply to ask about
  ];
}

type Packet = Required<Connection>;

function contains(cidr: unknown, ip: string): boolean {
  const block = typeof cidr === 'string' ? parseIpv4Block(cidr) : undefined;
  return block !== undefined && overlap(block, parseIpv4Block(`${ip}/32`)!);
}

function subnetOf(template: RenderedTemplate, ip: string): RenderedResource | undefined {
  return template.resourcesOf('AWS::EC2::Subnet').find(s => contains(s.properties.CidrBlock, ip));
}

/** What an association of a type ties a subnet to. */
function associated(
  template: RenderedTemplate, subnet: RenderedResource, type: string, property: string, target: string,
): RenderedResource | undefined {
  const association = template.referring(type, 'SubnetId', subnet.logicalId)[0];
  return association && template.resourcesOf(target).find(t => mentions(association.properties[property], t.logicalId));
}

function routes(template: RenderedTemplate, { from, to }: Packet): string[] {
  const source = subnetOf(template, from.ip);
  const target = subnetOf(template, to.ip);
  if (source && target) { return []; } // the local route
  const inside = source ?? target;
  if (!inside) { throw new Error(`neither ${from.ip} nor ${to.ip} is in the VPC`); }
  const outside = source ? to : from;
  const table = associated(template, inside, 'AWS::EC2::SubnetRouteTableAssociation', 'RouteTableId', 'AWS::EC2::RouteTable');
  const blocked = [`route of ${inside.logicalId}`];
  if (!table) { return blocked; }
  if (outside.gatewayEndpoint) {
    const endpoint = template.resource(outside.gatewayEndpoint);
    return list(endpoint?.properties.RouteTableIds).some(id => mentions(id, table.logicalId)) ? [] : blocked;
  }
  const gateways = template.resourcesOf('AWS::EC2::InternetGateway').map(g => g.logicalId);
  const leadsThere = template.referring('AWS::EC2::Route', 'RouteTableId', table.logicalId)
    .some(r => contains(r.properties.DestinationCidrBlock, outside.ip) && gateways.some(g => mentions(r.properties.GatewayId, g)));
  return leadsThere ? [] : blocked;
}

function acls(template: RenderedTemplate, packet: Packet): string[] {
  const source = subnetOf(template, packet.from.ip);
  const target = subnetOf(template, packet.to.ip);
  if (source && target && source.logicalId === target.logicalId) { return []; }
  return [
    ...source && !passes(template, source, true, packet.to.ip, packet.port) ? [`network ACL out of ${source.logicalId}`] : [],
    ...target && !passes(template, target, false, packet.from.ip, packet.port) ? [`network ACL into ${target.logicalId}`] : [],
  ];
}

function passes(template: RenderedTemplate, subnet: RenderedResource, egress: boolean, ip: string, port: number): boolean {
  const acl = associated(template, subnet, 'AWS::EC2::SubnetNetworkAclAssociation', 'NetworkAclId', 'AWS::EC2::NetworkAcl');
  if (!acl) { return true; } // the default network ACL
  const match = template.referring('AWS::EC2::NetworkAclEntry', 'NetworkAclId', acl.logicalId)
    .map(e => e.properties)
    .filter(e => (e.Egress === true) === egress)
    .sort((a, b) => a.RuleNumber - b.RuleNumber)
    .find(e => contains(e.CidrBlock, ip) && (e.Protocol === -1 || e.Protocol === 6 && e.PortRange.From <= port && port <= e.PortRange.To));
  return match?.RuleAction === 'allow';
}

function groups(template: RenderedTemplate, { from, to, port }: Packet): string[] {
  return [
    ...from.securityGroup && !admits(template, from.securityGroup, 'Egress', to, port) ? [`security group out of ${from.securityGroup}`] : [],
    ...to.securityGroup && !admits(template, to.securityGroup, 'Ingress', from, port) ? [`security group into ${to.securityGroup}`] : [],
  ];
}

function admits(template: RenderedTemplate, id: string, direction: 'Ingress' | 'Egress', peer: Endpoint, port: number): boolean {
  const group = template.resource(id);
  if (!group) { throw new Error(`there is no security group ${id}`); }
  const rules: any[] = [
    ...list(group.properties[`SecurityGroup${direction}`]),
    ...template.referring(`AWS::EC2::SecurityGroup${direction}`, 'GroupId', id).map(r => r.properties),
  ];
  if (direction === 'Egress' && rules.length === 0) { return true; } // what EC2 allows where nothing is said
  const side = direction === 'Ingress' ? 'Source' : 'Destination';
  return rules.some(rule => {
    const ports = rule.IpProtocol === '-1' || rule.IpProtocol === 'tcp' && rule.FromPort <= port && port <= rule.ToPort;
    const prefixList = rule[`${side}PrefixListId`];
    return ports && (contains(rule.CidrIp, peer.ip)
      || peer.securityGroup !== undefined && mentions(rule[`${side}SecurityGroupId`], peer.securityGroup)
      || prefixList !== undefined && JSON.stringify(prefixList) === JSON.stringify(peer.prefixList));
  });
}
