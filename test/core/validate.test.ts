import { Lazy, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { fail, got, requireEmails, requireGiven, requireMatch, requireNotEmpty, requireRange, shown } from '../../src/core/validate';
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

test('addresses are addresses, each once', () => {
  const token = Token.asString({ Ref: 'Address' });
  const check = (emails: string[]) => () => requireEmails(scope, 'notify', emails);
  expect(check(['a@example.com', token, token])).not.toThrow();
  expect(check(['a'])).toThrow("[Test/Thing] 'notify' has 'a', which is no e-mail address");
  expect(check(['a@example.com', 'a@example.com'])).toThrow('twice');
  expect(check(Token.asList({ Ref: 'Addresses' }))).toThrow('known only at deployment');
});

test('a prop that is passed on is called what it was given as', () => {
  const at = { ...scope, node: { path: 'Test/Shop' }, names: { applicationPort: 'application.port' } };
  expect(() => requireRange(at, 'applicationPort', 80, 1024, 65535, 'as a port')).toThrow("[Test/Shop] 'application.port' must be a whole number from 1024");
  expect(() => requireRange(at, 'applicationPort', '8443' as any, 1024, 65535, 'as a port')).toThrow("as a port, got '8443'");
});

test('a value is shown by what it is, without names that are not public', () => {
  class _TlsAlb {}
  expect([shown(new _TlsAlb()), shown({}), shown([]), shown(() => 5), shown('a'), shown(5), shown(null), got('a'), got(undefined), got(Object.create(null))])
    .toEqual(['an object of TlsAlb', 'an object', 'a list', 'a function', "the text 'a'", 'the number 5', 'null', "'a'", 'undefined', 'an object']);
});
