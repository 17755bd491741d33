import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import * as names from '../../src/core/names';
import { newStack } from '../support/prove';

const stack = newStack();
const join = (...parts: any[]) => ({ 'Fn::Join': ['', parts] });

test('ARNs name no partition, region or account', () => {
  expect(stack.resolve(names.arn('sns', 'topic'))).toEqual(join('arn:', { Ref: 'AWS::Partition' }, ':sns:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':topic'));
  expect(stack.resolve(names.globalArn('s3', 'bucket'))).toEqual(join('arn:', { Ref: 'AWS::Partition' }, ':s3:::bucket'));
  expect(stack.resolve(names.viaService('s3'))).toEqual(join('s3.', { Ref: 'AWS::Region' }, '.amazonaws.com'));
});

test("the incarnation is the last part of the GUID in the stack's ID", () => {
  // arn:aws:cloudformation:eu-west-1:111111111111:stack/NAME/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee
  expect(stack.resolve(names.incarnation())).toEqual({ 'Fn::Select': [4, { 'Fn::Split': ['-', { 'Fn::Select': [2, { 'Fn::Split': ['/', { Ref: 'AWS::StackId' }] }] }] }] });
});

const resource = (scope: Construct, id: string) => new CfnResource(scope, id, { type: 'AWS::Test::Thing' });
const stemOf = (thing: CfnResource, maxLength: number): string => Stack.of(thing).resolve(names.nameStem(() => thing, { maxLength }));

test.each([24, 40, 63, 200])('a stem has at most %i characters that any service takes, and is known at synthesis', max => {
  const deep = new Construct(new Construct(newStack(), 'APartWithAVeryLongName'.repeat(4)), 'Another_Part.With/Signs');
  const stem = stemOf(resource(deep, 'Resource'), max);
  expect(stem.length).toBeLessThanOrEqual(max);
  expect(stem).toMatch(/^[a-z0-9]([a-z0-9]|-(?!-))*[a-z0-9]$/);
});

test('a stem differs by construct and by stack, and stays the same', () => {
  const stems = [resource(newStack(), 'A'), resource(newStack(), 'B'), resource(new Stack(new App(), 'Other'), 'A')].map(r => stemOf(r, 60));
  expect(stems).toEqual(['test-a', 'test-b', 'other-a']);
  const long = ['A', 'B'].map(end => stemOf(resource(newStack(), `${'Long'.repeat(30)}${end}`), 60));
  expect(new Set(long).size).toBe(2);
});

test('a stem goes with the logical ID, wherever the construct is', () => {
  const one = newStack();
  const [there, here] = [resource(new Construct(one, 'There'), 'A'), resource(new Construct(one, 'Here'), 'B')];
  there.overrideLogicalId('Kept');
  expect(stemOf(there, 60)).toBe('test-kept');
  expect(stemOf(here, 60)).not.toBe('test-kept');
});

test('the name of a nested stack, which only CloudFormation knows, is left out', () => {
  const nested = new NestedStack(newStack(), 'Nested');
  expect(stemOf(resource(nested, 'A'), 60)).toBe('a');
  const other = resource(nested, 'B');
  expect(nested.resolve(names.generatedNamePattern(() => other))).toBe('*B-*');
});

test('what CloudFormation calls a resource', () => {
  const thing = resource(newStack(), 'A');
  expect(Stack.of(thing).resolve(names.generatedNamePattern(() => thing))).toBe('Test-A-*');
});

test('a name may keep its capital letters and have another separator', () => {
  const thing = resource(newStack(), 'A');
  expect(Stack.of(thing).resolve(names.nameStem(() => thing, { maxLength: 9, separator: '/', keepCase: true }))).toBe('Test/A');
});

test('a retained name leaves room for the incarnation', () => {
  const thing = resource(newStack(), 'LongName'.repeat(20));
  const [stem, end] = Stack.of(thing).resolve(names.retainedName(() => thing, { maxLength: 63 }))['Fn::Join'][1];
  expect(stem.length + 12).toBeLessThanOrEqual(63);
  expect(stem).toMatch(/-$/);
  expect(end).toEqual(stack.resolve(names.incarnation()));
});

test('conditions compare patterns as patterns', () => {
  expect(names.arnIs('aws:SourceArn', 'arn:a')).toEqual({ ArnEquals: { 'aws:SourceArn': 'arn:a' } });
  expect(names.arnIs('aws:SourceArn', 'arn:*')).toEqual({ ArnLike: { 'aws:SourceArn': 'arn:*' } });
  expect(names.textIs({ a: 'x', b: 'y' })).toEqual({ StringEquals: { a: 'x', b: 'y' } });
  expect(names.textIs({ a: 'x', b: 'y*' })).toEqual({ StringLike: { a: 'x', b: 'y*' } });
  expect(stack.resolve(names.sourceIs('arn:a'))).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnEquals: { 'aws:SourceArn': 'arn:a' } });
});
