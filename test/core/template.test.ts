import * as r from '../../src/core/template';

const template = new r.RenderedTemplate({
  Resources: {
    Key: { Type: 'AWS::KMS::Key', Properties: { A: 1 }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete', DependsOn: 'Other' },
    Other: { Type: 'AWS::KMS::Key' },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } }, DependsOn: ['Key', 'Other'] },
  },
});

describe('a template', () => {
  test('gives resources by ID', () => {
    expect(template.resource('Key')).toEqual({ logicalId: 'Key', type: 'AWS::KMS::Key', properties: { A: 1 }, deletionPolicy: 'Retain', updateReplacePolicy: 'Delete', dependsOn: ['Other'], metadata: {} });
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

test('a resource under a condition does not count: nobody knows whether it will be there', () => {
  const rendered = new r.RenderedTemplate({ Resources: { Bucket: { Type: 'AWS::S3::Bucket', Condition: 'Never' }, Other: { Type: 'AWS::S3::Bucket' } } });
  expect(rendered.resource('Bucket')).toBeUndefined();
  expect(rendered.resourcesOf('AWS::S3::Bucket').map(x => x.logicalId)).toEqual(['Other']);
});

test('a question is asked once about a resource of a template', () => {
  const asked: [string, r.RenderedTemplate][] = [];
  const question = r.rememberedOfEach(({ logicalId }, of) => { asked.push([logicalId, of]); return logicalId === 'Key' ? logicalId : undefined; });
  const [key, other] = [template.resource('Key')!, template.resource('Other')!];
  expect([key, key, other, other].map(resource => question(resource, template))).toEqual(['Key', 'Key', undefined, undefined]);
  const copy = new r.RenderedTemplate(template.json);
  expect(question(key, copy)).toBe('Key');
  expect(asked).toEqual([['Key', template], ['Other', template], ['Key', copy]]);
});
