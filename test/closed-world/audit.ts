// What is added to the trail, its log group, the alarms and the recorder.
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Cases, casesOf, Change } from './harness';
import { added, allow, append, document, everybodyOf, FOREIGN, foreignArn, indexOf, l1, override, REGION, statement, to } from './touch';

/** A condition on the events that a selector of the trail is for. */
const selecting = (name: string, ...fields: Record<string, any>[]): Change => override('Trail', trail =>
  append(trail, `AdvancedEventSelectors.${indexOf(trail, 'AdvancedEventSelectors', s => s.Name === name)}.FieldSelectors`, ...fields));

const shipped = added((scope, { application: { trail } }) => new logs.CfnSubscriptionFilter(scope, 'Shipped',
  { logGroupName: trail!.logGroup.logGroupName, filterPattern: '', destinationArn: foreignArn('logs', 'destination:collector') }));
const everythingForForeign = allow(everybodyOf(FOREIGN), 'logs:*', '*');
const logsPolicy = added(scope => new logs.CfnResourcePolicy(scope, 'LogsPolicy',
  { policyName: 'Foreign', policyDocument: JSON.stringify(document(everythingForForeign)) }));

const CASES: Cases = {
  'trail: management events of KMS are left out': {
    'by an override': selecting('Management', { Field: 'eventSource', NotEquals: ['kms.amazonaws.com'] }),
  },
  'trail: objects of the data bucket are left out': {
    'by an override': override('Trail', (trail, stack) => {
      const s3 = indexOf(trail, 'AdvancedEventSelectors', s => s.Name === 'S3');
      const arns = `AdvancedEventSelectors.${s3}.FieldSelectors.${indexOf(trail, `AdvancedEventSelectors.${s3}.FieldSelectors`, f => f.Field === 'resources.ARN')}`;
      append(trail, `${arns}.NotStartsWith`, stack.resolve(`${stack.application.bucket.bucketArn}/`));
    }),
    'by an override, with another operator': override('Trail', (trail, stack) => {
      const s3 = indexOf(trail, 'AdvancedEventSelectors', s => s.Name === 'S3');
      const arns = `AdvancedEventSelectors.${s3}.FieldSelectors.${indexOf(trail, `AdvancedEventSelectors.${s3}.FieldSelectors`, f => f.Field === 'resources.ARN')}`;
      append(trail, `${arns}.NotEquals`, stack.resolve(`${stack.application.bucket.bucketArn}/customers.csv`));
    }),
  },
  'alarm of root use: a dimension that the metric does not have': {
    'by an override': override('Trail/Alarms/RootUse', alarm => append(alarm, 'Dimensions', { Name: 'Environment', Value: 'production' })),
    'by the property': to((_, stack) => { l1<cloudwatch.CfnAlarm>(stack, 'Trail/Alarms/RootUse').dimensions = [{ name: 'Environment', value: 'production' }]; }),
  },
  'metric of root use: it gets a dimension, so the alarm sees nothing': {
    'by an override': override('Trail/Alarms/RootUse-Filter', filter => {
      filter.addPropertyOverride('MetricTransformations.0.Dimensions', [{ Key: 'Event', Value: '$.eventName' }]);
      filter.addPropertyDeletionOverride('MetricTransformations.0.DefaultValue'); // CloudWatch takes one or the other
    }),
    'by the property': to((_, stack) => {
      const filter = l1<logs.CfnMetricFilter>(stack, 'Trail/Alarms/RootUse-Filter');
      const [{ metricName, metricNamespace, metricValue }] = filter.metricTransformations as logs.CfnMetricFilter.MetricTransformationProperty[];
      filter.metricTransformations = [{ metricName, metricNamespace, metricValue, dimensions: [{ key: 'Event', value: '$.eventName' }] }];
    }),
  },
  'trail log group: shipped to another account': {
    ...shipped,
    addSubscriptionFilter: to(({ trail }) => trail!.logGroup.addSubscriptionFilter('Shipped', {
      destination: { bind: () => ({ arn: foreignArn('logs', 'destination:collector') }) }, filterPattern: logs.FilterPattern.allEvents(),
    })),
  },
  'log groups: a resource policy lets another account do everything': {
    ...logsPolicy,
    addToResourcePolicy: to(({ trail }) => trail!.logGroup.addToResourcePolicy(statement(everythingForForeign))),
  },
  'recorder: roles and security groups are recorded daily only': {
    'by an override': override('Recorder', recorder => recorder.addPropertyOverride('RecordingMode.RecordingModeOverrides',
      [{ Description: 'cheaper', RecordingFrequency: 'DAILY', ResourceTypes: ['AWS::IAM::Role', 'AWS::EC2::SecurityGroup'] }])),
  },
  'rule of non-compliance: it notifies of one rule only': {
    'by an override': override('Recorder/Notifications/Compliance', rule =>
      rule.addPropertyOverride('EventPattern.detail.configRuleName', ['encrypted-volumes'])),
    'by an override, of one resource type': override('Recorder/Notifications/Compliance', rule =>
      rule.addPropertyOverride('EventPattern.detail.resourceType', ['AWS::EC2::Volume'])),
    'by an override, of one region': override('Recorder/Notifications/Compliance', rule =>
      rule.addPropertyOverride('EventPattern.detail.awsRegion', [{ 'anything-but': [REGION] }])),
  },
};

export const AUDIT = casesOf('audit', CASES);
