import * as fs from 'fs';
import * as path from 'path';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib/core';
import { claim } from '../../src/assurance/claims';
import { Disposable } from '../../src/assurance/disposable';
import { registryOf, Verdict } from '../../src/assurance/registry';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { judge } from '../../src/assurance/verdicts';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import * as controls from '../../src/services/kms/controls';
import { newStack, verdicts } from '../support/prove';

const REASON = 'the data is public, so it needs no such care';
const newKey = (scope: Stack, id = 'Key') => new CustomerManagedKey(scope, id, { description: 'Data' });
const of = (all: Verdict[], control: string) => all.find(v => v.control === control);
/** The verdicts of a stack that is synthesized in spite of them. */
const judged = (stack: Stack): Verdict[] => {
  const app = stack.node.root as App;
  try { app.synth(); } catch (e: any) { expect(e.message).toMatch(/does not hold/); }
  return judge(registryOf(stack), app.outdir);
};

test('say what holds, where, and by which value', () => {
  const stack = newStack();
  newKey(stack);
  expect(of(verdicts(stack), 'KMS-01')).toEqual({
    control: 'KMS-01',
    path: 'Test/Key/Resource',
    logicalId: 'Key961B73FD',
    stack: 'Test',
    type: 'AWS::KMS::Key',
    property: 'EnableKeyRotation',
    value: true,
    outcome: 'holds',
    reason: 'KMS replaces the key material on a schedule',
  });
});

test('say what is broken, by which value, and the mend', () => {
  const stack = newStack();
  (newKey(stack).node.defaultChild as kms.CfnKey).enableKeyRotation = false;
  expect(of(judged(stack), 'KMS-01')).toMatchObject({
    outcome: 'broken',
    value: false,
    reason: "'EnableKeyRotation' does not make sure that KMS replaces the key material on a schedule: leave key rotation on (a floor: it has no waiver)",
  });
});

test('say that a resource is gone', () => {
  const stack = newStack();
  newKey(stack).node.tryRemoveChild('Resource');
  const verdict = of(judged(stack), 'KMS-01')!;
  expect(verdict).toMatchObject({ outcome: 'broken', property: 'EnableKeyRotation', reason: expect.stringContaining('(the template has no such resource)') });
  expect(verdict).not.toHaveProperty('value');
});

test('say what is waived, by the nearest waiver', () => {
  const stack = newStack();
  const key = newKey(stack);
  key.node.tryRemoveChild('Alias');
  SecurityWaivers.of(stack).add({ control: 'KMS-09', reason: `${REASON}, nowhere` });
  SecurityWaivers.of(key).add({ control: 'KMS-09', reason: REASON, expires: '9999-12-31' });
  expect(of(verdicts(stack), 'KMS-09')).toMatchObject({
    outcome: 'waived', reason: REASON, value: [], waiver: { setAt: 'Test/Key', reason: REASON, expires: '9999-12-31' },
  });
});

test('say what is waived though it holds', () => {
  jest.spyOn(process.stderr, 'write').mockReturnValueOnce(true);
  const stack = newStack();
  SecurityWaivers.of(newKey(stack)).add({ control: 'KMS-09', reason: REASON });
  const verdict = of(verdicts(stack), 'KMS-09')!;
  expect(verdict).toMatchObject({ outcome: 'holds', waiver: { setAt: 'Test/Key', reason: REASON } });
  expect(verdict.reason).not.toContain(REASON);
  expect(verdict.waiver).not.toHaveProperty('expires');
});

test('say what is disposable', () => {
  const stack = newStack();
  Disposable.because('everything here is built anew each night').applyTo(stack);
  newKey(stack);
  expect(of(verdicts(stack), 'GEN-03')).toMatchObject({
    outcome: 'disposable',
    reason: 'everything here is built anew each night',
    waiver: { setAt: 'Test', reason: 'everything here is built anew each night' },
    value: { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' },
  });
});

test('are plain data', () => {
  const stack = newStack();
  newKey(stack).node.tryRemoveChild('Alias');
  SecurityWaivers.of(stack).add({ control: 'KMS-09', reason: REASON });
  const all = verdicts(stack);
  expect(JSON.parse(JSON.stringify(all))).toEqual(all);
  expect(structuredClone(all)).toEqual(all);
  expect(new Set(all.map(v => v.outcome))).toEqual(new Set(['holds', 'waived']));
});

test('find a resource by its logical ID, also one that swapped it with another', () => {
  const stack = newStack();
  const [a, b] = ['A', 'B'].map(id => newKey(stack, id).node.defaultChild as kms.CfnKey);
  const [idA, idB] = [a, b].map(r => stack.getLogicalId(r));
  a.overrideLogicalId(idB);
  b.overrideLogicalId(idA);
  b.enableKeyRotation = false;
  expect(judged(stack).filter(v => v.outcome === 'broken').map(v => `${v.path} ${v.logicalId}`)).toEqual([`Test/B/Resource ${idA}`]);
});

test('find a resource under a prefix and under a renamed ID', () => {
  const stack = newStack();
  const resource = newKey(stack).node.defaultChild as kms.CfnKey;
  stack.renameLogicalId(stack.getLogicalId(resource), 'Renamed');
  expect(of(verdicts(stack), 'KMS-01')).toMatchObject({ logicalId: 'Renamed', outcome: 'holds' });
});

test('of a nested stack name it and are by its own template', () => {
  const stack = newStack();
  new EncryptedLogGroup(new NestedStack(stack, 'Nested'), 'Logs');
  expect(of(verdicts(stack), 'LOG-01')).toMatchObject({ stack: 'Test/Nested', outcome: 'holds' });
});

test('are of the claims that are asked for, in their order', () => {
  const stack = newStack();
  newKey(stack);
  const registry = registryOf(stack);
  const { directory } = (stack.node.root as App).synth();
  expect(judge(registry, directory, registry.claims.slice(0, 1)).map(v => v.control)).toEqual([registry.claims[0].control.id]);
  expect(judge(registry, directory).map(v => v.control)).toEqual(registry.claims.map(c => c.control.id));
});

test('are refused where there is no template to judge', () => {
  const stack = newStack();
  claim(new CfnResource(stack, 'Key', { type: 'AWS::KMS::Key' }), controls.KMS_ROTATION);
  const { directory } = new App().synth();
  expect(fs.existsSync(path.join(directory, stack.templateFile))).toBe(false);
  expect(() => judge(registryOf(stack), directory)).toThrow(/^\[Test\] there is no template '.*Test\.template\.json', so nothing in this stack can be judged/);
});
