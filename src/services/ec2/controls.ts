// What must hold of a VPC and its flow logs.
import { isInOneStack } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { hasActions, rightsOf } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, contains, isGiven, isOneOf, isTrue, list, mentions, numberOf, same, textOf } from '../../core/values';

const VPC = ['AWS::EC2::VPC'];
const FLOW_LOG = ['AWS::EC2::FlowLog'];

export const VPC_DNS: Control = {
  id: 'VPC-01',
  title: "names are resolved by the VPC's own resolver, those of endpoints included",
  prevents: 'endpoints that are bypassed in silence',
  kind: 'floor',
  types: VPC,
  property: 'EnableDnsHostnames',
  mend: 'keep DNS support and DNS hostnames on',
  holds: r => isTrue(r.properties.EnableDnsSupport) && isTrue(r.properties.EnableDnsHostnames),
};

/** What a record of who talked to whom needs. */
const FIELDS = ['pkt-srcaddr', 'pkt-dstaddr', 'tcp-flags', 'flow-direction', 'action'];

export const VPC_FLOW_LOG: Control = {
  id: 'VPC-06',
  title: 'accepted and rejected traffic of the whole VPC is logged by the minute, with the addresses behind gateways',
  prevents: 'no evidence of who talked to whom',
  kind: 'floor',
  types: FLOW_LOG,
  property: 'TrafficType',
  mend: 'keep the flow log of all traffic, its format and its interval of 60 seconds',
  cis: ['4.7'],
  fsbp: ['EC2.6'],
  nist: NIST.logging,
  pci: ['10.2.1'],
  holds: (r, t) => r.properties.ResourceType === 'VPC' && r.properties.TrafficType === 'ALL'
    && numberOf(r.properties.MaxAggregationInterval) === 60 && t.target('AWS::EC2::VPC', r.properties.ResourceId) !== undefined
    && FIELDS.every(field => contains(r.properties.LogFormat, `\${${field}}`)),
};

/** Whether a role, as far as the template tells, may write to a log group. */
function mayWrite(role: Json, t: RenderedTemplate): boolean {
  return rightsOf(role, t)?.some(s => hasActions(s, 'logs:CreateLogStream', 'logs:PutLogEvents')) ?? isGiven(role);
}

/** Whether a log group is of the template, encrypted, and expires. */
function isKept(name: Json, t: RenderedTemplate): boolean {
  return t.resourcesOf('AWS::Logs::LogGroup')
    .some(g => mentions(name, g.logicalId) && isGiven(g.properties.KmsKeyId) && isGiven(g.properties.RetentionInDays));
}

export const VPC_FLOW_LOG_ENCRYPTED: Control = {
  id: 'VPC-07',
  title: 'flow logs go to a log group that is encrypted with a customer managed key and expires',
  prevents: 'flow logs that everybody with logs:GetLogEvents can read',
  kind: 'floor',
  types: FLOW_LOG,
  property: 'LogGroupName',
  mend: 'keep the log group, and the role that may write to it',
  fsbp: ['CloudWatch.16'],
  nist: [...NIST.atRest, 'AU-9'],
  pci: ['10.5.1'],
  holds: (r, t) => mayWrite(r.properties.DeliverLogsPermissionArn, t) && r.properties.LogDestinationType !== 's3'
    && isKept(r.properties.LogGroupName, t),
};

/** Whether a value is the default security group of a VPC. */
function isDefaultGroup(value: Json, vpc: RenderedResource): boolean {
  return same(value, { 'Fn::GetAtt': [vpc.logicalId, 'DefaultSecurityGroup'] });
}

/** Whether an association empties the default security group of a VPC every day, or more often. */
function empties({ properties: p }: RenderedResource, vpc: RenderedResource): boolean {
  const groups = list(at(p.Parameters, 'GroupId'));
  return p.Name === 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules'
    && groups.length === 1 && isDefaultGroup(groups[0], vpc)
    && list(at(p.Parameters, 'AutomationAssumeRole')).length === 1 && isGiven(p.AssociationDispatchAssumeRole)
    && /^rate\((1 day|\d{1,2} hours?|\d+ minutes)\)$/.test(textOf(p.ScheduleExpression));
}

export const VPC_DEFAULT_GROUP: Control = {
  id: 'VPC-10',
  title: 'the default security group is emptied, and emptied again every day',
  prevents: 'network interfaces without a security group that talk to each other and to everywhere',
  kind: 'floor',
  types: VPC,
  property: 'AWS::SSM::Association',
  mend: 'keep the State Manager association, and add no rules to the default security group',
  cis: ['6.5'],
  fsbp: ['EC2.2'],
  nist: ['AC-4', 'AC-4(21)', 'SC-7'],
  holds: (r, t) => t.resourcesOf('AWS::SSM::Association').some(association => empties(association, r)),
  breaks: (r, t) => ['AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress']
    .flatMap(type => t.referring(type, 'GroupId', r.logicalId).filter(rule => isDefaultGroup(rule.properties.GroupId, r))),
};

/** NAT gateways in a VPC. One in a subnet that the template has not may be there if its stack is the same. */
function natIn(vpc: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.resourcesOf('AWS::EC2::NatGateway').filter(nat => {
    const place = t.target('AWS::EC2::Subnet', nat.properties.SubnetId) ?? nat;
    const { VpcId: id } = place.properties;
    return isGiven(id) && t.target('AWS::EC2::VPC', id) ? mentions(id, vpc.logicalId) : isInOneStack(nat, vpc);
  });
}

export const VPC_NO_NAT: Control = {
  id: 'VPC-17',
  title: 'there is no NAT gateway',
  prevents: 'ways out that only a firewall would control',
  kind: 'floor',
  types: VPC,
  property: 'AWS::EC2::NatGateway',
  mend: 'reach AWS services by endpoints',
  holds: ADDITIONS_ONLY,
  breaks: natIn,
};

export const VPC_ENCRYPTION: Control = {
  id: 'VPC-18',
  title: 'unencrypted traffic in the VPC is reported or refused',
  prevents: 'plaintext between hosts',
  kind: 'floor',
  types: VPC,
  property: 'AWS::EC2::VPCEncryptionControl',
  mend: 'keep the encryption control of the VPC',
  nist: ['SC-8'],
  pci: ['4.2.1'],
  holds: (r, t) => t.referring('AWS::EC2::VPCEncryptionControl', 'VpcId', r.logicalId).length > 0
    && t.referring('AWS::EC2::VPCEncryptionControl', 'VpcId', r.logicalId).every(e => isOneOf(e.properties.Mode, 'monitor', 'enforce')),
};
