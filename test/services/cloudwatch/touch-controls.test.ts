import { ADMITTED } from '../../../src/core/ours';
import * as touch from '../../../src/services/cloudwatch/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate, Resources } from '../../support/predicate';

const ALARM: Resources = {
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'CISBenchmark',
      MetricName: 'RootUse',
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ActionsEnabled: true,
      AlarmActions: [{ Ref: 'Topic' }],
    },
  },
  Filter: {
    Type: 'AWS::Logs::MetricFilter',
    Properties: { LogGroupName: { Ref: 'Logs' }, FilterPattern: '{ a }', MetricTransformations: [{ MetricNamespace: 'CISBenchmark', MetricName: 'RootUse', MetricValue: '1', DefaultValue: 0 }] },
  },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
};
const alarm = (property: string, value: any) => (r: any) => { r.Alarm.Properties[property] = value; };
const filter = (property: string, value: any) => (r: any) => { r.Filter.Properties[property] = value; };

provePredicate(touch.ALARM_SEES, ALARM, {
  'the alarm has a dimension': alarm('Dimensions', [{ Name: 'a', Value: 'b' }]),
  'the deployment knows the dimensions': alarm('Dimensions', { 'Fn::Unknown': 'P' }),
  'the alarm has a unit': alarm('Unit', 'Seconds'),
  'the alarm evaluates an expression': alarm('Metrics', [{ Id: 'a' }]),
  'the alarm takes a percentile': alarm('ExtendedStatistic', 'p10'),
  'the alarm has a property that nobody knows': alarm('EvaluationCriteria', { a: 1 }),
  'two datapoints are needed': alarm('DatapointsToAlarm', 2),
  'the alarm is of another namespace': alarm('Namespace', 'Other'),
  'the metric has a dimension': r => { r.Filter.Properties.MetricTransformations[0].Dimensions = [{ Key: 'a', Value: '$.b' }]; },
  'the filter is for some accounts': filter('FieldSelectionCriteria', '@aws.account = "1"'),
  'the metric has the dimension of an account': filter('EmitSystemFieldDimensions', ['@aws.account']),
  'the filter is for what a transformer made': filter('ApplyOnTransformedLogs', true),
  'the log group makes no metrics': r => { r.Logs.Properties.LogGroupClass = 'INFREQUENT_ACCESS'; },
});

const second = (transformation: any) => (r: any) => {
  r.Second = { Type: 'AWS::Logs::MetricFilter', Properties: { LogGroupName: 'other', MetricTransformations: [{ MetricNamespace: 'CISBenchmark', MetricName: 'RootUse', MetricValue: '1', ...transformation }] } };
};
const mute = (targets: any) => (r: any) => { r.Mute = { Type: 'AWS::CloudWatch::AlarmMuteRule', Properties: { MuteTargets: targets } }; };
proveBreaks(touch.ALARM_SEES, ALARM, {
  'the same is counted in another log group': second({}),
  'another metric is lowered': second({ MetricName: 'Other', MetricValue: '-1' }),
  'the alarm may have a tag': alarm('Tags', [{ Key: 'a', Value: 'b' }]),
  'another alarm is muted': mute({ AlarmNames: ['other'] }),
  'a dashboard shows it': r => { r.Dashboard = { Type: 'AWS::CloudWatch::Dashboard', Properties: { DashboardBody: { 'Fn::GetAtt': ['Alarm', 'Arn'] } } }; },
}, {
  'something is taken from the sum': [second({ MetricValue: '-1' }), 'Second'],
  'something is taken from the sum where nothing is found': [second({ DefaultValue: -1000 }), 'Second'],
  'a field of the event is added': [second({ MetricValue: '$.size' }), 'Second'],
  'the own filter takes something from the sum where it finds nothing': [r => { r.Filter.Properties.MetricTransformations[0].DefaultValue = -1; }, 'Filter'],
  'it is muted': [mute({ AlarmNames: [{ Ref: 'Alarm' }] }), 'Mute'],
  'every alarm is muted': [mute({ AlarmNames: ['*'] }), 'Mute'],
  'the deployment knows what is muted': [mute({ AlarmNames: { 'Fn::Unknown': 'P' } }), 'Mute'],
  'something of CloudWatch that nobody knows is about it': [r => { r.New = { Type: 'AWS::CloudWatch::AlarmFilter', Properties: { Alarm: { Ref: 'Alarm' } } }; }, 'New'],
});

const FOREIGN_TOPIC = `arn:aws:sns:eu-west-1:${FOREIGN}:alarms`;
proveBreaks(touch.ALARM_TELLS_OURS, ALARM, {
  'another topic of the account': alarm('AlarmActions', [{ Ref: 'Topic' }, `arn:aws:sns:eu-west-1:${OWN}:alarms`]),
  'the topic of another account that it was made for': r => { r.Alarm.Metadata = { [ADMITTED]: [FOREIGN_TOPIC] }; r.Alarm.Properties.AlarmActions = [FOREIGN_TOPIC]; },
}, {
  'a topic of another account': [alarm('AlarmActions', [{ Ref: 'Topic' }, FOREIGN_TOPIC]), 'Alarm'],
  'a topic of another account, when all is well again': [alarm('OKActions', [FOREIGN_TOPIC]), 'Alarm'],
  'what the deployment knows': [alarm('AlarmActions', [{ Ref: 'Topic' }, { 'Fn::Unknown': 'P' }]), 'Alarm'],
});
