import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { services, statements } from '../../core/policies';
import { list } from '../../core/values';

/** Types whose loss is data loss, or the loss of a protection. */
const STATEFUL = [
  'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::Logs::LogGroup', 'AWS::RDS::DBCluster', 'AWS::Backup::BackupVault',
  'AWS::CloudTrail::Trail', 'AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::GuardDuty::Detector',
  'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::ECR::Repository', 'AWS::SecurityHub::Hub', 'AWS::AccessAnalyzer::Analyzer',
  'AWS::IAM::ServiceLinkedRole', // other stacks of the account run with it
  // What a retained cluster runs with: it would lose its instances, or block the deletion of its stack.
  'AWS::RDS::DBInstance', 'AWS::RDS::DBSubnetGroup', 'AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup', 'AWS::EC2::SecurityGroup',
  'AWS::EC2::VPC', 'AWS::EC2::Subnet', 'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy',
];

export const GEN_RETAINED: Control = {
  id: 'GEN-03',
  title: 'the resource outlives its stack',
  prevents: 'losing data, evidence or a protection by deleting a stack or renaming a construct',
  kind: 'durability',
  types: STATEFUL,
  property: 'DeletionPolicy',
  mend: 'keep the removal policy RETAIN_ON_UPDATE_OR_DELETE',
  fsbp: ['CloudFormation.3'],
  nist: NIST.resilience,
  holds: r => ['RetainExceptOnCreate', 'Retain', 'Snapshot'].includes(r.deletionPolicy ?? '') && ['Retain', 'Snapshot'].includes(r.updateReplacePolicy ?? ''),
};

const SOURCE = /^(aws:Source(Account|Arn|OrgID)|kms:(EncryptionContext:.*|ViaService|CallerAccount))$/i;
/** What compares with a value, and is false when the request has none. */
const COMPARES = /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike)$/;
const isBound = (block: any) => Object.entries<any>(block).some(([key, value]) => SOURCE.test(key) && list(value).length > 0 && list(value).every(v => v !== '*'));

const isBoundBy = (s: any, key: RegExp) => Object.entries<any>(s.Condition ?? {}).some(([operator, block]) => COMPARES.test(operator)
  && Object.entries<any>(block).some(([k, value]) => key.test(k) && list(value).length > 0 && list(value).every(v => v !== '*')));

const ACCOUNT = /^aws:Source(Account|OrgID)$/i;
const ARN = /^aws:SourceArn$/i;
/** What services send with their requests (by their guides), all of which is worth a condition; by the type of resource if given. */
const SENDS: [service: RegExp, type: RegExp, keys: RegExp[]][] = [
  [/^(cloudwatch|config|delivery\.logs|events\.rds|guardduty|logdelivery\.elasticloadbalancing|logging\.s3|monitoring\.rds|vpc-flow-logs)\./, /./, [ACCOUNT, ARN]],
  [/^(cloudtrail|ecs-tasks|events)\./, /^AWS::IAM::Role$/, [ACCOUNT, ARN]],
  [/^cloudtrail\./, /./, [ARN]],
  [/^logs\./, /^AWS::KMS::Key$/, [/^kms:EncryptionContext:aws:logs:arn$/i]],
  [/^fargate\./, /^AWS::KMS::Key$/, [/^kms:EncryptionContext:aws:ecs:clusterAccount$/i, /^kms:EncryptionContext:aws:ecs:clusterName$/i]],
];
/** The beginning of a service principal, of which the rest may be known to CloudFormation only. */
const nameOf = (service: any) => String(service?.['Fn::Join']?.[1]?.[0] ?? service);

/** The policy of a resource that has one, under whatever name. */
const policyOf = (properties: any) => properties.KeyPolicy ?? properties.PolicyDocument ?? properties.AssumeRolePolicyDocument;

export const GEN_SOURCE_CONDITIONS: Control = {
  id: 'GEN-04',
  title: 'every AWS service that the policy lets in is let in for this account or this resource only',
  prevents: "that somebody else's trail, load balancer or rule makes a service act on this resource (confused deputy)",
  kind: 'floor',
  types: ['AWS::KMS::Key', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::IAM::Role'],
  property: 'PolicyDocument',
  mend: 'give each statement for a service principal aws:SourceAccount, aws:SourceArn or an encryption context',
  cis: ['2.21'],
  fsbp: ['S3.2', 'SNS.4', 'KMS.5'],
  nist: NIST.leastPrivilege,
  holds: r => statements(policyOf(r.properties)).length > 0 && statements(policyOf(r.properties))
    .filter(s => s.Effect === 'Allow' && services(s).length > 0)
    .every(s => Object.entries(s.Condition ?? {}).some(([operator, block]) => COMPARES.test(operator) && isBound(block))),
};

export const GEN_SOURCE_EVERY: Control = {
  id: 'GEN-04b',
  title: 'every AWS service that the policy lets in is bound by all that it says of its source',
  prevents: 'that a resource of another account by the same name, or another resource of this account, makes a service act',
  kind: 'default',
  types: GEN_SOURCE_CONDITIONS.types,
  property: 'PolicyDocument',
  mend: 'give each statement for a service principal both aws:SourceAccount and aws:SourceArn, or the encryption context, whichever the service sends',
  cis: ['2.21'],
  nist: NIST.leastPrivilege,
  holds: r => statements(policyOf(r.properties)).length > 0 && statements(policyOf(r.properties))
    .filter(s => s.Effect === 'Allow' && s.Principal?.Service !== undefined)
    .every(s => services(s).every(service => SENDS.filter(([name, type]) => name.test(nameOf(service)) && type.test(r.type))
      .every(([, , keys]) => keys.every(key => isBoundBy(s, key))))),
};
