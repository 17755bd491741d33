// VPCs, subnets, network ACLs and security groups.
import { arnOf, cases, cdkNag, cfnNag, checkov, Fixture, guard, kics, of, one, ref, trivy } from './support';

const VPC = of('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
const GROUP = 'AWS::EC2::SecurityGroup';
const port = (number: unknown, more: Fixture) => ({ IpProtocol: 'tcp', FromPort: number, ToPort: number, ...more });
const group = (properties: Fixture, others: Fixture = {}) => one(GROUP, { GroupDescription: 'of the shop', ...properties }, others);
const OTHER = of(GROUP, { GroupDescription: 'of its clients' });
const peer = (direction: 'Source' | 'Destination') => ({ [`${direction}SecurityGroupId`]: arnOf('Other', 'GroupId') });
/** A rule that stands beside the judged group, between it and another one. */
const beside = (direction: 'Ingress' | 'Egress', rule: Fixture) => ({
  Other: OTHER, Rule: of(`AWS::EC2::SecurityGroup${direction}`, { GroupId: arnOf('Judged', 'GroupId'), ...rule }),
});
/** What is under a security group that is open, or not. */
const usedBy = (user: (groups: Fixture[]) => Fixture) => {
  const under = (rule: Fixture) => ({
    ...user([arnOf('Group', 'GroupId')]),
    Other: OTHER,
    Group: of(GROUP, { GroupDescription: 'of the shop', SecurityGroupIngress: [{ ...rule, Description: 'in' }], SecurityGroupEgress: [{ ...port(443, peer('Destination')), Description: 'out' }] }),
  });
  return { pass: { 'under a group for a group': under(port(443, peer('Source'))) }, fail: { 'under a group for everybody': under(port(35, { CidrIp: '0.0.0.0/0' })) } };
};
const closedOut = { SecurityGroupEgress: [port(443, peer('Destination'))] };
const range = { IpProtocol: 'tcp', FromPort: 35, ToPort: 45 };
const subnet = (properties: Fixture = {}, others: Fixture = {}) => one('AWS::EC2::Subnet', { VpcId: ref('Net'), CidrBlock: '10.0.0.0/24', ...properties },
  { Net: VPC, ...others });
const routed = (properties: Fixture) => subnet({}, {
  Table: of('AWS::EC2::RouteTable', { VpcId: ref('Net') }),
  Gate: of('AWS::EC2::InternetGateway'),
  Nat: of('AWS::EC2::NatGateway', { SubnetId: 'subnet-1' }),
  Link: of('AWS::EC2::SubnetRouteTableAssociation', { SubnetId: ref('Judged'), RouteTableId: ref('Table') }),
  Route: of('AWS::EC2::Route', { RouteTableId: ref('Table'), ...properties }),
});
const acl = (...entries: Fixture[]) => one('AWS::EC2::NetworkAcl', { VpcId: ref('Net') }, {
  Net: VPC,
  ...Object.fromEntries(entries.map((e, i) =>
    [`Entry${i}`, of('AWS::EC2::NetworkAclEntry', { NetworkAclId: ref('Judged'), RuleNumber: 100 + i, RuleAction: 'allow', ...e })])),
});
const entry = (protocol: unknown, more: Fixture) => ({ Protocol: protocol, ...more });
const OUT = entry(6, { Egress: true, CidrBlock: '10.0.0.0/16', PortRange: { From: 443, To: 443 } });
const gateways = (...kinds: string[]) => ({
  Judged: VPC,
  ...Object.fromEntries(kinds.map((kind, i) =>
    [`Attachment${i}`, of('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Judged'), [`${kind}GatewayId`]: `gate-${i}` })])),
});
const instance = (more: Fixture) => subnet({}, {
  Host: of('AWS::EC2::Instance', { NetworkInterfaces: [{ DeviceIndex: '0', SubnetId: ref('Judged'), ...more }] }),
});

export const VPCS = [
  ...cases(cdkNag('VPC.test.ts', 'VPCFlowLogsEnabled'), 'VPC-06', {
    pass: { 'a flow log of all traffic': one('AWS::EC2::FlowLog', { ResourceId: ref('Net'), ResourceType: 'VPC', TrafficType: 'ALL' }, { Net: VPC }) },
    missing: { 'no flow log': { Net: VPC } },
  }),
  ...cases(cfnNag('VpcHasFlowLogRule_spec.rb', 'W60'), 'VPC-06', {
    fail: { 'a flow log of something else': one('AWS::EC2::FlowLog', { ResourceId: 'vpc-elsewhere', ResourceType: 'VPC', TrafficType: 'ALL' }, { Net: VPC }) },
  }),
  ...cases(cdkNag('VPC.test.ts', 'VPCDefaultSecurityGroupClosed'), 'VPC-10', {
    pass: { 'emptied once, by a custom resource': { Judged: VPC, Restrict: of('Custom::VpcRestrictDefaultSG', { DefaultSecurityGroupId: arnOf('Judged', 'DefaultSecurityGroup') }) } },
    fail: { 'nothing empties it': { Judged: VPC } },
  }),
  ...cases(kics('vpc_attached_with_too_many_gateways/query.rego', 'vpc_attached_with_too_many_gateways'), 'VPC-22 VPC-23', {
    pass: { 'three gateways for a VPN': gateways('Vpn', 'Vpn', 'Vpn') },
    fail: { 'four gateways of either kind': gateways('Vpn', 'Vpn', 'Internet', 'Internet') },
  }),
  ...cases(guard('amazon_ec2/tests/subnet_auto_assign_public_ip_disabled_tests.yml', 'SUBNET_AUTO_ASSIGN_PUBLIC_IP_DISABLED'), 'VPC-03', {
    pass: { 'off': subnet({ MapPublicIpOnLaunch: 'false' }), 'nothing is said': subnet() },
    fail: { on: subnet({ MapPublicIpOnLaunch: 'true' }) },
  }),
  ...cases(cdkNag('VPC.test.ts', 'VPCSubnetAutoAssignPublicIpDisabled'), 'VPC-03', {
    fail: { 'addresses of IPv6': subnet({ AssignIpv6AddressOnCreation: true }), 'addresses of IPv4': subnet({ MapPublicIpOnLaunch: true }) },
  }),
  ...cases(guard('amazon_ec2/tests/ec2_instance_no_public_ip_tests.yml', 'EC2_INSTANCE_NO_PUBLIC_IP'), 'VPC-03b', {
    pass: { 'no public address': instance({ AssociatePublicIpAddress: 'false' }) },
    fail: { 'a public address': instance({ AssociatePublicIpAddress: 'true' }) },
  }),
  ...cases(guard('amazon_ec2/tests/no_unrestricted_route_to_igw_tests.yml', 'NO_UNRESTRICTED_ROUTE_TO_IGW'), 'VPC-04', {
    pass: { 'private addresses by an internet gateway': routed({ DestinationCidrBlock: '192.168.0.0/16', GatewayId: ref('Gate') }) },
    fail: {
      'everything by IPv4': routed({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gate') }),
      'everything by IPv6': routed({ DestinationIpv6CidrBlock: '::/0', GatewayId: ref('Gate') }),
    },
  }),
  ...cases(cdkNag('VPC.test.ts', 'VPCNoUnrestrictedRouteToIGW'), 'VPC-04', {
    pass: { 'everything by a NAT gateway': routed({ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: ref('Nat') }) },
    fail: { 'everything, by a block whose address has bits behind its prefix': routed({ DestinationCidrBlock: '42.42.42.42/0', GatewayId: ref('Gate') }) },
  }),
  ...cases(trivy('ec2/no_public_ingress_acl.yaml', 'AWS-0105'), 'VPC-05b', {
    pass: { 'shells from private addresses': acl(entry(6, { CidrBlock: '10.0.0.0/8', PortRange: { From: 22, To: 22 } }), OUT) },
    fail: { 'shells from everywhere': acl(entry(6, { CidrBlock: '0.0.0.0/0', PortRange: { From: 22, To: 22 } }), OUT) },
  }),
  ...cases(guard('amazon_ec2/tests/ec2_network_acl_protocol_rule_tests.yml', 'EC2_NETWORK_ACL_PROTOCOL_RULE'), 'VPC-05b', {
    pass: { 'one port of TCP': acl(entry('6', { CidrBlock: '172.16.0.0/24', PortRange: { From: '22', To: '22' } }), OUT) },
    fail: { 'every protocol': acl(entry('-1', { CidrBlock: '172.16.0.0/24', PortRange: { From: '22', To: '22' } }), OUT) },
  }),
  ...cases(trivy('ec2/no_excessive_port_access.yaml', 'AWS-0102'), 'VPC-05b', {
    fail: { 'every protocol': acl(entry(-1, { CidrBlock: '10.0.0.0/16' }), OUT) },
  }),
];

export const SECURITY_GROUPS = [
  ...cases(guard('amazon_ec2/tests/ec2_security_group_ingress_open_to_world_rule_tests.yml', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'), 'VPC-11 VPC-11c', {
    pass: { 'a few addresses': group(closedOut, beside('Ingress', port('45', { CidrIp: '172.0.0.1/28' }))) },
    fail: {
      'everybody, to a port of its own': group({ SecurityGroupIngress: [port('35', { CidrIp: '172.0.0.1/32' }), port('35', { CidrIpv6: '::/0' })] }),
      'everybody, by a rule beside the group': group(closedOut, beside('Ingress', { ...range, CidrIp: '0.0.0.0/0' })),
      'everybody, to HTTP': group({ SecurityGroupIngress: [port('80', { CidrIp: '0.0.0.0/0' })] }),
    },
  }),
  ...cases(guard('amazon_ec2/tests/ec2_security_group_ingress_open_to_world_rule_tests.yml', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'), 'DB-19c', usedBy(
    groups => one('AWS::RDS::DBCluster', { VpcSecurityGroupIds: groups }))),
  ...cases(guard('amazon_ec2/tests/ec2_security_group_ingress_open_to_world_rule_tests.yml', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'), 'VPC-21', usedBy(
    groups => one('AWS::ECS::Service', { NetworkConfiguration: { AwsvpcConfiguration: { SecurityGroups: groups } } }))),
  ...cases(guard('amazon_ec2/tests/ec2_security_group_ingress_open_to_world_rule_tests.yml', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'), 'VPC-09d', usedBy(
    groups => one('AWS::EC2::VPCEndpoint', { SecurityGroupIds: groups }))),
  ...cases(guard('amazon_ec2/tests/ec2_security_group_ingress_open_to_world_rule_tests.yml', 'EC2_SECURITY_GROUP_INGRESS_OPEN_TO_WORLD_RULE'), 'ALB-11c', usedBy(
    groups => one('AWS::ElasticLoadBalancingV2::LoadBalancer', { SecurityGroups: groups }))),
  ...cases(guard('amazon_ec2/tests/restricted_ssh_tests.yml', 'INCOMING_SSH_DISABLED'), 'VPC-11 VPC-11c', {
    pass: { 'shells from private addresses': group({ SecurityGroupIngress: [port('22', { CidrIp: '192.168.0.0/16' })] }) },
    fail: { 'shells from everywhere': group({ SecurityGroupIngress: [port('22', { CidrIp: '0.0.0.0/0' })] }) },
  }),
  ...cases(checkov('test_SecurityGroupUnrestrictedIngress22.py', 'CKV_AWS_24'), 'VPC-11', {
    pass: { 'a range that ends before it begins': group({ SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: '23', ToPort: '21', CidrIp: '0.0.0.0/0' }] }) },
    fail: { 'shells from everywhere, by a port as text': group({ SecurityGroupIngress: [port('22', { CidrIp: '0.0.0.0/0' })] }) },
  }),
  ...cases(trivy('ec2/no_public_ingress_sgr.yaml', 'AWS-0107'), 'VPC-11 VPC-11c', {
    pass: { 'shells from the loopback': group({ SecurityGroupIngress: [{ ...port(22, { CidrIp: '127.0.0.1/32' }), IpProtocol: '6' }] }) },
    fail: { 'shells from everywhere': group({ SecurityGroupIngress: [{ ...port(22, { CidrIp: '0.0.0.0/0' }), IpProtocol: '6' }] }) },
  }),
  ...cases(guard('amazon_ec2/tests/security_group_ingress_port_range_rule_tests.yml', 'SECURITY_GROUP_INGRESS_PORT_RANGE_RULE'), 'VPC-11b ALB-11', {
    pass: { 'one port from a group': group(closedOut, beside('Ingress', port('45', peer('Source')))) },
    fail: { 'a range from a group': group(closedOut, beside('Ingress', { ...range, ...peer('Source') })) },
  }),
  ...cases(guard('amazon_ec2/tests/security_group_egress_port_range_rule_tests.yml', 'SECURITY_GROUP_EGRESS_PORT_RANGE_RULE'), 'VPC-11b ALB-11', {
    pass: { 'one port to a group': group({}, beside('Egress', port('45', peer('Destination')))) },
    fail: { 'a range to a group': group({}, beside('Egress', { ...range, ...peer('Destination') })) },
  }),
  ...cases(guard('amazon_ec2/tests/security_group_ingress_all_protocols_rule_tests.yml', 'SECURITY_GROUP_INGRESS_ALL_PROTOCOLS_RULE'), 'VPC-11b ALB-11', {
    fail: { 'every protocol from a group': group(closedOut, beside('Ingress', { ...port('45', peer('Source')), IpProtocol: '-1' })) },
  }),
  ...cases(cfnNag('SecurityGroupIngressOpenToWorldRule_spec.rb', 'W2'), 'DB-19', {
    pass: {
      'one port from a group': group({}, {
        Db: of('AWS::RDS::DBCluster', { Port: 6543, VpcSecurityGroupIds: [arnOf('Judged', 'GroupId')] }),
        ...beside('Ingress', port(6543, peer('Source'))),
      }),
    },
    fail: {
      'the port from everywhere': group({ SecurityGroupIngress: [port(6543, { CidrIp: '0.0.0.0/0' })] }, { Db: of('AWS::RDS::DBCluster', { Port: 6543, VpcSecurityGroupIds: [arnOf('Judged', 'GroupId')] }) }),
    },
  }),
  ...cases(guard('amazon_ec2/tests/security_group_description_rule_tests.yml', 'SECURITY_GROUP_DESCRIPTION_RULE'), 'VPC-12', {
    pass: { 'every rule says what for': group({}, beside('Egress', { ...port('45', peer('Destination')), Description: 'to its clients' })) },
    fail: { 'one rule does not': group({ SecurityGroupIngress: [{ ...port('43', { CidrIp: '10.0.0.0/24' }), Description: 'from here' }, port('44', { CidrIp: '10.0.0.0/24' })] }) },
  }),
  ...cases(trivy('ec2/add_description_to_security_group.yaml', 'AWS-0099'), 'VPC-12', {
    pass: { 'the group says what for, its rule does not': group({ SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }] }) },
    fail: { 'no description': one(GROUP, { SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }] }) },
  }),
  ...cases(trivy('ec2/add_description_to_security_group_rule.yaml', 'AWS-0124'), 'VPC-12', {
    pass: { 'the rule says what for': group({ SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32', Description: 'to itself' }] }) },
    fail: { 'the rule does not': group({ SecurityGroupEgress: [{ IpProtocol: '-1', CidrIp: '127.0.0.1/32' }] }) },
  }),
  ...cases(guard('amazon_ec2/tests/ec2_security_group_egress_open_to_world_rule_tests.yml', 'EC2_SECURITY_GROUP_EGRESS_OPEN_TO_WORLD_RULE'), 'VPC-13 DB-19b', {
    pass: { 'a few addresses': group({ SecurityGroupEgress: [port('45', { CidrIp: '172.0.0.1/28' })] }) },
    fail: {
      'everywhere by IPv4': group({ SecurityGroupEgress: [port('80', { CidrIp: '172.0.0.1/32' }), port('35', { CidrIp: '0.0.0.0/0' })] }),
      'everywhere by IPv6, beside the group': group({}, beside('Egress', { ...range, CidrIpv6: '::/0' })),
    },
  }),
  ...cases(trivy('ec2/no_public_egress_sgr.yaml', 'AWS-0104'), 'VPC-13 DB-19b', {
    pass: { 'the loopback': group({ SecurityGroupEgress: [{ IpProtocol: '6', CidrIp: '127.0.0.1/32' }] }) },
    fail: { everywhere: group({ SecurityGroupEgress: [{ IpProtocol: '6', CidrIp: '0.0.0.0/0' }] }) },
  }),
  ...cases(guard('amazon_ec2/tests/security_group_missing_egress_rule_tests.yml', 'SECURITY_GROUP_MISSING_EGRESS_RULE'), 'VPC-13 DB-19b', {
    pass: { 'egress to private addresses': group({ SecurityGroupEgress: [port('22', { CidrIp: '10.0.0.0/24' })] }) },
    fail: { 'nothing is said, so that everything leaves': group({ SecurityGroupIngress: [port('22', { CidrIp: '10.0.0.0/24' })] }) },
  }),
];
