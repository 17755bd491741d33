import type * as iam from 'aws-cdk-lib/aws-iam';
import { CfnResource, RemovalPolicy } from 'aws-cdk-lib/core';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { GEN_RETAINED } from '../services/general/controls';

/**
 * Keeps a stateful resource when it leaves the template, except when its very creation failed, so that the next attempt finds
 * its name free. In a disposable scope the resource goes with its stack.
 */
export function retain(resource: CfnResource): void {
  resource.applyRemovalPolicy(Disposable.isDisposable(resource) ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  claim(resource, GEN_RETAINED);
}

/** Keeps a role and its policy, which a retained resource goes on using. */
export function retainRole(role: iam.Role): void {
  retain(role.node.defaultChild as iam.CfnRole);
  retain(role.node.findChild('Policy').node.defaultChild as iam.CfnManagedPolicy);
}
