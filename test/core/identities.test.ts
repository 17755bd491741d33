import { holdersOf, rightsOn } from '../../src/core/identities';
import { RenderedTemplate } from '../../src/core/template';

const ARN = { 'Fn::GetAtt': ['Key', 'Arn'] };
const document = (...Statement: any[]) => ({ PolicyDocument: { Statement } });
const may = (Resource: any, Effect: any = 'Allow') => ({ Effect, Action: 'kms:Decrypt', Resource });
const template = new RenderedTemplate({
  Resources: {
    Key: { Type: 'AWS::KMS::Key' },
    Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [document(may(ARN), may('*'), may(ARN, 'Deny'))] } },
    Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }], ...document(may({ 'Fn::Join': ['', [ARN, '/*']] })) } },
    Inline: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: { Ref: 'Role' }, ...document(may(ARN, { 'Fn::Unknown': 'P' })) } },
    Other: { Type: 'AWS::S3::BucketPolicy', Properties: document(may(ARN)) },
  },
});

test('the rights on a resource are those that name it, in whatever policy of IAM', () => {
  expect(rightsOn(template.resource('Key')!, template).map(r => r.by.logicalId)).toEqual(['Managed', 'Inline', 'Role']);
});

test('a policy is held by whom it is for, and one in a role by the role', () => {
  expect(['Role', 'Managed', 'Inline', 'Key'].map(id => [...holdersOf(template.resource(id)!)])).toEqual([['Role'], ['Role'], ['Role'], []]);
});
