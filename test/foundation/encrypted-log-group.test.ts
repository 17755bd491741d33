import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { claimed, newStack, proveControls, render } from '../support/prove';

proveControls(stack => { new EncryptedLogGroup(stack, 'Logs'); });

test('claims encryption, retention, deletion protection and retention of the resource', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs');
  expect(claimed(stack, 'AWS::Logs::LogGroup')).toEqual(['GEN-03', 'LOG-01', 'LOG-02', 'LOG-03']);
});

test('fails on a retention of under a year without a waiver', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs', { retention: RetentionDays.ONE_MONTH });
  expect(() => render(stack)).toThrow(/\[Test\/Logs\/Resource\/Resource\] LOG-02 does not hold: 'RetentionInDays'/);
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
  expect(() => new EncryptedLogGroup(newStack(), 'Logs', { retention: -1 })).toThrow(/\[Test\/Logs\] 'retention' is -1/);
});

test('a name that a service prescribes the beginning of differs each time, and the key admits it by its beginning', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs', { logGroupNamePrefix: 'aws-waf-logs-' });
  const template = render(stack);
  const [start, end] = template.resourcesOf('AWS::Logs::LogGroup')[0].properties.LogGroupName['Fn::Join'][1];
  expect(start).toMatch(/^aws-waf-logs-test-logs-[0-9a-f]+-$/);
  expect(JSON.stringify(end)).toContain('AWS::StackId');
  expect(JSON.stringify(template.resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy)).toContain(`:log-group:${start}*`);
});

test('fails on a name and its beginning', () => {
  expect(() => new EncryptedLogGroup(newStack(), 'Logs', { logGroupName: 'a', logGroupNamePrefix: 'b' }))
    .toThrow(/^\[Test\/Logs\] 'logGroupName' and 'logGroupNamePrefix' are both given/);
});
