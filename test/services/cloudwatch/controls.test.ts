import { RenderedTemplate } from '../../../src/core/template';
import { ALARM_AT_ONCE, ALARM_NOTIFIES, CIS_ALARMS } from '../../../src/services/cloudwatch/controls';
import { CIS_PATTERNS } from '../../../src/services/cloudwatch/facts';
import { provePredicate } from '../../support/predicate';

const metric = (name: string) => ({ MetricNamespace: 'CISBenchmark', MetricName: name, MetricValue: '1' });
const alarm = (name: string) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Namespace: 'CISBenchmark', MetricName: name, ActionsEnabled: true, AlarmActions: [{ Ref: 'Topic' }] },
});
const filter = (name: string, text: string) => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: { LogGroupName: { Ref: 'Logs' }, FilterPattern: text, MetricTransformations: [metric(name)] },
});

test('they are called as in the benchmark', () => {
  expect(CIS_ALARMS.map(c => c.id)).toEqual(CIS_PATTERNS.map(p => `TRL-10.${p.number.slice(2)}`));
  expect(CIS_ALARMS.map(c => c.cis)).toEqual(CIS_PATTERNS.map(p => [p.number]));
  expect(CIS_ALARMS.every(c => c.kind === 'default')).toBe(true);
});

describe.each(CIS_PATTERNS.map((p, i) => [p.number, i] as [string, number]))('%s', (_number, i) => {
  const { name, pattern } = CIS_PATTERNS[i];
  // Judged on another alarm of the same log group, as for an alarm that is off.
  provePredicate(CIS_ALARMS[i], { Other: alarm('Other'), Alarm: alarm(name), Filter: filter(name, pattern), OtherFilter: filter('Other', '{ $.eventName = Other }') }, {
    'there is no filter': r => { delete r.Filter; },
    'the filter has another text': r => { r.Filter.Properties.FilterPattern = `${pattern.slice(0, -1)} && ($.awsRegion = none) }`; },
    'the filter has no text': r => { delete r.Filter.Properties.FilterPattern; },
    'the filter is over another log group': r => { r.Filter.Properties.LogGroupName = { Ref: 'Elsewhere' }; },
    'the filter counts nothing': r => { r.Filter.Properties.MetricTransformations[0].MetricValue = '0'; },
    'the filter feeds another metric': r => { r.Filter.Properties.MetricTransformations[0].MetricName = 'Unwatched'; },
    'the filter feeds another namespace': r => { r.Filter.Properties.MetricTransformations[0].MetricNamespace = 'Elsewhere'; },
    'there is no alarm': r => { delete r.Alarm; },
    'the alarm is silent': r => { r.Alarm.Properties.ActionsEnabled = false; },
    'the alarm notifies nobody': r => { r.Alarm.Properties.AlarmActions = []; },
  });
});

const differing = CIS_PATTERNS.map((p, i) => [p.number, i] as [string, number]).filter(([, i]) => CIS_PATTERNS[i].securityHub !== undefined);

test.each(differing)("%s may have Security Hub's text", (_number, i) => {
  const { name, securityHub } = CIS_PATTERNS[i];
  const t = new RenderedTemplate({ Resources: { Alarm: alarm(name), Filter: filter(name, securityHub!) } });
  expect(CIS_ALARMS[i].holds(t.resource('Alarm')!, t)).toBe(true);
});

const AT_ONCE = {
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace: 'CISBenchmark',
      MetricName: 'RootUse',
      Statistic: 'Sum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      ActionsEnabled: true,
      AlarmActions: [{ Ref: 'Topic' }],
    },
  },
  Filter: {
    Type: 'AWS::Logs::MetricFilter',
    Properties: { MetricTransformations: [{ MetricNamespace: 'CISBenchmark', MetricName: 'RootUse', MetricValue: '1' }] },
  },
};
const set = (property: string, value: any) => (r: any) => { r.Alarm.Properties[property] = value; };

provePredicate(ALARM_AT_ONCE, AT_ONCE, {
  'it needs two events': set('Threshold', 2),
  'it needs more than one event': set('ComparisonOperator', 'GreaterThanThreshold'),
  'it needs two periods': set('EvaluationPeriods', 2),
  'a period is an hour': set('Period', 3600),
  'it takes the average': set('Statistic', 'Average'),
  'no data is a breach': set('TreatMissingData', 'breaching'),
  'nothing feeds its metric': r => { delete r.Filter; },
});
provePredicate(ALARM_NOTIFIES, AT_ONCE, {
  'it is silent': set('ActionsEnabled', false),
  'it is not said': set('ActionsEnabled', undefined),
  'it has no action': set('AlarmActions', []),
});

const publishes = (Action: any) => ({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action, Resource: '*' });
provePredicate(ALARM_NOTIFIES, {
  ...AT_ONCE,
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['TopicKey', 'Arn'] } } },
  TopicPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [publishes('sns:Publish')] } } },
  TopicKey: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [publishes(['kms:Decrypt', 'kms:GenerateDataKey*'])] } } },
}, {
  'the topic does not let alarms in': r => { r.TopicPolicy.Properties.PolicyDocument.Statement = []; },
  'the key does not let alarms in': r => { r.TopicKey.Properties.KeyPolicy.Statement = []; },
});
