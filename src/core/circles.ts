// Resources that wait for each other: CloudFormation finds such a circle only at deployment.
import type { RenderedTemplate } from './template';
import { at, entries, list, targetsOf } from './values';

/** A circle of a template, as logical IDs in the order in which each waits for the next; undefined if there is none. */
export function circleOf(template: RenderedTemplate): string[] | undefined {
  const resources = new Map(entries(template.json.Resources));
  const waitsFor = (id: string): string[] => {
    const resource = template.resource(id);
    if (resource) { return (template.uses.by.get(id) ?? []).map(use => use.target).concat(resource.dependsOn); }
    // one under a condition is none that the template answers for
    const json = resources.get(id);
    return [...targetsOf(at(json, 'Properties')), ...list(at(json, 'DependsOn')).map(String)];
  };
  const done = new Map<string, boolean>();
  const trail: string[] = [];
  const visit = (id: string): string[] | undefined => {
    const isDone = done.get(id);
    if (isDone === false) { return trail.slice(trail.indexOf(id)); }
    if (isDone || !resources.has(id)) { return undefined; }
    done.set(id, false);
    trail.push(id);
    const circle = firstOf(waitsFor(id), visit);
    trail.pop();
    done.set(id, true);
    return circle;
  };
  return firstOf([...resources.keys()], visit);
}

/** The first answer that there is. */
function firstOf<T>(ids: readonly string[], ask: (id: string) => T | undefined): T | undefined {
  for (const id of ids) {
    const answer = ask(id);
    if (answer !== undefined) { return answer; }
  }
  return undefined;
}
