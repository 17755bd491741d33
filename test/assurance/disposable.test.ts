import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Disposable } from '../../src/assurance/disposable';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { EncryptedLogGroup } from '../../src/foundation/encrypted-log-group';
import { LogBucket } from '../../src/foundation/log-bucket';
import { newStack, render } from '../support/prove';

const REASON = 'everything here is built anew each night';

test('asks for a reason of at least 20 characters', () => {
  expect(() => Disposable.because('a test')).toThrow("'reason' is 'a test': say in at least 20 characters why losing everything in the disposable scope does no harm");
  expect(() => Disposable.because(' '.repeat(30))).toThrow(/at least 20 characters/);
  expect(() => Disposable.because('x'.repeat(20))).not.toThrow();
});

test('holds for a scope and what is below it, not above or beside', () => {
  const stack = newStack();
  const [a, b] = [new Construct(stack, 'A'), new Construct(stack, 'B')];
  Disposable.because(REASON).applyTo(a);
  expect([stack, a, new Construct(a, 'C'), b].map(c => Disposable.isDisposable(c))).toEqual([false, true, true, false]);
});

test('does not reach another stack of the app', () => {
  const stack = newStack();
  Disposable.because(REASON).applyTo(stack);
  expect(Disposable.isDisposable(new Stack(stack.node.root as any, 'Other'))).toBe(false);
});

test('must come before the first resource', () => {
  const stack = newStack();
  new CustomerManagedKey(stack, 'Key', { description: 'Data' });
  expect(() => Disposable.because(REASON).applyTo(stack)).toThrow("[Test] 'disposable' comes too late: 'Test/Key/Resource' is already protected, so declare the scope disposable before creating anything in it");
  expect(() => Disposable.because(REASON).applyTo(new Construct(stack, 'Empty'))).not.toThrow();
});

test('makes removable what keeps things alive, and moves no floor', () => {
  const stack = newStack();
  Disposable.because(REASON).applyTo(stack);
  new EncryptedLogGroup(stack, 'Logs');
  new LogBucket(stack, 'Bucket');
  const template = render(stack);
  for (const type of ['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::Logs::LogGroup']) {
    for (const r of template.resourcesOf(type)) { expect([type, r.deletionPolicy, r.updateReplacePolicy]).toEqual([type, 'Delete', 'Delete']); }
  }
  expect(template.resourcesOf('AWS::Logs::LogGroup')[0].properties).toMatchObject({ KmsKeyId: expect.anything(), RetentionInDays: 7, DeletionProtectionEnabled: false });
  expect(template.resourcesOf('AWS::S3::Bucket')[0].properties).toMatchObject({
    VersioningConfiguration: { Status: 'Enabled' },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  });
  expect(template.resourcesOf('AWS::KMS::Key')[0].properties).toMatchObject({ EnableKeyRotation: true, PendingWindowInDays: 30 });
});
