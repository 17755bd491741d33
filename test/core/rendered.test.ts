import * as r from '../../src/core/rendered';

const template = new r.RenderedTemplate({
  Resources: {
    Key: { Type: 'AWS::KMS::Key', Properties: { A: 1 }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete', DependsOn: 'Other' },
    Other: { Type: 'AWS::KMS::Key' },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }, DependsOn: ['Key', 'Other'] },
  },
});

describe('a template', () => {
  test('gives resources by ID', () => {
    expect(template.resource('Key')).toEqual({ logicalId: 'Key', type: 'AWS::KMS::Key', properties: { A: 1 }, deletionPolicy: 'Retain', updateReplacePolicy: 'Delete', dependsOn: ['Other'] });
    expect(template.resource('Other')).toMatchObject({ properties: {}, dependsOn: [] });
    expect(template.resource('Key')).toBe(template.resource('Key'));
    expect(template.resource('Nothing')).toBeUndefined();
    expect(new r.RenderedTemplate({}).resource('Key')).toBeUndefined();
  });
  test('gives resources by type', () => {
    expect(template.resourcesOf('AWS::KMS::Key').map(x => x.logicalId)).toEqual(['Key', 'Other']);
    expect(template.resourcesOf('AWS::S3::Bucket')).toEqual([]);
    expect(new r.RenderedTemplate({}).resourcesOf('AWS::KMS::Key')).toEqual([]);
  });
  test('gives what refers to a resource', () => {
    expect(template.referring('AWS::KMS::Alias', 'TargetKeyId', 'Key').map(x => x.logicalId)).toEqual(['Alias']);
    expect(template.referring('AWS::KMS::Alias', 'TargetKeyId', 'Other')).toEqual([]);
    expect(template.referring('AWS::KMS::Alias', 'Nothing', 'Key')).toEqual([]);
  });
});

test.each<[any, any[]]>([[undefined, []], [null, []], ['a', ['a']], [['a'], ['a']], [{ Ref: 'A' }, [{ Ref: 'A' }]], [false, [false]]])('list of %j', (value, expected) => {
  expect(r.list(value)).toEqual(expected);
});

test.each<[any, boolean]>([
  [{ Ref: 'Key' }, true],
  [{ 'Fn::GetAtt': ['Key', 'Arn'] }, true],
  [{ 'Fn::GetAtt': 'Key.Arn' }, true],
  [{ 'Fn::Sub': 'x${Key}y' }, true],
  [{ 'Fn::Sub': ['${Key.Arn}', {}] }, true],
  [{ 'Fn::Sub': ['${K}', { K: { Ref: 'Key' } }] }, true],
  [{ 'Fn::Join': ['', ['a', { Ref: 'Key' }]] }, true],
  [[{ a: [{ Ref: 'Key' }] }], true],
  ['Key', false],
  [{ Ref: 'Key2' }, false],
  [{ 'Fn::GetAtt': ['Key2', 'Arn'] }, false],
  [{ 'Fn::Sub': '${Key2} Key' }, false],
  [undefined, false],
  [null, false],
  [1, false],
])('%j mentions Key: %p', (value, expected) => expect(r.mentions(value, 'Key')).toBe(expected));

test('same compares values', () => {
  expect(r.same({ a: [1] }, { a: [1] })).toBe(true);
  expect(r.same({ a: [1] }, { a: [2] })).toBe(false);
  expect(r.same(undefined, undefined)).toBe(true);
});

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
  [{ Principal: { AWS: 'a' } }, false],
  [{ Principal: { Service: 'a' } }, false],
])('%j is for everyone: %p', (statement, expected) => expect(r.isForEveryone(statement)).toBe(expected));

test('hasActions asks for each, by name', () => {
  expect(r.hasActions({ Action: ['a:B', 'a:C'] }, 'a:B', 'a:C')).toBe(true);
  expect(r.hasActions({ Action: 'a:B' }, 'a:B')).toBe(true);
  expect(r.hasActions({ Action: 'a:*' }, 'a:B')).toBe(false);
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

test('contains looks into joins', () => {
  expect(r.contains({ 'Fn::Join': ['', ['a', 'bcd']] }, 'bc')).toBe(true);
  expect(r.contains(undefined, 'a')).toBe(false);
});

describe('what a role or a service may do, as far as the template tells', () => {
  const allow = (more: any) => ({ Effect: 'Allow', Resource: '*', ...more });
  const t = new r.RenderedTemplate({
    Resources: {
      Role: { Type: 'AWS::IAM::Role' },
      Bare: { Type: 'AWS::IAM::Role' },
      Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [allow({ Action: 'a:B' }), { Effect: 'Deny', Action: 'c:D' }] } } },
      Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [allow({ Principal: { Service: 's' }, Action: 'kms:Gen*' })] } } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: 'arn:key' } },
      TopicPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [allow({ Principal: { Service: 's' }, Action: 'sns:Publish' })] } } },
    },
  });
  test('the rights of a role', () => {
    expect(r.rightsOf({ 'Fn::GetAtt': ['Role', 'Arn'] }, t)).toEqual([allow({ Action: 'a:B' })]);
    expect(r.rightsOf({ Ref: 'Bare' }, t)).toEqual([]);
    expect(r.rightsOf('arn:role', t)).toBeUndefined();
  });
  test('a key', () => {
    expect([['s', 'kms:GenerateDataKey'], ['s', 'kms:Decrypt'], ['x', 'kms:GenerateDataKey']].map(([s, a]) => r.keyLetsIn({ Ref: 'Key' }, t, s, a))).toEqual([true, false, false]);
    expect(r.keyLetsIn('arn:key', t, 'x', 'kms:Decrypt')).toBe(true);
  });
  test('a topic', () => {
    expect([r.topicLetsIn({ Ref: 'Topic' }, t, 's'), r.topicLetsIn({ Ref: 'Topic' }, t, 'x'), r.topicLetsIn('arn:topic', t, 'x')]).toEqual([true, false, true]);
  });
  test('a text with parts that are not known', () => {
    expect([r.textOf('a'), r.textOf({ 'Fn::Join': ['', ['a', { Ref: 'B' }, 'c']] }), r.textOf({ Ref: 'B' }), r.textOf(undefined)]).toEqual(['a', 'a\u0001c', '\u0001', '']);
  });
});

test('a resource under a condition does not count: nobody knows whether it will be there', () => {
  const rendered = new r.RenderedTemplate({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Condition: 'Never' }, Other: { Type: 'AWS::S3::Bucket' } } });
  expect(rendered.resource('Bucket')).toBeUndefined();
  expect(rendered.resourcesOf('AWS::S3::Bucket').map(x => x.logicalId)).toEqual(['Other']);
});

test('a question is asked once about a part', () => {
  let asked = 0;
  const question = r.remembered((part: any) => { asked++; return part.a; });
  const part = { a: undefined };
  expect([question(part), question(part), question({ a: 1 })]).toEqual([undefined, undefined, 1]);
  expect(asked).toBe(2);
});
