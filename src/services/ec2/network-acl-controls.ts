// What must hold of the network ACL of a tier.
import { entriesOf, isAnywhere, SEAL, sealOf, subnetsOf } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { JsonObject } from '../../core/values';
import { at, isGiven, isOneOf, isTrue, list, numberOf, same } from '../../core/values';

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
  holds: (r, t) => new Set(subnetsOf(r, t).flatMap(s => list(s.properties.AvailabilityZone)).map(zone => JSON.stringify(zone))).size >= 2,
};

const isDenied = (e: JsonObject) => e.RuleAction === 'deny';
const isProtocol = (e: JsonObject, protocol: number) => isOneOf(e.Protocol, protocol);
const first = (e: JsonObject) => numberOf(at(e, 'PortRange', 'From'));
const last = (e: JsonObject) => numberOf(at(e, 'PortRange', 'To'));
const covers = (e: JsonObject, port: number) => isProtocol(e, -1) || (first(e) <= port && last(e) >= port);

export const VPC_ACL_RULES: Control = {
  id: 'VPC-05b',
  title: 'the network ACL lets in from anywhere neither everything nor remote administration, and fits its quota',
  prevents: 'remote administration from the internet',
  kind: 'floor',
  types: ACL,
  property: 'AWS::EC2::NetworkAclEntry',
  mend: 'allow from 0.0.0.0/0 only ranges without 22 and 3389, and at most 18 rules in each direction',
  cis: ['6.2'],
  fsbp: ['EC2.21'],
  nist: NIST.network,
  pci: ['1.2.7', '1.3.1'],
  holds: (r, t) => {
    const all = entriesOf(r, t);
    const ingress = all.filter(e => !isTrue(e.Egress));
    const egress = all.filter(e => isTrue(e.Egress));
    return [ingress, egress].every(d => d.length > 0 && d.length <= MOST_ENTRIES)
      && all.every(e => isDenied(e) || !isProtocol(e, -1))
      && ingress.every(e => isDenied(e) || !isAnywhere(e.CidrBlock, e.Ipv6CidrBlock) || ![22, 3389].some(port => covers(e, port)));
  },
};

/** Whether an entry denies, or is for ICMP, for one TCP port, or for the ports of answers. */
function isNarrow(e: JsonObject): boolean {
  const from = at(e, 'PortRange', 'From');
  return isDenied(e) || isProtocol(e, 1)
    || (isProtocol(e, 6) && isGiven(from) && (same(from, at(e, 'PortRange', 'To')) || numberOf(from) >= 1024));
}

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
  // The network seals the table that it makes, in the metadata of the network ACL.
  holds: (r, t) => {
    const entries = entriesOf(r, t);
    return entries.length > 0 && entries.every(isNarrow) && at(r.metadata, SEAL) === sealOf(entries);
  },
};
