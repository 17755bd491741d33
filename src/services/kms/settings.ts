// The hardened values of a key.
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import type { Place } from '../../core/validate';
import { requireDays, requireMatch } from '../../core/validate';

/** What may differ between keys. */
export interface KeyOptions {
  readonly rotationPeriod?: Duration;
  readonly pendingWindow?: Duration;
}

/** A key for encryption that rotates, and whose deletion can be called off. */
export function key(at: Place, options: KeyOptions): Partial<kms.CfnKeyProps> {
  const rotationPeriod = options.rotationPeriod ?? Duration.days(365);
  const pendingWindow = options.pendingWindow ?? Duration.days(30);
  requireDays(at, 'rotationPeriod', rotationPeriod, 90, 2560);
  requireDays(at, 'pendingWindow', pendingWindow, 7, 30);
  return {
    enableKeyRotation: true,
    rotationPeriodInDays: rotationPeriod.toDays(),
    pendingWindowInDays: pendingWindow.toDays(),
    keySpec: 'SYMMETRIC_DEFAULT',
    keyUsage: 'ENCRYPT_DECRYPT',
    bypassPolicyLockoutSafetyCheck: undefined,
  };
}

/** The longest alias that is made of stack name and logical ID. */
export const ALIAS_LENGTH = 200;

/** Refuses an alias that KMS would refuse, or that is not what it seems. */
export function checkAlias(at: Place, alias: string | undefined): void {
  requireMatch(at, 'alias', alias, /^(?!aws\/)(?!alias\/)[a-zA-Z0-9/_-]+$/,
    "leave out 'alias/', use letters, digits, '/', '_' and '-', and do not begin with 'aws/', which AWS keeps for itself");
}
