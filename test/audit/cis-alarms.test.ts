import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { CisAlarm, CisAlarms, CisAlarmsProps, CisPatternSet } from '../../src/audit/cis-alarms';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { CIS_PATTERNS } from '../../src/services/cloudwatch/facts';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render } from '../support/prove';

type Options = Omit<CisAlarmsProps, 'logGroup'>;

/** Alarms over the log group of a trail that exists. */
function adopted(options: Options = {}, stack = newStack()): Stack {
  new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
  new CisAlarms(stack, 'Alarms', { ...options, logGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', 'the-trail') });
  return stack;
}

const filtersOf = (stack: Stack): any[] => render(stack).resourcesOf('AWS::Logs::MetricFilter').map(f => f.properties);
const alarmsOf = (stack: Stack): any[] => render(stack).resourcesOf('AWS::CloudWatch::Alarm').map(a => a.properties);

proveControls(stack => { adopted({ customAlarms: [{ name: 'Custom', description: 'it happened', filterPattern: '{ $.eventName = It }' }] }, stack); });

test('there is an alarm for each pattern, by the same name', () => {
  expect(Object.values(CisAlarm)).toEqual(CIS_PATTERNS.map(p => p.name));
});

test('each filter has its text and feeds the metric of its alarm', () => {
  expect(filtersOf(adopted())).toEqual(CIS_PATTERNS.map(p => ({
    FilterPattern: p.pattern,
    LogGroupName: 'the-trail',
    MetricTransformations: [{ DefaultValue: 0, MetricName: p.name, MetricNamespace: 'CISBenchmark', MetricValue: '1' }],
  })));
});

test('each alarm goes off at the first event in five minutes and notifies the topic', () => {
  const stack = adopted();
  const [topic] = render(stack).resourcesOf('AWS::SNS::Topic');
  expect(alarmsOf(stack)).toEqual(CIS_PATTERNS.map(p => ({
    ActionsEnabled: true,
    AlarmActions: [{ Ref: topic.logicalId }],
    AlarmDescription: `CIS ${p.number}: ${p.happened}`,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    EvaluationPeriods: 1,
    MetricName: p.name,
    Namespace: 'CISBenchmark',
    Period: 300,
    Statistic: 'Sum',
    Threshold: 1,
    TreatMissingData: 'notBreaching',
  })));
});

test('claims every recommendation', () => {
  expect(claimed(adopted(), 'AWS::CloudWatch::Alarm')).toEqual(['GEN-05', 'TRL-10', 'TRL-11', 'TRL-12', 'TRL-13', ...CIS_PATTERNS.map((_p, i) => `TRL-10.${i + 1}`)].sort());
});

test.each([
  ['CIS', CisPatternSet.CIS, 'CISBenchmark', 15],
  ['SECURITY_HUB', CisPatternSet.SECURITY_HUB, 'LogMetrics', 15],
  ['BOTH', CisPatternSet.BOTH, 'LogMetrics', 18],
])('the pattern set %s has its namespace and filters, and fifteen alarms', (_name, patternSet, namespace, filters) => {
  const stack = adopted({ patternSet });
  expect(filtersOf(stack)).toHaveLength(filters);
  expect(new Set(alarmsOf(stack).map(a => a.Namespace))).toEqual(new Set([namespace]));
  expect(alarmsOf(stack)).toHaveLength(15);
  const names = new Set(filtersOf(stack).map(f => f.MetricTransformations[0].MetricName));
  expect(names).toEqual(new Set(CIS_PATTERNS.map(p => p.name)));
});

test('the set of Security Hub has its text where that differs', () => {
  const texts = filtersOf(adopted({ patternSet: CisPatternSet.SECURITY_HUB })).map(f => f.FilterPattern);
  expect(texts).toEqual(CIS_PATTERNS.map(p => p.securityHub ?? p.pattern));
});

test('an alarm is left out with a waiver of its control only', () => {
  const disabledAlarms = [CisAlarm.ROOT_USE];
  expect(() => render(adopted({ disabledAlarms }))).toThrow(/\[Test\/Alarms\/UnauthorizedCalls\] TRL-10\.3 does not hold: .* an alarm goes off when the root user did something/);
  expect(() => render(adopted({ disabledAlarms, waivers: [{ control: 'TRL-10.4', reason: 'this is the waiver of another alarm' }] }))).toThrow(/TRL-10\.3 does not hold/);
  const stack = adopted({ disabledAlarms, waivers: [{ control: 'TRL-10.3', reason: 'the root user is watched by the organization' }] });
  expect(alarmsOf(stack)).toHaveLength(14);
});

test('the first alarm can be left out too', () => {
  const stack = adopted({ disabledAlarms: [CisAlarm.UNAUTHORIZED_CALLS], waivers: [{ control: 'TRL-10.1', reason: 'refused calls are too many in this account' }] });
  expect(alarmsOf(stack)).toHaveLength(14);
});

test('custom alarms come last and may need more events', () => {
  const stack = adopted({ customAlarms: [{ name: 'Keys', description: 'an access key was made', filterPattern: '{ $.eventName = CreateAccessKey }', threshold: 3 }] });
  expect(filtersOf(stack)[15]).toMatchObject({ FilterPattern: '{ $.eventName = CreateAccessKey }' });
  expect(alarmsOf(stack)[15]).toMatchObject({ AlarmDescription: 'an access key was made', MetricName: 'Keys', Threshold: 3 });
});

test.each([
  ['takes no set without alarms', { disabledAlarms: Object.values(CisAlarm) }, /\[Test\/Alarms\] 'enabled alarms' is empty: 'disabledAlarms' has all fifteen/],
  ['takes no namespace of AWS', { metricNamespace: 'AWS/Logs' }, /\[Test\/Alarms\] 'metricNamespace' is 'AWS\/Logs': /],
  ['takes no name with a space', { customAlarms: [{ name: 'a b', description: 'x', filterPattern: '{}' }] }, /\[Test\/Alarms\] 'name' is 'a b': take up to 100 letters/],
  ['takes no name of the benchmark', { customAlarms: [{ name: 'RootUse', description: 'x', filterPattern: '{}' }] }, /\[Test\/Alarms\] 'customAlarms' has the name 'RootUse'/],
  ['takes no name twice', { customAlarms: ['a', 'a'].map(name => ({ name, description: 'x', filterPattern: '{}' })) }, /\[Test\/Alarms\] 'customAlarms' has the name 'a'/],
  ['takes no empty pattern', { customAlarms: [{ name: 'a', description: 'x', filterPattern: '' }] }, /\[Test\/Alarms\] 'filterPattern' is '': give the alarm 'a'/],
  ['takes no threshold of none', { customAlarms: [{ name: 'a', description: 'x', filterPattern: '{}', threshold: 0 }] }, /\[Test\/Alarms\] 'threshold' must be a whole number from 1/],
] as [string, Options, RegExp][])('%s', (_name, options, message) => expect(() => adopted(options)).toThrow(message));

test('takes tokens', () => {
  const custom = { name: 'Custom', description: Aws.STACK_NAME, filterPattern: Aws.STACK_NAME, threshold: Token.asNumber({ Ref: 'Threshold' }) };
  expect(() => render(adopted({ metricNamespace: Aws.STACK_NAME, customAlarms: [custom] }))).not.toThrow();
});

test('lets CloudWatch use the key of a topic', () => {
  const stack = newStack();
  const masterKey = new kms.Key(stack, 'Key');
  new CisAlarms(stack, 'Alarms', { logGroup: new logs.LogGroup(stack, 'Logs'), topic: new sns.Topic(stack, 'Topic', { masterKey }) });
  const [key]: any[] = render(stack).resourcesOf('AWS::KMS::Key');
  expect(key.properties.KeyPolicy.Statement.map((s: any) => s.Sid)).toContain('AlarmsPublish');
});

test('takes an imported topic', () => {
  const stack = newStack();
  new CisAlarms(stack, 'Alarms', { logGroup: new logs.LogGroup(stack, 'Logs'), topic: sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:topic') });
  expect(alarmsOf(stack)[0].AlarmActions).toEqual(['arn:aws:sns:eu-west-1:111122223333:topic']);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    const topic = sns.Topic.fromTopicArn(Stack.of(scope), 'Topic', 'arn:aws:sns:eu-west-1:111122223333:topic');
    return new CisAlarms(scope, 'Alarms', { logGroup: logs.LogGroup.fromLogGroupName(Stack.of(scope), 'Logs', 'the-trail'), topic });
  });
  expect(after.json).toEqual(before.json);
});

test.each([
  ['no log group', () => ({ logGroup: undefined }), "[Test/Alarms] 'logGroup' is missing: give a logs.ILogGroup"],
  ['an L1 as log group', s => ({ logGroup: new logs.CfnLogGroup(s, 'L1') }), "[Test/Alarms] 'logGroup' is the CfnLogGroup 'Test/L1': give a logs.ILogGroup"],
  ['a text as topic', () => ({ topic: 'arn' }), "[Test/Alarms] 'topic' is the text 'arn': give an sns.ITopic"],
  ['a text as set', () => ({ patternSet: 'BOTH' }), "[Test/Alarms] 'patternSet' is the text 'BOTH': give a CisPatternSet, for example CisPatternSet.BOTH"],
  ['an alarm that is none', () => ({ disabledAlarms: ['Root'] }), "[Test/Alarms] 'disabledAlarms[0]' must be a CisAlarm, for example CisAlarm.UNAUTHORIZED_CALLS, got 'Root'"],
] as [string, (s: Stack) => object, string][])('refuses %s, and leaves nothing behind', (_name, props, message) => {
  const stack = newStack();
  const all: any = { logGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', 'the-trail'), ...props(stack) };
  expect(() => new CisAlarms(stack, 'Alarms', all)).toThrow(message);
  expect(stack.node.tryFindChild('Alarms')).toBeUndefined();
});
