import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import { render } from './prove';
import { importedVpc } from '../../src/network/imported-vpc';
import type { NetworkTier, NetworkTierOptions } from '../../src/network/network-tier';
import { PrivateEndpoints } from '../../src/network/private-endpoints';

const RULES = [true, false].map(egress => ({ number: 100, egress, action: 'deny' as const, protocol: -1, cidr: '0.0.0.0/0' }));
const ZONES = ['zone-a', 'zone-b'];

/** A tier by itself, and what it finds. */
export function attached(stack: Stack, make: (options: NetworkTierOptions) => NetworkTier) {
  const resource = new ec2.CfnVPC(stack, 'Cloud', { cidrBlock: '10.0.0.0/16' });
  const tier = make({ vpc: resource, availabilityZones: ZONES, cidrs: ['10.0.0.0/25', '10.0.0.128/25'], rules: RULES });
  const vpc = importedVpc(stack, 'Vpc', { vpc: resource, cidr: '10.0.0.0/16', availabilityZones: ZONES, subnets: [tier.attributes()] });
  const endpoints = new PrivateEndpoints(stack, 'Endpoints', {
    vpc, subnets: tier.subnets, clientCidr: '10.0.0.0/24', services: ['kms'], readableBuckets: [], imageAccounts: [],
  });
  tier.attach({ network: stack, resource, vpc, endpoints });
  return { tier, vpc, endpoints };
}

/** Logical IDs of what a resource that needs the connectivity of these waits for. */
export function waitsFor(stack: Stack, ...subnets: Pick<ec2.ISubnet, 'internetConnectivityEstablished'>[]): string[] {
  const waiting = new CfnResource(stack, 'Waiting', { type: 'AWS::SNS::Topic' });
  subnets.forEach(subnet => waiting.node.addDependency(subnet.internetConnectivityEstablished));
  return render(stack).resource('Waiting')!.dependsOn;
}
