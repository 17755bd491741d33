import * as controls from '../../../src/services/ec2/subnet-controls';
import { provePredicate } from '../../support/predicate';

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
