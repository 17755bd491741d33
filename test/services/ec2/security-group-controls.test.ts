import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/ec2/security-group-controls';
import { proveBreaks, provePredicate } from '../../support/predicate';

const rule = (properties: any) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'why', ...properties });
const GROUP = {
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'load balancer',
      SecurityGroupIngress: [rule({ CidrIp: '0.0.0.0/0' }), rule({ CidrIp: '0.0.0.0/0', FromPort: 80, ToPort: 80 }), rule({ CidrIp: '10.0.0.0/8', FromPort: 22, ToPort: 22 })],
      SecurityGroupEgress: [rule({ CidrIp: '10.0.0.0/8' })],
    },
  },
  Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: rule({ GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIp: '10.2.0.0/16', FromPort: 22, ToPort: 22 }) },
  Egress: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: rule({ GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIp: '10.2.0.0/16' }) },
};

provePredicate(controls.SG_NOT_PUBLIC, GROUP, {
  'another port is public': r => { Object.assign(r.Group.Properties.SecurityGroupIngress[0], { FromPort: 8080, ToPort: 8080 }); },
  'a range is public': r => { r.Group.Properties.SecurityGroupIngress[0].ToPort = 65535; },
  'another protocol is public': r => { r.Group.Properties.SecurityGroupIngress[0].IpProtocol = 'udp'; },
  'everything is public by IPv6': r => { r.Group.Properties.SecurityGroupIngress.push(rule({ IpProtocol: '-1', CidrIpv6: '::/0' })); },
  'a rule on its own is public': r => { r.Ingress.Properties.CidrIp = '0.0.0.0/0'; },
});
provePredicate(controls.SG_DESCRIBED, GROUP, {
  'the group has no description': r => { delete r.Group.Properties.GroupDescription; },
  'an ingress rule has none': r => { delete r.Group.Properties.SecurityGroupIngress[1].Description; },
  'an egress rule has none': r => { r.Group.Properties.SecurityGroupEgress[0].Description = ''; },
  'a rule on its own has none': r => { delete r.Egress.Properties.Description; },
});
provePredicate(controls.SG_EGRESS, GROUP, {
  'nothing is said, so that everything is allowed': r => { delete r.Group.Properties.SecurityGroupEgress; delete r.Egress; },
  'everything is allowed': r => { r.Group.Properties.SecurityGroupEgress.push(rule({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' })); },
  'HTTPS to everywhere is allowed': r => { r.Group.Properties.SecurityGroupEgress[0].CidrIp = '0.0.0.0/0'; },
  'a rule on its own allows everything by IPv6': r => { Object.assign(r.Egress.Properties, { CidrIp: undefined, CidrIpv6: '::/0' }); },
});

const NARROW = {
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }] } },
  Ingress: { ...GROUP.Ingress, Properties: { ...GROUP.Ingress.Properties, CidrIp: '10.0.0.0/16' } },
  Egress: GROUP.Egress,
};
provePredicate(controls.SG_NARROW, NARROW, {
  'nothing is said of egress': r => { delete r.Group.Properties.SecurityGroupEgress; delete r.Egress; },
  'it lets in a range': r => { r.Ingress.Properties.ToPort = 65535; },
  'it lets in every protocol': r => { r.Ingress.Properties.IpProtocol = '-1'; delete r.Ingress.Properties.FromPort; delete r.Ingress.Properties.ToPort; },
  'it lets in everybody': r => { r.Ingress.Properties.CidrIp = '0.0.0.0/0'; },
  'it lets in everybody by IPv6': r => { r.Ingress.Properties.CidrIpv6 = '::/0'; },
  'it lets out a range': r => { r.Egress.Properties.FromPort = 1; },
  'TCP has no port': r => { delete r.Egress.Properties.FromPort; delete r.Egress.Properties.ToPort; },
});

const att = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });
const apart = (direction: 'Ingress' | 'Egress', properties: any) => ({ Type: `AWS::EC2::SecurityGroup${direction}`, Properties: rule({ GroupId: att('Tasks'), ...properties }) });
const INNER = {
  Tasks: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'tasks', VpcId: { Ref: 'Vpc' }, SecurityGroupEgress: [rule({ CidrIp: '127.0.0.1/32' })] } },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Other: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: { Ref: 'Vpc' } } },
};
type Change = (r: any) => void;
const admits = (properties: any): [Change, ...string[]] => [r => { r.In = apart('Ingress', properties); }, 'In'];
const reaches = (properties: any): [Change, ...string[]] => [r => { r.Out = apart('Egress', properties); }, 'Out'];
const fine = (direction: 'Ingress' | 'Egress', properties: any): Change => r => { r.More = apart(direction, properties); };

const halves = (direction: 'Ingress' | 'Egress', port: number): [Change, ...string[]] => [r => {
  r.A = apart(direction, { CidrIp: '0.0.0.0/1', FromPort: port, ToPort: port });
  r.B = apart(direction, { CidrIp: '128.0.0.0/1', FromPort: port, ToPort: port });
}, 'A', 'B'];
/** Eight times a /11: a /8. */
const eighths: [Change, ...string[]] = [r => {
  for (let i = 0; i < 8; i++) { r[`P${i}`] = apart('Ingress', { CidrIp: `8.${i * 32}.0.0/11`, FromPort: 8443, ToPort: 8443 }); }
}, ...Array.from({ length: 8 }, (_, i) => `P${i}`)];

proveBreaks(controls.SG_NOT_PUBLIC, INNER, {
  'a group of the VPC is fine': fine('Ingress', { SourceSecurityGroupId: att('Other'), FromPort: 22, ToPort: 22 }),
  'everybody to HTTPS is fine': fine('Ingress', { CidrIp: '0.0.0.0/0' }),
  'a part of the Internet to an ordinary port is the next control\'s': fine('Ingress', { CidrIp: '203.0.113.0/24', FromPort: 9443, ToPort: 9443 }),
  'a rule of another group is nothing': r => { r.In = apart('Ingress', { GroupId: att('Other'), CidrIp: '0.0.0.0/0', FromPort: 22, ToPort: 22 }); },
}, {
  'everybody is admitted': admits({ CidrIp: '0.0.0.0/0', FromPort: 8443, ToPort: 8443 }),
  'everybody is admitted by IPv6': admits({ CidrIpv6: '::/0', FromPort: 8443, ToPort: 8443 }),
  'two halves are': halves('Ingress', 8443),
  'eight parts are': eighths,
  'a part of the Internet is admitted to SSH': admits({ CidrIp: '203.0.113.0/24', FromPort: 22, ToPort: 22 }),
  'a part of the Internet is admitted to a range with a database': admits({ CidrIp: '203.0.113.0/24', FromPort: 5000, ToPort: 6000 }),
  'a part of the Internet is admitted to everything': admits({ CidrIp: '203.0.113.0/24', IpProtocol: '-1', FromPort: undefined, ToPort: undefined }),
  'a parameter may be everybody': admits({ CidrIp: { 'Fn::Unknown': 'Cidr' }, FromPort: 8443, ToPort: 8443 }),
  'a port of a parameter may be SSH': admits({ CidrIp: '203.0.113.0/24', FromPort: { 'Fn::Unknown': 'P' }, ToPort: { 'Fn::Unknown': 'P' } }),
});
proveBreaks(controls.SG_NARROW, INNER, {
  'a group of the VPC is fine': fine('Egress', { DestinationSecurityGroupId: att('Other'), FromPort: 6379, ToPort: 6379 }),
  'a block of the VPC is fine': fine('Ingress', { CidrIp: '10.0.64.0/18' }),
  'the prefix list of S3 is fine': fine('Egress', { DestinationPrefixListId: 'pl-6da54004' }),
  'one of the mapping is fine': fine('Egress', { DestinationPrefixListId: { 'Fn::Unknown': '{"Fn::FindInMap":["GatewayPrefixLists",{"Ref":"AWS::Region"},"s3"]}' } }),
  'one that the group was told of is fine': r => { r.Tasks.Metadata = { 'cdk-hardened:admits': ['pl-12345678'] }; r.Out = apart('Egress', { DestinationPrefixListId: 'pl-12345678' }); },
  'one of private blocks is fine': r => {
    r.Own = { Type: 'AWS::EC2::PrefixList', Properties: { Entries: [{ Cidr: '10.9.0.0/16' }] } };
    r.In = apart('Ingress', { SourcePrefixListId: { Ref: 'Own' } });
  },
}, {
  'a part of the Internet is admitted': admits({ CidrIp: '203.0.113.0/24', FromPort: 9443, ToPort: 9443 }),
  'it reaches a part of the Internet': reaches({ CidrIp: '203.0.113.0/24' }),
  'a group of another account': admits({ SourceSecurityGroupId: 'sg-1', SourceSecurityGroupOwnerId: '444455556666' }),
  'it reaches a group of another VPC': [r => {
    r.Elsewhere = { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'vpc-1' } };
    r.Out = apart('Egress', { DestinationSecurityGroupId: att('Elsewhere') });
  }, 'Out'],
  'a range of ports': admits({ SourceSecurityGroupId: att('Other'), FromPort: 1, ToPort: 65535 }),
  'every protocol': reaches({ DestinationSecurityGroupId: att('Other'), IpProtocol: '-1' }),
  'a prefix list is admitted, that of S3 too': admits({ SourcePrefixListId: 'pl-6da54004' }),
  'it reaches a prefix list of somebody else': reaches({ DestinationPrefixListId: 'pl-0a1b2c3d' }),
  'it reaches a list that only the deployment knows': reaches({ DestinationPrefixListId: { 'Fn::Unknown': 'List' } }),
});
proveBreaks(controls.SG_SOURCES, INNER, {
  'a part of the Internet is fine': fine('Ingress', { CidrIp: '203.0.113.0/24' }),
}, {
  'everybody': admits({ CidrIp: '0.0.0.0/0' }),
  'two halves': halves('Ingress', 443),
  'somebody whom only the deployment knows': admits({ CidrIp: { 'Fn::Unknown': 'Cidr' } }),
});
proveBreaks(controls.SG_DESCRIBED, INNER, {
  'a rule that says what it is for is fine': fine('Ingress', { CidrIp: '10.0.0.0/16' }),
}, { 'a rule says nothing': admits({ CidrIp: '10.0.0.0/16', Description: undefined }) });
proveBreaks(controls.SG_EGRESS, INNER, {
  'a group of the VPC is fine': fine('Egress', { DestinationSecurityGroupId: att('Other') }),
  'a part of the Internet is the control\'s before': fine('Egress', { CidrIp: '203.0.113.0/24' }),
}, {
  'everywhere': reaches({ CidrIp: '0.0.0.0/0' }),
  'everywhere by IPv6': reaches({ CidrIpv6: '::/0' }),
  'both halves': halves('Egress', 443),
  'where only the deployment knows': reaches({ CidrIp: { 'Fn::ImportValue': 'x' } }),
});

test('a mapping that is called like ours has to have our prefix lists', () => {
  const isFine = (s3: string) => {
    const Mappings = { GatewayPrefixLists: { 'eu-west-1': { s3 } } };
    const value = { 'Fn::Unknown': '{"Fn::FindInMap":["GatewayPrefixLists",{"Ref":"AWS::Region"},"s3"]}' };
    const template = new RenderedTemplate({ Mappings, Resources: { ...INNER, Out: apart('Egress', { DestinationPrefixListId: value }) } });
    return controls.SG_NARROW.breaks!(template.resource('Tasks')!, template).length === 0;
  };
  expect([isFine('pl-6da54004'), isFine('pl-0a1b2c3d')]).toEqual([true, false]);
});
