// Additions to the topic and to its policy.
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Cases, casesOf, Change } from './harness';
import { added, allow, append, deny, document, everybodyOf, FOREIGN, foreignArn, l1, Statement, statement, to } from './touch';

/** A statement in the policy of the topic: by its method, past it, and in a policy beside it that replaces it. */
function onTopic(json: (topicArn: string) => Statement): Record<string, Change> {
  const second = added((scope, { application: { foundation: { topic } } }) =>
    new sns.CfnTopicPolicy(scope, 'SecondPolicy', { topics: [topic.topicArn], policyDocument: document(json(topic.topicArn)) }));
  return {
    'addToResourcePolicy': to(({ foundation: { topic } }) => topic.addToResourcePolicy(statement(json(topic.topicArn)))),
    'by an override': to(({ foundation: { topic } }, stack) =>
      append(l1(stack, 'Security/Topic/Policy'), 'PolicyDocument.Statement', stack.resolve(json(topic.topicArn)))),
    'by a second policy in the stack': second['in the stack'],
    'by a second policy in a second stack': second['in a second stack'],
  };
}

const ALARMS = { Service: 'cloudwatch.amazonaws.com' };

const CASES: Cases = {
  'policy: another account publishes and subscribes': {
    ...onTopic(topic => allow(everybodyOf(FOREIGN), ['sns:Publish', 'sns:Subscribe'], topic)),
    'grantPublish and grantSubscribe': to(({ foundation: { topic } }) => {
      topic.grantPublish(new iam.AccountPrincipal(FOREIGN));
      topic.grantSubscribe(new iam.AccountPrincipal(FOREIGN));
    }),
  },
  'policy: CloudWatch may not publish (alarms are silenced)': onTopic(topic => deny(ALARMS, 'sns:Publish', topic)),
  'policy: everybody publishes': onTopic(topic => allow('*', 'sns:Publish', topic)),
  'policy: CloudWatch publishes for another account': {
    ...onTopic(topic => allow(ALARMS, 'sns:Publish', topic, { StringEquals: { 'aws:SourceAccount': FOREIGN } })),
    'addToResourcePolicy, with the ARN': to(({ foundation: { topic } }) => topic.addToResourcePolicy(statement(allow(ALARMS, 'sns:Publish', topic.topicArn,
      { StringEquals: { 'aws:SourceAccount': FOREIGN }, ArnLike: { 'aws:SourceArn': foreignArn('cloudwatch', 'alarm:*') } })))),
  },
  'an endpoint without TLS is subscribed': {
    addSubscription: to(({ foundation }) =>
      foundation.topic.addSubscription(new subscriptions.UrlSubscription('http://hooks.example.com/alarms'))),
    ...added((scope, { application: { foundation: { topic } } }) => new sns.CfnSubscription(scope, 'Plain',
      { topicArn: topic.topicArn, protocol: 'http', endpoint: 'http://hooks.example.com/alarms' })),
  },
};

export const TOPIC = casesOf('topic', CASES);
