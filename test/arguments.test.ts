import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import * as library from '../src';
import { Call, callOf, METHODS, newStack, REFUSED, structOf } from './support/calls';
import { CALLS, CDK, ENUMS, STRUCTS } from '../src/core/api-facts';
import { paramsOf } from '../src/core/arguments';

const BUCKET = new s3.Bucket(newStack(), 'Unrelated');

/** What a caller may give by mistake. */
const WRONG: [name: string, value: unknown][] = [
  ['text', 'text'], ['a number', 5], ['true', true], ['an object', {}], ['a list', []], ['a hole', [undefined]], ['a bucket', BUCKET],
  ['a function', () => 5], ['null', null],
];

/** Whether JavaScript has nothing against a value of this kind: then it may pass, or be refused for what it says. */
function fits(kind: string, value: unknown): boolean {
  const type = CDK[kind];
  if (['string', 'number', 'boolean'].includes(type ?? kind)) { return typeof value === (type ?? kind); }
  if (kind.startsWith('[')) { return Array.isArray(value) && value.length === 0; }
  const isBucket = value === BUCKET;
  if (isBucket) { return ['s3.IBucket', 'Construct', 'IConstruct', 'IDependable', 'PermissionsBoundary'].includes(kind); }
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  // Nothing tells these of the CDK from another object.
  return isObject && (kind.startsWith('{') || STRUCTS[kind] !== undefined || type === 'struct' || ['PermissionsBoundary', 'IDependable'].includes(kind));
}

/** One wrong argument: where it is, what it should be, and how the arguments become those that are wrong. */
interface Slot {
  readonly path: string;
  readonly kind: string;
  readonly optional: boolean;
  readonly put: (args: unknown[], wrong: unknown, stack: Stack) => unknown[];
}

const replaced = (args: unknown[], i: number, value: unknown) => Object.assign([...args], { [i]: value });

/** The places in a value: itself, its entries, and the properties of what it is a struct of. */
function slotsIn(path: string, kind: string, optional: boolean, put: Slot['put'], depth: number): Slot[] {
  const own = { path, kind, optional, put };
  if (kind.startsWith('[')) { return [own, ...slotsIn(`${path}[0]`, kind.slice(1, -1), false, (args, wrong, stack) => put(args, [wrong], stack), depth)]; }
  if (kind.startsWith('{')) { return [own, ...slotsIn(`${path}.A`, kind.slice(1, -1), false, (args, wrong, stack) => put(args, { A: wrong }, stack), depth)]; }
  if (STRUCTS[kind] === undefined || depth === 0) { return [own]; }
  return [own, ...paramsOf(STRUCTS[kind]).flatMap(p => slotsIn(`${path}.${p.name}`, p.kind, p.optional,
    (args, wrong, stack) => put(args, { ...structOf(kind, stack), [p.name]: wrong }, stack), depth - 1))];
}

function slotsOf(name: string): Slot[] {
  return paramsOf(CALLS[name]).flatMap((p, i) => slotsIn(p.name, p.kind, p.optional, (args, wrong) => replaced(args, i, wrong), 2));
}

/** What is wrong with how a call takes a wrong argument. */
function complaint(name: string, { path, kind, optional, put }: Slot, what: string, wrong: unknown): string | undefined {
  const { stack, size, call: { args, make } } = prepared(name);
  const right = (wrong === null && optional) || fits(kind, wrong);
  try {
    make(...put(args, wrong, stack));
    ready = undefined;
    return right ? undefined : `${name}: ${path} takes ${what}`;
  } catch (e) {
    if (sizeOf(stack) !== size) { ready = undefined; }
    const { message, constructor } = e as Error;
    const says = right ? !BUGS.includes(constructor.name) : constructor === Error && /^\[[^\]]+\] .*'[^']+'/.test(message);
    return says ? undefined : `${name}: ${path} on ${what} says ${constructor.name}: ${message}`;
  }
}

const BUGS = ['TypeError', 'RangeError', 'ReferenceError'];

/** A call that no wrong argument has got into yet: nothing was made by those that were refused. */
let ready: { readonly name: string; readonly stack: Stack; readonly call: Call; readonly size: number } | undefined;

const sizeOf = (stack: Stack) => stack.node.root.node.findAll().length;

function prepared(name: string): NonNullable<typeof ready> {
  if (ready?.name !== name) {
    const stack = newStack();
    const call = callOf(name, stack);
    ready = { name, stack, call, size: sizeOf(stack) };
  }
  return ready;
}

test('everything that takes arguments has a call here', () => {
  expect(Object.keys(METHODS).sort()).toEqual(Object.keys(CALLS).filter(name => name.includes('.')).sort());
  const classes = Object.entries(library).filter(([, value]) => typeof value === 'function' && /^class/.test(String(value))).map(([name]) => name);
  expect(classes.length).toBeGreaterThan(30);
  expect(classes.filter(name => !(name in CALLS) && !Object.keys(CALLS).some(call => call.startsWith(`${name}.`))))
    .toEqual(['CisPatternSet', 'ServiceLinkedRole', 'ThreatFeature', 'WebFirewallScope']);
});

test.each(Object.keys(CALLS))('%s takes what is right', name => {
  const { args, make } = callOf(name, newStack());
  if (REFUSED.includes(name)) {
    expect(() => make(...args)).toThrow(`[Test/Thing] '${name.split('.')[1]}' `);
  } else {
    expect(() => make(...args)).not.toThrow();
  }
});

test.each(Object.keys(CALLS))('%s refuses what is of another kind, and says what', name => {
  // What the stack passes on is tried on the application: where nothing is refused, a whole one is made.
  const passedOn = name === 'ThreeTierSecureStack' ? slotsOf('ThreeTierApplication').map(slot => slot.path) : [];
  const complaints = slotsOf(name).flatMap(slot => WRONG
    .filter(([, value]) => !passedOn.includes(slot.path) || !(fits(slot.kind, value) || (value === null && slot.optional)))
    .map(([what, value]) => complaint(name, slot, what, value)));
  expect(complaints.filter(Boolean)).toEqual([]);
});

describe('without arguments', () => {
  test.each(Object.keys(CALLS))('%s says what is missing, or needs none', name => {
    const params = paramsOf(CALLS[name]);
    for (let count = 0; count < params.length; count++) {
      const { args, make } = callOf(name, newStack());
      let message: string | undefined;
      try { make(...args.slice(0, count)); } catch (e) { message = (e as Error).message; }
      const needs = params.slice(count).some(p => !p.optional && !p.rest);
      const missing = /^\[[^\]]+\] '[\w.[\]]+' (is missing: |must be a construct, got undefined$)/;
      const says = needs ? missing : REFUSED.includes(name) ? /^\[Test\/Thing\] '/ : /^undefined$/;
      expect(String(message)).toMatch(name === 'SecurityWaivers.add' ? /'waivers' is missing/ : says);
    }
  });
});

test('an enum takes its values', () => {
  for (const [name, members] of Object.entries(ENUMS)) {
    expect(members.split(' ').map(m => m.split('='))).toEqual(Object.entries((library as any)[name]));
  }
});

test('a class of a user passes on what it is given', () => {
  class Documents extends library.EncryptedBucket {
    constructor(...[scope, id, props]: ConstructorParameters<typeof library.EncryptedBucket>) { super(scope, id, { eventBridge: true, ...props }); }
  }
  const stack = newStack();
  const { notificationConfiguration } = new Documents(stack, 'Documents', { eventBridge: false }).node.defaultChild as s3.CfnBucket;
  expect(notificationConfiguration).toBeUndefined();
  expect((new Documents(stack, 'More').node.defaultChild as s3.CfnBucket).notificationConfiguration).toEqual({ eventBridgeConfiguration: { eventBridgeEnabled: true } });
  expect(() => new Documents(stack, 'Others', { expiration: 30 as any })).toThrow("[Test/Others] 'expiration' is the number 30: give a Duration");
});
