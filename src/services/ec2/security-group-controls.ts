// What must hold of a security group and its rules, wherever they stand.
import { HTTPS_PORT, HTTP_PORT, REMOTE_ACCESS } from './facts';
import { isKnownList } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { Direction, GroupRule, Peer } from '../../core/security-groups';
import { apartOf, areApart, areWide, groupRules, isForOnePort, mayReach, peerOf } from '../../core/security-groups';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { JsonObject } from '../../core/values';
import { isGiven, isUndecided, numberOf } from '../../core/values';

const GROUP = ['AWS::EC2::SecurityGroup'];

/** A rule, and who is on its other end. */
interface Known extends GroupRule {
  readonly peer: Peer;
}

function known(r: RenderedResource, t: RenderedTemplate, direction: Direction): Known[] {
  return groupRules(r, t, direction).map(own => ({ ...own, peer: peerOf(own.rule, direction, r, t) }));
}

/** Rules by which everybody passes, or may: for what only the deployment knows, or for blocks that are together most of the Internet. */
function wide(rules: readonly Known[]): Known[] {
  const isMost = areWide(rules.map(({ peer }) => peer));
  return rules.filter(({ peer }) => peer.kind === 'unknown' || (isMost && peer.kind === 'public'));
}

const isForWeb = (rule: JsonObject) => isForOnePort(rule) && [HTTP_PORT, HTTPS_PORT].includes(numberOf(rule.FromPort));

/** Rules that let everybody in to what is no website, or the Internet to remote administration and databases. */
function exposing(r: RenderedResource, t: RenderedTemplate): Known[] {
  const others = known(r, t, 'Ingress').filter(({ rule }) => !isForWeb(rule));
  const everybody = wide(others);
  return others.filter(own => everybody.includes(own) || (own.peer.kind === 'public' && mayReach(own.rule, REMOTE_ACCESS)));
}

export const SG_NOT_PUBLIC: Control = {
  id: 'VPC-11',
  title: 'the security group admits everybody to HTTPS and its redirect at most',
  prevents: 'brute force and exploits from the internet',
  kind: 'floor',
  types: GROUP,
  property: 'SecurityGroupIngress',
  mend: 'admit security groups, prefix lists or blocks of your own; the Internet, whole or in parts, only to 443 and 80',
  cis: ['6.1.2', '6.3', '6.4'],
  fsbp: ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.19', 'EC2.53', 'EC2.54'],
  nist: NIST.network,
  pci: ['1.3.1'],
  holds: (r, t) => areApart(exposing(r, t)),
  breaks: (r, t) => apartOf(exposing(r, t)),
};

/** Rules for more than one port, or with somebody on the other end who is not of the VPC. */
function loose(r: RenderedResource, t: RenderedTemplate): Known[] {
  const isOf = ({ peer }: Known, direction: Direction) => peer.kind === 'inside' || peer.kind === 'group'
    || (direction === 'Egress' && peer.kind === 'list' && isKnownList(peer.list, r, t));
  return (['Ingress', 'Egress'] as const).flatMap(direction => known(r, t, direction)
    .filter(own => own.peer.kind !== 'nowhere' && !(isForOnePort(own.rule) && isOf(own, direction))));
}

const saysEgress = (r: RenderedResource, t: RenderedTemplate) => groupRules(r, t, 'Egress').length > 0;

export const SG_NARROW: Control = {
  id: 'VPC-11b',
  title: 'each rule of the security group is for one TCP port, and none is for everywhere',
  prevents: 'a rule for one service that opens every other besides, or that lets in or out to addresses outside the VPC',
  kind: 'default',
  types: GROUP,
  property: 'SecurityGroupEgress',
  mend: 'name the port, and the group, prefix list or block of your own on the other end',
  nist: NIST.network,
  pci: ['1.3.1', '1.3.2'],
  holds: (r, t) => saysEgress(r, t) && areApart(loose(r, t)),
  breaks: (r, t) => apartOf(loose(r, t)),
};

const everybody = (r: RenderedResource, t: RenderedTemplate) => wide(known(r, t, 'Ingress'));

export const SG_SOURCES: Control = {
  id: 'VPC-11c',
  title: 'the security group admits the sources that it was made for, and not the whole Internet',
  prevents: 'an application for a few that everybody can reach',
  kind: 'default',
  types: GROUP,
  property: 'SecurityGroupIngress',
  mend: "name the clients in 'sourceCidrs', or let them in by 'connections'",
  nist: NIST.network,
  pci: ['1.3.1'],
  holds: (r, t) => areApart(everybody(r, t)),
  breaks: (r, t) => apartOf(everybody(r, t)),
};

const unexplained = (r: RenderedResource, t: RenderedTemplate) => (['Ingress', 'Egress'] as const)
  .flatMap(direction => groupRules(r, t, direction))
  .filter(({ rule }) => !isGiven(rule.Description) || isUndecided(rule.Description));

export const SG_DESCRIBED: Control = {
  id: 'VPC-12',
  title: 'the security group and each of its rules say what they are for',
  prevents: 'rules that nobody dares to remove',
  kind: 'floor',
  types: GROUP,
  property: 'GroupDescription',
  mend: 'describe the group and each rule',
  holds: (r, t) => isGiven(r.properties.GroupDescription) && areApart(unexplained(r, t)),
  breaks: (r, t) => apartOf(unexplained(r, t)),
};

const leaving = (r: RenderedResource, t: RenderedTemplate) => wide(known(r, t, 'Egress'));

export const SG_EGRESS: Control = {
  id: 'VPC-13',
  title: 'the security group names where its members may connect to',
  prevents: 'data that leaves to anywhere, and malware that calls home',
  kind: 'floor',
  types: GROUP,
  property: 'SecurityGroupEgress',
  mend: 'keep explicit egress rules: without any, EC2 allows everything, and none may be for the whole Internet or most of it',
  nist: ['SC-7(5)'],
  pci: ['1.3.2'],
  holds: (r, t) => saysEgress(r, t) && areApart(leaving(r, t)),
  breaks: (r, t) => apartOf(leaving(r, t)),
};
