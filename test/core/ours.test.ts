import { ADMITTED, isAdmitted, isBoundToOurs, ownerOf, spelled, strangersIn } from '../../src/core/ours';
import { RenderedTemplate } from '../../src/core/template';

const t = new RenderedTemplate({
  Resources: { Role: { Type: 'AWS::IAM::Role' }, Topic: { Type: 'AWS::SNS::Topic', Metadata: { [ADMITTED]: ['444455556666', 'arn:aws:iam::777788889999:role/Reader'] } } },
}, () => ({ account: '111122223333' }));
const topic = t.resource('Topic')!;
const role = t.resource('Role')!;

test.each<[string, any, string]>([
  ['a reference', { Ref: 'Role' }, 'ours'],
  ['an attribute', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'ours'],
  ['an attribute, written short', { 'Fn::GetAtt': 'Role.Arn' }, 'ours'],
  ['what begins with an attribute', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Role', 'Arn'] }, '/*']] }, 'ours'],
  ['a part of an attribute', { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Role', 'Arn'] }] }] }, 'ours'],
  ['a substitution', { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/A' }, 'ours'],
  ['a substitution with its own value', { 'Fn::Sub': ['${A}', { A: { Ref: 'Role' } }] }, 'ours'],
  ['the account', { Ref: 'AWS::AccountId' }, 'ours'],
  ['the number of the account', '111122223333', 'ours'],
  ['an ARN of the account', 'arn:aws:sqs:eu-west-1:111122223333:queue', 'ours'],
  ['an ARN of the account, whichever it is', { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] }, 'ours'],
  ['the ARN of a bucket by reference', { 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'Role' }, '/*']] }, 'ours'],
  ['another number', '444455556666', 'foreign'],
  ['an ARN of another account', 'arn:aws:sqs:eu-west-1:444455556666:queue', 'foreign'],
  ['an ARN of every account', 'arn:aws:cloudwatch:eu-west-1:*:alarm:*', 'foreign'],
  ['a bucket by its name', 'arn:aws:s3:::logs', 'unknown'],
  ['everybody', '*', 'unknown'],
  ['a parameter', { 'Fn::Unknown': 'P' }, 'unknown'],
  ['an ARN with a parameter', { 'Fn::Join': ['', ['arn:aws:iam::', { 'Fn::Unknown': 'P' }, ':role/A']] }, 'unknown'],
  ['an import that leads nowhere', { 'Fn::ImportValue': 'x' }, 'unknown'],
  ['a part of one', { 'Fn::Select': [0, { 'Fn::Split': [':', { 'Fn::ImportValue': 'x' }] }] }, 'unknown'],
  ['a dynamic reference', '{{resolve:ssm:/role}}', 'unknown'],
  ['a reference to what is not there', { Ref: 'Other' }, 'unknown'],
  ['nothing', undefined, 'unknown'],
])('%s', (_name, value, owner) => expect(ownerOf(value, topic, t)).toBe(owner));

test('what is admitted is admitted by its ARN or by its account', () => {
  expect(isAdmitted('arn:aws:iam::777788889999:role/Reader', topic)).toBe(true);
  expect(isAdmitted('arn:aws:iam::444455556666:root', topic)).toBe(true);
  expect(isAdmitted('444455556666', topic)).toBe(true);
  expect(isAdmitted('arn:aws:iam::777788889999:role/Other', topic)).toBe(false);
  expect(isAdmitted('arn:aws:iam::444455556666:root', role)).toBe(false);
});

test('references keep their names in a text', () => {
  expect(spelled({ 'Fn::Sub': 'a${!b}${Role.Arn}' })).toBe('a${b}\u0002Role.Arn\u0003');
  expect(spelled({ 'Fn::Unknown': 'P' })).toBe('\u0001');
  expect(spelled({ Ref: 'Role' })).not.toBe(spelled({ Ref: 'Topic' }));
  expect([spelled(1), spelled(true), spelled(null)]).toEqual(['1', 'true', '']);
});

const service = (Condition?: any) => ({ Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, ...Condition && { Condition } });

test.each<[string, any, boolean]>([
  ['the account', { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }, true],
  ['an ARN of the account', { ArnLike: { 'AWS:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:*' } }, true],
  ['the account besides something else', { StringEquals: { 'aws:SourceAccount': '111122223333', 'aws:PrincipalTag/a': 'b' } }, true],
  ['two accounts', { StringEquals: { 'aws:SourceAccount': ['111122223333', '123456789012'] } }, false],
  ['another account', { StringEquals: { 'aws:SourceAccount': '123456789012' } }, false],
  ['the account, if there is one', { StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } }, false],
  ['not another account', { StringNotEquals: { 'aws:SourceAccount': '123456789012' } }, false],
  ['an organization', { StringEquals: { 'aws:SourceOrgID': 'o-a' } }, false],
  ['no value', { StringEquals: { 'aws:SourceAccount': [] } }, false],
])('a service that is bound to %s', (_name, condition, bound) => {
  expect(isBoundToOurs(service(condition), topic, t)).toBe(bound);
  expect(strangersIn(service(condition), topic, t)).toEqual(bound ? [] : ['cloudwatch.amazonaws.com']);
});

test.each<[string, any, number]>([
  ['a role of the assembly', { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } }, 0],
  ['roles of the account', { AWS: ['arn:aws:iam::111122223333:role/A', '111122223333'] }, 0],
  ['one that is admitted', { AWS: '444455556666' }, 0],
  ['everybody', '*', 1],
  ['everybody, as a principal', { AWS: '*' }, 1],
  ['another account, besides', { AWS: ['111122223333', '123456789012'] }, 1],
  ['what only the deployment knows', { AWS: { 'Fn::Unknown': 'P' } }, 1],
  ['an identity provider', { Federated: 'arn:aws:iam::111122223333:saml-provider/A' }, 1],
  ['everybody but somebody', undefined, 1],
])('%s', (_name, Principal, strangers) => expect(strangersIn({ Effect: 'Allow', Principal }, topic, t)).toHaveLength(strangers));

test('a service without a condition is a stranger only if it is asked for', () => {
  expect(strangersIn(service(), topic, t)).toHaveLength(1);
  expect(strangersIn(service(), topic, t, false)).toHaveLength(0);
  expect(strangersIn(service({ StringEquals: { 'aws:SourceAccount': '123456789012' } }), topic, t, false)).toHaveLength(1);
});
