import { homeOf, isElsewhere, isFromHome, isNamed, isOwnAccount, isOwnPrincipal, isOwnResource, isOwnRoot, knownText, principalsOf, strangersOf, told, written } from '../../src/core/ownership';
import { RenderedTemplate } from '../../src/core/template';
import { FOREIGN, OWN } from '../support/predicate';

const RESOURCES = { Role: { Type: 'AWS::IAM::Role' }, Bucket: { Type: 'AWS::S3::Bucket' }, Answer: { Type: 'Custom::Answer' }, Value: { Type: 'AWS::SSM::Parameter' }, Oai: { Type: 'AWS::CloudFront::CloudFrontOriginAccessIdentity' } };
const template = new RenderedTemplate({ Resources: RESOURCES }, OWN);
const home = homeOf(template.resource('Bucket')!, template);
const nowhere = homeOf(template.resource('Bucket')!, new RenderedTemplate({ Resources: RESOURCES }));
const join = (...parts: any[]) => ({ 'Fn::Join': ['', parts] });
const REF = { Ref: 'AWS::AccountId' };
const root = (account: any) => join('arn:', { Ref: 'AWS::Partition' }, ':iam::', account, ':root');

test.each<[string, any, boolean]>([
  ['its number', OWN, true], ['its number as a number', Number(OWN), true], ['the pseudo parameter', REF, true], ['the pseudo parameter in a text', { 'Fn::Sub': '${AWS::AccountId}' }, true],
  ['another number', FOREIGN, false], ['everybody', '*', false], ['a pattern', `${OWN.slice(0, 11)}?`, false], ['a parameter', { 'Fn::Unknown': 'P' }, false], ['a reference that leads nowhere', { Ref: 'Gone' }, false],
  ['an import', { 'Fn::ImportValue': 'x' }, false], ['a parameter of SSM', '{{resolve:ssm:account}}', false], ['a part of something', { 'Fn::Select': [0, { 'Fn::Split': [':', REF] }] }, false], ['nothing', undefined, false],
])('the account by %s', (_name, value, own) => expect(isOwnAccount(value, home)).toBe(own));

test('a number is nobody\'s where the account is not known', () => {
  expect([REF, OWN, FOREIGN].map(v => isOwnAccount(v, nowhere))).toEqual([true, false, false]);
  expect([root(REF), root(OWN)].map(v => isOwnRoot(v, nowhere))).toEqual([true, false]);
});

test.each<[string, any, boolean]>([
  ['a role by its ARN', `arn:aws:iam::${OWN}:role/a`, true], ['a role by a reference', { 'Fn::GetAtt': ['Role', 'Arn'] }, true], ['a role by a reference as text', { 'Fn::GetAtt': 'Role.Arn' }, true], ['the root', root(REF), true], ['the number', OWN, true],
  ['a text with references', { 'Fn::Sub': ['arn:${P}:iam::${AWS::AccountId}:role/${Role}', { P: 'aws' }] }, true], ['an identity of a distribution of ours', join('arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ', { Ref: 'Oai' }), true],
  ['a role of another account', `arn:aws:iam::${FOREIGN}:role/a`, false], ['another root', root(FOREIGN), false], ['a role of any account', 'arn:aws:iam::*:role/a', false], ['everybody', '*', false], ['an ID', 'AIDAEXAMPLE', false],
  ['a parameter', { 'Fn::Unknown': 'P' }, false], ['an ARN with a parameter for the account', root({ 'Fn::Unknown': 'P' }), false], ['an ARN after a parameter', join({ 'Fn::Unknown': 'P' }, `:iam::${OWN}:role/a`), false],
  ['an answer of a function', { 'Fn::GetAtt': ['Answer', 'Arn'] }, false], ['a parameter of SSM', { 'Fn::GetAtt': ['Value', 'Value'] }, false], ['an identity of another distribution', 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1', false], ['an account in the name', `arn:aws:iam::${FOREIGN}:role/${OWN}`, false],
])('a principal of the account: %s', (_name, value, own) => expect(isOwnPrincipal(value, home)).toBe(own));

test.each<[string, any, boolean]>([
  ['a bucket by a reference', { 'Fn::GetAtt': ['Bucket', 'Arn'] }, true], ['a bucket by its name', join('arn:aws:s3:::', { Ref: 'Bucket' }), true], ['a queue', `arn:aws:sqs:eu-west-1:${OWN}:q`, true],
  ['any bucket', 'arn:aws:s3:::*', false], ['a bucket by a text', 'arn:aws:s3:::b', false], ['a queue of another account by a name of ours', join(`arn:aws:sqs:eu-west-1:${FOREIGN}:`, { Ref: 'Bucket' }), false], ['no ARN', 'queue', false],
])('a resource of the account: %s', (_name, value, own) => expect(isOwnResource(value, home)).toBe(own));

test('a resource of another account of the app is not ours', () => {
  const graph = new RenderedTemplate({ Resources: RESOURCES }, id => id === 'Role' ? FOREIGN : OWN);
  const here = homeOf(graph.resource('Bucket')!, graph);
  expect([{ 'Fn::GetAtt': ['Role', 'Arn'] }, { 'Fn::GetAtt': ['Oai', 'Arn'] }].map(v => isOwnPrincipal(v, here))).toEqual([false, true]);
});

test('what is known is text', () => {
  expect(knownText(join('https://', { Ref: 'Bucket' }), home)).toContain('https://');
  expect(knownText({ 'Fn::Join': ['', { 'Fn::Unknown': 'P' }] }, home)).toBeUndefined();
  expect(knownText({ 'Fn::Sub': '${!literal} ${AWS::Region} ${AWS::Partition} ${AWS::URLSuffix} ${AWS::StackName}' }, home)).toBe('${literal} region aws amazonaws.com stack');
  expect(['a', 'a*', '', { 'Fn::Unknown': 'P' }].map(v => isNamed(v, home))).toEqual([true, false, false, false]);
});

test('principals are of a kind, and one that only the deployment knows is of none', () => {
  expect(principalsOf({ Principal: { AWS: ['a', 'b'], Service: 'c' } })).toEqual([{ kind: 'AWS', name: 'a' }, { kind: 'AWS', name: 'b' }, { kind: 'Service', name: 'c' }]);
  expect(principalsOf({ Principal: '*' })).toEqual([]);
  expect([{ 'Fn::Unknown': 'P' }, {}, 'x'].map(p => principalsOf({ Principal: p as any })[0].kind)).toEqual(['unknown', 'unknown', 'unknown']);
  expect(strangersOf({ Principal: { AWS: [OWN, FOREIGN, '*'], Service: 'c', CanonicalUser: 'abc', Federated: 'accounts.google.com' } }, home)).toEqual([FOREIGN, 'abc', 'accounts.google.com']);
});

const from = (Condition: any) => isFromHome({ Condition }, home);
test.each<[string, any, boolean]>([
  ['the account', { StringEquals: { 'aws:SourceAccount': OWN } }, true],
  ['a resource of it', { ArnLike: { 'AWS:SourceArn': `arn:aws:logs:*:${OWN}:*` } }, true],
  ['a bucket of it', { ArnLike: { 'aws:SourceArn': [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }] } }, true],
  ['any bucket of the account', { StringEquals: { 'aws:SourceAccount': REF }, ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, true],
  ['any resource of the account', { StringEquals: { 'aws:SourceAccount': REF }, ArnLike: { 'aws:SourceArn': 'arn:aws:rds:*:*:db:*' } }, true],
  ['an encryption context', { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:eu-west-1:${OWN}:log-group:a` } }, true],
  ['a topic as an encryption context', { ArnLike: { 'kms:EncryptionContext:aws:sns:topicArn': `arn:aws:sns:eu-west-1:${OWN}:*` } }, true],
  ['the account of a cluster', { StringEquals: { 'kms:EncryptionContext:aws:ecs:clusterAccount': OWN } }, true],
  ['nothing', undefined, false],
  ['another account too', { StringEquals: { 'aws:SourceAccount': [OWN, FOREIGN] } }, false],
  ['a resource of another account too', { StringEquals: { 'aws:SourceAccount': OWN }, ArnLike: { 'aws:SourceArn': [`arn:aws:logs:*:${OWN}:*`, `arn:aws:logs:*:${FOREIGN}:*`] } }, false],
  ['any resource', { ArnLike: { 'aws:SourceArn': '*' } }, false],
  ['any bucket', { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, false],
  ['any account', { StringLike: { 'aws:SourceAccount': '*' } }, false],
  ['all but another account', { StringNotEquals: { 'aws:SourceAccount': FOREIGN } }, false],
  ['the account, if it is said', { StringEqualsIfExists: { 'aws:SourceAccount': OWN } }, false],
  ['the account, for all values or none', { 'ForAllValues:StringEquals': { 'aws:SourceAccount': OWN } }, false],
  ['a parameter', { StringEquals: { 'aws:SourceAccount': { 'Fn::Unknown': 'P' } } }, false],
  ['an organization', { StringEquals: { 'aws:SourceOrgID': 'o-1' } }, false],
  ['no value', { StringEquals: { 'aws:SourceAccount': [] } }, false],
])('a service comes for the account: %s', (_name, condition, own) => expect(from(condition)).toBe(own));

test('where the account is not known, a number beside it says nothing', () => {
  const Condition = { StringEquals: { 'aws:SourceAccount': REF }, ArnLike: { 'aws:SourceArn': `arn:aws:rds:*:${OWN}:*` } };
  expect(isFromHome({ Condition }, nowhere)).toBe(true);
  expect(isFromHome({ Condition: { StringEquals: { 'aws:SourceAccount': OWN } } }, nowhere)).toBe(false);
});

test('statements and values are told as they are written', () => {
  expect(written(join('arn:', { Ref: 'AWS::Partition' }, ':', { 'Fn::GetAtt': ['Role', 'Arn'] }, { 'Fn::Unknown': 'P' }))).toBe('arn:${AWS::Partition}:${Role.Arn}{"Fn::Unknown":"P"}');
  expect(told({ Sid: 'Read', Principal: { AWS: ['a', 'b'] } })).toBe("the statement 'Read' for 'a', 'b'");
  expect(told({ Principal: '*' })).toBe("a statement without Sid for '*'");
  expect(told({ Action: ['a', 'b'] })).toBe("a statement without Sid that allows 'a', 'b'");
  expect(told({ NotPrincipal: { AWS: 'a' } })).toBe('a statement without Sid for everybody but a few');
});

test.each<[string, any, boolean]>([
  ['another number', `arn:aws:acm:eu-west-1:${FOREIGN}:certificate/1`, true],
  ['the own number', `arn:aws:acm:eu-west-1:${OWN}:certificate/1`, false],
  ['the pseudo parameter', join('arn:aws:acm:eu-west-1:', REF, ':certificate/1'), false],
  ['a parameter', { 'Fn::Unknown': 'P' }, false],
  ['no ARN', 'parameter', false],
])('certainly of another account: %s', (_name, value, elsewhere) => {
  expect(isElsewhere(value, home)).toBe(elsewhere);
  expect(isElsewhere(value, nowhere)).toBe(false);
});
