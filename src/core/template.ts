// Synthesized templates, read back as a graph.
import type { Json, JsonObject } from './values';
import { at, entries, isObject, list, mentions, stringOf, targetsOf } from './values';

/** A resource as it stands in a synthesized template. */
export interface RenderedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  readonly dependsOn: string[];
  readonly metadata: JsonObject;
}

/** Where a template is deployed, as far as that is known. */
export interface Whereabouts {
  readonly account?: string;
  readonly region?: string;
}

/** A synthesized template, read back. */
export class RenderedTemplate {
  private readonly byId = new Map<string, RenderedResource>();
  private readonly known = new Map<string, unknown>();
  private byType?: Map<string, RenderedResource[]>;

  /** @param whereabouts where the resource with a logical ID is deployed: a template may be made of several */
  constructor(public readonly json: JsonObject, private readonly whereabouts: (logicalId: string) => Whereabouts = () => ({})) {
  }

  /** Where a resource is deployed. */
  public whereIs({ logicalId }: RenderedResource): Whereabouts {
    return this.whereabouts(logicalId);
  }

  /** Whether two resources are, as far as is known, of one account and region. */
  public areNear(one: RenderedResource, other: RenderedResource): boolean {
    const [a, b] = [this.whereIs(one), this.whereIs(other)];
    return (['account', 'region'] as const).every(part => a[part] === undefined || b[part] === undefined || a[part] === b[part]);
  }

  /** The resource with this logical ID, or undefined. One under a condition may not be there when it is needed, so it does not count. */
  public resource(logicalId: string): RenderedResource | undefined {
    const known = this.byId.get(logicalId);
    const json = at(this.json, 'Resources', logicalId);
    if (known || !isObject(json) || json.Condition !== undefined) { return known; }
    const resource = {
      logicalId,
      type: String(json.Type),
      properties: isObject(json.Properties) ? json.Properties : {},
      deletionPolicy: stringOf(json.DeletionPolicy),
      updateReplacePolicy: stringOf(json.UpdateReplacePolicy),
      dependsOn: list(json.DependsOn).map(String),
      metadata: isObject(json.Metadata) ? json.Metadata : {},
    };
    this.byId.set(logicalId, resource);
    return resource;
  }

  /** All resources of a type. */
  public resourcesOf(type: string): RenderedResource[] {
    return this.types.get(type) ?? [];
  }

  /** Resources of a service, `AWS::SNS::` for example, that mention a logical ID in any property, but for those of these types. */
  public mentioning(service: string, logicalId: string, ...except: string[]): RenderedResource[] {
    const types = [...this.types].filter(([type]) => type.startsWith(service) && !except.includes(type));
    return types.flatMap(([, resources]) => resources).filter(r => r.logicalId !== logicalId && mentions(r.properties, logicalId));
  }

  private get types(): Map<string, RenderedResource[]> {
    if (this.byType) { return this.byType; }
    this.byType = new Map();
    for (const [id] of entries(this.json.Resources)) {
      const resource = this.resource(id);
      if (resource) { push(this.byType, resource.type, resource); }
    }
    return this.byType;
  }

  /** Resources of a type that mention a logical ID in the named property. */
  public referring(type: string, property: string, logicalId: string): RenderedResource[] {
    const index = this.once(`${type} ${property}`, () => {
      const byTarget = new Map<string, RenderedResource[]>();
      for (const resource of this.resourcesOf(type)) {
        for (const target of targetsOf(resource.properties[property])) { push(byTarget, target, resource); }
      }
      return byTarget;
    });
    return index.get(logicalId) ?? [];
  }

  /** The resource of a type that a value refers to, or undefined. */
  public target(type: string, value: Json): RenderedResource | undefined {
    for (const id of targetsOf(value)) {
      const resource = this.resource(id);
      if (resource?.type === type) { return resource; }
    }
    return undefined;
  }

  /** What was worked out about this template before under a key, or works it out. */
  public once<T>(key: string, make: () => T): T {
    if (!this.known.has(key)) { this.known.set(key, make()); }
    return this.known.get(key) as T;
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known) { known.push(value); } else { map.set(key, [value]); }
}
