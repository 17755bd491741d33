/* eslint-disable @typescript-eslint/no-require-imports */
import { App, Stack, Stage } from 'aws-cdk-lib/core';
import { registryOf } from '../../src/assurance/registry';

test('is one for an app and all of its stages, and another for another app', () => {
  const [app, other] = [new App(), new App()];
  const stack = new Stack(new Stage(app, 'Prod'), 'Test');
  expect(registryOf(stack)).toBe(registryOf(app));
  expect(registryOf(other)).not.toBe(registryOf(app));
});

test('is empty at first', () => {
  expect(registryOf(new App())).toEqual({ claims: [], waivers: [], disposable: new Map(), verdicts: new Map() });
});

test('is shared by two copies of the library in one program', () => {
  const app = new App();
  const registry = registryOf(app);
  jest.isolateModules(() => {
    const copy: typeof import('../../src/assurance/registry') = require('../../src/assurance/registry');
    expect(copy.registryOf).not.toBe(registryOf);
    expect(copy.registryOf(app)).toBe(registry);
  });
});

test('does not show among the members of the app', () => {
  const app = new App();
  const before = [Object.keys(app), app.node.children];
  registryOf(app);
  expect([Object.keys(app), app.node.children]).toEqual(before);
});
