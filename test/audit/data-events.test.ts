import * as s3 from 'aws-cdk-lib/aws-s3';
import { Aws } from 'aws-cdk-lib/core';
import { DataEvents } from '../../src/audit/data-events';
import { newStack } from '../support/prove';

const stack = newStack();
const bucket = (name: string) => s3.Bucket.fromBucketName(stack, name, name);
const rendered = (events: DataEvents) => stack.resolve(events._selector([bucket(`logs${stack.node.children.length}`)]));
const data = { field: 'eventCategory', equalTo: ['Data'] };

test('objects of all buckets but those of logs', () => {
  const under = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:s3:::${name}/`]] });
  expect(stack.resolve(DataEvents.s3Objects(bucket('other'))._selector([bucket('trail')]))).toEqual({
    name: 'S3',
    fieldSelectors: [data, { field: 'resources.type', equalTo: ['AWS::S3::Object'] }, { field: 'resources.ARN', notStartsWith: [under('trail'), under('other')] }],
  });
});

test.each([
  ['AWS::DynamoDB::Table', DataEvents.dynamoDbTables()],
  ['AWS::Lambda::Function', DataEvents.lambdaFunctions()],
  ['AWS::SNS::Topic', DataEvents.snsTopics()],
  ['AWS::SQS::Queue', DataEvents.sqsQueues()],
  ['AWS::Cognito::IdentityPool', DataEvents.ofType('AWS::Cognito::IdentityPool')],
])('%s', (type, events) => {
  expect(rendered(events)).toEqual({ name: type, fieldSelectors: [data, { field: 'resources.type', equalTo: [type] }] });
});

test('calls that an endpoint refused', () => {
  expect(rendered(DataEvents.refusedByEndpoint('s3.amazonaws.com')).fieldSelectors).toEqual([
    { field: 'eventCategory', equalTo: ['NetworkActivity'] },
    { field: 'eventSource', equalTo: ['s3.amazonaws.com'] },
    { field: 'errorCode', equalTo: ['VpceAccessDenied'] },
  ]);
});

test('a type must be one', () => {
  expect(() => DataEvents.ofType('S3')).toThrow(/'resourceType' is 'S3': give a type such as/);
  expect(() => DataEvents.ofType('AWS::S3::Object')).toThrow(/take 'DataEvents.s3Objects\(\)'/);
  expect(() => DataEvents.ofType(Aws.REGION)).not.toThrow();
});

test('what is left out must be a bucket', () => {
  expect(() => DataEvents.s3Objects('logs' as any)).toThrow("[DataEvents.s3Objects] 'except[0]' is the text 'logs': give an s3.IBucket");
});
