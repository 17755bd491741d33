import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, CfnCondition, CfnParameter, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib/core';
import { stacksBelow } from '../../src/assurance/assembly';
import { claim } from '../../src/assurance/claims';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { verdictsOf } from '../../src/assurance/self-check';
import type { Control } from '../../src/core/control';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { FLAG_SETS } from '../support/prove';

/** A control that nothing may be subscribed to a topic. It is in no catalogue, so it is waived by its kind alone. */
const control = (kind: Control['kind']): Control => ({
  id: 'SNS-04',
  title: 'nobody is subscribed',
  prevents: 'readers',
  kind,
  types: ['AWS::SNS::Topic'],
  property: 'TopicName',
  mend: 'subscribe nobody',
  holds: () => true,
  breaks: (topic, t) => t.referring('AWS::SNS::Subscription', 'TopicArn', topic.logicalId),
});

function topicIn(scope: Stack, kind: Control['kind'] = 'default'): sns.Topic {
  const topic = new sns.Topic(scope, 'Topic');
  claim(topic.node.defaultChild as sns.CfnTopic, control(kind));
  return topic;
}
const subscribe = (scope: Stack, topic: sns.ITopic) => new sns.Subscription(scope, 'Sub', { topic, endpoint: 'a@example.com', protocol: sns.SubscriptionProtocol.EMAIL });
const BROKEN = "[%s/Sub/Resource] SNS-04 of '%s/Topic/Resource' does not hold with this AWS::SNS::Subscription: 'TopicName' does not make sure that nobody is subscribed: subscribe nobody";
const broken = (where: string, topic: string) => BROKEN.replace('%s', where).replace('%s', topic);

describe.each(FLAG_SETS)('under %s feature flags', (_name, context) => {
  test('an addition is named by its path, in the same stack and in another', () => {
    for (const elsewhere of [false, true]) {
      const app = new App({ context });
      const shop = new Stack(app, 'Shop');
      const topic = topicIn(shop);
      subscribe(elsewhere ? new Stack(app, 'Other') : shop, topic);
      expect(() => app.synth()).toThrow(broken(elsewhere ? 'Other' : 'Shop', 'Shop'));
    }
  });
});

test('an addition in a nested stack is named', () => {
  const app = new App();
  const shop = new Stack(app, 'Shop');
  subscribe(new NestedStack(shop, 'Nested'), topicIn(shop));
  expect(() => app.synth()).toThrow(broken('Shop/Nested', 'Shop'));
});

test('a default is waived where the addition is made, and a floor is not', () => {
  for (const kind of ['default', 'floor'] as const) {
    const app = new App();
    const topic = topicIn(new Stack(app, 'Shop'), kind);
    const other = new Stack(app, 'Other');
    subscribe(other, topic);
    SecurityWaivers.of(other).add({ control: 'SNS-04', reason: 'this team reads the notifications by itself' });
    if (kind === 'floor') {
      expect(() => app.synth()).toThrow(broken('Other', 'Shop'));
    } else {
      app.synth();
      expect(verdictsOf(app)).toMatchObject([{ outcome: 'waived', waiver: { setAt: 'Other' }, additions: [{ path: 'Other/Sub/Resource', stack: 'Other', type: 'AWS::SNS::Subscription' }] }]);
    }
  }
});

test('what is added under a condition may be there', () => {
  const app = new App();
  const shop = new Stack(app, 'Shop');
  const topic = topicIn(shop);
  (subscribe(shop, topic).node.defaultChild as sns.CfnSubscription).cfnOptions.condition = new CfnCondition(shop, 'Sometimes', { expression: Fn.conditionEquals(new CfnParameter(shop, 'P').valueAsString, 'a') });
  expect(() => app.synth()).toThrow(broken('Shop', 'Shop'));
});

test('stages of one account see each other by names, those of two do not', () => {
  const build = (account: string) => {
    const app = new App();
    const shop = new Stack(new Stage(app, 'One', { env: { account: '111111111111', region: 'eu-west-1' } }), 'Shop');
    const topic = new sns.Topic(shop, 'Topic', { topicName: 'alarms' });
    claim(topic.node.defaultChild as sns.CfnTopic, control('default'));
    const other = new Stack(new Stage(app, 'Two', { env: { account, region: 'eu-west-1' } }), 'Other');
    subscribe(other, sns.Topic.fromTopicArn(other, 'Imported', 'arn:aws:sns:eu-west-1:111111111111:alarms'));
    return () => app.synth();
  };
  expect(build('111111111111')).toThrow(broken('Two/Other', 'One/Shop'));
  expect(build('222222222222')).not.toThrow();
});

test('a stack that nothing touches is not judged again, and one that is stays right', () => {
  const app = new App();
  const stacks = ['A', 'B'].map(id => new Stack(app, id));
  stacks.forEach(s => new CustomerManagedKey(s, 'Key', { description: 'd' }));
  new ec2.CfnVPC(stacks[1], 'Vpc', { cidrBlock: '10.0.0.0/16' });
  app.synth();
  expect(verdictsOf(app).every(v => v.outcome === 'holds')).toBe(true);
});

test('more variants than can be judged are refused', () => {
  const app = new App();
  const shop = new Stack(app, 'Shop');
  const topic = new sns.CfnTopic(shop, 'Topic');
  claim(topic, control('default'));
  topic.tags.setTag('a', 'b');
  const parts = Array.from({ length: 9 }, (_, i) => new CfnCondition(shop, `C${i}`, { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), `r${i}`) }));
  topic.displayName = Fn.join('', parts.map(c => Fn.conditionIf(c.logicalId, 'a', 'b').toString()));
  expect(() => app.synth()).toThrow(/\[Shop\] the conditions, parameters and mappings of the template make more than 256 variants/);
});

test('stacks are found below a scope, those of stages apart', () => {
  const app = new App();
  const shop = new Stack(app, 'Shop');
  const nested = new NestedStack(shop, 'Nested');
  const stage = new Stage(app, 'Stage');
  const staged = new Stack(stage, 'Staged');
  expect(stacksBelow(app)).toEqual({ own: [shop, nested], ofStages: [staged] });
  expect(stacksBelow(stage)).toEqual({ own: [staged], ofStages: [] });
});
