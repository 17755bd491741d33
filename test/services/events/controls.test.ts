import * as controls from '../../../src/services/events/controls';
import { provePredicate } from '../../support/predicate';

provePredicate(controls.EVENT_THROUGH_ROLE, { Rule: { Type: 'AWS::Events::Rule', Properties: { State: 'ENABLED', Targets: [{ Arn: 'a', RoleArn: 'r' }, { Arn: 'b', RoleArn: 'r' }] } } }, {
  'it is off': r => { r.Rule.Properties.State = 'DISABLED'; },
  'nobody knows whether it is on': r => { r.Rule.Properties.State = { 'Fn::If': ['C', 'ENABLED', 'DISABLED'] }; },
  'it has no target': r => { r.Rule.Properties.Targets = []; },
  'nothing is said of targets': r => { delete r.Rule.Properties.Targets; },
  'one target has no role': r => { delete r.Rule.Properties.Targets[1].RoleArn; },
});

const NOTIFIES = {
  Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { Ref: 'Topic' }, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }] } },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
  Key: { Type: 'AWS::KMS::Key' },
  Role: { Type: 'AWS::IAM::Role' },
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      Roles: [{ Ref: 'Role' }],
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'Topic' } },
          { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } },
        ],
      },
    },
  },
};
provePredicate(controls.EVENT_THROUGH_ROLE, NOTIFIES, {
  'the target is not said': r => { delete r.Rule.Properties.Targets[0].Arn; },
  'the role has no policy': r => { delete r.Policy; },
  'the role may not publish': r => { r.Policy.Properties.PolicyDocument.Statement.shift(); },
  'the role may publish elsewhere': r => { r.Policy.Properties.PolicyDocument.Statement[0].Resource = { Ref: 'Other' }; },
  "the role may not use the topic's key": r => { r.Policy.Properties.PolicyDocument.Statement.pop(); },
  'the role is denied': r => { r.Policy.Properties.PolicyDocument.Statement[0].Effect = 'Deny'; },
});
