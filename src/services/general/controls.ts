// What must hold of resources of many services.
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isAdmitted, isExpected, spelled } from '../../core/ours';
import { Home, homeOf } from '../../core/ownership';
import { conditionsOf, mayAllow, services, statements } from '../../core/policies';
import type { RenderedResource } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { isOneOf, list, textOf, UNKNOWN } from '../../core/values';

/** Types whose loss is data loss, or the loss of a protection. */
const STATEFUL = [
  'AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::Logs::LogGroup', 'AWS::RDS::DBCluster', 'AWS::Backup::BackupVault',
  'AWS::CloudTrail::Trail', 'AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel', 'AWS::GuardDuty::Detector',
  'AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table', 'AWS::ECR::Repository', 'AWS::SecurityHub::Hub', 'AWS::AccessAnalyzer::Analyzer',
  'AWS::IAM::ServiceLinkedRole', // other stacks of the account run with it
  // What a retained cluster runs with: it would lose its instances, or block the deletion of its stack.
  'AWS::RDS::DBInstance', 'AWS::RDS::DBSubnetGroup', 'AWS::RDS::DBClusterParameterGroup', 'AWS::RDS::DBParameterGroup',
  'AWS::EC2::SecurityGroup',
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
  holds: r => isOneOf(r.deletionPolicy, 'RetainExceptOnCreate', 'Retain', 'Snapshot')
    && isOneOf(r.updateReplacePolicy, 'Retain', 'Snapshot'),
};

/** Whether a statement asks for values of a key that are all right. */
const isBoundBy = (s: JsonObject, key: RegExp, isRight: (value: Json) => boolean) => conditionsOf(s)
  .some(c => c.compares && key.test(c.key) && list(c.value).length > 0 && list(c.value).every(isRight));

/** What says on whose behalf a service comes. */
const SOURCE = /^(aws:Source(Account|Arn|Owner)|kms:CallerAccount|kms:EncryptionContext:.*)$/i;
/** What says of which organization that is. Nothing in a template tells whether it is ours. */
const ORGANIZATION = /^aws:Source(OrgID|OrgPaths)$/i;
const ACCOUNT = /^aws:Source(Account|OrgID)$/i;
const ARN = /^aws:SourceArn$/i;
/** What services send with their requests (by their guides), all of which is worth a condition; by the type of resource if given. */
const SENDS: [service: RegExp, type: RegExp, keys: RegExp[]][] = [
  [/^(cloudwatch|config|delivery\.logs|events\.rds|guardduty)\./, /./, [ACCOUNT, ARN]],
  [/^(logdelivery\.elasticloadbalancing|logging\.s3|monitoring\.rds|vpc-flow-logs)\./, /./, [ACCOUNT, ARN]],
  [/^(cloudtrail|ecs-tasks|events)\./, /^AWS::IAM::Role$/, [ACCOUNT, ARN]],
  [/^cloudtrail\./, /./, [ARN]],
  [/^logs\./, /^AWS::KMS::Key$/, [/^kms:EncryptionContext:aws:logs:arn$/i]],
  [/^fargate\./, /^AWS::KMS::Key$/, [/^kms:EncryptionContext:aws:ecs:clusterAccount$/i, /^kms:EncryptionContext:aws:ecs:clusterName$/i]],
];
/** The beginning of a service principal, of which the rest may be known to CloudFormation only. */
const nameOf = (service: Json) => textOf(service).split(UNKNOWN)[0];

const SENT = new Map<string, readonly RegExp[]>();

/** What a service sends with its requests to a type of resource. Policies repeat a few, so that each is looked up once. */
function sentBy(service: string, type: string): readonly RegExp[] {
  const asked = `${service} ${type}`;
  const known = SENT.get(asked);
  if (known) { return known; }
  const keys = SENDS.filter(([name, of]) => name.test(service) && of.test(type)).flatMap(([, , sent]) => sent);
  SENT.set(asked, keys);
  return keys;
}

/** Whether a value is neither everybody's nor another account's, where the account is known. */
const isNotForeign = (value: Json, { account: own }: Home) => {
  const text = spelled(value);
  const account = text.includes(':') ? text.split(':')[4] ?? '' : /^\d+$/.test(text) ? text : '';
  return (own !== undefined && account === own) || !/^[*?]*$/.test(text) && (own === undefined || !/^[\d*?]+$/.test(account));
};
/** Whether a statement asks for all that a service sends. */
const asksAll = (s: JsonObject, service: Json, r: RenderedResource, home: Home) => sentBy(nameOf(service), r.type)
  .every(key => isBoundBy(s, key, v => isNotForeign(v, home) || isAdmitted(v, r)));
/** Whether a statement for a service is for ours only, by one of its conditions. */
const isForOurs = (s: JsonObject, r: RenderedResource, home: Home) => isBoundBy(s, SOURCE, v => isExpected(v, r, home))
  || isBoundBy(s, ORGANIZATION, v => /^[\w-]+$/.test(textOf(v)));

/** The policy of a resource that has one, under whatever name. */
const policyOf = ({ properties: p }: RenderedResource) => p.KeyPolicy ?? p.PolicyDocument ?? p.AssumeRolePolicyDocument;

export const GEN_SOURCE_CONDITIONS: Control = {
  id: 'GEN-04',
  title: 'every AWS service that the policy lets in is let in for this account or this resource only',
  prevents: "that somebody else's trail, load balancer or rule makes a service act on this resource (confused deputy)",
  kind: 'floor',
  types: ['AWS::KMS::Key', 'AWS::S3::BucketPolicy', 'AWS::SNS::TopicPolicy', 'AWS::IAM::Role'],
  property: 'PolicyDocument',
  mend: 'give each statement for a service principal aws:SourceAccount, aws:SourceArn or an encryption context, of this account',
  cis: ['2.21'],
  fsbp: ['S3.2', 'SNS.4', 'KMS.5'],
  nist: NIST.leastPrivilege,
  holds: (r, t) => {
    const home = homeOf(r, t);
    return statements(policyOf(r)).length > 0 && mayAllow(policyOf(r)).every(s => services(s).length === 0 || isForOurs(s, r, home));
  },
};

export const GEN_SOURCE_EVERY: Control = {
  id: 'GEN-04b',
  title: 'every AWS service that the policy lets in is bound by all that it says of its source',
  prevents: 'that a resource of another account by the same name, or another resource of this account, makes a service act',
  kind: 'default',
  types: GEN_SOURCE_CONDITIONS.types,
  property: 'PolicyDocument',
  mend: 'give each statement for a service principal both aws:SourceAccount and aws:SourceArn, or the encryption context, '
    + 'whichever the service sends',
  cis: ['2.21'],
  nist: NIST.leastPrivilege,
  holds: (r, t) => {
    const home = homeOf(r, t);
    return statements(policyOf(r)).length > 0
      && mayAllow(policyOf(r)).every(s => services(s).every(service => asksAll(s, service, r, home)));
  },
};
