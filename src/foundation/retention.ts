import { CfnResource, RemovalPolicy } from 'aws-cdk-lib/core';
import { claim } from './claims';
import { Disposable } from './disposable';
import { GEN_RETAINED } from '../private/controls/general';

/**
 * Keeps a stateful resource when it leaves the template, except when its very creation failed, so that the next attempt finds
 * its name free. In a disposable scope the resource goes with its stack.
 */
export function retain(resource: CfnResource): void {
  resource.applyRemovalPolicy(Disposable.isDisposable(resource) ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  claim(resource, GEN_RETAINED);
}
