// What every construct checks of what it is given: errors that name the construct, the prop, the value and the mend.
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Duration } from 'aws-cdk-lib/core';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Where something is wrong: a construct, or one that is not made yet. */
export interface Place {
  readonly node: { readonly path: string };
  /** What whoever gave the props calls them, where a construct passes them on under names of its own. */
  readonly names?: Readonly<Record<string, string>>;
}

/** The construct that will be there: for checks before it is made. */
export function place(scope: IConstruct, id: string): Place {
  return {
    node: {
      // written when it is needed, for an error
      get path(): string {
        return scope.node.path === '' ? id : `${scope.node.path}/${id}`;
      },
    },
  };
}

/** Throws with the construct's path before the message. */
export function fail(scope: Place, message: string): never {
  const renamed = Object.entries(scope.names ?? {}).reduce((text, [own, given]) => text.replaceAll(`'${own}'`, `'${given}'`), message);
  throw new Error(`[${scope.node.path}] ${renamed}`);
}

/** Refuses a number outside a range. Tokens pass. */
export function requireRange(scope: Place, prop: string, value: number | undefined, min: number, max: number, unit: string): void {
  if (value === undefined || Token.isUnresolved(value)) { return; }
  if (!Number.isInteger(value) || value < min || value > max) {
    fail(scope, `'${prop}' must be a whole number from ${min} to ${max} ${unit}, got ${got(value)}`);
  }
}

/** Refuses a duration outside a range of days. Tokens in days pass; those in other units can't be converted. */
export function requireDays(scope: Place, prop: string, duration: Duration | undefined, min: number, max: number): void {
  requireKindIfGiven(scope, prop, duration, ['toDays'], "a Duration, for example 'Duration.days(30)'");
  requireUnit(scope, prop, duration, 'days');
  requireRange(scope, prop, daysOf(duration), min, max, 'days');
}

/** A duration in days; undefined if there is none or it is a token. */
export function daysOf(duration: Duration | undefined): number | undefined {
  return duration === undefined || duration.isUnresolved() ? undefined : duration.toDays({ integral: false });
}

/** Refuses text that does not match. Tokens pass. */
export function requireMatch(scope: Place, prop: string, value: string | undefined, pattern: RegExp, mend: string): void {
  if (value === undefined || Token.isUnresolved(value)) { return; }
  if (!pattern.test(value)) {
    fail(scope, `'${prop}' is '${value}': ${mend}`);
  }
}

/** Refuses what is left out: JavaScript checks no types, and a variable of the environment that is not set passes those of TypeScript. */
export function requireGiven(scope: Place, prop: string, value: unknown, mend: string): void {
  if (value === undefined || value === null) {
    fail(scope, `'${prop}' is missing: ${mend}`);
  }
}

/**
 * Refuses what is not there, or is something else: JavaScript and Python check no types.
 *
 * @param members what the CDK's interface has, for example `vpcId`
 * @param wanted what to give, for example `an ec2.IVpc`
 */
export function requireKind(scope: Place, prop: string, value: unknown, members: string[], wanted: string): void {
  if (value === undefined || value === null) {
    fail(scope, `'${prop}' is missing: give ${wanted}`);
  }
  requireKindIfGiven(scope, prop, value, members, wanted);
}

/** As `requireKind`, of what may be left out. */
export function requireKindIfGiven(scope: Place, prop: string, value: unknown, members: string[], wanted: string): void {
  if (value === undefined) { return; }
  if (typeof value !== 'object' || value === null || !members.every(m => m in value)) {
    fail(scope, `'${prop}' is ${shown(value)}: give ${wanted}`);
  }
}

/** A value as an error shows it: text in quotes, a construct by its class and path. */
export function shown(value: unknown): string {
  if (typeof value === 'string') { return `the text '${value}'`; }
  if (typeof value === 'number' || typeof value === 'boolean') { return `the ${typeof value} ${String(value)}`; }
  return got(value);
}

/** As `shown`, where the error has named the kind before. */
export function got(value: unknown): string {
  if (typeof value === 'string') { return `'${value}'`; }
  if (typeof value === 'function') { return 'a function'; }
  if (Array.isArray(value)) { return 'a list'; }
  if (typeof value !== 'object' || value === null) { return String(value); }
  // the CDK's classes are called `Topic2` inside, and ours `_TlsAlb` in the bundle
  const type = value.constructor?.name.replace(/^_|\d+$/g, '') ?? 'Object';
  if (isConstruct(value)) { return `the ${type} '${value.node.path}'`; }
  return type === 'Object' ? 'an object' : `an object of ${type}`;
}

/** Whether a value is a construct, of whichever copy of the CDK. Its path is not asked for, as that is put together each time. */
export function isConstruct(value: unknown): value is IConstruct {
  if (typeof value !== 'object' || value === null) { return false; }
  const { node } = value as Partial<IConstruct>;
  return typeof node === 'object' && node !== null && 'path' in node;
}

/** Refuses an empty list, or what is none. A list that is a token passes. */
export function requireNotEmpty(scope: Place, prop: string, value: unknown[] | undefined, mend: string): void {
  requireArray(scope, prop, value);
  if (value === undefined || value === null || value.length === 0) {
    fail(scope, `'${prop}' is ${value ? 'empty' : 'missing'}: ${mend}`);
  }
}

function requireArray(scope: Place, prop: string, value: unknown): void {
  if (value !== undefined && value !== null && !Array.isArray(value)) {
    fail(scope, `'${prop}' is ${shown(value)}, not a list: put it into brackets`);
  }
}

/** Refuses a grant that gave nothing, as its principal has no policy: an ARN, an account, a service. */
export function requireGranted(scope: Place, method: string, grant: iam.Grant): iam.Grant {
  if (!grant.success) {
    fail(scope, `'${method}' got a principal without a policy of its own, so nothing would be granted: pass a role, a user, a group `
      + 'or what has a role');
  }
  return grant;
}

/** Refuses what is no e-mail address, and one that is named twice. An address may be a token. */
export function requireEmails(scope: Place, prop: string, emails: string[]): void {
  if (Token.isUnresolved(emails)) {
    fail(scope, `'${prop}' is a list that is known only at deployment: give a list, whose members may be tokens`);
  }
  emails.forEach((email, i) => {
    if (Token.isUnresolved(email)) { return; }
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
      fail(scope, `'${prop}' has '${email}', which is no e-mail address`);
    }
    if (emails.indexOf(email) < i) {
      fail(scope, `'${prop}' has '${email}' twice: name it once`);
    }
  });
}

/** Refuses a list that is a token itself, whose entries are needed one by one. An entry may be a token. */
export function requireList(scope: Place, prop: string, values: unknown[] | undefined): void {
  requireArray(scope, prop, values);
  if (Token.isUnresolved(values)) {
    fail(scope, `'${prop}' is a list that is known only at deployment: name its entries one by one; each of them may be a token`);
  }
}

/** Refuses a token where the value decides what the template has. */
export function requireKnown(scope: Place, prop: string, value: unknown, mend: string): void {
  if (Token.isUnresolved(value)) {
    fail(scope, `'${prop}' is known only at deployment: ${mend}`);
  }
}

/** Refuses a duration whose amount is a token in other units than the template takes, as nobody can convert it. */
export function requireUnit(scope: Place, prop: string, duration: Duration | undefined, unit: 'days' | 'minutes' | 'seconds'): void {
  if (duration?.isUnresolved() && duration.unitLabel() !== unit) {
    fail(scope, `'${prop}' is a token in ${duration.unitLabel()}, which can't be converted: make it with Duration.${unit}()`);
  }
}

/**
 * Refuses to choose where a VPC has several tiers to choose from: a guess would be in the wrong one as well.
 *
 * @param tier what a `SecureVpc` calls the right one
 */
export function requireOneTier(scope: Place, selection: unknown, zones: string[], tier: string): void {
  if (selection === undefined && new Set(zones).size < zones.length) {
    fail(scope, '\'vpcSubnets\' is left out, and the VPC has several subnets for it in one availability zone: name their tier, for '
      + `example by { subnetGroupName: '${tier}' }`);
  }
}
