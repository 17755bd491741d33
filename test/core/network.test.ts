import * as network from '../../src/core/network';
import { RenderedTemplate } from '../../src/core/template';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
const tier = (name: string) => [{ Key: 'aws-cdk:subnet-name', Value: name }];
const subnet = (name: string, more = {}) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), Tags: tier(name), ...more } });
const associated = (id: string, table: string) => ({ Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: att(id, 'SubnetId'), RouteTableId: att(table, 'RouteTableId') } });

const RESOURCES = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: {} },
  Public: subnet('Public'),
  Inner: subnet('Inner', { MapPublicIpOnLaunch: false }),
  Inner2: subnet('Inner'),
  Data: subnet('Data'),
  Mapped: subnet('Inner', { MapPublicIpOnLaunch: true }),
  PublicTable: { Type: 'AWS::EC2::RouteTable', Properties: {} },
  InnerTable: { Type: 'AWS::EC2::RouteTable', Properties: {} },
  A1: associated('Public', 'PublicTable'),
  A2: associated('Inner', 'InnerTable'),
  Gateway: { Type: 'AWS::EC2::InternetGateway', Properties: {} },
  Vpn: { Type: 'AWS::EC2::VPNGateway', Properties: {} },
  Route: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('PublicTable'), GatewayId: ref('Gateway') } },
  Local: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('InnerTable'), GatewayId: 'local' } },
  ByVpn: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('InnerTable'), GatewayId: ref('Vpn') } },
  Carried: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('Elsewhere'), CarrierGatewayId: 'cagw-1' } },
  Unknown: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('Elsewhere'), GatewayId: { 'Fn::Unknown': 'Gateway' } } },
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc') } },
  Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: ref('Group'), SourceSecurityGroupId: att('Group', 'GroupId') } },
  Function: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SecurityGroupIds: [att('Group', 'GroupId')], SubnetIds: [ref('Inner'), ref('Inner2')] }, Environment: { Variables: { VPC: ref('Vpc') } } } },
  Instance: { Type: 'AWS::EC2::Instance', Properties: { NetworkInterfaces: [{ GroupSet: [{ 'Fn::Sub': '${Group.GroupId}' }], SubnetId: ref('Public') }] } },
  Fleet: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { VPCZoneIdentifier: [ref('Inner')] } },
  Dashboard: { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: { 'Fn::Join': ['', ['the group ', ref('Group'), ' in ', ref('Inner')]] } } },
};
const t = new RenderedTemplate({ Resources: RESOURCES });
const get = (id: string) => t.resource(id)!;
const ids = (resources: readonly { readonly logicalId: string }[]) => resources.map(r => r.logicalId);

test('who is under a security group: by the names of properties, and not who mentions it', () => {
  expect(ids(network.usersOf(get('Group'), t))).toEqual(['Function', 'Instance']);
  expect(ids(network.naming(get('Group'), t))).toEqual(['Rule', 'Function', 'Instance', 'Dashboard']);
});

test('what is in a subnet, and in which subnets something is', () => {
  expect(ids(network.placedIn(get('Inner'), t))).toEqual(['A2', 'Function', 'Fleet']);
  expect(ids(network.subnetsWith(get('Function'), t))).toEqual(['Inner', 'Inner2']);
  expect(ids(network.subnetsWith(get('Instance'), t))).toEqual(['Public']);
  expect(network.vpcOf(get('Inner'), t)).toBe(get('Vpc'));
});

test.each([['Route', true], ['Carried', true], ['Unknown', true], ['Local', false], ['ByVpn', false]])('the route %s leads to the Internet: %s', (id, expected) => {
  expect(network.leadsToInternet(get(id), t)).toBe(expected);
});

test.each([['Public', true], ['Mapped', true], ['Inner', false], ['Inner2', false]])('%s is public: %s', (id, expected) => expect(network.isPublic(get(id), t)).toBe(expected));

test('tiers are told apart by the name that the CDK gives them', () => {
  expect(network.areOfOneTier([get('Inner'), get('Inner2')])).toBe(true);
  expect(network.areOfOneTier([get('Inner'), get('Data')])).toBe(false);
  expect(network.areOfOneTier([])).toBe(true);
});

test.each<[string, any, any, boolean]>([
  ['subnets of one tier', [att('Inner', 'SubnetId'), ref('Inner2')], [], true],
  ['of two', [ref('Inner'), ref('Data')], [], false],
  ['one is public', [ref('Inner'), ref('Public')], [], false],
  ['nobody knows one of them', [ref('Inner'), 'subnet-1'], [], false],
  ['of an imported VPC', ['subnet-1', 'subnet-2'], ['sg-1'], true],
  ['of a VPC that is in the template, and nobody knows them', ['subnet-1'], [ref('Group')], false],
  ['none', [], [], false],
])('inner subnets: %s', (_name, subnets, groups, expected) => expect(network.areInner(subnets, groups, t)).toBe(expected));
