import { Aws, Token } from 'aws-cdk-lib/core';
import { CIS_PATTERNS } from '../../../src/services/cloudwatch/facts';
import * as settings from '../../../src/services/cloudwatch/settings';

const AT = { node: { path: 'Stack/Alarms' } };
const custom = { name: 'Keys', description: 'an access key was made', filterPattern: '{ $.eventName = CreateAccessKey }' };
const texts = (patternSet?: settings.PatternSet) => settings.eventAlarms(AT, { patternSet }).benchmark.map(a => a.patterns);

test("there is an alarm for each recommendation, with the benchmark's text", () => {
  const { benchmark, custom: others } = settings.eventAlarms(AT, {});
  expect(benchmark).toEqual(CIS_PATTERNS.map(p => (
    { name: p.name, description: `CIS ${p.number}: ${p.happened}`, patterns: [p.pattern], namespace: 'CISBenchmark', threshold: 1 })));
  expect(others).toEqual([]);
});

test('a set of patterns has its texts and its namespace', () => {
  expect(texts(settings.SECURITY_HUB)).toEqual(CIS_PATTERNS.map(p => [p.securityHub ?? p.pattern]));
  expect(texts(settings.BOTH)).toEqual(CIS_PATTERNS.map(p => p.securityHub === undefined ? [p.pattern] : [p.pattern, p.securityHub]));
  expect([settings.CIS, settings.SECURITY_HUB, settings.BOTH].map(s => s.namespace)).toEqual(['CISBenchmark', 'LogMetrics', 'LogMetrics']);
});

test('an alarm goes off at the first event in five minutes', () => {
  expect(settings.alarm({ name: 'Keys', description: 'it happened', patterns: [], namespace: 'Own', threshold: 1 })).toEqual({
    alarmDescription: 'it happened',
    namespace: 'Own',
    metricName: 'Keys',
    statistic: 'Sum',
    period: 300,
    evaluationPeriods: 1,
    threshold: 1,
    comparisonOperator: 'GreaterThanOrEqualToThreshold',
    treatMissingData: 'notBreaching',
    actionsEnabled: true,
  });
});

test('a filter for each text feeds its metric', () => {
  const metricTransformations = [{ metricNamespace: 'Own', metricName: 'Keys', metricValue: '1', defaultValue: 0 }];
  expect(settings.metricFilters({ name: 'Keys', description: '', patterns: ['{a}', '{b}'], namespace: 'Own', threshold: 1 }))
    .toEqual([{ filterPattern: '{a}', metricTransformations }, { filterPattern: '{b}', metricTransformations }]);
});

test('custom alarms go off at the first event, or at as many as they say', () => {
  const { custom: alarms } = settings.eventAlarms(AT, { customAlarms: [custom, { ...custom, name: 'More', threshold: 3 }], metricNamespace: 'Own' });
  expect(alarms.map(a => [a.name, a.patterns, a.threshold, a.namespace])).toEqual(
    [['Keys', [custom.filterPattern], 1, 'Own'], ['More', [custom.filterPattern], 3, 'Own']]);
});

test('leaves out what is disabled', () => {
  const names = settings.eventAlarms(AT, { disabledAlarms: ['RootUse', 'VpcChanges'] }).benchmark.map(a => a.name);
  expect(names).toEqual(CIS_PATTERNS.map(p => p.name).filter(n => n !== 'RootUse' && n !== 'VpcChanges'));
});

test.each<[string, object, string]>([
  ['all disabled', { disabledAlarms: CIS_PATTERNS.map(p => p.name) }, "[Stack/Alarms] 'enabled alarms' is empty: 'disabledAlarms' has all fifteen"],
  ['an alarm that is none', { disabledAlarms: ['Root'] }, "'disabledAlarms' has 'Root', which the benchmark does not have: take values of CisAlarm"],
  ['no list', { disabledAlarms: 'RootUse' }, "'disabledAlarms' is the text 'RootUse', not a list: put it into brackets"],
  ['a list that is a token', { disabledAlarms: Token.asList({ Ref: 'Alarms' }) }, "'disabledAlarms' is a list that is known only at deployment"],
  ['a namespace of AWS', { metricNamespace: 'AWS/Logs' }, "'metricNamespace' is 'AWS/Logs'"],
  ['no list of alarms', { customAlarms: custom }, "'customAlarms' is an object, not a list"],
  ['an alarm without a name', { customAlarms: [{ ...custom, name: undefined }] }, "'name' is missing: take up to 100 letters and digits"],
  ['a text as alarm', { customAlarms: ['Keys'] }, "'customAlarms' is the text 'Keys': give alarms with 'name', 'description' and 'filterPattern'"],
  ['a name that is a token', { customAlarms: [{ ...custom, name: Aws.STACK_NAME }] }, "'name' is known only at deployment"],
  ['a name with a hyphen', { customAlarms: [{ ...custom, name: 'a-b' }] }, "'name' is 'a-b'"],
  ['a name twice', { customAlarms: [custom, custom] }, "'customAlarms' has the name 'Keys', which another alarm has"],
  ['a pattern that is too long', { customAlarms: [{ ...custom, filterPattern: 'a'.repeat(1025) }] }, "give the alarm 'Keys' a pattern of 1 to 1024 characters"],
  ['no events', { customAlarms: [{ ...custom, threshold: 0 }] }, "'threshold' must be a whole number from 1 to 1000000 events in five minutes, got 0"],
])('refuses %s', (_name, options, message) => expect(() => settings.eventAlarms(AT, options)).toThrow(message));
