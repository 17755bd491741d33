import { CLUSTER } from './fixtures';
import * as controls from '../../../src/services/rds/network-controls';
import { proveBreaks, provePredicate } from '../../support/predicate';

provePredicate(controls.DB_SUBNETS, CLUSTER, {
  'no subnet group is named': r => { delete r.Db.Properties.DBSubnetGroupName; },
  'the group is the default one': r => { r.Db.Properties.DBSubnetGroupName = 'default'; },
  'there is one subnet': r => { r.Subnets.Properties.SubnetIds.pop(); },
});
provePredicate(controls.DB_NO_DATA_API, CLUSTER, {
  'it is on': r => { r.Db.Properties.EnableHttpEndpoint = true; },
  'it is not said': r => { delete r.Db.Properties.EnableHttpEndpoint; },
});

const INGRESS = { IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440, SourceSecurityGroupId: { 'Fn::GetAtt': ['App', 'GroupId'] } };
const GROUP = {
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }], SecurityGroupIngress: [INGRESS] },
  },
  Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { ...INGRESS, GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] } } },
  App: { Type: 'AWS::EC2::SecurityGroup', Properties: {} },
  ...CLUSTER,
};
provePredicate(controls.DB_INGRESS, GROUP, {
  'addresses are let in': r => { r.Group.Properties.SecurityGroupIngress = [{ IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440, CidrIp: '10.0.0.0/8' }]; },
  'addresses are let in by a rule apart': r => { delete r.Ingress.Properties.SourceSecurityGroupId; r.Ingress.Properties.CidrIpv6 = '::/0'; },
  'another port is open': r => { r.Group.Properties.SecurityGroupIngress[0].FromPort = r.Group.Properties.SecurityGroupIngress[0].ToPort = 22; },
  'a port that the deployment knows is open, but not the one of the cluster': r => {
    r.Db.Properties.Port = { Ref: 'DatabasePort' };
    r.Group.Properties.SecurityGroupIngress[0].FromPort = r.Group.Properties.SecurityGroupIngress[0].ToPort = { Ref: 'OtherPort' };
    delete r.Ingress;
  },
  'a range of ports is open': r => { r.Ingress.Properties.ToPort = 6000; },
  'every protocol is let in': r => { r.Ingress.Properties.IpProtocol = '-1'; },
  'no cluster is behind the group': r => { r.Db.Properties.VpcSecurityGroupIds = []; },
});
provePredicate(controls.DB_NO_EGRESS, GROUP, {
  'no rule is said, which allows everything': r => { delete r.Group.Properties.SecurityGroupEgress; },
  'everything is allowed': r => { r.Group.Properties.SecurityGroupEgress = [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]; },
  'one thing more is allowed': r => { r.Group.Properties.SecurityGroupEgress.push({ CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }); },
  'a rule apart allows something': r => { r.Out = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIp: '10.0.0.0/8' } }; },
});

const ref = (id: string) => ({ Ref: id });
const att = (id: string) => ({ 'Fn::GetAtt': [id, 'GroupId'] });
type Change = (r: any) => void;
const subnet = (tier: string, more = {}) => ({ Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), Tags: [{ Key: 'aws-cdk:subnet-name', Value: tier }], ...more } });
const group = (more = {}) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc'), ...more } });
const NOWHERE = [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }];
const NETWORK = {
  Group: group({ SecurityGroupEgress: NOWHERE }),
  ...CLUSTER,
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Client: group(),
  A: subnet('Data'),
  B: subnet('Data'),
  Application: subnet('Application'),
  Public: subnet('Public', { MapPublicIpOnLaunch: true }),
};
const admits = (properties: any, around: any = {}): [Change, ...string[]] => [r => {
  Object.assign(r, around);
  r.In = { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: att('Group'), IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440, ...properties } };
}, 'In'];
const client = { SourceSecurityGroupId: att('Client') };
const inSubnets = (Type: string, SubnetIds: any) => ({ Used: { Type, Properties: { SecurityGroups: [att('Client')], Subnets: SubnetIds } } });
const open = (rule: any) => ({ Client: group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, ...rule }] }) });

proveBreaks(controls.DB_INGRESS, NETWORK, {
  'a worker that does not exist yet is fine': admits(client)[0],
  'a worker in the application tier is fine': admits(client, inSubnets('AWS::ECS::Service', [ref('Application')]))[0],
  'one that a load balancer reaches is fine': admits(client, open({ SourceSecurityGroupId: 'sg-1' }))[0],
  'the group itself is fine': admits({ SourceSecurityGroupId: att('Group') })[0],
}, {
  'the group of a load balancer': admits(client, inSubnets('AWS::ElasticLoadBalancingV2::LoadBalancer', [ref('Application')])),
  'the group of something in a public subnet': admits(client, inSubnets('AWS::ECS::Service', [ref('Public')])),
  'the group of what admits everybody': admits(client, open({ CidrIp: '0.0.0.0/0' })),
  'the group of what admits halves of everybody': admits(client, { Client: group({ SecurityGroupIngress: [{ CidrIp: '0.0.0.0/1' }, { CidrIp: '128.0.0.0/1' }] }) }),
  'the group of what may admit everybody': admits(client, open({ CidrIp: { 'Fn::Unknown': 'C' } })),
  'a group that nobody knows': admits({ SourceSecurityGroupId: 'sg-1' }),
  'a group that only the deployment knows': admits({ SourceSecurityGroupId: { 'Fn::Unknown': 'G' } }),
  'a group of another VPC': admits(client, { Client: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: 'vpc-1' } } }),
  'a prefix list': admits({ SourcePrefixListId: 'pl-1' }),
  'a prefix list of private blocks': admits({ SourcePrefixListId: ref('List') }, { List: { Type: 'AWS::EC2::PrefixList', Properties: { Entries: [{ Cidr: '10.0.0.0/8' }] } } }),
  'addresses of the VPC': admits({ CidrIp: '10.0.64.0/18' }),
  'everybody': admits({ CidrIp: '0.0.0.0/0' }),
  'another port': admits({ ...client, FromPort: 22, ToPort: 22 }),
  'two peers in one rule': admits({ ...client, SourcePrefixListId: 'pl-1' }),
});
proveBreaks(controls.DB_NO_EGRESS, NETWORK, {
  'a rule of another group is nothing': r => { r.Out = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: att('Client'), CidrIp: '10.0.0.0/8' } }; },
}, {
  'a rule lets something out': [r => { r.Out = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: att('Group'), DestinationPrefixListId: 'pl-1' } }; }, 'Out'],
});
const { Db, ...AROUND } = NETWORK;
const placed = (SubnetIds: any) => ({ Db, ...AROUND, Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds } } });
const moved = (SubnetIds: any): [Change, ...string[]] => [r => { r.Subnets.Properties.SubnetIds = SubnetIds; }, 'Subnets'];
proveBreaks(controls.DB_SUBNETS, placed([ref('A'), ref('B')]), {
  'another order is fine': moved([ref('B'), ref('A')])[0],
  'subnets of an imported VPC are what was said of them': r => { r.Group.Properties.VpcId = 'vpc-1'; r.Subnets.Properties.SubnetIds = ['subnet-1', 'subnet-2']; },
}, {
  'a public one is added': moved([ref('A'), ref('B'), ref('Public')]),
  'all are public': moved([ref('Public'), ref('Public')]),
  'one of another tier is added': moved([ref('A'), ref('B'), ref('Application')]),
  'one that nobody knows is added': moved([ref('A'), ref('B'), 'subnet-1']),
  'nobody knows any, in a VPC that is known': moved(['subnet-1', 'subnet-2']),
});
provePredicate(controls.DB_GROUPS, { Db, ...AROUND }, {
  'it has none': r => { delete r.Db.Properties.VpcSecurityGroupIds; },
  'a second one nobody knows': r => { r.Db.Properties.VpcSecurityGroupIds.push('sg-1'); },
  'a second one is open': r => {
    r.Open = group({ SecurityGroupEgress: NOWHERE, SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }] });
    r.Db.Properties.VpcSecurityGroupIds.push(ref('Open'));
  },
});
