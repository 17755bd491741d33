import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Disposable } from '../../src/foundation/disposable';
import { retain } from '../../src/foundation/retention';
import { claimed, newStack, proveControls, render } from '../support/prove';

proveControls(stack => retain(new CfnBucket(stack, 'Bucket')));

test('keeps what was made, and frees the name of what failed to be', () => {
  const stack = newStack();
  retain(new CfnBucket(stack, 'Bucket'));
  expect(render(stack).resource('Bucket')).toMatchObject({ deletionPolicy: 'RetainExceptOnCreate', updateReplacePolicy: 'Retain' });
});

test('lets it go in a disposable scope, and still claims, so that the evidence shows it', () => {
  const stack = newStack();
  Disposable.because('everything here is built anew each night').applyTo(stack);
  retain(new CfnBucket(stack, 'Bucket'));
  expect(render(stack).resource('Bucket')).toMatchObject({ deletionPolicy: 'Delete', updateReplacePolicy: 'Delete' });
  expect(claimed(stack)).toEqual(['GEN-03']);
});

test('refuses a type that nobody listed as stateful', () => {
  expect(() => retain(new CfnTopic(newStack(), 'Topic'))).toThrow(/control 'GEN-03' is for .*, not for AWS::SNS::Topic/);
});
