import { lowersMetrics } from '../../src/core/metrics';

const filter = (transformation: any) => ({ MetricTransformations: [{ MetricName: 'A', ...transformation }] });

test.each<[string, any, boolean]>([
  ['one', { MetricValue: '1' }, false],
  ['one, and nothing else', { MetricValue: '1', DefaultValue: 0 }, false],
  ['less than nothing', { MetricValue: '-1' }, true],
  ['a field of the event', { MetricValue: '$.bytes' }, true],
  ['less than nothing where nothing is found', { MetricValue: '1', DefaultValue: -5 }, true],
  ['what only the deployment knows', { MetricValue: { 'Fn::Unknown': 'P' } }, true],
])('a filter that counts %s', (_name, transformation, lowers) => expect(lowersMetrics(filter(transformation))).toBe(lowers));
