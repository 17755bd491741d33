import * as controls from '../../../src/services/iam/controls';
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

const ROLE = { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'events.amazonaws.com' } }] } } } };
const trust = (change: object) => (r: any) => { Object.assign(r.Role.Properties.AssumeRolePolicyDocument.Statement[0], change); };
provePredicate(controls.IAM_ONE_SERVICE, ROLE, {
  'nothing is said': r => { delete r.Role.Properties.AssumeRolePolicyDocument; },
  'everybody takes it': trust({ Principal: '*' }),
  'an account takes it too': trust({ Principal: { Service: 'events.amazonaws.com', AWS: '111111111111' } }),
  'two services take it': trust({ Principal: { Service: ['events.amazonaws.com', 'ec2.amazonaws.com'] } }),
  'a second statement is for another service': r => {
    r.Role.Properties.AssumeRolePolicyDocument.Statement.push({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } });
  },
  'every action is allowed': trust({ Action: 'sts:*' }),
  'sessions are tagged': trust({ Action: ['sts:AssumeRole', 'sts:TagSession'] }),
});
provePredicate(controls.IAM_ATTACHED, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }] } } }, {
  'it is attached to nothing': r => { delete r.Policy.Properties.Roles; },
  'it is attached to a user too': r => { r.Policy.Properties.Users = ['u']; },
  'it is attached to a group too': r => { r.Policy.Properties.Groups = ['g']; },
});
const THROUGH = {
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: 'arn:a', Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } },
          { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: 'arn:a', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
          { Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:r', Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } } },
          { Effect: 'Allow', Action: ['sns:Publish', 'kms:DescribeKey'], Resource: 'arn:t' },
        ],
      },
    },
  },
};
const at = (i: number, change: (s: any) => void) => (r: any) => change(r.Policy.Properties.PolicyDocument.Statement[i]);
provePredicate(controls.IAM_THROUGH_SERVICES, THROUGH, {
  ...NONE,
  'it uses the key directly': at(0, s => { delete s.Condition; }),
  'it uses the key through any service': at(0, s => { s.Condition = { StringLike: { 'kms:ViaService': '*' } }; }),
  'it uses the key by a wildcard': at(3, s => { s.Action = 'kms:Gen*'; }),
  'it makes any grant': at(1, s => { delete s.Condition; }),
  'it makes grants for others': at(1, s => { s.Condition.Bool['kms:GrantIsForAWSResource'] = 'false'; }),
  'it passes the role to any service': at(2, s => { delete s.Condition; }),
  'it passes the role to whatever service': at(2, s => { s.Condition.StringEquals['iam:PassedToService'] = '*'; }),
});
