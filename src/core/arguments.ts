// Whether what a caller gives is of the kind that is declared: JavaScript checks no types, and Python only some.
import { Stack, Token } from 'aws-cdk-lib/core';
import type { IEnvironmentAware } from 'aws-cdk-lib/interfaces';
import type { IConstruct } from 'constructs';
import * as api from './api-facts';
import type { Wanted } from './argument-hints';
import { MISSING, WANTED } from './argument-hints';
import type { Place } from './validate';
import { fail, got, isConstruct, place, shown } from './validate';

/** A property or a parameter. */
export interface Param {
  readonly name: string;
  readonly kind: string;
  readonly optional: boolean;
  /** Whether it is what remains of a list of arguments. */
  readonly rest: boolean;
}

const PARSED = new Map<string, readonly Param[]>();

/** The properties of a struct, or the parameters of a constructor or method, as the table has them. */
export function paramsOf(text: string): readonly Param[] {
  const known = PARSED.get(text);
  if (known) { return known; }
  const params = text.split(' ').filter(Boolean).map(param => {
    const [, name, mark, kind] = /^(\w+)(\?|\.\.\.)?:(.*)$/.exec(param)!;
    return { name, kind, optional: mark === '?', rest: mark === '...' };
  });
  PARSED.set(text, params);
  return params;
}

/**
 * Refuses what a constructor can't be made of. Call it before anything else.
 *
 * @param name the class's
 */
export function checkNew(name: string, scope: IConstruct, id: string, props?: object): void {
  if (!isConstruct(scope)) {
    throw new Error(`[${typeof id === 'string' && id !== '' ? id : name}] 'scope' must be a construct, got ${got(scope)}`);
  }
  const at = typeof id === 'string' ? place(scope, id) : { node: { path: scope.node.path || name } };
  checkCall(name, at, scope, id, props);
  if (isObject(props)) { requireNearKeys(at, scope, props); }
}

/** Refuses keys of another region: no service uses one. In another account a key may be. */
function requireNearKeys(at: Place, scope: IConstruct, props: object): void {
  for (const [prop, value] of Object.entries(props)) {
    if (!isConstruct(value) || !('keyArn' in value)) { continue; }
    const there = (value as IConstruct & Partial<IEnvironmentAware>).env?.region;
    const here = Stack.of(scope).region;
    if (there === undefined || Token.isUnresolved(there) || Token.isUnresolved(here) || there === here) { continue; }
    fail(at, `'${prop}' is a key of ${there}, and this is in ${here}: no service uses a key of another region, so give one from there`);
  }
}

/**
 * Refuses what a method can't be called with. Call it before anything else.
 *
 * @param name the class's and the method's, for example `TlsAlb.addTarget`
 * @param at whose method it is; undefined of a static one
 */
export function checkCall(name: string, at: Place | undefined, ...args: unknown[]): void {
  const params = api.CALLS[name];
  if (params === undefined) { throw new Error(`'${name}' is not in the table of the API: run 'npx projen api:facts'`); }
  const checker = new Checker(at ?? { node: { path: name } });
  paramsOf(params).forEach((param, i) => {
    if (param.rest) { checker.each(param.name, param.kind, args.slice(i)); } else { checker.argument(name, param, args[i]); }
  });
}

/** The checks, for one place. */
class Checker {
  constructor(private readonly at: Place) {
  }

  /** A parameter. What a struct of ours has is called by its own name: `port`, not `props.port`. */
  public argument(owner: string, param: Param, value: unknown): void {
    const struct = api.STRUCTS[param.kind];
    const needed = struct !== undefined && paramsOf(struct).some(p => !p.optional);
    if (struct !== undefined && (isObject(value) || (isMissing(value) && needed))) {
      this.struct('', param.kind, value ?? {});
    } else if (value === null && param.optional) {
      // the default of a parameter is for what is left out
      fail(this.at, `'${param.name}' is null: leave it out, or give ${textOf(param.kind, param.name)}`);
    } else {
      this.given(param.name, `${owner}.${param.name}`, param, value);
    }
  }

  /** The entries of a list. */
  public each(path: string, kind: string, values: readonly unknown[]): void {
    for (let i = 0; i < values.length; i++) { this.entry(`${path}[${i}]`, kind, values[i]); }
  }

  private given(path: string, name: string, { kind, optional }: Param, value: unknown): void {
    if (!isMissing(value) || (isScope(kind) && !optional)) {
      this.kind(path, kind, value);
    } else if (!optional) {
      fail(this.at, `'${path}' is missing: ${MISSING[name] ?? `give ${textOf(kind, lastOf(path))}`}`);
    }
  }

  private entry(path: string, kind: string, value: unknown): void {
    if (isMissing(value) && !isScope(kind)) { fail(this.at, `'${path}' is missing: give ${textOf(kind, lastOf(path))}`); }
    this.kind(path, kind, value);
  }

  private kind(path: string, kind: string, value: unknown): void {
    if (kind.startsWith('[')) { this.list(path, kind.slice(1, -1), value); return; }
    if (kind.startsWith('{')) { this.map(path, kind.slice(1, -1), value); return; }
    if (api.STRUCTS[kind] !== undefined) { this.struct(path, kind, value); return; }
    const values = valuesOf(kind);
    if (values) { this.value(path, kind, values, value); } else { this.object(path, kind, value); }
  }

  private list(path: string, kind: string, value: unknown): void {
    if (isToken(value)) {
      if (isValue(kind)) { return; }
      fail(this.at, `'${path}' is a list that is known only at deployment: name its entries one by one; each of them may be a token`);
    }
    if (!Array.isArray(value)) { fail(this.at, `'${path}' is ${shown(value)}, not a list: put it into brackets`); }
    this.each(path, kind, value);
  }

  private map(path: string, kind: string, value: unknown): void {
    if (isToken(value) && typeof value === 'object' && isValue(kind)) { return; }
    if (!isObject(value) || isToken(value)) {
      fail(this.at, `'${path}' is ${isToken(value) ? 'a token' : shown(value)}: give ${textOf(`{${kind}}`)}`);
    }
    for (const name of Object.keys(value)) { this.entry(`${path}.${name}`, kind, (value as Record<string, unknown>)[name]); }
  }

  private struct(path: string, kind: string, value: unknown): void {
    if (!isObject(value)) { fail(this.at, `'${path}' is ${shown(value)}: give ${textOf(kind)}`); }
    for (const param of paramsOf(api.STRUCTS[kind])) {
      const { name } = param;
      this.given(path === '' ? name : `${path}.${name}`, `${kind}.${name}`, param, (value as Record<string, unknown>)[name]);
    }
  }

  /** A text, number or boolean, or one of some values. */
  private value(path: string, kind: string, { type, known }: Values, value: unknown): void {
    // A token of the right kind has the right type; what the deployment decides is neither true nor false.
    if (typeof value === type && (!known || known.includes(value as string) || isToken(value))) { return; }
    fail(this.at, `'${path}' must be ${textOf(kind)}, got ${isToken(value) ? 'a token of another kind' : got(value)}`);
  }

  private object(path: string, kind: string, value: unknown): void {
    if (isScope(kind)) {
      if (!isConstruct(value)) { fail(this.at, `'${path}' must be a construct, got ${got(value)}`); }
      return;
    }
    const wanted = wantedOf(kind, lastOf(path));
    const members = wanted.members ?? [];
    // A construct has what is common to all of them, and is no bag of properties.
    const right = api.CDK[kind] === 'struct' && members.length === 0
      ? isObject(value)
      : typeof value === 'object' && !Array.isArray(value) && members.every(m => m in (value as object));
    if (!right) { fail(this.at, `'${path}' is ${shown(value)}: give ${wanted.text}`); }
  }
}

/** What may be any construct. */
function isScope(kind: string): boolean {
  return kind === 'Construct' || kind === 'IConstruct';
}

/** The prop at the end of a path. */
function lastOf(path: string): string {
  return path.replace(/\[\d+\]$/, '').replace(/^.*\./, '');
}

function isMissing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Whether a value may be a bag of properties. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isConstruct(value);
}

function isToken(value: unknown): boolean {
  return Token.isUnresolved(value) && !isConstruct(value);
}

/** What a text, number, boolean or enum is in JavaScript. */
interface Values {
  readonly type: string;
  /** The values of an enum of ours. The CDK's may get new ones. */
  readonly known?: readonly string[];
}

function valuesOf(kind: string): Values | undefined {
  if (isPrimitive(kind)) { return { type: kind }; }
  if (api.ENUMS[kind] !== undefined) { return { type: 'string', known: api.ENUMS[kind].split(' ').map(member => member.split('=')[1]) }; }
  return isPrimitive(api.CDK[kind]) ? { type: api.CDK[kind] } : undefined;
}

function isPrimitive(kind: string): boolean {
  return kind === 'string' || kind === 'number' || kind === 'boolean';
}

/** Whether the entries of a list may be a token all together. */
function isValue(kind: string): boolean {
  return valuesOf(kind) !== undefined;
}

/** What to give of a kind. */
export function textOf(kind: string, prop?: string): string {
  if (kind.startsWith('[')) { return `a list of ${kind.slice(1, -1)}s`; }
  if (kind.startsWith('{')) { return `an object of ${kind.slice(1, -1)}s by name`; }
  if (kind === 'boolean') { return 'true or false'; }
  return wantedOf(kind, prop).text;
}

/** What to give of a kind that is no list, and what tells it. */
export function wantedOf(kind: string, prop?: string): Wanted {
  const known = WANTED[`${kind} ${prop}`] ?? WANTED[kind];
  if (known) { return known; }
  const text = `${/^([aeioAEIO]|s3|sns|ssm|rds)/.test(kind) ? 'an' : 'a'} ${kind}`;
  if (api.ENUMS[kind] !== undefined) { return { text: `${text}, for example ${kind}.${api.ENUMS[kind].split('=')[0]}` }; }
  return { text, members: api.CDK[kind]?.startsWith('.') && api.CDK[kind] !== '.' ? [api.CDK[kind].slice(1)] : [] };
}
