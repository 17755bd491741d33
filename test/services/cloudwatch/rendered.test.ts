import { RenderedTemplate } from '../../../src/core/template';
import { filtersOf, rings } from '../../../src/services/cloudwatch/rendered';

const alarm = (name: string) => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { Namespace: 'CISBenchmark', MetricName: name, ActionsEnabled: true, AlarmActions: [{ Ref: 'Topic' }] },
});
const filter = (name: string) => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: { MetricTransformations: [{ MetricNamespace: 'CISBenchmark', MetricName: name, MetricValue: '1' }] },
});

test('an alarm rings when its actions are on and not empty', () => {
  const t = new RenderedTemplate({ Resources: { On: alarm('a'), Off: { Type: 'AWS::CloudWatch::Alarm' } } });
  expect([rings(t.resource('On')!, t), rings(t.resource('Off')!, t)]).toEqual([true, false]);
});

test('an alarm without filters has none', () => {
  const t = new RenderedTemplate({ Resources: { Alarm: alarm('a'), Filter: filter('b') } });
  expect(filtersOf(t.resource('Alarm')!, t)).toEqual([]);
});
