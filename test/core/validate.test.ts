import { Lazy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { fail, plainName, requireGiven, requireKind, requireMatch, requireNotEmpty, requireRange } from '../../src/core/validate';
import { newStack } from '../support/prove';

const scope = new Construct(newStack(), 'Thing');

test('fail puts the path in front', () => {
  expect(() => fail(scope, "'size' is bad")).toThrow("[Test/Thing] 'size' is bad");
});

describe('requireRange', () => {
  const check = (value: number | undefined) => requireRange(scope, 'days', value, 7, 30, 'days');
  test.each([7, 30, 12, undefined, Lazy.number({ produce: () => 1 })])('takes %p', value => expect(() => check(value)).not.toThrow());
  test.each([6, 31, 7.5, -7, NaN, Infinity])('refuses %p', value => {
    expect(() => check(value)).toThrow(`[Test/Thing] 'days' must be a whole number from 7 to 30 days, got ${value}`);
  });
});

describe('requireMatch', () => {
  const check = (value: string | undefined) => requireMatch(scope, 'name', value, /^[a-z]+$/, 'use small letters');
  test.each(['abc', undefined, Lazy.string({ produce: () => 'A' }), `a${Lazy.string({ produce: () => 'A' })}`])('takes %p', value => expect(() => check(value)).not.toThrow());
  test.each(['', 'ABC', 'a b'])('refuses %p', value => expect(() => check(value)).toThrow(`[Test/Thing] 'name' is '${value}': use small letters`));
});

describe('requireNotEmpty', () => {
  test('takes a list with something in it, and a token', () => {
    expect(() => requireNotEmpty(scope, 'names', ['a'], 'add one')).not.toThrow();
    expect(() => requireNotEmpty(scope, 'names', Lazy.list({ produce: () => [] }), 'add one')).not.toThrow();
  });
  test('refuses an empty one', () => {
    expect(() => requireNotEmpty(scope, 'names', [], 'add one')).toThrow("[Test/Thing] 'names' is empty: add one");
    expect(() => requireNotEmpty(scope, 'names', undefined, 'add one')).toThrow("[Test/Thing] 'names' is missing: add one");
  });
});

test('requireGiven takes anything but nothing', () => {
  for (const value of [0, '', false, {}]) { expect(() => requireGiven(scope, 'image', value, 'give one')).not.toThrow(); }
  for (const value of [undefined, null]) { expect(() => requireGiven(scope, 'image', value, 'give one')).toThrow("[Test/Thing] 'image' is missing: give one"); }
});

describe('classes in errors are called as users know them', () => {
  // what the bundle of the library, and the CDK's, make of a class
  const { _DataEvents, Topic2, DataEvents } = { _DataEvents: class {}, Topic2: class {}, DataEvents: class {} };
  test.each<[string, unknown, string]>([
    ['an object of a bundled class', new _DataEvents(), 'an object of DataEvents'],
    ['an object of a class of the CDK', new Topic2(), 'an object of Topic'],
    ['a class', _DataEvents, "the function or class 'DataEvents'"],
    ['an object without a class', Object.create(null), 'an object of no class'],
  ])('%s', (_name, value, shown) => {
    expect(() => requireKind(scope, 'topic', value, ['topicArn'], 'a topic')).toThrow(`[Test/Thing] 'topic' is ${shown}: give a topic`);
  });
  test('which may have no such name', () => expect(plainName(DataEvents)).toBe('DataEvents'));
});
