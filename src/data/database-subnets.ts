import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CfnResource, Fn, Reference, Token, Tokenization } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Disposable } from '../assurance/disposable';
import { fail, requireOneTier } from '../core/validate';
import { retain } from '../foundation/retention';

/** Where a database is. */
export interface DatabaseSubnets {
  readonly group: rds.CfnDBSubnetGroup;
  /** The availability zone of an instance, by its index: each in another, as far as there are any. */
  readonly zone: (index: number) => string;
}

/** A subnet group of the selected subnets, or of the isolated ones. Refuses public subnets and a single availability zone. */
export function selectDatabaseSubnets(scope: Construct, vpc: ec2.IVpc, selection: ec2.SubnetSelection | undefined): DatabaseSubnets {
  if (!selection && vpc.isolatedSubnets.length === 0) {
    fail(scope, "'vpc' has no isolated subnets, which a database belongs in: give it some, or choose others by 'vpcSubnets'");
  }
  const selected = vpc.selectSubnets(selection ?? { subnetType: ec2.SubnetType.PRIVATE_ISOLATED });
  if (selected.hasPublic) {
    fail(scope, "'vpcSubnets' selects public subnets: take isolated ones, from which no route leads to the internet");
  }
  requireOneTier(scope, selection, selected.availabilityZones, 'Data');
  const zones = [...new Set(selected.availabilityZones)];
  const later = Token.isUnresolved(vpc.availabilityZones) && zones.length === 1;
  if (zones.length < 2 && !later) {
    fail(scope, `'vpcSubnets' are in ${zones.length} availability zone, ${zones.join()}: RDS needs two or more`);
  }
  const group = new rds.CfnDBSubnetGroup(scope, 'Subnets', { dbSubnetGroupDescription: 'Subnets of the database', subnetIds: selected.subnetIds });
  retain(group);
  if (!Disposable.isDisposable(scope)) { [vpc.vpcId, ...selected.subnetIds].forEach(keep); }
  return { group, zone: index => later ? Fn.select(index, vpc.availabilityZones) : zones[index % zones.length] };
}

/** Keeps the network that a retained database is in: AWS refuses to delete it, and the deletion of its stack would fail for it. */
function keep(id: string): void {
  const made = Tokenization.reverseString(id).tokens.find(token => Reference.isReference(token));
  if (!made) { return; }
  const { target } = made as Reference;
  if (CfnResource.isCfnResource(target) && ['AWS::EC2::VPC', 'AWS::EC2::Subnet'].includes(target.cfnResourceType)) { retain(target); }
}
