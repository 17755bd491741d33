import { Aws, Fn, Lazy, Names, Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** `arn:PARTITION:service:REGION:ACCOUNT:resource` of wherever the template is deployed. */
export function arn(service: string, resource: string): string {
  return `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
}

/** As `arn`, without region and account: S3. */
export function globalArn(service: string, resource: string): string {
  return `arn:${Aws.PARTITION}:${service}:::${resource}`;
}

/** As `arn`, without region: IAM. */
export function iamArn(resource: string): string {
  return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:${resource}`;
}

/** `SERVICE.REGION.amazonaws.com`, the value of `kms:ViaService`. It has this suffix in every partition. */
export function viaService(service: string): string {
  return `${service}.${Aws.REGION}.amazonaws.com`;
}

/**
 * Twelve characters that differ between two incarnations of a stack: part of the stack's GUID.
 *
 * A retained resource with a physical name that lacked them would block the next deployment of a stack that was deleted.
 */
export function incarnation(): string {
  return Fn.select(4, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
}

/**
 * The part of a physical name that is known when the template is made: stack name, construct path and a hash of both.
 *
 * Add `-` and `incarnation()` where the resource is retained, and let policies name `STEM-*`, so that a policy of another
 * stack needs no reference to it.
 */
export function nameStem(scope: IConstruct, maxLength: number): string {
  return Names.uniqueResourceName(scope, { maxLength, separator: '-', allowedSpecialCharacters: '-' }).toLowerCase();
}

/** A physical name for a resource that outlives its stack. */
export function retainedName(scope: IConstruct, maxLength: number): string {
  return `${nameStem(scope, maxLength - 13)}-${incarnation()}`;
}

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
