// What can be done to the topic, its policy and its subscriptions.
import * as sns from 'aws-cdk-lib/aws-sns';
import { undecided } from './keys';
import { apart, Kind, Target, within } from './kind';
import { manager } from './managers';
import { ACCOUNT, allow, append, deny, document, everybodyOf, FOREIGN, foreignArn, ownIam, rendered, sid, Statement } from '../touch';

const TOPIC = 'AWS::SNS::Topic';
const POLICY = 'AWS::SNS::TopicPolicy';
const SUBSCRIPTION = 'AWS::SNS::Subscription';

const itself = ({ resource }: Target) => rendered(resource, 'Topics')[0];
const statement = (name: string, why: string, json: (target: Target<sns.CfnTopicPolicy>) => Statement): Kind =>
  within<sns.CfnTopicPolicy>(POLICY, name, why, t => append(t.resource, 'PolicyDocument.Statement', json(t)));

const S3 = { Service: 's3.amazonaws.com' };
const subscribed = (name: string, why: string, protocol: string, endpoint: string): Kind => apart<sns.CfnTopic>(TOPIC, name, why,
  t => new sns.CfnSubscription(t.scope, 'Further', { topicArn: t.resource.ref, protocol, endpoint }));

export const TOPICS: Kind[] = [
  statement('another account publishes', 'forged alarms', t => allow(everybodyOf(FOREIGN), 'sns:Publish', itself(t))),
  statement('another account subscribes', 'strangers read the alarms', t => allow(everybodyOf(FOREIGN), 'sns:Subscribe', itself(t))),
  statement('everybody of an organization subscribes', 'every account of it reads the alarms', t => allow('*', 'sns:Subscribe', itself(t), { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
  statement('a service publishes without a source', 'the service publishes for anybody', t => allow(S3, 'sns:Publish', itself(t))),
  statement('a service publishes for another account', 'the events of somebody else are among ours', t => allow(S3, 'sns:Publish', itself(t), { StringEquals: { 'aws:SourceAccount': FOREIGN }, ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::bucket-of-somebody' } })),
  statement('a role does all but one thing (NotAction)', 'it removes who is notified',
    t => ({ Effect: 'Allow', Principal: { AWS: ownIam('role/Operator') }, NotAction: 'sns:DeleteTopic', Resource: itself(t) })),
  statement('everybody but one account publishes (NotPrincipal)', 'it lets in the rest of the world', t => ({ Effect: 'Allow', NotPrincipal: everybodyOf(ACCOUNT), Action: 'sns:Publish', Resource: itself(t) })),
  statement('a role deletes the topic and changes it', 'a role that nobody named as a deployer silences the alarms',
    t => allow({ AWS: ownIam('role/Operator') }, ['sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:RemovePermission'], itself(t))),
  statement('RDS may not publish', 'its events are lost in silence', t => deny({ Service: 'events.rds.amazonaws.com' }, 'sns:Publish', itself(t))),
  statement('nobody may publish', 'alarms are lost in silence', t => deny('*', 'sns:Publish', itself(t))),
  statement('everybody publishes, if a condition of the template holds', 'what only the deployment knows may be true', t => undecided(t, allow('*', 'sns:Publish', itself(t)))),
  within<sns.CfnTopicPolicy>(POLICY, 'its denial of plain text is for one tag', 'the others publish in plain text', t => t.resource.addPropertyOverride(
    `${sid(t.resource, 'PolicyDocument', 'DenyInsecureTransport')}.Condition.StringEquals`, { 'aws:PrincipalTag/transport': 'strict' })),

  apart<sns.CfnTopic>(TOPIC, 'a second policy takes the place of its own', 'alarms may not publish any more',
    t => new sns.CfnTopicPolicy(t.scope, 'Second', { topics: [t.resource.ref], policyDocument: document(allow({ AWS: ownIam('role/Publisher') }, 'sns:Publish', t.resource.ref)) })),
  apart<sns.CfnTopic>(TOPIC, 'an inline policy lets another account publish', 'forged alarms, by the other type of policy',
    t => new sns.CfnTopicInlinePolicy(t.scope, 'Inline', { topicArn: t.resource.ref, policyDocument: document(allow(everybodyOf(FOREIGN), 'sns:Publish', t.resource.ref)) })),
  subscribed('an endpoint in plain text', 'alarms cross the internet in plain text', 'http', 'http://hooks.example.com/alarms'),
  subscribed('a function of another account', 'strangers read the alarms', 'lambda', foreignArn('lambda', 'function:collector')),
  subscribed('a queue of another account', 'strangers read the alarms', 'sqs', foreignArn('sqs', 'collector')),
  apart<sns.CfnTopic>(TOPIC, 'a function may delete it and who is notified', 'whoever has the function silences the alarms', t => manager(t, ['sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:Unsubscribe'], t.resource.ref)),
  within<sns.CfnTopic>(TOPIC, 'its data protection refuses messages', 'what it takes for personal data is not delivered', t => t.resource.addPropertyOverride('DataProtectionPolicy', {
    Name: 'Quiet',
    Description: 'refuses messages with addresses',
    Version: '2021-06-01',
    Statement: [{ Sid: 'Deny', DataDirection: 'Inbound', Principal: ['*'], DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/IpAddress'], Operation: { Deny: {} } }],
  })),

  within<sns.CfnSubscription>(SUBSCRIPTION, 'a filter by attributes', 'alarms carry no such attribute, so nobody is told', t => t.resource.addPropertyOverride('FilterPolicy', { team: ['nobody'] })),
  within<sns.CfnSubscription>(SUBSCRIPTION, 'a filter by the message', 'only one alarm is told', t => {
    t.resource.addPropertyOverride('FilterPolicyScope', 'MessageBody');
    t.resource.addPropertyOverride('FilterPolicy', { AlarmName: ['one-of-them'] });
  }),
];
