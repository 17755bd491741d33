import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Stack } from 'aws-cdk-lib/core';
import { claim } from '../../src/assurance/claims';
import { SelfCheck } from '../../src/assurance/explanation';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { SNS_SUBSCRIBED } from '../../src/services/sns/controls';

function broken() {
  const app = new App();
  const shop = new Stack(app, 'Shop');
  const key = new CustomerManagedKey(shop, 'Key', { description: 'd' });
  (key.node.defaultChild as kms.CfnKey).enableKeyRotation = false;
  const topic = new sns.CfnTopic(shop, 'Topic');
  claim(topic, { ...SNS_SUBSCRIBED, holds: () => true, breaks: (r, t) => t.referring('AWS::SNS::TopicPolicy', 'Topics', r.logicalId) });
  new sns.CfnTopicPolicy(new Stack(app, 'Other'), 'Policy', { topics: [topic.ref], policyDocument: {} });
  return { app, shop };
}

test('explains what does not hold: rule, reason, who asks, and the ways out', () => {
  const { app, shop } = broken();
  expect(() => app.synth()).toThrow();
  const text = SelfCheck.explain(app);
  expect(text).toContain('KMS-01 of Shop/Key/Resource: broken\n  rule: KMS replaces the key material on a schedule, by \'EnableKeyRotation\'\n  prevents: unlimited use of one backing key\n  asked for by: CIS 4.6;');
  expect(text).toContain('  way out: leave key rotation on\n  way out: no waiver: it is a floor');
  expect(text).toContain('SNS-04 of Shop/Topic: broken\n  added by: Other/Policy, an AWS::SNS::TopicPolicy, in the stack Other\n');
  expect(text).toContain("SecurityWaivers.of(the construct 'Other/Policy', or what is around it).add({ control: 'SNS-04', reason: '…' })");
  expect(SelfCheck.explain(shop.node.findChild('Key'))).not.toContain('SNS-04');
});

test('explains nothing where everything holds', () => {
  const app = new App();
  new CustomerManagedKey(new Stack(app, 'Shop'), 'Key', { description: 'd' });
  app.synth();
  expect(SelfCheck.explain(app)).toBe('');
});

test('says that nothing was judged before a synthesis', () => {
  const app = new App();
  new CustomerManagedKey(new Stack(app, 'Shop'), 'Key', { description: 'd' });
  expect(SelfCheck.explain(app)).toMatch(/^nothing was judged: /);
});
