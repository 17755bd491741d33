import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { zoneName } from '../core/subnets';
import type { Place } from '../core/validate';
import { fail, requireOneTier } from '../core/validate';

/** IDs of the selected subnets: in two Availability Zones or more, and none of them public. */
export function privateSubnets(at: Place, vpc: ec2.IVpc, selection: ec2.SubnetSelection | undefined): string[] {
  const selected = vpc.selectSubnets(selection);
  if (selected.isPendingLookup) { return selected.subnetIds; }
  if (selected.hasPublic) {
    fail(at, "'vpcSubnets' selects public subnets: take private or isolated ones, and let a load balancer be public");
  }
  requireOneTier(at, selection, selected.availabilityZones, 'Application');
  const zones = new Set(selected.availabilityZones);
  if (zones.size < 2) {
    const found = zones.size === 0 ? 'no Availability Zone' : `one Availability Zone only (${[...zones].map(zoneName).join()})`;
    fail(at, `'vpcSubnets' selects subnets in ${found}: select two or more, so that the service outlives one`);
  }
  return selected.subnetIds;
}
