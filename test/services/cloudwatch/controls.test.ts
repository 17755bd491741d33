import { RenderedTemplate } from '../../../src/core/template';
import { CIS_ALARMS, filtersOf, rings } from '../../../src/services/cloudwatch/controls';
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

test('an alarm rings when its actions are on and not empty', () => {
  const t = new RenderedTemplate({ Resources: { On: alarm('a'), Off: { Type: 'AWS::CloudWatch::Alarm' } } });
  expect([rings(t.resource('On')!, t), rings(t.resource('Off')!, t)]).toEqual([true, false]);
});

test('an alarm without filters has none', () => {
  const t = new RenderedTemplate({ Resources: { Alarm: alarm('a'), Filter: filter('b', '{}') } });
  expect(filtersOf(t.resource('Alarm')!, t)).toEqual([]);
});
