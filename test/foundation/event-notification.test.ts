import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EventNotification, EventNotificationProps } from '../../src/foundation/event-notification';
import { NotificationTopic } from '../../src/foundation/notification-topic';
import { newStack, proveControls, render } from '../support/prove';

const topicOf = (stack: Stack) => new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] });
const make = (props: Partial<EventNotificationProps> = {}, stack = newStack()) =>
  new EventNotification(stack, 'Notify', { description: 'A finding', eventPattern: { source: ['aws.guardduty'] }, topic: props.topic ?? topicOf(stack), ...props });
const ruleOf = (n: EventNotification) => render(Stack.of(n)).resourcesOf('AWS::Events::Rule')[0].properties;
const roleOf = (n: EventNotification) => render(Stack.of(n)).resourcesOf('AWS::IAM::Role')[0].properties;
const policyOf = (n: EventNotification) => render(Stack.of(n)).resourcesOf('AWS::IAM::ManagedPolicy')[0].properties.PolicyDocument.Statement;

proveControls(stack => { make({}, stack); });

test('renders the rule, on, with a target by role', () => {
  expect(ruleOf(make())).toEqual({
    Name: expect.stringMatching(/^test-notify[0-9a-f]+$/),
    Description: 'A finding',
    State: 'ENABLED',
    EventPattern: { source: ['aws.guardduty'] },
    Targets: [{ Id: 'Topic', Arn: { Ref: expect.stringMatching(/^Topic/) }, RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^NotifyRole/), 'Arn'] } }],
  });
});

test('the role is for this rule only', () => {
  const notify = make();
  const { Name } = ruleOf(notify);
  expect(roleOf(notify).AssumeRolePolicyDocument.Statement).toEqual([{
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'events.amazonaws.com' },
    Condition: {
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      ArnEquals: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:rule/${Name}`]] } },
    },
  }]);
  expect(Name.length).toBeLessThanOrEqual(64);
});

test('the role publishes to this topic, and uses its key through SNS', () => {
  expect(policyOf(make())).toEqual([
    { Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: expect.stringMatching(/^Topic/) } },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^TopicKey/), 'Arn'] },
      Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sns.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
    },
  ]);
});

test('the topic policy does not name EventBridge', () => {
  expect(JSON.stringify(render(Stack.of(make())).resourcesOf('AWS::SNS::TopicPolicy'))).not.toContain('events.amazonaws.com');
});

test("lets publishers use the key of somebody else's topic", () => {
  const stack = newStack();
  const masterKey = new CustomerManagedKey(stack, 'Key', { description: 'Messages' });
  make({ topic: new sns.Topic(stack, 'Other', { masterKey }) }, stack);
  expect(render(stack).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy.Statement.map((s: any) => s.Sid)).toEqual(['AccountAdministersKey', 'UseThroughSns']);
});

test('takes an imported topic, without its key', () => {
  const stack = newStack();
  const notify = make({ topic: sns.Topic.fromTopicArn(stack, 'Other', 'arn:aws:sns:eu-west-1:111111111111:topic') }, stack);
  expect(policyOf(notify)).toEqual([{ Effect: 'Allow', Action: 'sns:Publish', Resource: 'arn:aws:sns:eu-west-1:111111111111:topic' }]);
});

test("writes the pattern in EventBridge's spelling", () => {
  const eventPattern = { source: ['aws.guardduty'], detailType: ['GuardDuty Finding'], detail: { severity: events.Match.greaterThanOrEqual(7) } };
  expect(ruleOf(make({ eventPattern })).EventPattern).toEqual({ 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], 'detail': { severity: [{ numeric: ['>=', 7] }] } });
});

test('writes a message as text', () => {
  const [target] = ruleOf(make({ inputPaths: { severity: '$.detail.severity' }, message: 'Severity "<severity>",\nlook at it' })).Targets;
  expect(target.InputTransformer).toEqual({ InputPathsMap: { severity: '$.detail.severity' }, InputTemplate: '"Severity \\"<severity>\\",\\nlook at it"' });
});

test('takes a message without paths, the names of EventBridge, and tokens', () => {
  expect(ruleOf(make({ message: 'Look at it' })).Targets[0].InputTransformer).toEqual({ InputTemplate: '"Look at it"' });
  expect(() => ruleOf(make({ message: 'By <aws.events.rule-name>' }))).not.toThrow();
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  expect(() => ruleOf(make({ message: text, description: text, inputPaths: { id: text } }, stack))).not.toThrow();
});

test('refuses a name that has no path, and paths without a message', () => {
  expect(() => make({ inputPaths: { id: '$.id' }, message: '<id>: <severity>' })).toThrow("[Test/Notify] 'message' has '<severity>', which 'inputPaths' does not name: add a path for it");
  expect(() => make({ inputPaths: { id: '$.id' } })).toThrow("[Test/Notify] 'inputPaths' is given without 'message': give the message that uses them");
});

test('a disabled rule fails the synthesis', () => {
  const notify = make();
  notify.rule.state = 'DISABLED';
  expect(() => ruleOf(notify)).toThrow(/EVT-01 does not hold/);
});
