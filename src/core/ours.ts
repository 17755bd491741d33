// Whose something is: of the account that a template is deployed to and of the app, of somebody else, or nobody can tell.
import { conditionsOf, services } from './policies';
import type { RenderedResource, RenderedTemplate } from './template';
import type { Json, JsonObject } from './values';
import { at, entries, isList, isObject, list, targetsOf, UNKNOWN } from './values';

/** Where a construct writes down, in the metadata of a resource, which strangers it was told to let in or to tell. */
export const ADMITTED = 'cdk-hardened:admitted';

/** Whose something is. */
export type Owner = 'ours' | 'foreign' | 'unknown';

/** Stand around the name of what a text refers to. */
const [OPEN, CLOSE] = ['\u0002', '\u0003'];
const REFERENCE = /^\u0002([^\u0003.]+)[^\u0003]*\u0003/;
const ACCOUNT = `${OPEN}AWS/AccountId${CLOSE}`;

function token(name: string): string {
  return `${OPEN}${name.replace(/:+/g, '/')}${CLOSE}`;
}

/** A rendered value as one text, with the names of what it refers to, and `UNKNOWN` for what only the deployment knows. */
export function spelled(value: Json): string {
  if (typeof value === 'string') { return value.replace(/\{\{resolve:[^}]*\}\}/g, UNKNOWN); }
  if (typeof value === 'number' || typeof value === 'boolean') { return String(value); }
  if (!isObject(value)) { return ''; }
  const { 'Ref': ref, 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': sub } = value;
  if (ref !== undefined) { return token(String(ref)); }
  if (attribute !== undefined) { return token(isList(attribute) ? attribute.map(String).join('.') : String(attribute)); }
  if (isList(join) && isList(join[1])) { return join[1].map(spelled).join(String(join[0])); }
  if (sub === undefined) { return derived(value); }
  const [text, own] = isList(sub) ? sub : [sub, undefined];
  return String(text).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) => {
    const given = at(own, name);
    return literal ? `\${${name}}` : given === undefined ? token(name) : spelled(given);
  });
}

/** A part of what is known by a reference is taken for the reference. */
function derived(value: JsonObject): string {
  const [target] = targetsOf(value);
  return target !== undefined && /^Fn::(Select|Split)$/.test(Object.keys(value)[0]) && !isMixed(value) ? token(`${target}.part`) : UNKNOWN;
}

function isMixed(value: Json): boolean {
  if (isList(value)) { return value.some(isMixed); }
  if (typeof value === 'string') { return value.includes('{{resolve:'); }
  return entries(value).some(([name, inner]) => name === 'Fn::Unknown' || name === 'Fn::ImportValue' || isMixed(inner));
}

/** Whose a number of an account, an ARN, or a reference is, as a resource sees it. */
export function ownerOf(value: Json, of: RenderedResource, t: RenderedTemplate): Owner {
  const text = spelled(value);
  const reference = REFERENCE.exec(text)?.[1];
  if (reference !== undefined && t.resource(reference)) { return 'ours'; }
  if (text === ACCOUNT || /^\d{12}$/.test(text)) { return ofAccount(text, of, t); }
  const [arn, , service, , account, ...rest] = text.split(':');
  if (arn !== 'arn' || account === undefined) { return 'unknown'; }
  if (account !== '') { return ofAccount(account, of, t); }
  const named = REFERENCE.exec(rest.join(':'))?.[1];
  return service === 's3' && named !== undefined && t.resource(named) ? 'ours' : 'unknown';
}

function ofAccount(account: string, of: RenderedResource, t: RenderedTemplate): Owner {
  if (account === ACCOUNT || account === t.whereIs(of).account) { return 'ours'; }
  return /^[\d*?]+$/.test(account) ? 'foreign' : 'unknown';
}

/** Whether a value is certainly ours. */
export function isOurs(value: Json, of: RenderedResource, t: RenderedTemplate): boolean {
  return ownerOf(value, of, t) === 'ours';
}

/** Whether a construct was told to let in, or to tell, this one: by its ARN, or by its account. */
export function isAdmitted(value: Json, of: RenderedResource): boolean {
  const text = spelled(value);
  const account = text.split(':')[4];
  return list(of.metadata[ADMITTED]).map(spelled).some(known => known === text || (/^\d{12}$/.test(known) && known === account));
}

/** Whether a value is ours, or admitted. */
export function isExpected(value: Json, of: RenderedResource, t: RenderedTemplate): boolean {
  return isOurs(value, of, t) || isAdmitted(value, of);
}

/** What compares with a value, and is false when the request has none. */
const COMPARES = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;
/** What says on whose behalf a request comes. */
const SOURCE = /^(aws:Source(Account|Arn|Owner)|aws:Principal(Account|Arn)|kms:CallerAccount)$/i;

/** Whether a statement of a policy is for requests on behalf of ours only: one of its conditions names nothing else. */
export function isBoundToOurs(statement: Json, of: RenderedResource, t: RenderedTemplate): boolean {
  return conditionsOf(statement).some(({ operator, key, value }) => COMPARES.test(operator) && SOURCE.test(key)
    && list(value).length > 0 && list(value).every(v => isExpected(v, of, t)));
}

/**
 * Whom an allowing statement lets in that is neither ours nor admitted: principals of other accounts, everybody, and services that act
 * for others. Services without any condition are among them only if they are asked for.
 */
export function strangersIn(statement: JsonObject, of: RenderedResource, t: RenderedTemplate, unboundServices: boolean = true): Json[] {
  const { Principal: principal } = statement;
  if (!isObject(principal)) { return [principal ?? 'NotPrincipal']; }
  const others = entries(principal).filter(([kind]) => kind !== 'AWS' && kind !== 'Service').flatMap(([, who]) => list(who));
  const accounts = list(principal.AWS).filter(who => !isExpected(who, of, t));
  const isAsked = unboundServices || conditionsOf(statement).some(c => SOURCE.test(c.key) || /OrgI[Dd]|OrgPaths/.test(c.key));
  return [...others, ...accounts, ...isAsked && !isBoundToOurs(statement, of, t) ? services(statement) : []];
}
