import type { Control } from '../control';
import { NIST } from '../control';
import { list, services, statements } from '../rendered';

/** Types whose loss is data loss, or the loss of a protection. */
const STATEFUL = [
  'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::Logs::LogGroup', 'AWS::RDS::DBCluster', 'AWS::Backup::BackupVault',
  'AWS::CloudTrail::Trail', 'AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::GuardDuty::Detector',
  'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::ECR::Repository', 'AWS::SecurityHub::Hub', 'AWS::AccessAnalyzer::Analyzer',
  // What a retained cluster runs with: it would lose its instances, or block the deletion of its stack.
  'AWS::RDS::DBInstance', 'AWS::RDS::DBSubnetGroup', 'AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup', 'AWS::EC2::SecurityGroup',
  'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy',
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
