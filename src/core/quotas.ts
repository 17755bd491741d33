// Policies that are longer than AWS takes: CloudFormation finds that only at deployment.
import type { RenderedResource, RenderedTemplate } from './template';
import type { Json, JsonObject } from './values';
import { at, entries, functionOf, isList, isNoValue, isObject, list } from './values';

/** What a policy may be, where it stands, and what to do about one that is more. */
interface Quota {
  readonly property: string;
  readonly characters: number;
  readonly statements?: number;
  readonly mend: string;
}

/**
 * Quotas of policies. White space does not count where CloudFormation writes the policy, which it does without.
 *
 * Sources: S3 user guide, "Bucket policies"; KMS API reference, "PutKeyPolicy"; IAM user guide, "IAM and AWS STS quotas"; SNS developer
 * guide, "Policy quotas"; Secrets Manager API reference, "PutResourcePolicy"; PrivateLink guide, "Endpoint policies"; ECR API reference,
 * "SetRepositoryPolicy"; CloudWatch Logs API reference, "PutResourcePolicy". AWS names none for vaults: it is taken to be as usual.
 */
const QUOTAS: Record<string, Quota> = {
  'AWS::S3::BucketPolicy': {
    property: 'PolicyDocument', characters: 20480, mend: 'of a log bucket, let some of the buckets log to a LogBucket of their own',
  },
  'AWS::KMS::Key': {
    property: 'KeyPolicy', characters: 32768, mend: 'put some of what is encrypted under it under another key, log groups for example',
  },
  'AWS::IAM::ManagedPolicy': { property: 'PolicyDocument', characters: 6144, mend: 'divide it into two policies, or name fewer resources' },
  'AWS::SNS::TopicPolicy': {
    property: 'PolicyDocument', characters: 30720, statements: 100, mend: 'let some of the publishers publish to another topic',
  },
  'AWS::SecretsManager::ResourcePolicy': { property: 'ResourcePolicy', characters: 20480, mend: 'name fewer principals' },
  'AWS::Backup::BackupVault': { property: 'AccessPolicy', characters: 20480, mend: 'name fewer principals' },
  'AWS::EC2::VPCEndpoint': { property: 'PolicyDocument', characters: 20480, mend: 'name fewer resources' },
  'AWS::ECR::Repository': { property: 'RepositoryPolicyText', characters: 10240, mend: 'name fewer principals' },
  'AWS::Logs::ResourcePolicy': { property: 'PolicyDocument', characters: 5120, mend: 'divide it into two policies' },
};

/** How many managed policies a role takes, unless the account asked for more. Source: IAM user guide, as above. */
const POLICIES_OF_A_ROLE = 10;

/** Where a template is deployed, as far as it is known. */
export interface Deployment {
  readonly stackName?: string;
  readonly region?: string;
}

/** What is more than AWS takes. */
export interface Excess {
  readonly logicalId: string;
  readonly told: string;
}

/** The policies of a template that are longer than AWS takes, and the roles that have more of them. */
export function excesses(template: RenderedTemplate, deployment: Deployment): Excess[] {
  return [
    ...Object.entries(QUOTAS).flatMap(([type, quota]) => template.resourcesOf(type).flatMap(r => excessOf(r, quota, template, deployment))),
    ...template.resourcesOf('AWS::IAM::Role').flatMap(role => {
      const count = list(role.properties.ManagedPolicyArns).length
        + template.referring('AWS::IAM::ManagedPolicy', 'Roles', role.logicalId).length;
      return count <= POLICIES_OF_A_ROLE ? [] : [{
        logicalId: role.logicalId,
        told: `has ${count} managed policies, and IAM lets a role have ${POLICIES_OF_A_ROLE}: grant it less, or divide its work between `
          + 'two roles',
      }];
    }),
  ];
}

function excessOf(r: RenderedResource, quota: Quota, template: RenderedTemplate, deployment: Deployment): Excess[] {
  const policy = r.properties[quota.property];
  if (policy === undefined) { return []; }
  const { logicalId } = r;
  const most = quota.statements ?? Infinity;
  const count = list(at(policy, 'Statement')).length;
  if (count > most) { return [{ logicalId, told: `has a policy of ${count} statements, and AWS takes ${most}: ${quota.mend}` }]; }
  const characters = new Measure(template, deployment).of(policy);
  return characters <= quota.characters ? []
    : [{ logicalId, told: `has a policy of about ${characters} characters, and AWS takes ${quota.characters}: ${quota.mend}` }];
}

/** How long the parts of names and ARNs become: those that AWS has now, the longest where there are several. */
const LENGTH = { region: 14, account: 12, uuid: 36, suffix: 13, name: 64, imported: 100 };
const PSEUDO: Record<string, number> = {
  'AWS::AccountId': LENGTH.account,
  'AWS::URLSuffix': 'amazonaws.com'.length,
  'AWS::StackName': LENGTH.name,
  'AWS::StackId': 160,
};

/** The property that names a resource, and the longest name that CloudFormation makes. */
const NAMED: Record<string, { readonly property: string; readonly longest: number }> = {
  'AWS::S3::Bucket': { property: 'BucketName', longest: 63 },
  'AWS::IAM::Role': { property: 'RoleName', longest: 64 },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', longest: 512 },
  'AWS::SNS::Topic': { property: 'TopicName', longest: 256 },
  'AWS::SQS::Queue': { property: 'QueueName', longest: 80 },
  'AWS::DynamoDB::Table': { property: 'TableName', longest: 255 },
  'AWS::Lambda::Function': { property: 'FunctionName', longest: 64 },
};
/** Types whose reference is their ARN. */
const ARN_BY_REFERENCE = ['AWS::SNS::Topic', 'AWS::SecretsManager::Secret', 'AWS::IAM::ManagedPolicy'];

/** How long a part of a template becomes when it is deployed, as JSON without white space. */
class Measure {
  private readonly region: number;
  private readonly partition: number;

  constructor(private readonly template: RenderedTemplate, private readonly deployment: Deployment) {
    const { region } = deployment;
    this.region = region?.length ?? LENGTH.region;
    this.partition = (region?.startsWith('us-gov-') ? 'aws-us-gov' : region?.startsWith('cn-') ? 'aws-cn' : 'aws').length;
  }

  /** A value as JSON. */
  public of(value: Json): number {
    if (isNoValue(value) || value === undefined) { return 0; }
    if (isList(value)) { return 1 + Math.max(1, value.reduce<number>((sum, v) => sum + this.of(v) + 1, 0)); }
    if (!isObject(value)) { return typeof value === 'string' ? Buffer.byteLength(value) + 2 : String(value).length; }
    switch (functionOf(value)) {
      case undefined: return 1 + Math.max(1, entries(value).reduce((sum, [name, v]) => sum + name.length + 4 + this.of(v), 0));
      case 'Fn::If': return Math.max(...list(value['Fn::If']).slice(1).map(v => this.of(v)));
      default: return this.text(value) + 2;
    }
  }

  /** A value as a part of a text. */
  private text(value: Json): number {
    if (!isObject(value)) { return Buffer.byteLength(String(value)); }
    switch (functionOf(value)) {
      case 'Ref': return this.reference(String(value.Ref));
      case 'Fn::GetAtt': return this.attribute(value['Fn::GetAtt']);
      case 'Fn::Join': return this.joined(value['Fn::Join']);
      case 'Fn::Sub': return this.substituted(value['Fn::Sub']);
      case 'Fn::If': return Math.max(...list(value['Fn::If']).slice(1).map(v => this.text(v)));
      case 'Fn::Select': return LENGTH.uuid;
      default: return LENGTH.imported;
    }
  }

  private joined(value: Json): number {
    const [separator, parts] = list(value);
    const all = list(parts);
    return all.reduce<number>((sum, part) => sum + this.text(part), 0) + String(separator).length * Math.max(0, all.length - 1);
  }

  private substituted(value: Json): number {
    const [text, given] = isList(value) ? value : [value, undefined];
    const names = [...String(text).matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name);
    const inserted = names.map(name => {
      const own = at(given, name);
      return own !== undefined ? this.text(own) : name.includes('.') ? this.attribute(name.split('.')) : this.reference(name);
    });
    return String(text).replace(/\$\{[^!}][^}]*\}/g, '').length + inserted.reduce((sum, length) => sum + length, 0);
  }

  private reference(id: string): number {
    if (id === 'AWS::Region') { return this.region; }
    if (id === 'AWS::Partition') { return this.partition; }
    const resource = this.template.resource(id);
    if (!resource) { return PSEUDO[id] ?? LENGTH.name; }
    return ARN_BY_REFERENCE.includes(resource.type) ? this.arn(resource) : this.name(resource);
  }

  private attribute(value: Json): number {
    const [id, name] = isList(value) ? value.map(String) : String(value).split('.');
    const resource = this.template.resource(id);
    return !resource || !name?.endsWith('Arn') ? LENGTH.name : this.arn(resource);
  }

  private arn(resource: RenderedResource): number {
    const [, service, type] = resource.type.split('::');
    const arn = `arn::${service}::`.length + this.partition;
    switch (service) {
      case 'S3': return arn + 1 + this.name(resource);
      case 'IAM': return arn + LENGTH.account + `:${type}/`.length + this.name(resource);
      default: return arn + this.region + LENGTH.account + `:${type}/`.length + this.name(resource);
    }
  }

  private name({ type, logicalId, properties }: RenderedResource): number {
    if (type === 'AWS::KMS::Key') { return LENGTH.uuid; }
    const named = NAMED[type];
    const given: Json = named && (properties as JsonObject)[named.property];
    if (given !== undefined) { return this.text(given); }
    const made = (this.deployment.stackName?.length ?? LENGTH.name) + logicalId.length + LENGTH.suffix + 2;
    return Math.min(named?.longest ?? 128, made);
  }
}
