import * as controls from '../../../src/services/ec2/controls';
import { provePredicate } from '../../support/predicate';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const VPC = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { EnableDnsSupport: true, EnableDnsHostnames: true } } };

provePredicate(controls.VPC_DNS, VPC, {
  'names are not resolved': r => { r.Vpc.Properties.EnableDnsSupport = false; },
  'hosts have no names': r => { delete r.Vpc.Properties.EnableDnsHostnames; },
});

const SUBNET = {
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'a', MapPublicIpOnLaunch: false, AssignIpv6AddressOnCreation: false } },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: {} },
  Association: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: att('Subnet', 'SubnetId'), RouteTableId: ref('Table') } },
  Peering: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('Table'), DestinationCidrBlock: '10.9.0.0/16', VpcPeeringConnectionId: 'pcx-1' } },
  Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
  AclAssociation: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('Subnet'), NetworkAclId: att('Acl', 'Id') } },
};

provePredicate(controls.VPC_NO_PUBLIC_ADDRESSES, SUBNET, {
  'addresses are public': r => { r.Subnet.Properties.MapPublicIpOnLaunch = true; },
  'nothing is said': r => { delete r.Subnet.Properties.MapPublicIpOnLaunch; },
  'IPv6 addresses are': r => { r.Subnet.Properties.AssignIpv6AddressOnCreation = true; },
});
provePredicate(controls.VPC_NO_DEFAULT_ROUTE, SUBNET, {
  'it has the main route table': r => { delete r.Association; },
  'its route table is elsewhere': r => { delete r.Table; },
  'there is a default route': r => { r.Peering.Properties.DestinationCidrBlock = '0.0.0.0/0'; },
  'there is a default route of IPv6': r => { r.Peering.Properties = { RouteTableId: ref('Table'), DestinationIpv6CidrBlock: '::/0' }; },
  'there is half a default route': r => { Object.assign(r.Peering.Properties, { DestinationCidrBlock: '128.0.0.0/1', GatewayId: ref('Gateway') }); },
  'there is a route to a NAT gateway': r => { r.Peering.Properties.NatGatewayId = ref('Nat'); },
  'there is a route to an egress-only gateway': r => { r.Peering.Properties.EgressOnlyInternetGatewayId = ref('Gateway'); },
});
provePredicate(controls.VPC_SUBNET_ACL, SUBNET, {
  'it has the default network ACL': r => { delete r.AclAssociation; },
  'the association is for another': r => { r.AclAssociation.Properties.SubnetId = ref('Other'); },
});

const entry = (properties: any) => ({ Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: ref('Acl'), ...properties } });
const ACL = {
  Acl: SUBNET.Acl,
  Subnet: SUBNET.Subnet,
  Subnet2: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'b' } },
  Association: SUBNET.AclAssociation,
  Association2: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('Subnet2'), NetworkAclId: ref('Acl') } },
  In: entry({ RuleNumber: 100, Egress: false, RuleAction: 'allow', Protocol: 6, CidrBlock: '0.0.0.0/0', PortRange: { From: 443, To: 443 } }),
  Deny: entry({ RuleNumber: 10, Egress: false, RuleAction: 'deny', Protocol: -1, CidrBlock: '0.0.0.0/0' }),
  Out: entry({ RuleNumber: 100, Egress: true, RuleAction: 'allow', Protocol: 6, CidrBlock: '0.0.0.0/0', PortRange: { From: 1024, To: 65535 } }),
};

provePredicate(controls.VPC_ZONES, ACL, {
  'both subnets are in one zone': r => { r.Subnet2.Properties.AvailabilityZone = 'a'; },
  'a subnet is gone': r => { delete r.Subnet2; },
  'a subnet is not associated': r => { delete r.Association2; },
  'zones are not said': r => { delete r.Subnet.Properties.AvailabilityZone; },
});
provePredicate(controls.VPC_ACL_RULES, ACL, {
  'it is empty': r => { delete r.In; delete r.Deny; delete r.Out; },
  'nothing is said of one direction': r => { delete r.Out; },
  'it lets in remote administration': r => { r.In.Properties.PortRange = { From: 1024, To: 65535 }; },
  'it lets in SSH by IPv6': r => { Object.assign(r.In.Properties, { CidrBlock: undefined, Ipv6CidrBlock: '::/0', PortRange: { From: 22, To: 22 } }); },
  'it lets everything in': r => { Object.assign(r.In.Properties, { Protocol: -1, CidrBlock: '10.0.0.0/8' }); },
  'it lets everything out': r => { r.Out.Properties.Protocol = -1; },
  'it has more rules than fit': r => { for (let i = 0; i < 18; i++) { r[`More${i}`] = structuredClone(r.In); } },
});

provePredicate(controls.VPC_ACL_TABLE, ACL, {
  'it is empty': r => { delete r.In; delete r.Deny; delete r.Out; },
  'it lets in a range of services': r => { r.In.Properties.PortRange = { From: 443, To: 8443 }; },
  'it lets in every port': r => { r.In.Properties.PortRange = { From: 0, To: 65535 }; },
  'it lets out every protocol': r => { r.Out.Properties.Protocol = -1; },
  'it lets in another protocol': r => { r.In.Properties.Protocol = 17; },
});

const FORMAT = '${version} ${pkt-srcaddr} ${pkt-dstaddr} ${tcp-flags} ${flow-direction} ${action}';
const FLOW_LOG = {
  FlowLog: {
    Type: 'AWS::EC2::FlowLog',
    Properties: { ResourceType: 'VPC', ResourceId: ref('Vpc'), TrafficType: 'ALL', MaxAggregationInterval: 60, LogFormat: FORMAT, LogGroupName: ref('Group'), DeliverLogsPermissionArn: att('Role', 'Arn') },
  },
  ...VPC,
  Group: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: ref('Key'), RetentionInDays: 365 } },
};

provePredicate(controls.VPC_FLOW_LOG, FLOW_LOG, {
  'only rejected traffic is logged': r => { r.FlowLog.Properties.TrafficType = 'REJECT'; },
  'it is of one subnet': r => { r.FlowLog.Properties.ResourceType = 'Subnet'; },
  'it is of another VPC': r => { r.FlowLog.Properties.ResourceId = 'vpc-1'; },
  'it waits for ten minutes': r => { delete r.FlowLog.Properties.MaxAggregationInterval; },
  'it has the default format': r => { delete r.FlowLog.Properties.LogFormat; },
  'it lacks the addresses behind gateways': r => { r.FlowLog.Properties.LogFormat = FORMAT.replace('${pkt-srcaddr} ', ''); },
});
provePredicate(controls.VPC_FLOW_LOG_ENCRYPTED, FLOW_LOG, {
  'the log group is not encrypted': r => { delete r.Group.Properties.KmsKeyId; },
  'the log group never expires': r => { delete r.Group.Properties.RetentionInDays; },
  'there is no role': r => { delete r.FlowLog.Properties.DeliverLogsPermissionArn; },
  'it goes to S3': r => { r.FlowLog.Properties.LogDestinationType = 's3'; },
  'it goes to another log group': r => { r.FlowLog.Properties.LogGroupName = 'other'; },
});

provePredicate(controls.VPC_FLOW_LOG_ENCRYPTED, {
  ...FLOW_LOG,
  Role: { Type: 'AWS::IAM::Role' },
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { Roles: [ref('Role')], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: 'arn:a' }] } },
  },
}, {
  'the role may not write': r => { r.Policy.Properties.PolicyDocument.Statement[0].Action = ['logs:CreateLogStream']; },
  'the role has no policy': r => { delete r.Policy; },
});

const statement = (properties: any) => ({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:*', Resource: '*', ...properties });
const OURS = { 'aws:PrincipalAccount': ref('AWS::AccountId'), 'aws:ResourceAccount': ref('AWS::AccountId') };
const GATEWAY = {
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcEndpointType: 'Gateway',
      RouteTableIds: [ref('Table')],
      PolicyDocument: {
        Statement: [
          statement({ Condition: { StringEquals: OURS } }),
          statement({ Action: 's3:GetObject', Resource: { 'Fn::Join': ['', ['arn:', ref('AWS::Partition'), ':s3:::prod-', ref('AWS::Region'), '-layers/*']] } }),
        ],
      },
    },
  },
};

provePredicate(controls.VPC_GATEWAY_ENDPOINT, GATEWAY, {
  'it has the default policy': r => { delete r.Endpoint.Properties.PolicyDocument; },
  'it is on no route table': r => { r.Endpoint.Properties.RouteTableIds = []; },
  'it is of another kind': r => { r.Endpoint.Properties.VpcEndpointType = 'Interface'; },
  'the caller may be anybody': r => { delete r.Endpoint.Properties.PolicyDocument.Statement[0].Condition.StringEquals['aws:PrincipalAccount']; },
  'the bucket may be anybody\'s': r => { r.Endpoint.Properties.PolicyDocument.Statement[0].Condition.StringEquals = { 'aws:PrincipalAccount': '123456789012' }; },
  'the condition is a pattern': r => { r.Endpoint.Properties.PolicyDocument.Statement[0].Condition.StringEquals['aws:ResourceAccount'] = '*'; },
  'the condition is optional': r => { r.Endpoint.Properties.PolicyDocument.Statement[0].Condition = { StringEqualsIfExists: OURS }; },
  'every bucket is readable': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource = '*'; },
  'every bucket is readable, by a pattern': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource = 'arn:aws:s3:::*'; },
  'buckets are readable by a beginning': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource = ['arn:aws:s3:::prod-*/*']; },
  'the named bucket is writable': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Action = ['s3:GetObject', 's3:PutObject']; },
});

describe('a bucket that is known at deployment', () => {
  const right = structuredClone(GATEWAY);
  right.Endpoint.Properties.PolicyDocument.Statement[1].Resource = ['arn:aws:s3:::packages/*', { 'Fn::Join': ['', ['arn:aws:s3:::', ref('Bucket'), '/*']] }];
  provePredicate(controls.VPC_GATEWAY_ENDPOINT, right, {
    'a pattern follows': r => { r.Endpoint.Properties.PolicyDocument.Statement[1].Resource[1]['Fn::Join'][1][2] = '*/*'; },
  });
});

const INTERFACE = {
  Endpoint: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      SubnetIds: ['a', 'b'],
      SecurityGroupIds: [att('Group', 'GroupId')],
      PolicyDocument: {
        Statement: statement({
          Condition: { StringEquals: { 'aws:PrincipalAccount': ref('AWS::AccountId') }, StringEqualsIfExists: { 'aws:ResourceAccount': [ref('AWS::AccountId')] } },
        }),
      },
    },
  },
};

provePredicate(controls.VPC_PRIVATE_DNS, INTERFACE, {
  'its name leads outside': r => { r.Endpoint.Properties.PrivateDnsEnabled = false; },
  'nothing is said of its name': r => { delete r.Endpoint.Properties.PrivateDnsEnabled; },
  'it is in one zone': r => { r.Endpoint.Properties.SubnetIds = ['a']; },
  'it is of another kind': r => { delete r.Endpoint.Properties.VpcEndpointType; },
});
provePredicate(controls.VPC_ENDPOINT_GROUP, INTERFACE, {
  'it has the default security group': r => { delete r.Endpoint.Properties.SecurityGroupIds; },
  'it has the default security group by name': r => { r.Endpoint.Properties.SecurityGroupIds = [att('Vpc', 'DefaultSecurityGroup')]; },
});
provePredicate(controls.VPC_ENDPOINT_POLICY, INTERFACE, {
  'it has the default policy': r => { delete r.Endpoint.Properties.PolicyDocument; },
  'the caller may be anybody': r => { delete r.Endpoint.Properties.PolicyDocument.Statement.Condition.StringEquals; },
  'an anonymous caller passes': r => {
    const { Condition } = r.Endpoint.Properties.PolicyDocument.Statement;
    Condition.StringEqualsIfExists = { ...Condition.StringEqualsIfExists, ...Condition.StringEquals };
    delete Condition.StringEquals;
  },
  'the resource may be anybody\'s': r => { delete r.Endpoint.Properties.PolicyDocument.Statement.Condition.StringEqualsIfExists; },
});

const DEFAULT_GROUP = {
  ...VPC,
  Association: {
    Type: 'AWS::SSM::Association',
    Properties: {
      Name: 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules',
      Parameters: { GroupId: [att('Vpc', 'DefaultSecurityGroup')], AutomationAssumeRole: ['arn'] },
      AssociationDispatchAssumeRole: 'arn',
      ScheduleExpression: 'rate(1 day)',
    },
  },
  Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: att('Other', 'GroupId') } },
};

provePredicate(controls.VPC_DEFAULT_GROUP, DEFAULT_GROUP, {
  'there is no association': r => { delete r.Association; },
  'it is for another group': r => { r.Association.Properties.Parameters.GroupId = ['sg-1']; },
  'it has no parameters': r => { delete r.Association.Properties.Parameters; },
  'it runs every three months': r => { r.Association.Properties.ScheduleExpression = 'rate(90 days)'; },
  'it runs once': r => { delete r.Association.Properties.ScheduleExpression; },
  'it has no role to start with': r => { delete r.Association.Properties.AssociationDispatchAssumeRole; },
  'it has no role to run with': r => { delete r.Association.Properties.Parameters.AutomationAssumeRole; },
  'it runs another document': r => { r.Association.Properties.Name = 'AWS-RunShellScript'; },
  'a rule is added to the default group': r => { r.Rule.Properties.GroupId = att('Vpc', 'DefaultSecurityGroup'); },
});
provePredicate(controls.VPC_NO_NAT, VPC, {
  'there is a NAT gateway': r => { r.Nat = { Type: 'AWS::EC2::NatGateway', Properties: {} }; },
});
provePredicate(controls.VPC_ENCRYPTION, { ...VPC, Control: { Type: 'AWS::EC2::VPCEncryptionControl', Properties: { VpcId: ref('Vpc'), Mode: 'monitor' } } }, {
  'there is none': r => { delete r.Control; },
  'it is for another VPC': r => { r.Control.Properties.VpcId = 'vpc-1'; },
  'it says nothing': r => { delete r.Control.Properties.Mode; },
});
