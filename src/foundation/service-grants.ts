import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';

const DECRYPT = ['kms:Decrypt'];
const ENCRYPT = ['kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'];

/**
 * Makes what secrets grant (`secret.grantRead(role)`) a statement of the role's policy.
 *
 * By itself the CDK names the role in the key's policy, which ties the stacks to a circle if the role is in another one. The
 * key admits callers of its account through Secrets Manager: the secret asks it to when it is made.
 */
export function grantThroughServices(key: kms.Key): void {
  const { grantDecrypt, grantEncrypt, grantEncryptDecrypt } = key;
  key.grantDecrypt = grantee => toCaller(key, grantee, DECRYPT) ?? grantDecrypt.call(key, grantee);
  key.grantEncrypt = grantee => toCaller(key, grantee, ENCRYPT) ?? grantEncrypt.call(key, grantee);
  key.grantEncryptDecrypt = grantee => toCaller(key, grantee, [...DECRYPT, ...ENCRYPT]) ?? grantEncryptDecrypt.call(key, grantee);
}

/** The grant in the caller's own policy, if it has one and is of the key's account. */
function toCaller(key: kms.Key, grantee: iam.IGrantable, actions: string[]): iam.Grant | undefined {
  if (!(grantee instanceof kms.ViaServicePrincipal)) { return undefined; }
  // The CDK keeps the caller to itself. Where it is not found, the grant is made as the CDK makes it.
  const caller: iam.IPrincipal | undefined = (grantee as any).basePrincipal;
  if (!caller || Token.compareStrings(caller.principalAccount ?? Stack.of(key).account, Stack.of(key).account) === TokenComparison.DIFFERENT) {
    return undefined;
  }
  const grant = iam.Grant.addToPrincipal({
    grantee: caller, actions, resourceArns: [key.keyArn], conditions: grantee.policyFragment.conditions as Record<string, Record<string, unknown>>,
  });
  return grant.success ? grant : undefined;
}
