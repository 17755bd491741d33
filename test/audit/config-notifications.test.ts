import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { ConfigNotifications } from '../../src/audit/config-notifications';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render } from '../support/prove';

proveControls(stack => {
  new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
  new ConfigNotifications(stack, 'Notifications');
});

function notified() {
  const stack = newStack();
  const masterKey = new kms.Key(stack, 'Key');
  new ConfigNotifications(stack, 'Notifications', { topic: new sns.Topic(stack, 'Topic', { masterKey }) });
  return stack;
}

test('matches what breaks a rule, and failed deliveries', () => {
  const [compliance, failure]: any[] = render(notified()).resourcesOf('AWS::Events::Rule').map(r => r.properties);
  expect(compliance.EventPattern).toEqual({
    'source': ['aws.config'],
    'detail-type': ['Config Rules Compliance Change'],
    'detail': { messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
  });
  expect(compliance.Targets[0].InputTransformer.InputTemplate).toBe('"AWS Config: <type> <resource> in account <account>, <region>, breaks the rule <rule>"');
  expect(Object.keys(compliance.Targets[0].InputTransformer.InputPathsMap)).toEqual(['rule', 'type', 'resource', 'account', 'region']);
  expect(failure.EventPattern).toEqual({
    'source': ['aws.config'],
    'detail-type': ['Config Configuration Snapshot Delivery Status', 'Config Configuration History Delivery Status'],
    'detail': { messageType: [{ suffix: 'DeliveryFailed' }] },
  });
});

test('makes no recorder and no delivery channel', () => {
  const template = render(notified());
  expect([...template.resourcesOf('AWS::Config::ConfigurationRecorder'), ...template.resourcesOf('AWS::Config::DeliveryChannel')]).toEqual([]);
});

test('lets the roles use the key of a topic through SNS', () => {
  const [key]: any[] = render(notified()).resourcesOf('AWS::KMS::Key');
  expect(key.properties.KeyPolicy.Statement.map((s: any) => s.Sid)).toContain('UseThroughSns');
});

test('claims its controls', () => expect(claimed(notified(), 'AWS::Events::Rule')).toEqual(['CFG-08', 'CFG-08b', 'EVT-01', 'EVT-02', 'EVT-03', 'EVT-04', 'GEN-05']));

test('fails where nobody is notified', () => {
  expect(() => new ConfigNotifications(newStack(), 'Notifications')).toThrow(/nobody is notified/);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => new ConfigNotifications(scope, 'Notifications', {
    topic: sns.Topic.fromTopicArn(Stack.of(scope), 'Topic', 'arn:aws:sns:eu-west-1:111122223333:topic'),
  }));
  expect(after.json).toEqual(before.json);
});

test('refuses a text as topic', () => {
  expect(() => new ConfigNotifications(newStack(), 'Notifications', { topic: 'arn' as any }))
    .toThrow("[Test/Notifications] 'topic' is the text 'arn': give an sns.ITopic");
});
