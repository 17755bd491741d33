import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { newVpc } from './fixtures';
import { privateSubnets } from '../../src/compute/private-subnets';
import { newStack } from '../support/prove';

test('are the isolated ones of a VPC without private ones', () => {
  const stack = newStack();
  const vpc = newVpc(stack);
  expect(privateSubnets(stack, vpc, undefined)).toEqual(vpc.isolatedSubnets.map(s => s.subnetId));
});

test('are those that are asked for', () => {
  const stack = newStack();
  const vpc = newVpc(stack);
  expect(privateSubnets(stack, vpc, { subnetGroupName: 'App' })).toEqual(vpc.isolatedSubnets.map(s => s.subnetId));
});

test('are of one tier, which is named where there are several', () => {
  const stack = newStack();
  const tier = (name: string) => ({ name, subnetType: ec2.SubnetType.PRIVATE_ISOLATED });
  const tiers = new ec2.Vpc(stack, 'Tiers', { subnetConfiguration: [tier('App'), tier('Data')], restrictDefaultSecurityGroup: false });
  expect(() => privateSubnets(stack, tiers, undefined)).toThrow("[Test] 'vpcSubnets' is left out, and the VPC has several subnets for it in one availability zone: name their tier, for example by { subnetGroupName: 'Application' }");
  expect(privateSubnets(stack, tiers, { subnetGroupName: 'App' })).toHaveLength(2);
  expect(privateSubnets(stack, tiers, { subnetType: ec2.SubnetType.PRIVATE_ISOLATED })).toHaveLength(4);
});

test('are not public, said or not', () => {
  const stack = newStack();
  const open = new ec2.Vpc(stack, 'Open', { subnetConfiguration: [{ name: 'Edge', subnetType: ec2.SubnetType.PUBLIC }], restrictDefaultSecurityGroup: false });
  expect(() => privateSubnets(stack, open, undefined)).toThrow("[Test] 'vpcSubnets' selects public subnets");
  expect(() => privateSubnets(stack, newVpc(stack), { subnetType: ec2.SubnetType.PUBLIC })).toThrow("[Test] 'vpcSubnets' selects public subnets");
});

test('are in two Availability Zones or more', () => {
  const stack = newStack();
  const narrow = ec2.Vpc.fromVpcAttributes(stack, 'Narrow', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] });
  expect(() => privateSubnets(stack, narrow, undefined)).toThrow("[Test] 'vpcSubnets' selects subnets in one Availability Zone only (eu-west-1a): select two or more");
  expect(() => privateSubnets(stack, narrow, { subnets: [] })).toThrow();
});
