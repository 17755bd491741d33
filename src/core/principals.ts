// Service principals that are not the same everywhere.
import { Lazy, Stack, Token } from 'aws-cdk-lib/core';

/**
 * Regions that an account has without opting in: those from before March 2019, and those of GovCloud and China. Every later one is
 * opted in to. (The CDK's own table of regions takes a tenth of a cold start to load.)
 */
const ENABLED_REGIONS = [
  'ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ca-central-1', 'cn-north-1', 'cn-northwest-1',
  'eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'sa-east-1', 'us-east-1', 'us-east-2', 'us-gov-east-1', 'us-gov-west-1', 'us-west-1',
  'us-west-2',
];

/** The service principal of GuardDuty in the stack where it is rendered: a regional one where an account has to opt in to the region. */
export function guardDutyPrincipal(): string {
  return Lazy.uncachedString({
    produce: ({ scope }) => {
      const { region } = Stack.of(scope);
      return !Token.isUnresolved(region) && !ENABLED_REGIONS.includes(region) ? `guardduty.${region}.amazonaws.com` : 'guardduty.amazonaws.com';
    },
  });
}
