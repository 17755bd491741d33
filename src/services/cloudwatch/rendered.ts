// How the alarms of a template hang together: what feeds them, and whether they tell somebody.
import { isLess } from '../../core/metrics';
import { mayBeTopic, topicLetsIn } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { rememberedOfEach } from '../../core/template';
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
function isOfMetric(transformation: Json, { properties }: RenderedResource): boolean {
  return same(at(transformation, 'MetricName'), properties.MetricName) && same(at(transformation, 'MetricNamespace'), properties.Namespace);
}

/** The metric filters, with those of their transformations that are wanted. */
function filtersWith(t: RenderedTemplate, isWanted: (transformation: Json) => boolean) {
  return t.once(isWanted, () => t.resourcesOf('AWS::Logs::MetricFilter')
    .map(filter => ({ filter, wanted: list(filter.properties.MetricTransformations).filter(isWanted) })).filter(f => f.wanted.length > 0));
}

/** Whether a transformation adds one for each event. Under dimensions it would be of another metric, which an alarm does not see. */
const counts = (m: Json) => isOneOf(at(m, 'MetricValue'), 1) && list(at(m, 'Dimensions')).length === 0;

/** The metric filters that feed an alarm's metric. */
export const filtersOf = rememberedOfEach((alarm: RenderedResource, t: RenderedTemplate): readonly RenderedResource[] =>
  filtersWith(t, counts).filter(({ wanted }) => wanted.some(m => isOfMetric(m, alarm))).map(({ filter }) => filter)
    .filter(filter => hasOnly(filter, PLAIN_FILTER)));

/** The metric filters that may lower an alarm's metric. */
export function loweringOf(alarm: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return filtersWith(t, isLess).filter(({ filter, wanted }) => t.areNear(filter, alarm) && wanted.some(m => isOfMetric(m, alarm)))
    .map(({ filter }) => filter);
}

/** What an alarm may have that sees every event of its metric. */
const PLAIN_ALARM = [
  'ActionsEnabled', 'AlarmActions', 'AlarmDescription', 'AlarmName', 'ComparisonOperator', 'DatapointsToAlarm', 'EvaluationPeriods',
  'InsufficientDataActions',
  'MetricName', 'Namespace', 'OKActions', 'Period', 'Statistic', 'Tags', 'Threshold', 'TreatMissingData',
];

/** Whether an alarm sees its metric: no dimension, unit or expression makes it look at another one. */
export function sees(alarm: RenderedResource): boolean {
  return hasOnly(alarm, PLAIN_ALARM)
    && (!isGiven(alarm.properties.DatapointsToAlarm) || isOneOf(alarm.properties.DatapointsToAlarm, 1));
}
