import * as groups from '../../src/core/security-groups';
import { RenderedTemplate } from '../../src/core/template';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const tcp = (more: any, port: any = 443) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...more });
const NOWHERE = { CidrIp: '127.0.0.1/32', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
const group = (ingress: any[], egress: any[] = [NOWHERE], VpcId: any = ref('Vpc')) =>
  ({ Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId, SecurityGroupIngress: ingress, SecurityGroupEgress: egress } });

const t = new RenderedTemplate({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '198.18.0.0/16' } },
    Later: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: { 'Fn::Unknown': 'Cidr' } } },
    Subnet: { Type: 'AWS::EC2::Subnet', Properties: {} },
    Group: group([tcp({ CidrIp: '10.0.0.0/8' })]),
    InLater: group([], [NOWHERE], ref('Later')),
    Elsewhere: group([], [NOWHERE], 'vpc-1'),
    Closed: group([tcp({ SourceSecurityGroupId: ref('Group') })]),
    Wide: group([{ ...tcp({ CidrIp: '10.0.0.0/8' }), ToPort: 500 }]),
    Wider: group([{ ...tcp({ CidrIp: '10.0.0.0/8' }), ToPort: 501 }]),
    Partner: group([tcp({ CidrIp: '203.0.113.0/24' })]),
    Open: group([tcp({ CidrIp: '0.0.0.0/1' }), tcp({ CidrIp: '128.0.0.0/1' })]),
    Silent: group([], []),
    Own: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: [{ Cidr: '10.1.0.0/16' }] } },
    Office: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: [{ Cidr: '10.1.0.0/16' }, { Cidr: '203.0.113.0/24' }] } },
    Odd: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: [{ Cidr: { 'Fn::Unknown': 'C' } }] } },
    Apart: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: att('Group', 'GroupId'), ...tcp({ CidrIp: '10.0.0.0/8' }) } },
    ByName: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupName: ref('Group'), ...tcp({ CidrIp: '10.0.0.0/8' }) } },
  },
}, '111122223333');
const get = (id: string) => t.resource(id)!;

test('rules are found wherever they stand', () => {
  const rules = groups.groupRules(get('Group'), t, 'Ingress');
  expect(rules).toHaveLength(3);
  expect(groups.apartOf(rules).map(r => r.logicalId)).toEqual(['Apart', 'ByName']);
  expect(groups.areApart(rules)).toBe(false);
  expect(groups.areApart(rules.slice(1))).toBe(true);
});

const cut = (cidr: any) => ({ 'Fn::Select': [0, { 'Fn::Cidr': [cidr, 4, '14'] }] });
test.each<[string, any, string, string?]>([
  ['nowhere', NOWHERE, 'nowhere'],
  ['the rule of the CDK for nothing', { CidrIp: '255.255.255.255/32' }, 'nowhere'],
  ['a private block', { CidrIp: '10.0.0.0/8' }, 'inside'],
  ['a block of the VPC that is not private', { CidrIp: '198.18.64.0/18' }, 'inside'],
  ['the block of a VPC', { CidrIp: att('Vpc', 'CidrBlock') }, 'inside'],
  ['the block of a subnet', { CidrIp: att('Subnet', 'CidrBlock') }, 'inside'],
  ['a block that is cut from the VPC', { CidrIp: cut(att('Vpc', 'CidrBlock')) }, 'inside'],
  ['a block that is cut from what the VPC has', { CidrIp: cut(cut({ 'Fn::Unknown': 'Cidr' })) }, 'inside', 'InLater'],
  ['a block that is cut from something else', { CidrIp: cut({ 'Fn::Unknown': 'Other' }) }, 'unknown', 'InLater'],
  ['another attribute of a VPC', { CidrIp: att('Vpc', 'VpcId') }, 'unknown'],
  ['a parameter', { CidrIp: { 'Fn::Unknown': 'Cidr' } }, 'unknown'],
  ['an import that leads nowhere', { CidrIp: { 'Fn::ImportValue': 'x' } }, 'unknown'],
  ['an address that EC2 reads otherwise', { CidrIp: '1.2.3.4/0' }, 'unknown'],
  ['one address that is known later', { CidrIp: { 'Fn::Join': ['', [ref('Address'), '/32']] } }, 'public'],
  ['many addresses that are known later', { CidrIp: { 'Fn::Join': ['', [ref('Address'), '/8']] } }, 'unknown'],
  ['the Internet', { CidrIp: '0.0.0.0/0' }, 'public'],
  ['a part of the Internet', { CidrIp: '203.0.113.0/24' }, 'public'],
  ['the Internet by IPv6', { CidrIpv6: '::/0' }, 'public'],
  ['a group of the VPC', { SourceSecurityGroupId: att('Closed', 'GroupId') }, 'group'],
  ['a group that is imported', { SourceSecurityGroupId: 'sg-1' }, 'group'],
  ['a group of this account', { SourceSecurityGroupId: 'sg-1', SourceSecurityGroupOwnerId: '111122223333' }, 'group'],
  ['a group of another VPC', { SourceSecurityGroupId: ref('Elsewhere') }, 'foreign'],
  ['a group of another account', { SourceSecurityGroupId: 'sg-1', SourceSecurityGroupOwnerId: '444455556666' }, 'foreign'],
  ['a group of another account, in short', { SourceSecurityGroupId: '444455556666/sg-1' }, 'foreign'],
  ['a group by its name', { SourceSecurityGroupName: 'default' }, 'unknown'],
  ['a prefix list of private blocks', { SourcePrefixListId: att('Own', 'PrefixListId') }, 'inside'],
  ['a prefix list with public ones', { SourcePrefixListId: ref('Office') }, 'public'],
  ['a prefix list with one that nobody knows', { SourcePrefixListId: ref('Odd') }, 'unknown'],
  ['a prefix list of somebody else', { SourcePrefixListId: 'pl-1' }, 'list'],
  ['two at once', { SourcePrefixListId: 'pl-1', CidrIp: '10.0.0.0/8' }, 'unknown'],
  ['nobody', {}, 'unknown'],
  ['the peer of the other direction', { DestinationSecurityGroupId: ref('Closed') }, 'unknown'],
])('the peer is %s', (...[, rule, kind, id = 'Group']) => expect(groups.peerOf(rule, 'Ingress', get(id), t).kind).toBe(kind));

test('a known peer tells its group and its blocks', () => {
  expect(groups.peerOf({ DestinationSecurityGroupId: ref('Closed') }, 'Egress', get('Group'), t).group).toBe(get('Closed'));
  const halves = ['0.0.0.0/1', '128.0.0.0/1'].map(CidrIp => groups.peerOf({ CidrIp }, 'Ingress', get('Group'), t));
  expect(groups.areWide(halves)).toBe(true);
  expect(groups.areWide([groups.peerOf({ SourcePrefixListId: ref('Office') }, 'Ingress', get('Group'), t)])).toBe(false);
});

test.each<[any, boolean]>([
  [tcp({}), true], [tcp({}, '443'), true], [tcp({}, ref('Port')), true], [{ ...tcp({}), IpProtocol: '6', ToPort: '443' }, true],
  [{ ...tcp({}), ToPort: 444 }, false], [{ ...tcp({}), IpProtocol: '-1' }, false], [{ ...tcp({}), IpProtocol: 'udp' }, false],
  [{ IpProtocol: 'tcp' }, false], [tcp({}, -1), false], [{ ...tcp({}), ToPort: ref('Port') }, false],
])('%j is for one port: %s', (rule, expected) => expect(groups.isForOnePort(rule)).toBe(expected));

test.each<[any, boolean]>([
  [tcp({}, 22), true], [{ ...tcp({}, 20), ToPort: 25 }, true], [{ IpProtocol: '-1' }, true], [{ IpProtocol: 'tcp' }, true], [tcp({}, ref('Port')), true],
  [{ ...tcp({}, 22), IpProtocol: { 'Fn::Unknown': 'P' } }, true], [tcp({}, -1), true], [tcp({}), false], [{ ...tcp({}, 22), IpProtocol: 'icmp' }, false],
])('%j may be for port 22: %s', (rule, expected) => expect(groups.mayReach(rule, [22])).toBe(expected));

test.each<[string, any[], boolean]>([
  ['one that is closed', [ref('Closed')], true],
  ['two that are closed', [ref('Closed'), att('Group', 'GroupId')], true],
  ['one that is open to a few ports, or to somebody', [ref('Wide')], true],
  ['that, and one that is closed', [ref('Partner'), ref('Closed')], true],
  ['two that are open to something', [ref('Wide'), ref('Wider')], false],
  ['one that is open to everybody', [ref('Open')], false],
  ['one without rules for what goes out', [ref('Silent')], false],
  ['one that nobody knows', [ref('Closed'), 'sg-1'], false],
  ['none', [], false],
])('groups that open nothing: %s', (_name, ids, expected) => expect(groups.openNothing(ids, t)).toBe(expected));
