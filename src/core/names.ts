// ARNs, and names of resources that have to be known before the deployment.
import { createHash } from 'crypto';
import type { CfnElement } from 'aws-cdk-lib/core';
import { Aws, Fn, Lazy, Stack, Token } from 'aws-cdk-lib/core';

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

type Conditions = Record<string, Record<string, unknown>>;

/** The condition that a key has this ARN; a `*` in it stands for any text. */
export function arnIs(key: string, value: string): Conditions {
  return { [value.includes('*') ? 'ArnLike' : 'ArnEquals']: { [key]: value } };
}

/** The condition that keys have these texts; a `*` in the first of them stands for any text. */
export function textIs(values: Record<string, string>): Conditions {
  return { [Object.values(values).some(v => v.includes('*')) ? 'StringLike' : 'StringEquals']: values };
}

/** The condition that a request comes from this account's resource by this ARN; a `*` in it stands for any text. */
export function sourceIs(sourceArn: string): Conditions {
  return { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ...arnIs('aws:SourceArn', sourceArn) };
}

/**
 * Twelve characters that differ between two incarnations of a stack: part of the stack's GUID.
 *
 * A retained resource with a physical name that lacked them would block the next deployment of a stack that was deleted.
 */
export function incarnation(): string {
  return Fn.select(4, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))));
}

/** How a name is written. */
export interface NameOptions {
  readonly maxLength: number;
  /**
   * What stands between stack name and logical ID.
   *
   * @default '-'
   */
  readonly separator?: string;
  /**
   * Whether capital letters stay.
   *
   * @default false
   */
  readonly keepCase?: boolean;
}

/**
 * The part of a physical name that is known when the template is made: stack name and logical ID. A construct that moves under
 * another parent and keeps its logical ID keeps the name.
 *
 * Add `-` and `incarnation()` where the resource is retained, and let policies name `STEM-*`, so that a policy of another
 * stack needs no reference to it.
 *
 * @param owner the resource that is named; it is asked for when the template is made, so that it may be created with the name
 */
export function nameStem(owner: () => CfnElement, options: NameOptions): string {
  return Lazy.uncachedString({ produce: () => shortened(stemOf(owner(), options.separator ?? '-'), options) });
}

/** A physical name for a resource that outlives its stack. */
export function retainedName(owner: () => CfnElement, options: NameOptions): string {
  return `${nameStem(owner, { ...options, maxLength: options.maxLength - 13 })}-${incarnation()}`;
}

/** What a retained name is called in a policy of another stack: with `*` for the part that only the deployment knows. */
export function retainedNamePattern(owner: () => CfnElement, options: NameOptions): string {
  return `${nameStem(owner, { ...options, maxLength: options.maxLength - 13 })}-*`;
}

/** What CloudFormation calls a resource without a name of its own, with `*` for what it adds and for the name of a nested stack. */
export function generatedNamePattern(owner: () => CfnElement): string {
  return `${Lazy.uncachedString({ produce: () => stackPart(owner(), '-') || '*' })}${logicalId(owner)}-*`;
}

/** A resource's logical ID, as text, when the template is made. */
export function logicalId(owner: () => CfnElement): string {
  return Lazy.uncachedString({ produce: () => logicalIdOf(owner()) });
}

function stemOf(owner: CfnElement, separator: string): string {
  return `${stackPart(owner, separator)}${logicalIdOf(owner)}`;
}

/** The name of a nested stack is known to CloudFormation only. */
function stackPart(owner: CfnElement, separator: string): string {
  const { stackName } = Stack.of(owner);
  return Token.isUnresolved(stackName) ? '' : `${stackName}${separator}`;
}

function logicalIdOf(owner: CfnElement): string {
  return String(Stack.of(owner).resolve(owner.logicalId));
}

/** Services refuse two hyphens in a row, or one at the end, in some of their names. */
function shortened(text: string, options: NameOptions): string {
  const plain = (options.keepCase ? text : text.toLowerCase()).replace(/-{2,}/g, '-');
  if (plain.length <= options.maxLength) { return plain; }
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${plain.slice(0, options.maxLength - hash.length - 1).replace(/-$/, '')}-${hash}`;
}
