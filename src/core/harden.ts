// Setting what must hold on a resource itself.
import type { CfnResource } from 'aws-cdk-lib/core';

/**
 * Sets properties of a resource after its construct has made it, so that neither a feature flag nor a property injector of a
 * consumer decides them. What is `undefined` is taken out.
 */
export function harden<Resource extends CfnResource, Values extends object>(
  resource: Resource, values: Values & Record<Exclude<keyof Values, keyof Resource>, never>,
): void {
  Object.assign(resource, values);
}
