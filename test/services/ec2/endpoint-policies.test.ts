import { RenderedTemplate } from '../../../src/core/template';
import { passesOurs, passesOursOrReads } from '../../../src/services/ec2/endpoint-policies';

const OWN = '111122223333';
const FOREIGN = '444455556666';
const ACCOUNT = { Ref: 'AWS::AccountId' };
const bound = (more: any = {}) => ({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': ACCOUNT, 'aws:ResourceAccount': OWN } }, ...more });
const by = (principal: any, resource: any) => ({ Condition: { StringEquals: { 'aws:PrincipalAccount': principal }, StringEqualsIfExists: { 'aws:ResourceAccount': resource } } });

function judged(statements: any, more: any = {}, admits: any[] = []) {
  const Endpoint = { Type: 'AWS::EC2::VPCEndpoint', Metadata: { 'cdk-hardened:admits': admits }, Properties: { ServiceName: 'com.amazonaws.eu-west-1.sqs', PolicyDocument: statements && { Statement: statements }, ...more } };
  const template = new RenderedTemplate({ Resources: { Endpoint, Queue: { Type: 'AWS::SQS::Queue' }, Role: { Type: 'AWS::IAM::Role' } } }, OWN);
  return [passesOurs(template.resource('Endpoint')!, template), passesOursOrReads(template.resource('Endpoint')!, template)];
}

test.each<[string, any, any?, any[]?]>([
  ['our identities to our resources', bound()],
  ['and where the request has one', bound(by([ACCOUNT], [ACCOUNT, OWN]))],
  ['a role of ours to a queue of ours', bound({ Principal: { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] }, Condition: undefined })],
  ['the account', bound({ Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Condition: { StringEquals: { 'aws:ResourceAccount': OWN } } })],
  ['a denial besides', [bound(), { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }]],
  ['STS, which has no resources', bound({ Condition: { StringEquals: { 'aws:PrincipalAccount': OWN } } }), { ServiceName: 'com.amazonaws.eu-west-1.sts' }],
  ['an account that was told of', bound(by(ACCOUNT, [ACCOUNT, FOREIGN])), {}, [FOREIGN]],
  ['an organization that was told of', bound({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } } }), {}, ['o-a1b2c3d4e5']],
])('passes: %s', (...[, statements, more, admits]) => expect(judged(statements, more, admits)).toEqual([true, true]));

test.each<[string, any, any?]>([
  ['nothing, which is the policy of AWS', undefined],
  ['an empty list', []],
  ['anybody', bound({ Condition: undefined })],
  ['everybody but one', bound({ Principal: undefined, NotPrincipal: { AWS: OWN }, Condition: { StringEquals: { 'aws:ResourceAccount': OWN } } })],
  ['another account', bound(by([OWN, FOREIGN], OWN))],
  ['resources of another account', bound(by(OWN, [OWN, FOREIGN]))],
  ['resources of anybody', bound({ Condition: { StringEquals: { 'aws:PrincipalAccount': OWN } } })],
  ['an organization that nobody told of', bound({ Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } } })],
  ['an account that only the deployment knows', bound(by({ 'Fn::Unknown': 'Account' }, OWN))],
  ['a principal that may be absent', bound({ Condition: { StringEqualsIfExists: { 'aws:PrincipalAccount': OWN, 'aws:ResourceAccount': OWN } } })],
  ['a pattern', bound({ Condition: { StringLike: { 'aws:PrincipalAccount': OWN, 'aws:ResourceAccount': '*' } } })],
  ['a service', bound({ Principal: { Service: 'sqs.amazonaws.com' }, Condition: { StringEquals: { 'aws:ResourceAccount': OWN } } })],
  ['a queue of another account', bound({ Resource: `arn:aws:sqs:eu-west-1:${FOREIGN}:q`, Condition: { StringEquals: { 'aws:PrincipalAccount': OWN } } })],
  ['a second statement for anybody', [bound(), bound({ Condition: undefined })]],
  ['an effect that only the deployment knows', [bound(), bound({ Effect: { 'Fn::Unknown': 'E' }, Condition: undefined })]],
])('does not pass: %s', (...[, statements, more]) => expect(judged(statements, more)).toEqual([false, false]));

test('a gateway may pass reads of named buckets', () => {
  const read = (Resource: any, Action = 's3:GetObject') => judged(bound({ Action, Resource, Condition: undefined }), {}, ['packages'])[1];
  expect(read('arn:aws:s3:::packages/*')).toBe(true);
  expect(read({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::prod-', { Ref: 'AWS::Region' }, '-starport-layer-bucket/*']] })).toBe(true);
  expect(['arn:aws:s3:::packages', 'arn:aws:s3:::loot/*', 'arn:aws:s3:::prod-*-starport-layer-bucket/*', 'arn:aws:s3:::my-packages/*', '*'].map(r => read(r))).toEqual([false, false, false, false, false]);
  expect(read('arn:aws:s3:::packages/*', 's3:PutObject')).toBe(false);
});
