// What can be done to the trail, the alarms and their metrics, the rules that notify, and the recorder.
import type * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as config from 'aws-cdk-lib/aws-config';
import type * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { apart, Kind, Target, within } from './kind';
import { manager } from './managers';
import { append, FOREIGN, foreignArn, indexOf, ownArn, REGION, rendered } from '../touch';

const TRAIL = 'AWS::CloudTrail::Trail';
const ALARM = 'AWS::CloudWatch::Alarm';
const FILTER = 'AWS::Logs::MetricFilter';
const RULE = 'AWS::Events::Rule';
const RECORDER = 'AWS::Config::ConfigurationRecorder';

const selects = (
  name: string, why: string, of: string, field: (t: Target<cloudtrail.CfnTrail>) => any,
): Kind => within<cloudtrail.CfnTrail>(TRAIL, name, why, t =>
  append(t.resource, `AdvancedEventSelectors.${indexOf(t.resource, 'AdvancedEventSelectors', s => s.Name === of)}.FieldSelectors`, field(t)));

const TRAILS: Kind[] = [
  selects('calls of KMS are left out', 'who uses and deletes keys is not recorded', 'Management', () => ({ Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] })),
  selects('calls that write only', 'who looks around is not recorded', 'Management', () => ({ Field: 'readOnly', Equals: ['false'] })),
  selects('one event of objects only', 'who reads and deletes objects is not recorded', 'S3', () => ({ Field: 'eventName', Equals: ['PutObject'] })),
  within<cloudtrail.CfnTrail>(TRAIL, 'objects of the data bucket are left out', 'who reads data is not recorded', t => {
    const s3 = indexOf(t.resource, 'AdvancedEventSelectors', s => s.Name === 'S3');
    const arns = indexOf(t.resource, `AdvancedEventSelectors.${s3}.FieldSelectors`, f => f.Field === 'resources.ARN');
    append(t.resource, `AdvancedEventSelectors.${s3}.FieldSelectors.${arns}.NotStartsWith`, t.stack.resolve(`${t.application.bucket.bucketArn}/`));
  }),
  within<cloudtrail.CfnTrail>(TRAIL, 'each log file is told to somebody else', 'strangers hear of every file', t => t.resource.addPropertyOverride('SnsTopicName', foreignArn('sns', 'collector'))),
  apart<cloudtrail.CfnTrail>(TRAIL, 'a function may stop and delete it', 'whoever has the function leaves no traces', t => manager(t, ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail', 'cloudtrail:PutEventSelectors'], t.resource.attrArn)),
];

const ALARMS: Kind[] = [
  within<cloudwatch.CfnAlarm>(ALARM, 'a dimension that the metric does not have', 'it sees nothing', t => append(t.resource, 'Dimensions', { Name: 'Environment', Value: 'production' })),
  within<cloudwatch.CfnAlarm>(ALARM, 'a unit that the metric does not have', 'it sees nothing', t => t.resource.addPropertyOverride('Unit', 'Megabytes')),
  within<cloudwatch.CfnAlarm>(ALARM, 'somebody else is told too', 'strangers read the alarms', t => append(t.resource, 'AlarmActions', foreignArn('sns', 'collector'))),
  apart<cloudwatch.CfnAlarm>(ALARM, 'it is mute at night', 'whoever comes at night is not noticed', t => new cloudwatch.CfnAlarmMuteRule(t.scope, 'Mute', {
    name: 'Nights', muteTargets: { alarmNames: [t.resource.ref] }, rule: { schedule: { expression: 'cron(0 20 * * *)', duration: 'PT12H' } },
  })),
  apart<cloudwatch.CfnAlarm>(ALARM, 'a function may delete it and switch it off', 'whoever has the function is not noticed', t => manager(t, ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions'], t.resource.attrArn)),
];

const transformation = ({ resource }: Target) => rendered(resource, 'MetricTransformations.0');

const FILTERS: Kind[] = [
  within<logs.CfnMetricFilter>(FILTER, 'a pattern that never matches', 'the alarm sees nothing', t =>
    t.resource.addPropertyOverride('FilterPattern', String(rendered(t.resource, 'FilterPattern')).replace(/^\{(.*)\}$/, '{ ($1) && ($.eventVersion = "0") }'))),
  within<logs.CfnMetricFilter>(FILTER, 'a pattern that leaves a role out', 'that role is not noticed', t =>
    t.resource.addPropertyOverride('FilterPattern', String(rendered(t.resource, 'FilterPattern')).replace(/^\{(.*)\}$/, '{ ($1) && ($.userIdentity.arn != "*Operator*") }'))),
  within<logs.CfnMetricFilter>(FILTER, 'a dimension that the alarm does not have', 'the alarm sees nothing', t => {
    t.resource.addPropertyOverride('MetricTransformations.0.Dimensions', [{ Key: 'Event', Value: '$.eventName' }]);
    t.resource.addPropertyDeletionOverride('MetricTransformations.0.DefaultValue'); // CloudWatch takes one or the other
  }),
  within<logs.CfnMetricFilter>(FILTER, 'the region of the application is left out', 'what happens there is not noticed', t => t.resource.addPropertyOverride('FieldSelectionCriteria', `@aws.region != "${REGION}"`)),
  apart<logs.CfnMetricFilter>(FILTER, 'another filter takes away from the metric', 'the sum stays nought, and the alarm quiet', t => new logs.CfnMetricFilter(t.scope, 'Drain', {
    logGroupName: t.application.trail!.logGroup.logGroupName,
    filterPattern: rendered(t.resource, 'FilterPattern'),
    metricTransformations: [{ metricName: transformation(t).MetricName, metricNamespace: transformation(t).MetricNamespace, metricValue: '-1' }],
  })),
];

const narrowed = (name: string, why: string, at: string, value: any): Kind => within<events.CfnRule>(RULE, name, why, t => t.resource.addPropertyOverride(`EventPattern.${at}`, value));

const RULES: Kind[] = [
  narrowed('events of another account only', 'nobody is told of ours', 'account', [FOREIGN]),
  narrowed('events of one resource only', 'nobody is told of the others', 'resources', [ownArn('ec2', 'instance/i-0a1b2c3d4e5f60718')]),
  narrowed('events of another time only', 'nobody is told', 'time', [{ prefix: '1999' }]),
  within<events.CfnRule>(RULE, 'somebody else is told too', 'strangers read the events', t => append(t.resource, 'Targets', { Id: 'Theirs', Arn: foreignArn('events', 'event-bus/collector') })),
  within<events.CfnRule>(RULE, 'another bus', 'no event of AWS comes there', t => t.resource.addPropertyOverride('EventBusName', 'other')),
  apart<events.CfnRule>(RULE, 'a function may switch it off', 'whoever has the function is not noticed', t => manager(t, ['events:DisableRule', 'events:RemoveTargets'], t.resource.attrArn)),
];

const RECORDERS: Kind[] = [
  within<config.CfnConfigurationRecorder>(RECORDER, 'some types are recorded daily', 'what is changed and changed back is not recorded', t => t.resource.addPropertyOverride('RecordingMode.RecordingModeOverrides',
    [{ Description: 'cheaper', RecordingFrequency: 'DAILY', ResourceTypes: ['AWS::IAM::Role', 'AWS::EC2::SecurityGroup'] }])),
  within<config.CfnConfigurationRecorder>(RECORDER, 'some types are left out', 'what is changed is not recorded', t => {
    t.resource.addPropertyOverride('RecordingGroup.ExclusionByResourceTypes', { ResourceTypes: ['AWS::IAM::Role'] });
    t.resource.addPropertyOverride('RecordingGroup.RecordingStrategy.UseOnly', 'EXCLUSION_BY_RESOURCE_TYPES');
    t.resource.addPropertyOverride('RecordingGroup.AllSupported', false);
    t.resource.addPropertyDeletionOverride('RecordingGroup.IncludeGlobalResourceTypes');
  }),
  within<config.CfnConfigurationRecorder>(RECORDER, 'it waits for something that its channel does not wait for', 'one of them times out in a first deployment', t => t.resource.node.addDependency(new sns.Topic(t.stack, 'Slow'))),
  within<config.CfnConfigurationRecorder>(RECORDER, 'it waits for its channel', 'there is no channel without a recorder', t => t.resource.node.addDependency(t.application.recorder!.deliveryChannel)),
  apart<config.CfnConfigurationRecorder>(RECORDER, 'another account collects what it records', 'strangers read the whole configuration', t => new config.CfnAggregationAuthorization(t.scope, 'Aggregation', { authorizedAccountId: FOREIGN, authorizedAwsRegion: REGION })),
  apart<config.CfnConfigurationRecorder>(RECORDER, 'a function may stop it', 'whoever has the function changes things unseen', t => manager(t, ['config:StopConfigurationRecorder', 'config:DeleteConfigurationRecorder'], '*')),
  within<config.CfnDeliveryChannel>('AWS::Config::DeliveryChannel', 'each change is told to somebody else', 'strangers read the whole configuration', t => t.resource.addPropertyOverride('SnsTopicARN', foreignArn('sns', 'collector'))),
];

export const AUDITS: Kind[] = [...TRAILS, ...ALARMS, ...FILTERS, ...RULES, ...RECORDERS];
