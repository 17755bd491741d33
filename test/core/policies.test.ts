import * as r from '../../src/core/policies';
import { RenderedTemplate } from '../../src/core/template';

test('statements and services of a document', () => {
  expect(r.statements({ Statement: { Sid: 'A' } })).toEqual([{ Sid: 'A' }]);
  expect(r.statements(undefined)).toEqual([]);
  expect(r.services({ Principal: { Service: 'a' } })).toEqual(['a']);
  expect(r.services({ Principal: '*' })).toEqual([]);
});

test.each<[any, boolean]>([
  [{ Principal: '*' }, true],
  [{ Principal: { AWS: '*' } }, true],
  [{ Principal: { AWS: ['a', '*'] } }, true],
  [{ Effect: 'Allow', NotPrincipal: { AWS: 'a' } }, true],
  [{ Effect: 'Deny', NotPrincipal: { AWS: 'a' } }, false],
  [{ Effect: 'Allow', Principal: 'arn:aws:iam::*' }, true],
  [{ Effect: 'Allow', Principal: { AWS: ['a', 'arn:aws:iam::*:root'] } }, true],
  [{ Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::*:root' } }, false],
  [{ Principal: { AWS: 'a' } }, false],
  [{ Principal: { Service: 'a' } }, false],
])('%j is for everyone: %p', (statement, expected) => expect(r.isForEveryone(statement)).toBe(expected));

test('hasActions asks for each, by name', () => {
  expect(r.hasActions({ Action: ['a:B', 'a:C'] }, 'a:B', 'a:C')).toBe(true);
  expect(r.hasActions({ Action: 'a:B' }, 'a:B')).toBe(true);
  expect(r.hasActions({ Action: 'a:*' }, 'a:B')).toBe(false);
  expect(r.hasActions({ Action: ['A:b', { Ref: 'C' }] }, 'a:B')).toBe(true);
  expect(r.hasActions({ Action: ['a:Bc'] }, 'a:B')).toBe(false);
});

test.each<[any, boolean]>([
  [{ Action: 'kms:Decrypt' }, true],
  [{ Action: 'KMS:decrypt' }, true],
  [{ Action: ['kms:List*', 'kms:De*'] }, true],
  [{ Action: 'kms:?ecrypt' }, true],
  [{ Action: '*' }, true],
  [{ NotAction: 'kms:Encrypt' }, true],
  [{ NotAction: ['kms:D*'] }, false],
  [{ Action: 'kms:Delete*' }, false],
  [{ Action: 'kms.Decrypt' }, false],
  [{ Action: { Ref: 'A' } }, false],
  [{}, false],
])('%j touches kms:Decrypt: %p', (statement, expected) => expect(r.touches(statement, 'kms:Decrypt')).toBe(expected));

test('condition is found by operator and key, whatever the case of the key', () => {
  const statement = { Condition: { Bool: { 'aws:securetransport': 'false' } } };
  expect(r.condition(statement, 'Bool', 'aws:SecureTransport')).toBe('false');
  expect(r.condition(statement, 'StringEquals', 'aws:SecureTransport')).toBeUndefined();
  expect(r.condition({}, 'Bool', 'aws:SecureTransport')).toBeUndefined();
});

test.each<[any, string | undefined]>([
  [{ Bool: { k: 'false' } }, 'false'],
  [{ Bool: { k: false } }, 'false'],
  [{ Bool: { k: ['false'] } }, 'false'],
  [{ Bool: { k: ['false', 'true'] } }, undefined],
  [{ Bool: { k: 'false', l: 'true' } }, undefined],
  [{ Bool: { k: 'false' }, StringEquals: { l: 'x' } }, undefined],
  [{ Bool: { l: 'false' } }, undefined],
  [undefined, undefined],
])('the only condition of %j is %p', (Condition, expected) => expect(r.onlyCondition({ Condition }, 'Bool', 'k')).toBe(expected));

describe('what a role or a service may do, as far as the template tells', () => {
  const allow = (more: any) => ({ Effect: 'Allow', Resource: '*', ...more });
  const t = new RenderedTemplate({
    Resources: {
      Role: { Type: 'AWS::IAM::Role' },
      Bare: { Type: 'AWS::IAM::Role' },
      Writer: {
        Type: 'AWS::IAM::Role',
        Properties: { ManagedPolicyArns: [{ Ref: 'Named' }, 'arn:aws:iam::aws:policy/ReadOnlyAccess'], Policies: [{ PolicyDocument: { Statement: [allow({ Action: 'in:Role' })] } }] },
      },
      Named: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Writer' }], PolicyDocument: { Statement: [allow({ Action: 'by:Name' })] } } },
      Inline: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Writer' }], PolicyDocument: { Statement: [allow({ Action: 'be:Side' })] } } },
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [allow({ Action: 'a:B' }), { Effect: 'Deny', Action: 'c:D' }] } } },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [allow({ Principal: { Service: 's' }, Action: 'kms:Gen*' })] } } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'arn:key' } },
      TopicPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [allow({ Principal: { Service: 's' }, Action: 'sns:Publish' })] } } },
    },
  });
  test('the rights of a role', () => {
    expect(r.rightsOf({ 'Fn::GetAtt': ['Role', 'Arn'] }, t)).toEqual([allow({ Action: 'a:B' })]);
    expect(r.rightsOf({ Ref: 'Bare' }, t)).toEqual([]);
    expect(r.rightsOf({ Ref: 'Writer' }, t)).toEqual(['by:Name', 'be:Side', 'in:Role'].map(Action => allow({ Action })));
    expect(r.rightsOf('arn:role', t)).toBeUndefined();
  });
  test('a key', () => {
    expect([['s', 'kms:GenerateDataKey'], ['s', 'kms:Decrypt'], ['x', 'kms:GenerateDataKey']].map(([s, a]) => r.keyLetsIn({ Ref: 'Key' }, t, s, a))).toEqual([true, false, false]);
    expect(r.keyLetsIn('arn:key', t, 'x', 'kms:Decrypt')).toBe(true);
  });
  test('a topic', () => {
    expect([r.topicLetsIn({ Ref: 'Topic' }, t, 's'), r.topicLetsIn({ Ref: 'Topic' }, t, 'x'), r.topicLetsIn('arn:topic', t, 'x')]).toEqual([true, false, true]);
  });
});

describe('what may allow', () => {
  const allow = { Effect: 'Allow', Action: 'a:B' };
  test.each<[string, any, object[]]>([
    ['is what allows', { Statement: [allow, { Effect: 'Deny', Action: '*' }] }, [allow]],
    ['is one statement that is no list', { Statement: allow }, [allow]],
    ['is none of none', { Statement: [] }, []],
    ['is what only the deployment knows', { Statement: [{ 'Fn::Unknown': 'P' }] }, [{}]],
    ['is a statement of which only the deployment knows the effect', { Statement: { Effect: { 'Fn::Unknown': 'P' } } }, [{ Effect: { 'Fn::Unknown': 'P' } }]],
    ['is anything, of statements that only the deployment knows', { Statement: { 'Fn::Unknown': 'P' } }, [{}]],
    ['is anything, of a document that only the deployment knows', { 'Fn::Unknown': 'P' }, [{}]],
    ['is anything, of no document', undefined, [{}]],
  ])('%s', (_name, document, expected) => expect(r.mayAllow(document)).toEqual(expected));
});

test.each([
  ['s3:GetObject', 's3:getobject', true], ['s3:Get*', 's3:GetObject', true], ['s3:GetObject', 's3:*', true], ['s3:Get*', 's3:GetOb*', true], ['s3:*', 's3:Get*', true],
  ['s3:Get*', 's3:Put*', false], ['s3:Get?', 's3:GetObject', false], ['s3:GetObject', 's3:PutObject', false],
])('%s and %s may match the same: %s', (one, other, expected) => expect([r.overlap(one, other), r.overlap(other, one)]).toEqual([expected, expected]));

test.each<[string, boolean]>([['s3:Put*', true], ['S3:GETOBJECT', true], ['s3:Del*', false]])('%s may match one of a list: %s', (pattern, expected) => {
  const actions = ['s3:PutObject', 's3:Get*'];
  expect([r.overlapsAny(pattern, actions), r.overlapsAny(pattern, actions), r.overlapsAny(pattern, ['kms:Decrypt'])]).toEqual([expected, expected, false]);
});
