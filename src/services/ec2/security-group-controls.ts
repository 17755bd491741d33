import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { list, same } from '../../core/values';

const GROUP = ['AWS::EC2::SecurityGroup'];
const ANYWHERE = ['0.0.0.0/0', '::/0'];

/** The rules of a group, those in it and those on their own. */
function rules(r: RenderedResource, t: RenderedTemplate, direction: 'Ingress' | 'Egress'): any[] {
  return [
    ...list(r.properties[`SecurityGroup${direction}`]),
    ...t.referring(`AWS::EC2::SecurityGroup${direction}`, 'GroupId', r.logicalId).map(rule => rule.properties),
  ];
}

const isAnywhere = (rule: any) => ANYWHERE.includes(rule.CidrIp) || ANYWHERE.includes(rule.CidrIpv6);
const isPort = (rule: any, port: any) => ['tcp', '6'].includes(String(rule.IpProtocol)) && same(rule.FromPort, port) && same(rule.ToPort, port);

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
  holds: (r, t) => rules(r, t, 'Ingress').every(rule => !isAnywhere(rule) || isPort(rule, 443) || isPort(rule, 80)),
};

/** The rule that stands for none, where EC2 would open everything. */
const isNowhere = (rule: any) => rule.CidrIp === '255.255.255.255/32' && rule.IpProtocol === 'icmp';

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
  holds: (r, t) => rules(r, t, 'Egress').length > 0 && [...rules(r, t, 'Ingress'), ...rules(r, t, 'Egress')]
    .every(rule => isNowhere(rule) || (!isAnywhere(rule) && isPort(rule, rule.FromPort) && rule.FromPort !== undefined)),
};

export const SG_DESCRIBED: Control = {
  id: 'VPC-12',
  title: 'the security group and each of its rules say what they are for',
  prevents: 'rules that nobody dares to remove',
  kind: 'floor',
  types: GROUP,
  property: 'GroupDescription',
  mend: 'describe the group and each rule',
  holds: (r, t) => [r.properties.GroupDescription, ...rules(r, t, 'Ingress').map(rule => rule.Description), ...rules(r, t, 'Egress').map(rule => rule.Description)]
    .every(text => text !== undefined && text !== ''),
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
  holds: (r, t) => rules(r, t, 'Egress').length > 0 && rules(r, t, 'Egress').every(rule => !isAnywhere(rule)),
};
