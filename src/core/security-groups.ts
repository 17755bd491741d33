// Rules of security groups, wherever they stand, and who is on their other end.
import type { AddressBlock } from './addresses';
import { isPrivate, isWithin, parseBlock, shareOf } from './addresses';
import { SECURITY_GROUP, vpcOf } from './network';
import type { RenderedResource, RenderedTemplate } from './template';
import type { Json, JsonObject } from './values';
import { at, functionOf, isGiven, isList, isObject, isOneOf, list, numberOf, same, stringOf, targetsOf, textOf } from './values';

export type Direction = 'Ingress' | 'Egress';

/** A rule of a security group. */
export interface GroupRule {
  readonly rule: JsonObject;
  /** The resource that it is, where it is one of its own. */
  readonly apart?: RenderedResource;
}

/** The rules of a security group: those in it, and those on their own. */
export function groupRules(group: RenderedResource, t: RenderedTemplate, direction: Direction): GroupRule[] {
  const type = `${SECURITY_GROUP}${direction}`;
  return [
    ...list(group.properties[`SecurityGroup${direction}`]).filter(isObject).map(rule => ({ rule })),
    ...['GroupId', 'GroupName'].flatMap(name => t.referring(type, name, group.logicalId)).map(apart => ({ rule: apart.properties, apart })),
  ];
}

/** The resources among rules. */
export function apartOf(rules: readonly GroupRule[]): RenderedResource[] {
  return rules.map(r => r.apart).filter(r => r !== undefined);
}

/** Whether none of the rules stands in the group itself. */
export function areApart(rules: readonly GroupRule[]): boolean {
  return rules.every(r => r.apart !== undefined);
}

/**
 * Who is on the other end of a rule.
 *
 * - nowhere: an address that no packet reaches
 * - inside: addresses of the VPC, or private ones
 * - group: the members of a security group, which only the same VPC or a peer of it has; with the group if it is of this template
 *   and VPC
 * - list: a prefix list that is not in the template
 * - public: addresses of the Internet
 * - unknown: only the deployment knows, and it may be everybody
 */
export interface Peer {
  readonly kind: 'nowhere' | 'inside' | 'group' | 'list' | 'public' | 'unknown';
  /** Of public addresses, as far as they are known. */
  readonly blocks?: readonly AddressBlock[];
  readonly group?: RenderedResource;
  readonly list?: Json;
}

const NOWHERE = ['127.0.0.1/32', '255.255.255.255/32'];
const UNKNOWN_PEER: Peer = { kind: 'unknown' };

/** Who is on the other end of a rule of a group. */
export function peerOf(rule: JsonObject, direction: Direction, group: RenderedResource, t: RenderedTemplate): Peer {
  const side = direction === 'Ingress' ? 'Source' : 'Destination';
  const of = (name: string) => rule[`${side}${name}`];
  const given = [rule.CidrIp, rule.CidrIpv6, of('SecurityGroupId'), of('SecurityGroupName'), of('PrefixListId')].filter(isGiven);
  if (given.length !== 1) { return UNKNOWN_PEER; }
  const vpc = vpcOf(group, t);
  if (isGiven(of('PrefixListId'))) { return listPeer(given[0], vpc, t); }
  if (isGiven(of('SecurityGroupId'))) { return groupPeer(given[0], of('SecurityGroupOwnerId'), group, t); }
  return isGiven(of('SecurityGroupName')) ? UNKNOWN_PEER : blockPeer(given[0], vpc, t);
}

/** Who has the addresses of a block. */
export function blockPeer(value: Json, vpc: RenderedResource | undefined, t: RenderedTemplate): Peer {
  if (isOneOf(value, ...NOWHERE)) { return { kind: 'nowhere' }; }
  if (isOfVpc(value, vpc, t)) { return { kind: 'inside' }; }
  const block = typeof value === 'string' ? parseBlock(value) : undefined;
  if (!block) { return /\/(2[4-9]|3[0-2])$/.test(textOf(value)) ? { kind: 'public', blocks: [] } : UNKNOWN_PEER; }
  const own = stringOf(vpc?.properties.CidrBlock);
  const ownBlock = own === undefined ? undefined : parseBlock(own);
  return isPrivate(block) || (ownBlock && isWithin(block, ownBlock)) ? { kind: 'inside' } : { kind: 'public', blocks: [block] };
}

/** Whether a block that only CloudFormation knows is of a VPC or a subnet, or cut from one. */
function isOfVpc(value: Json, vpc: RenderedResource | undefined, t: RenderedTemplate): boolean {
  if (!isObject(value)) { return false; }
  if (same(value, vpc?.properties.CidrBlock)) { return true; }
  const cut = at(value, 'Fn::Cidr') ?? (isList(value['Fn::Select']) ? value['Fn::Select'][1] : undefined);
  if (cut !== undefined) { return isOfVpc(isList(cut) ? cut[0] : cut, vpc, t); }
  const attribute = at(value, 'Fn::GetAtt');
  return isList(attribute) && /^(Cidr|Ipv6Cidr)Block/.test(String(attribute[1]))
    && [...targetsOf(value)].some(id => /^AWS::EC2::(VPC|Subnet)$/.test(t.resource(id)?.type ?? ''));
}

function listPeer(value: Json, vpc: RenderedResource | undefined, t: RenderedTemplate): Peer {
  const own = t.target('AWS::EC2::PrefixList', value);
  if (!own) { return { kind: 'list', list: value }; }
  const peers = list(own.properties.Entries).map(entry => blockPeer(at(entry, 'Cidr'), vpc, t));
  if (peers.length === 0 || peers.some(p => p.kind === 'unknown')) { return UNKNOWN_PEER; }
  const blocks = peers.filter(p => p.kind === 'public').flatMap(p => p.blocks ?? []);
  return peers.some(p => p.kind === 'public') ? { kind: 'public', blocks } : { kind: 'inside' };
}

function groupPeer(value: Json, owner: Json, of: RenderedResource, t: RenderedTemplate): Peer {
  const isOwn = !isGiven(owner) || same(owner, { Ref: 'AWS::AccountId' }) || isOneOf(owner, t.whereIs(of).account ?? NaN);
  if (!isOwn || textOf(value).includes('/')) { return UNKNOWN_PEER; }
  const group = t.target(SECURITY_GROUP, value);
  if (!group) { return { kind: 'group' }; }
  const [a, b] = [group, of].map(g => vpcOf(g, t)?.logicalId ?? g.properties.VpcId);
  return same(a, b) ? { kind: 'group', group } : UNKNOWN_PEER;
}

/** From which share of all addresses on it is "from everywhere": that of a /8, and of a /16 of IPv6, of which less is in use. */
const WIDE = { 4: 1 / 256, 6: 1 / 65536 };

/** Whether public peers have, together, so many addresses that it is as good as everybody. */
export function areWide(peers: readonly Peer[]): boolean {
  const blocks = peers.flatMap(p => p.blocks ?? []);
  return shareOf(blocks, 4) >= WIDE[4] || shareOf(blocks, 6) >= WIDE[6];
}

/** Whether a rule is for one port of TCP. */
export function isForOnePort(rule: JsonObject): boolean {
  const { FromPort: from, ToPort: to } = rule;
  return isOneOf(rule.IpProtocol, 'tcp', 6) && isGiven(from) && (same(from, to) || numberOf(from) === numberOf(to)) && !(numberOf(from) < 0);
}

/** Whether a rule is for one of these ports of TCP, or may be: it is for more, or for what only the deployment knows. */
export function mayReach(rule: JsonObject, ports: readonly number[]): boolean {
  const [from, to] = [numberOf(rule.FromPort), numberOf(rule.ToPort)];
  if (functionOf(rule.IpProtocol) !== undefined || isOneOf(rule.IpProtocol, -1)) { return true; }
  if (!isOneOf(rule.IpProtocol, 'tcp', 6)) { return false; }
  return Number.isNaN(from) || Number.isNaN(to) || from < 0 || ports.some(port => from <= port && port <= to);
}

/**
 * Whether a security group is one of the template that lets in, and out to, nobody but named ports of the VPC: whatever has it beside
 * another group opens nothing to the Internet.
 */
export function isClosed(value: Json, t: RenderedTemplate): boolean {
  const group = t.target(SECURITY_GROUP, value);
  const inner = (direction: Direction) => groupRules(group!, t, direction).every(({ rule }) => {
    const { kind } = peerOf(rule, direction, group!, t);
    return kind === 'nowhere' || (isForOnePort(rule) && ['inside', 'group', 'list'].includes(kind));
  });
  return group !== undefined && groupRules(group, t, 'Egress').length > 0 && inner('Ingress') && inner('Egress');
}
