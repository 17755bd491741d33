// What must hold of alarms over the events of a trail.
import { CIS_PATTERNS, CisPattern } from './facts';
import { filtersOf, rings } from './rendered';
import type { Control } from '../../core/control';
import type { RenderedTemplate } from '../../core/template';
import { numberOf, stringOf } from '../../core/values';

const ALARM = ['AWS::CloudWatch::Alarm'];

export const ALARM_AT_ONCE: Control = {
  id: 'TRL-10',
  title: 'the alarm goes off at the first event in five minutes',
  prevents: 'an alarm that waits until it is too late, or that never goes off',
  kind: 'floor',
  types: ALARM,
  property: 'Threshold',
  mend: 'leave the alarm at a sum of one or more in one period of 300 seconds',
  fsbp: ['CloudWatch.1'],
  nist: ['SI-4(5)', 'AU-6(1)'],
  pci: ['10.4.1'],
  holds: (r, t) => {
    const alarm = r.properties;
    const inOnePeriod = alarm.Statistic === 'Sum' && numberOf(alarm.Period) === 300 && numberOf(alarm.EvaluationPeriods) === 1;
    const atTheFirst = numberOf(alarm.Threshold) === 1 && alarm.ComparisonOperator === 'GreaterThanOrEqualToThreshold';
    return inOnePeriod && atTheFirst && alarm.TreatMissingData === 'notBreaching' && filtersOf(r, t).length > 0;
  },
};

export const ALARM_NOTIFIES: Control = {
  id: 'TRL-11',
  title: 'the alarm notifies somebody',
  prevents: 'an alarm that changes its colour and tells nobody',
  kind: 'floor',
  types: ALARM,
  property: 'AlarmActions',
  mend: 'leave the actions of the alarm on and its topic among them',
  fsbp: ['CloudWatch.15', 'CloudWatch.17'],
  nist: ['AU-6', 'SI-4(5)'],
  pci: ['10.4.1', '12.10.5'],
  holds: rings,
};

/** The log groups, as text, in which each pattern has an alarm that rings. */
const watchedGroups = (t: RenderedTemplate) => t.once('watched log groups', () => {
  const groups = new Map<string, Set<string>>();
  for (const alarm of t.resourcesOf('AWS::CloudWatch::Alarm').filter(a => rings(a, t))) {
    for (const { properties } of filtersOf(alarm, t)) {
      const text = stringOf(properties.FilterPattern);
      if (text === undefined) { continue; }
      const known = groups.get(text) ?? new Set();
      groups.set(text, known.add(JSON.stringify(properties.LogGroupName)));
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
