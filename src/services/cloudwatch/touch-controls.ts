// What may be done to alarms over the events of a trail, and to their metrics.
import { filtersOf, loweringOf, sees } from './rendered';
import { placeOf } from '../../core/assembly';
import type { Control } from '../../core/control';
import { isExpected } from '../../core/ours';
import { homeOf } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, functionOf, isGiven, isOneOf, list, mentions } from '../../core/values';

const ALARM = ['AWS::CloudWatch::Alarm'];
const KNOWN_TYPES = ['Alarm', 'CompositeAlarm', 'Dashboard', 'AlarmMuteRule', 'InsightRule', 'AnomalyDetector', 'MetricStream', 'LogAlarm']
  .map(type => `AWS::CloudWatch::${type}`);

/** Whether CloudWatch makes metrics of a log group's events: of the class for rare access it makes none. */
function makesMetrics(filter: RenderedResource, t: RenderedTemplate): boolean {
  const group = t.target('AWS::Logs::LogGroup', filter.properties.LogGroupName);
  return group === undefined || !isGiven(group.properties.LogGroupClass) || isOneOf(group.properties.LogGroupClass, 'STANDARD');
}

/** Whether a mute rule is, or may be, for an alarm: another one is named by a reference, or by a text that is not the name of this. */
function mutes({ properties }: RenderedResource, alarm: RenderedResource, t: RenderedTemplate): boolean {
  const { MuteTargets: targets } = properties;
  const isFor = (name: Json) => typeof name === 'string'
    ? /[*?]/.test(name) || name.includes(placeOf(alarm.logicalId).logicalId) || name === alarm.properties.AlarmName
    : mentions(name, alarm.logicalId) || t.target('AWS::CloudWatch::Alarm', name) === undefined;
  return isGiven(targets) && (functionOf(targets) !== undefined || list(at(targets, 'AlarmNames')).some(isFor));
}

export const ALARM_SEES: Control = {
  id: 'TRL-12',
  title: 'the alarm sees every event that its filters find, and nothing lowers the sum or mutes it',
  prevents: 'an alarm that looks as it should and never goes off',
  kind: 'floor',
  types: ALARM,
  property: 'MetricName',
  mend: 'leave dimensions, units and expressions out of the alarm and its filters, and count nothing below zero into its metric',
  fsbp: ['CloudWatch.1'],
  nist: ['AU-6(1)', 'SI-4(5)'],
  pci: ['10.4.1'],
  holds: (r, t) => sees(r) && filtersOf(r, t).length > 0 && filtersOf(r, t).every(f => makesMetrics(f, t)),
  breaks: (r, t) => [
    ...loweringOf(r, t),
    ...t.resourcesOf('AWS::CloudWatch::AlarmMuteRule').filter(rule => t.areNear(rule, r) && mutes(rule, r, t)),
    ...t.mentioning('AWS::CloudWatch::', r.logicalId, ...KNOWN_TYPES),
  ],
};

export const ALARM_TELLS_OURS: Control = {
  id: 'TRL-13',
  title: 'the alarm tells nobody outside the account but whom it was made to tell',
  prevents: 'an intruder who hears what was noticed',
  kind: 'default',
  types: ALARM,
  property: 'AlarmActions',
  mend: "give actions of this account, and the topic of another one in 'topic'",
  nist: ['AC-4', 'SI-4(5)'],
  holds: r => list(r.properties.AlarmActions).length > 0,
  breaks: (r, t) => {
    const { AlarmActions: alarm, OKActions: ok, InsufficientDataActions: missing } = r.properties;
    return [alarm, ok, missing].flatMap(list).every(action => isExpected(action, r, homeOf(r, t))) ? [] : [r];
  },
};
