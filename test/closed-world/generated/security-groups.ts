// What can be done to security groups, and to what has one.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCondition, CfnParameter, Fn } from 'aws-cdk-lib/core';
import { apart, Kind, Target, within } from './kind';
import { append, FOREIGN, REGION } from '../touch';

const GROUP = 'AWS::EC2::SecurityGroup';

type Rule = Omit<ec2.CfnSecurityGroupIngressProps, 'groupId'>;
const TCP = { ipProtocol: 'tcp', description: 'further' };
const ALL = { ipProtocol: '-1', description: 'further' };

const admits = (name: string, why: string, ...rules: ((t: Target<ec2.CfnSecurityGroup>) => Rule)[]): Kind =>
  apart<ec2.CfnSecurityGroup>(GROUP, name, why,
    t => rules.forEach((rule, i) => new ec2.CfnSecurityGroupIngress(t.scope, `In${i}`, { groupId: t.resource.attrGroupId, ...rule(t) })));
const reaches = (name: string, why: string, ...rules: ((t: Target<ec2.CfnSecurityGroup>) => Omit<ec2.CfnSecurityGroupEgressProps, 'groupId'>)[]): Kind =>
  apart<ec2.CfnSecurityGroup>(GROUP, name, why,
    t => rules.forEach((rule, i) => new ec2.CfnSecurityGroupEgress(t.scope, `Out${i}`, { groupId: t.resource.attrGroupId, ...rule(t) })));

export const SECURITY_GROUPS: Kind[] = [
  admits('admits a port from anywhere', 'the internet connects', () => ({ ...TCP, fromPort: 22, toPort: 22, cidrIp: '0.0.0.0/0' })),
  admits('admits a port from anywhere, by IPv6', 'the internet connects', () => ({ ...TCP, fromPort: 22, toPort: 22, cidrIpv6: '::/0' })),
  admits('admits everything from both halves of the internet', 'two halves are the whole',
    () => ({ ...ALL, cidrIp: '0.0.0.0/1' }), () => ({ ...ALL, cidrIp: '128.0.0.0/1' })),
  admits('admits everything from the whole VPC', 'every interface of every tier connects on every port', ({ application }) => ({ ...ALL, cidrIp: application.network.vpcCidrBlock })),
  admits('admits everything from a group of another account', 'strangers connect', () => ({ ...ALL, sourceSecurityGroupId: 'sg-0a1b2c3d4e5f60718', sourceSecurityGroupOwnerId: FOREIGN })),
  admits('admits a range that only a parameter tells', 'what only the deployment knows may be everybody', ({ scope }) => ({
    ...TCP, fromPort: 22, toPort: 22, cidrIp: new CfnParameter(scope, 'Range', { default: '10.0.64.0/18' }).valueAsString,
  })),
  admits('admits anywhere, if a condition of the template holds', 'what only the deployment knows may be true', ({ scope }) => {
    new CfnCondition(scope, 'Open', { expression: Fn.conditionEquals(scope.region, REGION) });
    return { ...TCP, fromPort: 22, toPort: 22, cidrIp: Fn.conditionIf('Open', '0.0.0.0/0', '10.0.64.0/18').toString() };
  }),
  reaches('reaches anywhere', 'data leaves for anywhere', () => ({ ...ALL, cidrIp: '0.0.0.0/0' })),
  reaches('reaches anywhere, by IPv6', 'data leaves for anywhere', () => ({ ...ALL, cidrIpv6: '::/0' })),
  reaches('reaches both halves of the internet', 'two halves are the whole', () => ({ ...TCP, fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/1' }),
    () => ({ ...TCP, fromPort: 443, toPort: 443, cidrIp: '128.0.0.0/1' })),
  reaches('reaches a prefix list', 'whoever keeps the list decides where data goes', () => ({ ...TCP, fromPort: 443, toPort: 443, destinationPrefixListId: 'pl-0a1b2c3d4e5f60718' })),
  apart<ec2.CfnSecurityGroup>(GROUP, 'is used in another VPC', 'what is admitted here is admitted from there',
    t => new ec2.CfnSecurityGroupVpcAssociation(t.scope, 'Elsewhere', { groupId: t.resource.attrGroupId, vpcId: 'vpc-0a1b2c3d4e5f60718' })),
];

/** A group that lets everybody in and everything out. */
function open({ stack, application: { network: { vpcId } } }: Target): any {
  const rule = { ...ALL, cidrIp: '0.0.0.0/0' };
  return stack.resolve(new ec2.CfnSecurityGroup(stack, 'Open', { vpcId, groupDescription: 'open', securityGroupIngress: [rule], securityGroupEgress: [rule] }).attrGroupId);
}

/** The lists of groups on the interfaces of what has some. */
const INTERFACES: [type: string, list: string, only?: RegExp][] = [
  ['AWS::ECS::Service', 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'],
  ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'SecurityGroups'],
  ['AWS::RDS::DBCluster', 'VpcSecurityGroupIds'],
  ['AWS::EC2::VPCEndpoint', 'SecurityGroupIds', /\.|logs|kms|secrets|guardduty/],
];

export const SECOND_GROUPS: Kind[] = INTERFACES.flatMap(([type, list, only]) => [
  within(type, 'a second group that is open', 'the rules of all groups of an interface add up', t => append(t.resource, list, open(t)), only),
  within(type, 'a second group that nobody here knows', 'its rules are in nobody\'s template', t => append(t.resource, list, 'sg-0a1b2c3d4e5f60718'), only),
]);
