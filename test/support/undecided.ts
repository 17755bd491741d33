// The forms in which a value that breaks a control may stand in a template, so that only the deployment decides.
import type { Control } from '../../src/core/control';
import { RenderedTemplate } from '../../src/core/template';
import type { Json, JsonObject } from '../../src/core/values';
import { worldsOf } from '../../src/core/worlds';

type Path = readonly (string | number)[];

/** A place where a template that is right differs from one that is wrong. */
interface Difference {
  readonly path: Path;
  readonly right: Json;
  readonly wrong: Json;
}

/** What is written in the place of a value, and what the template needs for it. */
interface Form {
  readonly value: Json;
  readonly parameters?: JsonObject;
  readonly mappings?: JsonObject;
}

const NO_VALUE = { Ref: 'AWS::NoValue' };
const CONDITIONS = { Chosen: { 'Fn::Equals': [{ Ref: 'Choice' }, 'yes'] } };
const PARAMETERS = { Choice: { Type: 'String', Default: 'no' } };

const isScalar = (value: Json) => ['string', 'number', 'boolean'].includes(typeof value);
const isFlat = (value: Json) => isScalar(value) || (Array.isArray(value) && value.length > 0 && value.every(isScalar));
const isPlain = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
  && !Object.keys(value).some(k => k === 'Ref' || k.startsWith('Fn::'));

/**
 * Names that only the deployment knows, and that are taken to be right, by control and form, with the reason.
 */
const TAKEN: Record<string, string> = {
  'ACM-04': 'who deploys names the host, and a certificate of it is issued only to who owns the domain',
  'DB-11': 'who deploys names the port, and nobody reaches it but by a security group, whichever it is',
  'ECS-15d': 'who deploys names a principal that is imported; whether it is expected is the question of ECS-15e',
  'GEN-04b': 'who deploys names a resource that is imported; that it is of this account is the question of GEN-04',
  'WAF-08': 'WAF refuses a number that is no limit, so that any other one limits',
};
const FREE = 'a parameter whose default is right';

/** The forms of a difference, by name. Each gives undefined where the value can't stand so. */
const FORMS: Record<string, (difference: Difference, index: number) => Form | undefined> = {
  'Fn::If, if it is true': ({ right, wrong }) => ({ value: { 'Fn::If': ['Chosen', wrong ?? NO_VALUE, right ?? NO_VALUE] } }),
  'Fn::If, if it is false': ({ right, wrong }) => ({ value: { 'Fn::If': ['Chosen', right ?? NO_VALUE, wrong ?? NO_VALUE] } }),
  [FREE]: ({ right, wrong }, i) => isFlat(right) && isFlat(wrong)
    ? { value: { Ref: `Given${i}` }, parameters: { [`Given${i}`]: { Type: 'String', Default: String(right) } } } : undefined,
  'a parameter that allows it': ({ right, wrong }, i) => isScalar(right) && isScalar(wrong)
    ? { value: { Ref: `Given${i}` }, parameters: { [`Given${i}`]: { Type: 'String', Default: right, AllowedValues: [right, wrong] } } } : undefined,
  'a mapping, by a key of the deployment': ({ right, wrong }, i) => isFlat(right) && isFlat(wrong)
    ? { value: { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, `v${i}`] }, mappings: { 'eu-west-1': { [`v${i}`]: right }, 'us-east-1': { [`v${i}`]: wrong } } }
    : undefined,
  'a mapping, by its key': ({ right, wrong }, i) => isFlat(right) && isFlat(wrong)
    ? { value: { 'Fn::FindInMap': ['Map', 'us-east-1', `v${i}`] }, mappings: { 'us-east-1': { [`v${i}`]: wrong } } } : undefined,
  'text': ({ wrong }) => typeof wrong === 'number' || typeof wrong === 'boolean' ? { value: String(wrong) } : undefined,
  'AWS::NoValue': ({ wrong }) => wrong === undefined ? { value: NO_VALUE } : undefined,
};

/** The forms in which a control takes what is wrong for right. */
export function decidedWrongly(control: Control, right: JsonObject, wrong: JsonObject, account?: string): string[] {
  return templatesOf(right, wrong).filter(([, template]) => holdsInEveryWorld(control, template, account)).map(([form]) => form)
    .filter(form => !(form === FREE && control.id in TAKEN));
}

/** How many templates there are for a change. */
export function templatesOf(right: JsonObject, wrong: JsonObject): [form: string, template: JsonObject][] {
  const resources = Object.keys({ ...right, ...wrong }).filter(id => right[id] === undefined || wrong[id] === undefined);
  const found = Object.keys(right).filter(id => wrong[id] !== undefined)
    .flatMap(id => differences(right[id], wrong[id], [id])).filter(d => d.path[1] === 'Properties');
  const conditional: JsonObject = { ...wrong, ...Object.fromEntries(resources.map(id => [id, { ...(right[id] ?? wrong[id]) as JsonObject, Condition: 'Chosen' }])) };
  const templates: [string, JsonObject][] = resources.length > 0 ? [['a condition of a resource', { Resources: conditional }]] : [];
  const isChosen = found.some(d => /"(Fn::If|AWS::NoValue)"/.test(JSON.stringify([d.right, d.wrong])));
  if (found.length === 0 || isChosen) { return templates.map(([form, t]) => [form, whole(t)]); }
  for (const [name, write] of Object.entries(FORMS)) {
    const forms = found.map(write);
    if (forms.some(f => f !== undefined)) { templates.push([name, written(wrong, found, forms)]); }
  }
  return templates.map(([form, t]) => [form, whole(t)]);
}

function whole(template: JsonObject): JsonObject {
  return { Conditions: CONDITIONS, ...template, Parameters: { ...PARAMETERS, ...template.Parameters as JsonObject } };
}

function written(wrong: JsonObject, places: readonly Difference[], forms: readonly (Form | undefined)[]): JsonObject {
  const resources = structuredClone(wrong);
  const mappings: Record<string, JsonObject> = {};
  forms.forEach((form, i) => {
    if (!form) { return; }
    put(resources, places[i].path, form.value);
    for (const [key, values] of Object.entries(form.mappings ?? {})) { mappings[key] = { ...mappings[key], ...values as JsonObject }; }
  });
  return { Resources: resources, Parameters: Object.assign({}, ...forms.map(f => f?.parameters)), Mappings: { Map: mappings } };
}

function put(resources: JsonObject, path: Path, value: Json): void {
  const holder = path.slice(0, -1).reduce<any>((inner, step) => inner[step], resources);
  holder[path[path.length - 1]] = value;
}

/** The deepest places where two values differ; of lists of unlike length, the list. */
function differences(right: Json, wrong: Json, path: Path): Difference[] {
  if (JSON.stringify(right) === JSON.stringify(wrong)) { return []; }
  if (isPlain(right) && isPlain(wrong)) {
    return [...new Set([...Object.keys(right), ...Object.keys(wrong)])].flatMap(key => differences(right[key], wrong[key], [...path, key]));
  }
  if (Array.isArray(right) && Array.isArray(wrong) && right.length === wrong.length) {
    return right.flatMap((value, i) => differences(value, wrong[i], [...path, i]));
  }
  return [{ path, right, wrong }];
}

function holdsInEveryWorld(control: Control, template: JsonObject, account?: string): boolean {
  const worlds = worldsOf(template);
  return worlds !== undefined && worlds.every(world => {
    const rendered = new RenderedTemplate(world, account);
    const resource = rendered.resource(Object.keys(template.Resources as JsonObject)[0]);
    return resource !== undefined && control.holds(resource, rendered) && (control.breaks?.(resource, rendered) ?? []).length === 0;
  });
}
