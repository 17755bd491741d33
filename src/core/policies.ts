// What a rendered policy says: questions that the controls of several services ask.
import type { RenderedTemplate } from './template';
import type { Json, JsonObject } from './values';
import { at, entries, isObject, list, remembered } from './values';

const NONE: readonly JsonObject[] = [];
const statementsOf = remembered((document: JsonObject): readonly JsonObject[] => list(document.Statement).filter(isObject));
const allowsOf = remembered((document: JsonObject): readonly JsonObject[] => statementsOf(document).filter(s => s.Effect === 'Allow'));

/** The statements of a rendered policy document. */
export function statements(document: Json): readonly JsonObject[] {
  return isObject(document) ? statementsOf(document) : NONE;
}

/** The statements of a rendered policy document that allow something. */
export function allows(document: Json): readonly JsonObject[] {
  return isObject(document) ? allowsOf(document) : NONE;
}

/** The service principals of a statement. */
export function services(statement: Json): readonly Json[] {
  return list(at(statement, 'Principal', 'Service'));
}

/** Whether a statement is for everyone: `*`, `{AWS: *}`, or everyone but those whom an allow leaves out. */
export function isForEveryone(statement: JsonObject): boolean {
  return statement.Principal === '*' || list(at(statement.Principal, 'AWS')).includes('*')
    || (statement.Effect === 'Allow' && statement.NotPrincipal !== undefined);
}

/** Whether a statement's actions include each of these, by name. */
export function hasActions(statement: JsonObject, ...actions: string[]): boolean {
  const has = list(statement.Action);
  return actions.every(a => has.includes(a));
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

/** The condition's value under an operator and a key, the key compared without regard to case. */
export function condition(statement: Json, operator: string, key: string): Json {
  return entries(at(statement, 'Condition', operator)).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** One condition of a statement. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly value: Json;
}

const NO_CONDITIONS: readonly Condition[] = [];
const conditionsIn = remembered((statement: JsonObject): readonly Condition[] => {
  const { Condition: all } = statement;
  if (!isObject(all)) { return NO_CONDITIONS; }
  const found: Condition[] = [];
  for (const operator in all) {
    for (const [key, value] of entries(all[operator])) { found.push({ operator, key, value }); }
  }
  return found;
});

/** All conditions of a statement, one by one. */
export function conditionsOf(statement: Json): readonly Condition[] {
  return isObject(statement) ? conditionsIn(statement) : NO_CONDITIONS;
}

/** The value of a statement's only condition, as text, or undefined if it has another or more than one. */
export function onlyCondition(statement: Json, operator: string, key: string): string | undefined {
  const value = list(condition(statement, operator, key));
  return conditionsOf(statement).length === 1 && value.length === 1 ? String(value[0]) : undefined;
}

/** What the managed policies of a role of the template allow; undefined if the role is not of the template. */
export function rightsOf(role: Json, template: RenderedTemplate): readonly JsonObject[] | undefined {
  const own = template.target('AWS::IAM::Role', role);
  return own && template.referring('AWS::IAM::ManagedPolicy', 'Roles', own.logicalId).flatMap(p => allows(p.properties.PolicyDocument));
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
