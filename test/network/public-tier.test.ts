import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { PublicTier } from '../../src/network/public-tier';
import { claimed, newStack, render } from '../support/prove';
import { attached, waitsFor } from '../support/tiers';

const make = () => {
  const stack = newStack();
  SecurityWaivers.of(stack).add({ control: 'VPC-09e', reason: 'the endpoints of this test have no other tier' });
  return { stack, ...attached(stack, options => new PublicTier(stack, 'Front', options)) };
};

test('its subnets are public ones, and do not promise to have no route to the internet', () => {
  const { stack, vpc } = make();
  expect(claimed(stack, 'AWS::EC2::Subnet')).toEqual(['VPC-03', 'VPC-03b', 'VPC-04b', 'VPC-05', 'VPC-19', 'VPC-29']);
  expect(vpc.publicSubnets.map(s => s.ipv4CidrBlock)).toEqual(['10.0.0.0/25', '10.0.0.128/25']);
  expect([...vpc.privateSubnets, ...vpc.isolatedSubnets]).toEqual([]);
  expect(vpc.selectSubnets({ subnetGroupName: 'Front' }).hasPublic).toBe(true);
});

test('it has the route to the internet, and none to endpoints', () => {
  const { stack, tier, endpoints } = make();
  endpoints.serve({ attrRouteTableId: 'rtb-12345678' } as any);
  const template = render(stack);
  expect(template.resourcesOf('AWS::EC2::Route').map(r => r.properties.RouteTableId)).toEqual(stack.resolve([tier.routeTable.attrRouteTableId]));
  expect(template.resourcesOf('AWS::EC2::VPCEndpoint').filter(e => e.properties.VpcEndpointType === 'Gateway').map(e => e.properties.RouteTableIds))
    .toEqual([['rtb-12345678'], ['rtb-12345678']]);
});

test('what needs its connectivity, or that of the VPC, waits for the route and the associations', () => {
  for (const whole of [true, false]) {
    const { stack, vpc, endpoints } = make();
    endpoints.serve({ attrRouteTableId: 'rtb-12345678' } as any);
    expect(waitsFor(stack, ...whole ? [vpc] : vpc.publicSubnets)).toEqual(expect.arrayContaining([
      expect.stringMatching(/^FrontNetworkAclAssociation1/), expect.stringMatching(/^FrontRouteTableAssociation2/), expect.stringMatching(/^InternetRoute/),
    ]));
  }
});
