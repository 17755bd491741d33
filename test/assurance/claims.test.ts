import { CfnResource } from 'aws-cdk-lib/core';
import { claim, isWaived } from '../../src/assurance/claims';
import { Disposable } from '../../src/assurance/disposable';
import { registryOf } from '../../src/assurance/registry';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { KMS_ALIAS, KMS_ROTATION } from '../../src/services/kms/controls';
import { newStack } from '../support/prove';

const REASON = 'the data is public, so it needs no such care';

test('claims controls on a resource, in their order', () => {
  const stack = newStack();
  const resource = new CfnResource(stack, 'Key', { type: 'AWS::KMS::Key' });
  claim(resource, KMS_ROTATION, KMS_ALIAS);
  expect(registryOf(stack).claims).toEqual([{ resource, control: KMS_ROTATION }, { resource, control: KMS_ALIAS }]);
});

test('refuses a control that is for another type of resource', () => {
  const stack = newStack();
  const resource = new CfnResource(stack, 'Bucket', { type: 'AWS::S3::Bucket' });
  expect(() => claim(resource, KMS_ROTATION)).toThrow("[Test/Bucket] control 'KMS-01' is for AWS::KMS::Key, not for AWS::S3::Bucket");
});

describe('isWaived', () => {
  test('knows a waiver at and below its scope', () => {
    const stack = newStack();
    const key = new CustomerManagedKey(stack, 'Key', { description: 'Data' });
    SecurityWaivers.of(key).add({ control: 'KMS-09', reason: REASON });
    expect(isWaived(stack, 'KMS-09')).toBe(false);
    expect(isWaived(key, 'KMS-09')).toBe(true);
    expect(isWaived(key.node.defaultChild!, 'KMS-09')).toBe(true);
    expect(isWaived(key, 'LOG-02')).toBe(false);
  });

  test('knows the waivers that a construct is about to get', () => {
    const stack = newStack();
    expect(isWaived(stack, 'SNS-04', [{ control: 'SNS-04' }])).toBe(true);
    expect(isWaived(stack, 'SNS-04', [{ control: 'KMS-09' }])).toBe(false);
  });

  test('knows that a disposable scope does without what only keeps things alive', () => {
    const stack = newStack();
    Disposable.because('everything here is built anew each night').applyTo(stack);
    expect(['GEN-03', 'KMS-09', 'KMS-01'].map(id => isWaived(stack, id))).toEqual([true, false, false]);
  });
});
