// What a template may become at deployment: one world for each way in which its conditions, parameters and mappings can turn out.
import type { RenderedTemplate } from './template';
import type { Json, JsonObject } from './values';
import { at, entries, functionOf, isList, isNoValue, isObject, isOneOf, list, same, UNKNOWN_VALUE } from './values';

/** How many worlds are looked at. Beyond it a template can't be judged. */
export const MOST_WORLDS = 256;

/** How many values of a parameter or a mapping are looked at each. Of more, the value is taken for unknown. */
export const MOST_VALUES = 8;

/** What is chosen between, by a name of its own. */
interface Choice {
  readonly name: string;
  readonly values: readonly Json[];
}

type Chosen = ReadonlyMap<string, Json>;

/**
 * The worlds of a template: in each, functions that choose are replaced by what they choose, and resources whose condition is false
 * are gone. Undefined if there are too many.
 *
 * A default bounds nothing: whoever deploys may give another value. `AllowedValues` do.
 *
 * @param parametersAreGiven that another template of the assembly gives the parameters, so that they stay references
 */
export function worldsOf(written: JsonObject, parametersAreGiven: boolean = false): JsonObject[] | undefined {
  const template = parametersAreGiven ? { ...written, Parameters: undefined } : written;
  const choices = choicesOf(template);
  const count = choices.reduce((product, c) => product * c.values.length, 1);
  if (count > MOST_WORLDS) { return undefined; }
  const worlds = choices.reduce<Map<string,
    Json>[]>((some, c) => some.flatMap(w => c.values.map(v => new Map(w).set(c.name, v))), [new Map()]);
  return worlds.map(chosen => ({ ...template, Resources: resourcesIn(template, chosen) }));
}

/** Whether anything in a template is chosen at deployment. Most have nothing, and looking closer takes time. */
export function hasChoices(text: string, { json, uses }: RenderedTemplate): boolean {
  return /"(Fn::If|Fn::FindInMap|AWS::NoValue)"|"Condition": ?"/.test(text) || entries(json.Parameters).some(([name]) => uses.of.has(name));
}

function resourcesIn(template: JsonObject, chosen: Chosen): JsonObject {
  const here = entries(template.Resources).filter(([, r]) => {
    const name = at(r, 'Condition');
    return name === undefined || isMet(template, chosen, String(name));
  });
  return Object.fromEntries(here.map(([id, r]) => {
    const { Condition: _, ...rest } = r as JsonObject;
    return [id, resolve(template, chosen, rest)];
  }));
}

/** A value as it is in a world. */
function resolve(template: JsonObject, chosen: Chosen, value: Json): Json {
  if (isList(value)) { return value.map(v => resolve(template, chosen, v)).filter(v => !isNoValue(v)); }
  if (!isObject(value)) { return value; }
  switch (functionOf(value)) {
    case 'Fn::If': {
      const [name, whenTrue, whenFalse] = argumentsOf(value['Fn::If']);
      return resolve(template, chosen, isMet(template, chosen, String(name)) ? whenTrue : whenFalse);
    }
    case 'Fn::FindInMap': {
      const name = nameOf(value);
      return chosen.has(name) ? chosen.get(name) : found(template, value) ?? { [UNKNOWN_VALUE]: name };
    }
    case 'Ref': {
      const name = String(value.Ref);
      if (!isParameter(template, name)) { return value; }
      return chosen.has(`parameter ${name}`) ? chosen.get(`parameter ${name}`) : { [UNKNOWN_VALUE]: name };
    }
    default: return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(template, chosen, inner)] as const)
      .filter(([, inner]) => !isNoValue(inner)));
  }
}

/** What a function is given. `AWS::NoValue` is one of them. */
function argumentsOf(value: Json): readonly Json[] {
  return isList(value) ? value : [value];
}

function isParameter(template: JsonObject, name: string): boolean {
  return at(template.Parameters, name) !== undefined;
}

/** A choice by a function is called after its text. */
function nameOf(value: Json): string {
  return JSON.stringify(value);
}

/** Whether a condition is met in a world. */
function isMet(template: JsonObject, chosen: Chosen, name: string): boolean {
  return evaluate(template, chosen, at(template.Conditions, name));
}

function evaluate(template: JsonObject, chosen: Chosen, condition: Json): boolean {
  const [[name, operands] = ['', undefined]] = entries(condition);
  switch (name) {
    case 'Condition': return isMet(template, chosen, String(operands));
    case 'Fn::And': return list(operands).every(o => evaluate(template, chosen, o));
    case 'Fn::Or': return list(operands).some(o => evaluate(template, chosen, o));
    case 'Fn::Not': return !evaluate(template, chosen, list(operands)[0]);
    default: {
      const known = decided(template, chosen, condition);
      return known ?? chosen.get(nameOf(condition)) === true;
    }
  }
}

/** An `Fn::Equals` whose operands are known in a world. */
function decided(template: JsonObject, chosen: Chosen, condition: Json): boolean | undefined {
  const [left, right] = list(at(condition, 'Fn::Equals')).map(o => resolve(template, chosen, o));
  if (same(left, right) && left !== undefined) { return true; }
  return [left, right].every(o => typeof o === 'string' || typeof o === 'number' || typeof o === 'boolean')
    ? isOneOf(String(left), String(right))
    : undefined;
}

/** Everything that is chosen between in the resources of a template. */
function choicesOf(template: JsonObject): Choice[] {
  const choices = new Map<string, Choice>();
  const add = (name: string, values: readonly Json[]) => {
    if (!choices.has(name) && values.length > 0 && values.length <= MOST_VALUES) { choices.set(name, { name, values }); }
  };
  const asked = new Set<string>();
  const ask = (condition: string) => {
    if (!asked.has(condition)) {
      asked.add(condition);
      look(at(template.Conditions, condition));
    }
  };
  const look = (value: Json): void => {
    if (isList(value)) { value.forEach(look); return; }
    if (!isObject(value)) { return; }
    const allowed = functionOf(value) === 'Ref' ? at(template.Parameters, String(value.Ref), 'AllowedValues') : undefined;
    switch (functionOf(value)) {
      case 'Ref': if (allowed !== undefined) { add(`parameter ${value.Ref}`, list(allowed)); } break;
      case 'Fn::If': ask(String(list(value['Fn::If'])[0])); argumentsOf(value['Fn::If']).slice(1).forEach(look); break;
      case 'Condition': ask(String(value.Condition)); break;
      case 'Fn::FindInMap': if (found(template, value) === undefined) { add(nameOf(value), entriesOfMap(template, value)); } break;
      case 'Fn::Equals': list(value['Fn::Equals']).forEach(look); atoms.push(value); break;
      default: Object.values(value).forEach(look);
    }
  };
  const atoms: JsonObject[] = [];
  for (const [, resource] of entries(template.Resources)) {
    if (at(resource, 'Type') === 'AWS::CDK::Metadata') { continue; }
    const condition = at(resource, 'Condition');
    if (condition !== undefined) { ask(String(condition)); }
    look(at(resource, 'Properties'));
  }
  // what the chosen parameters decide is no choice of its own
  const free = atoms.filter(atom => decided(template, new Map([...choices.values()].map(c => [c.name, c.values[0]])), atom) === undefined);
  free.forEach(atom => add(nameOf(atom), [true, false]));
  return [...choices.values()];
}

/** A value of a mapping whose keys are written out. */
function found(template: JsonObject, value: JsonObject): Json {
  const [map, top, second] = list(value['Fn::FindInMap']);
  return [map, top, second].every(k => typeof k === 'string') ? at(template.Mappings, String(map), String(top), String(second)) : undefined;
}

/** Every value that a mapping may give where a key is known at deployment only. */
function entriesOfMap(template: JsonObject, value: JsonObject): Json[] {
  const [map, top, second] = list(value['Fn::FindInMap']);
  const tops = entries(at(template.Mappings, String(map))).filter(([name]) => typeof top !== 'string' || name === top);
  const all = tops.flatMap(([, inner]) => entries(inner)).filter(([name]) => typeof second !== 'string' || name === second)
    .map(([, v]) => v);
  return all.filter((v, i) => all.findIndex(o => same(o, v)) === i);
}
