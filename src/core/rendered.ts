/** A resource as it stands in a synthesized template. */
export interface RenderedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: any;
  readonly deletionPolicy?: string;
  readonly updateReplacePolicy?: string;
  readonly dependsOn: string[];
}

/** A synthesized template, read back. */
export class RenderedTemplate {
  private readonly byId = new Map<string, RenderedResource>();
  private readonly known = new Map<string, any>();
  private byType?: Map<string, RenderedResource[]>;

  constructor(public readonly json: any) {
  }

  /** The resource with this logical ID, or undefined. One under a condition may not be there when it is needed, so it does not count. */
  public resource(logicalId: string): RenderedResource | undefined {
    const known = this.byId.get(logicalId);
    const json = this.json.Resources?.[logicalId];
    if (known || !json || json.Condition !== undefined) { return known; }
    const resource = {
      logicalId,
      type: json.Type,
      properties: json.Properties ?? {},
      deletionPolicy: json.DeletionPolicy,
      updateReplacePolicy: json.UpdateReplacePolicy,
      dependsOn: list(json.DependsOn),
    };
    this.byId.set(logicalId, resource);
    return resource;
  }

  /** All resources of a type. */
  public resourcesOf(type: string): RenderedResource[] {
    if (!this.byType) {
      this.byType = new Map();
      for (const [id, json] of Object.entries<any>(this.json.Resources ?? {})) {
        const resource = this.resource(id);
        if (!resource) { continue; }
        const known = this.byType.get(json.Type);
        if (known) { known.push(resource); } else { this.byType.set(json.Type, [resource]); }
      }
    }
    return this.byType.get(type) ?? [];
  }

  /** Resources of a type that mention a logical ID in the named property. */
  public referring(type: string, property: string, logicalId: string): RenderedResource[] {
    const index = this.once(`${type} ${property}`, () => {
      const byTarget = new Map<string, RenderedResource[]>();
      for (const resource of this.resourcesOf(type)) {
        const targets = new Set<string>();
        collectTargets(resource.properties[property], targets);
        for (const target of targets) {
          const known = byTarget.get(target);
          if (known) { known.push(resource); } else { byTarget.set(target, [resource]); }
        }
      }
      return byTarget;
    });
    return index.get(logicalId) ?? [];
  }

  /** What was worked out about this template before under a key, or works it out. */
  public once<T>(key: string, make: () => T): T {
    if (!this.known.has(key)) { this.known.set(key, make()); }
    return this.known.get(key);
  }
}

/** What is one value or many in CloudFormation and IAM, as a list. */
export function list(value: any): any[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** Puts the logical IDs that a rendered value refers to, at any depth, into a set. Pseudo parameters are among them. */
function collectTargets(value: any, targets: Set<string>): void {
  if (typeof value !== 'object' || value === null) { return; }
  if (Array.isArray(value)) {
    for (const v of value) { collectTargets(v, targets); }
    return;
  }
  for (const key in value) {
    const inner = value[key];
    if (key === 'Ref') {
      targets.add(inner);
    } else if (key === 'Fn::GetAtt') {
      targets.add(Array.isArray(inner) ? inner[0] : String(inner).split('.')[0]);
    } else if (key === 'Fn::Sub') {
      for (const [, id] of String(Array.isArray(inner) ? inner[0] : inner).matchAll(/\$\{(\w+)[.}]/g)) { targets.add(id); }
    }
    if (typeof inner === 'object') { collectTargets(inner, targets); }
  }
}

/** Whether a rendered value refers to a resource, at any depth. */
export function mentions(value: any, logicalId: string): boolean {
  if (typeof value !== 'object' || value === null) { return false; }
  if (value.Ref !== undefined) { return value.Ref === logicalId; }
  for (const key in value) {
    const inner = value[key];
    if (key === 'Fn::GetAtt') {
      if ((Array.isArray(inner) ? inner[0] : String(inner).split('.')[0]) === logicalId) { return true; }
    } else if (key === 'Fn::Sub') {
      const targets = new Set<string>();
      collectTargets(value, targets);
      if (targets.has(logicalId)) { return true; }
    }
    if (typeof inner === 'object' && mentions(inner, logicalId)) { return true; }
  }
  return false;
}

/** Whether two rendered values are the same. */
export function same(a: any, b: any): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Answers a question about a part of a rendered template once: several predicates ask the same. */
export function remembered<T>(question: (part: any) => T): (part: any) => T {
  const answers = new WeakMap<object, { readonly answer: T }>();
  return part => {
    const known = answers.get(part);
    if (known) { return known.answer; }
    const answer = question(part);
    answers.set(part, { answer });
    return answer;
  };
}

/** The statements of a rendered policy document. */
export function statements(document: any): any[] {
  return list(document?.Statement);
}

/** The service principals of a statement. */
export function services(statement: any): string[] {
  return list(statement.Principal?.Service);
}

/** Whether a statement is for everyone: `*`, `{AWS: *}`, or everyone but those whom an allow leaves out. */
export function isForEveryone(statement: any): boolean {
  return statement.Principal === '*' || list(statement.Principal?.AWS).includes('*') || (statement.Effect === 'Allow' && statement.NotPrincipal !== undefined);
}

/** Whether a statement's actions include each of these, by name. */
export function hasActions(statement: any, ...actions: string[]): boolean {
  const has = list(statement.Action);
  return actions.every(a => has.includes(a));
}

const MATCHERS = new Map<string, RegExp>();

/** What an action pattern matches. Policies repeat a few, so that each is made once. */
function matcher(pattern: string): RegExp {
  const known = MATCHERS.get(pattern);
  if (known) { return known; }
  const made = new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'i');
  MATCHERS.set(pattern, made);
  return made;
}

/** Whether a pattern of IAM matches an action. Actions are compared without regard to case. */
function matches(pattern: string, action: string): boolean {
  if (pattern === action) { return true; }
  if (pattern.includes('*') || pattern.includes('?')) { return matcher(pattern).test(action); }
  return pattern.length === action.length && pattern.toLowerCase() === action.toLowerCase();
}

/** Whether a statement is about one of these actions, wildcards and NotAction included. */
export function touches(statement: any, ...actions: string[]): boolean {
  if (statement.NotAction !== undefined) {
    const patterns = list(statement.NotAction).map(String);
    return actions.some(a => !patterns.some(p => matches(p, a)));
  }
  for (const pattern of list(statement.Action)) {
    for (const action of actions) {
      if (matches(String(pattern), action)) { return true; }
    }
  }
  return false;
}

/** The condition's value under an operator and a key, the key compared without regard to case. */
export function condition(statement: any, operator: string, key: string): any {
  const block = statement.Condition?.[operator] ?? {};
  const name = Object.keys(block).find(k => k.toLowerCase() === key.toLowerCase());
  return name === undefined ? undefined : block[name];
}

/** The value of a statement's only condition, as text, or undefined if it has another or more than one. */
export function onlyCondition(statement: any, operator: string, key: string): string | undefined {
  const count = Object.values<any>(statement.Condition ?? {}).flatMap(block => Object.keys(block)).length;
  const value = list(condition(statement, operator, key));
  return count === 1 && value.length === 1 ? String(value[0]) : undefined;
}

/** Whether a rendered value is a string with this text in it, joins and substitutions included. */
export function contains(value: any, text: string): boolean {
  return JSON.stringify(value ?? '').includes(text);
}

/** What the managed policies of a role of the template allow; undefined if the role is not of the template. */
export function rightsOf(role: any, template: RenderedTemplate): any[] | undefined {
  const own = template.resourcesOf('AWS::IAM::Role').find(r => mentions(role, r.logicalId));
  return own && template.referring('AWS::IAM::ManagedPolicy', 'Roles', own.logicalId)
    .flatMap(p => statements(p.properties.PolicyDocument)).filter(s => s.Effect === 'Allow');
}

/** A rendered string with one character in the place of each part that only CloudFormation knows. */
export function textOf(value: any): string {
  return list(value?.['Fn::Join']?.[1] ?? value).map(part => typeof part === 'string' ? part : '\u0001').join('');
}

/** Whether a policy document lets a service do all of this. */
export function letsIn(document: any, service: string, ...actions: string[]): boolean {
  // some services have a principal of their own in opt-in regions: guardduty.eu-south-1.amazonaws.com
  const [name, ...suffix] = service.split('.');
  const isService = (p: any) => p === service || (typeof p === 'string' && p.startsWith(`${name}.`) && p.endsWith(`.${suffix.join('.')}`) && p.split('.').length === suffix.length + 2);
  const own = statements(document).filter(s => s.Effect === 'Allow' && services(s).some(isService));
  return actions.every(a => own.some(s => touches(s, a)));
}

/** Whether the key that a value names lets a service do all of this, as far as the template tells. */
export function keyLetsIn(key: any, template: RenderedTemplate, service: string, ...actions: string[]): boolean {
  return template.once(`key ${JSON.stringify(key)} ${service} ${actions}`, () => {
    const own = template.resourcesOf('AWS::KMS::Key').find(k => mentions(key, k.logicalId));
    return own === undefined || letsIn(own.properties.KeyPolicy, service, ...actions);
  });
}

/** Whether a topic and its key let a service publish, as far as the template tells. */
export function topicLetsIn(topic: any, template: RenderedTemplate, service: string): boolean {
  return template.once(`topic ${JSON.stringify(topic)} ${service}`, () => {
    const own = template.resourcesOf('AWS::SNS::Topic').find(x => mentions(topic, x.logicalId));
    if (!own) { return true; }
    // Without a policy the topic has the one of SNS, which lets in what acts for the account.
    const policies = template.referring('AWS::SNS::TopicPolicy', 'Topics', own.logicalId);
    return (policies.length === 0 || policies.some(p => letsIn(p.properties.PolicyDocument, service, 'sns:Publish')))
      && keyLetsIn(own.properties.KmsMasterKeyId, template, service, 'kms:Decrypt', 'kms:GenerateDataKey');
  });
}
