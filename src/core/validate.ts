import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Duration } from 'aws-cdk-lib/core';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Throws with the construct's path before the message. */
export function fail(scope: IConstruct, message: string): never {
  throw new Error(`[${scope.node.path}] ${message}`);
}

/** Refuses a number outside a range. Tokens pass. */
export function requireRange(scope: IConstruct, prop: string, value: number | undefined, min: number, max: number, unit: string): void {
  if (value === undefined || Token.isUnresolved(value)) { return; }
  if (!Number.isInteger(value) || value < min || value > max) {
    fail(scope, `'${prop}' must be a whole number from ${min} to ${max} ${unit}, got ${value}`);
  }
}

/** A duration in days, for `requireRange`; undefined if it is a token. */
export function days(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toDays({ integral: false });
}

/** Refuses text that does not match. Tokens pass. */
export function requireMatch(scope: IConstruct, prop: string, value: string | undefined, pattern: RegExp, mend: string): void {
  if (value === undefined || Token.isUnresolved(value)) { return; }
  if (!pattern.test(value)) {
    fail(scope, `'${prop}' is '${value}': ${mend}`);
  }
}

/** Refuses what is left out: JavaScript checks no types, and a variable of the environment that is not set passes those of TypeScript. */
export function requireGiven(scope: IConstruct, prop: string, value: unknown, mend: string): void {
  if (value === undefined || value === null) {
    fail(scope, `'${prop}' is missing: ${mend}`);
  }
}

/** Refuses an empty list. A list that is a token passes. */
export function requireNotEmpty(scope: IConstruct, prop: string, value: any[] | undefined, mend: string): void {
  if (value === undefined || value.length === 0) {
    fail(scope, `'${prop}' is ${value ? 'empty' : 'missing'}: ${mend}`);
  }
}

/** Refuses a grant that gave nothing, as its principal has no policy: an ARN, an account, a service. */
export function requireGranted(scope: IConstruct, method: string, grant: iam.Grant): iam.Grant {
  if (!grant.success) {
    fail(scope, `'${method}' got a principal without a policy of its own, so nothing would be granted: pass a role, a user, a group or what has a role`);
  }
  return grant;
}

/** Refuses a list that is a token itself, whose entries are needed one by one. An entry may be a token. */
export function requireList(scope: IConstruct, prop: string, values: any[] | undefined): void {
  if (Token.isUnresolved(values)) {
    fail(scope, `'${prop}' is a list that is known only at deployment: name its entries one by one; each of them may be a token`);
  }
}

/** Refuses a token where the value decides what the template has. */
export function requireKnown(scope: IConstruct, prop: string, value: unknown, mend: string): void {
  if (Token.isUnresolved(value)) {
    fail(scope, `'${prop}' is known only at deployment: ${mend}`);
  }
}

/** Refuses a duration whose amount is a token in other units than the template takes, as nobody can convert it. */
export function requireUnit(scope: IConstruct, prop: string, duration: Duration | undefined, unit: 'days' | 'minutes' | 'seconds'): void {
  if (duration?.isUnresolved() && duration.unitLabel() !== unit) {
    fail(scope, `'${prop}' is a token in ${duration.unitLabel()}, which can't be converted: make it with Duration.${unit}()`);
  }
}

/**
 * Refuses to choose where a VPC has several tiers to choose from: a guess would be in the wrong one as well.
 *
 * @param tier what a `SecureVpc` calls the right one
 */
export function requireOneTier(scope: IConstruct, selection: unknown, zones: string[], tier: string): void {
  if (selection === undefined && new Set(zones).size < zones.length) {
    fail(scope, `'vpcSubnets' is left out, and the VPC has several subnets for it in one availability zone: name their tier, for example by { subnetGroupName: '${tier}' }`);
  }
}
