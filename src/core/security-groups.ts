// Rules of security groups, wherever they stand, and who is on their other end.
import type { AddressBlock } from './addresses';
import { areMost, isPrivate, isWithin, parseBlock } from './addresses';
import { SECURITY_GROUP, vpcOf } from './network';
import { homeOf, isOwnAccount } from './ownership';
import type { RenderedResource, RenderedTemplate } from './template';
import { rememberedOfEach } from './template';
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
export function groupRules(group: RenderedResource, t: RenderedTemplate, direction: Direction): readonly GroupRule[] {
  return RULES[direction](group, t);
}

const RULES = { Ingress: rulesIn('Ingress'), Egress: rulesIn('Egress') };

function rulesIn(direction: Direction) {
  const [type, property] = [`${SECURITY_GROUP}${direction}`, `SecurityGroup${direction}`];
  return rememberedOfEach((group: RenderedResource, t: RenderedTemplate): readonly GroupRule[] => [
    ...list(group.properties[property]).filter(isObject).map(rule => ({ rule })),
    ...['GroupId', 'GroupName'].flatMap(name => t.referring(type, name, group.logicalId)).map(apart => ({ rule: apart.properties, apart })),
  ]);
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
 * - foreign: the members of a group of another VPC or account
 * - list: a prefix list that is not in the template
 * - public: addresses of the Internet
 * - unknown: only the deployment knows, and it may be everybody
 */
export interface Peer {
  readonly kind: 'nowhere' | 'inside' | 'group' | 'foreign' | 'list' | 'public' | 'unknown';
  /** Of public addresses, as far as they are known. */
  readonly blocks?: readonly AddressBlock[];
  readonly group?: RenderedResource;
  readonly list?: Json;
}

const NOWHERE = ['127.0.0.1/32', '255.255.255.255/32'];
const UNKNOWN_PEER: Peer = { kind: 'unknown' };

/** Who is on the other end of a rule of a group. */
export function peerOf(rule: JsonObject, direction: Direction, group: RenderedResource, t: RenderedTemplate): Peer {
  const known = t.once('peers', () => new Map<JsonObject, Peer>());
  const peer = known.get(rule) ?? findPeer(rule, direction, group, t);
  known.set(rule, peer);
  return peer;
}

function findPeer(rule: JsonObject, direction: Direction, group: RenderedResource, t: RenderedTemplate): Peer {
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

/** Who has the addresses of a prefix list. */
export function listPeer(value: Json, vpc: RenderedResource | undefined, t: RenderedTemplate): Peer {
  const own = t.target('AWS::EC2::PrefixList', value);
  if (!own) { return { kind: 'list', list: value }; }
  const peers = list(own.properties.Entries).map(entry => blockPeer(at(entry, 'Cidr'), vpc, t));
  if (peers.length === 0 || peers.some(p => p.kind === 'unknown')) { return UNKNOWN_PEER; }
  const blocks = peers.filter(p => p.kind === 'public').flatMap(p => p.blocks ?? []);
  return peers.some(p => p.kind === 'public') ? { kind: 'public', blocks } : { kind: 'inside' };
}

function groupPeer(value: Json, owner: Json, of: RenderedResource, t: RenderedTemplate): Peer {
  const isOwn = !isGiven(owner) || isOwnAccount(owner, homeOf(of, t));
  if (!isOwn || textOf(value).includes('/')) { return { kind: 'foreign' }; }
  const group = t.target(SECURITY_GROUP, value);
  if (!group) { return { kind: 'group' }; }
  const [a, b] = [group, of].map(g => vpcOf(g, t)?.logicalId ?? g.properties.VpcId);
  return same(a, b) ? { kind: 'group', group } : { kind: 'foreign' };
}

/** Whether public peers have, together, so many addresses that it is as good as everybody. */
export function areWide(peers: readonly Peer[]): boolean {
  return areMost(peers.flatMap(p => p.blocks ?? []));
}

/** Whether a rule is for one port of TCP. */
export function isForOnePort(rule: JsonObject): boolean {
  const { FromPort: from, ToPort: to } = rule;
  return isOneOf(rule.IpProtocol, 'tcp', 6) && isGiven(from) && !(numberOf(from) < 0)
    && (same(from, to) || numberOf(from) === numberOf(to));
}

/** Whether a rule is for one of these ports of TCP, or may be: it is for more, or for what only the deployment knows. */
export function mayReach(rule: JsonObject, ports: readonly number[]): boolean {
  const [from, to] = [numberOf(rule.FromPort), numberOf(rule.ToPort)];
  if (functionOf(rule.IpProtocol) !== undefined || isOneOf(rule.IpProtocol, -1)) { return true; }
  if (!isOneOf(rule.IpProtocol, 'tcp', 6)) { return false; }
  return Number.isNaN(from) || Number.isNaN(to) || from < 0 || ports.some(port => from <= port && port <= to);
}

/** Whether a security group lets in, and out to, nobody but named ports of the VPC. */
export function isClosed(group: RenderedResource, t: RenderedTemplate): boolean {
  return (['Ingress', 'Egress'] as const).every(direction => groupRules(group, t, direction).every(({ rule }) => {
    const { kind } = peerOf(rule, direction, group, t);
    const isInner = ['inside', 'group'].includes(kind) || (kind === 'list' && direction === 'Egress');
    return kind === 'nowhere' || (isForOnePort(rule) && isInner);
  }));
}

/** Whether a security group opens nothing to everybody, in either direction. */
function isGuarded(group: RenderedResource, t: RenderedTemplate): boolean {
  return groupRules(group, t, 'Egress').length > 0 && (['Ingress', 'Egress'] as const).every(direction => {
    const peers = groupRules(group, t, direction).map(({ rule }) => peerOf(rule, direction, group, t));
    return !areWide(peers) && peers.every(({ kind }) => kind !== 'unknown');
  });
}

/**
 * Whether what has these security groups opens nothing by them. All have to be in the template, so that their rules are known. One may
 * be open to somebody: the one that was made for what has it, which is judged by itself.
 */
export function openNothing(groups: Json, t: RenderedTemplate): boolean {
  const known = list(groups).map(group => t.target(SECURITY_GROUP, group));
  return known.length > 0 && known.every(group => group !== undefined && isGuarded(group, t))
    && known.filter(group => !isClosed(group!, t)).length <= 1;
}
