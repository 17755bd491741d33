// What must hold of a key.
import { CRYPTO } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { allows as allowed, condition, isForEveryone, onlyCondition, statements, touches, touchesAny } from '../../core/policies';
import type { RenderedResource } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, contains, functionOf, isTrue, list, numberOf, remembered, same, textOf } from '../../core/values';

const KEY = ['AWS::KMS::Key'];

const allows = remembered((r: RenderedResource) => allowed(r.properties.KeyPolicy));
const isCrypto = remembered((s: JsonObject) => touchesAny(s, CRYPTO));
const principals = (s: JsonObject) => list(at(s.Principal, 'AWS'));
/** A principal is an account as a whole. */
const isAccount = (p: Json) => at(p, 'Ref') === 'AWS::AccountId' || /^\d{12}$|:root$/.test(textOf(p));
const isRoot = remembered((s: JsonObject) => principals(s).some(isAccount));
const administers = remembered((s: JsonObject) => touches(s, 'kms:PutKeyPolicy'));
/** Each of the values begins with a text that is known: a service, or the path of a role. */
const named = (value: Json, name = /^[a-z]/) => list(value).length > 0 && list(value).every(v => name.test(textOf(v)) || isReference(v));
const isReference = (value: Json) => ['Ref', 'Fn::GetAtt'].includes(functionOf(value) ?? '');
const ONE_PRINCIPAL = /^arn:[^:]*:(iam|sts)::[^:*?]+:[a-z-]+\/[^*?]/;
/** The account as a whole uses the key through a service, by one named role of its own, or, another account, as one of the organization. */
const isNarrow = (s: JsonObject, own: readonly Json[]) => ['StringEquals', 'StringLike']
  .some(operator => named(condition(s, operator, 'kms:ViaService')))
  || named(condition(s, 'ArnEquals', 'aws:PrincipalArn'), ONE_PRINCIPAL)
  || (named(condition(s, 'StringEquals', 'aws:PrincipalOrgID')) && !principals(s).some(p => own.some(o => same(o, p))));

export const KMS_ROTATION: Control = {
  id: 'KMS-01',
  title: 'KMS replaces the key material on a schedule',
  prevents: 'unlimited use of one backing key',
  kind: 'floor',
  types: KEY,
  property: 'EnableKeyRotation',
  mend: 'leave key rotation on',
  cis: ['4.6'],
  fsbp: ['KMS.4'],
  nist: ['SC-12', 'SC-12(2)', 'SC-28(3)'],
  pci: ['3.7.4'],
  holds: r => isTrue(r.properties.EnableKeyRotation),
};

export const KMS_ROTATION_PERIOD: Control = {
  id: 'KMS-02',
  title: 'the cryptoperiod is written down and from 90 to 2560 days',
  prevents: 'a cryptoperiod that nobody decided',
  kind: 'floor',
  types: KEY,
  property: 'RotationPeriodInDays',
  mend: "give 'rotationPeriod' from 90 to 2560 days",
  nist: ['SC-12'],
  pci: ['3.7.4'],
  holds: r => numberOf(r.properties.RotationPeriodInDays) >= 90 && numberOf(r.properties.RotationPeriodInDays) <= 2560,
};

export const KMS_PENDING_WINDOW: Control = {
  id: 'KMS-03',
  title: 'a deletion of the key can be called off for at least 7 days',
  prevents: 'crypto-erasure by deleting a stack or by a mistake',
  kind: 'floor',
  types: KEY,
  property: 'PendingWindowInDays',
  mend: "give 'pendingWindow' from 7 to 30 days",
  fsbp: ['KMS.3'],
  nist: ['SC-12', 'SC-12(2)'],
  holds: r => numberOf(r.properties.PendingWindowInDays) >= 7 && numberOf(r.properties.PendingWindowInDays) <= 30,
};

export const KMS_ADMIN_DELEGATION: Control = {
  id: 'KMS-04',
  title: 'the account may always restore the key policy, and may use the key only through a service',
  prevents: 'that any policy with kms:Decrypt on * becomes a right to read the data, and that the key can be locked out',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: 'do not add a statement that lets the account use the key directly, and keep the one that lets it administer the key',
  fsbp: ['KMS.1', 'KMS.2'],
  nist: NIST.leastPrivilege,
  holds: r => {
    const delegation = allows(r).filter(s => isRoot(s) && administers(s) && !s.Condition);
    const own = delegation.flatMap(principals);
    return delegation.length > 0 && allows(r).every(s => !isRoot(s) || !isCrypto(s) || isNarrow(s, own));
  },
};

export const KMS_ADMINS_CANNOT_USE: Control = {
  id: 'KMS-05',
  title: 'no statement both administers the key and uses it',
  prevents: 'an administrator of the key reading the data',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: 'name administrators and users apart',
  nist: ['AC-5', 'AC-6'],
  pci: ['3.6.1', '3.7.6'],
  holds: r => allows(r).length > 0 && allows(r).every(s => !(administers(s) && isCrypto(s))),
};

export const KMS_ADMINS_DENIED: Control = {
  id: 'KMS-06',
  title: 'named administrators are denied every use of the key',
  prevents: 'an administrator with AdministratorAccess reading the data through a service',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: 'keep the statements that deny administrators the use of the key',
  nist: ['AC-5', 'AC-6'],
  holds: r => {
    const denied = statements(r.properties.KeyPolicy).filter(s => s.Effect === 'Deny');
    const use = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom'];
    const usesDenied = denied.filter(s => !s.Condition && use.every(a => touches(s, a)));
    const grantsDenied = denied.filter(s => touches(s, 'kms:CreateGrant')
      && (!s.Condition || onlyCondition(s, 'BoolIfExists', 'kms:GrantIsForAWSResource') === 'false'));
    const admins = allows(r).filter(s => administers(s) && !isRoot(s)).flatMap(principals);
    const covers = (some: JsonObject[], admin: Json) => some.flatMap(principals).some(p => same(p, admin));
    return admins.length > 0 && admins.every(a => covers(usesDenied, a) && covers(grantsDenied, a));
  },
};

export const KMS_GRANTS_FOR_SERVICES: Control = {
  id: 'KMS-07',
  title: 'grants on the key are made for AWS services only',
  prevents: 'grants that somebody makes for himself and that outlive a change of the policy',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: 'allow kms:CreateGrant only under kms:GrantIsForAWSResource, through one service, or for named operations of a service',
  nist: NIST.leastPrivilege,
  holds: r => allows(r).length > 0 && allows(r).every(s => !touches(s, 'kms:CreateGrant')
    || String(condition(s, 'Bool', 'kms:GrantIsForAWSResource')) === 'true'
    || (isRoot(s) && condition(s, 'StringEquals', 'kms:ViaService') !== undefined)
    || (at(s.Principal, 'Service') !== undefined && condition(s, 'ForAllValues:StringEquals', 'kms:GrantOperations') !== undefined)),
};

export const KMS_NOT_PUBLIC: Control = {
  id: 'KMS-08',
  title: 'nobody is named by * in the key policy',
  prevents: 'a key that any account can use',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: 'name principals',
  cis: ['2.21'],
  fsbp: ['KMS.5'],
  nist: NIST.notPublic,
  holds: r => statements(r.properties.KeyPolicy).length > 0 && allows(r).every(s => !isForEveryone(s)),
};

export const KMS_ALIAS: Control = {
  id: 'KMS-09',
  title: 'the key has an alias that says what it is for',
  prevents: 'a key that is taken for another in an incident',
  kind: 'default',
  types: KEY,
  property: 'AWS::KMS::Alias',
  mend: 'keep the alias',
  nist: ['CM-8'],
  holds: (r, t) => t.referring('AWS::KMS::Alias', 'TargetKeyId', r.logicalId)
    .some(a => contains(a.properties.AliasName, 'alias/') && !contains(a.properties.AliasName, 'alias/aws/')),
};

export const KMS_LOCKOUT_CHECK: Control = {
  id: 'KMS-12',
  title: 'KMS refuses a key policy that would lock everybody out',
  prevents: 'a key that only AWS Support can recover',
  kind: 'floor',
  types: KEY,
  property: 'BypassPolicyLockoutSafetyCheck',
  mend: 'leave the lock-out check on',
  nist: ['SC-12'],
  holds: r => !r.properties.BypassPolicyLockoutSafetyCheck,
};
