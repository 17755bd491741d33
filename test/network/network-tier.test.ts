import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { NetworkTier } from '../../src/network/network-tier';
import { dataTier } from '../../src/services/ec2/network-acl-rules';
import { claimed, newStack, proveControls, render } from '../support/prove';

const RULES = dataTier({
  publicCidr: '10.0.0.0/18',
  applicationCidr: '10.0.64.0/18',
  dataCidr: '10.0.128.0/18',
  applicationPort: 8443,
  databasePort: 5440,
  publicHttp: false,
  denyCidrs: [],
});

const make = (stack: Stack, internet: boolean) => new NetworkTier(stack, 'Data', {
  vpc: new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' }),
  cidrs: ['10.0.128.0/19', '10.0.160.0/19'],
  availabilityZones: ['zone-a', 'zone-b'],
  rules: RULES,
  internet,
});

proveControls(stack => { make(stack, false); });

test('only a tier without internet promises to have no route there', () => {
  const [inner, outer] = [false, true].map(internet => {
    const stack = newStack();
    make(stack, internet);
    return claimed(stack, 'AWS::EC2::Subnet');
  });
  expect(inner).toEqual(['VPC-03', 'VPC-04', 'VPC-05']);
  expect(outer).toEqual(['VPC-03', 'VPC-05']);
});

test('a route to the internet fails the synthesis, by whatever means it came', () => {
  const stack = newStack();
  const tier = make(stack, false);
  new ec2.CfnRoute(stack, 'Route', { routeTableId: tier.routeTable.ref, destinationCidrBlock: '0.0.0.0/0', gatewayId: 'igw-12345678' });
  expect(() => render(stack)).toThrow(/\[Test\/Data\/Subnet1\] VPC-04 does not hold/);
});

test('a rule for remote administration from anywhere fails the synthesis', () => {
  const stack = newStack();
  const tier = make(stack, false);
  new ec2.CfnNetworkAclEntry(stack, 'Entry', {
    networkAclId: tier.networkAcl.ref, ruleNumber: 1, egress: false, ruleAction: 'allow', protocol: 6, cidrBlock: '0.0.0.0/0', portRange: { from: 1, to: 65535 },
  });
  expect(() => render(stack)).toThrow(/\[Test\/Data\/NetworkAcl\] VPC-05b does not hold/);
});

test('every subnet has one association of each kind', () => {
  const stack = newStack();
  const { associations } = make(stack, false);
  expect(associations.map(a => a.cfnResourceType)).toEqual([1, 2].flatMap(() => ['AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::SubnetNetworkAclAssociation']));
  const template = render(stack);
  expect(template.resourcesOf('AWS::EC2::Subnet').map(s => s.properties.AvailabilityZone)).toEqual(['zone-a', 'zone-b']);
  expect(template.resourcesOf('AWS::EC2::NetworkAclEntry').map(e => e.properties.RuleNumber)).toEqual(RULES.map(r => r.number));
});
