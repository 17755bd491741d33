// Where in its network a database is.
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CfnResource, Fn, Reference, Token, Tokenization } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Disposable } from '../assurance/disposable';
import { requireSelection } from '../core/subnets';
import type { Place } from '../core/validate';
import { fail, requireOneTier } from '../core/validate';
import { retain } from '../foundation/retention';
import * as settings from '../services/rds/settings';

/** Where a database is. */
export interface DatabaseSubnets {
  readonly subnetIds: string[];
  /** The availability zone of an instance, by its index: each in another, as far as there are any. */
  readonly zone: (index: number) => string;
}

/** The selected subnets, or the isolated ones. Refuses public subnets and a single availability zone. */
export function selectDatabaseSubnets(at: Place, vpc: ec2.IVpc, selection: ec2.SubnetSelection | undefined): DatabaseSubnets {
  requireSelection(at, selection, 'Data');
  if (!selection && vpc.isolatedSubnets.length === 0) {
    fail(at, "'vpc' has no isolated subnets, which a database belongs in: give it some, or choose others by 'vpcSubnets'");
  }
  const { subnetIds, availabilityZones, hasPublic } = vpc.selectSubnets(selection ?? settings.subnets());
  if (hasPublic) {
    fail(at, "'vpcSubnets' selects public subnets: take isolated ones, from which no route leads to the internet");
  }
  requireOneTier(at, selection, availabilityZones, 'Data');
  const zones = [...new Set(availabilityZones)];
  if (Token.isUnresolved(vpc.availabilityZones) && zones.length === 1) {
    return { subnetIds, zone: index => Fn.select(index, vpc.availabilityZones) };
  }
  settings.checkZones(at, zones);
  return { subnetIds, zone: index => zones[index % zones.length] };
}

/** The subnet group of a database. The network stays as long as a retained database is in it. */
export function subnetGroup(scope: Construct, id: string, vpc: ec2.IVpc, { subnetIds }: DatabaseSubnets): rds.CfnDBSubnetGroup {
  const group = new rds.CfnDBSubnetGroup(scope, id, settings.subnetGroup(subnetIds));
  retain(group);
  if (!Disposable.isDisposable(scope)) { [vpc.vpcId, ...subnetIds].forEach(keep); }
  return group;
}

/** Keeps the network that a retained database is in: AWS refuses to delete it, and the deletion of its stack would fail for it. */
function keep(id: string): void {
  const made = Tokenization.reverseString(id).tokens.find(token => Reference.isReference(token));
  if (!made) { return; }
  const { target } = made as Reference;
  if (CfnResource.isCfnResource(target) && ['AWS::EC2::VPC', 'AWS::EC2::Subnet'].includes(target.cfnResourceType)) { retain(target); }
}
