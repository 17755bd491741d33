// What a rendered policy says: questions that the controls of several services ask.
import type { RenderedTemplate } from './template';
import type { Json, JsonObject } from './values';
import { at, entries, functionOf, isObject, list, remembered, same, targetsOf } from './values';

const NONE: readonly JsonObject[] = [];
const statementsOf = remembered((document: JsonObject): readonly JsonObject[] => list(document.Statement).filter(isObject));
const allowsOf = remembered((document: JsonObject): readonly JsonObject[] => statementsOf(document).filter(s => s.Effect === 'Allow'));
const mayAllowOf = remembered((document: JsonObject): readonly JsonObject[] => {
  const all = document.Statement;
  if (all === undefined || functionOf(document) !== undefined || functionOf(all) !== undefined) { return [{}]; }
  return list(all).map(s => isObject(s) && functionOf(s) === undefined ? s : {}).filter(s => s.Effect !== 'Deny');
});

/** The statements of a rendered policy document. */
export function statements(document: Json): readonly JsonObject[] {
  return isObject(document) ? statementsOf(document) : NONE;
}

/** The statements of a rendered policy document that allow something. */
export function allows(document: Json): readonly JsonObject[] {
  return isObject(document) ? allowsOf(document) : NONE;
}

/**
 * The statements of a rendered policy document that are not certainly denials. One that only the deployment knows, as all of a
 * document may be, stands there without anything in it.
 */
export function mayAllow(document: Json): readonly JsonObject[] {
  return isObject(document) ? mayAllowOf(document) : [{}];
}

const isWritten = (value: Json) => isObject(value) && functionOf(value) === undefined;
const isWrittenWhole = remembered(({ Statement: all }: JsonObject): boolean =>
  all !== undefined && (isWritten(all) || list(all).every(isWritten)));

/** Whether a policy document can be read: no part of it, down to its statements, is known to the deployment only. */
export function isReadable(document: Json): boolean {
  return isObject(document) && isWritten(document) && isWrittenWhole(document);
}

/** The service principals of a statement. */
export function services(statement: Json): readonly Json[] {
  return list(at(statement, 'Principal', 'Service'));
}

/**
 * Whether a statement is for everyone: `*`, `{AWS: *}`, or everyone but those whom an allow leaves out. An allow for a pattern is, too,
 * for whoever it may be read to match.
 */
export function isForEveryone(statement: JsonObject): boolean {
  const { Principal: principal, Effect: effect } = statement;
  const names = typeof principal === 'string' ? [principal] : list(at(principal, 'AWS'));
  return names.includes('*') || (effect === 'Allow'
    && (statement.NotPrincipal !== undefined || names.some(name => typeof name === 'string' && name.includes('*'))));
}

/** Whether a statement's actions include each of these, by name. Actions are compared without regard to case. */
export function hasActions(statement: JsonObject, ...actions: string[]): boolean {
  const has = list(statement.Action);
  return actions.every(a => has.includes(a) || has.some(h => typeof h === 'string' && h.toLowerCase() === a.toLowerCase()));
}

const MATCHERS = new Map<string, RegExp>();

/** What an action pattern matches. Policies repeat a few, so that each is made once. */
function matcher(pattern: string): RegExp {
  const known = MATCHERS.get(pattern);
  if (known) { return known; }
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  const made = new RegExp(`^${escaped}$`, 'i');
  MATCHERS.set(pattern, made);
  return made;
}

/** Whether a pattern of IAM matches an action. Actions are compared without regard to case. */
export function matches(pattern: string, action: string): boolean {
  if (pattern === action) { return true; }
  if (pattern.includes('*') || pattern.includes('?')) { return matcher(pattern).test(action); }
  return pattern.length === action.length && pattern.toLowerCase() === action.toLowerCase();
}

/** Whether a statement is about one of these actions, wildcards and NotAction included. */
export function touches(statement: JsonObject, ...actions: string[]): boolean {
  if (statement.NotAction !== undefined) {
    const patterns = list(statement.NotAction).map(String);
    return actions.some(a => !patterns.some(p => matches(p, a)));
  }
  for (const pattern of list(statement.Action)) {
    for (const action of actions) {
      if (matches(String(pattern), action)) { return true; }
    }
  }
  return false;
}

/** Asks of a pattern and each action of a list; a list is asked for often, so that each pattern is looked up in it once. */
function ofAny(question: (pattern: string, action: string) => boolean): (pattern: string, actions: readonly string[]) => boolean {
  const answers = new WeakMap<readonly string[], Map<string, boolean>>();
  return (pattern, actions) => {
    const known = answers.get(actions) ?? new Map<string, boolean>();
    const before = known.get(pattern);
    if (before !== undefined) { return before; }
    const found = actions.some(action => question(pattern, action));
    answers.set(actions, known.set(pattern, found));
    return found;
  };
}

const matchesAny = ofAny(matches);

/** As `touches`, of a list that is asked for often. */
export function touchesAny(statement: JsonObject, actions: readonly string[]): boolean {
  if (statement.NotAction !== undefined) { return touches(statement, ...actions); }
  return list(statement.Action).some(pattern => matchesAny(String(pattern), actions));
}

/** Whether two patterns of IAM may match the same action. Of two with wildcards the texts before these decide. */
export function overlap(one: string, other: string): boolean {
  // most are of services that begin with different letters
  const [first, second] = [one.charAt(0).toLowerCase(), other.charAt(0).toLowerCase()];
  if (first !== second && ![first, second].some(c => c === '*' || c === '?')) { return false; }
  if (!one.includes('*') && !one.includes('?')) { return matches(other, one); }
  if (!other.includes('*') && !other.includes('?')) { return matches(one, other); }
  const [a, b] = [one, other].map(p => p.split(/[*?]/)[0].toLowerCase());
  return a.startsWith(b) || b.startsWith(a);
}

/** As `overlap`, of a list that is asked for often. */
export const overlapsAny = ofAny(overlap);

/** Whether a statement is about one of these actions, or may be: an action that only the deployment knows may be any. */
export function mayTouch(statement: JsonObject, ...actions: string[]): boolean {
  return hasUnknownAction(statement) || touches(statement, ...actions);
}

/** As `mayTouch`, of a list that is asked for often. */
export function mayTouchAny(statement: JsonObject, actions: readonly string[]): boolean {
  return hasUnknownAction(statement) || touchesAny(statement, actions);
}

function hasUnknownAction(statement: JsonObject): boolean {
  return list(statement.NotAction ?? statement.Action).some(a => typeof a !== 'string');
}

/** The condition's value under an operator and a key, the key compared without regard to case. */
export function condition(statement: Json, operator: string, key: string): Json {
  const asked = at(statement, 'Condition', operator);
  if (!isObject(asked)) { return undefined; }
  for (const name in asked) {
    if (name === key || name.toLowerCase() === key.toLowerCase()) { return asked[name]; }
  }
  return undefined;
}

/** One condition of a statement. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly value: Json;
  /** Whether it compares with a value, and is false when the request has none. */
  readonly compares: boolean;
}

const COMPARES = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;
const NO_CONDITIONS: readonly Condition[] = [];
const conditionsIn = remembered((statement: JsonObject): readonly Condition[] => {
  const { Condition: all } = statement;
  if (!isObject(all)) { return NO_CONDITIONS; }
  const found: Condition[] = [];
  for (const operator in all) {
    const compares = COMPARES.test(operator);
    for (const [key, value] of entries(all[operator])) { found.push({ operator, key, value, compares }); }
  }
  return found;
});

/** All conditions of a statement, one by one. */
export function conditionsOf(statement: Json): readonly Condition[] {
  return isObject(statement) && statement.Condition !== undefined ? conditionsIn(statement) : NO_CONDITIONS;
}

/** The value of a statement's only condition, as text, or undefined if it has another or more than one. */
export function onlyCondition(statement: Json, operator: string, key: string): string | undefined {
  const value = list(condition(statement, operator, key));
  return conditionsOf(statement).length === 1 && value.length === 1 ? String(value[0]) : undefined;
}

/** What the policies of a role of the template allow, in the role and beside it; undefined if the role is not of the template. */
export function rightsOf(role: Json, template: RenderedTemplate): readonly JsonObject[] | undefined {
  const own = template.target('AWS::IAM::Role', role);
  if (!own) { return undefined; }
  const named = list(own.properties.ManagedPolicyArns)
    .map(arn => template.target('AWS::IAM::ManagedPolicy', arn)).filter(p => p !== undefined);
  const beside = ['AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy'].flatMap(type => template.referring(type, 'Roles', own.logicalId));
  return [
    ...[...new Set([...beside, ...named])].flatMap(p => allows(p.properties.PolicyDocument)),
    ...list(own.properties.Policies).flatMap(p => allows(at(p, 'PolicyDocument'))),
  ];
}

/**
 * Whether a rendered principal is a service, or the principal of its own that some services have in opt-in regions:
 * `guardduty.eu-south-1.amazonaws.com`.
 */
function isService(principal: Json, service: string): boolean {
  const [name, ...suffix] = service.split('.');
  if (principal === service || typeof principal !== 'string') { return principal === service; }
  const parts = principal.split('.');
  return parts[0] === name && parts.length === suffix.length + 2 && principal.endsWith(`.${suffix.join('.')}`);
}

/** Whether a policy document lets a service do all of this. */
export function letsIn(document: Json, service: string, ...actions: string[]): boolean {
  const own = allows(document).filter(s => services(s).some(p => isService(p, service)));
  return actions.every(a => own.some(s => touches(s, a)));
}

/** Whether the key that a value names lets a service do all of this, as far as the template tells. */
export function keyLetsIn(key: Json, template: RenderedTemplate, service: string, ...actions: string[]): boolean {
  return template.once(`key ${JSON.stringify(key)} ${service} ${actions}`, () => {
    const own = template.target('AWS::KMS::Key', key);
    return own === undefined || letsIn(own.properties.KeyPolicy, service, ...actions);
  });
}

/** Whether a topic and its key let a service publish, as far as the template tells. */
export function topicLetsIn(topic: Json, template: RenderedTemplate, service: string): boolean {
  return template.once(`topic ${JSON.stringify(topic)} ${service}`, () => {
    const own = template.target('AWS::SNS::Topic', topic);
    if (!own) { return true; }
    // Without a policy the topic has the one of SNS, which lets in what acts for the account.
    const policies = template.referring('AWS::SNS::TopicPolicy', 'Topics', own.logicalId);
    return (policies.length === 0 || policies.some(p => letsIn(p.properties.PolicyDocument, service, 'sns:Publish')))
      && keyLetsIn(own.properties.KmsMasterKeyId, template, service, 'kms:Decrypt', 'kms:GenerateDataKey');
  });
}

/** Whether a value may be a topic: not one that certainly leads to something else. */
export function mayBeTopic(value: Json, template: RenderedTemplate): boolean {
  const [target] = targetsOf(value);
  const resource = target === undefined ? undefined : template.resource(target);
  if (resource) { return resource.type === 'AWS::SNS::Topic'; }
  return typeof value === 'string' ? /^arn:[^:]*:sns:/.test(value) : value !== undefined;
}

/** Whether a denial is for what is not encrypted in transit, whatever else it asks for: no AWS service and no SDK sends such. */
export function deniesPlaintextOnly(statement: Json): boolean {
  return same(list(condition(statement, 'Bool', 'aws:SecureTransport')).map(String), ['false']);
}
