import { App, Stack } from 'aws-cdk-lib/core';
import { requireOnce } from '../../src/patterns/once';

const make = (app: App, id: string, env?: { account: string; region: string }, everywhere = false) => () =>
  requireOnce(new Stack(app, id, { env }), 'a recorder', everywhere, "take 'leave()'");
const IRELAND = { account: '111122223333', region: 'eu-west-1' };

test.each<[string, any, boolean, any, boolean]>([
  ['another region', { ...IRELAND, region: 'eu-central-1' }, false, IRELAND, false],
  ['another account', { ...IRELAND, account: '444455556666' }, false, IRELAND, false],
  ['the same account and region', IRELAND, true, IRELAND, false],
  ['another region, of what exists once in an account', { ...IRELAND, region: 'eu-central-1' }, true, IRELAND, true],
  ['an account that only the deployment knows', undefined, false, IRELAND, false],
  ['a second one that only the deployment knows', undefined, false, undefined, false],
])('a second one in %s: refused is what exists already', (_name, second, refused, first, everywhere) => {
  const app = new App();
  make(app, 'First', first, everywhere)();
  if (refused) {
    expect(make(app, 'Second', second, everywhere))
      .toThrow(/^\[Second\] 'accountServices' makes a recorder in 111122223333.*, which 'First' makes too, and there is only one: take 'leave\(\)'$/);
  } else {
    expect(make(app, 'Second', second, everywhere)).not.toThrow();
  }
});

test('a second one in the same stack, and none of another app', () => {
  const stack = new Stack(new App(), 'Shop');
  requireOnce(stack, 'a recorder', false, 'take one away');
  expect(() => requireOnce(stack, 'a recorder', false, 'take one away')).toThrow("makes a recorder in the stack 'Shop', which 'Shop' makes too");
  expect(make(new App(), 'Shop', IRELAND)).not.toThrow();
});
