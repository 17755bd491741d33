import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/iam/controls';
import { proveBreaks, provePredicate } from '../../support/predicate';

provePredicate(controls.IAM_NO_INLINE, { Role: { Type: 'AWS::IAM::Role', Properties: {} } }, {
  'it has one': r => { r.Role.Properties.Policies = [{ PolicyName: 'p' }]; },
  'it may have one': r => { r.Role.Properties.Policies = { 'Fn::If': ['C', [], []] }; },
});

const POLICY = {
  Policy: {
    Type: 'AWS::IAM::ManagedPolicy',
    Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['sns:Publish', 's3:Get*'], Resource: ['arn:aws:s3:::b/*', 'arn:aws:sns:eu-west-1:111122223333:t'] }, { Effect: 'Deny', Action: '*', Resource: '*' }] } },
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
  'it allows what ends in a way': first({ Action: 's3:*Object' }),
  'it allows what every service calls so': first({ Action: '*:Get' }),
  'it allows what begins like a service': first({ Action: 's*' }),
  'it allows nothing that is named': first({ Action: undefined }),
  'only the deployment knows what it allows': first({ Action: ['sns:Publish', { 'Fn::Unknown': 'P' }] }),
  'only the deployment knows what a statement says': r => { r.Policy.Properties.PolicyDocument.Statement.push({ 'Fn::Unknown': 'P' }); },
  'only the deployment knows what it says': r => { r.Policy.Properties.PolicyDocument = { 'Fn::Unknown': 'P' }; },
  'only the deployment knows whether it denies': first({ Effect: { 'Fn::Unknown': 'P' }, Action: '*' }),
});
provePredicate(controls.IAM_NAMED_RESOURCES, POLICY, {
  ...NONE,
  'it is about everything': first({ Resource: '*' }),
  'it is about everything besides': first({ Resource: ['arn:aws:s3:::b/*', '*'] }),
  'it is about everything but': first({ Resource: undefined, NotResource: 'arn:aws:s3:::b' }),
  'it is about nothing': first({ Resource: undefined }),
  ...Object.fromEntries([
    'arn:aws:s3:::*', 'arn:aws:s3:::*/*', 'arn:aws:s3:::?*', 'arn:aws:s3:*:111122223333:accesspoint/*', 'arn:aws:*:::b', 'a*', '?', 'arn:*',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:*', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret*',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:??????', 'arn:aws:iam::111122223333:role/*', 'arn:aws:iam::*:role/named',
    'arn:aws:kms:eu-west-1:111122223333:key/*', 'arn:aws:kms:*:*:*', 'arn:aws:logs:*:*:log-group:/*', 'arn:aws:sns:eu-west-1:111122223333:*',
    'arn:aws:dynamodb:eu-west-1:111122223333:table/*/index/x', 'arn:aws:apigateway:eu-west-1::/restapis/*',
    'arn:aws:s3:::{{resolve:ssm:/bucket}}',
  ].map(arn => [`it is about ${arn}`, first({ Resource: arn })])),
  'it is about what only the deployment knows': first({ Resource: { 'Fn::Unknown': 'P' } }),
  'it is about what an import gives, that nobody exports': first({ Resource: { 'Fn::ImportValue': 'elsewhere' } }),
  'it is about a bucket that only the deployment knows': first({ Resource: { 'Fn::Join': ['', ['arn:aws:s3:::', { 'Fn::Unknown': 'P' }, '/*']] } }),
  'it is about objects with any tag': first({ Resource: '*', Condition: { StringLike: { 'aws:ResourceTag/app': '*' } } }),
  'it is about all keys, through a service': first({ Action: 'kms:Decrypt', Resource: '*', Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } } }),
});
provePredicate(controls.IAM_NAMED_RESOURCES, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' } } } } }, {
  'another action comes along': r => { r.Policy.Properties.PolicyDocument.Statement.Action = ['ecr:GetAuthorizationToken', 'ecr:BatchGetImage']; },
});

describe('IAM-03 holds', () => {
  test.each<[string, [unknown, unknown, object?]]>([
    ['of one bucket and what is in it', ['s3:GetObject*', ['arn:aws:s3:::b', 'arn:aws:s3:::b/*']]],
    ['of buckets by how they begin', ['s3:GetObject', 'arn:aws:s3:::app-*']],
    ['of a resource of the template', ['s3:GetObject', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/*']] }]],
    ['of a name that refers to a resource', ['sns:Publish', { 'Fn::Sub': 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${Topic.TopicName}' }]],
    ['of a part of an ARN of the template', ['s3:GetObject', { 'Fn::Join': ['', ['arn:aws:s3:::', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Bucket', 'Arn'] }] }] }]] }]],
    ['of a secret, as the CDK imports one', ['secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????']],
    ['of an API and all its methods', ['execute-api:Invoke', 'arn:aws:execute-api:eu-west-1:111122223333:abc/*/GET/*']],
    ['of all regions', ['dynamodb:GetItem', 'arn:aws:dynamodb:*:111122223333:table/t']],
    ['of models of AWS', ['bedrock:InvokeModel', 'arn:aws:bedrock:eu-west-1::foundation-model/*']],
    ['of actions without resources', [['textract:DetectDocumentText', 'xray:PutTraceSegments', 'xray:Put*', 'rekognition:DetectLabels', 'dynamodb:ListStreams'], '*']],
    ['of actions with an optional helper', [['polly:SynthesizeSpeech', 'cloudwatch:PutMetricData'], '*']],
    ['of lists of databases', [['rds:DescribeDBClusters'], 'arn:aws:rds:eu-west-1:111122223333:*']],
    ['of what has a tag', ['ec2:StopInstances', '*', { StringEquals: { 'aws:ResourceTag/app': 'shop' } }]],
  ])('%s', (_name, [Action, Resource, Condition]) => {
    const template = new RenderedTemplate({
      Resources: {
        Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource, Condition }] } } },
      },
    } as any);
    expect(controls.IAM_NAMED_RESOURCES.holds(template.resource('Policy')!, template)).toBe(true);
  });
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
  'an identity provider takes it': trust({ Principal: { Federated: 'token.actions.githubusercontent.com' }, Action: 'sts:AssumeRoleWithWebIdentity' }),
  'only the deployment knows who takes it': trust({ Principal: { 'Fn::Unknown': 'P' } }),
  'only the deployment knows what a further statement says': r => { r.Role.Properties.AssumeRolePolicyDocument.Statement.push({ 'Fn::Unknown': 'P' }); },
});

const add = (id: string, Type: string, Properties: object) => (r: any) => { r[id] = { Type, Properties }; };
const INLINE = { Role: { Type: 'AWS::IAM::Role', Properties: {} } };
const BY_NAME = { Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'worker' } } };
const NAME_OF_ROLE = { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Role', 'Arn'] }] }] }] }] };
proveBreaks(controls.IAM_NO_INLINE, INLINE, {
  'a managed policy': add('P', 'AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'Role' }] }),
  'an inline policy of another role': add('P', 'AWS::IAM::Policy', { Roles: [{ Ref: 'Other' }], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: { 'Fn::GetAtt': ['Role', 'Arn'] } }] } }),
  'a user who may pass it': add('P', 'AWS::IAM::UserPolicy', { UserName: 'u', PolicyDocument: { Statement: [{ Resource: { 'Fn::GetAtt': ['Role', 'Arn'] } }] } }),
}, {
  'a policy is inline': [add('P', 'AWS::IAM::Policy', { Roles: [{ Ref: 'Role' }] }), 'P'],
  'a policy is inline, by a part of the ARN, as the CDK imports roles': [add('P', 'AWS::IAM::Policy', { Roles: [NAME_OF_ROLE] }), 'P'],
  'a policy is inline, as a resource of its own': [add('P', 'AWS::IAM::RolePolicy', { RoleName: { Ref: 'Role' } }), 'P'],
  'something of IAM that nobody knows is about it': [add('P', 'AWS::IAM::Novelty', { Target: { Ref: 'Role' } }), 'P'],
});
proveBreaks(controls.IAM_NO_INLINE, BY_NAME, {
  'an inline policy of a role by another name': add('P', 'AWS::IAM::Policy', { Roles: ['other'] }),
}, { 'a policy is inline, by the name of the role': [add('P', 'AWS::IAM::Policy', { Roles: ['worker'] }), 'P'] });
proveBreaks(controls.IAM_ONE_SERVICE, ROLE, {
  'another role for instances': add('P', 'AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Other' }] }),
}, {
  'instances have it': [add('P', 'AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Role' }] }), 'P'],
  'who has a certificate has it': [add('P', 'AWS::RolesAnywhere::Profile', { RoleArns: [{ 'Fn::GetAtt': ['Role', 'Arn'] }] }), 'P'],
  'users of an app have it': [add('P', 'AWS::Cognito::IdentityPoolRoleAttachment', { Roles: { authenticated: { 'Fn::GetAtt': ['Role', 'Arn'] } } }), 'P'],
  'pods have it': [add('P', 'AWS::EKS::PodIdentityAssociation', { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }), 'P'],
});
proveBreaks(controls.IAM_ATTACHED, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }] } } }, {
  'another role has it too, which is another control': add('R', 'AWS::IAM::Role', { ManagedPolicyArns: [{ Ref: 'Policy' }] }),
}, {
  'a user has it': [add('U', 'AWS::IAM::User', { ManagedPolicyArns: [{ Ref: 'Policy' }] }), 'U'],
  'a group has it': [add('G', 'AWS::IAM::Group', { ManagedPolicyArns: [{ Ref: 'Policy' }] }), 'G'],
});
provePredicate(controls.IAM_ONE_ROLE, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }] } } }, {
  'it is attached to nothing': r => { delete r.Policy.Properties.Roles; },
  'it is attached to another role too': r => { r.Policy.Properties.Roles.push({ Ref: 'Other' }); },
});
proveBreaks(controls.IAM_ONE_ROLE, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }] } } }, {
  'its role has it from the other side too': add('Role', 'AWS::IAM::Role', { ManagedPolicyArns: [{ Ref: 'Policy' }] }),
  'another role has another policy': add('R', 'AWS::IAM::Role', { ManagedPolicyArns: [{ Ref: 'Other' }] }),
}, { 'another role has it': [add('R', 'AWS::IAM::Role', { ManagedPolicyArns: [{ Ref: 'Policy' }] }), 'R'] });
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
  'it makes data keys without a service': at(3, s => { s.Action = 'kms:GenerateDataKeyWithoutPlaintext'; }),
  'it uses the key through what only the deployment knows': at(0, s => { s.Condition = { StringEquals: { 'kms:ViaService': { 'Fn::Unknown': 'P' } } }; }),
  'it uses the key through whatever service': at(0, s => { s.Condition = { StringLike: { 'kms:ViaService': '*.amazonaws.com' } }; }),
  'it makes any grant': at(1, s => { delete s.Condition; }),
  'it makes grants for others': at(1, s => { s.Condition.Bool['kms:GrantIsForAWSResource'] = 'false'; }),
  'it passes the role to any service': at(2, s => { delete s.Condition; }),
  'it passes the role to whatever service': at(2, s => { s.Condition.StringEquals['iam:PassedToService'] = '*'; }),
});
