import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Duration, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { only } from './fixtures';
import { Disposable } from '../../src/assurance/disposable';
import { PrivateRepository } from '../../src/compute/private-repository';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render } from '../support/prove';

proveControls(stack => { new PrivateRepository(stack, 'Images'); }, { absences: ['ECS-15d'] });

test('claims the controls of a repository', () => {
  const stack = newStack();
  new PrivateRepository(stack, 'Images');
  expect(claimed(stack, 'AWS::ECR::Repository')).toEqual(['ECS-15', 'ECS-15b', 'ECS-15c', 'ECS-15d',
    'ECS-15e', 'ECS-15f', 'ECS-15g', 'ECS-15h', 'ECS-16b', 'ECS-16c', 'GEN-03']);
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
  const properties = only(render(stack), 'AWS::ECR::Repository');
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

describe('is a repository of the CDK', () => {
  test('which others pull from and push to, and that tells what happens', () => {
    const stack = newStack();
    const repository: ecr.IRepository = new PrivateRepository(stack, 'Images');
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('codebuild.amazonaws.com') });
    expect([repository.grantPull(role).success, repository.grantPush(role).success]).toEqual([true, true]);
    repository.onImageScanCompleted('Scanned');
    new events.Rule(stack, 'Pushed', { eventPattern: { source: ['aws.ecr'], resources: [repository.repositoryArn] } });
    const template = render(stack);
    const { logicalId } = template.resourcesOf('AWS::ECR::Repository')[0];
    expect(stack.resolve([repository.repositoryName, repository.repositoryArn])).toEqual([{ Ref: logicalId }, { 'Fn::GetAtt': [logicalId, 'Arn'] }]);
    expect(repository.node.defaultChild).toBeInstanceOf(ecr.CfnRepository);
    expect(template.resourcesOf('AWS::Events::Rule')).toHaveLength(2);
  });

  test('whose lifecycle may have more rules', () => {
    const stack = newStack();
    new PrivateRepository(stack, 'Images').addLifecycleRule({ maxImageCount: 100 });
    const { rules } = JSON.parse(only(render(stack), 'AWS::ECR::Repository').LifecyclePolicy.LifecyclePolicyText);
    expect(rules.map((r: any) => r.selection.tagStatus)).toEqual(['untagged', 'any']);
  });
});

describe('what it inherits takes nothing away', () => {
  test.each<[string, string, (repository: PrivateRepository) => void]>([
    ['a policy for everybody', 'ECS-15d', r => r.addToResourcePolicy(new iam.PolicyStatement({ actions: ['ecr:BatchGetImage'], principals: [new iam.AnyPrincipal()] }))],
    ['a grant to everybody', 'ECS-15d', r => r.grantPull(new iam.AnyPrincipal())],
    ['a removal policy', 'GEN-03', r => r.applyRemovalPolicy(RemovalPolicy.DESTROY)],
  ])('%s fails the synthesis', (_name, control, open) => {
    const stack = newStack();
    open(new PrivateRepository(stack, 'Images'));
    expect(() => render(stack)).toThrow(`[Test/Images/Resource] ${control} does not hold`);
  });

  const inject = (stack: Stack, injected: ecr.RepositoryProps) => PropertyInjectors.of(stack)
    .add({ constructUniqueId: ecr.Repository.PROPERTY_INJECTION_ID, inject: props => ({ ...props, ...injected }) });

  test('a property injector changes nothing', () => {
    const [stack, usual] = [newStack(), newStack()];
    inject(stack, {
      encryption: ecr.RepositoryEncryption.AES_256,
      encryptionKey: undefined,
      imageScanOnPush: false,
      imageTagMutability: ecr.TagMutability.MUTABLE_WITH_EXCLUSION,
      imageTagMutabilityExclusionFilters: [ecr.ImageTagMutabilityExclusionFilter.wildcard('*')],
      lifecycleRules: [],
      removalPolicy: RemovalPolicy.DESTROY,
      emptyOnDelete: true,
    });
    [stack, usual].forEach(s => new PrivateRepository(s, 'Images'));
    expect(render(stack).json).toEqual(render(usual).json);
  });

  test('a property injector that deletes images is refused', () => {
    const stack = newStack();
    jest.spyOn(console, 'warn').mockImplementation(); // the CDK calls the property deprecated
    inject(stack, { autoDeleteImages: true, removalPolicy: RemovalPolicy.DESTROY });
    expect(() => new PrivateRepository(stack, 'Images')).toThrow("[Test/Images] a property injector sets 'autoDeleteImages'");
  });
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => new PrivateRepository(scope, 'Images'));
  expect(after.json).toEqual(before.json);
});

test('says what it wants, and leaves nothing behind', () => {
  const stack = newStack();
  expect(() => new PrivateRepository(stack, 'Images', { repositoryName: 'App' })).toThrow("[Test/Images] 'repositoryName' is 'App': give small letters");
  expect(() => new PrivateRepository(stack, 'Images', { encryptionKey: 'alias/key' as any }))
    .toThrow("[Test/Images] 'encryptionKey' is the text 'alias/key': give a kms.IKey");
  expect(stack.node.children).toEqual([]);
});

const policyOf = (stack: Stack) => only(render(stack), 'AWS::ECR::Repository').RepositoryPolicyText.Statement;
const PULL = ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];

test('lets another account pull, by its method only', () => {
  const stack = newStack({}, { env: { account: '111122223333', region: 'eu-west-1' } });
  const puller = new iam.AccountPrincipal('444455556666');
  new PrivateRepository(stack, 'Images').grantPullToAccount(puller);
  expect(policyOf(stack)).toEqual([{ Effect: 'Allow', Principal: { AWS: stack.resolve(puller.arn) }, Action: PULL }]);

  const other = newStack();
  new PrivateRepository(other, 'Images').grantPull(puller);
  expect(() => render(other)).toThrow(/ECS-15e does not hold[^]*grantPullToAccount/);
});

test('a principal of this account is no other one', () => {
  const images = new PrivateRepository(newStack(), 'Images');
  expect(() => images.grantPullToAccount(new iam.AccountRootPrincipal())).toThrow(/'puller' is .*: use 'grantPull'/);
});

test('roles of the account pull, and functions of images', () => {
  const stack = newStack();
  new PrivateRepository(stack, 'Images').grantPull(new iam.Role(stack, 'Puller', { assumedBy: new iam.AccountRootPrincipal() }));
  expect(render(stack).resourcesOf('AWS::ECR::Repository')).toHaveLength(1);
  const own = newStack();
  new PrivateRepository(own, 'Images').grantPull(new iam.ServicePrincipal('lambda.amazonaws.com'));
  expect(policyOf(own)[0].Condition.ArnLike['aws:SourceArn']['Fn::Join'][1]).toContain(':lambda:*:');
});
