import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { FilterPattern, ILogGroup, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnParameter, Lazy, PropertyInjectors, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render } from '../support/prove';

proveControls(stack => { new EncryptedLogGroup(stack, 'Logs'); });

test('claims encryption, retention, deletion protection and retention of the resource', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs');
  expect(claimed(stack, 'AWS::Logs::LogGroup')).toEqual(['GEN-03', 'GEN-05', 'LOG-01', 'LOG-02', 'LOG-03', 'LOG-04', 'LOG-05', 'LOG-06', 'LOG-07']);
});

test('fails on a retention of under a year without a waiver', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs', { retention: RetentionDays.ONE_MONTH });
  expect(() => render(stack)).toThrow(/\[Test\/Logs\/Resource\] LOG-02 does not hold: 'RetentionInDays'/);
});

test('takes a retention of under a year with a waiver', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs', {
    retention: RetentionDays.ONE_MONTH,
    waivers: [{ control: 'LOG-02', reason: 'these logs are copied to the archive account every day' }],
  });
  expect(render(stack).resourcesOf('AWS::Logs::LogGroup')[0].properties.RetentionInDays).toBe(30);
});

test('fails on a negative retention', () => {
  expect(() => new EncryptedLogGroup(newStack(), 'Logs', { retention: -1 as RetentionDays })).toThrow(/\[Test\/Logs\] 'retention' is -1/);
});

const groupOf = (stack: any) => render(stack).resourcesOf('AWS::Logs::LogGroup')[0];
const contextsOf = (stack: any) => render(stack).resourcesOf('AWS::KMS::Key').flatMap(k => k.properties.KeyPolicy.Statement)
  .map((s: any) => s.Condition?.ArnLike ?? s.Condition?.ArnEquals).filter(c => c !== undefined).map(c => JSON.stringify(c));

test('has the documented defaults, and a name that CloudFormation chooses', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs');
  expect(groupOf(stack)).toMatchObject({
    deletionPolicy: 'RetainExceptOnCreate',
    updateReplacePolicy: 'Retain',
    properties: { RetentionInDays: 365, DeletionProtectionEnabled: true, KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('LogKey'), 'Arn'] } },
  });
  expect(groupOf(stack).properties).not.toHaveProperty('LogGroupName');
});

test('lets the log group, by the beginning of its name, use the key', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs');
  expect(contextsOf(stack)).toEqual([expect.stringContaining(`:log-group:Test-${groupOf(stack).logicalId}-*`)]);
});

test('takes a name and a key', () => {
  const stack = newStack();
  const encryptionKey = new CustomerManagedKey(stack, 'Key', { description: 'Logs' });
  new EncryptedLogGroup(stack, 'Logs', { logGroupName: 'aws-waf-logs-shop', encryptionKey });
  expect(groupOf(stack).properties.LogGroupName).toBe('aws-waf-logs-shop');
  expect(contextsOf(stack)).toEqual([expect.stringContaining(':log-group:aws-waf-logs-shop"')]);
  expect(render(stack).resourcesOf('AWS::KMS::Key')).toHaveLength(1);
});

test('takes an imported key and makes none', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs', { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1') });
  expect(render(stack).resourcesOf('AWS::KMS::Key')).toEqual([]);
  expect(groupOf(stack).properties.KmsKeyId).toBe('arn:aws:kms:eu-west-1:111111111111:key/1');
});

test('takes tokens', () => {
  const stack = newStack();
  const logGroupName = new CfnParameter(stack, 'Name').valueAsString;
  new EncryptedLogGroup(stack, 'Logs', { logGroupName, retention: Token.asNumber(Lazy.any({ produce: () => 731 })) });
  expect(groupOf(stack).properties).toMatchObject({ LogGroupName: { Ref: 'Name' }, RetentionInDays: 731 });
});

test('for ever is not a retention', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs', { retention: RetentionDays.INFINITE });
  expect(() => render(stack)).toThrow(/LOG-02 does not hold/);
});

test('in a disposable scope is kept for a week, or as long as it is told', () => {
  const stack = newStack();
  Disposable.because('everything here is built anew each night').applyTo(stack);
  new EncryptedLogGroup(stack, 'Logs');
  new EncryptedLogGroup(stack, 'Longer', { retention: RetentionDays.ONE_MONTH });
  expect(render(stack).resourcesOf('AWS::Logs::LogGroup').map(g => [g.deletionPolicy, g.properties.RetentionInDays, g.properties.DeletionProtectionEnabled]))
    .toEqual([['Delete', 7, false], ['Delete', 30, false]]);
});

test('a name that a service prescribes the beginning of differs each time, and the key admits it by its beginning', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs', { logGroupNamePrefix: 'aws-waf-logs-' });
  const template = render(stack);
  const [start, end] = template.resourcesOf('AWS::Logs::LogGroup')[0].properties.LogGroupName['Fn::Join'][1];
  expect(start).toMatch(/^aws-waf-logs-test-logs[0-9a-f]+-$/);
  expect(JSON.stringify(end)).toContain('AWS::StackId');
  expect(JSON.stringify(template.resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy)).toContain(`:log-group:${start}*`);
});

test('fails on a name and its beginning', () => {
  expect(() => new EncryptedLogGroup(newStack(), 'Logs', { logGroupName: 'a', logGroupNamePrefix: 'b' }))
    .toThrow(/^\[Test\/Logs\] 'logGroupName' and 'logGroupNamePrefix' are both given/);
});

test('is a log group of the CDK', () => {
  const stack = newStack();
  const logs: ILogGroup = new EncryptedLogGroup(stack, 'Logs');
  logs.grantWrite(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
  new MetricFilter(stack, 'Filter', { logGroup: logs, filterPattern: FilterPattern.allEvents(), metricName: 'a', metricNamespace: 'b' });
  const arn = { 'Fn::GetAtt': [groupOf(stack).logicalId, 'Arn'] };
  expect(stack.resolve([logs.logGroupArn, logs.logGroupName])).toEqual([arn, { Ref: groupOf(stack).logicalId }]);
  expect(render(stack).resourcesOf('AWS::IAM::Policy')[0].properties.PolicyDocument.Statement[0].Resource).toEqual(arn);
});

test('a property injector changes nothing', () => {
  const stack = newStack();
  PropertyInjectors.of(stack).add({
    constructUniqueId: LogGroup.PROPERTY_INJECTION_ID,
    inject: () => ({ logGroupName: 'x', retention: RetentionDays.ONE_DAY, encryptionKey: undefined, removalPolicy: RemovalPolicy.DESTROY, deletionProtectionEnabled: false }),
  });
  new EncryptedLogGroup(stack, 'Logs');
  const usual = newStack();
  new EncryptedLogGroup(usual, 'Logs');
  expect(groupOf(stack)).toEqual(groupOf(usual));
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    new SecurityFoundation(Stack.of(scope), 'Foundation');
    return new EncryptedLogGroup(scope, 'Logs', { logGroupNamePrefix: 'aws-waf-logs-' });
  });
  expect(after.json).toEqual(before.json);
});

test('refuses a text for a key', () => {
  const encryptionKey: any = 'arn:aws:kms:eu-west-1:111111111111:key/1';
  expect(() => new EncryptedLogGroup(newStack(), 'Logs', { encryptionKey })).toThrow(`[Test/Logs] 'encryptionKey' is the text '${encryptionKey}': give a kms.IKey`);
});
