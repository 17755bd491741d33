import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { SubnetLists } from './imported-vpc';
import { establish } from './imported-vpc';
import { InternetRoute } from './internet-route';
import type { NetworkTierOptions, Surroundings } from './network-tier';
import { NetworkTier } from './network-tier';
import { VPC_FIREWALL } from '../services/ec2/touch-controls';

/** A tier that answers the internet. */
export class PublicTier extends NetworkTier {
  constructor(scope: Construct, id: string, options: NetworkTierOptions) {
    super(scope, id, options, { subnetType: ec2.SubnetType.PUBLIC, controls: [VPC_FIREWALL] });
  }

  public attributes(): SubnetLists {
    return {
      publicSubnetNames: [this.node.id],
      publicSubnetIds: this.subnets.map(subnet => subnet.attrSubnetId),
      publicSubnetRouteTableIds: this.subnets.map(() => this.routeTable.attrRouteTableId),
      publicSubnetIpv4CidrBlocks: this.subnets.map(subnet => subnet.cidrBlock!),
    };
  }

  public attach({ network, resource, vpc }: Surroundings): void {
    const { route } = new InternetRoute(network, 'Internet', { vpc: resource, routeTable: this.routeTable });
    establish([vpc, ...vpc.publicSubnets], route, ...this.associations);
  }
}
