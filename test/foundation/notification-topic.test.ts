import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import { SnsTopic, SnsTopicProps } from 'aws-cdk-lib/aws-events-targets';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { App, CfnParameter, PropertyInjectors, Stack, Token } from 'aws-cdk-lib/core';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { NotificationTopic, NotificationTopicProps } from '../../src/foundation/notification-topic';
import { moved } from '../support/move';
import { claimed, FLAG_SETS, newStack, proveControls, render } from '../support/prove';

const REASON = 'the on-call service subscribes by itself';
const make = (props: Partial<NotificationTopicProps> = {}, stack = newStack()) => new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'], ...props });
const template = (topic: NotificationTopic) => render(Stack.of(topic));

proveControls(stack => { new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] }); });

describe('with an imported key', () => {
  proveControls(stack => {
    new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'], encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1') });
  });
});

test('claims what it is', () => {
  expect(claimed(Stack.of(make()), 'AWS::SNS::Topic')).toEqual(['GEN-05', 'SNS-01', 'SNS-02', 'SNS-03', 'SNS-04', 'SNS-05', 'SNS-06', 'SNS-07', 'SNS-08', 'SNS-09', 'SNS-10']);
  expect(claimed(Stack.of(make()), 'AWS::SNS::TopicPolicy')).toEqual(['GEN-04', 'GEN-04b']);
});

test.each(FLAG_SETS)('the policy holds two statements and no default one, under %s feature flags', (_name, context) => {
  const [policy] = template(make({}, newStack(context))).resourcesOf('AWS::SNS::TopicPolicy');
  expect(policy.properties.PolicyDocument.Statement).toEqual([
    { Sid: 'DenyInsecureTransport', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: { Ref: expect.any(String) }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    {
      Sid: 'AlarmsPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: { Ref: expect.any(String) },
      Condition: {
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
        ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudwatch:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':alarm:*']] } },
      },
    },
  ]);
});

test('the key lets alarms, and publishers through SNS, use it', () => {
  const sids = template(make()).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy.Statement.map((s: any) => s.Sid);
  expect(sids).toEqual(['AccountAdministersKey', 'AlarmsPublish', 'UseThroughSns']);
});

test('takes a key', () => {
  const stack = newStack();
  make({ encryptionKey: kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/1') }, stack);
  expect(render(stack).resourcesOf('AWS::KMS::Key')).toEqual([]);
  expect(render(stack).resourcesOf('AWS::SNS::Topic')[0].properties.KmsMasterKeyId).toBe('arn:aws:kms:eu-west-1:111111111111:key/1');
});

test('subscribes each address', () => {
  const subscriptions = template(make({ emails: ['a@example.com', 'b@example.com'] })).resourcesOf('AWS::SNS::Subscription');
  expect(subscriptions.map(s => [s.properties.Protocol, s.properties.Endpoint])).toEqual([['email', 'a@example.com'], ['email', 'b@example.com']]);
});

test('takes addresses that are tokens', () => {
  const stack = newStack();
  const address = new CfnParameter(stack, 'Address').valueAsString;
  make({ emails: [address, 'a@example.com', address] }, stack);
  expect(render(stack).resourcesOf('AWS::SNS::Subscription').map(s => s.properties.Endpoint)).toEqual([{ Ref: 'Address' }, 'a@example.com', { Ref: 'Address' }]);
});

test.each<[string, string[], string]>([
  ['no address', [], "[Test/Topic] 'emails' is empty: name at least one address to notify, or waive 'SNS-04' in 'waivers' and say who else subscribes"],
  ['what is no address', ['security'], "[Test/Topic] 'emails' has 'security', which is no e-mail address"],
  ['an address with a blank', ['a b@example.com'], "'emails' has 'a b@example.com'"],
  ['an address twice', ['a@example.com', 'a@example.com'], "[Test/Topic] 'emails' has 'a@example.com' twice: name it once"],
])('refuses %s', (_name, emails, message) => {
  expect(() => make({ emails })).toThrow(message);
});

test('refuses a list that is a token', () => {
  const stack = newStack();
  const emails = new CfnParameter(stack, 'Addresses', { type: 'CommaDelimitedList' }).valueAsList;
  expect(() => make({ emails }, stack)).toThrow("[Test/Topic] 'emails' is a list that is known only at deployment: give a list, whose members may be tokens");
});

describe('without an address', () => {
  test('takes a waiver of its own', () => {
    expect(() => template(make({ emails: [], waivers: [{ control: 'SNS-04', reason: REASON }] }))).not.toThrow();
  });
  test('takes a waiver from above', () => {
    const stack = newStack();
    SecurityWaivers.of(stack).add({ control: 'SNS-04', reason: REASON });
    make({ emails: [] }, stack);
    expect(() => render(stack)).not.toThrow();
  });
});

test.each<[string, (topic: NotificationTopic) => void, string]>([
  ['publishing by everybody', t => { t.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.StarPrincipal()], actions: ['sns:Publish'], resources: [t.topicArn] })); }, 'SNS-03'],
  ['publishing by a service for any account', t => { t.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.ServicePrincipal('s3.amazonaws.com')], actions: ['sns:Publish'], resources: [t.topicArn] })); }, 'GEN-04'],
  ['no key', t => { (t.node.defaultChild as sns.CfnTopic).kmsMasterKeyId = undefined; }, 'SNS-01'],
  ['a subscription in plain text', t => { new sns.Subscription(Stack.of(t), 'Plain', { topic: t, protocol: sns.SubscriptionProtocol.HTTP, endpoint: 'http://example.com' }); }, 'SNS-09'],
  ['the AWS managed key', t => { (t.node.defaultChild as sns.CfnTopic).kmsMasterKeyId = 'alias/aws/sns'; }, 'SNS-01'],
])('a change to %s fails the synthesis', (_name, change, control) => {
  const topic = make();
  change(topic);
  expect(() => template(topic)).toThrow(new RegExp(`${control} (of '.*' )?does not hold`));
});

test('is a topic of the CDK: a role that is granted it may use its key', () => {
  const stack = newStack();
  const topic: sns.ITopic = make({}, stack);
  topic.grantPublish(new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }));
  topic.addSubscription(new UrlSubscription('https://example.com/alarms'));
  new SnsAction(topic);
  const actions = render(stack).resourcesOf('AWS::IAM::Policy')[0].properties.PolicyDocument.Statement.map((s: any) => s.Action);
  expect(actions).toEqual(['sns:Publish', ['kms:Decrypt', 'kms:GenerateDataKey*']]);
  expect(render(stack).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy.Statement.at(-1)).toMatchObject({ Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^Role/), 'Arn'] } } });
  expect(render(stack).resourcesOf('AWS::SNS::Subscription')).toHaveLength(2);
});

describe('a subscription of a URL', () => {
  test.each<[string, UrlSubscription]>([
    ['http', new UrlSubscription('http://example.com/alarms')],
    ['a token by http', new UrlSubscription(Token.asString({ Ref: 'Url' }), { protocol: sns.SubscriptionProtocol.HTTP })],
  ])('by %s is refused', (_name, subscription) => {
    expect(() => make().addSubscription(subscription)).toThrow("[Test/Topic] 'addSubscription' of '");
    expect(() => make().addSubscription(subscription)).toThrow("' by HTTP would send notifications in plain text: give an address that begins with 'https://'");
  });
  test('of another stack by http is refused', () => {
    const topic = make();
    const other = new Stack(topic.node.root as App, 'Other');
    expect(() => topic.addSubscription({ bind: () => ({ subscriberScope: other, subscriberId: 'Plain', protocol: sns.SubscriptionProtocol.HTTP, endpoint: 'http://example.com' }) }))
      .toThrow("[Test/Topic] 'addSubscription' of 'http://example.com' by HTTP");
  });
  test('by https, and of a queue, is taken and returned', () => {
    const topic = make();
    expect(topic.addSubscription(new UrlSubscription('https://example.com/alarms'))).toBeInstanceOf(sns.Subscription);
    topic.addSubscription(new SqsSubscription(new sqs.Queue(Stack.of(topic), 'Queue')));
    expect(template(topic).resourcesOf('AWS::SNS::Subscription').map(s => s.properties.Protocol)).toEqual(['email', 'https', 'sqs']);
  });
});

describe('publishing by a service', () => {
  const inRule = (topic: sns.ITopic, props: SnsTopicProps = {}) =>
    new events.Rule(Stack.of(topic), 'Rule', { eventPattern: { source: ['aws.ec2'] }, targets: [new SnsTopic(topic, props)] });

  test('for everybody is refused, with the way of EventBridge, and leaves nothing in the policies', () => {
    const topic = make();
    const before = template(topic).json;
    expect(() => inRule(topic)).toThrow("[Test/Topic] 'grantPublish' would let 'events.amazonaws.com' publish for the resources of every account: "
      + "give a target of EventBridge 'authorizeUsingRole: true', or make an EventNotification");
    Stack.of(topic).node.tryRemoveChild('Rule');
    expect(template(topic).json).toEqual(before);
  });

  test('works for a rule with a role', () => {
    const topic = make();
    inRule(topic, { authorizeUsingRole: true });
    expect(template(topic).resourcesOf('AWS::Events::Rule')[0].properties.Targets[0]).toHaveProperty('RoleArn');
  });

  test('works for this account', () => {
    const topic = make();
    topic.grantPublish(new iam.ServicePrincipal('ses.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(topic).account } } }));
    expect(template(topic).resourcesOf('AWS::SNS::TopicPolicy')[0].properties.PolicyDocument.Statement.at(-1)).toMatchObject({ Principal: { Service: 'ses.amazonaws.com' } });
  });
});

test('a property injector changes nothing', () => {
  const stack = newStack();
  const inject = (props: sns.TopicProps) => ({ ...props, masterKey: undefined, fifo: true });
  PropertyInjectors.of(stack).add({ constructUniqueId: sns.Topic.PROPERTY_INJECTION_ID, inject });
  make({}, stack);
  const topics = (of: Stack) => render(of).resourcesOf('AWS::SNS::Topic').map(t => t.properties);
  expect(topics(stack)).toEqual(topics(Stack.of(make())));
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => make({}, scope as Stack));
  expect(after.json).toEqual(before.json);
});

describe('what is added', () => {
  const FOREIGN = '444455556666';
  const selfCheck = (stack: Stack) => () => (stack.node.root as App).synth();

  test('an account that is admitted subscribes its queues, from here and from there', () => {
    const topic = make();
    topic.admitSubscriber(FOREIGN);
    new sns.Subscription(topic, 'Queue', { topic, protocol: sns.SubscriptionProtocol.SQS, endpoint: `arn:aws:sqs:eu-west-1:${FOREIGN}:alarms` });
    const [policy] = template(topic).resourcesOf('AWS::SNS::TopicPolicy');
    expect(policy.properties.PolicyDocument.Statement[2]).toEqual({
      Sid: `Admit${FOREIGN}`,
      Effect: 'Allow',
      Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::${FOREIGN}:root`]] } },
      Action: 'sns:Subscribe',
      Resource: { Ref: expect.any(String) },
      Condition: { StringEquals: { 'sns:Protocol': ['sqs', 'lambda', 'firehose', 'https'] } },
    });
    expect(template(topic).resourcesOf('AWS::SNS::Topic')[0].metadata).toMatchObject({ 'cdk-hardened:admits': [FOREIGN] });
    expect(() => topic.admitSubscriber('arn:aws:iam::1:root')).toThrow("[Test/Topic] 'accountId' is 'arn:aws:iam::1:root'");
  });

  test('an account that is not admitted subscribes nothing', () => {
    const topic = make();
    topic.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.AccountPrincipal(FOREIGN)], actions: ['sns:Subscribe'], resources: [topic.topicArn] }));
    expect(selfCheck(Stack.of(topic))).toThrow(/\[Test\/Topic\/Policy\/Resource\] SNS-05 of 'Test\/Topic\/Resource' does not hold with this AWS::SNS::TopicPolicy: .*'admitSubscriber'/);
  });

  test('what is added from a second stack is named there', () => {
    const topic = make();
    const other = new Stack(Stack.of(topic).node.root as App, 'Other');
    new sns.Subscription(other, 'Queue', { topic, protocol: sns.SubscriptionProtocol.SQS, endpoint: `arn:aws:sqs:eu-west-1:${FOREIGN}:alarms` });
    expect(selfCheck(other)).toThrow("[Other/Queue/Resource] SNS-10 of 'Test/Topic/Resource' does not hold with this AWS::SNS::Subscription");
  });

  test('queues, functions and roles of the app, in a second stack too, are welcome', () => {
    const topic = make();
    const other = new Stack(Stack.of(topic).node.root as App, 'Other');
    for (const stack of [Stack.of(topic), other]) {
      const role = new iam.Role(stack, 'Publisher', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      topic.grantPublish(role);
      new sns.Subscription(stack, 'Sub', { topic, protocol: sns.SubscriptionProtocol.SQS, endpoint: new sqs.Queue(stack, 'Queue').queueArn });
      new cloudwatch.Alarm(stack, 'Alarm', { metric: new cloudwatch.Metric({ namespace: 'A', metricName: 'B' }), threshold: 1, evaluationPeriods: 1 })
        .addAlarmAction(new SnsAction(topic));
    }
    expect(selfCheck(other)).not.toThrow();
  });

  test('a statement that the CDK writes for a bucket is bound to the account, and the key lets the service in', () => {
    const topic = make();
    const bucket = new s3.Bucket(Stack.of(topic), 'Bucket');
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new SnsDestination(topic));
    const [policy] = template(topic).resourcesOf('AWS::SNS::TopicPolicy');
    const ofS3 = (document: any) => document.Statement.find((s: any) => s.Principal.Service === 's3.amazonaws.com').Condition.StringEquals;
    expect(ofS3(policy.properties.PolicyDocument)).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
    expect(ofS3(template(topic).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy)).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
  });

  test('a rule of EventBridge publishes through a role', () => {
    const topic = make();
    const rule = (id: string, target: targets.SnsTopic) => new events.Rule(Stack.of(topic), id, { eventPattern: { source: ['aws.ec2'] }, targets: [target] });
    expect(() => rule('Bare', new targets.SnsTopic(topic))).toThrow(/\[Test\/Topic\] 'grantPublish' would let 'events.amazonaws.com' publish .* 'authorizeUsingRole: true'/);
    const fine = make({}, newStack());
    new events.Rule(Stack.of(fine), 'Rule', { eventPattern: { source: ['aws.ec2'] }, targets: [new targets.SnsTopic(fine, { authorizeUsingRole: true })] });
    expect(selfCheck(Stack.of(fine))).not.toThrow();
  });

  test('a filter of an address drops notifications', () => {
    const topic = make();
    const subscription = topic.node.findChild('security@example.com').node.defaultChild as sns.CfnSubscription;
    subscription.addPropertyOverride('FilterPolicy', { severity: ['none'] });
    expect(selfCheck(Stack.of(topic))).toThrow(/SNS-11 does not hold/);
  });
});
