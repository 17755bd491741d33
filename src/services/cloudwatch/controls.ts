import { CIS_PATTERNS, CisPattern } from './facts';
import type { Control } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { topicLetsIn } from '../../core/policies';
import { list, same } from '../../core/values';

const ALARM = ['AWS::CloudWatch::Alarm'];

/** Whether an alarm tells somebody. */
export const rings = (alarm: RenderedResource, t: RenderedTemplate) => alarm.properties.ActionsEnabled === true
  && list(alarm.properties.AlarmActions).length > 0 && list(alarm.properties.AlarmActions).every(topic => topicLetsIn(topic, t, 'cloudwatch.amazonaws.com'));

/** The metric filters that feed an alarm's metric. */
export const filtersOf = (alarm: RenderedResource, t: RenderedTemplate) => t.resourcesOf('AWS::Logs::MetricFilter').filter(f => list(f.properties.MetricTransformations)
  .some(m => m.MetricName === alarm.properties.MetricName && same(m.MetricNamespace, alarm.properties.Namespace) && m.MetricValue === '1'));

/** The log groups, as text, in which each pattern has an alarm that rings. */
const watchedGroups = (t: RenderedTemplate) => t.once('watched log groups', () => {
  const groups = new Map<string, Set<string>>();
  for (const alarm of t.resourcesOf('AWS::CloudWatch::Alarm').filter(a => rings(a, t))) {
    for (const { properties } of filtersOf(alarm, t)) {
      if (properties.FilterPattern === undefined) { continue; }
      const known = groups.get(properties.FilterPattern) ?? new Set();
      groups.set(properties.FilterPattern, known.add(JSON.stringify(properties.LogGroupName)));
    }
  }
  return groups;
});

/**
 * One control for each recommendation: `TRL-10.3` is CIS 5.3. It is claimed on any alarm over the log group, so that it can be
 * claimed, and waived, for one that is off.
 */
function watched(pattern: CisPattern): Control {
  const texts = [pattern.pattern, ...pattern.securityHub === undefined ? [] : [pattern.securityHub]];
  return {
    id: `TRL-10${pattern.number.replace('5.', '.')}`,
    title: `an alarm goes off when ${pattern.happened}`,
    prevents: `that nobody hears that ${pattern.happened}`,
    kind: 'default',
    types: ALARM,
    property: 'AWS::Logs::MetricFilter',
    mend: `take '${pattern.name}' out of 'disabledAlarms'`,
    cis: [pattern.number],
    fsbp: pattern.fsbp ? [pattern.fsbp] : undefined,
    nist: ['SI-4(5)', 'AU-6(1)'],
    pci: ['10.4.1'],
    holds: (r, t) => {
      const own = filtersOf(r, t).map(f => JSON.stringify(f.properties.LogGroupName));
      return texts.some(text => own.some(group => watchedGroups(t).get(text)?.has(group)));
    },
  };
}

/** The fifteen controls, in the order of `CIS_PATTERNS`. */
export const CIS_ALARMS: Control[] = CIS_PATTERNS.map(watched);
