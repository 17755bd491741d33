import * as controls from '../../../src/services/ec2/subnet-controls';
import { proveBreaks, provePredicate } from '../../support/predicate';

const ref = (id: string) => ({ Ref: id });
const att = (id: string, name: string) => ({ 'Fn::GetAtt': [id, name] });

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

const tier = (name: string) => ({ VpcId: ref('Vpc'), Tags: [{ Key: 'aws-cdk:subnet-name', Value: name }] });
const route = (properties: any) => ({ Type: 'AWS::EC2::Route', Properties: { RouteTableId: att('Table', 'RouteTableId'), ...properties } });
type Change = (r: any) => void;
const TIERS = {
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: tier('Data') },
  Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
  Subnet2: { Type: 'AWS::EC2::Subnet', Properties: tier('Data') },
  Public: { Type: 'AWS::EC2::Subnet', Properties: tier('Public') },
  Table: { Type: 'AWS::EC2::RouteTable', Properties: {} },
  PublicTable: { Type: 'AWS::EC2::RouteTable', Properties: {} },
  Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
  PublicAcl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
  Gateway: { Type: 'AWS::EC2::InternetGateway', Properties: {} },
  S3: { Type: 'AWS::EC2::VPCEndpoint', Properties: { RouteTableIds: [ref('Table')] } },
  ...Object.fromEntries([['Subnet', ''], ['Subnet2', ''], ['Public', 'Public']].flatMap(([id, kind]) => [
    [`${id}Routes`, { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: ref(id), RouteTableId: ref(`${kind}Table`) } }],
    [`${id}Entries`, { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref(id), NetworkAclId: ref(`${kind}Acl`) } }],
  ])),
  ToInternet: { Type: 'AWS::EC2::Route', Properties: { RouteTableId: ref('PublicTable'), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') } },
};
const routed = (properties: any): [Change, ...string[]] => [r => { r.Way = route(properties); }, 'Way'];
const TGW = { TransitGatewayId: 'tgw-1' };

proveBreaks(controls.VPC_NO_DEFAULT_ROUTE, TIERS, {
  'a route to another network is the next control\'s': r => { r.Way = route({ ...TGW, DestinationCidrBlock: '172.16.0.0/12' }); },
  'a part of the Internet behind a partner is too': r => { r.Way = route({ ...TGW, DestinationCidrBlock: '203.0.113.0/24' }); },
  'a route of another table is nothing': r => { r.Way = route({ RouteTableId: ref('PublicTable'), DestinationIpv6CidrBlock: '::/0', GatewayId: ref('Gateway') }); },
}, {
  'everything goes to the gateway': routed({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway') }),
  'one address goes to the gateway': routed({ DestinationCidrBlock: '203.0.113.1/32', GatewayId: ref('Gateway') }),
  'one address goes to a gateway that nobody knows': routed({ DestinationCidrBlock: '203.0.113.1/32', GatewayId: 'igw-1' }),
  'half of everything goes to a transit gateway': routed({ ...TGW, DestinationCidrBlock: '0.0.0.0/1' }),
  'everything goes to an instance': routed({ DestinationCidrBlock: '0.0.0.0/0', InstanceId: 'i-1' }),
  'everything goes to an interface by IPv6': routed({ DestinationIpv6CidrBlock: '2000::/3', NetworkInterfaceId: 'eni-1' }),
  'something that only the deployment knows goes to a peer': routed({ DestinationCidrBlock: { 'Fn::Unknown': 'C' }, VpcPeeringConnectionId: 'pcx-1' }),
  'something goes to a NAT gateway': routed({ DestinationCidrBlock: '203.0.113.0/24', NatGatewayId: 'nat-1' }),
  'something goes out by IPv6': routed({ DestinationIpv6CidrBlock: '64:ff9b::/96', EgressOnlyInternetGatewayId: 'eigw-1' }),
  'many parts are most of it': [r => { for (let i = 0; i < 4; i++) { r[`Way${i}`] = route({ ...TGW, DestinationCidrBlock: `${64 * i}.0.0.0/10` }); } }, 'Way0', 'Way1', 'Way2', 'Way3'],
  'the table of another tier is associated besides': [r => { r.Again = { ...r.SubnetRoutes, Properties: { SubnetId: att('Subnet', 'SubnetId'), RouteTableId: ref('PublicTable') } }; }, 'Again', 'ToInternet'],
});
proveBreaks(controls.VPC_TIER_ROUTES, TIERS, {
  'what is in another table is nothing': r => { r.Way = route({ ...TGW, RouteTableId: ref('PublicTable'), DestinationCidrBlock: '172.16.0.0/12' }); },
  'a further endpoint is judged by itself': r => { r.DynamoDb = r.S3; },
}, {
  'a route to a peer': routed({ DestinationCidrBlock: '172.16.0.0/12', VpcPeeringConnectionId: 'pcx-1' }),
  'a route of a prefix list': routed({ ...TGW, DestinationPrefixListId: 'pl-1' }),
  'routes that a VPN gateway learns': [r => { r.Learnt = { Type: 'AWS::EC2::VPNGatewayRoutePropagation', Properties: { RouteTableIds: [ref('Table')], VpnGatewayId: 'vgw-1' } }; }, 'Learnt'],
  'a gateway that uses the table': [r => { r.Edge = { Type: 'AWS::EC2::GatewayRouteTableAssociation', Properties: { RouteTableId: ref('Table'), GatewayId: ref('Gateway') } }; }, 'Edge'],
  'a second table that nobody knows': [r => { r.Again = { ...r.SubnetRoutes, Properties: { SubnetId: ref('Subnet'), RouteTableId: 'rtb-1' } }; }, 'Again'],
});
proveBreaks({ ...controls.VPC_TIER_ROUTES }, { Public: TIERS.Public, ...TIERS }, {
  'the route to the gateway is the tier\'s own': r => { r.Other = {}; },
}, {
  'another one is not': [r => { r.Way = route({ ...TGW, RouteTableId: ref('PublicTable'), DestinationCidrBlock: '172.16.0.0/12' }); }, 'Way'],
  'one by IPv6 is not': [r => { r.Way = route({ RouteTableId: ref('PublicTable'), DestinationIpv6CidrBlock: '::/0', GatewayId: ref('Gateway') }); }, 'Way'],
});
provePredicate(controls.VPC_TIER_ROUTES, TIERS, {
  'it has the table of another tier': r => { r.SubnetRoutes.Properties.RouteTableId = ref('PublicTable'); },
  'another tier has its table': r => { r.PublicRoutes.Properties.RouteTableId = ref('Table'); },
  'nobody knows its table': r => { r.SubnetRoutes.Properties.RouteTableId = 'rtb-1'; },
});
proveBreaks(controls.VPC_SUBNET_ACL, TIERS, {
  'a further one of another subnet is nothing': r => { r.Again = { ...r.SubnetEntries, Properties: { SubnetId: ref('Public'), NetworkAclId: 'acl-1' } }; },
}, {
  'a second one is associated': [r => { r.Again = { ...r.SubnetEntries, Properties: { SubnetId: ref('Subnet'), NetworkAclId: ref('PublicAcl') } }; }, 'Again'],
  'one that nobody knows is': [r => { r.Again = { ...r.SubnetEntries, Properties: { SubnetId: ref('Subnet'), NetworkAclId: 'acl-1' } }; }, 'Again'],
});
provePredicate(controls.VPC_SUBNET_ACL, TIERS, {
  'it has that of another tier': r => { r.SubnetEntries.Properties.NetworkAclId = ref('PublicAcl'); },
  'nobody knows which': r => { r.SubnetEntries.Properties.NetworkAclId = 'acl-1'; },
});
