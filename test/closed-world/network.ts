// What is added to the network.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Cases, casesOf, Change } from './harness';
import { added, append, find, l1, override, REGION, to } from './touch';
import type { ThreeTierApplication } from '../../src/patterns/three-tier-application';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';

/** A rule of a security group that lets something in, as a resource of its own. */
function admitting(group: (a: ThreeTierApplication) => ec2.ISecurityGroup, rule: (a: ThreeTierApplication) => Omit<ec2.CfnSecurityGroupIngressProps, 'groupId'>) {
  return added((scope, { application: a }) =>
    new ec2.CfnSecurityGroupIngress(scope, 'Further', { groupId: group(a).securityGroupId, description: 'further', ...rule(a) }));
}

/** A rule in the list of the group itself. */
const listed = (path: string, rule: Record<string, any>): Change =>
  override(path, group => append(group, 'SecurityGroupIngress', { Description: 'further', IpProtocol: 'tcp', ...rule }));

const routeTable = (stack: ThreeTierSecureStack, tier: string) => l1<ec2.CfnRouteTable>(stack, `Network/${tier}/RouteTable`);
const networkAcl = (stack: ThreeTierSecureStack, tier: string) => l1<ec2.CfnNetworkAcl>(stack, `Network/${tier}/NetworkAcl`);

/** A route of a tier: as a resource in the stack, or in a second one. */
const routed = (tier: string, ...routes: ((stack: ThreeTierSecureStack) => Omit<ec2.CfnRouteProps, 'routeTableId'>)[]) =>
  added((scope, stack) => routes.forEach((route, i) =>
    new ec2.CfnRoute(scope, `Further${i}`, { routeTableId: routeTable(stack, tier).attrRouteTableId, ...route(stack) })));

const gatewayId = (stack: ThreeTierSecureStack) => l1<ec2.CfnInternetGateway>(stack, 'Network/Internet/Gateway').attrInternetGatewayId;

function openGroup(
  scope: Construct, a: ThreeTierApplication, ports: { readonly fromPort?: number; readonly toPort?: number } = {},
): ec2.CfnSecurityGroup {
  const ipProtocol = ports.fromPort === undefined ? '-1' : 'tcp';
  const rule = { ipProtocol, ...ports, cidrIp: '0.0.0.0/0', description: 'everybody' };
  return new ec2.CfnSecurityGroup(scope, 'Open', {
    vpcId: a.network.vpcId, groupDescription: 'open', securityGroupIngress: [rule], securityGroupEgress: [rule],
  });
}

/** A second group on an interface: one that is open, and one that nobody here knows. */
function secondGroup(path: string, list: string): Record<string, Change> {
  return {
    'by an override': override(path, (resource, stack) => append(resource, list, stack.resolve(openGroup(stack, stack.application).attrGroupId))),
    'by an override, of an existing group': override(path, resource => append(resource, list, 'sg-0a1b2c3d4e5f60718')),
  };
}

function internetForApplication(scope: Stack, stack: ThreeTierSecureStack): void {
  const { vpcId } = stack.application.network;
  new ec2.CfnVPCCidrBlock(scope, 'Ipv6', { vpcId, amazonProvidedIpv6CidrBlock: true });
  const egressOnly = new ec2.CfnEgressOnlyInternetGateway(scope, 'EgressOnly', { vpcId });
  new ec2.CfnRoute(scope, 'Ipv6Route', {
    routeTableId: routeTable(stack, 'Application').attrRouteTableId, destinationIpv6CidrBlock: '::/0', egressOnlyInternetGatewayId: egressOnly.attrId,
  });
}

const everythingIn = added((scope, stack) => new ec2.CfnNetworkAclEntry(scope, 'Everything',
  { networkAclId: networkAcl(stack, 'Data').attrId, ruleNumber: 1, protocol: -1, ruleAction: 'allow', egress: false, cidrBlock: '0.0.0.0/0' }));

const SSH = { ipProtocol: 'tcp', fromPort: 22, toPort: 22 };
const POSTGRES = { ipProtocol: 'tcp', fromPort: 5440, toPort: 5440 };
const loadBalancerGroup = (a: ThreeTierApplication) => a.loadBalancer.securityGroup;
const databaseGroup = (a: ThreeTierApplication) => a.database.securityGroup;
const taskGroup = (a: ThreeTierApplication) => a.service.securityGroup;
const anywhere = added((scope, { application: a }) => new ec2.CfnSecurityGroupEgress(scope, 'Anywhere',
  { groupId: taskGroup(a).securityGroupId, ipProtocol: 'tcp', fromPort: 443, toPort: 443, cidrIp: '0.0.0.0/0', description: 'anywhere' }));

const S3 = `com.amazonaws.${REGION}.s3`;
const bareEndpoint = added((scope, { application: { network } }) => new ec2.CfnVPCEndpoint(scope, 'S3Interface', {
  vpcId: network.vpcId,
  serviceName: S3,
  vpcEndpointType: 'Interface',
  subnetIds: network.selectSubnets(network.applicationSubnets).subnetIds,
  securityGroupIds: [network.endpointSecurityGroup.securityGroupId],
}));

const CASES: Cases = {
  'data route table: default route to the internet gateway':
    routed('Data', stack => ({ destinationCidrBlock: '0.0.0.0/0', gatewayId: gatewayId(stack) })),
  'data route table: half the internet to a transit gateway': {
    ...routed('Data', () => ({ destinationCidrBlock: '0.0.0.0/1', transitGatewayId: 'tgw-0a1b2c3d4e5f60718' })),
    'both halves': routed('Data', ...['0.0.0.0/1', '128.0.0.0/1'].map(destinationCidrBlock =>
      () => ({ destinationCidrBlock, transitGatewayId: 'tgw-0a1b2c3d4e5f60718' })))['in the stack'],
  },
  'application tier: IPv6 with an egress-only internet gateway': added(internetForApplication),
  'tasks: may connect to 443 anywhere': {
    'allowToAnyIpv4': to(a => a.service.connections.allowToAnyIpv4(ec2.Port.tcp(443))),
    'by an override': override('Service/SecurityGroup', group => append(group, 'SecurityGroupEgress',
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0', Description: 'anywhere' })),
    'by a rule in the stack': anywhere['in the stack'],
  },
  'tasks: admit SSH from a range of the internet': {
    'allowFrom': to(a => a.service.connections.allowFrom(ec2.Peer.ipv4('203.0.113.0/24'), ec2.Port.SSH)),
    ...admitting(taskGroup, () => ({ ...SSH, cidrIp: '203.0.113.0/24' })),
    'by an override': listed('Service/SecurityGroup', { FromPort: 22, ToPort: 22, CidrIp: '203.0.113.0/24' }),
  },
  'database: admits the load balancer': {
    ...admitting(databaseGroup, a => ({ ...POSTGRES, sourceSecurityGroupId: loadBalancerGroup(a).securityGroupId })),
    'allowDefaultPortFrom': to(a => a.database.connections.allowDefaultPortFrom(a.loadBalancer)),
    'by an override': override('Database/SecurityGroup', (group, stack) => append(group, 'SecurityGroupIngress', stack.resolve(
      { Description: 'further', IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440, SourceSecurityGroupId: loadBalancerGroup(stack.application).securityGroupId }))),
  },
  'database: admits a prefix list': {
    'allowDefaultPortFrom': to(a => a.database.connections.allowDefaultPortFrom(ec2.Peer.prefixList('pl-0a1b2c3d4e5f60718'))),
    ...admitting(databaseGroup, () => ({ ...POSTGRES, sourcePrefixListId: 'pl-0a1b2c3d4e5f60718' })),
    'by an override': listed('Database/SecurityGroup', { FromPort: 5440, ToPort: 5440, SourcePrefixListId: 'pl-0a1b2c3d4e5f60718' }),
  },
  'load balancer: admits 8080 from anywhere': {
    'allowFromAnyIpv4': to(a => a.loadBalancer.connections.allowFromAnyIpv4(ec2.Port.tcp(8080))),
    ...admitting(loadBalancerGroup, () => ({ ipProtocol: 'tcp', fromPort: 8080, toPort: 8080, cidrIp: '0.0.0.0/0' })),
    'by an override': listed('LoadBalancer/SecurityGroup', { FromPort: 8080, ToPort: 8080, CidrIp: '0.0.0.0/0' }),
  },
  'network ACL of the data tier: allows everything in': {
    'by an entry in the stack': everythingIn['in the stack'],
    'by an override': override('Network/Data/In100', (entry: CfnResource) => {
      entry.addPropertyOverride('CidrBlock', '0.0.0.0/0');
      entry.addPropertyOverride('Protocol', -1);
      entry.addPropertyDeletionOverride('PortRange');
    }),
  },
  'tasks: get a second, open security group': secondGroup('Service', 'NetworkConfiguration.AwsvpcConfiguration.SecurityGroups'),
  'load balancer: gets a second security group, open on every port': {
    ...secondGroup('LoadBalancer', 'SecurityGroups'),
    addSecurityGroup: to((a, stack) => a.loadBalancer.addSecurityGroup(
      ec2.SecurityGroup.fromSecurityGroupId(stack, 'Second', openGroup(stack, a).attrGroupId))),
  },
  'database: its subnet group gets a public subnet': {
    'by an override': override('Database/Subnets', (group, stack) =>
      append(group, 'SubnetIds', stack.resolve(stack.application.network.publicSubnets[0].subnetId))),
    'by a property': to((_, stack) => {
      const group = find<any>(stack, 'Database/Subnets');
      group.subnetIds = [...group.subnetIds, stack.application.network.publicSubnets[0].subnetId];
    }),
  },
  'an interface endpoint of S3 without a policy': {
    ...bareEndpoint,
    'by the L2 of the CDK': to((a, stack) => new ec2.InterfaceVpcEndpoint(stack, 'S3Interface', {
      vpc: a.network,
      service: new ec2.InterfaceVpcEndpointService(S3, 443),
      subnets: a.network.applicationSubnets,
      securityGroups: [a.network.endpointSecurityGroup],
      open: false,
    })),
  },
};

export const NETWORK = casesOf('network', CASES);
