import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct, DependencyGroup, IDependable } from 'constructs';

/** Names, IDs, route tables and blocks of subnets, as `VpcAttributes` has them. */
export type SubnetLists = { readonly [list in keyof ec2.VpcAttributes]?: string[] };

/** What an imported VPC is made of. */
export interface ImportedVpcOptions {
  readonly vpc: ec2.CfnVPC;
  readonly cidr: string;
  readonly availabilityZones: string[];
  /** Those of each tier. */
  readonly subnets: SubnetLists[];
}

/** A VPC of L1s as other constructs know VPCs, with a subnet group for each tier, called like the tier. */
export function importedVpc(scope: Construct, id: string, options: ImportedVpcOptions): ec2.IVpc {
  const lists: Record<string, string[]> = {};
  for (const [name, own] of options.subnets.flatMap(tier => Object.entries(tier))) {
    lists[name] = [...lists[name] ?? [], ...own];
  }
  return ec2.Vpc.fromVpcAttributes(scope, id, {
    ...lists,
    vpcId: options.vpc.ref,
    vpcCidrBlock: options.cidr,
    availabilityZones: options.availabilityZones,
  });
}

/** Makes what waits for the connectivity of an imported VPC, or of its subnets, wait for these: they do not know what they need. */
export function establish(waiting: ConnectivityOf[], ...dependables: IDependable[]): void {
  for (const { internetConnectivityEstablished } of waiting) {
    (internetConnectivityEstablished as DependencyGroup).add(...dependables);
  }
}

type ConnectivityOf = Pick<ec2.ISubnet, 'internetConnectivityEstablished'>;
