// All templates of an assembly as one graph: what stands in one stack and touches what stands in another.
import { lowersMetrics } from './metrics';
import { ADMITTED } from './ours';
import type { RenderedResource } from './template';
import { RenderedTemplate } from './template';
import type { Json, JsonObject } from './values';
import { at, entries, functionOf, isList, isObject, list, push, same } from './values';

/** A template, and where it is deployed. What is known only at deployment is left out. */
export interface PlacedTemplate {
  /** What tells it from all others of the assembly: letters and digits. */
  readonly key: string;
  /** The name of the stack. */
  readonly stackName?: string;
  readonly account?: string;
  readonly region?: string;
  /** Of a nested stack: the template and the resource that it is nested by. */
  readonly nestedIn?: { readonly key: string; readonly logicalId: string };
  readonly json: JsonObject;
}

/** What names a resource of a type physically, and how its ARN ends. */
const NAMED: Record<string, { readonly property: string; readonly arn: (name: string) => RegExp }> = {
  'AWS::S3::Bucket': { property: 'BucketName', arn: name => arnOf('s3', name) },
  'AWS::SNS::Topic': { property: 'TopicName', arn: name => arnOf('sns', name) },
  'AWS::IAM::Role': { property: 'RoleName', arn: name => arnOf('iam', `role/(.*/)?${name}`) },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', arn: name => arnOf('logs', `log-group:${name}`) },
  'AWS::ECR::Repository': { property: 'RepositoryName', arn: name => arnOf('ecr', `repository/${name}`) },
  'AWS::Backup::BackupVault': { property: 'BackupVaultName', arn: name => arnOf('backup', `backup-vault:${name}`) },
  'AWS::ECS::Cluster': { property: 'ClusterName', arn: name => arnOf('ecs', `cluster/${name}`) },
  'AWS::ECS::TaskDefinition': { property: 'Family', arn: name => arnOf('ecs', `task-definition/${name}`) },
  'AWS::RDS::DBCluster': { property: 'DBClusterIdentifier', arn: name => arnOf('rds', `cluster:${name}`) },
};

function arnOf(service: string, resource: string): RegExp {
  return new RegExp(`^arn:[^:]*:${service}:[^:]*:[^:]*:${resource}($|[:/])`);
}

/**
 * What acts on other resources of its account without naming them: policies of all log groups, the event bus of the account,
 * links to a monitoring account, what belongs to the one detector, recorder or registry of a region, and what lowers a metric.
 */
const ACCOUNT_WIDE = new Set([
  'AWS::Logs::ResourcePolicy', 'AWS::Logs::AccountPolicy', 'AWS::Oam::Link', 'AWS::Events::EventBusPolicy',
  'AWS::Config::AggregationAuthorization', 'AWS::GuardDuty::Filter', 'AWS::GuardDuty::IPSet', 'AWS::GuardDuty::TrustedEntitySet',
  'AWS::GuardDuty::Master', 'AWS::CloudWatch::AlarmMuteRule', 'AWS::ECR::RegistryPolicy', 'AWS::ECR::ReplicationConfiguration',
  'AWS::ECR::PullThroughCacheRule', 'AWS::ECR::RegistryScanningConfiguration',
]);

function isAccountWide({ json }: PlacedTemplate): boolean {
  return entries(json.Resources).some(([, resource]) => {
    const type = String(at(resource, 'Type'));
    return ACCOUNT_WIDE.has(type) || (type === 'AWS::Logs::MetricFilter' && lowersMetrics(at(resource, 'Properties')))
      || (IDENTITIES.test(type) && reachesAll(at(resource, 'Properties')));
  });
}

const IDENTITIES = /^AWS::IAM::(Policy|ManagedPolicy|RolePolicy|UserPolicy|GroupPolicy|Role|User|Group)$/;
/** Services whose resources are the only ones of a region, so that a policy reaches them without a name. */
const ONLY_ONES = /^(cloudtrail|config|guardduty):/i;

/** Whether policies of a role, a user or a group name no resource for actions on what is the only one of a region. */
function reachesAll(properties: Json): boolean {
  const documents = [at(properties, 'PolicyDocument'), ...list(at(properties, 'Policies')).map(p => at(p, 'PolicyDocument'))];
  return documents.flatMap(d => list(at(d, 'Statement'))).some(s => list(at(s, 'Action')).some(a => ONLY_ONES.test(String(a)))
    && (at(s, 'NotResource') !== undefined || list(at(s, 'Resource')).includes('*')));
}

/** Separates the key of a template from a logical ID. Both have letters and digits only. */
const SEPARATOR = '_';

/** The ID that a resource has in the graph. */
export function graphId(key: string, logicalId: string): string {
  return `${key}${SEPARATOR}${logicalId}`;
}

/** The template and the logical ID of a resource in the graph. */
export function placeOf(id: string): { readonly key: string; readonly logicalId: string } {
  const cut = id.lastIndexOf(SEPARATOR);
  return { key: id.slice(0, cut), logicalId: id.slice(cut + 1) };
}

/** Whether two resources are of one stack, as all of a template are. */
export function areOfOneStack(one: RenderedResource, other: RenderedResource): boolean {
  const { key, logicalId } = placeOf(one.logicalId);
  return logicalId === one.logicalId || key === placeOf(other.logicalId).key;
}

/**
 * Templates linked to one, in which every reference names its resource, in whatever stack it is: references and attributes,
 * exports and imports, outputs of other stacks, weak and strong ones of other regions, parameters and outputs of nested stacks,
 * and equal physical names.
 */
export class AssemblyGraph {
  /** The one template. Its logical IDs are those of `graphId`. */
  public readonly template: RenderedTemplate;

  /** Keys of the templates of which a resource is referred to from another one, or that another one acts on without a reference. */
  public readonly touched = new Set<string>();

  /** Keys of the templates that refer to a resource of another one. */
  public readonly reaching = new Set<string>();

  private readonly byKey: Map<string, PlacedTemplate>;
  /** Whether `AWS::AccountId` is not the same in all templates. */
  private readonly isOfManyAccounts: boolean;
  private readonly exports = new Map<string, { readonly of: PlacedTemplate; readonly value: Json }[]>();
  private readonly writers = new Map<string, { readonly of: PlacedTemplate; readonly value: Json }>();
  private readonly names = new Map<string, string>();
  private readonly arns: { readonly like: RegExp; readonly id: string }[] = [];

  constructor(templates: readonly PlacedTemplate[]) {
    this.byKey = new Map(templates.map(t => [t.key, t]));
    this.isOfManyAccounts = new Set(templates.map(t => t.account).filter(a => a !== undefined)).size > 1;
    templates.forEach(t => this.index(t));
    const resources: Record<string, Json> = {};
    for (const placed of templates) {
      for (const [logicalId, resource] of entries(placed.json.Resources)) {
        resources[graphId(placed.key, logicalId)] = this.linkedResource(placed, resource);
      }
    }
    this.template = new RenderedTemplate({ Resources: resources }, id => this.byKey.get(placeOf(id).key)?.account,
      id => this.byKey.get(placeOf(id).key)?.region);
    for (const placed of templates.filter(isAccountWide)) {
      templates.filter(other => other !== placed && sees(other, placed)).forEach(other => this.touched.add(other.key));
    }
  }

  private index(placed: PlacedTemplate): void {
    for (const [, output] of entries(placed.json.Outputs)) {
      const name = at(output, 'Export', 'Name');
      if (name !== undefined) { push(this.exports, JSON.stringify(name), { of: placed, value: at(output, 'Value') }); }
    }
    for (const [logicalId, resource] of entries(placed.json.Resources)) {
      const type = String(at(resource, 'Type'));
      if (type === 'Custom::CrossRegionExportWriter') {
        for (const [name, value] of entries(at(resource, 'Properties', 'WriterProps', 'exports'))) {
          this.writers
            .set(name, { of: placed, value });
        }
      }
      const named = NAMED[type];
      const name = named && at(resource, 'Properties', named.property);
      if (typeof name !== 'string') { continue; }
      const id = graphId(placed.key, logicalId);
      this.names.set(name, id);
      this.arns.push({ like: named.arn(name.replace(/[.+^${}()|[\]\\]/g, '\\$&')), id });
    }
  }

  private linkedResource(placed: PlacedTemplate, resource: Json): Json {
    if (!isObject(resource)) { return resource; }
    const own = at(resource, 'Properties');
    const named = NAMED[String(resource.Type)]?.property;
    const properties = entries(own).map(([name, value]) => [name, name === named ? value : this.linked(placed, value)]);
    const dependsOn = list(resource.DependsOn).map(id => graphId(placed.key, String(id)));
    const admitted = at(resource, 'Metadata', ADMITTED);
    const metadata = isObject(resource.Metadata) && admitted !== undefined
      && { Metadata: { ...resource.Metadata, [ADMITTED]: this.linked(placed, admitted) } };
    return { ...resource, ...metadata, Properties: Object.fromEntries(properties), DependsOn: dependsOn };
  }

  /** A value of a template as the graph has it. */
  private linked(of: PlacedTemplate, value: Json, from: PlacedTemplate = of): Json {
    if (typeof value === 'string') { return this.byName(from, value); }
    if (isList(value)) { return value.map(v => this.linked(of, v, from)); }
    if (!isObject(value)) { return value; }
    switch (functionOf(value)) {
      case 'Ref': return this.linkedRef(of, String(value.Ref), from);
      case 'Fn::GetAtt': return this.linkedAttribute(of, value['Fn::GetAtt'], from);
      case 'Fn::Sub': return this.linkedSub(of, value['Fn::Sub'], from);
      case 'Fn::ImportValue': return this.imported(of, value, from);
      case 'Fn::GetStackOutput': return this.outputOf(of, value, from);
      default: return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.linked(of, inner, from)]));
    }
  }

  private link(of: PlacedTemplate, from: PlacedTemplate): void {
    this.touched.add(of.key);
    this.reaching.add(from.key);
  }

  private resourceOf(of: PlacedTemplate, logicalId: string, from: PlacedTemplate): string | undefined {
    if (at(of.json, 'Resources', logicalId) === undefined) { return undefined; }
    if (of !== from) { this.link(of, from); }
    return graphId(of.key, logicalId);
  }

  private linkedRef(of: PlacedTemplate, name: string, from: PlacedTemplate): Json {
    if (name === 'AWS::AccountId' && this.isOfManyAccounts) { return of.account ?? { Ref: name }; }
    const id = this.resourceOf(of, name, from);
    if (id !== undefined) { return { Ref: id }; }
    // a parameter of a nested stack has what its parent gives it
    const parent = of.nestedIn && this.byKey.get(of.nestedIn.key);
    const given = parent && at(at(parent.json, 'Resources', of.nestedIn!.logicalId, 'Properties', 'Parameters'), name);
    if (!parent || given === undefined) { return { Ref: name }; }
    this.reaching.add(from.key);
    return this.linked(parent, given, from);
  }

  private linkedAttribute(of: PlacedTemplate, value: Json, from: PlacedTemplate): Json {
    const [logicalId, ...attribute] = isList(value) ? value.map(String) : String(value).split('.');
    const name = attribute.join('.');
    const nested = name.startsWith('Outputs.')
      && [...this.byKey.values()].find(t => t.nestedIn?.key === of.key && t.nestedIn.logicalId === logicalId);
    if (nested) { return this.linked(nested, at(nested.json, 'Outputs', name.slice('Outputs.'.length), 'Value'), from); }
    const written = this.writers.get(name);
    if (written) { return this.linked(written.of, written.value, from); }
    const id = this.resourceOf(of, logicalId, from);
    return { 'Fn::GetAtt': [id ?? logicalId, name] };
  }

  private linkedSub(of: PlacedTemplate, value: Json, from: PlacedTemplate): Json {
    const [text, own] = isList(value) ? value : [value, undefined];
    const mine = this.isOfManyAccounts && of.account !== undefined ? String(text).replaceAll('${AWS::AccountId}', of.account)
      : String(text);
    const linkedText = mine.replace(/\$\{([A-Za-z0-9]+)((?:\.[A-Za-z0-9.]+)?)\}/g, (all, logicalId: string, attribute: string) => {
      const id = at(own, logicalId) === undefined ? this.resourceOf(of, logicalId, from) : undefined;
      return id === undefined ? all : `\${${id}${attribute}}`;
    });
    return { 'Fn::Sub': own === undefined ? linkedText : [linkedText, this.linked(of, own, from)] };
  }

  private imported(of: PlacedTemplate, value: JsonObject, from: PlacedTemplate): Json {
    const found = (this.exports.get(JSON.stringify(value['Fn::ImportValue'])) ?? []).filter(e => sees(of, e.of));
    return found.length === 1 ? this.linked(found[0].of, found[0].value, from) : value;
  }

  private outputOf(of: PlacedTemplate, value: JsonObject, from: PlacedTemplate): Json {
    const asked = value['Fn::GetStackOutput'];
    const region = at(asked, 'Region') ?? of.region;
    const producer = [...this.byKey.values()].find(t => t.stackName === at(asked, 'StackName')
      && (t.region === region || region === undefined || same(region, { Ref: 'AWS::Region' })));
    const output = producer && at(producer.json, 'Outputs', String(at(asked, 'OutputName')), 'Value');
    return producer && output !== undefined ? this.linked(producer, output, from) : value;
  }

  /** A text that is the name, or the ARN, of a resource of another stack. */
  private byName(from: PlacedTemplate, text: string): Json {
    // a task definition is named with its revision
    const named = this.names.get(text) ?? this.names.get(text.replace(/:\d+$/, ''));
    const id = named ?? (text.startsWith('arn:') ? this.arns.find(a => a.like.test(text))?.id : undefined);
    if (id === undefined || placeOf(id).key === from.key || !sees(from, this.byKey.get(placeOf(id).key)!)) { return text; }
    this.link(this.byKey.get(placeOf(id).key)!, from);
    if (!text.startsWith('arn:')) { return { Ref: id }; }
    const slash = text.indexOf('/');
    return { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, slash < 0 ? '' : text.slice(slash)]] };
  }
}

/** Whether two templates may be of one account. */
function sees(a: PlacedTemplate, b: PlacedTemplate): boolean {
  return a.account === undefined || b.account === undefined || a.account === b.account;
}
