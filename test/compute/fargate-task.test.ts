import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Aws, CfnParameter, CfnResource, Stack } from 'aws-cdk-lib/core';
import { containerOf, DIGEST, only } from './fixtures';
import { KnownFindings } from '../../src/assurance/known-findings';
import { FargateTask, FargateTaskOptions } from '../../src/compute/fargate-task';
import { mountsOf, WritablePath } from '../../src/compute/writable-path';
import { container, task } from '../../src/services/ecs/task-settings';
import { newStack, proveControls, render } from '../support/prove';

function newTask(stack: Stack, options: Partial<FargateTaskOptions> = {}): FargateTask {
  return new FargateTask(stack, 'Task', {
    image: { uri: `${Aws.ACCOUNT_ID}.dkr.ecr.eu-west-1.amazonaws.com/app@${DIGEST}`, repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/app' },
    port: 8443,
    task: task(stack, {}),
    container: container(stack, {}),
    environment: {},
    secrets: {},
    mounts: mountsOf(stack, [], 1024),
    logGroup: new logs.LogGroup(stack, 'Logs'),
    ...options,
  });
}

proveControls(stack => { newTask(stack); }, { absences: ['ECS-11'] });

test('what is on disk gets a volume each, what is in memory a tmpfs', () => {
  const stack = newStack();
  newTask(stack, { mounts: mountsOf(stack, [WritablePath.inMemory('/tmp'), WritablePath.onDisk('/a'), WritablePath.onDisk('/b')], 1024) });
  const template = render(stack);
  expect(only(template, 'AWS::ECS::TaskDefinition').Volumes).toEqual([{ Name: 'Writable0' }, { Name: 'Writable1' }]);
  expect(containerOf(template).MountPoints).toEqual([
    { SourceVolume: 'Writable0', ContainerPath: '/a', ReadOnly: false },
    { SourceVolume: 'Writable1', ContainerPath: '/b', ReadOnly: false },
  ]);
  expect(containerOf(template).LinuxParameters.Tmpfs).toEqual([{ ContainerPath: '/tmp', Size: 64, MountOptions: ['noexec', 'nosuid', 'nodev'] }]);
});

test.each([
  ['readonlyRootFilesystem', 'ContainerDefinitions.0.ReadonlyRootFilesystem', false, 'ECS-01'],
  ['user', 'ContainerDefinitions.0.User', '0', 'ECS-02'],
  ['a capability', 'ContainerDefinitions.0.LinuxParameters.Capabilities.Add', ['SYS_PTRACE'], 'ECS-03'],
  ['a credential', 'ContainerDefinitions.0.Environment', [{ Name: 'X', Value: 'AKIAIOSFODNN7EXAMPLE' }], 'ECS-05'],
  ['a file system in plain text', 'Volumes', [{ Name: 'x', EFSVolumeConfiguration: { FileSystemId: 'fs-1' } }], 'ECS-11'],
])('an escape hatch that changes %s fails the synthesis', (_name, path, value, control) => {
  const stack = newStack();
  (newTask(stack).node.defaultChild as CfnResource).addPropertyOverride(path, value);
  expect(() => render(stack)).toThrow(`${control} does not hold`);
});

test('a value known at deployment only may be in the environment', () => {
  const stack = newStack();
  newTask(stack, { environment: { TABLE: new CfnParameter(stack, 'Table').valueAsString } });
  expect(containerOf(render(stack)).Environment).toEqual([{ Name: 'TABLE', Value: { Ref: 'Table' } }]);
});

test('its family is made of the stack and the logical ID, or given', () => {
  const [stack, other] = [newStack(), newStack()];
  newTask(stack);
  newTask(other, { family: 'Shop' });
  expect(only(render(stack), 'AWS::ECS::TaskDefinition').Family).toMatch(/^test-task[0-9a-f]{8}$/);
  expect(only(render(other), 'AWS::ECS::TaskDefinition').Family).toBe('Shop');
});

test('is a task definition of the CDK, for Fargate', () => {
  const stack = newStack();
  const made: ecs.IFargateTaskDefinition = newTask(stack);
  const arn = { Ref: render(stack).resourcesOf('AWS::ECS::TaskDefinition')[0].logicalId };
  expect(stack.resolve([made.taskDefinitionArn, made.taskDefinitionRef])).toEqual([arn, { taskDefinitionArn: arn }]);
  expect([made.compatibility, made.networkMode]).toEqual([ecs.Compatibility.FARGATE, ecs.NetworkMode.AWS_VPC]);
  expect(made).toMatchObject({ isFargateCompatible: true, isEc2Compatible: false, isExternalCompatible: false, isManagedInstancesCompatible: false });
  expect(made.node.defaultChild).toBeInstanceOf(ecs.CfnTaskDefinition);
});

test('declares the findings of cdk-nag that can not be avoided', () => {
  const stack = newStack();
  const made = newTask(stack, { environment: { LEVEL: 'info' } });
  KnownFindings.acknowledge(stack);
  render(stack);
  const known = (construct: any) => JSON.stringify(construct.node.metadata);
  expect(known(made.executionRole)).toContain('AwsSolutions-IAM5[Resource::*]');
  expect(known(made.node.defaultChild)).toContain('AwsSolutions-ECS2');
});

test('writes down what it writes, if that is not the usual, and who else has its image and its secrets', () => {
  const metadata = (options: Partial<FargateTaskOptions>) => {
    const stack = newStack({}, { env: { account: '111122223333', region: 'eu-west-1' } });
    newTask(stack, { mounts: mountsOf(stack, undefined, 1024), ...options });
    return render(stack).resourcesOf('AWS::ECS::TaskDefinition')[0].metadata;
  };
  const uri = `444455556666.dkr.ecr.eu-west-1.amazonaws.com/app@${DIGEST}`;
  const secret = 'arn:aws:secretsmanager:eu-west-1:444455556666:secret:x';
  expect(metadata({})['cdk-hardened:writablePaths']).toBeUndefined();
  expect(metadata({})['cdk-hardened:admits']).toBeUndefined();
  expect(metadata({ mounts: mountsOf(newStack(), [WritablePath.onDisk('/a')], 1024) })['cdk-hardened:writablePaths']).toEqual(['/a']);
  expect(metadata({ image: { uri, repositoryArn: 'arn:aws:ecr:eu-west-1:444455556666:repository/app', stranger: '444455556666' } })['cdk-hardened:admits']).toEqual(['444455556666']);
  expect(metadata({ secrets: { X: { valueFrom: secret, statements: [] } } })['cdk-hardened:admits']).toEqual([secret]);
});
