import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { newStack, render } from '../support/prove';

const REASON = 'the logs are copied to the archive account every day';
const add = (waiver: object, context: Record<string, unknown> = { 'cdk-hardened:today': '2026-06-01' }) => {
  const stack = newStack(context);
  new EncryptedLogGroup(stack, 'Logs');
  SecurityWaivers.of(stack).add({ control: 'LOG-02', reason: REASON, ...waiver });
  return stack;
};
/** Warnings of the end of a waiver; that nothing needs it is another one. */
const allWarnings = (stack: any): string[] => {
  render(stack);
  return stack.node.metadata.filter((m: any) => m.type === 'aws:cdk:warning').map((m: any) => m.data).filter((data: string) => !data.includes('waiverUnneeded'));
};

beforeEach(() => { jest.spyOn(process.stderr, 'write').mockReturnValue(true); });
afterEach(() => jest.restoreAllMocks());

test('takes a waiver of a default', () => {
  expect(() => render(add({}))).not.toThrow();
});

test.each<[string, object, string]>([
  ['an unknown control', { control: 'LOG-99' }, "[Test] 'waivers' names the control 'LOG-99', which does not exist: take the ID from the error that asks for it"],
  ['a control in lower case', { control: 'log-02' }, "'waivers' names the control 'log-02', which does not exist"],
  ['a floor', { control: 'LOG-01' }, "[Test] 'waivers' names 'LOG-01' (the log group is encrypted with a customer managed key), which is a floor: it can't be waived"],
  ['a short reason', { reason: 'because' }, "[Test] 'reason' of the waiver of 'LOG-02' is 'because': say in at least 20 characters"],
  ['no reason', { reason: undefined }, "[Test] 'waivers[0].reason' is missing: say in at least 20 characters"],
  ['a reason of blanks', { reason: `too short${' '.repeat(30)}` }, "'reason' of the waiver of 'LOG-02'"],
  ['a day that is none', { expires: '2026-02-30' }, "[Test] 'expires' of the waiver of 'LOG-02' is '2026-02-30', a day that does not exist: give a day as YYYY-MM-DD"],
  ['a month that is none', { expires: '2026-13-01' }, "'2026-13-01', a day that does not exist: give a day as YYYY-MM-DD"],
  ['a time', { expires: '2026-12-01T00:00:00Z' }, 'give a day as YYYY-MM-DD'],
  ['a date in another form', { expires: '1 July 2026' }, "is '1 July 2026': give a day as YYYY-MM-DD"],
  ['a day that is past', { expires: '2026-05-31' }, "[Test] the waiver of 'LOG-02' expired on 2026-05-31: restore the control, or renew the waiver with a new reason and date"],
  ['today', { expires: '2026-06-01' }, 'expired on 2026-06-01'],
])('refuses %s', (_name, waiver, message) => {
  expect(() => add(waiver)).toThrow(message);
});

test('a reason of 20 characters is enough', () => {
  expect(() => add({ reason: 'x'.repeat(20) })).not.toThrow();
  expect(() => add({ reason: 'x'.repeat(19) })).toThrow(/'reason'/);
});

test.each([
  ['2026-06-02', 'in 1 day:'],
  ['2026-06-30', 'in 29 days:'],
  ['2026-07-01', 'in 30 days:'],
])('warns of an end on %s', (expires, text) => {
  expect(allWarnings(add({ expires }))).toEqual([expect.stringContaining(`the waiver of 'LOG-02' expires on ${expires}, ${text} restore the control, or renew the waiver`)]);
});

test('does not warn of an end in 31 days, or of none', () => {
  expect(allWarnings(add({ expires: '2026-07-02' }))).toEqual([]);
  expect(allWarnings(add({}))).toEqual([]);
});

test("takes the machine's clock without a context value", () => {
  expect(() => add({ expires: '2020-01-01' }, {})).toThrow(/expired on 2020-01-01/);
  expect(allWarnings(add({ expires: '9999-12-31' }, {}))).toEqual([]);
  const tomorrow = new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  expect(allWarnings(add({ expires: tomorrow }, {}))[0]).toMatch(/in [12] days?:/);
});

test.each(['tomorrow', '2026-02-30', 20260601, ''])('refuses a clock that shows %p', today => {
  expect(() => add({ expires: '2027-01-01' }, { 'cdk-hardened:today': today })).toThrow(/\[Test\] the context value 'cdk-hardened:today' is '.*': give a day as YYYY-MM-DD, or leave it out/);
});

test('takes several at once', () => {
  const stack = newStack();
  new EncryptedLogGroup(stack, 'Logs');
  SecurityWaivers.of(stack).add({ control: 'LOG-02', reason: REASON }, { control: 'LOG-03', reason: REASON });
  expect(() => render(stack)).not.toThrow();
});
