import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Stack } from 'aws-cdk-lib/core';
import { arn } from '../../src/core/names';
import { NotificationTopic } from '../../src/foundation/notification-topic';
import { acceptPublisher } from '../../src/foundation/topic-publisher';
import { newStack, proveControls, render } from '../support/prove';

const SERVICE = 'events.rds.amazonaws.com';

proveControls(stack => {
  acceptPublisher(new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] }), SERVICE, arn('rds', '*'));
});

function statementsOf(stack: Stack, type: string, property: string): any[] {
  return render(stack).resourcesOf(type)[0].properties[property].Statement.filter((s: any) => s.Principal?.Service === SERVICE);
}

const CONDITION = {
  StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
  ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':rds:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']] } },
};

test('lets the service publish and use the key, for this account and its resources', () => {
  const stack = newStack();
  const topic = new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] });
  expect(acceptPublisher(topic, SERVICE, arn('rds', '*'))).toBeDefined();
  expect(statementsOf(stack, 'AWS::SNS::TopicPolicy', 'PolicyDocument')).toMatchObject([{ Action: 'sns:Publish', Condition: CONDITION, Sid: 'EventsRdsPublish' }]);
  expect(statementsOf(stack, 'AWS::KMS::Key', 'KeyPolicy')).toMatchObject([{ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: CONDITION }]);
});

test('compares an ARN without a wildcard as it is', () => {
  const stack = newStack();
  const topic = new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] });
  acceptPublisher(topic, SERVICE, arn('rds', 'es:one'));
  expect(Object.keys(statementsOf(stack, 'AWS::SNS::TopicPolicy', 'PolicyDocument')[0].Condition).sort()).toEqual(['ArnEquals', 'StringEquals']);
});

test('says the same twice only once', () => {
  const stack = newStack();
  const topic = new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] });
  acceptPublisher(topic, SERVICE, arn('rds', '*'));
  acceptPublisher(topic, SERVICE, arn('rds', '*'));
  expect(statementsOf(stack, 'AWS::SNS::TopicPolicy', 'PolicyDocument')).toHaveLength(1);
  expect(statementsOf(stack, 'AWS::KMS::Key', 'KeyPolicy')).toHaveLength(1);
});

test('leaves an imported topic as it is', () => {
  const stack = new Stack(new App(), 'Test');
  const topic = sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:security');
  expect(acceptPublisher(topic, SERVICE, arn('rds', '*'))).toBeUndefined();
  expect(render(stack).resourcesOf('AWS::SNS::TopicPolicy')).toEqual([]);
});
