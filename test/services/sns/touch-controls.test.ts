import { ADMITTED } from '../../../src/core/ours';
import * as touch from '../../../src/services/sns/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate, Resources } from '../../support/predicate';

const TOPIC: Resources = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'key' } },
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: { Ref: 'Topic' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          {
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: 'Topic' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    },
  },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Other: { Type: 'AWS::IAM::Role', Properties: {} },
  Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { Ref: 'Topic' }, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }] } },
  Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
};
const add = (...statements: any[]) => (r: any) => { r.Policy.Properties.PolicyDocument.Statement.push(...statements); };
const allow = (Principal: any, Action: any = 'sns:Publish', Condition?: any) => add({ Effect: 'Allow', Principal, Action, Resource: { Ref: 'Topic' }, ...Condition && { Condition } });
const deny = (Principal: any, Condition?: any, Action: any = 'sns:Publish') => add({ Effect: 'Deny', Principal, Action, Resource: { Ref: 'Topic' }, ...Condition && { Condition } });
const service = (Condition?: any) => allow({ Service: 'cloudwatch.amazonaws.com' }, 'sns:Publish', Condition);
const ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] };
const OTHER = { 'Fn::GetAtt': ['Other', 'Arn'] };
const admitted = (change: (r: any) => void) => (r: any) => { r.Topic.Metadata = { [ADMITTED]: [FOREIGN] }; change(r); };

proveBreaks(touch.SNS_OURS, TOPIC, {
  'a role of the app publishes': allow({ AWS: OTHER }),
  'a named role of the account publishes': allow({ AWS: `arn:aws:iam::${OWN}:role/Ops` }),
  'the account subscribes': allow({ AWS: OWN }, 'sns:Subscribe'),
  'a bucket of the app publishes': allow({ Service: 's3.amazonaws.com' }, 'sns:Publish', { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': ['Queue', 'Arn'] } } }),
  'an account that the topic was told of subscribes': admitted(allow({ AWS: `arn:aws:iam::${FOREIGN}:root` }, 'sns:Subscribe')),
  'another account is denied': deny({ AWS: FOREIGN }),
}, {
  'another account publishes': [allow({ AWS: FOREIGN }), 'Policy'],
  'a role of another account subscribes': [allow({ AWS: `arn:aws:iam::${FOREIGN}:role/A` }, 'sns:Subscribe'), 'Policy'],
  'another account publishes, besides ours': [allow({ AWS: [OTHER, `arn:aws:iam::${FOREIGN}:root`] }), 'Policy'],
  'another account than the one that the topic was told of subscribes': [admitted(allow({ AWS: '777788889999' }, 'sns:Subscribe')), 'Policy'],
  'everybody publishes': [allow('*'), 'Policy'],
  'an organization publishes': [allow({ AWS: '*' }, 'sns:Publish', { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } }), 'Policy'],
  'everybody but one publishes': [add({ Effect: 'Allow', NotPrincipal: { AWS: FOREIGN }, Action: 'sns:Publish' }), 'Policy'],
  'whoever the deployment says publishes': [allow({ AWS: { 'Fn::Unknown': 'P' } }), 'Policy'],
  'an identity provider publishes': [allow({ Federated: 'cognito-identity.amazonaws.com' }), 'Policy'],
  'a principal that cannot be read publishes': [allow({ 'Fn::Unknown': 'P' }), 'Policy'],
  'alarms of another account publish': [service({ StringEquals: { 'aws:SourceAccount': FOREIGN } }), 'Policy'],
  'alarms of another account publish, by their ARN': [service({ ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:eu-west-1:${FOREIGN}:alarm:*` } }), 'Policy'],
  'alarms of another account publish too': [service({ StringEquals: { 'aws:SourceAccount': [{ Ref: 'AWS::AccountId' }, FOREIGN] } }), 'Policy'],
  'alarms of every account publish': [service({ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:*:*:alarm:*' } }), 'Policy'],
  'alarms without a source publish': [service(), 'Policy'],
  'alarms of an account that the deployment knows publish': [service({ StringEquals: { 'aws:SourceAccount': { 'Fn::Unknown': 'P' } } }), 'Policy'],
  'a second policy lets another account publish': [r => {
    r.Second = { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: FOREIGN }, Action: 'sns:Publish' } } } };
  }, 'Second'],
});

proveBreaks(touch.SNS_NOT_SILENCED, TOPIC, {
  'a role that sends nothing is denied': deny({ AWS: OTHER }),
  'another account is denied': deny({ AWS: `arn:aws:iam::${FOREIGN}:root` }),
  'nobody may subscribe': deny('*', undefined, 'sns:Subscribe'),
  'a service that is not let in is denied': deny({ Service: 's3.amazonaws.com' }),
  'strangers are denied': deny('*', { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } }, Bool: { 'aws:PrincipalIsAWSService': 'false' } }),
  'plaintext is denied once more': deny('*', { Bool: { 'aws:SecureTransport': 'false' } }, 'sns:*'),
}, {
  'CloudWatch is denied': [deny({ Service: 'cloudwatch.amazonaws.com' }), 'Policy'],
  'CloudWatch is denied by a wildcard': [deny({ Service: 'cloudwatch.amazonaws.com' }, undefined, 'sns:*'), 'Policy'],
  'everything but subscribing is denied': [add({ Effect: 'Deny', Principal: '*', NotAction: 'sns:Subscribe', Resource: '*' }), 'Policy'],
  'everybody is denied': [deny('*'), 'Policy'],
  'the account is denied': [deny({ AWS: OWN }), 'Policy'],
  'the role of a rule is denied': [deny({ AWS: [OTHER, ROLE] }), 'Policy'],
  'everybody but one is denied': [add({ Effect: 'Deny', NotPrincipal: { AWS: OTHER }, Action: 'sns:Publish' }), 'Policy'],
  'whoever the deployment says is denied': [deny({ AWS: { 'Fn::Unknown': 'P' } }), 'Policy'],
  'an action that the deployment knows is denied': [deny('*', undefined, { 'Fn::Unknown': 'P' }), 'Policy'],
  'everything is denied on a condition': [deny('*', { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }), 'Policy'],
  'strangers are denied, and AWS services with them': [deny('*', { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } }), 'Policy'],
  'all but another account are denied': [deny('*', { StringNotEquals: { 'aws:PrincipalAccount': FOREIGN }, Bool: { 'aws:PrincipalIsAWSService': 'false' } }), 'Policy'],
});
const PROTECTED = { ...TOPIC, Topic: { ...TOPIC.Topic, Properties: { DataProtectionPolicy: { Statement: [{ Operation: { Audit: {} } }] } } } };
provePredicate(touch.SNS_NOT_SILENCED, PROTECTED, {
  'the topic drops messages': r => { r.Topic.Properties.DataProtectionPolicy.Statement[0].Operation = { Deny: {} }; },
  'there is no policy': r => { delete r.Policy; },
  'a statement has no operation': r => { r.Topic.Properties.DataProtectionPolicy.Statement.push({}); },
});

const secondPolicy = (Type: string, properties: any) => (r: any) => { r.Second = { Type, Properties: properties }; };
proveBreaks(touch.SNS_ONE_POLICY, TOPIC, {
  'another topic has a policy': secondPolicy('AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'Else' }], PolicyDocument: { Statement: [] } }),
  'a subscription is added': secondPolicy('AWS::SNS::Subscription', { TopicArn: { Ref: 'Topic' } }),
}, {
  'there is a second policy': [secondPolicy('AWS::SNS::TopicPolicy', { Topics: ['arn:x', { Ref: 'Topic' }], PolicyDocument: { Statement: [] } }), 'Second'],
  'there is a second policy of another type': [secondPolicy('AWS::SNS::TopicInlinePolicy', { TopicArn: { Ref: 'Topic' }, PolicyDocument: { Statement: [] } }), 'Second'],
  'there is a second policy that denies plaintext too': [r => { r.Second = structuredClone(r.Policy); }, 'Second'],
  'something of SNS that nobody knows is about it': [secondPolicy('AWS::SNS::TopicMute', { Target: { Ref: 'Topic' } }), 'Second'],
});

proveBreaks(touch.SNS_NOBODY_CHANGES, TOPIC, {
  'a role publishes, subscribes and reads': allow({ AWS: OTHER }, ['sns:Publish', 'sns:Subscribe', 'sns:GetTopicAttributes']),
  'nobody deletes it': deny('*', undefined, 'sns:DeleteTopic'),
}, {
  'a role adds permissions': [allow({ AWS: OTHER }, ['sns:Publish', 'sns:AddPermission']), 'Policy'],
  'a role changes attributes, by a pattern': [allow({ AWS: OTHER }, 'sns:Set*'), 'Policy'],
  'a role does everything': [allow({ AWS: OTHER }, '*'), 'Policy'],
  'a role does everything but publishing': [add({ Effect: 'Allow', Principal: { AWS: OTHER }, NotAction: 'sns:Publish' }), 'Policy'],
  'a role does what the deployment says': [allow({ AWS: OTHER }, { 'Fn::Unknown': 'P' }), 'Policy'],
});

const subscribe = (Protocol: any, Endpoint: any) => (r: any) => { r.Sub = { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, Protocol, Endpoint } }; };
const inline = (Protocol: any, Endpoint: any) => (r: any) => { r.Topic.Properties.Subscription = [{ Protocol, Endpoint }]; };
const foreign = (of: string, resource: string) => `arn:aws:${of}:eu-west-1:${FOREIGN}:${resource}`;

proveBreaks(touch.SNS_SENT_BY_TLS, TOPIC, {
  'an address': subscribe('email', 'a@example.com'),
  'a telephone': subscribe('sms', '+3212345678'),
  'an endpoint with TLS': subscribe('https', 'https://a.example.com'),
  'a queue': subscribe('sqs', { 'Fn::GetAtt': ['Queue', 'Arn'] }),
  'a queue of another account': subscribe('sqs', foreign('sqs', 'q')),
}, {
  'an endpoint without TLS is subscribed': [subscribe('http', 'http://a.example.com'), 'Sub'],
  'the topic itself subscribes one': [inline('http', 'http://a.example.com'), 'Topic'],
  'the deployment knows the protocol': [subscribe({ 'Fn::Unknown': 'P' }, 'a'), 'Sub'],
});
proveBreaks(touch.SNS_SENT_TO_OURS, TOPIC, {
  'an address': subscribe('email', 'a@example.com'),
  'an endpoint with TLS': subscribe('https', 'https://a.example.com'),
  'a queue of the app': subscribe('sqs', { 'Fn::GetAtt': ['Queue', 'Arn'] }),
  'a function of the account': subscribe('lambda', `arn:aws:lambda:eu-west-1:${OWN}:function:a`),
  'a queue of an account that the topic was told of': admitted(subscribe('sqs', foreign('sqs', 'q'))),
}, {
  'a queue of another account is subscribed': [subscribe('sqs', foreign('sqs', 'q')), 'Sub'],
  'a function of another account is subscribed': [subscribe('lambda', foreign('lambda', 'function:f')), 'Sub'],
  'a stream of another account is subscribed': [subscribe('firehose', foreign('firehose', 'deliverystream/s')), 'Sub'],
  'the topic itself subscribes one': [inline('sqs', foreign('sqs', 'q')), 'Topic'],
  'the deployment knows the queue': [subscribe('sqs', { 'Fn::ImportValue': 'x' }), 'Sub'],
  'the deployment knows the protocol': [subscribe({ 'Fn::Unknown': 'P' }, { 'Fn::Unknown': 'E' }), 'Sub'],
});
provePredicate(touch.SNS_WHOLE, { Sub: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'email', Endpoint: 'a@example.com' } } }, {
  'it has a filter': r => { r.Sub.Properties.FilterPolicy = { severity: ['none'] }; },
  'the deployment knows the filter': r => { r.Sub.Properties.FilterPolicy = { 'Fn::Unknown': 'P' }; },
  'nobody gets it': r => { delete r.Sub.Properties.Endpoint; },
  'it is sent without TLS': r => { r.Sub.Properties.Protocol = 'http'; },
});
