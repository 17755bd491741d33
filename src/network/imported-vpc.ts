import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, DependencyGroup, IDependable } from 'constructs';
import type { NetworkTier } from './network-tier';

/** What an imported VPC is made of. */
export interface ImportedVpcOptions {
  readonly vpc: ec2.CfnVPC;
  readonly cidr: string;
  readonly availabilityZones: string[];
  readonly publicTiers: NetworkTier[];
  readonly isolatedTiers: NetworkTier[];
}

/** A VPC of L1s as other constructs know VPCs, with a subnet group for each tier, called like the tier. */
export function importedVpc(scope: Construct, id: string, options: ImportedVpcOptions): ec2.IVpc {
  const { publicTiers, isolatedTiers } = options;
  return ec2.Vpc.fromVpcAttributes(scope, id, {
    vpcId: options.vpc.ref,
    vpcCidrBlock: options.cidr,
    availabilityZones: options.availabilityZones,
    publicSubnetNames: names(publicTiers),
    publicSubnetIds: ids(publicTiers),
    publicSubnetRouteTableIds: routeTableIds(publicTiers),
    publicSubnetIpv4CidrBlocks: cidrs(publicTiers),
    isolatedSubnetNames: names(isolatedTiers),
    isolatedSubnetIds: ids(isolatedTiers),
    isolatedSubnetRouteTableIds: routeTableIds(isolatedTiers),
    isolatedSubnetIpv4CidrBlocks: cidrs(isolatedTiers),
  });
}

/** Makes what waits for the connectivity of subnets wait for these: an imported subnet does not know what it needs. */
export function establish(subnets: ec2.ISubnet[], ...dependables: IDependable[]): void {
  for (const { internetConnectivityEstablished } of subnets) {
    (internetConnectivityEstablished as DependencyGroup).add(...dependables);
  }
}

const names = (tiers: NetworkTier[]) => tiers.map(tier => tier.node.id);
const ids = (tiers: NetworkTier[]) => tiers.flatMap(tier => tier.subnets.map(subnet => subnet.attrSubnetId));
const routeTableIds = (tiers: NetworkTier[]) => tiers.flatMap(tier => tier.subnets.map(() => tier.routeTable.attrRouteTableId));
const cidrs = (tiers: NetworkTier[]) => tiers.flatMap(tier => tier.subnets.map(subnet => subnet.cidrBlock!));
