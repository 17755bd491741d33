// Who administers a key, and who uses it: apart, and by name.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { fail, place, requireKind } from '../core/validate';

/** Refuses principals that are everybody, the account, the role that deploys, or both administrator and user. */
export function checkPrincipals(scope: Construct, id: string, administrators: iam.IPrincipal[], users: iam.IPrincipal[]): void {
  const at = place(scope, id);
  const stack = Stack.of(scope);
  requireNamed('administrators', administrators, 'all its principals would be denied the use of the key');
  requireNamed('users', users, 'every policy in it could let somebody use the key');
  const deploys = administrators.flatMap(namesOf).find(n => /cfn-exec-role/.test(n));
  if (deploys) {
    fail(at, `'administrators' has '${deploys}', the role that deploys: administrators are denied the use of the key, `
      + 'so the deployment of whatever the key encrypts would fail; leave it out');
  }
  const resolved = (principals: iam.IPrincipal[]) => principals.flatMap(namesOf).map(n => JSON.stringify(stack.resolve(n)));
  const both = resolved(administrators).find(a => resolved(users).includes(a));
  if (both) {
    fail(at, `'users' has ${both}, which 'administrators' has too: whoever administers the key is denied its use, so take it out of `
      + 'one of them');
  }

  function requireNamed(prop: string, principals: iam.IPrincipal[], account: string): void {
    for (const name of principals.flatMap(namesOf)) {
      if (name === '*') { fail(at, `'${prop}' has the principal '*': name roles or accounts`); }
      if (isAccount(stack, name)) { fail(at, `'${prop}' has the account itself: ${account}, so name roles`); }
    }
  }
}

/** Whether a name stands for all principals of the stack's own account. */
function isAccount(stack: Stack, name: string): boolean {
  const partitions = [Aws.PARTITION, stack.partition];
  const own = [Aws.ACCOUNT_ID, stack.account].flatMap(a => [a, ...partitions.map(p => `arn:${p}:iam::${a}:root`)]);
  return own.map(n => JSON.stringify(stack.resolve(n))).includes(JSON.stringify(stack.resolve(name)));
}

function namesOf(principal: iam.IPrincipal): string[] {
  return Object.values(principal.policyFragment.principalJson).flat();
}

/** An account, or a principal of one. Parts of it may be tokens. */
const PRINCIPAL = /^(\d{12}|arn:[^:]+:(iam|sts)::[^:]*:.+)$/;

/** Refuses whoever is not of another account, and everybody at once. */
export function checkStranger(scope: Construct, prop: string, principal: iam.IPrincipal, own: string): void {
  requireKind(scope, prop, principal, ['policyFragment'], "an iam.IPrincipal, for example 'new iam.AccountPrincipal(ACCOUNT)'");
  const { AWS: names = [], ...others } = principal.policyFragment.principalJson;
  if (names.length === 0 || Object.keys(others).length > 0 || names.includes('*')) {
    fail(scope, `'${prop}' is '${principal}', which is no account and no role of one: name a role, 'new iam.ArnPrincipal(ARN)'`);
  }
  const accounts = [principal.principalAccount, ...names.map(accountIn)].filter(id => !Token.isUnresolved(id));
  const account = accounts.find(id => id !== undefined && !/^\d{12}$/.test(id));
  if (account !== undefined) {
    fail(scope, `'${prop}' is '${principal}', of the account '${account}': give an account ID of twelve digits`);
  }
  const odd = names.find(name => !Token.isUnresolved(name) && !PRINCIPAL.test(name));
  if (odd !== undefined) { fail(scope, `'${prop}' has '${odd}', which is neither the twelve digits of an account nor the ARN of a role`); }
  if (iam.principalIsOwnedResource(principal) && Stack.of(principal as unknown as IConstruct).account !== Stack.of(scope).account) {
    fail(scope, `'${prop}' is '${principal}', a role of another account that this app makes: name it by its ARN, `
      + "'new iam.ArnPrincipal(ARN)'");
  }
  if (strangers(scope, principal).length === 0) {
    fail(scope, `'${prop}' is '${principal}', which is of this account: use '${own}'`);
  }
}

/** The account in the name of a principal, if it is known. */
function accountIn(name: string): string | undefined {
  const account = /^arn:.*:(?:iam|sts)::([^:]*):/.exec(name)?.[1] ?? name;
  return account.startsWith('arn:') ? undefined : account;
}

/** The names of principals that are not certainly of this account: those that are let in on purpose. */
export function strangers(scope: Construct, ...principals: iam.IPrincipal[]): string[] {
  const stack = Stack.of(scope);
  const text = (name: string) => JSON.stringify(stack.resolve(name));
  return principals.filter(p => !iam.principalIsOwnedResource(p)).flatMap(namesOf)
    .filter(n => !text(n).includes(`:iam::${stack.account}:`) && !text(n).includes('"AWS::AccountId"'));
}
