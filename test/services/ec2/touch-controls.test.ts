import * as controls from '../../../src/services/ec2/touch-controls';
import { proveBreaks, provePredicate } from '../../support/predicate';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name = 'GroupId') => ({ 'Fn::GetAtt': [id, name] });
type Change = (r: any) => void;
type Touch = [Change, ...string[]];
/** A resource that is added. */
const add = (Type: string, Properties: any, breaker = 'More'): Touch => [r => { r.More = { Type, Properties }; }, breaker];
const fine = (Type: string, Properties: any): Change => r => { r.More = { Type, Properties }; };
const SUBNET = { Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc') } }, Vpc: { Type: 'AWS::EC2::VPC', Properties: {} } };
const inside = [ref('Subnet')];

proveBreaks(controls.VPC_NO_ADDRESSES_GIVEN, SUBNET, {
  'an instance with a private address is fine': fine('AWS::EC2::Instance', { SubnetId: ref('Subnet') }),
  'one that says so is fine': fine('AWS::EC2::Instance', { NetworkInterfaces: [{ SubnetId: ref('Subnet'), AssociatePublicIpAddress: false }] }),
  'a service without public addresses is fine': fine('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: inside, AssignPublicIp: 'DISABLED' } } }),
  'a public one elsewhere is nothing': fine('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-1'], AssignPublicIp: 'ENABLED' } } }),
}, {
  'an instance has one': add('AWS::EC2::Instance', { NetworkInterfaces: [{ SubnetId: att('Subnet', 'SubnetId'), AssociatePublicIpAddress: true }] }),
  'an instance has one, as a text says': add('AWS::EC2::Instance', { NetworkInterfaces: [{ SubnetId: ref('Subnet'), AssociatePublicIpAddress: 'true' }] }),
  'an instance may have one': add('AWS::EC2::Instance', { NetworkInterfaces: [{ SubnetId: ref('Subnet'), AssociatePublicIpAddress: { 'Fn::Unknown': 'P' } }] }),
  'tasks have some': add('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: inside, AssignPublicIp: 'ENABLED' } } }),
  'what a group launches has some': [r => {
    r.Launched = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { NetworkInterfaces: [{ AssociatePublicIpAddress: true }] } } };
    r.More = { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { VPCZoneIdentifier: inside, LaunchTemplate: { LaunchTemplateId: ref('Launched') } } };
  }, 'More'],
  'an instance is given one': [r => {
    r.Instance = { Type: 'AWS::EC2::Instance', Properties: { SubnetId: ref('Subnet') } };
    r.More = { Type: 'AWS::EC2::EIP', Properties: { InstanceId: ref('Instance') } };
  }, 'More'],
});
proveBreaks(controls.VPC_NOT_SHARED, SUBNET, {
  'a function in it is fine': fine('AWS::Lambda::Function', { VpcConfig: { SubnetIds: inside } }),
  'an interface, a reservation and a flow log are fine': r => {
    for (const type of ['NetworkInterface', 'SubnetCidrReservation']) { r[type] = { Type: `AWS::EC2::${type}`, Properties: { SubnetId: ref('Subnet') } }; }
    r.Log = { Type: 'AWS::EC2::FlowLog', Properties: { ResourceId: ref('Subnet') } };
  },
  'its block in a rule is fine': fine('AWS::EC2::SecurityGroupIngress', { CidrIp: att('Subnet', 'CidrBlock') }),
}, {
  'it is shared': add('AWS::RAM::ResourceShare', { Principals: ['444455556666'], ResourceArns: [{ 'Fn::Sub': 'arn:aws:ec2:eu-west-1:111122223333:subnet/${Subnet}' }] }),
  'it ends a client VPN': add('AWS::EC2::ClientVpnTargetNetworkAssociation', { SubnetId: ref('Subnet') }),
  'it ends a transit gateway': add('AWS::EC2::TransitGatewayAttachment', { SubnetIds: inside }),
  'it ends a wide area network': add('AWS::NetworkManager::VpcAttachment', { SubnetArns: [{ 'Fn::Join': ['', ['arn:', ref('Subnet')]] }] }),
  'it has a gateway of VPC Lattice': add('AWS::VpcLattice::ResourceGateway', { SubnetIds: inside }),
  'it is in something that nobody here knows': add('AWS::EC2::SomethingNew', { Places: inside }),
});
proveBreaks(controls.VPC_DATA_ONLY, SUBNET, {
  'databases are fine': fine('AWS::RDS::DBSubnetGroup', { SubnetIds: inside }),
  'caches are fine': fine('AWS::ElastiCache::SubnetGroup', { SubnetIds: inside }),
  'its route table is fine': fine('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref('Subnet') }),
}, {
  'a function': add('AWS::Lambda::Function', { VpcConfig: { SubnetIds: inside } }),
  'an instance': add('AWS::EC2::Instance', { SubnetId: ref('Subnet') }),
  'tasks': add('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: inside } } }),
});
const ALB = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
proveBreaks(controls.VPC_FIREWALL, SUBNET, {
  'an internal one is fine': fine(ALB, { Subnets: inside, Scheme: 'internal' }),
  'one behind a firewall is fine': r => {
    r.More = { Type: ALB, Properties: { Subnets: inside, Scheme: 'internet-facing' } };
    r.Firewall = { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: ref('More') } };
  },
}, {
  'one for the Internet': add(ALB, { Subnets: inside, Scheme: 'internet-facing' }),
  'one that says nothing, which is for the Internet': add(ALB, { SubnetMappings: [{ SubnetId: ref('Subnet') }] }),
  'one of the old kind': add('AWS::ElasticLoadBalancing::LoadBalancer', { Subnets: inside }),
});

const closed = (more: any = {}) => ({ Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: ref('Vpc'), SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }], ...more } });
const service = (groups: any[], subnets: any[]) => ({ Type: 'AWS::ECS::Service', Properties: { NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: groups, Subnets: subnets } } } });
const GROUP = { Group: closed(), Vpc: SUBNET.Vpc };
const under = [att('Group')];
const MEMBERS: [keyof typeof controls, string, any][] = [
  ['SG_OF_TASKS', 'AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: under } } }],
  ['SG_OF_ENDPOINTS', 'AWS::EC2::VPCEndpoint', { SecurityGroupIds: under }],
  ['SG_OF_LOAD_BALANCER', ALB, { SecurityGroups: under }],
  ['SG_OF_DATABASE', 'AWS::RDS::DBCluster', { VpcSecurityGroupIds: under }],
];
MEMBERS.forEach(([name, type, properties]) => {
  const others = MEMBERS.filter(([other]) => other !== name).map(([, t, p]) => [`of ${t}`, add(t, p)] as const);
  proveBreaks(controls[name] as any, GROUP, {
    'its own kind is fine': fine(type, properties),
    'a rule that lets it in is fine': fine('AWS::EC2::SecurityGroupIngress', { GroupId: 'sg-1', SourceSecurityGroupId: att('Group') }),
    'who mentions it is fine': fine('AWS::Lambda::Function', { Environment: { Variables: { GROUP: ref('Group') } } }),
  }, {
    ...Object.fromEntries(others),
    'an instance': add('AWS::EC2::Instance', { NetworkInterfaces: [{ GroupSet: under }] }),
    'a function': add('AWS::Lambda::Function', { VpcConfig: { SecurityGroupIds: under } }),
    'what is launched': add('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { NetworkInterfaces: [{ Groups: under }] } }),
    'another VPC': add('AWS::EC2::SecurityGroupVpcAssociation', { GroupId: att('Group'), VpcId: 'vpc-1' }),
    'another account': add('AWS::RAM::ResourceShare', { ResourceArns: [{ 'Fn::Sub': 'arn:aws:ec2:::security-group/${Group.GroupId}' }] }),
  });
});

const TASKS = { Service: service(under, [ref('A'), ref('B')]), Group: closed(), Vpc: SUBNET.Vpc, A: SUBNET.Subnet, B: SUBNET.Subnet };
provePredicate(controls.TASKS_UNDER_CLOSED_GROUPS, TASKS, {
  'a second one nobody knows': r => { r.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.push('sg-1'); },
  'a second one is open': r => {
    r.Open = closed({ SecurityGroupIngress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }] });
    r.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups.push(ref('Open'));
  },
  'another one is open, in place of its own': r => {
    r.Open = closed({ SecurityGroupEgress: [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }] });
    r.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups = [ref('Open')];
  },
  'it has none': r => { delete r.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups; },
});
provePredicate(controls.TASKS_INSIDE, TASKS, {
  'one subnet is public': r => { r.A = { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch: true } }; },
  'one is added that is': r => {
    r.P = { Type: 'AWS::EC2::Subnet', Properties: { MapPublicIpOnLaunch: true } };
    r.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets.push(ref('P'));
  },
  'nobody knows one': r => { r.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets[0] = 'subnet-1'; },
  'it has none': r => { r.Service.Properties.NetworkConfiguration.AwsvpcConfiguration.Subnets = []; },
});
