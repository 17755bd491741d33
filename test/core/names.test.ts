import { App, Stack } from 'aws-cdk-lib/core';
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

test.each([24, 40, 63, 200])('a stem has at most %i characters that any service takes, and is known at synthesis', max => {
  const deep = new Construct(new Construct(newStack(), 'APartWithAVeryLongName'.repeat(4)), 'Another_Part.With/Signs');
  const stem = names.nameStem(deep, max);
  expect(stem.length).toBeLessThanOrEqual(max);
  expect(stem).toMatch(/^[a-z0-9][a-z0-9-]*$/);
});

test('a stem differs by construct and by stack, and stays the same', () => {
  const other = new Stack(new App(), 'Other');
  const stems = [names.nameStem(new Construct(newStack(), 'A'), 60), names.nameStem(new Construct(newStack(), 'B'), 60), names.nameStem(new Construct(other, 'A'), 60)];
  expect(new Set(stems).size).toBe(3);
  expect(names.nameStem(new Construct(newStack(), 'A'), 60)).toBe(stems[0]);
});

test('a retained name leaves room for the incarnation', () => {
  const [stem, end] = stack.resolve(names.retainedName(new Construct(stack, 'LongName'.repeat(20)), 63))['Fn::Join'][1];
  expect(stem.length + 12).toBeLessThanOrEqual(63);
  expect(stem).toMatch(/-$/);
  expect(end).toEqual(stack.resolve(names.incarnation()));
});

test('the regions without opting in are those of the CDK', () => {
  const { RegionInfo } = jest.requireActual('aws-cdk-lib/region-info');
  const { guardDutyPrincipal } = jest.requireActual('../../src/core/names');
  for (const { name, isOptInRegion } of RegionInfo.regions.filter((r: any) => !/iso|^eusc/.test(r.name))) {
    const there = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: name } });
    expect([name, there.resolve(guardDutyPrincipal())]).toEqual([name, isOptInRegion ? `guardduty.${name}.amazonaws.com` : 'guardduty.amazonaws.com']);
  }
});
