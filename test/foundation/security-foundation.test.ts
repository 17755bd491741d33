import { App, NestedStack, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Disposable } from '../../src/assurance/disposable';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { LogBucket } from '../../src/foundation/log-bucket';
import { NotificationTopic } from '../../src/foundation/notification-topic';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { newStack, proveControls, render } from '../support/prove';

const used = (foundation: SecurityFoundation) => [foundation.logKey, foundation.logBucket, foundation.topic];

proveControls(stack => { used(new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] })); });

describe('lookup', () => {
  test('makes one implicit foundation for a stack', () => {
    const stack = newStack();
    const foundation = SecurityFoundation.of(new Construct(new Construct(stack, 'A'), 'B'));
    expect(foundation.node.path).toBe('Test/SecurityFoundation');
    expect(SecurityFoundation.of(new Construct(stack, 'C'))).toBe(foundation);
    expect(SecurityFoundation.of(stack)).toBe(foundation);
  });

  test('makes one for each stack', () => {
    const stack = newStack();
    const other = new Stack(stack.node.root as App, 'Other');
    expect(SecurityFoundation.of(stack)).not.toBe(SecurityFoundation.of(other));
  });

  test('finds the explicit one, and the nearest', () => {
    const stack = newStack();
    const outer = new SecurityFoundation(stack, 'Foundation');
    const part = new Construct(stack, 'Part');
    const inner = new SecurityFoundation(part, 'Foundation');
    expect(SecurityFoundation.of(new Construct(stack, 'A'))).toBe(outer);
    expect(SecurityFoundation.of(new Construct(part, 'A'))).toBe(inner);
  });

  test('a nested stack shares the foundation of its parent', () => {
    const stack = newStack();
    const foundation = new SecurityFoundation(stack, 'Foundation');
    expect(SecurityFoundation.of(new NestedStack(stack, 'Nested'))).toBe(foundation);
  });

  test.each(['Foundation', 'SecurityFoundation'])("an explicit one '%s' after an implicit one is an error", id => {
    const stack = newStack();
    new EncryptedLogGroup(stack, 'Logs');
    const message = "a construct already uses 'Test/SecurityFoundation', the foundation that the stack made by itself: create your SecurityFoundation before any construct that shares it";
    expect(() => new SecurityFoundation(stack, id)).toThrow(`[Test] ${message}`);
    expect(() => new SecurityFoundation(new Construct(stack, 'Part'), id)).toThrow(`[Test/Part] ${message}`);
  });

  test('one called as the implicit one is explicit all the same', () => {
    const stack = newStack();
    new SecurityFoundation(stack, 'SecurityFoundation');
    expect(() => new SecurityFoundation(new Construct(stack, 'Part'), 'Foundation')).not.toThrow();
  });

  test('two in one scope are an error', () => {
    const stack = newStack();
    new SecurityFoundation(stack, 'A');
    expect(() => new SecurityFoundation(stack, 'B')).toThrow("[Test] 'Test/A' is already the foundation here: one is enough");
  });
});

describe('what is shared', () => {
  test('is made when it is needed, once', () => {
    const stack = newStack();
    const foundation = new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
    expect(Object.keys(render(stack).json.Resources ?? {})).toEqual([]);
    expect(foundation.logKey).toBe(foundation.logKey);
    expect(foundation.logBucket).toBe(foundation.logBucket);
    expect(foundation.topic).toBe(foundation.topic);
    const template = render(stack);
    expect(['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::SNS::Topic'].map(t => template.resourcesOf(t).length)).toEqual([2, 1, 1]);
  });

  test('is what was given', () => {
    const stack = newStack();
    const logKey = new CustomerManagedKey(stack, 'Key', { description: 'Logs' });
    const logBucket = new LogBucket(stack, 'Bucket');
    const topic = new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] });
    const foundation = new SecurityFoundation(stack, 'Foundation', { logKey, logBucket, topic });
    expect(used(foundation)).toEqual([logKey, logBucket, topic]);
    expect(foundation.node.children).toEqual([]);
  });

  test('is not a topic and addresses that it does not know', () => {
    const stack = newStack();
    const topic = new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] });
    expect(() => new SecurityFoundation(stack, 'Foundation', { topic, notify: ['other@example.com'] })).toThrow("[Test/Foundation] 'notify' and 'topic' are both given");
  });

  test('has no topic if nobody is notified', () => {
    const stack = newStack();
    expect(() => SecurityFoundation.of(stack).topic).toThrow("[Test/SecurityFoundation] nobody is notified: create a SecurityFoundation with 'notify' (or 'topic') in the stack first, or give the construct the 'foundation' of another stack or a 'topic'");
    expect(() => new SecurityFoundation(newStack(), 'Foundation', { notify: [] }).topic).toThrow("'emails' is empty");
  });

  test('has a topic without addresses under a waiver of its own', () => {
    const stack = newStack();
    const foundation = new SecurityFoundation(stack, 'Foundation', { notify: [], waivers: [{ control: 'SNS-04', reason: 'the on-call service subscribes by itself' }] });
    expect(foundation.topic).toBeInstanceOf(NotificationTopic);
    expect(() => render(stack)).not.toThrow();
  });

  test('can be handed to a construct of another stack', () => {
    const stack = newStack();
    const foundation = new SecurityFoundation(stack, 'Foundation');
    const other = new Stack(stack.node.root as App, 'Other');
    new EncryptedLogGroup(other, 'Logs', { foundation });
    expect(render(other).resourcesOf('AWS::KMS::Key')).toEqual([]);
    expect(render(other).resourcesOf('AWS::Logs::LogGroup')[0].properties.KmsKeyId).toEqual({ 'Fn::ImportValue': expect.any(String) });
    expect(JSON.stringify(render(stack).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy)).toContain('log-group:Other-Logs');
    expect(render(stack).json.Resources).not.toHaveProperty('Fn::ImportValue');
  });
});

test('declares its scope disposable, from then on', () => {
  const stack = newStack();
  const disposable = Disposable.because('everything here is built anew each night');
  const foundation = new SecurityFoundation(stack, 'Foundation', { disposable });
  expect(Disposable.isDisposable(new Construct(stack, 'A'))).toBe(true);
  expect(foundation.logKey.node.path).toContain('Test/Foundation/LogKey');
  expect(render(stack).resourcesOf('AWS::KMS::Key')[0].deletionPolicy).toBe('Delete');
});

test('refuses to make what is protected disposable', () => {
  const stack = newStack();
  new CustomerManagedKey(stack, 'Key', { description: 'Data' });
  expect(() => new SecurityFoundation(stack, 'Foundation', { disposable: Disposable.because('everything here is built anew each night') })).toThrow(/'disposable' comes too late/);
});

test('refuses a bad waiver', () => {
  expect(() => new SecurityFoundation(newStack(), 'Foundation', { waivers: [{ control: 'KMS-01', reason: 'rotation is too much work for us' }] })).toThrow(/\[Test\/Foundation\] 'waivers' names 'KMS-01'/);
});

describe.each([['us-gov-west-1'], ['cn-north-1']])('in %s', region => {
  proveControls(stack => { used(new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] })); },
    { stackProps: { env: { region, account: '111111111111' } } });
});
