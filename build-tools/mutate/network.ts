import { GONE, list, Path } from './edit';
import { Mutation, mutation, Place } from './mutation';

const ANYWHERE = '0.0.0.0/0';

/** Every entry of a network ACL: removed, turned round, for all ports, protocols and addresses. */
export function mutateAclEntry(place: Place, resource: any): Mutation[] {
  if (place.type !== 'AWS::EC2::NetworkAclEntry') { return []; }
  const { PortRange: ports, CidrBlock: cidr, Protocol: protocol, RuleAction: action } = resource.Properties;
  const of = (name: string, operator: string, change: (v: any) => any) => mutation(place, ['Properties', name], operator, change);
  return [
    mutation(place, [], 'remove-entry', () => GONE),
    of('RuleAction', 'flip-action', v => v === 'allow' ? 'deny' : 'allow'),
    ...action === 'allow' && ports ? [of('PortRange', 'all-ports', () => ({ From: 0, To: 65535 }))] : [],
    ...action === 'allow' && String(protocol) !== '-1' ? [mutation(place, ['Properties'], 'all-protocols', ({ PortRange: _, Icmp: __, ...p }) => ({ ...p, Protocol: -1 }))] : [],
    ...action === 'allow' && cidr !== ANYWHERE ? [of('CidrBlock', 'anywhere', () => ANYWHERE)] : [],
    // A deny that is about one port, or one address, denies next to nothing.
    ...action === 'deny' && ports ? [of('PortRange', 'one-port', () => ({ From: 1, To: 1 }))] : [],
    ...action === 'deny' ? [of('CidrBlock', 'one-address', () => '192.0.2.1/32')] : [],
  ];
}

function mutateRule(place: Place, rule: any, path: Path): Mutation[] {
  const source = ['CidrIp', 'CidrIpv6', 'SourceSecurityGroupId', 'DestinationSecurityGroupId', 'SourcePrefixListId', 'DestinationPrefixListId'];
  const { IpProtocol: protocol, FromPort: from } = rule;
  return [
    mutation(place, path, 'remove-rule', () => GONE),
    ...rule.CidrIp === ANYWHERE ? [] : [mutation(place, path.length ? path : ['Properties'], 'anywhere', r => ({ ...Object.fromEntries(Object.entries(r).filter(([k]) => !source.includes(k))), CidrIp: ANYWHERE }))],
    ...from === undefined || !['tcp', 'udp'].includes(protocol) ? [] : [mutation(place, path.length ? path : ['Properties'], 'all-ports', r => ({ ...r, FromPort: 0, ToPort: 65535 }))],
    ...protocol === '-1' ? [] : [mutation(place, path.length ? path : ['Properties'], 'all-protocols', ({ FromPort: _, ToPort: __, ...r }) => ({ ...r, IpProtocol: '-1' }))],
  ];
}

/** Every rule of a security group, in the group or on its own. */
export function mutateSecurityGroup(place: Place, resource: any): Mutation[] {
  if (/^AWS::EC2::SecurityGroup(Ingress|Egress)$/.test(place.type)) { return mutateRule(place, resource.Properties, []); }
  if (place.type !== 'AWS::EC2::SecurityGroup') { return []; }
  return ['SecurityGroupIngress', 'SecurityGroupEgress'].flatMap(name => list(resource.Properties[name])
    .flatMap((rule, i) => mutateRule(place, rule, ['Properties', name, i])));
}
