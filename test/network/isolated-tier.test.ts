import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IsolatedTier } from '../../src/network/isolated-tier';
import { claimed, newStack, render } from '../support/prove';
import { attached, waitsFor } from '../support/tiers';

const make = () => {
  const stack = newStack();
  return { stack, ...attached(stack, options => new IsolatedTier(stack, 'Back', options)) };
};

test('its subnets are isolated ones, and promise to have no route to the internet', () => {
  const { stack, vpc } = make();
  expect(claimed(stack, 'AWS::EC2::Subnet')).toEqual(['VPC-03', 'VPC-03b', 'VPC-04', 'VPC-04b', 'VPC-05', 'VPC-19']);
  expect(vpc.isolatedSubnets.map(s => s.ipv4CidrBlock)).toEqual(['10.0.0.0/25', '10.0.0.128/25']);
  expect([...vpc.privateSubnets, ...vpc.publicSubnets]).toEqual([]);
  expect(vpc.selectSubnets({ subnetGroupName: 'Back' }).hasPublic).toBe(false);
});

test('a route to the internet fails the synthesis, by whatever means it came', () => {
  const { stack, tier } = make();
  new ec2.CfnRoute(stack, 'Route', { routeTableId: tier.routeTable.ref, destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-12345678' });
  expect(() => render(stack)).toThrow(/\[Test\/Route\] VPC-04 of 'Test\/Back\/Subnet1' does not hold with this AWS::EC2::Route/);
});

test('it leads to the gateway endpoints, and has no other route', () => {
  const { stack, tier } = make();
  const template = render(stack);
  const table = stack.resolve([tier.routeTable.attrRouteTableId]);
  expect(template.resourcesOf('AWS::EC2::VPCEndpoint').filter(e => e.properties.VpcEndpointType === 'Gateway').map(e => e.properties.RouteTableIds))
    .toEqual([table, table]);
  expect(template.resourcesOf('AWS::EC2::Route')).toEqual([]);
});

test('what needs its connectivity waits for the endpoints and the associations', () => {
  const { stack, vpc } = make();
  expect(waitsFor(stack, ...vpc.isolatedSubnets).map(id => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
    'BackNetworkAclAssociation1', 'BackNetworkAclAssociation2', 'BackRouteTableAssociation1', 'BackRouteTableAssociation2', 'EndpointsDynamoDb', 'Endpointskms', 'EndpointsS3',
  ].sort());
});
