import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { SubnetLists } from './imported-vpc';
import { establish } from './imported-vpc';
import type { NetworkTierOptions, Surroundings } from './network-tier';
import { NetworkTier } from './network-tier';
import { VPC_NO_DEFAULT_ROUTE } from '../services/ec2/subnet-controls';

/** A tier without a way to the internet: it reaches other tiers, and AWS services by endpoints. */
export class IsolatedTier extends NetworkTier {
  constructor(scope: Construct, id: string, options: NetworkTierOptions) {
    super(scope, id, options, { subnetType: ec2.SubnetType.PRIVATE_ISOLATED, controls: [VPC_NO_DEFAULT_ROUTE] });
  }

  public attributes(): SubnetLists {
    return {
      isolatedSubnetNames: [this.node.id],
      isolatedSubnetIds: this.subnets.map(subnet => subnet.attrSubnetId),
      isolatedSubnetRouteTableIds: this.subnets.map(() => this.routeTable.attrRouteTableId),
      isolatedSubnetIpv4CidrBlocks: this.subnets.map(subnet => subnet.cidrBlock!),
    };
  }

  public attach({ vpc, endpoints }: Surroundings): void {
    endpoints.serve(this.routeTable);
    establish(vpc.isolatedSubnets, ...endpoints.all, ...this.associations);
  }
}
