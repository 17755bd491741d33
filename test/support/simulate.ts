import { createHash } from 'crypto';
import { anonymousPrincipal, runSimulation } from '@cloud-copilot/iam-simulate';

/** Where a template is thought to be deployed. */
export interface Place {
  readonly account?: string;
  readonly region?: string;
  readonly partition?: string;
  readonly stackName?: string;
  /** Values of the template's parameters, by name. */
  readonly parameters?: Record<string, unknown>;
  /** Templates of stacks that export what this one imports. */
  readonly imports?: ResolvedTemplate[];
}

/** A template without intrinsic functions. */
export interface ResolvedTemplate {
  readonly account: string;
  readonly resources: Record<string, { Type: string; Properties: any }>;
  /** Values of the exports, by name. */
  readonly exports: Record<string, any>;
  readonly arn: (logicalId: string) => string;
  /** What `Fn::GetAtt` gives. */
  readonly att: (logicalId: string, attribute: string) => string;
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** Properties that hold a resource's physical name. */
const NAME = ['BucketName', 'RoleName', 'TopicName', 'LogGroupName', 'ManagedPolicyName', 'QueueName', 'TrailName', 'DBClusterIdentifier', 'Name', 'BackupVaultName', 'ClusterName', 'TableName', 'RepositoryName'];

/** What stands behind `arn:PARTITION:` for a resource by its name. */
function arnTail(type: string, name: string, region: string, account: string): string {
  const here = `${region}:${account}`;
  switch (type) {
    case 'AWS::S3::Bucket': return `s3:::${name}`;
    case 'AWS::KMS::Key': return `kms:${here}:key/${name}`;
    case 'AWS::SNS::Topic': return `sns:${here}:${name}`;
    case 'AWS::SQS::Queue': return `sqs:${here}:${name}`;
    case 'AWS::IAM::Role': return `iam::${account}:role/${name}`;
    case 'AWS::IAM::ManagedPolicy': return `iam::${account}:policy/${name}`;
    case 'AWS::Logs::LogGroup': return `logs:${here}:log-group:${name}:*`;
    case 'AWS::CloudTrail::Trail': return `cloudtrail:${here}:trail/${name}`;
    case 'AWS::RDS::DBCluster': return `rds:${here}:cluster:${name}`;
    case 'AWS::Backup::BackupVault': return `backup:${here}:backup-vault:${name}`;
    case 'AWS::ECS::Cluster': return `ecs:${here}:cluster/${name}`;
    case 'AWS::DynamoDB::Table': case 'AWS::DynamoDB::GlobalTable': return `dynamodb:${here}:table/${name}`;
    case 'AWS::ECR::Repository': return `ecr:${here}:repository/${name}`;
    case 'AWS::Events::Rule': return `events:${here}:rule/${name}`;
    case 'AWS::CloudFront::Distribution': return `cloudfront::${account}:distribution/${name}`;
    case 'AWS::SecretsManager::Secret': return `secretsmanager:${here}:secret:${name}-AbCdEf`;
    default: return `${type.split('::')[1].toLowerCase()}:${here}:${name}`;
  }
}

/** Types whose `Ref` is the ARN. */
const REF_IS_ARN = ['AWS::SNS::Topic', 'AWS::IAM::ManagedPolicy', 'AWS::SecretsManager::Secret'];

const hex = (text: string) => createHash('sha256').update(text).digest('hex');

/** Replaces every intrinsic function by the text that CloudFormation could have put there. */
export function resolveTemplate(template: any, place: Place = {}): ResolvedTemplate {
  const { account = ACCOUNT, region = REGION, partition = 'aws', stackName = 'Test' } = place;
  const guid = hex(stackName);
  const stackId = `arn:${partition}:cloudformation:${region}:${account}:stack/${stackName}/${guid.slice(0, 8)}-${guid.slice(8, 12)}-11ee-${guid.slice(12, 16)}-${guid.slice(16, 28)}`;
  const pseudo: Record<string, any> = {
    'AWS::Partition': partition,
    'AWS::Region': region,
    'AWS::AccountId': account,
    'AWS::StackName': stackName,
    'AWS::StackId': stackId,
    'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    'AWS::NoValue': undefined,
  };
  const resource = (id: string) => template.Resources[id] ?? missing(`resource '${id}'`);
  const name = (id: string): string => {
    const { Type, Properties = {} } = resource(id);
    const property = NAME.find(n => Properties[n] !== undefined);
    if (property) { return String(walk(Properties[property])); }
    const random = hex(`${stackName}/${id}`);
    if (Type === 'AWS::KMS::Key') { return `${random.slice(0, 8)}-1234-1234-1234-${random.slice(8, 20)}`; }
    const generated = `${stackName}-${id}-${random.slice(0, 12)}`;
    return Type === 'AWS::Logs::LogGroup' ? generated : generated.toLowerCase();
  };
  const arn = (id: string) => `arn:${partition}:${arnTail(resource(id).Type, name(id), region, account)}`;
  const ref = (id: string): any => {
    if (id in pseudo) { return pseudo[id]; }
    if (template.Parameters?.[id]) { return place.parameters?.[id] ?? template.Parameters[id].Default ?? missing(`value of parameter '${id}'`); }
    return REF_IS_ARN.includes(resource(id).Type) ? arn(id) : name(id);
  };
  const getAtt = (id: string, attribute: string): string => {
    resource(id);
    if (/(^|\.)[A-Za-z]*Arn$/.test(attribute) && !attribute.includes('.')) { return arn(id); }
    return `${attribute.toLowerCase().replace(/[^a-z0-9]/g, '-')}-of-${name(id)}`;
  };
  const importValue = (value: string): any => {
    const from = (place.imports ?? []).find(t => value in t.exports);
    return from ? from.exports[value] : missing(`export '${value}'`);
  };
  const sub = (args: any): string => {
    const [text, values] = Array.isArray(args) ? args : [args, {}];
    return text.replace(/\$\{([^}!]+)\}/g, (_: string, key: string) => {
      if (key in values) { return String(walk(values[key])); }
      const [id, ...attribute] = key.split('.');
      return String(attribute.length > 0 ? getAtt(id, attribute.join('.')) : ref(id));
    });
  };
  const walk = (value: any): any => {
    if (Array.isArray(value)) { return value.map(walk).filter(v => v !== undefined); }
    if (typeof value !== 'object' || value === null) { return value; }
    const [fn] = Object.keys(value);
    const args = value[fn];
    switch (fn) {
      case 'Ref': return ref(args);
      case 'Fn::GetAtt': return Array.isArray(args) ? getAtt(args[0], args[1]) : getAtt(args.split('.')[0], args.split('.').slice(1).join('.'));
      case 'Fn::Join': return walk(args[1]).join(args[0]);
      case 'Fn::Split': return walk(args[1]).split(args[0]);
      case 'Fn::Select': return walk(args[1])[Number(walk(args[0]))];
      case 'Fn::Sub': return sub(args);
      case 'Fn::ImportValue': return importValue(walk(args));
      case 'Fn::GetAZs': return ['a', 'b', 'c'].map(z => `${walk(args) || region}${z}`);
    }
    if (/^Fn::/.test(fn ?? '')) { missing(`function '${fn}'`); }
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v)]).filter(([, v]) => v !== undefined));
  };
  const resources = Object.fromEntries(Object.entries<any>(template.Resources)
    .map(([id, r]) => [id, { Type: r.Type, Properties: walk(r.Properties ?? {}) }]));
  const exported = Object.values<any>(template.Outputs ?? {}).filter(o => o.Export).map(o => [walk(o.Export.Name), walk(o.Value)]);
  return { account, resources, exports: Object.fromEntries(exported), arn, att: getAtt };
}

function missing(what: string): never {
  throw new Error(`the template can't be resolved: there is no ${what}`);
}

/** The logical ID of the only resource of a type, or of the one whose ID begins so. */
export function idOf(template: ResolvedTemplate, type: string, beginning = ''): string {
  const found = Object.entries(template.resources).filter(([id, r]) => r.Type === type && id.startsWith(beginning)).map(([id]) => id);
  if (found.length !== 1) { throw new Error(`there are ${found.length} resources of type ${type} with IDs like '${beginning}*': ${found.join(', ')}`); }
  return found[0];
}

/** The policies of a role of the template, attached and inline. */
export function policiesOf(template: ResolvedTemplate, roleId: string): any[] {
  const roleName = template.arn(roleId).split('/').pop();
  const attached = Object.values(template.resources)
    .filter(r => ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(r.Type) && (r.Properties.Roles ?? []).includes(roleName))
    .map(r => r.Properties.PolicyDocument);
  return [...attached, ...(template.resources[roleId].Properties.Policies ?? []).map((p: any) => p.PolicyDocument)];
}

/** The policy of a bucket, key, topic or vault of the template. */
export function policyOn(template: ResolvedTemplate, logicalId: string): any {
  const { Type, Properties } = template.resources[logicalId];
  if (Properties.KeyPolicy) { return Properties.KeyPolicy; }
  if (Properties.AccessPolicy) { return Properties.AccessPolicy; }
  if (Type === 'AWS::IAM::Role') { return Properties.AssumeRolePolicyDocument; }
  const name = template.arn(logicalId).split(':').pop();
  const policies = Object.values(template.resources).filter(r => (r.Type === 'AWS::S3::BucketPolicy' && r.Properties.Bucket === name)
    || (r.Type === 'AWS::SNS::TopicPolicy' && r.Properties.Topics.includes(template.arn(logicalId))));
  return policies.length > 0 ? { Version: '2012-10-17', Statement: policies.flatMap(p => p.Properties.PolicyDocument.Statement) } : undefined;
}

/** A request, and the policies that decide on it. */
export interface Request {
  /** ARN, service principal such as `cloudtrail.amazonaws.com`, or undefined for nobody. */
  readonly principal?: string;
  readonly action: string;
  /** ARN. */
  readonly resource: string;
  /** The account of the resource. */
  readonly account?: string;
  /** Policies of the principal. */
  readonly identity?: any[];
  /** Policy of the resource. */
  readonly policy?: any;
  /** Policy of the VPC endpoint that the request goes through. */
  readonly endpoint?: any;
  /** What the service puts into the request. */
  readonly context?: Record<string, string | string[]>;
}

const NAMED = new WeakMap<object, any>();

/**
 * The same in names that the simulator knows. It would leave out `kms:EncryptionContext:*`, but compares any
 * `aws:PrincipalTag/*`; and it takes no ARN without an account, as the documents of SSM have that AWS owns. How values are
 * compared stays the same.
 */
function named<T>(value: T): T {
  if (typeof value === 'string') { return value.replace(OWNED_BY_AWS, '$1000000000000:') as T; }
  if (typeof value !== 'object' || value === null) { return value; }
  if (!NAMED.has(value)) {
    NAMED.set(value, JSON.parse(JSON.stringify(value)
      .replace(/"kms:EncryptionContext:([^"]+)":/g, (_, key) => `"aws:PrincipalTag/${key.replace(/:/g, '-')}":`)
      .replace(OWNED_BY_AWS, '$1000000000000:')));
  }
  return NAMED.get(value);
}

const OWNED_BY_AWS = /\b(arn:[^:"]+:ssm:[^:"]*:):/g;

/**
 * Whether IAM would allow a request.
 *
 * Throws on a request that can't be judged, and on a context key that the simulator would leave out without a word.
 */
export async function can(request: Request): Promise<boolean> {
  const answer = await runSimulation({
    request: {
      principal: request.principal ?? anonymousPrincipal,
      action: request.action,
      resource: { resource: named(request.resource), accountId: request.account ?? ACCOUNT },
      contextVariables: named(request.context ?? {}),
    },
    identityPolicies: (request.identity ?? []).map((policy, i) => ({ name: `policy${i}`, policy: named(policy) })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: named(request.policy),
    ...request.endpoint && { vpcEndpointPolicies: [{ name: 'endpoint', policy: named(request.endpoint) }] },
  }, {});
  if (answer.resultType !== 'single') {
    throw new Error(`the request can't be judged: ${JSON.stringify(answer.resultType === 'error' ? answer.errors : answer.resultType)}`);
  }
  const ignored = answer.result.ignoredContextKeys ?? [];
  if (ignored.length > 0) { throw new Error(`the simulator does not take ${ignored.join(', ')} for ${request.action}`); }
  return answer.overallResult === 'Allowed';
}

/** What a request through a service carries for KMS. */
export function through(service: string, account = ACCOUNT, region = REGION): Record<string, string> {
  return { 'kms:ViaService': `${service}.${region}.amazonaws.com`, 'kms:CallerAccount': account };
}
