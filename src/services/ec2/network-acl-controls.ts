// What must hold of the network ACL of a tier.
import { entriesOf, isInOneStack, SEAL, sealOf, subnetsOf } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { vpcOf } from '../../core/network';
import type { Peer } from '../../core/security-groups';
import { areWide, blockPeer } from '../../core/security-groups';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { rememberedOfEach } from '../../core/template';
import type { JsonObject } from '../../core/values';
import { at, isGiven, isOneOf, isTrue, isUndecided, list, numberOf, same } from '../../core/values';

const ACL = ['AWS::EC2::NetworkAcl'];
/** The quota is 20, the one that AWS keeps included. */
const MOST_ENTRIES = 18;

export const VPC_ZONES: Control = {
  id: 'VPC-02',
  title: 'the tier has subnets in two availability zones or more',
  prevents: 'an outage of everything with one zone',
  kind: 'floor',
  types: ACL,
  property: 'AWS::EC2::Subnet',
  mend: 'keep a subnet of the tier in each zone',
  fsbp: ['RDS.5', 'RDS.15', 'ELB.13', 'AutoScaling.2'],
  nist: NIST.resilience,
  holds: (r, t) => new Set(subnetsOf(r, t).flatMap(s => list(s.properties.AvailabilityZone)).filter(zone => !isUndecided(zone))
    .map(zone => JSON.stringify(zone))).size >= 2,
};

const isDenied = (e: JsonObject) => isOneOf(e.RuleAction, 'deny');
const isProtocol = (e: JsonObject, ...protocols: number[]) => isOneOf(e.Protocol, ...protocols);
const first = (e: JsonObject) => numberOf(at(e, 'PortRange', 'From'));
const last = (e: JsonObject) => numberOf(at(e, 'PortRange', 'To'));
/** Whether an entry is for a port of TCP or UDP, or may be. */
const covers = (e: JsonObject, port: number) => !isProtocol(e, 1, 58) && !(first(e) > port) && !(last(e) < port);

/** ICMP of both versions, TCP and UDP: what an entry can be for, beside everything. */
const PROTOCOLS = [1, 6, 17, 58];

/** Entries that let in remote administration from everywhere, or everything in or out. */
function open(acl: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const vpc = vpcOf(acl, t);
  const allowing = entriesOf(acl, t).filter(({ properties }) => !isDenied(properties));
  const remote = new Map(allowing.filter(({ properties: e }) => !isTrue(e.Egress) && (covers(e, 22) || covers(e, 3389)))
    .map(entry => [entry, [entry.properties.CidrBlock, entry.properties.Ipv6CidrBlock].filter(isGiven).map(b => blockPeer(b, vpc, t))]));
  const isMost = areWide([...remote.values()].flat());
  const isEverybody = (peer: Peer) => peer.kind === 'unknown' || (isMost && peer.kind === 'public');
  return allowing.filter(entry => !isProtocol(entry.properties, ...PROTOCOLS) || remote.get(entry)?.some(isEverybody));
}

export const VPC_ACL_RULES: Control = {
  id: 'VPC-05b',
  title: 'the network ACL lets in from anywhere neither everything nor remote administration, and fits its quota',
  prevents: 'remote administration from the internet',
  kind: 'floor',
  types: ACL,
  property: 'AWS::EC2::NetworkAclEntry',
  mend: 'allow from the Internet, whole or in parts, only ranges without 22 and 3389, and at most 18 rules in each direction',
  cis: ['6.2'],
  fsbp: ['EC2.21'],
  nist: NIST.network,
  pci: ['1.2.7', '1.3.1'],
  holds: (r, t) => [true, false].map(egress => entriesOf(r, t).filter(e => isTrue(e.properties.Egress) === egress))
    .every(d => d.length > 0 && d.length <= MOST_ENTRIES),
  breaks: open,
};

/** Whether an entry denies, or is for ICMP, for one TCP port, or for the ports of answers. */
function isNarrow(e: JsonObject): boolean {
  const from = at(e, 'PortRange', 'From');
  return isDenied(e) || isProtocol(e, 1)
    || (isProtocol(e, 6) && isGiven(from) && (same(from, at(e, 'PortRange', 'To')) || numberOf(from) >= 1024));
}

/** Whether the entries of a network ACL are those that the network made: it seals them in the metadata of the network ACL. */
function isSealed(acl: RenderedResource, table: readonly RenderedResource[]): boolean {
  return table.length > 0 && at(acl.metadata, SEAL) === sealOf(table.map(e => e.properties));
}

/** Entries that were added to those of the network, by another stack or one in its own; and whether the others are all of them. */
const tableOf = rememberedOfEach((acl: RenderedResource, t: RenderedTemplate) => {
  const all = entriesOf(acl, t);
  const own = all.filter(e => isInOneStack(e, acl));
  const isWhole = isSealed(acl, own);
  const more = isWhole ? undefined : own.find(e => isSealed(acl, own.filter(other => other !== e)));
  return { isWhole: isWhole || more !== undefined, added: all.filter(e => e === more || !own.includes(e)) };
});

export const VPC_ACL_TABLE: Control = {
  id: 'VPC-05c',
  title: 'the network ACL has the entries of its tier and no others',
  prevents: 'a way between tiers that nobody reviewed, by an entry that is added, widened, turned round or gone',
  kind: 'default',
  types: ACL,
  property: 'AWS::EC2::NetworkAclEntry',
  mend: 'keep the entries as the network makes them, and give addresses to refuse in its props',
  cis: ['6.2'],
  nist: NIST.network,
  pci: ['1.2.7', '1.3.1'],
  holds: (r, t) => {
    const { isWhole, added } = tableOf(r, t);
    return isWhole && entriesOf(r, t).every(e => added.includes(e) || isNarrow(e.properties));
  },
  breaks: (r, t) => tableOf(r, t).added,
};
