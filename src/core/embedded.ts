// JSON that stands in a template as text, with CloudFormation's functions in it.
import type { Json } from './values';
import { at, functionOf, isList, isObject } from './values';

const MARK = /\uE000(\d+)\uE001/;
const MARKS = /(\uE000\d+\uE001)/;

/** What a text says in JSON, functions of CloudFormation included; the value itself if it is no text; undefined if it is no JSON. */
export function parsed(value: Json): Json {
  const name = functionOf(value);
  if (name === undefined && typeof value !== 'string') { return value; }
  const functions: Json[] = [];
  try {
    return revived(JSON.parse(written(value, functions)) as Json, functions);
  } catch {
    return undefined;
  }
}

/** The text of a value, with a mark for each function. */
function written(value: Json, functions: Json[]): string {
  if (typeof value === 'string') { return value; }
  const join = at(value, 'Fn::Join');
  if (isList(join) && isList(join[1])) { return join[1].map(part => written(part, functions)).join(String(join[0])); }
  const sub = at(value, 'Fn::Sub');
  if (sub !== undefined) {
    const [text, own] = isList(sub) ? sub : [sub, undefined];
    return String(text).replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, name: string) =>
      literal ? `\${${name}}` : written(at(own, name) ?? reference(name), functions));
  }
  return `\uE000${functions.push(value) - 1}\uE001`;
}

function reference(name: string): Json {
  const dot = name.indexOf('.');
  return dot < 0 ? { Ref: name } : { 'Fn::GetAtt': [name.slice(0, dot), name.slice(dot + 1)] };
}

function revived(value: Json, functions: readonly Json[]): Json {
  if (isList(value)) { return value.map(v => revived(v, functions)); }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revived(inner, functions)]));
  }
  if (typeof value !== 'string' || !MARK.test(value)) { return value; }
  const parts = value.split(MARKS).filter(part => part !== '').map(part => {
    const mark = MARK.exec(part);
    return mark ? functions[Number(mark[1])] : part;
  });
  return parts.length === 1 ? parts[0] : { 'Fn::Join': ['', parts] };
}
