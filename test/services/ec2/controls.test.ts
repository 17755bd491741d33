import * as controls from '../../../src/services/ec2/controls';
import { proveBreaks, provePredicate } from '../../support/predicate';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

const VPC = { Vpc: { Type: 'AWS::EC2::VPC', Properties: { EnableDnsSupport: true, EnableDnsHostnames: true } } };

provePredicate(controls.VPC_DNS, VPC, {
  'names are not resolved': r => { r.Vpc.Properties.EnableDnsSupport = false; },
  'hosts have no names': r => { delete r.Vpc.Properties.EnableDnsHostnames; },
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
const nat = (properties: any) => ({ Type: 'AWS::EC2::NatGateway', Properties: properties });
proveBreaks(controls.VPC_NO_NAT, { ...VPC, Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc') } }, Elsewhere: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: ref('Vpc2') } }, Vpc2: VPC.Vpc }, {
  'one of another VPC is nothing': r => { r.Nat = nat({ SubnetId: ref('Elsewhere') }); },
}, {
  'there is one': [r => { r.Nat = nat({ SubnetId: att('Subnet', 'SubnetId') }); }, 'Nat'],
  'there is one for the region': [r => { r.Nat = nat({ VpcId: ref('Vpc'), AvailabilityMode: 'regional' }); }, 'Nat'],
  'there may be one': [r => { r.Nat = nat({ SubnetId: { 'Fn::Unknown': 'S' } }); }, 'Nat'],
});
proveBreaks(controls.VPC_DEFAULT_GROUP, DEFAULT_GROUP, {
  'the default group is let in elsewhere': r => { r.Rule.Properties.SourceSecurityGroupId = att('Vpc', 'DefaultSecurityGroup'); },
}, {
  'it admits somebody': [r => { r.Rule.Properties.GroupId = att('Vpc', 'DefaultSecurityGroup'); }, 'Rule'],
});
provePredicate(controls.VPC_ENCRYPTION, { ...VPC, Control: { Type: 'AWS::EC2::VPCEncryptionControl', Properties: { VpcId: ref('Vpc'), Mode: 'monitor' } } }, {
  'there is none': r => { delete r.Control; },
  'it is for another VPC': r => { r.Control.Properties.VpcId = 'vpc-1'; },
  'it says nothing': r => { delete r.Control.Properties.Mode; },
  'another says nothing': r => { r.Second = { ...r.Control, Properties: { VpcId: ref('Vpc') } }; },
});
