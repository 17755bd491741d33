// The hardened values of alarms over the events of a trail.
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { CisPattern } from './facts';
import { CIS_PATTERNS } from './facts';
import type { Place } from '../../core/validate';
import {
  fail, requireGiven, requireKind, requireKnown, requireList, requireMatch, requireNotEmpty, requireRange,
} from '../../core/validate';

/** Whose text the filters have, and the namespace that its readers expect. */
export interface PatternSet {
  readonly namespace: string;
  readonly texts: (pattern: CisPattern) => string[];
}

/** The text of the benchmark. */
export const CIS: PatternSet = { namespace: 'CISBenchmark', texts: p => [p.pattern] };

/** The text that Security Hub accepts. */
export const SECURITY_HUB: PatternSet = { namespace: 'LogMetrics', texts: p => [p.securityHub ?? p.pattern] };

/** Both texts, each once. */
export const BOTH: PatternSet = { namespace: 'LogMetrics', texts: p => [...new Set([...CIS.texts(p), ...SECURITY_HUB.texts(p)])] };

/** An alarm over the events of a trail. */
export interface EventAlarm {
  readonly name: string;
  readonly description: string;
  /** The texts of the filters that feed it. */
  readonly patterns: string[];
  readonly namespace: string;
  readonly threshold: number;
}

/** An alarm besides those of the benchmark. */
export interface CustomAlarmOptions {
  readonly name: string;
  readonly description: string;
  readonly filterPattern: string;
  readonly threshold?: number;
}

/** What may differ between sets of alarms. */
export interface EventAlarmOptions {
  readonly patternSet?: PatternSet;
  readonly metricNamespace?: string;
  readonly disabledAlarms?: string[];
  readonly customAlarms?: CustomAlarmOptions[];
}

/** A set of alarms. */
export interface EventAlarms {
  readonly benchmark: EventAlarm[];
  readonly custom: EventAlarm[];
}

/** The alarms of the benchmark, in its order, without those that are left out; and the custom ones. */
export function eventAlarms(at: Place, options: EventAlarmOptions): EventAlarms {
  const custom = options.customAlarms ?? [];
  const patternSet = options.patternSet ?? CIS;
  requireList(at, 'customAlarms', custom);
  requireMatch(at, 'metricNamespace', options.metricNamespace, /^(?!AWS\/)[\w.\-/#:]{1,255}$/,
    "use letters, digits and any of . - _ / # : and do not begin with 'AWS/'");
  custom.forEach((c, i) => checkCustom(at, c, custom.slice(0, i)));
  const namespace = options.metricNamespace ?? patternSet.namespace;
  return {
    benchmark: enabled(at, options.disabledAlarms ?? []).map(p => ({
      name: p.name,
      description: `CIS ${p.number}: ${p.happened}`,
      patterns: patternSet.texts(p),
      namespace,
      threshold: 1,
    })),
    custom: custom.map(c => ({
      name: c.name,
      description: c.description,
      patterns: [c.filterPattern],
      namespace,
      threshold: c.threshold ?? 1,
    })),
  };
}

function enabled(at: Place, disabled: string[]): CisPattern[] {
  requireList(at, 'disabledAlarms', disabled);
  const unknown = disabled.find(name => !CIS_PATTERNS.some(p => p.name === name));
  if (unknown !== undefined) {
    fail(at, `'disabledAlarms' has '${unknown}', which the benchmark does not have: take values of CisAlarm`);
  }
  const patterns = CIS_PATTERNS.filter(p => !disabled.includes(p.name));
  requireNotEmpty(at, 'enabled alarms', patterns, "'disabledAlarms' has all fifteen, so leave the construct out");
  return patterns;
}

function checkCustom(at: Place, custom: CustomAlarmOptions, before: CustomAlarmOptions[]): void {
  requireKind(at, 'customAlarms', custom, ['name', 'description', 'filterPattern'],
    "alarms with 'name', 'description' and 'filterPattern'");
  const mend = 'take up to 100 letters and digits and begin with a letter';
  requireGiven(at, 'name', custom.name, mend);
  requireKnown(at, 'name', custom.name, mend);
  requireMatch(at, 'name', custom.name, /^[A-Za-z][A-Za-z0-9]{0,99}$/, mend);
  if ([...CIS_PATTERNS, ...before].some(other => other.name === custom.name)) {
    fail(at, `'customAlarms' has the name '${custom.name}', which another alarm has: take a name of its own`);
  }
  requireGiven(at, 'filterPattern', custom.filterPattern, `give the alarm '${custom.name}' a pattern`);
  requireMatch(at, 'filterPattern', custom.filterPattern, /^[^]{1,1024}$/,
    `give the alarm '${custom.name}' a pattern of 1 to 1024 characters`);
  requireRange(at, 'threshold', custom.threshold, 1, 1000000, 'events in five minutes');
}

/** The alarm: it goes off when there are enough events in five minutes. */
export function alarm(options: EventAlarm) {
  return {
    alarmDescription: options.description,
    namespace: options.namespace,
    metricName: options.name,
    statistic: 'Sum',
    period: 300,
    evaluationPeriods: 1,
    threshold: options.threshold,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    actionsEnabled: true,
  } satisfies Partial<cloudwatch.CfnAlarmProps>;
}

/** The filters that feed an alarm. */
export function metricFilters(options: EventAlarm): Omit<logs.CfnMetricFilterProps, 'logGroupName'>[] {
  return options.patterns.map(filterPattern => ({
    filterPattern,
    metricTransformations: [{ metricNamespace: options.namespace, metricName: options.name, metricValue: '1', defaultValue: 0 }],
  }));
}
