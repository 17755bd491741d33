// Principals that are let in by a method or a property of a construct, and not by a bare statement.
import * as iam from 'aws-cdk-lib/aws-iam';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import type { RenderedResource } from './template';
import type { Json } from './values';
import { list } from './values';

/** What the metadata of a resource calls the principals that it lets in. */
const ADMITS = 'cdk-hardened:admits';

const ADMITTED = new WeakMap<CfnResource, string[]>();

/** Says that principals are let in on purpose. Those of other accounts stand in the metadata, for whoever reads the template. */
export function admit(resource: CfnResource, ...principals: iam.IPrincipal[]): void {
  const names = principals.filter(p => !iam.principalIsOwnedResource(p)).flatMap(p => Object.values(p.policyFragment.principalJson).flat());
  const known = ADMITTED.get(resource);
  if (known) {
    known.push(...names);
  } else {
    ADMITTED.set(resource, names);
    resource.addMetadata(ADMITS, Lazy.any({ produce: () => strangers(Stack.of(resource), names) }, { omitEmptyArray: true }));
  }
}

function strangers(stack: Stack, names: readonly string[]): unknown[] {
  const own = new RegExp(`"Ref":"AWS::AccountId"|:iam::${stack.resolve(stack.account)}:`);
  return names.map(n => stack.resolve(n)).filter(n => !own.test(JSON.stringify(n)));
}

/** The principals that a resource lets in on purpose, as its policy names them. */
export function admitted(resource: RenderedResource): readonly Json[] {
  return list(resource.metadata[ADMITS]);
}
