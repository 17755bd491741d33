import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { DatabaseSubnets, selectDatabaseSubnets, subnetGroup } from '../../src/data/database-subnets';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { SecureVpc } from '../../src/network/secure-vpc';
import { newStack, render } from '../support/prove';
import { newVpc } from '../support/vpc';

/** The subnets, and their group. */
function inGroup(stack: Stack, vpc: ec2.IVpc, selection?: ec2.SubnetSelection): DatabaseSubnets {
  const subnets = selectDatabaseSubnets(stack, vpc, selection);
  subnetGroup(stack, 'Subnets', vpc, subnets);
  return subnets;
}

const groupOf = (stack: Stack) => render(stack).resourcesOf('AWS::RDS::DBSubnetGroup')[0];

test('takes the isolated subnets, in different zones', () => {
  const stack = newStack();
  const subnets = inGroup(stack, newVpc(stack));
  const ids = (groupOf(stack).properties.SubnetIds as any[]).map(s => s.Ref);
  expect(ids).toHaveLength(2);
  expect(ids.every((id: string) => id.startsWith('VpcDataSubnet'))).toBe(true);
  expect(subnets.zone(0)).not.toBe(subnets.zone(1));
  expect(subnets.zone(2)).toBe(subnets.zone(0));
  expect(groupOf(stack).deletionPolicy).toBe('RetainExceptOnCreate');
});

describe('keeps the network that a retained database is in', () => {
  const policies = (stack: Stack, type: string) => render(stack).resourcesOf(type).map(r => r.deletionPolicy);

  test.each(['ec2.Vpc', 'SecureVpc'])('made by %s: the VPC and the database\'s subnets, not the others', kind => {
    const stack = newStack();
    if (kind === 'ec2.Vpc') {
      inGroup(stack, newVpc(stack));
    } else {
      const network = new SecureVpc(stack, 'Network');
      inGroup(stack, network, network.dataSubnets);
    }
    expect(policies(stack, 'AWS::EC2::VPC')).toEqual(['RetainExceptOnCreate']);
    const kept = render(stack).resourcesOf('AWS::EC2::Subnet').filter(s => s.deletionPolicy !== undefined);
    expect(kept.map(s => [s.logicalId, s.deletionPolicy, s.updateReplacePolicy]))
      .toEqual([1, 2].map(i => [expect.stringContaining(`DataSubnet${i}`), 'RetainExceptOnCreate', 'Retain']));
  });

  test('but not with a disposable one', () => {
    const stack = newStack();
    Disposable.because('everything here is built anew each night').applyTo(stack);
    inGroup(stack, newVpc(stack));
    expect([...policies(stack, 'AWS::EC2::VPC'), ...policies(stack, 'AWS::EC2::Subnet')].filter(Boolean)).toEqual([]);
  });
});

test('takes the subnets that it is given', () => {
  const stack = newStack();
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], privateSubnetIds: ['subnet-1', 'subnet-2'],
  });
  const subnets = inGroup(stack, vpc, { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS });
  expect(groupOf(stack).properties.SubnetIds).toEqual(['subnet-1', 'subnet-2']);
  expect([0, 1].map(subnets.zone)).toEqual(['eu-west-1a', 'eu-west-1b']);
});

test('takes a VPC whose zones and subnets are known at deployment only', () => {
  const stack = newStack();
  const text = (id: string) => Fn.split(',', new CfnParameter(stack, id).valueAsString);
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: text('Zones'), isolatedSubnetIds: text('SubnetIds') });
  const subnets = inGroup(stack, vpc);
  expect(groupOf(stack).properties.SubnetIds).toEqual({ 'Fn::Split': [',', { Ref: 'SubnetIds' }] });
  expect([0, 1].map(i => stack.resolve(subnets.zone(i)))).toEqual([0, 1].map(i => ({ 'Fn::Select': [i, { 'Fn::Split': [',', { Ref: 'Zones' }] }] })));
});

test('refuses to choose between tiers', () => {
  const stack = newStack();
  const network = new SecureVpc(stack, 'Network', { foundation: new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] }) });
  expect(() => selectDatabaseSubnets(stack, network, undefined)).toThrow("[Test] 'vpcSubnets' is left out, and the VPC has several subnets for it in one availability zone: name their tier, for example by { subnetGroupName: 'Data' }");
  inGroup(stack, network, network.dataSubnets);
  expect(groupOf(stack).properties.SubnetIds).toHaveLength(2);
});

test('refuses a VPC without isolated subnets', () => {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'Public', subnetType: ec2.SubnetType.PUBLIC }] });
  expect(() => selectDatabaseSubnets(stack, vpc, undefined)).toThrow(/\[Test\] 'vpc' has no isolated subnets/);
});

test('refuses public subnets', () => {
  const stack = newStack();
  expect(() => selectDatabaseSubnets(stack, newVpc(stack), { subnetType: ec2.SubnetType.PUBLIC })).toThrow(/\[Test\] 'vpcSubnets' selects public subnets/);
});

test('refuses subnets in one zone', () => {
  const stack = newStack();
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], isolatedSubnetIds: ['subnet-1'] });
  expect(() => selectDatabaseSubnets(stack, vpc, undefined)).toThrow(/\[Test\] 'vpcSubnets' are in 1 availability zone, eu-west-1a: RDS needs two or more/);
});
