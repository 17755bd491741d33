import * as controls from '../../../src/private/controls/iam';
import { provePredicate } from '../../support/predicate';

provePredicate(controls.IAM_NO_INLINE, { Role: { Type: 'AWS::IAM::Role', Properties: {} } }, {
  'it has one': r => { r.Role.Properties.Policies = [{ PolicyName: 'p' }]; },
  'it may have one': r => { r.Role.Properties.Policies = { 'Fn::If': ['C', [], []] }; },
});

const POLICY = {
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['sns:Publish', 's3:Get*'], Resource: ['arn:a', 'arn:b/*'] }, { Effect: 'Deny', Action: '*', Resource: '*' }] } },
  },
};
const first = (change: object) => (r: any) => { Object.assign(r.Policy.Properties.PolicyDocument.Statement[0], change); };
const NONE = {
  'there is no statement': (r: any) => { r.Policy.Properties.PolicyDocument.Statement = []; },
  'there is no document': (r: any) => { delete r.Policy.Properties.PolicyDocument; },
};
provePredicate(controls.IAM_NAMED_ACTIONS, POLICY, {
  ...NONE,
  'it allows everything': first({ Action: '*' }),
  'it allows everything of a service': first({ Action: ['sns:Publish', 's3:*'] }),
  'it allows everything of a service, in disguise': first({ Action: 's3:**' }),
  'it allows everything but': first({ Action: undefined, NotAction: ['iam:*'] }),
});
provePredicate(controls.IAM_NAMED_RESOURCES, POLICY, {
  ...NONE,
  'it is about everything': first({ Resource: '*' }),
  'it is about everything besides': first({ Resource: ['arn:a', '*'] }),
  'it is about everything but': first({ Resource: undefined, NotResource: 'arn:a' }),
});
provePredicate(controls.IAM_NAMED_RESOURCES, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' } } } } }, {
  'another action comes along': r => { r.Policy.Properties.PolicyDocument.Statement.Action = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage']; },
});
