// What must hold of the configuration recorder, of what it delivers, and of who hears of it.
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { Home } from '../../core/ownership';
import { homeOf, isOwnAccount } from '../../core/ownership';
import { allows, condition, hasActions, services } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, contains, isFalse, isGiven, isObject, isOneOf, isTrue, list, same, textOf } from '../../core/values';

const RECORDER = ['AWS::Config::ConfigurationRecorder'];
const CHANNEL = ['AWS::Config::DeliveryChannel'];
const RULE = ['AWS::Events::Rule'];

const ids = (t: RenderedTemplate, type: string) => t.resourcesOf(type).map(r => r.logicalId);
const dependsOnAny = (r: RenderedResource, others: string[]) => r.dependsOn.some(d => others.includes(d));
const isOfAccount = (s: Json, home: Home) => {
  const accounts = list(condition(s, 'StringEquals', 'aws:SourceAccount'));
  return accounts.length > 0 && accounts.every(account => isOwnAccount(account, home));
};
const forConfig = (document: Json) => allows(document).filter(s => services(s).includes('config.amazonaws.com'));
/** Whether a rule matches these events of AWS Config, and no fewer of them. */
const matches = (r: RenderedResource, detailTypes: string[], detail: Json) => {
  const { source, 'detail-type': types, 'detail': details } = isObject(r.properties.EventPattern) ? r.properties.EventPattern : {};
  return same(source, ['aws.config']) && same(types, detailTypes) && same(details, detail);
};

export const CONFIG_ALL_TYPES: Control = {
  id: 'CFG-01',
  title: 'every supported resource type is recorded',
  prevents: 'resources that no rule sees',
  kind: 'floor',
  types: RECORDER,
  property: 'RecordingGroup',
  mend: 'leave the recording of all supported types on; make no dependency between the recorder and the delivery channel',
  cis: ['4.3'],
  fsbp: ['Config.1'],
  nist: ['CM-3', 'CM-6(1)', 'CM-8', 'CM-8(2)'],
  pci: ['11.5.2'],
  holds: (r, t) => isTrue(at(r.properties.RecordingGroup, 'AllSupported'))
    && !isGiven(at(r.properties.RecordingGroup, 'ExclusionByResourceTypes'))
    && [undefined, 'ALL_SUPPORTED_RESOURCE_TYPES'].includes(at(r.properties.RecordingGroup, 'RecordingStrategy',
      'UseOnly') as string | undefined)
    && !dependsOnAny(r, ids(t, CHANNEL[0])),
};

export const CONFIG_GLOBAL_TYPES: Control = {
  id: 'CFG-02',
  title: 'users, groups, roles and policies of IAM are recorded',
  prevents: 'changes in IAM that no region records',
  kind: 'default',
  types: RECORDER,
  property: 'RecordingGroup',
  mend: "leave 'globalResourceTypes' on in the home region",
  cis: ['4.3'],
  fsbp: ['Config.1'],
  nist: ['CM-3', 'CM-8'],
  holds: r => isTrue(at(r.properties.RecordingGroup, 'IncludeGlobalResourceTypes')),
};

export const CONFIG_SERVICE_LINKED_ROLE: Control = {
  id: 'CFG-03',
  title: "the recorder runs with AWS Config's service-linked role",
  prevents: 'resource types that a role of our own is not allowed to read',
  kind: 'floor',
  types: RECORDER,
  property: 'RoleARN',
  mend: 'keep the service-linked role',
  fsbp: ['Config.1'],
  nist: NIST.leastPrivilege,
  holds: r => textOf(r.properties.RoleARN).endsWith(':role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig'),
};

export const CONFIG_ENCRYPTED: Control = {
  id: 'CFG-04',
  title: 'what AWS Config delivers is encrypted with a customer managed key',
  prevents: 'an inventory of the account that everybody with s3:GetObject can read',
  kind: 'floor',
  types: CHANNEL,
  property: 'S3KmsKeyArn',
  mend: 'keep the encryption key',
  nist: [...NIST.atRest, 'AU-9'],
  pci: ['10.3.2'],
  holds: r => isGiven(r.properties.S3KmsKeyArn),
};

export const CONFIG_SNAPSHOTS: Control = {
  id: 'CFG-04b',
  title: 'a snapshot of the whole configuration is delivered every day or oftener',
  prevents: 'a history that has to be pieced together',
  kind: 'floor',
  types: CHANNEL,
  property: 'ConfigSnapshotDeliveryProperties',
  mend: "keep 'snapshotFrequency'",
  nist: ['CM-8', 'AU-11'],
  holds: r => isOneOf(at(r.properties.ConfigSnapshotDeliveryProperties, 'DeliveryFrequency'),
    'One_Hour', 'Three_Hours', 'Six_Hours', 'Twelve_Hours', 'TwentyFour_Hours'),
};

export const CONFIG_CAN_DELIVER: Control = {
  id: 'CFG-04c',
  title: 'AWS Config delivers to a bucket without Object Lock and to no topic',
  prevents: 'deliveries that fail in silence: AWS Config supports neither Object Lock nor encrypted topics',
  kind: 'floor',
  types: CHANNEL,
  property: 'S3BucketName',
  mend: 'keep the bucket that the construct makes, and let EventBridge notify',
  nist: ['AU-9'],
  holds: (r, t) => {
    const bucket = t.resource(textOf(at(r.properties.S3BucketName, 'Ref')));
    const lock = bucket?.properties.ObjectLockEnabled;
    return bucket?.type === 'AWS::S3::Bucket' && (isFalse(lock) || !isGiven(lock)) && !isGiven(r.properties.SnsTopicARN);
  },
};

export const CONFIG_POLICIES: Control = {
  id: 'CFG-05',
  title: 'AWS Config writes for this account only, and is let in before it begins',
  prevents: 'records of foreign accounts among ours, and a delivery channel that cannot deliver',
  kind: 'floor',
  types: CHANNEL,
  property: 'AWS::S3::BucketPolicy',
  mend: 'keep the statements for config.amazonaws.com in the policies of the bucket and the key; '
    + 'make no dependency between the recorder and the delivery channel',
  cis: ['2.21'],
  fsbp: ['S3.2', 'S3.3'],
  nist: NIST.leastPrivilege,
  pci: ['10.3.2'],
  holds: (r, t) => {
    const policies = t.resourcesOf('AWS::S3::BucketPolicy').filter(p => same(p.properties.Bucket, r.properties.S3BucketName));
    const writes = policies.flatMap(p => forConfig(p.properties.PolicyDocument));
    const key = t.target('AWS::KMS::Key', r.properties.S3KmsKeyArn) ?? t.target('AWS::KMS::ReplicaKey', r.properties.S3KmsKeyArn);
    const uses = forConfig(key?.properties.KeyPolicy).filter(s => hasActions(s, 'kms:Decrypt', 'kms:GenerateDataKey'));
    const isOwn = (s: Json) => isOfAccount(s, homeOf(r, t));
    return policies.every(p => r.dependsOn.includes(p.logicalId)) && writes.every(isOwn) && !isGiven(r.properties.S3KeyPrefix)
      && writes.some(s => hasActions(s, 's3:GetBucketAcl', 's3:ListBucket'))
      && writes.some(s => hasActions(s, 's3:PutObject') && contains(s.Resource, '/Config/*')
        && condition(s, 'StringEquals', 's3:x-amz-acl') === 'bucket-owner-full-control')
      && (key === undefined || uses.length > 0 && uses.every(isOwn))
      && !dependsOnAny(r, ids(t, RECORDER[0]));
  },
};

export const CONFIG_CONTINUOUS: Control = {
  id: 'CFG-06',
  title: 'changes are recorded as they happen',
  prevents: 'a change that is made and undone between two daily records',
  kind: 'floor',
  types: RECORDER,
  property: 'RecordingMode',
  mend: "leave the recording continuous, and name noisy types in 'dailyResourceTypes'",
  nist: ['SI-4'],
  pci: ['11.5.2'],
  holds: r => at(r.properties.RecordingMode, 'RecordingFrequency') === 'CONTINUOUS',
};

export const CONFIG_BEFORE_RULES: Control = {
  id: 'CFG-07',
  title: 'the recorder is there before the rule',
  prevents: 'a deployment that fails because there is no recorder yet',
  kind: 'floor',
  types: ['AWS::Config::ConfigRule', 'AWS::Config::ConformancePack'],
  property: 'AWS::Config::ConfigurationRecorder',
  mend: "keep the rule's dependency on the recorder",
  nist: ['CM-2'],
  holds: (r, t) => {
    const recorders = ids(t, RECORDER[0]);
    return recorders.length > 0 && recorders.every(id => r.dependsOn.includes(id));
  },
};

export const CONFIG_NOTIFIES: Control = {
  id: 'CFG-08',
  title: 'somebody is notified of what breaks a rule',
  prevents: 'a finding that nobody sees',
  kind: 'floor',
  types: RULE,
  property: 'EventPattern',
  mend: 'keep the event pattern',
  nist: ['SI-4(5)', 'IR-4'],
  pci: ['10.4.1', '12.10.5'],
  holds: r => matches(r, ['Config Rules Compliance Change'],
    { messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } }),
};

export const CONFIG_FAILURES_NOTIFY: Control = {
  id: 'CFG-08b',
  title: 'somebody is notified when AWS Config cannot deliver',
  prevents: 'evidence that is missing when it is asked for',
  kind: 'floor',
  types: RULE,
  property: 'EventPattern',
  mend: 'keep the event pattern',
  nist: ['AU-5', 'SI-4(5)'],
  pci: ['10.7.2'],
  holds: r => matches(r, ['Config Configuration Snapshot Delivery Status', 'Config Configuration History Delivery Status'],
    { messageType: [{ suffix: 'DeliveryFailed' }] }),
};
