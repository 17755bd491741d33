// How the alarms of a template hang together: what feeds them, and whether they tell somebody.
import { topicLetsIn } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isOneOf, isTrue, list, same } from '../../core/values';

/** Whether an alarm tells somebody. */
export function rings({ properties }: RenderedResource, t: RenderedTemplate): boolean {
  const topics = list(properties.AlarmActions);
  return isTrue(properties.ActionsEnabled) && topics.length > 0 && topics.every(topic => topicLetsIn(topic, t, 'cloudwatch.amazonaws.com'));
}

/** The metric filters that feed an alarm's metric. */
export function filtersOf({ properties }: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const counts = (m: Json) => isOneOf(at(m, 'MetricValue'), 1) && same(at(m, 'MetricName'), properties.MetricName)
    && same(at(m, 'MetricNamespace'), properties.Namespace);
  return t.resourcesOf('AWS::Logs::MetricFilter').filter(f => list(f.properties.MetricTransformations).some(counts));
}
