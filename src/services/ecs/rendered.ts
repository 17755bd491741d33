// How controls read tasks, and by what a task definition is run: services, schedules, rules, pipes and state machines.
import { parsed } from '../../core/embedded';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { at, entries, functionOf, isGiven, isList, isObject, list, mentions } from '../../core/values';

export const TASK = 'AWS::ECS::TaskDefinition';
export const SERVICE = 'AWS::ECS::Service';
export const CLUSTER = 'AWS::ECS::Cluster';

/** What the metadata of a task definition calls the paths that the application may write, if they are not the usual ones. */
export const WRITABLE = 'cdk-hardened:writablePaths';

/** Whether something holds for every container of a task definition, and there is one. */
export function everyContainer(r: RenderedResource, holds: (container: Json) => boolean): boolean {
  const containers = list(r.properties.ContainerDefinitions);
  return containers.length > 0 && containers.every(holds);
}

/** One way in which tasks of a task definition are run. */
export interface Run {
  /** What runs them. */
  readonly by: RenderedResource;
  /** What says how: the parameters of RunTask, or the like. */
  readonly how: JsonObject;
  /** What that stands in, from the inside out. */
  readonly around: readonly JsonObject[];
}

/** Types of resources that run tasks. */
const RUNNERS = ['AWS::ECS::', 'AWS::Events::Rule', 'AWS::Scheduler::Schedule', 'AWS::Pipes::Pipe', 'AWS::StepFunctions::StateMachine',
  'Custom::AWS'];

/** What a name of a property that a state machine works out itself ends with. */
const WORKED_OUT = '.$';

/** The value under these names, in whatever case: services call the same parameter `awsVpcConfiguration` or `AwsvpcConfiguration`. */
export function pick(value: Json, ...names: string[]): Json {
  return names.reduce<Json>((here, name) => {
    const found = entries(here).find(([own]) => own.toLowerCase().replace(WORKED_OUT, '') === name.toLowerCase());
    return found?.[0].endsWith(WORKED_OUT) ? { 'Fn::Unknown': name } : found?.[1];
  }, value);
}

/** A state machine, its definition put together. */
function defined(by: RenderedResource): JsonObject {
  const { DefinitionString: text, DefinitionSubstitutions: substitutions, ...others } = by.properties;
  if (typeof text !== 'string' || substitutions === undefined) { return by.properties; }
  return { ...others, DefinitionString: { 'Fn::Sub': [text, substitutions] } };
}

/** The objects, at any depth and in JSON that stands there as text, that run a task definition. Patterns of events run nothing. */
function look(
  value: Json, task: string, around: readonly JsonObject[], found: (how: JsonObject, around: readonly JsonObject[]) => void,
): void {
  if (isList(value)) { value.forEach(v => look(v, task, around, found)); return; }
  if (!isObject(value) || !mentions(value, task)) { return; }
  if (['Fn::Join', 'Fn::Sub'].includes(functionOf(value) ?? '')) {
    const inner = parsed(value);
    if (isObject(inner) && functionOf(inner) === undefined) { look(inner, task, around, found); }
    return;
  }
  const named = pick(value, 'taskDefinition') ?? pick(value, 'taskDefinitionArn');
  if (mentions(named, task)) { found(value, around); }
  for (const [name, inner] of entries(value)) {
    if (name !== 'EventPattern') { look(inner, task, [value, ...around], found); }
  }
}

function runsBy(by: RenderedResource, task: string): Run[] {
  const runs: Run[] = [];
  const properties = by.type === 'AWS::StepFunctions::StateMachine' ? defined(by) : by.properties;
  look(properties, task, [], (how, around) => runs.push({ by, how, around }));
  const isHidden = runs.length === 0 && by.type === 'AWS::StepFunctions::StateMachine' && mentions(by.properties, task);
  return isHidden ? [{ by, how: {}, around: [] }] : runs;
}

/** The ways in which tasks of a task definition are run, in whatever stack. */
export function runsOf(task: RenderedResource, t: RenderedTemplate): readonly Run[] {
  return t.once(`runs ${task.logicalId}`, () => RUNNERS.flatMap(type => t.mentioning(type, task.logicalId))
    .flatMap(by => runsBy(by, task.logicalId)));
}

/** The resources of runs, each once. */
export function runnersOf(runs: readonly Run[]): RenderedResource[] {
  return [...new Set(runs.map(run => run.by))];
}

/** The network of a run. */
export function networkOf({ how }: Run): Json {
  return pick(how, 'networkConfiguration', 'awsvpcConfiguration');
}

/** The cluster of a run: among its parameters, or as the target of a rule, a schedule or a pipe. */
export function clusterOf({ how, around }: Run): Json {
  return pick(how, 'cluster') ?? around.map(a => at(a, 'Arn') ?? at(a, 'Target')).find(isGiven);
}

/** What a run changes in the task definition. */
export function overridesOf({ how, around }: Run): Json {
  return [pick(how, 'overrides'), ...around.flatMap(a => [at(a, 'Input'), at(a, 'InputTransformer')])];
}
