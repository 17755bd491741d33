import { Aws, Fn, Lazy, Names, Stack, Token } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
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

/** The service principal of GuardDuty in the stack where it is rendered: a regional one where an account has to opt in to the region. */
export function guardDutyPrincipal(): string {
  return Lazy.uncachedString({
    produce: ({ scope }) => {
      const { region } = Stack.of(scope);
      return !Token.isUnresolved(region) && RegionInfo.get(region).isOptInRegion ? `guardduty.${region}.amazonaws.com` : 'guardduty.amazonaws.com';
    },
  });
}
