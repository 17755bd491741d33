// Grants on a key that work at run time: a key whose policy trusts no policy of the account needs both halves, the caller's and its own.
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Resource, Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import { iamArn } from '../core/names';
import { conditionsOf } from '../core/policies';
import { requireKind } from '../core/validate';
import type { Json } from '../core/values';
import { list } from '../core/values';
import { oneRole } from '../services/kms/statements';

/**
 * The grants of a key.
 *
 * The CDK offers no way to say how they are made, as the constructor of its class is private: this replaces the one method that
 * all others of the object call. Left to itself it would name roles of other stacks in the key's policy, which is a circle, or
 * let in the whole account.
 */
export function keyGrants(key: kms.Key): kms.KeyGrants {
  const grants = kms.KeyGrants.fromKey(key, false);
  const both = grants.actions.bind(grants);
  const oneSided: OneSided[] = [];
  key.node.addValidation({ validate: () => unreachable(key, oneSided) });
  grants.actions = (grantee, ...actions) => {
    requireKind(key, 'grantee', grantee, ['grantPrincipal'], 'what has permissions, for example a role');
    if (grantee instanceof kms.ViaServicePrincipal) { return toCaller(key, grantee, actions) ?? both(grantee, ...actions); }
    if (grantee instanceof iam.ManagedPolicy) { return callersHalf(key, grantee, actions); }
    const owner = ownerOf(grantee);
    if (!owner || Stack.of(owner) === Stack.of(key)) { return both(grantee, ...actions); }
    const roleArn = fixedArn(owner);
    if (roleArn === undefined) {
      oneSided.push({ path: owner.node.path, actions });
    } else {
      key.addToResourcePolicy(oneRole(roleArn, actions));
    }
    return callersHalf(key, grantee, actions);
  };
  return grants;
}

interface OneSided {
  readonly path: string;
  readonly actions: string[];
}

function callersHalf(key: kms.Key, grantee: iam.IGrantable, actions: string[]): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [key.keyArn] });
}

/** The role that a grantee is, if an app makes it. */
function ownerOf(grantee: iam.IGrantable): iam.IPrincipal & Resource | undefined {
  const principal = grantee.grantPrincipal;
  return iam.principalIsOwnedResource(principal) && Resource.isResource(principal) ? principal as iam.IPrincipal & Resource : undefined;
}

/** The ARN of a role whose name the app chose. It is text: no reference, which would tie the stacks to a circle. */
function fixedArn(owner: Resource): string | undefined {
  const resource = owner.node.defaultChild;
  if (!iam.CfnRole.isCfnRole(resource) || resource.roleName === undefined || Token.isUnresolved(resource.roleName)) { return undefined; }
  const path = resource.path === undefined || Token.isUnresolved(resource.path) ? '/' : resource.path;
  return iamArn(`role${path}${resource.roleName}`);
}

/**
 * The grant in the caller's own policy, if it has one and is of the key's account: what secrets grant. The key admits callers of
 * its account through Secrets Manager, as the secret asks it to when it is made.
 */
function toCaller(key: kms.Key, grantee: kms.ViaServicePrincipal, actions: string[]): iam.Grant | undefined {
  // The CDK keeps the caller to itself, and has no other way to it. Where it is not found, the grant is made as the CDK makes it.
  const caller = (grantee as unknown as { readonly basePrincipal?: iam.IPrincipal }).basePrincipal;
  const account = Stack.of(key).account;
  if (!caller || Token.compareStrings(caller.principalAccount ?? account, account) === TokenComparison.DIFFERENT) { return undefined; }
  const conditions = grantee.policyFragment.conditions as Record<string, Record<string, unknown>>;
  const grant = iam.Grant.addToPrincipal({ grantee: caller, actions, resourceArns: [key.keyArn], conditions });
  return grant.success ? grant : undefined;
}

/** Half a grant does if the key admits the account through a service. If it admits it through none, nothing would ever work. */
function unreachable(key: kms.Key, oneSided: OneSided[]): string[] {
  const document = oneSided.length === 0 ? undefined : (key.node.defaultChild as kms.CfnKey).keyPolicy;
  const statements = list((Stack.of(key).resolve(document) as { Statement?: Json } | undefined)?.Statement);
  if (statements.some(s => conditionsOf(s).some(c => c.key === 'kms:ViaService'))) { return []; }
  return oneSided.map(({ path, actions }) =>
    `the grant of ${actions.join(', ')} to '${path}', of another stack, gives nothing, `
    + "as the key's policy can't name a role without a name of its own: give the role a 'roleName', or the key the access of the "
      + 'service that uses it, '
    + "for example 'KeyAccess.sqs()'");
}
