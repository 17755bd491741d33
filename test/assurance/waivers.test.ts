/* eslint-disable @typescript-eslint/no-require-imports */
import { App, Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Disposable } from '../../src/assurance/disposable';
import { registryOf } from '../../src/assurance/registry';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { coverOf, isBelow, waiverOf } from '../../src/assurance/waivers';
import { newStack } from '../support/prove';

const REASON = 'the data is public, so it needs no such care';
const NIGHTLY = 'everything here is built anew each night';

test('finds the nearest waiver, at the construct or above it, and none beside', () => {
  const stack = newStack();
  const [outer, beside] = ['Outer', 'Beside'].map(id => new Construct(stack, id));
  const inner = new Construct(outer, 'Inner');
  SecurityWaivers.of(stack.node.root).add({ control: 'KMS-09', reason: `${REASON}, in all of the app` });
  SecurityWaivers.of(outer).add({ control: 'KMS-09', reason: REASON, expires: '9999-12-31' });
  expect(waiverOf(inner, 'KMS-09')).toEqual({ kind: 'waived', scope: outer, reason: REASON, expires: '9999-12-31' });
  expect(waiverOf(beside, 'KMS-09')).toEqual({ kind: 'waived', scope: stack.node.root, reason: `${REASON}, in all of the app` });
  expect(waiverOf(inner, 'LOG-02')).toBeUndefined();
});

test('finds a waiver of the app from within a stage', () => {
  const app = new App();
  const stack = new Stack(new Stage(app, 'Prod'), 'Test');
  SecurityWaivers.of(app).add({ control: 'KMS-09', reason: REASON });
  expect(waiverOf(stack, 'KMS-09')?.scope).toBe(app);
});

test('takes a disposable scope for a waiver of what only keeps things alive', () => {
  const stack = newStack();
  Disposable.because(NIGHTLY).applyTo(stack);
  const child = new Construct(stack, 'Child');
  expect(waiverOf(child, 'GEN-03')).toEqual({ kind: 'disposable', scope: stack, reason: NIGHTLY });
  expect(waiverOf(child, 'KMS-09')).toBeUndefined();
  SecurityWaivers.of(child).add({ control: 'GEN-03', reason: REASON });
  expect(waiverOf(child, 'GEN-03')?.kind).toBe('waived');
});

test('covers no floor, even if a list says so, and no control that does not exist', () => {
  const stack = newStack();
  Disposable.because(NIGHTLY).applyTo(stack);
  registryOf(stack).waivers.push({ scope: stack, control: 'KMS-01', reason: REASON }, { scope: stack, control: 'KMS-99', reason: REASON });
  expect(['KMS-01', 'KMS-99'].map(id => waiverOf(stack, id))).toEqual([undefined, undefined]);
  expect(coverOf(registryOf(stack), stack, { id: 'KMS-01', kind: 'floor' })).toBeUndefined();
});

test('loads no catalogue where nothing is waived', () => {
  jest.isolateModules(() => {
    jest.doMock('../../src/assurance/catalogue', () => { throw new Error('loaded'); });
    const fresh: typeof import('../../src/assurance/waivers') = require('../../src/assurance/waivers');
    expect(fresh.waiverOf(newStack(), 'KMS-09')).toBeUndefined();
    const stack = newStack();
    registryOf(stack).waivers.push({ scope: stack, control: 'KMS-09', reason: REASON });
    expect(() => fresh.waiverOf(stack, 'KMS-09')).toThrow('loaded');
  });
});

test('what is below a scope is the scope and what is in it', () => {
  const stack = newStack();
  const child = new Construct(stack, 'Child');
  expect([isBelow(child, stack), isBelow(stack, stack), isBelow(stack, child)]).toEqual([true, true, false]);
});
