import { RenderedTemplate } from '../../../src/core/template';
import { blockers, Connection, Endpoint } from '../../../src/services/ec2/reachability';

// A VPC of two subnets: A, with a way to the internet and a network ACL, and B, with a gateway endpoint and the default network ACL.
const ref = (id: string) => ({ Ref: id });
const entry = (RuleNumber: number, Egress: boolean, CidrBlock: string, From: number, To: number, RuleAction = 'allow') => ({
  Type: 'AWS::EC2::NetworkAclEntry',
  Properties: { NetworkAclId: ref('Acl'), RuleNumber, Egress, RuleAction, Protocol: 6, CidrBlock, PortRange: { From, To } },
});
const RESOURCES: Record<string, any> = {
  SubnetA: { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.0.0/24' } },
  SubnetB: { Type: 'AWS::EC2::Subnet', Properties: { CidrBlock: '10.0.1.0/24' } },
  TableA: { Type: 'AWS::EC2::RouteTable' },
  TableB: { Type: 'AWS::EC2::RouteTable' },
  TableOfA: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref('SubnetA'), RouteTableId: ref('TableA') } },
  TableOfB: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref('SubnetB'), RouteTableId: ref('TableB') } },
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  Route: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('TableA'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') } },
  S3: { Type: 'AWS::EC2::VPCEndpoint', Properties: { RouteTableIds: [ref('TableB')] } },
  Acl: { Type: 'AWS::EC2::NetworkAcl' },
  AclOfA: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('SubnetA'), NetworkAclId: ref('Acl') } },
  Deny: entry(10, false, '198.51.100.0/24', 0, 65535, 'deny'),
  In: entry(100, false, '0.0.0.0/0', 443, 443),
  InAnswers: entry(110, false, '10.0.1.0/24', 1024, 65535),
  Out: entry(100, true, '10.0.1.0/24', 8443, 8443),
  OutAnswers: entry(110, true, '0.0.0.0/0', 1024, 65535),
  GroupA: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }], SecurityGroupEgress: [{ IpProtocol: 'icmp', CidrIp: '255.255.255.255/32' }] },
  },
  FromA: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: ref('GroupA'), IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443, DestinationSecurityGroupId: ref('GroupB') } },
  GroupB: { Type: 'AWS::EC2::SecurityGroup' },
  IntoB: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: ref('GroupB'), IpProtocol: '6', FromPort: 8443, ToPort: 8443, SourceSecurityGroupId: ref('GroupA') } },
  OutOfB: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: ref('GroupB'), IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: 'pl-12345678' } },
};
const CLIENT: Endpoint = { ip: '203.0.113.7' };
const A: Endpoint = { ip: '10.0.0.10', securityGroup: 'GroupA' };
const B: Endpoint = { ip: '10.0.1.10', securityGroup: 'GroupB' };
const S3: Endpoint = { ip: '52.216.1.1', gatewayEndpoint: 'S3', prefixList: 'pl-12345678' };

const ask = (connection: Connection, change: (resources: any) => void = () => undefined) => {
  const resources = structuredClone(RESOURCES);
  change(resources);
  return blockers(new RenderedTemplate({ Resources: resources }), connection);
};
const clientToA = { from: CLIENT, to: A, port: 443 };
const aToB = { from: A, to: B, port: 8443 };
const bToS3 = { from: B, to: S3, port: 443 };

test.each([['from the internet', clientToA], ['inside', aToB], ['to a gateway endpoint', bToS3]])('%s nothing stops what is meant', (_name, connection) => {
  expect(ask(connection)).toEqual([]);
});

test.each<[string, Connection, (resources: any) => void, string[]]>([
  ['no route', clientToA, r => { delete r.Route; }, ['route of SubnetA, first packet', 'route of SubnetA, reply']],
  ['a route that is not for the address', clientToA, r => { r.Route.Properties.DestinationCidrBlock = '192.0.2.0/24'; }, ['route of SubnetA, first packet', 'route of SubnetA, reply']],
  ['a route to another gateway', clientToA, r => { r.Route.Properties.GatewayId = 'vgw-1'; }, ['route of SubnetA, first packet', 'route of SubnetA, reply']],
  ['the main route table', clientToA, r => { delete r.TableOfA; }, ['route of SubnetA, first packet', 'route of SubnetA, reply']],
  ['an endpoint of other route tables', bToS3, r => { r.S3.Properties.RouteTableIds = [ref('TableA')]; }, ['route of SubnetB, first packet', 'route of SubnetB, reply']],
  ['an endpoint that is gone', bToS3, r => { delete r.S3; }, ['route of SubnetB, first packet', 'route of SubnetB, reply']],
  ['an entry of another port', clientToA, r => { r.In.Properties.PortRange.To = r.In.Properties.PortRange.From = 80; }, ['network ACL into SubnetA, first packet']],
  ['an entry of another protocol', clientToA, r => { r.In.Properties.Protocol = 17; }, ['network ACL into SubnetA, first packet']],
  ['an entry that denies before', clientToA, r => { r.Deny.Properties.CidrBlock = '203.0.113.0/24'; }, ['network ACL into SubnetA, first packet']],
  ['an entry of the other direction', clientToA, r => { r.In.Properties.Egress = true; }, ['network ACL into SubnetA, first packet']],
  ['answers that may not leave', clientToA, r => { delete r.OutAnswers; }, ['network ACL out of SubnetA, reply']],
  ['answers that may not come in', aToB, r => { r.InAnswers.Properties.PortRange.From = 50000; }, ['network ACL into SubnetA, reply']],
  ['a rule of another port', clientToA, r => { r.GroupA.Properties.SecurityGroupIngress[0].ToPort = r.GroupA.Properties.SecurityGroupIngress[0].FromPort = 80; }, ['security group into GroupA']],
  ['a rule for another group', aToB, r => { r.IntoB.Properties.SourceSecurityGroupId = ref('GroupB'); }, ['security group into GroupB']],
  ['no rule out', aToB, r => { delete r.FromA; }, ['security group out of GroupA']],
  ['another prefix list', bToS3, r => { r.OutOfB.Properties.DestinationPrefixListId = 'pl-87654321'; }, ['security group out of GroupB']],
])('%s stops it', (_name, connection, change, by) => expect(ask(connection, change)).toEqual(by));

test.each<[string, Connection, (resources: any) => void]>([
  ['a denial comes too late', clientToA, r => { Object.assign(r.Deny.Properties, { CidrBlock: '0.0.0.0/0', RuleNumber: 200 }); }],
  ['an entry lets everything in', clientToA, r => { r.In.Properties.Protocol = -1; delete r.In.Properties.PortRange; }],
  ['there is only the default network ACL', clientToA, r => { delete r.AclOfA; }],
  ['nothing is said of egress', aToB, r => { delete r.FromA; delete r.GroupA.Properties.SecurityGroupEgress; }],
  ['a rule is for every protocol', aToB, r => { r.IntoB.Properties.IpProtocol = '-1'; }],
])('it passes when %s', (_name, connection, change) => expect(ask(connection, change)).toEqual([]));

test('inside a subnet no network ACL is asked', () => {
  expect(ask({ from: { ip: '10.0.0.10' }, to: { ip: '10.0.0.11' }, port: 22 })).toEqual([]);
  expect(ask({ from: { ip: '10.0.0.10' }, to: { ip: '10.0.1.11' }, port: 22 })).toEqual(['network ACL out of SubnetA, first packet']);
});

test('the port that the client chose is the one that answers go to', () => {
  expect(ask({ ...clientToA, sourcePort: 80 })).toEqual(['network ACL out of SubnetA, reply']);
});

test('what is nowhere', () => {
  expect(() => ask({ from: CLIENT, to: S3, port: 443 })).toThrow('neither 203.0.113.7 nor 52.216.1.1 is in the VPC');
  expect(() => ask({ from: CLIENT, to: { ip: '10.0.0.1', securityGroup: 'None' }, port: 443 })).toThrow('there is no security group None');
});
