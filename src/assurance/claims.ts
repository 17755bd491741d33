// What constructs say of their resources, and what they ask before they say it.
import type { CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { enrol } from './self-check';
import { waiverOf } from './waivers';
import type { Control } from '../core/control';
import { ADMITTED } from '../core/ours';
import { fail } from '../core/validate';

/** Claims controls on a resource. The self-check fails the synthesis if one of them does not hold there and is not waived. */
export function claim(resource: CfnResource, ...controls: Control[]): void {
  const { claims } = enrol(resource);
  for (const control of controls) {
    if (!control.types.includes(resource.cfnResourceType)) {
      fail(resource, `control '${control.id}' is for ${control.types.join(', ')}, not for ${resource.cfnResourceType}`);
    }
    claims.push({ resource, control });
  }
}

/**
 * Whether a control need not hold at a construct: it is waived there or above, the scope is disposable and the control only keeps things
 * alive, or the construct, not made yet, was given a waiver of its own.
 */
export function isWaived(scope: IConstruct, controlId: string, own?: readonly { readonly control: string }[]): boolean {
  return (own ?? []).some(w => w.control === controlId) || waiverOf(scope, controlId) !== undefined;
}

/**
 * Writes down that a resource was told to let somebody in, or to tell somebody, who is not of this account: an ARN, or the number of
 * an account. It stands in the template, where auditors and the self-check read it.
 */
export function admit(resource: CfnResource, ...strangers: string[]): void {
  const known = (resource.getMetadata(ADMITTED) ?? []) as string[];
  if (strangers.length === 0) { return; }
  resource.addMetadata(ADMITTED, [...known, ...strangers.filter(s => !known.includes(s))]);
}
