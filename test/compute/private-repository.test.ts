import * as kms from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { PrivateRepository } from '../../src/compute/private-repository';
import { claimed, newStack, proveControls, render } from '../support/prove';

proveControls(stack => { new PrivateRepository(stack, 'Images'); }, { absences: ['ECS-15d'] });

test('claims the controls of a repository', () => {
  const stack = newStack();
  new PrivateRepository(stack, 'Images');
  expect(claimed(stack, 'AWS::ECR::Repository')).toEqual(['ECS-15', 'ECS-15b', 'ECS-15c', 'ECS-15d', 'ECS-16b', 'GEN-03']);
});

test('has the defaults that its documentation names', () => {
  const stack = newStack();
  new PrivateRepository(stack, 'Images');
  const template = render(stack);
  const [repository] = template.resourcesOf('AWS::ECR::Repository');
  expect(repository.properties).toEqual({
    ImageTagMutability: 'IMMUTABLE',
    EncryptionConfiguration: { EncryptionType: 'KMS', KmsKey: { 'Fn::GetAtt': [template.resourcesOf('AWS::KMS::Key')[0].logicalId, 'Arn'] } },
    ImageScanningConfiguration: { ScanOnPush: true },
    LifecyclePolicy: { LifecyclePolicyText: expect.stringContaining('"countNumber":14') },
  });
  expect(repository.deletionPolicy).toBe('RetainExceptOnCreate');
});

test('takes a name, an imported key and another time', () => {
  const stack = newStack();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k');
  new PrivateRepository(stack, 'Images', { repositoryName: 'team/app', encryptionKey, untaggedExpiration: Duration.days(3) });
  const [{ properties }] = render(stack).resourcesOf('AWS::ECR::Repository');
  expect(properties).toMatchObject({ RepositoryName: 'team/app', EncryptionConfiguration: { KmsKey: encryptionKey.keyArn } });
  expect(properties.LifecyclePolicy.LifecyclePolicyText).toContain('"countNumber":3');
});

test('refuses less than a day', () => {
  expect(() => new PrivateRepository(newStack(), 'Images', { untaggedExpiration: Duration.hours(3) })).toThrow(/^\[Test\/Images\] 'untaggedExpiration' must be a whole number from 1 to 3650 days/);
});

test('immutable tags are a floor', () => {
  expect(() => new PrivateRepository(newStack(), 'Images', { waivers: [{ control: 'ECS-15', reason: 'the reason of this test is long enough' }] })).toThrow(/floor/);
});

test('in a disposable scope it goes with its images', () => {
  const stack = newStack();
  Disposable.because('a test environment without data of anybody').applyTo(stack);
  new PrivateRepository(stack, 'Images');
  const [repository] = render(stack).resourcesOf('AWS::ECR::Repository');
  expect(repository.deletionPolicy).toBe('Delete');
  expect(repository.properties).toMatchObject({ EmptyOnDelete: true, ImageTagMutability: 'IMMUTABLE' });
});
