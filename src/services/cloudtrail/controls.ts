import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { condition, hasActions, keyLetsIn, rightsOf, services, statements } from '../../core/policies';
import { contains, list, mentions, same } from '../../core/values';
import { filtersOf, rings } from '../cloudwatch/controls';

const TRAIL = ['AWS::CloudTrail::Trail'];

/** The bucket that the trail writes to, if it is in the template. */
const bucketOf = (r: RenderedResource, t: RenderedTemplate) => t.resource(r.properties.S3BucketName?.Ref);
/** The fields of each event selector, by name. */
const selectors = (r: RenderedResource): Record<string, any>[] => list(r.properties.AdvancedEventSelectors)
  .map(s => Object.fromEntries(list(s.FieldSelectors).map(f => [f.Field, f])));
const isOf = (selector: Record<string, any>, category: string) => same(selector.eventCategory?.Equals, [category]);

export const TRAIL_LOGGING: Control = {
  id: 'TRL-01',
  title: 'the trail is on',
  prevents: 'a trail that records nothing',
  kind: 'floor',
  types: TRAIL,
  property: 'IsLogging',
  mend: 'leave the trail logging',
  cis: ['4.1'],
  fsbp: ['CloudTrail.1', 'CloudTrail.3'],
  nist: [...NIST.logging, 'AU-14(1)', 'SA-8(22)'],
  pci: ['10.2.1'],
  holds: r => r.properties.IsLogging === true,
};

export const TRAIL_ALL_REGIONS: Control = {
  id: 'TRL-01b',
  title: 'the trail records every region',
  prevents: 'an intruder who works in a region that nobody watches',
  kind: 'floor',
  types: TRAIL,
  property: 'IsMultiRegionTrail',
  mend: 'leave the trail multi-region',
  cis: ['4.1'],
  fsbp: ['CloudTrail.1'],
  nist: [...NIST.logging, 'AU-14(1)', 'SA-8(22)'],
  pci: ['10.2.1'],
  holds: r => r.properties.IsMultiRegionTrail === true,
};

export const TRAIL_GLOBAL_SERVICES: Control = {
  id: 'TRL-01c',
  title: 'the trail records the global services',
  prevents: 'changes in IAM, STS and CloudFront that leave no trace',
  kind: 'floor',
  types: TRAIL,
  property: 'IncludeGlobalServiceEvents',
  mend: 'leave the events of global services on',
  cis: ['4.1'],
  fsbp: ['CloudTrail.1'],
  nist: [...NIST.logging, 'AU-14(1)', 'SA-8(22)'],
  pci: ['10.2.1'],
  holds: r => r.properties.IncludeGlobalServiceEvents === true,
};

export const TRAIL_MANAGEMENT_EVENTS: Control = {
  id: 'TRL-01d',
  title: 'the trail records all management events, reading and writing, of every service',
  prevents: 'reconnaissance, or a use of KMS, that was filtered out',
  kind: 'floor',
  types: TRAIL,
  property: 'AdvancedEventSelectors',
  mend: 'keep the selector of management events, with no other field',
  cis: ['4.1'],
  fsbp: ['CloudTrail.1', 'CloudTrail.3', 'CloudWatch.7'],
  nist: [...NIST.logging, 'AU-14(1)', 'SA-8(22)'],
  pci: ['10.2.1'],
  holds: r => selectors(r).some(s => isOf(s, 'Management') && Object.keys(s).length === 1),
};

export const TRAIL_VALIDATED: Control = {
  id: 'TRL-02',
  title: 'CloudTrail signs what it delivers',
  prevents: 'log files that are changed or removed without a trace',
  kind: 'floor',
  types: TRAIL,
  property: 'EnableLogFileValidation',
  mend: 'leave the validation of log files on',
  cis: ['4.2'],
  fsbp: ['CloudTrail.4'],
  nist: ['AU-9', 'SI-4', 'SI-7(1)', 'SI-7(3)', 'SI-7(7)'],
  pci: ['10.3.2'],
  holds: r => r.properties.EnableLogFileValidation === true,
};

export const TRAIL_ENCRYPTED: Control = {
  id: 'TRL-03',
  title: 'log files are encrypted with a customer managed key',
  prevents: 'log files that everybody with s3:GetObject can read',
  kind: 'floor',
  types: TRAIL,
  property: 'KMSKeyId',
  mend: 'keep the encryption key',
  cis: ['4.5'],
  fsbp: ['CloudTrail.2'],
  nist: [...NIST.atRest, 'AU-9'],
  pci: ['10.3.2'],
  holds: (r, t) => r.properties.KMSKeyId !== undefined && !contains(r.properties.KMSKeyId, 'alias/aws/')
    && keyLetsIn(r.properties.KMSKeyId, t, 'cloudtrail.amazonaws.com', 'kms:GenerateDataKey', 'kms:DescribeKey'),
};

export const TRAIL_TO_LOGS: Control = {
  id: 'TRL-04',
  title: 'events reach CloudWatch Logs within minutes',
  prevents: 'alarms that come from log files hours later, or not at all',
  kind: 'floor',
  types: TRAIL,
  property: 'CloudWatchLogsLogGroupArn',
  mend: 'keep the log group and the role',
  fsbp: ['CloudTrail.5'],
  nist: [...NIST.logging, 'AU-6(1)'],
  pci: ['10.4.1'],
  holds: (r, t) => {
    const group = r.properties.CloudWatchLogsLogGroupArn;
    const [id, attribute] = group?.['Fn::GetAtt'] ?? [];
    // The attribute ends in `:*`, as CloudTrail wants it.
    const rights = rightsOf(r.properties.CloudWatchLogsRoleArn, t);
    return r.properties.CloudWatchLogsRoleArn !== undefined && (rights === undefined || rights.some(s => hasActions(s, 'logs:CreateLogStream', 'logs:PutLogEvents'))) && (t.resource(id)?.type === 'AWS::Logs::LogGroup' && attribute === 'Arn' || contains(group, ':*"'));
  },
};

export const TRAIL_BUCKET_LOCKED: Control = {
  id: 'TRL-05',
  title: 'log files go to a versioned bucket under Object Lock whose requests are logged',
  prevents: 'an intruder deleting the log files',
  kind: 'durability',
  types: TRAIL,
  property: 'S3BucketName',
  mend: 'keep the bucket, its object lock and its access logs',
  cis: ['4.4'],
  fsbp: ['CloudTrail.6', 'CloudTrail.7', 'S3.15'],
  nist: ['AU-9', 'AU-9(2)', 'AU-11'],
  pci: ['1.4.4', '10.2.1', '10.3.2', '10.5.1'],
  holds: (r, t) => {
    const bucket = bucketOf(r, t)?.properties;
    return bucket?.ObjectLockEnabled === true && bucket.ObjectLockConfiguration !== undefined && bucket.VersioningConfiguration?.Status === 'Enabled'
      && bucket.LoggingConfiguration !== undefined;
  },
};

export const TRAIL_BUCKET_POLICY: Control = {
  id: 'TRL-06',
  title: 'CloudTrail writes to the bucket for this trail only, and the policy is there first',
  prevents: 'log files of foreign trails among ours, and a trail that cannot deliver',
  kind: 'floor',
  types: TRAIL,
  property: 'AWS::S3::BucketPolicy',
  mend: "keep the statements that bind cloudtrail.amazonaws.com to the trail's ARN, and the trail's dependency on the policy",
  cis: ['2.21'],
  fsbp: ['S3.2', 'S3.3'],
  nist: NIST.leastPrivilege,
  pci: ['10.3.2'],
  holds: (r, t) => {
    const policies = t.resourcesOf('AWS::S3::BucketPolicy').filter(p => same(p.properties.Bucket, r.properties.S3BucketName));
    const writes = policies.flatMap(p => statements(p.properties.PolicyDocument)).filter(s => s.Effect === 'Allow' && services(s).includes('cloudtrail.amazonaws.com'));
    const source = (s: any) => condition(s, 'StringEquals', 'aws:SourceArn');
    return policies.every(p => r.dependsOn.includes(p.logicalId))
      && writes.every(s => contains(source(s), ':trail/') && !contains(source(s), '*'))
      && writes.some(s => hasActions(s, 's3:GetBucketAcl'))
      && writes.some(s => hasActions(s, 's3:PutObject') && condition(s, 'StringEquals', 's3:x-amz-acl') === 'bucket-owner-full-control' && contains(s.Resource, '/AWSLogs/'));
  },
};

export const TRAIL_S3_EVENTS: Control = {
  id: 'TRL-07',
  title: 'the trail records every read and write of objects, except of those that are logs',
  prevents: 'a theft of objects that leaves no trace, and a trail that records itself for ever',
  kind: 'default',
  types: TRAIL,
  property: 'AdvancedEventSelectors',
  mend: "keep 'DataEvents.s3Objects()' among 'dataEvents'",
  cis: ['4.8', '4.9'],
  fsbp: ['S3.22', 'S3.23'],
  nist: [...NIST.logging, 'AU-12(1)'],
  pci: ['10.2.1'],
  holds: (r, t) => {
    const bucket = bucketOf(r, t);
    return bucket !== undefined && selectors(r).some(s => isOf(s, 'Data') && same(s['resources.type']?.Equals, ['AWS::S3::Object'])
      && Object.keys(s).length === 3 && Object.keys(s['resources.ARN'] ?? {}).sort().join() === 'Field,NotStartsWith'
      && mentions(s['resources.ARN'].NotStartsWith, bucket.logicalId));
  },
};

export const TRAIL_INSIGHTS: Control = {
  id: 'TRL-08',
  title: 'CloudTrail looks for unusual rates of calls and of errors',
  prevents: 'a burst of calls that no single alarm recognises',
  kind: 'default',
  types: TRAIL,
  property: 'InsightSelectors',
  mend: "leave both types among 'insights'",
  nist: ['SI-4', 'SI-4(2)'],
  pci: ['10.4.1'],
  holds: r => ['ApiCallRateInsight', 'ApiErrorRateInsight'].every(type => list(r.properties.InsightSelectors).some(s => s.InsightType === type)),
};

export const ALARM_AT_ONCE: Control = {
  id: 'TRL-10',
  title: 'the alarm goes off at the first event in five minutes',
  prevents: 'an alarm that waits until it is too late, or that never goes off',
  kind: 'floor',
  types: ['AWS::CloudWatch::Alarm'],
  property: 'Threshold',
  mend: 'leave the alarm at a sum of one or more in one period of 300 seconds',
  fsbp: ['CloudWatch.1'],
  nist: ['SI-4(5)', 'AU-6(1)'],
  pci: ['10.4.1'],
  holds: (r, t) => r.properties.Statistic === 'Sum' && r.properties.Period === 300 && r.properties.EvaluationPeriods === 1 && r.properties.Threshold === 1
    && r.properties.ComparisonOperator === 'GreaterThanOrEqualToThreshold' && r.properties.TreatMissingData === 'notBreaching' && filtersOf(r, t).length > 0,
};

export const ALARM_NOTIFIES: Control = {
  id: 'TRL-11',
  title: 'the alarm notifies somebody',
  prevents: 'an alarm that changes its colour and tells nobody',
  kind: 'floor',
  types: ['AWS::CloudWatch::Alarm'],
  property: 'AlarmActions',
  mend: 'leave the actions of the alarm on and its topic among them',
  fsbp: ['CloudWatch.15', 'CloudWatch.17'],
  nist: ['AU-6', 'SI-4(5)'],
  pci: ['10.4.1', '12.10.5'],
  holds: rings,
};
