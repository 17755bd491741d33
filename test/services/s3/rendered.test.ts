import { RenderedTemplate } from '../../../src/core/template';
import * as rendered from '../../../src/services/s3/rendered';

const template = new RenderedTemplate({
  Resources: {
    Docs: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: [{ Status: 'Enabled' }, { Status: 'Enabled', Prefix: 'a' }, { Status: 'Disabled' }] } } },
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Docs' }, PolicyDocument: { Statement: [{ Effect: 'Deny', Principal: '*' }, { Effect: 'Deny', Principal: { AWS: 'a' } }] } } },
  },
});
const docs = template.resource('Docs')!;
const arn = { 'Fn::GetAtt': ['Docs', 'Arn'] };
const objects = { 'Fn::Join': ['', [arn, '/*']] };

test('the statements of its policy, and those that deny to everyone', () => {
  expect(rendered.policy(docs, template)).toHaveLength(2);
  expect(rendered.denies(docs, template)).toHaveLength(1);
});

test('the rules that are for every object', () => expect(rendered.wholeRules(docs)).toEqual([{ Status: 'Enabled' }]));

test('a statement covers all objects, or the bucket too', () => {
  expect([[objects], [arn], [arn, objects], [{ 'Fn::Join': ['', [arn, '/a/*']] }]].map(Resource => [rendered.coversObjects({ Resource }, docs), rendered.coversBucket({ Resource }, docs)]))
    .toEqual([[true, false], [false, false], [true, true], [false, false]]);
});
