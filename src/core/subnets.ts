// How an error names what a selection of subnets finds.
import { Token } from 'aws-cdk-lib/core';

/** An availability zone as an error shows it: in a stack without a region only the deployment knows which it is. */
export function zoneName(zone: string): string {
  return Token.isUnresolved(zone) ? 'an availability zone that only the deployment knows' : zone;
}
