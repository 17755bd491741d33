import { ADMITTED } from '../../../src/core/ours';
import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/cloudtrail/controls';
import { provePredicate } from '../../support/predicate';

const ARN = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudtrail:eu-west-1:', { Ref: 'AWS::AccountId' }, ':trail/name']] };
const write = (Action: string, Resource: any, more = {}) => ({
  Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action, Resource, Condition: { StringEquals: { 'aws:SourceArn': ARN, ...more } },
});
const TRAIL = {
  Trail: {
    Type: 'AWS::CloudTrail::Trail',
    DependsOn: ['Policy', 'RolePolicy'],
    Properties: {
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      KMSKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
      S3BucketName: { Ref: 'Bucket' },
      CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Logs', 'Arn'] },
      CloudWatchLogsRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      AdvancedEventSelectors: [
        { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
        {
          FieldSelectors: [
            { Field: 'eventCategory', Equals: ['Data'] },
            { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
            { Field: 'resources.ARN', NotStartsWith: [{ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/']] }] },
          ],
        },
      ],
      InsightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
    },
  },
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      VersioningConfiguration: { Status: 'Enabled' },
      LoggingConfiguration: { DestinationBucketName: 'logs' },
    },
  },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: {
        Statement: [
          write('s3:GetBucketAcl', { 'Fn::GetAtt': ['Bucket', 'Arn'] }),
          write('s3:PutObject', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/AWSLogs/111122223333/*']] }, { 's3:x-amz-acl': 'bucket-owner-full-control' }),
        ],
      },
    },
  },
  Logs: { Type: 'AWS::Logs::LogGroup' },
};
const set = (property: string, value: any) => (r: any) => { r.Trail.Properties[property] = value; };
const unset = (property: string) => (r: any) => { delete r.Trail.Properties[property]; };
const management = (r: any) => r.Trail.Properties.AdvancedEventSelectors[0].FieldSelectors;
const data = (r: any) => r.Trail.Properties.AdvancedEventSelectors[1].FieldSelectors;
const allowed = (r: any) => r.Policy.Properties.PolicyDocument.Statement;

provePredicate(controls.TRAIL_LOGGING, TRAIL, { 'it is off': set('IsLogging', false), 'it is not said': unset('IsLogging') });
provePredicate(controls.TRAIL_ALL_REGIONS, TRAIL, { 'it has one region': set('IsMultiRegionTrail', false), 'it is not said': unset('IsMultiRegionTrail') });
provePredicate(controls.TRAIL_GLOBAL_SERVICES, TRAIL, {
  'they are left out': set('IncludeGlobalServiceEvents', false),
  'it is not said': unset('IncludeGlobalServiceEvents'),
});
provePredicate(controls.TRAIL_MANAGEMENT_EVENTS, TRAIL, {
  'there is no selector': unset('AdvancedEventSelectors'),
  'management events are left out': r => { r.Trail.Properties.AdvancedEventSelectors.shift(); },
  'reads are left out': r => { management(r).push({ Field: 'readOnly', Equals: ['false'] }); },
  'selectors of the old kind are given besides': set('EventSelectors', [{ IncludeManagementEvents: false }]),
  'the category is something else too': r => { management(r)[0].NotEquals = ['Management']; },
  'the category is named twice': r => { management(r).push({ Field: 'eventCategory', Equals: ['Data'] }); },
  'KMS is left out': r => { management(r).push({ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }); },
});
provePredicate(controls.TRAIL_VALIDATED, TRAIL, { 'it is off': set('EnableLogFileValidation', false), 'it is not said': unset('EnableLogFileValidation') });
provePredicate(controls.TRAIL_ENCRYPTED, TRAIL, { 'there is no key': unset('KMSKeyId'), 'the key is of AWS': set('KMSKeyId', 'alias/aws/s3') });
const uses = (...Action: string[]) => ({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action, Resource: '*' });
provePredicate(controls.TRAIL_ENCRYPTED, { ...TRAIL, Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [uses('kms:GenerateDataKey*'), uses('kms:DescribeKey')] } } } }, {
  'CloudTrail may not encrypt': r => { r.Key.Properties.KeyPolicy.Statement.shift(); },
  'CloudTrail may not describe the key': r => { r.Key.Properties.KeyPolicy.Statement.pop(); },
  'another service may': r => { r.Key.Properties.KeyPolicy.Statement[0].Principal.Service = 'config.amazonaws.com'; },
});
const ROLE = {
  Role: { Type: 'AWS::IAM::Role' },
  RolePolicy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: 'arn:a' }] } },
  },
};
provePredicate(controls.TRAIL_TO_LOGS, { ...TRAIL, ...ROLE }, {
  'the role has no policy': r => { delete r.RolePolicy; },
  'the role may not write': r => { r.RolePolicy.Properties.PolicyDocument.Statement = []; },
});
provePredicate(controls.TRAIL_TO_LOGS, TRAIL, {
  'there is no log group': unset('CloudWatchLogsLogGroupArn'),
  'there is no role': unset('CloudWatchLogsRoleArn'),
  'the ARN does not end in a star': set('CloudWatchLogsLogGroupArn', { 'Fn::Join': ['', ['arn:aws:logs:eu-west-1:111122223333:log-group:', { Ref: 'Logs' }]] }),
  'the attribute is of something else': r => { r.Logs.Type = 'AWS::Logs::LogStream'; },
});
provePredicate(controls.TRAIL_TO_LOGS, { ...TRAIL, Trail: { ...TRAIL.Trail, Properties: { ...TRAIL.Trail.Properties, CloudWatchLogsLogGroupArn: 'arn:aws:logs:r:a:log-group:n:*' } } }, {
  'the star is missing': set('CloudWatchLogsLogGroupArn', 'arn:aws:logs:r:a:log-group:n'),
});
provePredicate(controls.TRAIL_BUCKET_LOCKED, TRAIL, {
  'there is no bucket': unset('S3BucketName'),
  'the bucket is elsewhere': set('S3BucketName', 'bucket'),
  'the lock is off': r => { delete r.Bucket.Properties.ObjectLockEnabled; },
  'the lock holds nothing by itself': r => { delete r.Bucket.Properties.ObjectLockConfiguration; },
  'it is not versioned': r => { r.Bucket.Properties.VersioningConfiguration.Status = 'Suspended'; },
  'requests are not logged': r => { delete r.Bucket.Properties.LoggingConfiguration; },
});
provePredicate(controls.TRAIL_BUCKET_POLICY, TRAIL, {
  'there is no policy': r => { delete r.Policy; },
  'the policy is of another bucket': r => { r.Policy.Properties.Bucket = { Ref: 'Other' }; },
  'the trail does not wait for it': r => { r.Trail.DependsOn = []; },
  'CloudTrail may not read the ACL': r => { allowed(r).shift(); },
  'CloudTrail may not write': r => { allowed(r).pop(); },
  'any trail may write': r => { delete allowed(r)[1].Condition.StringEquals['aws:SourceArn']; },
  'any trail of the account may write': r => { allowed(r)[1].Condition.StringEquals['aws:SourceArn'] = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/*'; },
  'the owner does not get the object': r => { delete allowed(r)[1].Condition.StringEquals['s3:x-amz-acl']; },
  'a trail of another account may write too': r => { allowed(r)[1].Condition.StringEquals['aws:SourceArn'] = [ARN, 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/name']; },
  'the trail writes to another path': set('S3KeyPrefix', 'elsewhere'),
  'CloudTrail may write anywhere': r => { allowed(r)[1].Resource = '*'; },
});
provePredicate(controls.TRAIL_S3_EVENTS, TRAIL, {
  'there is no selector': r => { r.Trail.Properties.AdvancedEventSelectors.pop(); },
  'it is about something else': r => { data(r)[1].Equals = ['AWS::DynamoDB::Table']; },
  'reads are left out': r => { data(r).push({ Field: 'readOnly', Equals: ['false'] }); },
  'it is about some buckets': r => { data(r)[2].StartsWith = ['arn:aws:s3:::some']; },
  'the trail records itself': r => { data(r)[2].NotStartsWith = ['arn:aws:s3:::other/']; },
  'it leaves out nothing': r => { data(r).pop(); },
  'it leaves out another bucket': r => { data(r)[2].NotStartsWith.push({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Data', 'Arn'] }, '/']] }); r.Data = { Type: 'AWS::S3::Bucket', Properties: {} }; },
  'it leaves out a bucket by its name': r => { data(r)[2].NotStartsWith.push('arn:aws:s3:::data/'); },
  'it leaves out every bucket': r => { data(r)[2].NotStartsWith.push('arn:'); },
  'it leaves out what the deployment says': r => { data(r)[2].NotStartsWith.push({ 'Fn::Unknown': 'P' }); },
  'a field is named twice': r => { data(r).push({ Field: 'resources.ARN', NotStartsWith: [data(r)[2].NotStartsWith[0]] }, { Field: 'readOnly' }); data(r).splice(3, 1); },
});
provePredicate(controls.TRAIL_INSIGHTS, TRAIL, {
  'there are none': unset('InsightSelectors'),
  'one is missing': r => { r.Trail.Properties.InsightSelectors.pop(); },
});

test('what takes access logs, and what the trail was told of, is left out', () => {
  const resources: any = structuredClone(TRAIL);
  data(resources)[2].NotStartsWith.push({ 'Fn::Join': ['', [{ 'Fn::GetAtt': ['AccessLogs', 'Arn'] }, '/']] }, 'arn:aws:s3:::told/');
  resources.Bucket.Properties.LoggingConfiguration.DestinationBucketName = { Ref: 'AccessLogs' };
  resources.AccessLogs = { Type: 'AWS::S3::Bucket', Properties: {} };
  resources.Trail.Metadata = { [ADMITTED]: ['arn:aws:s3:::told/'] };
  const t = new RenderedTemplate({ Resources: resources });
  expect(controls.TRAIL_S3_EVENTS.holds(t.resource('Trail')!, t)).toBe(true);
});
