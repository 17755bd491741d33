// What can be done to the VPC, its subnets, route tables, network ACLs and endpoints.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ram from 'aws-cdk-lib/aws-ram';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as resolver from 'aws-cdk-lib/aws-route53resolver';
import * as lattice from 'aws-cdk-lib/aws-vpclattice';
import { apart, Kind, Target, within } from './kind';
import { append, CERTIFICATE, FOREIGN, l1, ownArn, ownIam, REGION, sid } from '../touch';

const INNER = /Network\/(Application|Data)\//;
const DATA = /Network\/Data\//;
const PUBLIC = /Network\/Public\//;

const TABLE = 'AWS::EC2::RouteTable';
type Route = Omit<ec2.CfnRouteProps, 'routeTableId'>;
const routed = (name: string, why: string, route: (t: Target<ec2.CfnRouteTable>) => Route, only = INNER): Kind =>
  apart<ec2.CfnRouteTable>(TABLE, name, why,
    t => new ec2.CfnRoute(t.scope, 'Further', { routeTableId: t.resource.attrRouteTableId, ...route(t) }), only);
const ANYWHERE = { destinationCidrBlock: '0.0.0.0/0' };

const ROUTE_TABLES: Kind[] = [
  routed('a route to the internet gateway', 'the tier is on the internet', ({ stack }) => ({ ...ANYWHERE, gatewayId: l1<ec2.CfnInternetGateway>(stack, 'Network/Internet/Gateway').attrInternetGatewayId })),
  routed('a route to a NAT gateway', 'data leaves for anywhere', () => ({ ...ANYWHERE, natGatewayId: 'nat-0a1b2c3d4e5f60718' })),
  routed('a route to a transit gateway', 'other networks reach the tier, and it reaches them', () => ({ destinationCidrBlock: '172.16.0.0/12', transitGatewayId: 'tgw-0a1b2c3d4e5f60718' })),
  routed('a route to a peer', 'another network reaches the tier, and it reaches that', () => ({ destinationCidrBlock: '172.16.0.0/12', vpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f60718' })),
  routed('a route to an interface', 'whoever has the interface forwards to anywhere', () => ({ ...ANYWHERE, networkInterfaceId: 'eni-0a1b2c3d4e5f60718' })),
  routed('a route for IPv6', 'data leaves for anywhere', () => ({ destinationIpv6CidrBlock: '::/0', egressOnlyInternetGatewayId: 'eigw-0a1b2c3d4e5f60718' })),
  routed('a route for a prefix list', 'whoever keeps the list decides where data goes', () => ({ destinationPrefixListId: 'pl-0a1b2c3d4e5f60718', transitGatewayId: 'tgw-0a1b2c3d4e5f60718' })),
  apart<ec2.CfnRouteTable>(TABLE, 'routes of a VPN gateway', 'routes that the other side of the VPN chooses', t => new ec2.CfnVPNGatewayRoutePropagation(t.scope, 'Propagation',
    { routeTableIds: [t.resource.attrRouteTableId], vpnGatewayId: 'vgw-0a1b2c3d4e5f60718' })),
];

const ACL = 'AWS::EC2::NetworkAcl';
const entry = (name: string, why: string, props: Omit<ec2.CfnNetworkAclEntryProps, 'networkAclId' | 'ruleAction'>, only?: RegExp): Kind => apart<ec2.CfnNetworkAcl>(ACL, name, why,
  t => new ec2.CfnNetworkAclEntry(t.scope, 'Further', { networkAclId: t.resource.attrId, ruleAction: 'allow', ...props }), only);

const NETWORK_ACLS: Kind[] = [
  entry('everything in', 'the second line of defence is gone', { ruleNumber: 1, protocol: -1, egress: false, cidrBlock: '0.0.0.0/0' }),
  entry('everything out', 'the second line of defence is gone', { ruleNumber: 1, protocol: -1, egress: true, cidrBlock: '0.0.0.0/0' }, INNER),
  entry('SSH in from anywhere', 'a port that no tier needs', { ruleNumber: 2, protocol: 6, egress: false, cidrBlock: '0.0.0.0/0', portRange: { from: 22, to: 22 } }),
  entry('everything in by IPv6', 'the second line of defence is gone', { ruleNumber: 3, protocol: -1, egress: false, ipv6CidrBlock: '::/0' }),
  within('AWS::EC2::NetworkAclEntry', 'an entry is for everything', 'the second line of defence is gone', t => {
    t.resource.addPropertyOverride('CidrBlock', '0.0.0.0/0');
    t.resource.addPropertyOverride('Protocol', -1);
    t.resource.addPropertyDeletionOverride('PortRange');
  }, /Network\/Data\/(In|Out)/),
];

const SUBNET = 'AWS::EC2::Subnet';
const instance = (t: Target<ec2.CfnSubnet>, publicly: boolean) => new ec2.CfnInstance(t.scope, 'Instance', {
  imageId: 'ami-0a1b2c3d4e5f60718',
  instanceType: 't3.micro',
  networkInterfaces: [{ deviceIndex: '0', subnetId: t.resource.attrSubnetId, associatePublicIpAddress: publicly, groupSet: ['sg-0a1b2c3d4e5f60718'] }],
});

const SUBNETS: Kind[] = [
  apart<ec2.CfnSubnet>(SUBNET, 'the route table of another tier', 'the tier is on the internet', t => new ec2.CfnSubnetRouteTableAssociation(t.scope, 'Association',
    { subnetId: t.resource.attrSubnetId, routeTableId: l1<ec2.CfnRouteTable>(t.stack, 'Network/Public/RouteTable').attrRouteTableId }), INNER),
  apart<ec2.CfnSubnet>(SUBNET, 'a network ACL that is open', 'the second line of defence is gone', t => {
    const acl = new ec2.CfnNetworkAcl(t.scope, 'OpenAcl', { vpcId: t.application.network.vpcId });
    [true, false].forEach(egress => new ec2.CfnNetworkAclEntry(t.scope, `Open${egress}`, { networkAclId: acl.attrId, ruleNumber: 1, protocol: -1, ruleAction: 'allow', egress, cidrBlock: '0.0.0.0/0' }));
    new ec2.CfnSubnetNetworkAclAssociation(t.scope, 'Association', { subnetId: t.resource.attrSubnetId, networkAclId: acl.attrId });
  }),
  apart<ec2.CfnSubnet>(SUBNET, 'an instance among the databases', 'a workload in a tier that it is not meant for', t => instance(t, false), DATA),
  apart<ec2.CfnSubnet>(SUBNET, 'a function among the databases', 'a workload in a tier that it is not meant for', t => new lambda.CfnFunction(t.scope, 'Function', {
    role: ownIam('role/Function'),
    runtime: 'nodejs22.x',
    handler: 'index.handler',
    code: { zipFile: 'exports.handler = async () => {}' },
    vpcConfig: { subnetIds: [t.resource.attrSubnetId], securityGroupIds: ['sg-0a1b2c3d4e5f60718'] },
  }), DATA),
  apart<ec2.CfnSubnet>(SUBNET, 'an instance with a public address', 'a workload on the internet, past the load balancer', t => instance(t, true), PUBLIC),
  apart<ec2.CfnSubnet>(SUBNET, 'a NAT gateway', 'the inner tiers may get a way out', t => new ec2.CfnNatGateway(t.scope, 'Nat',
    { subnetId: t.resource.attrSubnetId, allocationId: new ec2.CfnEIP(t.scope, 'Address', { domain: 'vpc' }).attrAllocationId }), PUBLIC),
  apart<ec2.CfnSubnet>(SUBNET, 'a share for another account', 'strangers start workloads in the tier', t => new ram.CfnResourceShare(t.scope, 'Share',
    { name: 'subnets', allowExternalPrincipals: true, principals: [FOREIGN], resourceArns: [ownArn('ec2', `subnet/${t.resource.attrSubnetId}`)] })),
  apart<ec2.CfnSubnet>(SUBNET, 'a network load balancer on the internet', 'connections past the web firewall, to the tasks', t => {
    const balancer = new elbv2.CfnLoadBalancer(t.scope, 'Nlb', { type: 'network', scheme: 'internet-facing', subnets: [t.resource.attrSubnetId] });
    const group = new elbv2.CfnTargetGroup(t.scope, 'NlbTargets', { vpcId: t.application.network.vpcId, protocol: 'TCP', port: 8443, targetType: 'ip' });
    new elbv2.CfnListener(t.scope, 'NlbListener', { loadBalancerArn: balancer.ref, protocol: 'TCP', port: 443, defaultActions: [{ type: 'forward', targetGroupArn: group.ref }] });
  }, PUBLIC),
];

const VPC = 'AWS::EC2::VPC';
const inner = ({ application: { network } }: Target) => network.selectSubnets(network.applicationSubnets).subnetIds;
const endpoint = (t: Target<ec2.CfnVPC>, serviceName: string, more: Partial<ec2.CfnVPCEndpointProps> = {}) => new ec2.CfnVPCEndpoint(t.scope, 'Endpoint', {
  vpcId: t.resource.attrVpcId, serviceName, vpcEndpointType: 'Interface', subnetIds: inner(t), securityGroupIds: [t.application.network.endpointSecurityGroup.securityGroupId], ...more,
});

const VPCS: Kind[] = [
  apart<ec2.CfnVPC>(VPC, 'a VPN gateway', 'another network may be routed to', t => new ec2.CfnVPCGatewayAttachment(t.scope, 'Vpn',
    { vpcId: t.resource.attrVpcId, vpnGatewayId: new ec2.CfnVPNGateway(t.scope, 'VpnGateway', { type: 'ipsec.1' }).attrVpnGatewayId })),
  apart<ec2.CfnVPC>(VPC, 'a client VPN', 'people come in past the load balancer', t => {
    const vpn = new ec2.CfnClientVpnEndpoint(t.scope, 'ClientVpn', {
      vpcId: t.resource.attrVpcId,
      clientCidrBlock: '172.20.0.0/22',
      serverCertificateArn: CERTIFICATE,
      connectionLogOptions: { enabled: false },
      authenticationOptions: [{ type: 'certificate-authentication', mutualAuthentication: { clientRootCertificateChainArn: CERTIFICATE } }],
    });
    new ec2.CfnClientVpnTargetNetworkAssociation(t.scope, 'ClientVpnNetwork', { clientVpnEndpointId: vpn.ref, subnetId: inner(t)[0] });
  }),
  apart<ec2.CfnVPC>(VPC, 'an endpoint for instances', 'people come in past the load balancer', t => new ec2.CfnInstanceConnectEndpoint(t.scope, 'Connect', { subnetId: inner(t)[0], securityGroupIds: [t.application.service.securityGroup.securityGroupId] })),
  apart<ec2.CfnVPC>(VPC, 'an interface endpoint without a policy', 'anybody\'s keys reach anybody\'s resources through it', t => endpoint(t, `com.amazonaws.${REGION}.sqs`)),
  apart<ec2.CfnVPC>(VPC, 'a gateway endpoint without a policy', 'anybody\'s keys reach anybody\'s buckets through it', t => new ec2.CfnVPCEndpoint(t.scope, 'Gateway', {
    vpcId: t.resource.attrVpcId, serviceName: `com.amazonaws.${REGION}.s3express`, vpcEndpointType: 'Gateway', routeTableIds: [l1<ec2.CfnRouteTable>(t.stack, 'Network/Application/RouteTable').attrRouteTableId],
  })),
  apart<ec2.CfnVPC>(VPC, 'an endpoint of a service of another account', 'data leaves by a private way', t => endpoint(t, `com.amazonaws.vpce.${REGION}.vpce-svc-0a1b2c3d4e5f60718`)),
  apart<ec2.CfnVPC>(VPC, 'a zone that answers for an AWS service', 'tasks send their requests to somebody else', t => {
    const zone = new route53.CfnHostedZone(t.scope, 'Zone', { name: `sts.${REGION}.amazonaws.com`, vpcs: [{ vpcId: t.resource.attrVpcId, vpcRegion: REGION }] });
    new route53.CfnRecordSet(t.scope, 'Record', { hostedZoneId: zone.ref, name: `sts.${REGION}.amazonaws.com.`, type: 'A', ttl: '60', resourceRecords: ['203.0.113.7'] });
  }),
  apart<ec2.CfnVPC>(VPC, 'name servers of somebody else', 'tasks send their requests to somebody else', t => new ec2.CfnVPCDHCPOptionsAssociation(t.scope, 'DhcpAssociation',
    { vpcId: t.resource.attrVpcId, dhcpOptionsId: new ec2.CfnDHCPOptions(t.scope, 'Dhcp', { domainNameServers: ['203.0.113.53'] }).attrDhcpOptionsId })),
  apart<ec2.CfnVPC>(VPC, 'names are looked up elsewhere', 'data leaves in look-ups, and requests go to somebody else', t => {
    const rule = new resolver.CfnResolverRule(t.scope, 'Forward', { ruleType: 'FORWARD', domainName: '.', resolverEndpointId: 'rslvr-out-0a1b2c3d4e5f60718', targetIps: [{ ip: '203.0.113.53', port: '53' }] });
    new resolver.CfnResolverRuleAssociation(t.scope, 'ForwardAssociation', { resolverRuleId: rule.attrResolverRuleId, vpcId: t.resource.attrVpcId });
  }),
  apart<ec2.CfnVPC>(VPC, 'a service network of another account', 'services of strangers reach the tier, and it reaches them', t => new lattice.CfnServiceNetworkVpcAssociation(t.scope, 'Lattice',
    { vpcIdentifier: t.resource.attrVpcId, serviceNetworkIdentifier: `arn:aws:vpc-lattice:${REGION}:${FOREIGN}:servicenetwork/sn-0a1b2c3d4e5f60718` })),
  apart<ec2.CfnVPC>(VPC, 'the default security group admits everybody', 'whatever names no group is open', t => new ec2.CfnSecurityGroupIngress(t.scope, 'DefaultGroup',
    { groupId: t.resource.attrDefaultSecurityGroup, ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'everybody' })),
];

const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const OURS = /^Network\/Endpoints\/(?!S3$|DynamoDb$)/;

const ENDPOINTS: Kind[] = [
  within<ec2.CfnVPCEndpoint>(ENDPOINT, 'its policy allows everything', 'anybody\'s keys reach anybody\'s resources through it',
    t => append(t.resource, 'PolicyDocument.Statement', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' })),
  within<ec2.CfnVPCEndpoint>(ENDPOINT, 'its policy reaches resources of another account', 'data leaves by a private way',
    t => append(t.resource, `${sid(t.resource, 'PolicyDocument', 'OurResources')}.Condition.StringEqualsIfExists.aws:ResourceAccount`, FOREIGN), OURS),
  within<ec2.CfnVPCEndpoint>(ENDPOINT, 'its policy lets in principals of another account', 'the keys of somebody else work in our network',
    t => append(t.resource, `${sid(t.resource, 'PolicyDocument', 'OurResources')}.Condition.StringEquals.aws:PrincipalAccount`, FOREIGN), OURS),
  within<ec2.CfnVPCEndpoint>(ENDPOINT, 'a subnet of the public tier', 'a way from the public tier to AWS services',
    t => append(t.resource, 'SubnetIds', t.stack.resolve(t.application.network.publicSubnets[0].subnetId)), OURS),
];

export const NETWORKS: Kind[] = [...ROUTE_TABLES, ...NETWORK_ACLS, ...SUBNETS, ...VPCS, ...ENDPOINTS];
