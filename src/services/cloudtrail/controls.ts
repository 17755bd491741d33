// What must hold of a trail.
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isAdmitted } from '../../core/ours';
import { homeOf, isFromHome } from '../../core/ownership';
import { allows, condition, hasActions, keyLetsIn, rightsOf, services } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, contains, entries, isGiven, isList, isTrue, list, mentions, same, textOf } from '../../core/values';

const TRAIL = ['AWS::CloudTrail::Trail'];

/** The bucket that the trail writes to, if it is in the template. */
const bucketOf = (r: RenderedResource, t: RenderedTemplate) => t.resource(textOf(at(r.properties.S3BucketName, 'Ref')));
/** The fields of each event selector, by name; nothing of a selector that names a field twice. */
const selectors = (r: RenderedResource): Record<string, Json>[] => list(r.properties.AdvancedEventSelectors).map(s => {
  const fields = list(at(s, 'FieldSelectors'));
  const byName = Object.fromEntries(fields.map(f => [textOf(at(f, 'Field')), f]));
  return Object.keys(byName).length === fields.length ? byName : {};
});
/** Whether a field is asked by nothing but this operator. */
const isBy = (field: Json, operator: string) => same(entries(field).map(([name]) => name).sort(), [operator, 'Field'].sort());
const isOf = (selector: Record<string, Json>, category: string) => isBy(selector.eventCategory, 'Equals')
  && same(list(at(selector.eventCategory, 'Equals')), [category]);
/** Whether a value is how the ARNs begin of objects in a bucket for logs: the trail's, that of its access logs, or one that is named. */
const isOfLogs = (value: Json, r: RenderedResource, t: RenderedTemplate) => {
  const bucket = t.target('AWS::S3::Bucket', value);
  const own = bucketOf(r, t);
  const isWhole = bucket && same(value, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [bucket.logicalId, 'Arn'] }, '/']] });
  return isAdmitted(value, r) || (isWhole && (bucket === own
    || mentions(at(own?.properties.LoggingConfiguration, 'DestinationBucketName'), bucket.logicalId)));
};
/** Whether a value is the ARN of a log group as CloudTrail wants it, which ends in `:*`: the attribute does. */
const isOfLogGroup = (value: Json, t: RenderedTemplate) => {
  const attribute = at(value, 'Fn::GetAtt');
  const [id, name] = isList(attribute) ? attribute : [];
  return (t.resource(textOf(id))?.type === 'AWS::Logs::LogGroup' && name === 'Arn') || textOf(value).endsWith(':*');
};

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
  holds: r => isTrue(r.properties.IsLogging),
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
  holds: r => isTrue(r.properties.IsMultiRegionTrail),
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
  holds: r => isTrue(r.properties.IncludeGlobalServiceEvents),
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
  holds: r => !isGiven(r.properties.EventSelectors) && selectors(r).some(s => isOf(s, 'Management') && Object.keys(s).length === 1),
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
  holds: r => isTrue(r.properties.EnableLogFileValidation),
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
  holds: (r, t) => isGiven(r.properties.KMSKeyId) && !contains(r.properties.KMSKeyId, 'alias/aws/')
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
    const { CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: role } = r.properties;
    const rights = rightsOf(role, t);
    const writes = rights === undefined || rights.some(s => hasActions(s, 'logs:CreateLogStream', 'logs:PutLogEvents'));
    return isGiven(role) && writes && isOfLogGroup(group, t);
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
    return bucket !== undefined && isTrue(bucket.ObjectLockEnabled) && isGiven(bucket.ObjectLockConfiguration)
      && at(bucket.VersioningConfiguration, 'Status') === 'Enabled' && isGiven(bucket.LoggingConfiguration);
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
    const writes = policies.flatMap(p => allows(p.properties.PolicyDocument)).filter(s => services(s).includes('cloudtrail.amazonaws.com'));
    const source = (s: Json) => condition(s, 'StringEquals', 'aws:SourceArn');
    return policies.every(p => r.dependsOn.includes(p.logicalId)) && !isGiven(r.properties.S3KeyPrefix)
      && writes.every(s => contains(source(s), ':trail/') && !contains(source(s), '*') && isFromHome(s, homeOf(r, t)))
      && writes.some(s => hasActions(s, 's3:GetBucketAcl'))
      && writes.some(s => hasActions(s, 's3:PutObject') && contains(s.Resource, '/AWSLogs/')
        && condition(s, 'StringEquals', 's3:x-amz-acl') === 'bucket-owner-full-control');
  },
};

export const TRAIL_S3_EVENTS: Control = {
  id: 'TRL-07',
  title: 'the trail records every read and write of objects, except of those that are logs',
  prevents: 'a theft of objects that leaves no trace, and a trail that records itself for ever',
  kind: 'default',
  types: TRAIL,
  property: 'AdvancedEventSelectors',
  mend: "keep 'DataEvents.s3Objects()' among 'dataEvents', and name buckets of logs there that are to be left out",
  cis: ['4.8', '4.9'],
  fsbp: ['S3.22', 'S3.23'],
  nist: [...NIST.logging, 'AU-12(1)'],
  pci: ['10.2.1'],
  holds: (r, t) => {
    const bucket = bucketOf(r, t);
    return bucket !== undefined && selectors(r).some(s => {
      const leftOut = list(at(s['resources.ARN'], 'NotStartsWith'));
      return isOf(s, 'Data') && isBy(s['resources.type'], 'Equals') && same(list(at(s['resources.type'], 'Equals')), ['AWS::S3::Object'])
        && Object.keys(s).length === 3 && isBy(s['resources.ARN'], 'NotStartsWith')
        && mentions(leftOut, bucket.logicalId) && leftOut.every(v => isOfLogs(v, r, t));
    });
  },
};

export const TRAIL_INSIGHTS: Control = {
  id: 'TRL-08',
  title: 'CloudTrail looks for unusual rates of calls and of errors',
  prevents: 'a burst of calls that no single alarm recognises',
  kind: 'default',
  types: TRAIL,
  property: 'InsightSelectors',
  mend: "leave both types among 'insightTypes'",
  nist: ['SI-4', 'SI-4(2)'],
  pci: ['10.4.1'],
  holds: r => ['ApiCallRateInsight', 'ApiErrorRateInsight']
    .every(type => list(r.properties.InsightSelectors).some(s => at(s, 'InsightType') === type)),
};
