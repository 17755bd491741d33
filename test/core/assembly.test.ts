import { areOfOneStack, AssemblyGraph, graphId, placeOf, PlacedTemplate } from '../../src/core/assembly';
import type { JsonObject } from '../../src/core/values';

const KEY = { Type: 'AWS::KMS::Key', Properties: {} };
const alias = (TargetKeyId: any) => ({ Type: 'AWS::KMS::Alias', Properties: { TargetKeyId } });
const place = (key: string, json: JsonObject, more: Partial<PlacedTemplate> = {}): PlacedTemplate => ({ key, json, ...more });
const aliases = (graph: AssemblyGraph, id: string) => graph.template.referring('AWS::KMS::Alias', 'TargetKeyId', id).map(r => r.logicalId);

const OWNER = { Resources: { Key: KEY }, Outputs: { Exported: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: 'shop:key' } }, Plain: { Value: { Ref: 'Key' } } } };

test.each<[string, any, Partial<PlacedTemplate>?]>([
  ['an import', { 'Fn::ImportValue': 'shop:key' }],
  ['an import in a join', { 'Fn::Join': ['', ['x', { 'Fn::ImportValue': 'shop:key' }]] }],
  ['the output of a stack', { 'Fn::GetStackOutput': { StackName: 'Shop', OutputName: 'Plain' } }],
  ['the output of a stack of another region', { 'Fn::GetStackOutput': { StackName: 'Shop', OutputName: 'Plain', Region: 'eu-west-1' } }],
])('a reference by %s is seen from another stack', (_name, value, more = {}) => {
  const graph = new AssemblyGraph([place('a', OWNER, { stackName: 'Shop', region: 'eu-west-1' }), place('b', { Resources: { Alias: alias(value) } }, more)]);
  expect(aliases(graph, graphId('a', 'Key'))).toEqual([graphId('b', 'Alias')]);
  expect([...graph.touched]).toEqual(['a']);
});

test.each<[string, any]>([
  ['an import of another name', { 'Fn::ImportValue': 'shop:other' }],
  ['the output of another stack', { 'Fn::GetStackOutput': { StackName: 'Other', OutputName: 'Plain' } }],
  ['a reference to what is not there', { Ref: 'Key' }],
])('%s is none', (_name, value) => {
  const graph = new AssemblyGraph([place('a', OWNER, { stackName: 'Shop' }), place('b', { Resources: { Alias: alias(value) } })]);
  expect(aliases(graph, graphId('a', 'Key'))).toEqual([]);
  expect(graph.touched.size).toBe(0);
});

test('references of a template stay in it', () => {
  const own = { Resources: { Key: KEY, A: alias({ Ref: 'Key' }), B: alias({ 'Fn::Sub': '${Key.Arn}/${AWS::Region}' }), C: { ...alias('x'), DependsOn: 'Key' } } };
  const graph = new AssemblyGraph([place('a', own), place('b', own)]);
  expect(aliases(graph, graphId('a', 'Key'))).toEqual([graphId('a', 'A'), graphId('a', 'B')]);
  expect(graph.template.resource(graphId('b', 'C'))!.dependsOn).toEqual([graphId('b', 'Key')]);
  expect(graph.touched.size).toBe(0);
});

test('parameters and outputs of nested stacks lead through', () => {
  const nested = { Parameters: { Given: {} }, Resources: { Alias: alias({ Ref: 'Given' }), Inner: KEY }, Outputs: { Inner: { Value: { Ref: 'Inner' } } } };
  const parent = { Resources: { Key: KEY, Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { Given: { Ref: 'Key' } } } }, Back: alias({ 'Fn::GetAtt': ['Nested', 'Outputs.Inner'] }) } };
  const graph = new AssemblyGraph([place('p', parent), place('n', nested, { nestedIn: { key: 'p', logicalId: 'Nested' } })]);
  expect(aliases(graph, graphId('p', 'Key'))).toEqual([graphId('n', 'Alias')]);
  expect(aliases(graph, graphId('n', 'Inner'))).toEqual([graphId('p', 'Back')]);
});

test('strong references of other regions lead through their writer', () => {
  const writer = { Resources: { Key: KEY, W: { Type: 'Custom::CrossRegionExportWriter', Properties: { WriterProps: { exports: { '/cdk/exports/b/key': { Ref: 'Key' } } } } } } };
  const reader = { Resources: { R: { Type: 'Custom::CrossRegionExportReader', Properties: {} }, Alias: alias({ 'Fn::GetAtt': ['R', '/cdk/exports/b/key'] }) } };
  const graph = new AssemblyGraph([place('a', writer), place('b', reader)]);
  expect(aliases(graph, graphId('a', 'Key'))).toEqual([graphId('b', 'Alias')]);
});

test.each<[string, any, boolean, Partial<PlacedTemplate>?]>([
  ['by its name', 'orders', true],
  ['by its ARN', 'arn:aws:s3:::orders/*', true],
  ['by another name', 'orders2', false],
  ['by the ARN of another', 'arn:aws:s3:::orders2', false],
  ['of another account', 'orders', false, { account: '222222222222' }],
])('a bucket is touched %s: %p', (_name, Bucket, expected, more = {}) => {
  const owner = place('a', { Resources: { Orders: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'orders' } } } }, { account: '111111111111' });
  const other = place('b', { Resources: { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket } } } }, { account: '111111111111', ...more });
  const graph = new AssemblyGraph([owner, other]);
  expect(graph.template.referring('AWS::S3::BucketPolicy', 'Bucket', graphId('a', 'Orders'))).toHaveLength(expected ? 1 : 0);
  expect(graph.touched.has('a')).toBe(expected);
});

test.each([
  ['Cluster', 'shop'], ['Cluster', 'arn:aws:ecs:eu-west-1:111111111111:cluster/shop'],
  ['TaskDefinition', 'web'], ['TaskDefinition', 'web:3'], ['TaskDefinition', 'arn:aws:ecs:eu-west-1:111111111111:task-definition/web:3'],
])('a service of another stack that names %s as %s touches it', (property, name) => {
  const own = place('a', {
    Resources: {
      Cluster: { Type: 'AWS::ECS::Cluster', Properties: { ClusterName: 'shop' } },
      TaskDefinition: { Type: 'AWS::ECS::TaskDefinition', Properties: { Family: 'web' } },
    },
  }, { account: '111111111111' });
  const other = place('b', { Resources: { Service: { Type: 'AWS::ECS::Service', Properties: { [property]: name } } } }, { account: '111111111111' });
  const graph = new AssemblyGraph([own, other]);
  expect(graph.touched.has('a')).toBe(true);
  expect(graph.template.mentioning('AWS::ECS::', graphId('a', property)).map(r => r.logicalId)).toEqual([graphId('b', 'Service')]);
});

test.each<[boolean, string, object]>([
  [true, 'stops trails', { Action: 'cloudtrail:StopLogging', Resource: '*' }],
  [true, 'does so in a list, but to one bucket', { Action: ['s3:GetObject', 'config:*'], NotResource: 'arn:aws:s3:::docs' }],
  [false, 'reads all buckets', { Action: 's3:GetObject', Resource: '*' }],
  [false, 'names the trail', { Action: 'cloudtrail:StopLogging', Resource: 'arn:aws:cloudtrail:eu-west-1:111111111111:trail/a' }],
])('%s: a role of another stack %s', (touched, _name, statement) => {
  const own = place('a', { Resources: { Trail: { Type: 'AWS::CloudTrail::Trail' } } }, { account: '111111111111' });
  const document = { Statement: { Effect: 'Allow', ...statement } };
  for (const [Type, Properties] of [['AWS::IAM::RolePolicy', { PolicyDocument: document }], ['AWS::IAM::Role', { Policies: [{ PolicyDocument: document }] }]]) {
    const other = place('b', { Resources: { Identity: { Type, Properties } } }, { account: '111111111111' });
    expect(new AssemblyGraph([own, other]).touched.has('a')).toBe(touched);
  }
});

test('an ID of the graph tells template and logical ID', () => {
  expect(placeOf(graphId('s1', 'Key'))).toEqual({ key: 's1', logicalId: 'Key' });
});

test('resources of a template are of one stack, and of a graph those with one key', () => {
  const one = (logicalId: string) => ({ logicalId } as Parameters<typeof areOfOneStack>[0]);
  expect(areOfOneStack(one('Alb'), one('Rule'))).toBe(true);
  expect(areOfOneStack(one(graphId('s0', 'Alb')), one(graphId('s0', 'Rule')))).toBe(true);
  expect(areOfOneStack(one(graphId('s0', 'Alb')), one(graphId('s1', 'Rule')))).toBe(false);
});
