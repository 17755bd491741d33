// What is asked of a selection of subnets, before a VPC selects them.
import { Token } from 'aws-cdk-lib/core';
import type { Place } from './validate';
import { fail, requireKindIfGiven } from './validate';

/**
 * Refuses a name or a list where a selection is wanted, which the CDK would take for one that says nothing: JavaScript and Python
 * check no types.
 *
 * @param tier what a `SecureVpc` calls the right one
 */
export function requireSelection(at: Place, selection: unknown, tier: string): void {
  requireKindIfGiven(at, 'vpcSubnets', selection, [], `an ec2.SubnetSelection, for example { subnetGroupName: '${tier}' }`);
  if (!Array.isArray(selection)) { return; }
  fail(at, `'vpcSubnets' is a list of ${selection.length}: give a selection of subnets, for example { subnetGroupName: '${tier}' }, `
    + 'or { subnets: [...] } with the subnets');
}

/** An availability zone as an error shows it: in a stack without a region only the deployment knows which it is. */
export function zoneName(zone: string): string {
  return Token.isUnresolved(zone) ? 'an availability zone that only the deployment knows' : zone;
}
