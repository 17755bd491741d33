import * as logs from 'aws-cdk-lib/aws-logs';
import { CfnParameter, Stack } from 'aws-cdk-lib/core';
import { DIGEST } from './fixtures';
import { KnownFindings } from '../../src/assurance/known-findings';
import { FargateTask, FargateTaskOptions } from '../../src/compute/fargate-task';
import { newStack, proveControls, render } from '../support/prove';

function newTask(stack: Stack, options: Partial<FargateTaskOptions> = {}): FargateTask {
  return new FargateTask(stack, 'Task', {
    image: { uri: `registry/app@${DIGEST}`, repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/app' },
    port: 8443,
    cpu: 512,
    memoryMiB: 1024,
    architecture: 'X86_64',
    user: '1000:1000',
    environment: {},
    secrets: {},
    mounts: [],
    logGroup: logs.LogGroup.fromLogGroupName(stack, 'Logs', 'our-logs'),
    ...options,
  });
}

proveControls(stack => { newTask(stack); }, { absences: ['ECS-11'] });

test('what is on disk gets a volume each, what is in memory a tmpfs', () => {
  const stack = newStack();
  newTask(stack, { mounts: [{ path: '/tmp', sizeMiB: 64 }, { path: '/a' }, { path: '/b' }] });
  const [{ properties }] = render(stack).resourcesOf('AWS::ECS::TaskDefinition');
  expect(properties.Volumes).toEqual([{ Name: 'Writable0' }, { Name: 'Writable1' }]);
  expect(properties.ContainerDefinitions[0].MountPoints).toEqual([
    { SourceVolume: 'Writable0', ContainerPath: '/a', ReadOnly: false },
    { SourceVolume: 'Writable1', ContainerPath: '/b', ReadOnly: false },
  ]);
  expect(properties.ContainerDefinitions[0].LinuxParameters.Tmpfs).toEqual([{ ContainerPath: '/tmp', Size: 64, MountOptions: ['noexec', 'nosuid', 'nodev'] }]);
});

test.each([
  ['readonlyRootFilesystem', 'ContainerDefinitions.0.ReadonlyRootFilesystem', false, 'ECS-01'],
  ['user', 'ContainerDefinitions.0.User', '0', 'ECS-02'],
  ['a capability', 'ContainerDefinitions.0.LinuxParameters.Capabilities.Add', ['SYS_PTRACE'], 'ECS-03'],
  ['a credential', 'ContainerDefinitions.0.Environment', [{ Name: 'X', Value: 'AKIAIOSFODNN7EXAMPLE' }], 'ECS-05'],
  ['a file system in plain text', 'Volumes', [{ Name: 'x', EFSVolumeConfiguration: { FileSystemId: 'fs-1' } }], 'ECS-11'],
])('an escape hatch that changes %s fails the synthesis', (_name, path, value, control) => {
  const stack = newStack();
  newTask(stack).taskDefinition.addPropertyOverride(path, value);
  expect(() => render(stack)).toThrow(`${control} does not hold`);
});

test('a value known at deployment only may be in the environment', () => {
  const stack = newStack();
  newTask(stack, { environment: { TABLE: new CfnParameter(stack, 'Table').valueAsString } });
  expect(render(stack).resourcesOf('AWS::ECS::TaskDefinition')[0].properties.ContainerDefinitions[0].Environment).toEqual([{ Name: 'TABLE', Value: { Ref: 'Table' } }]);
});

test('declares the findings of cdk-nag that can not be avoided', () => {
  const stack = newStack();
  const task = newTask(stack, { environment: { LEVEL: 'info' } });
  KnownFindings.acknowledge(stack);
  render(stack);
  const known = (construct: any) => JSON.stringify(construct.node.metadata);
  expect(known(task.executionRole)).toContain('AwsSolutions-IAM5[Resource::*]');
  expect(known(task.taskDefinition)).toContain('AwsSolutions-ECS2');
});
