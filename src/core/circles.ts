// Resources that wait for each other: CloudFormation finds such a circle only at deployment.
import type { RenderedTemplate } from './template';
import { at, entries, list, targetsOf } from './values';

/** A circle of a template, as logical IDs in the order in which each waits for the next; undefined if there is none. */
export function circleOf(template: RenderedTemplate): string[] | undefined {
  const resources = new Map(entries(template.json.Resources));
  const waitsFor = (id: string): string[] => {
    const resource = resources.get(id);
    const uses = template.uses.by.get(id);
    // a resource under a condition is none that the template answers for
    const targets = uses || template.resource(id) ? new Set(uses?.map(use => use.target)) : targetsOf(at(resource, 'Properties'));
    for (const other of list(at(resource, 'DependsOn'))) { targets.add(String(other)); }
    return [...targets].filter(t => resources.has(t));
  };
  const done = new Set<string>();
  const trail = new Map<string, number>();
  const visit = (id: string): string[] | undefined => {
    if (done.has(id)) { return undefined; }
    const seen = trail.get(id);
    if (seen !== undefined) { return [...trail.keys()].slice(seen); }
    trail.set(id, trail.size);
    for (const next of waitsFor(id)) {
      const circle = visit(next);
      if (circle) { return circle; }
    }
    trail.delete(id);
    done.add(id);
    return undefined;
  };
  for (const id of resources.keys()) {
    const circle = visit(id);
    if (circle) { return circle; }
  }
  return undefined;
}
