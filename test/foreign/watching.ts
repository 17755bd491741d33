// What records and reports: log groups, trails, alarms, detectors, event buses.
import { ACCOUNT, arnOf, cases, cdkNag, checkov, Fixture, guard, kics, of, one, ref, STRANGER, trivy, user } from './support';

const LOG_GROUP = 'AWS::Logs::LogGroup';
const TRAIL = 'AWS::CloudTrail::Trail';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/of-the-shop';
const SELECTOR = { IncludeManagementEvents: true, ReadWriteType: 'All' };
const selecting = (...types: [type: string, value: string][]) => one(TRAIL, {
  EventSelectors: types.map(([Type, value]) => ({ ...SELECTOR, DataResources: [{ Type, Values: [value] }] })),
});
const ALARM = {
  MetricName: 'CPUUtilization',
  Namespace: 'AWS/EC2',
  Statistic: 'Average',
  Period: 300,
  EvaluationPeriods: 2,
  Threshold: 90,
  ComparisonOperator: 'GreaterThanThreshold',
};
const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms`;
const alarm = (actions: Fixture) => one('AWS::CloudWatch::Alarm', { ...ALARM, ...actions });
const flowLog = (group: Fixture) => one('AWS::EC2::FlowLog', { LogGroupName: ref('Logs'), DeliverLogsPermissionArn: 'arn:aws:iam::111122223333:role/logs' },
  { Logs: of(LOG_GROUP, group) });
const exporting = (group: Fixture) => ({
  Judged: { ...of('AWS::RDS::DBCluster', { DBClusterIdentifier: 'shop', EnableCloudwatchLogsExports: ['postgresql'] }), DependsOn: ['Logs'] },
  Logs: of(LOG_GROUP, { LogGroupName: '/aws/rds/cluster/shop/postgresql', ...group }),
});
const busWith = (properties: Fixture) => one('AWS::Events::Rule', { EventPattern: { source: ['aws.ec2'] } }, {
  Bus: of('AWS::Events::EventBusPolicy', { StatementId: 'one', ...properties }),
});
const saying = (principal: unknown, more: Fixture = {}) => busWith({
  Statement: { Effect: 'Allow', Principal: principal, Action: 'events:*', Resource: `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/default`, ...more },
});

export const LOGS = [
  ...cases(guard('cloudwatch/tests/cloudwatch_log_group_encrypted_tests.yml', 'CLOUDWATCH_LOG_GROUP_ENCRYPTED'), 'LOG-01', {
    pass: { 'a key': one(LOG_GROUP, { KmsKeyId: KEY_ARN, RetentionInDays: 7 }) },
    fail: { 'nothing is said': one(LOG_GROUP, { LogGroupName: 'shop' }) },
  }),
  ...cases(checkov('test_CloudWatchLogGroupKMSKey.py', 'CKV_AWS_158'), 'LOG-01', {
    pass: { 'a key': one(LOG_GROUP, { KmsKeyId: KEY_ARN }) },
    fail: { 'nothing is said': one(LOG_GROUP) },
  }),
  ...cases(trivy('cloudwatch/log_group_customer_key.yaml', 'AWS-0017'), 'LOG-01', {
    pass: { 'a key': one(LOG_GROUP, { KmsKeyId: KEY_ARN }) },
    fail: { 'an empty text': one(LOG_GROUP, { KmsKeyId: '' }) },
  }),
  ...cases(guard('cloudwatch/tests/cw_loggroup_retention_period_check_tests.yml', 'CW_LOGGROUP_RETENTION_PERIOD_CHECK'), 'LOG-02', {
    pass: { 'a week': one(LOG_GROUP, { RetentionInDays: 7 }) },
    fail: { 'no number of days that there is': one(LOG_GROUP, { RetentionInDays: 8675309 }), 'nothing is said': one(LOG_GROUP) },
  }),
  ...cases(guard('cloudwatch/tests/cloudwatch_log_group_encrypted_tests.yml', 'CLOUDWATCH_LOG_GROUP_ENCRYPTED'), 'VPC-07', {
    pass: { 'the log group of a flow log has a key': flowLog({ KmsKeyId: KEY_ARN, RetentionInDays: 7 }) },
    fail: { 'the log group of a flow log has none': flowLog({ RetentionInDays: 7 }) },
  }),
  ...cases(guard('cloudwatch/tests/cloudwatch_log_group_encrypted_tests.yml', 'CLOUDWATCH_LOG_GROUP_ENCRYPTED'), 'DB-05c', {
    pass: { 'the log group of a database has a key': exporting({ KmsKeyId: KEY_ARN, RetentionInDays: 7 }) },
    fail: { 'the log group of a database has none': exporting({ RetentionInDays: 7 }) },
  }),
  ...cases(checkov('test_CloudWatchLogGroupRetention.py', 'CKV_AWS_66'), 'LOG-02', {
    pass: { 'a year': one(LOG_GROUP, { RetentionInDays: 365 }) },
    fail: { 'nothing is said': one(LOG_GROUP) },
  }),
];

export const CLOUDTRAIL = [
  ...cases(guard('cloudtrail/tests/cloud_trail_enabled_tests.yml', 'CLOUD_TRAIL_ENABLED'), 'TRL-01', {
    pass: { logging: one(TRAIL, { IsLogging: 'true' }) },
    fail: { 'not logging': one(TRAIL, { IsLogging: 'false' }), 'nothing is said': one(TRAIL) },
  }),
  ...cases(guard('cloudtrail/tests/multi_region_cloud_trail_enabled_tests.yml', 'MULTI_REGION_CLOUD_TRAIL_ENABLED'), 'TRL-01b', {
    pass: { 'every region': one(TRAIL, { IsMultiRegionTrail: 'true' }) },
    fail: { 'one region': one(TRAIL, { IsMultiRegionTrail: 'false' }), 'nothing is said': one(TRAIL) },
  }),
  ...cases(checkov('test_CloudtrailMultiRegion.py', 'CKV_AWS_67'), 'TRL-01b', {
    pass: { 'every region': one(TRAIL, { IsMultiRegionTrail: true }) },
    fail: { 'nothing is said': one(TRAIL) },
  }),
  ...cases(trivy('cloudtrail/enable_all_regions.yaml', 'AWS-0014'), 'TRL-01b', {
    pass: { 'every region': one(TRAIL, { IsMultiRegionTrail: true }) },
    fail: { 'one region': one(TRAIL, { IsMultiRegionTrail: false }) },
  }),
  ...cases(guard('cloudtrail/tests/cloud_trail_log_file_validation_enabled_tests.yml', 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED'), 'TRL-02', {
    pass: { validated: one(TRAIL, { EnableLogFileValidation: 'true' }) },
    fail: { 'not validated': one(TRAIL, { EnableLogFileValidation: 'false' }), 'nothing is said': one(TRAIL) },
  }),
  ...cases(checkov('test_CloudtrailLogValidation.py', 'CKV_AWS_36'), 'TRL-02', {
    pass: { validated: one(TRAIL, { EnableLogFileValidation: true }) },
    fail: { 'nothing is said': one(TRAIL) },
  }),
  ...cases(guard('cloudtrail/tests/cloud_trail_encryption_enabled_tests.yml', 'CLOUD_TRAIL_ENCRYPTION_ENABLED'), 'TRL-03', {
    pass: { 'a key, by its alias': one(TRAIL, { KMSKeyId: 'alias/shop' }) },
    fail: { 'nothing is said': one(TRAIL) },
  }),
  ...cases(checkov('test_CloudtrailEncryption.py', 'CKV_AWS_35'), 'TRL-03', {
    pass: { 'a key of the template that has no policy': one(TRAIL, { KMSKeyId: ref('Key') }, { Key: of('AWS::KMS::Key') }) },
    fail: { 'nothing is said': one(TRAIL) },
  }),
  ...cases(guard('cloudtrail/tests/cloud_trail_cloud_watch_logs_enabled_tests.yml', 'CLOUD_TRAIL_CLOUD_WATCH_LOGS_ENABLED'), 'TRL-04 TRL-14', {
    pass: { 'a text for the log group': one(TRAIL, { CloudWatchLogsLogGroupArn: 'log-group' }) },
    fail: { 'nothing is said': one(TRAIL) },
  }),
  ...cases(trivy('cloudtrail/ensure_cloudwatch_integration.yaml', 'AWS-0162'), 'TRL-04 TRL-14', {
    pass: { 'the ARN of a log group, and no role': one(TRAIL, { CloudWatchLogsLogGroupArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:trail:*` }) },
    fail: { 'nothing is said': one(TRAIL) },
  }),
  ...cases(kics('cloudtrail_not_integrated_with_cloudwatch/test/negative1.yaml', 'cloudtrail_not_integrated_with_cloudwatch'), 'TRL-04 TRL-14', {
    pass: {
      'the ARN of a log group, and a role that writes': one(TRAIL, {
        CloudWatchLogsLogGroupArn: `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:trail:*`, CloudWatchLogsRoleArn: arnOf('Role'),
      }, {
        Role: of('AWS::IAM::Role', {
          Policies: [{
            PolicyName: 'writes',
            PolicyDocument: {
              Statement: [
                { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' },
              ],
            },
          }],
        }),
      }),
    },
  }),
  ...cases(trivy('cloudtrail/require_bucket_access_logging.yaml', 'AWS-0163'), 'TRL-05', {
    pass: {
      'a bucket whose requests are logged': one(TRAIL, { S3BucketName: ref('Files') },
        { Files: of('AWS::S3::Bucket', { LoggingConfiguration: { DestinationBucketName: 'logs' } }) }),
    },
    fail: { 'a bucket whose requests are not': one(TRAIL, { S3BucketName: ref('Files') }, { Files: of('AWS::S3::Bucket') }) },
  }),
  ...cases(guard('cloudtrail/tests/cloudtrail_s3_dataevents_enabled_tests.yml', 'CLOUDTRAIL_S3_DATAEVENTS_ENABLED'), 'TRL-07', {
    pass: { 'objects of every bucket, by a plain selector': selecting(['AWS::S3::Object', 'arn:aws:s3:::']) },
    fail: { 'tables only': selecting(['AWS::DynamoDB::Table', 'arn:aws:dynamodb']), 'nothing is said': one(TRAIL) },
  }),
];

export const CLOUDWATCH = [
  ...cases(guard('cloudwatch/tests/cloudwatch_alarm_action_check_tests.yml', 'CLOUDWATCH_ALARM_ACTION_CHECK'), 'TRL-11 TRL-13', {
    pass: {
      'an action for the alarm': alarm({ AlarmActions: [TOPIC] }),
      'an action for its end only': alarm({ OKActions: [TOPIC] }),
    },
    fail: { 'no action': alarm({}) },
  }),
  ...cases(cdkNag('CloudWatch.test.ts', 'CloudWatchAlarmAction'), 'TRL-11', {
    pass: { 'an action, and actions are on': alarm({ ActionsEnabled: true, AlarmActions: [TOPIC] }) },
    fail: { 'an action, and actions are off': alarm({ ActionsEnabled: false, AlarmActions: [TOPIC] }) },
  }),
];

export const GUARDDUTY = [
  ...cases(kics('guardduty_detector_disabled/test/negative3.yaml', 'guardduty_detector_disabled'), 'TD-01', {
    pass: { 'on, as text': one('AWS::GuardDuty::Detector', { Enable: 'true' }), 'on, as Python spells it': one('AWS::GuardDuty::Detector', { Enable: 'True' }) },
    fail: { off: one('AWS::GuardDuty::Detector', { Enable: false }) },
  }),
];

export const EVENTS = [
  ...cases(cdkNag('EventBridge.test.ts', 'EventBusOpenAccess'), 'EVT-04', {
    pass: {
      'users of the account': saying({ AWS: [user(ACCOUNT), `${user(ACCOUNT)}e`] }),
      'users of another account': saying({ AWS: [user(STRANGER)] }),
      'everybody of an organization': saying('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } }),
      'everybody is denied': saying({ AWS: '*' }, { Effect: 'Deny' }),
    },
    fail: {
      'everybody, in the old form': busWith({ Action: 'events:*', Principal: '*' }),
      'everybody': saying('*'),
      'everybody, in a list': saying({ AWS: [user(ACCOUNT), '*'] }),
      'everybody, by an empty condition': saying({ AWS: '*' }, { Condition: {} }),
    },
  }),
];
