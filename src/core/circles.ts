// Resources that wait for each other: CloudFormation finds such a circle only at deployment.
import type { RenderedTemplate } from './template';
import { at, entries, list, targetsOf } from './values';

/** A circle of a template, as logical IDs in the order in which each waits for the next; undefined if there is none. */
export function circleOf(template: RenderedTemplate): string[] | undefined {
  const resources = new Map(entries(template.json.Resources));
  const waitsFor = (id: string): string[] => {
    const resource = template.resource(id);
    if (resource) { return [...(template.uses.by.get(id) ?? []).map(use => use.target), ...resource.dependsOn]; }
    // one under a condition is none that the template answers for
    const json = resources.get(id);
    return [...targetsOf(at(json, 'Properties')), ...list(at(json, 'DependsOn')).map(String)];
  };
  const done = new Set<string>();
  const trail = new Map<string, number>();
  const visit = (id: string): string[] | undefined => {
    if (done.has(id)) { return undefined; }
    const seen = trail.get(id);
    if (seen !== undefined) { return [...trail.keys()].slice(seen); }
    trail.set(id, trail.size);
    for (const next of waitsFor(id)) {
      const circle = resources.has(next) ? visit(next) : undefined;
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
