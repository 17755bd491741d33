// How the alarms of a template hang together: what feeds them, and whether they tell somebody.
import { mayBeTopic, topicLetsIn } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, entries, isGiven, isOneOf, isTrue, list, same } from '../../core/values';

/** Whether an alarm tells somebody. */
export function rings({ properties }: RenderedResource, t: RenderedTemplate): boolean {
  const topics = list(properties.AlarmActions);
  return isTrue(properties.ActionsEnabled) && topics.some(topic => mayBeTopic(topic, t))
    && topics.every(topic => topicLetsIn(topic, t, 'cloudwatch.amazonaws.com'));
}

/** What a filter may have that counts all that its pattern finds. */
const PLAIN_FILTER = ['FilterName', 'FilterPattern', 'LogGroupName', 'MetricTransformations'];

/** Whether only these properties of a resource are given, or others that are off. */
function hasOnly({ properties }: RenderedResource, known: readonly string[]): boolean {
  return entries(properties).every(([name, value]) => known.includes(name) || value === false || !isGiven(value) || same(value, []));
}

/** Whether a transformation is of the metric of an alarm. */
export function isOfMetric(transformation: Json, { properties }: RenderedResource): boolean {
  return same(at(transformation, 'MetricName'), properties.MetricName) && same(at(transformation, 'MetricNamespace'), properties.Namespace);
}

/** The metric filters that feed an alarm's metric. One whose metric has dimensions feeds another metric, which the alarm does not see. */
export function filtersOf(alarm: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const counts = (m: Json) => isOfMetric(m, alarm) && isOneOf(at(m, 'MetricValue'), 1) && list(at(m, 'Dimensions')).length === 0;
  const plain = t.once('plain filters', () => t.resourcesOf('AWS::Logs::MetricFilter').filter(f => hasOnly(f, PLAIN_FILTER)));
  return plain.filter(f => list(f.properties.MetricTransformations).some(counts));
}

/** What an alarm may have that sees every event of its metric. */
const PLAIN_ALARM = [
  'ActionsEnabled', 'AlarmActions', 'AlarmDescription', 'AlarmName', 'ComparisonOperator', 'EvaluationPeriods', 'InsufficientDataActions',
  'MetricName', 'Namespace', 'OKActions', 'Period', 'Statistic', 'Tags', 'Threshold', 'TreatMissingData',
];

/** Whether an alarm sees its metric: no dimension, unit or expression makes it look at another one. */
export function sees(alarm: RenderedResource): boolean {
  return hasOnly({ ...alarm, properties: { ...alarm.properties, DatapointsToAlarm: undefined } }, PLAIN_ALARM)
    && (!isGiven(alarm.properties.DatapointsToAlarm) || isOneOf(alarm.properties.DatapointsToAlarm, 1));
}
