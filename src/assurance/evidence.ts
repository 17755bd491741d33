// What stands in a template where a control looks.
import type { RenderedResource, RenderedTemplate } from '../core/template';
import type { Json } from '../core/values';
import { at, remembered, targetsOf } from '../core/values';

/** Where a control looks, and what is there. */
export interface Evidence {
  readonly property: string;
  readonly value: Json;
}

/** A control of the policies of several types calls them all by this name. */
const POLICIES = ['PolicyDocument', 'KeyPolicy', 'AssumeRolePolicyDocument'];

/**
 * What a resource has under the name that a control gives: a property, with dots before those in it; its deletion policies; or the
 * logical IDs of resources of another type.
 */
export function evidenceOf(resource: RenderedResource, template: RenderedTemplate, property: string): Evidence {
  if (property.startsWith('AWS::')) { return { property, value: related(resource, template, property) }; }
  if (property === 'DeletionPolicy') {
    const { deletionPolicy, updateReplacePolicy } = resource;
    const policies = { DeletionPolicy: deletionPolicy, UpdateReplacePolicy: updateReplacePolicy };
    return { property, value: Object.fromEntries(Object.entries(policies).filter(([, policy]) => policy !== undefined)) };
  }
  const name = property === POLICIES[0] ? POLICIES.find(p => resource.properties[p] !== undefined) ?? property : property;
  return { property: name, value: name.split('.').reduce<Json>((value, part) => at(value, part), resource.properties) };
}

/**
 * The resources of a type that refer to a resource, or that it refers to. Where there is none, all of the type: an alarm and its filter
 * know each other by a name only.
 */
function related(resource: RenderedResource, template: RenderedTemplate, type: string): string[] {
  const { all, referring } = template.once(`evidence ${type}`, () => indexOf(template.resourcesOf(type)));
  const own = targets(resource);
  const from = referring.get(resource.logicalId);
  const found = all.filter(id => own.has(id) || from?.includes(id));
  return found.length > 0 ? found : all;
}

const targets = remembered((resource: RenderedResource) => targetsOf(resource.properties));

/** The logical IDs of resources, all of them and by what they refer to. */
function indexOf(resources: RenderedResource[]): { readonly all: string[]; readonly referring: Map<string, string[]> } {
  const referring = new Map<string, string[]>();
  for (const resource of resources) {
    for (const target of targets(resource)) {
      const known = referring.get(target);
      if (known) { known.push(resource.logicalId); } else { referring.set(target, [resource.logicalId]); }
    }
  }
  return { all: resources.map(r => r.logicalId), referring };
}
