// What must hold of a security group and its rules, wherever they stand.
import { isAnywhere, rulesOf } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { Json, JsonObject } from '../../core/values';
import { isGiven, isOneOf, same } from '../../core/values';

const GROUP = ['AWS::EC2::SecurityGroup'];

const isOpen = (rule: JsonObject) => isAnywhere(rule.CidrIp, rule.CidrIpv6);
const isPort = (rule: JsonObject, port: Json) => isOneOf(rule.IpProtocol, 'tcp', 6) && same(rule.FromPort, port) && same(rule.ToPort, port);

export const SG_NOT_PUBLIC: Control = {
  id: 'VPC-11',
  title: 'the security group admits everybody to HTTPS and its redirect at most',
  prevents: 'brute force and exploits from the internet',
  kind: 'floor',
  types: GROUP,
  property: 'SecurityGroupIngress',
  mend: 'admit security groups, prefix lists or blocks of your own; 0.0.0.0/0 and ::/0 only to 443 and 80',
  cis: ['6.1.2', '6.3', '6.4'],
  fsbp: ['EC2.13', 'EC2.14', 'EC2.18', 'EC2.19', 'EC2.53', 'EC2.54'],
  nist: NIST.network,
  pci: ['1.3.1'],
  holds: (r, t) => rulesOf(r, t, 'Ingress').every(rule => !isOpen(rule) || isPort(rule, 443) || isPort(rule, 80)),
};

/** The rule that stands for none, where EC2 would open everything. */
const isNowhere = (rule: JsonObject) => rule.CidrIp === '255.255.255.255/32' && rule.IpProtocol === 'icmp';

export const SG_NARROW: Control = {
  id: 'VPC-11b',
  title: 'each rule of the security group is for one TCP port, and none is for everywhere',
  prevents: 'a rule for one service that opens every other besides',
  kind: 'default',
  types: GROUP,
  property: 'SecurityGroupEgress',
  mend: 'name the port, and the group, prefix list or block of your own on the other end',
  nist: NIST.network,
  pci: ['1.3.1', '1.3.2'],
  holds: (r, t) => rulesOf(r, t, 'Egress').length > 0 && [...rulesOf(r, t, 'Ingress'), ...rulesOf(r, t, 'Egress')]
    .every(rule => isNowhere(rule) || (!isOpen(rule) && isPort(rule, rule.FromPort) && isGiven(rule.FromPort))),
};

export const SG_DESCRIBED: Control = {
  id: 'VPC-12',
  title: 'the security group and each of its rules say what they are for',
  prevents: 'rules that nobody dares to remove',
  kind: 'floor',
  types: GROUP,
  property: 'GroupDescription',
  mend: 'describe the group and each rule',
  holds: (r, t) => isGiven(r.properties.GroupDescription)
    && [...rulesOf(r, t, 'Ingress'), ...rulesOf(r, t, 'Egress')].every(rule => isGiven(rule.Description)),
};

export const SG_EGRESS: Control = {
  id: 'VPC-13',
  title: 'the security group names where its members may connect to',
  prevents: 'data that leaves to anywhere, and malware that calls home',
  kind: 'floor',
  types: GROUP,
  property: 'SecurityGroupEgress',
  mend: 'keep explicit egress rules: without any, EC2 allows everything, and none may be for 0.0.0.0/0 or ::/0',
  nist: ['SC-7(5)'],
  pci: ['1.3.2'],
  holds: (r, t) => rulesOf(r, t, 'Egress').length > 0 && rulesOf(r, t, 'Egress').every(rule => !isOpen(rule)),
};
