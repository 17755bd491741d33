// Synthesized templates, read back as a graph.
import type { Json, JsonObject } from './values';
import { entries, firstOfTargets, isList, isObject, list, ownTargets, push, stringOf, targetsOf } from './values';

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
  private readonly known = new Map<unknown, unknown>();
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
    if (known) { return known; }
    const { Resources: all } = this.json;
    const json = isObject(all) ? all[logicalId] : undefined;
    if (!isObject(json) || json.Condition !== undefined) { return undefined; }
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
    const users = this.uses.of.get(logicalId)
      ?.filter(({ by }) => by.logicalId !== logicalId && by.type.startsWith(service) && !except.includes(by.type)) ?? [];
    return users.length === 0 ? [] : [...new Set(users.map(use => use.by))];
  }

  /** Who refers to what, in any property. */
  public get uses(): Uses {
    return this.once('uses', () => {
      const [of, by] = [new Map<string, Use[]>(), new Map<string, Use[]>()];
      const look = (resource: RenderedResource, property: string, value: Json): void => {
        if (isList(value)) { for (const inner of value) { look(resource, property, inner); } return; }
        if (!isObject(value)) { return; }
        const targets = ownTargets(value);
        for (let i = 0; i < targets.length; i++) {
          const target = targets[i];
          const use = { by: resource, target, property };
          push(of, target, use);
          push(by, resource.logicalId, use);
        }
        for (const name in value) {
          const inner = value[name];
          // most are texts, which refer to nothing
          if (typeof inner === 'object') { look(resource, name.startsWith('Fn::') ? property : name, inner); }
        }
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
    if (typeof value !== 'object') { return undefined; }
    return firstOfTargets(value, id => {
      const resource = this.resource(id);
      return resource?.type === type ? resource : undefined;
    });
  }

  /** What was worked out about this template before under a key, or works it out. */
  public once<T>(key: unknown, make: () => T): T {
    const known = this.known.get(key);
    if (known !== undefined || this.known.has(key)) { return known as T; }
    const made = make();
    this.known.set(key, made);
    return made;
  }
}

function newMap<K, V>(): Map<K, V> {
  return new Map();
}

/** Answers a question about a resource of a template once: several predicates ask the same. */
export function rememberedOfEach<Answer>(
  question: (resource: RenderedResource, template: RenderedTemplate) => Answer,
): (resource: RenderedResource, template: RenderedTemplate) => Answer {
  return (resource, template) => {
    const answers = template.once(question, newMap<RenderedResource, Answer>);
    const known = answers.get(resource);
    if (known !== undefined || answers.has(resource)) { return known as Answer; }
    const answer = question(resource, template);
    answers.set(resource, answer);
    return answer;
  };
}
