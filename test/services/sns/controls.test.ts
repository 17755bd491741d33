import * as controls from '../../../src/services/sns/controls';
import { provePredicate } from '../../support/predicate';

const TOPIC = {
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
  Policy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: { Ref: 'Topic' }, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: { Ref: 'Topic' } },
        ],
      },
    },
  },
  Subscription: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'https' } },
};
const POLICY = {
  'there is no policy': (r: any) => { delete r.Policy; },
  'the policy is of another topic': (r: any) => { r.Policy.Properties.Topics = [{ Ref: 'Other' }]; },
};
const first = (change: (s: any) => void) => (r: any) => change(r.Policy.Properties.PolicyDocument.Statement[0]);

provePredicate(controls.SNS_ENCRYPTED, TOPIC, {
  'there is no key': r => { delete r.Topic.Properties.KmsMasterKeyId; },
  'it is the AWS managed key': r => { r.Topic.Properties.KmsMasterKeyId = 'alias/aws/sns'; },
  'it is the AWS managed key, by its ARN': r => { r.Topic.Properties.KmsMasterKeyId = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':kms:eu-west-1:1:alias/aws/sns']] }; },
});
provePredicate(controls.SNS_TLS_ONLY, TOPIC, {
  ...POLICY,
  'it allows': first(s => { s.Effect = 'Allow'; }),
  'it is about one principal': first(s => { s.Principal = { AWS: 'arn:a' }; }),
  'it is about subscribing': first(s => { s.Action = 'sns:Subscribe'; }),
  'it has another condition besides': first(s => { s.Condition.StringEquals = { 'aws:PrincipalAccount': '1' }; }),
  'it denies TLS instead': first(s => { s.Condition.Bool['aws:SecureTransport'] = 'true'; }),
  'it is about another topic': first(s => { s.Resource = { Ref: 'Other' }; }),
});
provePredicate(controls.SNS_NOT_PUBLIC, TOPIC, {
  ...POLICY,
  'everybody may publish': r => { r.Policy.Properties.PolicyDocument.Statement[1].Principal = '*'; },
  'somebody may do everything': r => { r.Policy.Properties.PolicyDocument.Statement[1].Action = ['sns:Publish', 'sns:*']; },
  'somebody may publish to other topics': r => { r.Policy.Properties.PolicyDocument.Statement[1].Resource = [{ Ref: 'Topic' }, '*']; },
  "everybody may publish, if it is the owner's": r => {
    Object.assign(r.Policy.Properties.PolicyDocument.Statement[1], { Principal: { AWS: '*' }, Condition: { StringEquals: { 'AWS:SourceOwner': '1' } } });
  },
});
provePredicate(controls.SNS_SUBSCRIBED, TOPIC, {
  'nobody is': r => { delete r.Subscription; },
  'the subscription is to another topic': r => { r.Subscription.Properties.TopicArn = { Ref: 'Other' }; },
});
provePredicate(controls.SNS_SUBSCRIBED, { Topic: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'a' }] } } }, {
  'the list is empty': r => { r.Topic.Properties.Subscription = []; },
});
