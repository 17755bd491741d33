// What a value leads to, spelled out; and strangers that a construct was told of: who subscribes, whom its alarms tell.
import { isOwnPrincipal } from './ownership';
import type { Home } from './ownership';
import type { RenderedResource } from './template';
import type { Json, JsonObject } from './values';
import { at, entries, isList, isObject, list, same, targetsOf, textOf, UNKNOWN } from './values';

/** Where a construct writes down, in the metadata of a resource, of which strangers it was told. */
export const ADMITTED = 'cdk-hardened:admits';

/** Whether a construct was told of this one: by what it is, or by its account. */
export function isAdmitted(value: Json, of: RenderedResource): boolean {
  const account = textOf(value).split(':')[4];
  return list(of.metadata[ADMITTED]).some(known => same(known, value) || (/^\d{12}$/.test(textOf(known)) && known === account));
}

/** Whether a value is a resource or a principal of the account, or one that the construct was told of. */
export function isExpected(value: Json, of: RenderedResource, home: Home): boolean {
  return isOwnPrincipal(value, home) || isAdmitted(value, of);
}

/** Stand around the name of what a text refers to. */
const [OPEN, CLOSE] = ['\u0002', '\u0003'];

function token(name: string): string {
  return `${OPEN}${name.includes(':') ? name.replace(/:+/g, '/') : name}${CLOSE}`;
}

/** A rendered value as one text, with the names of what it refers to, and `UNKNOWN` for what only the deployment knows. */
export function spelled(value: Json): string {
  if (typeof value === 'string') { return value.includes('{{') ? value.replace(/\{\{resolve:[^}]*\}\}/g, UNKNOWN) : value; }
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
