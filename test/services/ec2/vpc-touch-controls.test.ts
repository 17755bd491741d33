import * as controls from '../../../src/services/ec2/vpc-touch-controls';
import { FOREIGN, OWN, proveBreaks } from '../../support/predicate';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });
type Change = (r: any) => void;
type Touch = [Change, ...string[]];
const add = (Type: string, Properties: any): Touch => [r => { r.More = { Type, Properties: { VpcId: ref('Vpc'), ...Properties } }; }, 'More'];
const fine = (Type: string, Properties: any): Change => add(Type, Properties)[0];
const VPC = {
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: att('Vpc', 'VpcId') } },
  Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: { VpcId: ref('Vpc') } },
  Entries: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('Subnet'), NetworkAclId: ref('Acl') } },
  Gateway: { Type: 'AWS::EC2::InternetGateway', Properties: {} },
  Attached: { Type: 'AWS::EC2::VPCGatewayAttachment', Properties: { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') } },
};

proveBreaks(controls.VPC_ONE_GATEWAY, VPC, {
  'a gateway of another VPC is nothing': fine('AWS::EC2::EgressOnlyInternetGateway', { VpcId: 'vpc-1' }),
}, {
  'a second one is attached': add('AWS::EC2::VPCGatewayAttachment', { InternetGatewayId: 'igw-1' }),
  'there is one for IPv6': add('AWS::EC2::EgressOnlyInternetGateway', {}),
  'there is one of a carrier': add('AWS::EC2::CarrierGateway', {}),
});
proveBreaks(controls.VPC_ALONE, VPC, {
  'further groups, tables and lists are fine': r => { for (const type of ['SecurityGroup', 'RouteTable', 'NetworkAcl']) { r[type] = { Type: `AWS::EC2::${type}`, Properties: { VpcId: ref('Vpc') } }; } },
  'a load balancer and its targets are fine': fine('AWS::ElasticLoadBalancingV2::TargetGroup', {}),
  'who mentions it is fine': fine('AWS::CloudWatch::Dashboard', { DashboardBody: { 'Fn::Sub': '${Vpc}' } }),
  'the default group in a rule is fine': fine('AWS::EC2::SecurityGroupIngress', { VpcId: undefined, SourceSecurityGroupId: att('Vpc', 'DefaultSecurityGroup') }),
}, {
  'it has a peer': add('AWS::EC2::VPCPeeringConnection', { PeerVpcId: 'vpc-1' }),
  'it is a peer': add('AWS::EC2::VPCPeeringConnection', { VpcId: 'vpc-1', PeerVpcId: ref('Vpc') }),
  'a transit gateway': add('AWS::EC2::TransitGatewayAttachment', { TransitGatewayId: 'tgw-1' }),
  'a transit gateway, in another way': add('AWS::EC2::TransitGatewayVpcAttachment', { TransitGatewayId: 'tgw-1' }),
  'a VPN gateway': add('AWS::EC2::VPCGatewayAttachment', { VpnGatewayId: 'vgw-1' }),
  'a client VPN': add('AWS::EC2::ClientVpnEndpoint', {}),
  'a service network': add('AWS::VpcLattice::ServiceNetworkVpcAssociation', { VpcId: undefined, VpcIdentifier: ref('Vpc') }),
  'a wide area network': add('AWS::NetworkManager::VpcAttachment', { VpcId: undefined, VpcArn: { 'Fn::Join': ['', ['arn:', ref('Vpc')]] } }),
  'an exception from what blocks public access': add('AWS::EC2::VPCBlockPublicAccessExclusion', {}),
  'something that nobody here knows': add('AWS::EC2::SomethingNew', {}),
});
proveBreaks(controls.VPC_ONE_PLAN, VPC, {
  'a further subnet with a network ACL is fine': r => {
    r.More = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), MapPublicIpOnLaunch: false } };
    r.MoreEntries = { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('More'), NetworkAclId: ref('Acl') } };
  },
}, {
  'a second block': add('AWS::EC2::VPCCidrBlock', { CidrBlock: '10.1.0.0/16' }),
  'addresses of IPv6': add('AWS::EC2::VPCCidrBlock', { AmazonProvidedIpv6CidrBlock: true }),
  'a subnet with addresses of IPv6': add('AWS::EC2::SubnetCidrBlock', { VpcId: undefined, SubnetId: ref('Subnet') }),
  'a subnet without a network ACL': add('AWS::EC2::Subnet', {}),
  'a subnet with public addresses': [r => {
    r.More = { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc'), MapPublicIpOnLaunch: 'true' } };
    r.MoreEntries = { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('More'), NetworkAclId: ref('Acl') } };
  }, 'More'],
});

const policy = (resource: string = OWN) => ({ Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': OWN, 'aws:ResourceAccount': resource } } }] });
const ENDPOINT = 'AWS::EC2::VPCEndpoint';
proveBreaks(controls.VPC_ENDPOINTS, VPC, {
  'one with a policy for the account is fine': fine(ENDPOINT, { VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.sts', PolicyDocument: policy() }),
  'a gateway with one is fine': fine(ENDPOINT, { ServiceName: 'com.amazonaws.eu-west-1.s3express', PolicyDocument: policy() }),
  'one of another VPC is nothing': fine(ENDPOINT, { VpcId: 'vpc-1', VpcEndpointType: 'Interface' }),
}, {
  'an interface without a policy': add(ENDPOINT, { VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.s3' }),
  'a gateway without a policy': add(ENDPOINT, { ServiceName: 'com.amazonaws.eu-west-1.s3' }),
  'resources of another account': add(ENDPOINT, { VpcEndpointType: 'Interface', PolicyDocument: policy(FOREIGN) }),
  'an appliance': add(ENDPOINT, { VpcEndpointType: 'GatewayLoadBalancer', PolicyDocument: policy() }),
  'a service network': add(ENDPOINT, { VpcEndpointType: 'ServiceNetwork', PolicyDocument: policy() }),
});
proveBreaks(controls.VPC_NO_SHELLS, VPC, {
  'one of another service is fine': fine(ENDPOINT, { ServiceName: 'com.amazonaws.eu-west-1.ssm' }),
  'one for instances elsewhere is nothing': fine('AWS::EC2::InstanceConnectEndpoint', { VpcId: undefined, SubnetId: 'subnet-1' }),
}, {
  'Session Manager': add(ENDPOINT, { ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', ref('AWS::Region'), '.ssmmessages']] } }),
  'Run Command': add(ENDPOINT, { ServiceName: 'com.amazonaws.eu-west-1.ec2messages' }),
  'a service that only the deployment knows': add(ENDPOINT, { ServiceName: { 'Fn::Unknown': 'Service' } }),
  'an endpoint for instances': add('AWS::EC2::InstanceConnectEndpoint', { VpcId: undefined, SubnetId: att('Subnet', 'SubnetId') }),
});

const dhcp = (DomainNameServers: any): Touch => [r => {
  r.Options = { Type: 'AWS::EC2::DHCPOptions', Properties: { DomainNameServers } };
  r.More = { Type: 'AWS::EC2::VPCDHCPOptionsAssociation', Properties: { VpcId: ref('Vpc'), DhcpOptionsId: ref('Options') } };
}, 'More'];
const forwards = (DomainName: any): Touch => [r => {
  r.Rule = { Type: 'AWS::Route53Resolver::ResolverRule', Properties: { DomainName } };
  r.More = { Type: 'AWS::Route53Resolver::ResolverRuleAssociation', Properties: { VPCId: ref('Vpc'), ResolverRuleId: att('Rule', 'ResolverRuleId') } };
}, 'More'];
const zone = (Name: any) => add('AWS::Route53::HostedZone', { VpcId: undefined, Name, VPCs: [{ VPCId: ref('Vpc') }] });
proveBreaks(controls.VPC_OWN_NAMES, VPC, {
  'the name servers of AWS are fine': dhcp(['AmazonProvidedDNS'])[0],
  'the options of AWS are fine': fine('AWS::EC2::VPCDHCPOptionsAssociation', { DhcpOptionsId: 'default' }),
  'a domain of our own is forwarded': forwards('corp.example.com')[0],
  'a domain of our own is private': zone('internal.example.com')[0],
  'a domain that ends like one of AWS is private': zone('notamazonaws.com')[0],
}, {
  'name servers of somebody else': dhcp(['203.0.113.53']),
  'those besides the one of AWS': dhcp(['AmazonProvidedDNS', '203.0.113.53']),
  'options that nobody knows': add('AWS::EC2::VPCDHCPOptionsAssociation', { DhcpOptionsId: 'dopt-1' }),
  'every name is forwarded': forwards('.'),
  'names of AWS are forwarded': forwards('s3.eu-west-1.amazonaws.com.'),
  'names that only the deployment knows are forwarded': forwards({ 'Fn::Unknown': 'Domain' }),
  'nobody knows which names are forwarded': add('AWS::Route53Resolver::ResolverRuleAssociation', { VpcId: undefined, VPCId: ref('Vpc'), ResolverRuleId: 'rslvr-rr-1' }),
  'a profile': add('AWS::Route53Profiles::ProfileAssociation', { VpcId: undefined, ResourceId: ref('Vpc') }),
  'names of AWS are answered': zone('sts.eu-west-1.amazonaws.com'),
  'all names are answered': zone('com'),
});
const log = (properties: any): any => ['AWS::EC2::FlowLog', { VpcId: undefined, ResourceId: ref('Vpc'), ...properties }];
const WITH_BUCKET = { ...VPC, Bucket: { Type: 'AWS::S3::Bucket', Properties: {} } };
proveBreaks(controls.VPC_LOGS_STAY, WITH_BUCKET, {
  'a bucket of the app is fine': r => { r.More = { Type: 'AWS::EC2::FlowLog', Properties: log({ LogDestination: att('Bucket', 'Arn') })[1] }; },
  'a folder of it is fine': r => { r.More = { Type: 'AWS::EC2::FlowLog', Properties: log({ LogDestination: { 'Fn::Join': ['', [att('Bucket', 'Arn'), '/flows/']] } })[1] }; },
  'a log group is fine': r => { r.More = { Type: 'AWS::EC2::FlowLog', Properties: log({ LogGroupName: 'flows' })[1] }; },
  'a stream of the account is fine': r => { r.More = { Type: 'AWS::EC2::FlowLog', Properties: log({ LogDestination: `arn:aws:firehose:eu-west-1:${OWN}:deliverystream/flows` })[1] }; },
}, {
  'a bucket that nobody knows': [r => { r.More = { Type: 'AWS::EC2::FlowLog', Properties: log({ LogDestination: 'arn:aws:s3:::loot' })[1] }; }, 'More'],
  'a stream of another account': [r => { r.More = { Type: 'AWS::EC2::FlowLog', Properties: log({ LogDestination: `arn:aws:firehose:eu-west-1:${FOREIGN}:deliverystream/loot` })[1] }; }, 'More'],
  'a role that delivers to another account': [r => { r.More = { Type: 'AWS::EC2::FlowLog', Properties: log({ LogGroupName: 'flows', DeliverCrossAccountRole: 'arn:r' })[1] }; }, 'More'],
  'a subnet of it is logged elsewhere': [r => { r.More = { Type: 'AWS::EC2::FlowLog', Properties: log({ ResourceId: ref('Subnet'), LogDestination: 'arn:aws:s3:::loot' })[1] }; }, 'More'],
});
