import { RenderedTemplate } from '../../../src/core/template';
import { actionsOf, isNamed, managesNothing, mayDo, namingRole, policiesOf, takersOf } from '../../../src/services/iam/rendered';

const KMS = 'arn:aws:kms:eu-west-1:111122223333:';

test.each([
  'arn:aws:s3:::b', 'arn:aws:s3:::b*', 'arn:aws:sqs:eu-west-1:111122223333:q*', `${KMS}key/k`, `${KMS}alias/a*`, 'arn:aws:iam::111122223333:role/a/*',
  'arn:aws:ssm:eu-west-1::document/*', 'arn:aws:logs:*:111122223333:log-group:/aws/*', '\u0002Bucket.Arn\u0003/*', 'arn:aws:s3:::\u0002Bucket\u0003/*',
])('%s is named', arn => expect(isNamed(arn)).toBe(true));
test.each([
  '', '*', '\u0001', 'arn', 'arn:aws:s3', 'arn:aws:s3:::*', 'arn:aws:s3:::\u0001', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/*', `${KMS}key/*`, `${KMS}key*`, `${KMS}*`,
  'arn:aws:iam::*:role/r', 'arn:aws:iam::\u0001:role/r', 'arn:aws:iam::111122223333:role//*', 'arn:aws:*:::b', 'arn:aws:ec2:eu-west-1::snapshot/*', '\u0001/x',
])("'%s' is not", arn => expect(isNamed(arn)).toBe(false));

const template = new RenderedTemplate({
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'named',
        ManagedPolicyArns: [{ Ref: 'Own' }, 'arn:aws:iam::aws:policy/X'],
        AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: ['a.amazonaws.com', { Ref: 'P' }] } } },
      },
    },
    Own: { Type: 'AWS::IAM::ManagedPolicy', Properties: {} },
    ByReference: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }] } },
    ByName: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['named'] } },
    ByBoth: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['named', { Ref: 'Role' }] } },
    Other: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['other'] } },
  },
});
const role = template.resource('Role')!;

test('a role has policies from either side, each once', () => {
  expect(policiesOf(role, template).map(p => p.logicalId)).toEqual(['Own', 'ByReference', 'ByBoth', 'ByName']);
  expect(namingRole('AWS::IAM::Policy', 'Roles', role, template)).toEqual([]);
});

test('who takes a role, as far as it can be read', () => expect(takersOf(role)).toEqual(['a.amazonaws.com', '']));

test('actions are read as text', () => expect(actionsOf({ Action: ['s3:Get*', { 'Fn::Unknown': 'P' }] })).toEqual(['s3:Get*', '\u0001']));

test.each<[string, object, boolean]>([
  ['by name', { Action: 'kms:Decrypt' }, true],
  ['by a pattern', { Action: ['s3:GetObject', 'kms:D*'] }, true],
  ['by what only the deployment knows', { Action: [{ 'Fn::Unknown': 'P' }] }, true],
  ['as it is none of those that are left out, or nobody knows', { NotAction: 'kms:*' }, true],
  ['as nothing can be read', {}, true],
  ['not by another name', { Action: ['kms:Describe*', 's3:*'] }, false],
])('a statement may do something, %s', (_name, statement, expected) => expect(mayDo(statement as any, ['kms:Decrypt'])).toBe(expected));

test.each<[string, object, string[], boolean]>([
  ['reading', { Action: ['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:PutObject', 's3:DeleteObject*', 's3:Abort*'] }, [], true],
  ['the policy of a bucket', { Action: 's3:PutBucketPolicy' }, [], false],
  ['some of what a bucket has', { Action: 's3:PutB*' }, [], false],
  ['the policy of anything', { Action: 'unheard-of:PutResourcePolicy' }, [], false],
  ['some policies of anything', { Action: 'unheard-of:PutRes*' }, [], false],
  ['what only the deployment knows', { Action: { 'Fn::Unknown': 'P' } }, [], false],
  ['everything but', { NotAction: 's3:*' }, [], false],
  ['what a service is for', { Action: 'rds:ModifyDBCluster' }, ['backup.amazonaws.com'], true],
  ['what another service is for', { Action: 'rds:ModifyDBCluster' }, ['ssm.amazonaws.com'], false],
  ['more than a service is for', { Action: 'rds:ModifyDB*' }, ['backup.amazonaws.com'], false],
])('managing nothing: %s', (_name, statement, takers, expected) => expect(managesNothing(takers)(statement as any)).toBe(expected));
