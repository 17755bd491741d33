import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { Disposable } from '../../src/assurance/disposable';
import { retain, retainRole } from '../../src/foundation/retention';
import { serviceRole } from '../../src/foundation/service-role';
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

test('a retained role keeps its policy', () => {
  const stack = newStack();
  retainRole(serviceRole(stack, 'Role', {
    description: 'Test', service: 'cloudtrail.amazonaws.com', statements: [new iam.PolicyStatement({ actions: ['logs:PutLogEvents'], resources: ['arn:aws:logs:::x'] })],
  }));
  const template = render(stack);
  for (const type of ['AWS::IAM::Role', 'AWS::IAM::ManagedPolicy']) {
    expect(template.resourcesOf(type)[0]).toMatchObject({ deletionPolicy: 'RetainExceptOnCreate', updateReplacePolicy: 'Retain' });
  }
});
