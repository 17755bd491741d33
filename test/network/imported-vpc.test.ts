import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource } from 'aws-cdk-lib/core';
import { establish, importedVpc } from '../../src/network/imported-vpc';
import { IsolatedTier } from '../../src/network/isolated-tier';
import { PublicTier } from '../../src/network/public-tier';
import { newStack, render } from '../support/prove';

const RULES = [true, false].map(egress => ({ number: 100, egress, action: 'deny' as const, protocol: -1, cidr: '0.0.0.0/0' }));

function world() {
  const stack = newStack();
  const vpc = new ec2.CfnVPC(stack, 'Cloud', { cidrBlock: '10.0.0.0/16' });
  const availabilityZones = ['zone-a', 'zone-b'];
  const [front, middle, back] = ['Front', 'Middle', 'Back'].map((id, i) => new (i === 0 ? PublicTier : IsolatedTier)(stack, id, {
    vpc, availabilityZones, cidrs: [`10.0.${i}.0/25`, `10.0.${i}.128/25`], rules: RULES,
  }));
  const imported = importedVpc(stack, 'Vpc', { vpc, cidr: '10.0.0.0/16', availabilityZones, subnets: [front, middle, back].map(t => t.attributes()) });
  return { stack, imported, tiers: { Front: front, Middle: middle, Back: back } };
}

test('each tier is a subnet group, with its addresses and route table', () => {
  const { stack, imported, tiers } = world();
  for (const [subnetGroupName, tier] of Object.entries(tiers)) {
    const { subnets } = imported.selectSubnets({ subnetGroupName });
    expect(subnets.map(s => s.ipv4CidrBlock)).toEqual(tier.subnets.map(s => s.cidrBlock));
    const { attrRouteTableId } = tier.routeTable;
    expect(stack.resolve(subnets.map(s => s.routeTable.routeTableId))).toEqual(stack.resolve([attrRouteTableId, attrRouteTableId]));
  }
  expect(imported.vpcCidrBlock).toBe('10.0.0.0/16');
});

test('what waits for connectivity waits for what is established', () => {
  const { stack, imported, tiers } = world();
  const anything = new CfnResource(stack, 'Anything', { type: 'AWS::SNS::Topic' });
  const waiting = new CfnResource(stack, 'Waiting', { type: 'AWS::SNS::Topic' });
  establish(imported.publicSubnets, anything);
  waiting.node.addDependency(imported.selectSubnets({ subnetGroupName: tiers.Front.node.id }).internetConnectivityEstablished);
  expect(render(stack).resource('Waiting')!.dependsOn).toEqual(['Anything']);
});
