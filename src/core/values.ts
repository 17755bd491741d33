// Rendered values, and how to read them: what stands in a template, with CloudFormation's functions in it.

/** A value as it stands in a template. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonObject;

/** An object of a template. */
export interface JsonObject {
  readonly [name: string]: Json;
}

/** Whether a value is an object, and not a list. */
export function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. (`Array.isArray` does not see through `readonly`.) */
export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value under these names, one below the other; undefined where one of them is missing, or what has it is no object. */
export function at(value: Json, first: string, second?: string, third?: string, fourth?: string): Json {
  const here = isObject(value) ? value[first] : undefined;
  return second === undefined ? here : at(here, second, third, fourth);
}

const NOTHING: readonly never[] = [];

/** What is one value or many in CloudFormation and IAM, as a list. `AWS::NoValue` is nothing. */
export function list(value: Json): readonly Json[] {
  if (isList(value)) { return value.some(isNoValue) ? value.filter(v => !isNoValue(v)) : value; }
  return value === undefined || value === null || isNoValue(value) ? NOTHING : [value];
}

/** The entries of an object; none of what is no object. */
export function entries(value: Json): [name: string, value: Json][] {
  return isObject(value) ? Object.entries(value) : [];
}

/** Whether a value stands for the absence of one. */
export function isNoValue(value: Json): boolean {
  return typeof value === 'object' && value !== null && (value as JsonObject).Ref === 'AWS::NoValue';
}

/** Whether there is a value: not nothing, not `AWS::NoValue`, not an empty text. */
export function isGiven(value: Json): boolean {
  return value !== undefined && value !== null && value !== '' && !isNoValue(value);
}

/** The name of the function that a value is the result of: `Ref`, `Fn::GetAtt` …; undefined of a plain value. */
export function functionOf(value: Json): string | undefined {
  if (!isObject(value)) { return undefined; }
  for (const name in value) {
    return (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::')) && Object.keys(value).length === 1 ? name : undefined;
  }
  return undefined;
}

/** Whether a value is true, as CloudFormation takes it: the text will do, and `True` as well. */
export function isTrue(value: Json): boolean {
  return value === true || value === 'true' || (typeof value === 'string' && value.toLowerCase() === 'true');
}

/** Whether a value is false, as CloudFormation takes it. What is left out is neither true nor false. */
export function isFalse(value: Json): boolean {
  return value === false || value === 'false' || (typeof value === 'string' && value.toLowerCase() === 'false');
}

/** A number, as CloudFormation takes it; NaN of what is none, or known at deployment only, so that no comparison with it holds. */
export function numberOf(value: Json): number {
  return typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : NaN;
}

/** Whether a value is certainly one of these texts or numbers. */
export function isOneOf(value: Json, ...known: (string | number)[]): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') { return false; }
  for (const one of known) {
    if (one === value || String(one) === String(value)) { return true; }
  }
  return false;
}

/** Whether a value may be one of these texts or numbers: it is, or only the deployment knows. */
export function mayBe(value: Json, ...known: (string | number)[]): boolean {
  return functionOf(value) !== undefined || isOneOf(value, ...known);
}

/** Stands for a value that only the deployment knows: of a parameter without `AllowedValues`, for example. */
export const UNKNOWN_VALUE = 'Fn::Unknown';

/** Whether a value, or a part of it, is known by the deployment only. What a reference to a resource gives is known well enough. */
export function isUndecided(value: Json): boolean {
  if (isList(value)) { return value.some(isUndecided); }
  return isObject(value) && Object.keys(value).some(name => name === UNKNOWN_VALUE || isUndecided(value[name]));
}

/** A value that is a text, or undefined. */
export function stringOf(value: Json): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The character that stands, in the text of a rendered value, for a part that only CloudFormation knows. */
export const UNKNOWN = '\u0001';

/**
 * A rendered value as one text, with `UNKNOWN` in the place of each part that only CloudFormation knows: joins and substitutions
 * are put together.
 */
export function textOf(value: Json): string {
  if (typeof value === 'string') { return value; }
  if (typeof value === 'number' || typeof value === 'boolean') { return String(value); }
  const join = at(value, 'Fn::Join');
  if (isList(join)) { return list(join[1]).map(textOf).join(String(join[0])); }
  const sub = at(value, 'Fn::Sub');
  if (sub === undefined) { return value === undefined || value === null ? '' : UNKNOWN; }
  return String(isList(sub) ? sub[0] : sub).replace(/\$\{(!?)([^}]*)\}/g, (_, literal, name) => literal ? `\${${name}}` : UNKNOWN);
}

/** Whether a rendered value has this text somewhere in it, at any depth, joins and substitutions included. */
export function contains(value: Json, text: string): boolean {
  if (typeof value === 'string') { return value.includes(text); }
  if (isList(value)) { return value.some(v => contains(v, text)); }
  if (!isObject(value)) { return false; }
  return textOf(value).includes(text) || Object.values(value).some(v => contains(v, text));
}

/** Whether two rendered values are the same. */
export function same(a: Json, b: Json): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** The logical IDs and parameters that one object, by itself, refers to: the target of `Ref` or `Fn::GetAtt`, or those of `Fn::Sub`. */
export function ownTargets(value: JsonObject): readonly string[] {
  if (typeof value.Ref === 'string') { return [value.Ref]; }
  const attribute = value['Fn::GetAtt'];
  if (attribute !== undefined) { return [String(isList(attribute) ? attribute[0] : String(attribute).split('.')[0])]; }
  const sub = value['Fn::Sub'];
  if (sub === undefined) { return NOTHING; }
  const [text, own] = isList(sub) ? sub : [sub];
  return [...String(text).matchAll(/\$\{([\w:]+)[.}]/g)].map(m => m[1]).filter(name => at(own, name) === undefined);
}

/** The logical IDs that a rendered value refers to, at any depth. Parameters and pseudo parameters are among them. */
export function targetsOf(value: Json, targets: Set<string> = new Set()): Set<string> {
  if (typeof value !== 'object' || value === null) { return targets; }
  if (isList(value)) {
    for (const inner of value) { targetsOf(inner, targets); }
  } else if (isObject(value)) {
    const own = ownTargets(value);
    for (let i = 0; i < own.length; i++) { targets.add(own[i]); }
    for (const name in value) { targetsOf(value[name], targets); }
  }
  return targets;
}

/** The first answer to a question about what a rendered value refers to, in the order of `targetsOf`. */
export function firstOfTargets<Answer>(value: Json, ask: (logicalId: string) => Answer | undefined): Answer | undefined {
  if (typeof value !== 'object' || value === null) { return undefined; }
  for (const target of isObject(value) ? ownTargets(value) : NOTHING) {
    const answer = ask(target);
    if (answer !== undefined) { return answer; }
  }
  for (const part of isList(value) ? value : Object.values(value)) {
    const answer = firstOfTargets(part, ask);
    if (answer !== undefined) { return answer; }
  }
  return undefined;
}

/** Whether a rendered value refers to a resource, at any depth. */
export function mentions(value: Json, logicalId: string): boolean {
  if (isList(value)) { return value.some(v => mentions(v, logicalId)); }
  if (!isObject(value)) { return false; }
  if (ownTargets(value).includes(logicalId)) { return true; }
  for (const name in value) {
    if (mentions(value[name], logicalId)) { return true; }
  }
  return false;
}

/** All that was answered of each part of a template, by the number of the question. One map of all: to add to it takes longest. */
const ANSWERS = new WeakMap<object, unknown[]>();
let questions = 0;

function answersOf(part: object): unknown[] {
  const known = ANSWERS.get(part);
  if (known) { return known; }
  const answers: unknown[] = [];
  ANSWERS.set(part, answers);
  return answers;
}

/** Answers a question about a part of a template once: several predicates ask the same. */
export function remembered<Part extends object, Answer>(question: (part: Part) => Answer): (part: Part) => Answer {
  const number = questions++;
  return part => {
    const answers = answersOf(part);
    const known = answers[number];
    if (known !== undefined || number in answers) { return known as Answer; }
    const answer = question(part);
    answers[number] = answer;
    return answer;
  };
}

/** Adds to the list that a map has under a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) { known.push(value); } else { map.set(key, [value]); }
}
