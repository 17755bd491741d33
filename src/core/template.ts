// Synthesized templates, read back as a graph.
import type { Json, JsonObject } from './values';
import { at, entries, isList, isObject, list, ownTargets, stringOf, targetsOf } from './values';

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

/** That a resource refers to something. */
export interface Use {
  readonly by: RenderedResource;
  readonly target: string;
  /** The name of the property, at whatever depth. */
  readonly property: string;
}

/** Everything that refers to something in a template, by what is referred to, and by what refers. */
interface Uses {
  readonly of: ReadonlyMap<string, readonly Use[]>;
  readonly by: ReadonlyMap<string, readonly Use[]>;
}

/** A synthesized template, read back. */
export class RenderedTemplate {
  private readonly byId = new Map<string, RenderedResource>();
  private readonly known = new Map<string, unknown>();
  private readonly indices = new Map<readonly RenderedResource[], Map<string, Map<string, RenderedResource[]>>>();
  private byType?: Map<string, RenderedResource[]>;

  /**
   * @param account the number of the account that the template is deployed to, if it is known; of a graph, that of each resource
   * @param regionOf the region of each resource of a graph
   */
  constructor(
    public readonly json: JsonObject,
    private readonly account?: string | ((logicalId: string) => string | undefined),
    private readonly regionOf: (logicalId: string) => string | undefined = () => undefined,
  ) {
  }

  /** The number of the account that a resource is in, if it is known. */
  public accountOf(logicalId: string): string | undefined {
    return typeof this.account === 'function' ? this.account(logicalId) : this.account;
  }

  /** Whether two resources may be of one account and region. */
  public areNear({ logicalId: one }: RenderedResource, { logicalId: other }: RenderedResource): boolean {
    const mayBeOne = (a: string | undefined, b: string | undefined) => a === undefined || b === undefined || a === b;
    return mayBeOne(this.accountOf(one), this.accountOf(other)) && mayBeOne(this.regionOf(one), this.regionOf(other));
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

  /** All resources. */
  public get all(): RenderedResource[] {
    return [...this.types.values()].flat();
  }

  /** All resources of a type. */
  public resourcesOf(type: string): RenderedResource[] {
    return this.types.get(type) ?? [];
  }

  /** Resources of a service, `AWS::SNS::` for example, that mention a logical ID in any property, but for those of these types. */
  public mentioning(service: string, logicalId: string, ...except: string[]): RenderedResource[] {
    const users = (this.uses.of.get(logicalId) ?? []).map(use => use.by)
      .filter(({ type, logicalId: id }) => id !== logicalId && type.startsWith(service) && !except.includes(type));
    return [...new Set(users)];
  }

  /** Who refers to what, in any property. */
  public get uses(): Uses {
    return this.once('uses', () => {
      const [of, by] = [new Map<string, Use[]>(), new Map<string, Use[]>()];
      const look = (resource: RenderedResource, property: string, value: Json): void => {
        if (typeof value !== 'object' || value === null) { return; }
        if (isList(value)) { for (const inner of value) { look(resource, property, inner); } return; }
        if (!isObject(value)) { return; }
        for (const target of ownTargets(value)) {
          const use = { by: resource, target, property };
          push(of, target, use);
          push(by, resource.logicalId, use);
        }
        for (const inner in value) { look(resource, inner.startsWith('Fn::') ? property : inner, value[inner]); }
      };
      for (const resources of this.types.values()) {
        for (const resource of resources) { look(resource, '', resource.properties); }
      }
      return { of, by };
    });
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
    const all = this.resourcesOf(type);
    return all.length === 0 ? all : this.referringIn(all, property).get(logicalId) ?? [];
  }

  private referringIn(resources: readonly RenderedResource[], property: string): Map<string, RenderedResource[]> {
    // by the list, which is one for each type: no text has to be put together for each question
    const byProperty = this.indices.get(resources) ?? new Map<string, Map<string, RenderedResource[]>>();
    this.indices.set(resources, byProperty);
    const known = byProperty.get(property);
    if (known) { return known; }
    const byTarget = new Map<string, RenderedResource[]>();
    for (const resource of resources) {
      for (const target of targetsOf(resource.properties[property])) { push(byTarget, target, resource); }
    }
    byProperty.set(property, byTarget);
    return byTarget;
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
