// Questions to rendered roles and policies that several controls of IAM ask.
import { isWithoutResource } from './actions';
import { DECLARED, MANAGEMENT, OF_AWS, RESOURCE_POLICY, UNNAMEABLE, UNTYPED } from './facts';
import { spelled } from '../../core/ours';
import { written } from '../../core/ownership';
import { condition, conditionsOf, mayAllow, overlap, overlapsAny, services } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { rememberedOfEach } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { entries, isTrue, list, remembered, same, stringOf, UNKNOWN } from '../../core/values';

export const ROLE = 'AWS::IAM::Role';
export const POLICY = 'AWS::IAM::ManagedPolicy';

/** Resources of a type that name a role in a property: by a reference, or by the name that it was given. */
export function namingRole(type: string, property: string, role: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const name = stringOf(role.properties.RoleName);
  const byReference = t.referring(type, property, role.logicalId);
  if (name === undefined) { return byReference; }
  const byName = t.resourcesOf(type)
    .filter(r => list(r.properties[property]).some(v => typeof v === 'string' && (v === name || v.endsWith(`/${name}`))));
  return [...new Set([...byReference, ...byName])];
}

/** The customer managed policies of a role, attached from either side. */
export const policiesOf = rememberedOfEach((role: RenderedResource, t: RenderedTemplate): readonly RenderedResource[] => {
  const own = list(role.properties.ManagedPolicyArns).map(arn => t.target(POLICY, arn)).filter(p => p !== undefined);
  return [...new Set([...own, ...namingRole(POLICY, 'Roles', role, t)])];
});

/** The policies of a role that do not allow only what is right. */
export function wrongPolicies(
  role: RenderedResource, t: RenderedTemplate, isRight: (statement: JsonObject) => boolean,
): RenderedResource[] {
  return policiesOf(role, t).filter(p => !mayAllow(p.properties.PolicyDocument).every(isRight));
}

/** The statements of a role's policies that are not right, as a message calls them: by their Sid, actions and resources. */
export function wrongStatements(role: RenderedResource, t: RenderedTemplate, isRight: (statement: JsonObject) => boolean): string[] {
  return policiesOf(role, t).flatMap(p => mayAllow(p.properties.PolicyDocument)).filter(s => !isRight(s)).map(told);
}

function told(statement: JsonObject): string {
  const { Sid: sid, Action: action, NotAction: notAction, Resource: resource, NotResource: notResource } = statement;
  const [actions, resources] = [action ?? notAction, resource ?? notResource]
    .map(all => list(all).slice(0, 3).map(v => `'${written(v)}'`).join(', '));
  const what = `${notAction === undefined ? '' : 'everything but '}${actions || 'what only the deployment knows'}`;
  const on = `${notResource === undefined ? '' : 'everything but '}${resources || 'what only the deployment knows'}`;
  return `${sid === undefined ? 'a statement without Sid' : `the statement '${written(sid)}'`} allows ${what} on ${on}`;
}

/** The services that may take a role, where it can be read. */
export function takersOf(role: RenderedResource): string[] {
  return mayAllow(role.properties.AssumeRolePolicyDocument).flatMap(s => services(s)).map(s => stringOf(s) ?? '');
}

/** The actions of a statement as text. What only the deployment knows is there as `UNKNOWN`. */
export const actionsOf = remembered((statement: JsonObject): readonly string[] => list(statement.Action).map(spelled));

const NAMED_ACTION = /^[a-z0-9-]+:[a-z][a-z0-9*?]*$/i;

/** Whether a statement names its actions: none is of any service, and none is anything of a service. */
export const namesActions = remembered((statement: JsonObject): boolean => {
  const actions = actionsOf(statement);
  return statement.NotAction === undefined && actions.length > 0 && actions.every(a => NAMED_ACTION.test(a));
});

const WILD = new RegExp(`[*?${UNKNOWN}]`);
const isReference = (text: string) => text.startsWith('\u0002');

/**
 * Whether a text is the ARN of one resource, or of those whose names begin in a way; not of all of a service or a type, and not of
 * any account.
 */
export function isNamed(resource: string): boolean {
  if (isReference(resource)) { return true; }
  const [arn, partition, service, region, account, ...rest] = resource.split(':');
  if (arn !== 'arn' || rest.length === 0 || [service, account].some(part => WILD.test(part)) || [partition, region].includes(UNKNOWN)) {
    return false;
  }
  const name = rest.join(':');
  const wild = name.search(WILD);
  if (wild < 0 || OF_AWS.test(resource)) { return true; }
  const head = name.slice(0, wild);
  const isUntyped = UNTYPED.includes(service) && !(service === 's3' && account !== '');
  return (isUntyped ? head : head.replace(/^\/?[^:/]*[:/]?$|^\/?[^:/]*[:/]+/, '')) !== '';
}

/** Whether a text is the ARN of exactly one resource. */
function isOne(resource: string): boolean {
  return isNamed(resource) && !WILD.test(resource);
}

const TAG = /^[a-z0-9-]+:(ResourceTag\/.+|ResourceAliases)$/i;
const NARROWS = /^(ForAnyValue:)?(StringEquals|StringLike|ArnEquals|ArnLike)$/;

/** Whether a condition names the resources of a statement instead: by a tag, an alias, or the cluster that they are of. */
function isNarrowed(statement: JsonObject): boolean {
  return conditionsOf(statement).some(({ operator, key, value }) => NARROWS.test(operator) && (TAG.test(key) || key === 'ecs:cluster')
    && list(value).length > 0 && list(value).map(spelled).every(v => v !== '' && !/^[*?]/.test(v) && !v.includes(UNKNOWN)));
}

function needs(action: string, resource: string): boolean {
  return UNNAMEABLE.filter(u => u.resource.test(resource)).flatMap(u => u.actions)
    .some(a => a === action || (a.endsWith('*') && action.startsWith(a.slice(0, -1))));
}

/** Whether a statement names its resources, wherever its actions can be bound to some. */
export const namesResources = remembered((statement: JsonObject): boolean => {
  const resources = list(statement.Resource).map(spelled);
  if (statement.NotResource !== undefined || resources.length === 0) { return false; }
  const open = resources.filter(r => !isNamed(r));
  const actions = actionsOf(statement);
  return open.length === 0 || isNarrowed(statement)
    || (actions.length > 0 && actions.every(a => isWithoutResource(a) || open.every(r => needs(a, r))));
});

const CRYPTO = [
  'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:Sign', 'kms:GenerateMac',
  'kms:DeriveSharedSecret',
];
const GRANT = ['kms:CreateGrant'];
const PASS = ['iam:PassRole'];
const isOnlyTrue = (value: Json) => list(value).length > 0 && list(value).every(isTrue);

/** Whether a condition names services. */
function namesServices(statement: JsonObject, key: string): boolean {
  return ['StringEquals', 'StringLike'].map(operator => list(condition(statement, operator, key)))
    .some(values => values.length > 0 && values.every(v => /^[a-z]/i.test(spelled(v))));
}

/** Whether a statement may be about one of these actions. */
export function mayDo(statement: JsonObject, actions: readonly string[]): boolean {
  if (statement.NotAction !== undefined) { return true; }
  const own = actionsOf(statement);
  return own.length === 0 || own.some(a => a.includes(UNKNOWN) || overlapsAny(a, actions));
}

/** Whether a statement uses keys through services only, lets them have grants, and passes roles to a service. */
export const goesThroughServices = remembered((statement: JsonObject): boolean =>
  (!mayDo(statement, CRYPTO) || namesServices(statement, 'kms:ViaService'))
    && (!mayDo(statement, GRANT) || isOnlyTrue(condition(statement, 'Bool', 'kms:GrantIsForAWSResource')))
    && (!mayDo(statement, PASS) || namesServices(statement, 'iam:PassedToService')));

/** As `goesThroughServices`; but as the CDK grants, one key is as good as a service, and one role that only services take too. */
export function isGrantedThroughServices(statement: JsonObject, t: RenderedTemplate): boolean {
  if (goesThroughServices(statement)) { return true; }
  const resources = list(statement.Resource);
  const isOneEach = statement.NotResource === undefined && resources.length > 0 && resources.every(r => isOne(spelled(r)));
  return (!mayDo(statement, CRYPTO) || namesServices(statement, 'kms:ViaService') || isOneEach)
    && (!mayDo(statement, GRANT) || isOnlyTrue(condition(statement, 'Bool', 'kms:GrantIsForAWSResource')))
    && (!mayDo(statement, PASS) || namesServices(statement, 'iam:PassedToService')
      || (isOneEach && resources.every(r => isForServices(t.target(ROLE, r)))));
}

/** Whether only services take a role. */
function isForServices(role: RenderedResource | undefined): boolean {
  const trusts = role ? mayAllow(role.properties.AssumeRolePolicyDocument) : [];
  return trusts.length > 0 && trusts.every(s => services(s).length > 0 && same(entries(s.Principal).map(([kind]) => kind), ['Service']));
}

const MANAGES = new Map<string, boolean>();

/** Whether an action, or one of a pattern, changes who may do what, or changes or stops a protection. */
function manages(action: string): boolean {
  const before = MANAGES.get(action);
  if (before !== undefined) { return before; }
  const [service] = action.split(':');
  const is = action.includes(UNKNOWN) || RESOURCE_POLICY.test(action) || MANAGEMENT.some(m => overlap(action, m))
    || (/[*?]/.test(action) && ['PutResourcePolicy', 'AddPermission', 'PutPermission'].some(name => overlap(action, `${service}:${name}`)));
  MANAGES.set(action, is);
  return is;
}

/** Whether a statement lets a role of these services change no rights and no protections, beyond what it is for. */
export function managesNothing(takers: readonly string[]): (statement: JsonObject) => boolean {
  const declared = new Set(takers.flatMap(taker => DECLARED[taker] ?? []));
  return statement => statement.NotAction === undefined && actionsOf(statement).every(a => !manages(a) || declared.has(a));
}
