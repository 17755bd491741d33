import { edit, Path } from './edit';

/** One change of one place of a template that takes a protection away, or turns it round. */
export interface Mutation {
  /** `LogicalId/Properties/Path operator`: the same in every run. */
  readonly id: string;
  readonly logicalId: string;
  readonly type: string;
  /** From the resource. */
  readonly path: Path;
  readonly operator: string;
  readonly apply: (template: any) => any;
}

/** A resource and its logical ID. */
export interface Place {
  readonly logicalId: string;
  readonly type: string;
}

/** A mutation of what stands at a path of a resource. */
export function mutation(place: Place, path: Path, operator: string, change: (old: any) => any): Mutation {
  const { logicalId, type } = place;
  return {
    id: `${[logicalId, ...path].join('/')} ${operator}`,
    logicalId,
    type,
    path,
    operator,
    apply: template => edit(template, ['Resources', logicalId, ...path], change),
  };
}
