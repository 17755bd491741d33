// What is added to tasks and to their service.
import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { CfnResource, Stack } from 'aws-cdk-lib/core';
import { Cases, casesOf, Change } from './harness';
import { added, append, override, ownIam, rendered, to } from './touch';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';

const onTask = (change: (task: CfnResource) => void): Change => override('Service/Task', change);

/** The application's container as another one, which listens nowhere. */
function ownContainer(task: CfnResource, name: string, changes: Record<string, any>): Record<string, any> {
  const { PortMappings: _, ...own } = rendered(task, 'ContainerDefinitions.0');
  return { ...own, Name: name, Essential: false, ...changes };
}

const VOLUME = { Name: 'data', ConfiguredAtLaunch: true };

const unencryptedVolume = (mounted: boolean): Change => (app, stack) => {
  onTask(task => {
    append(task, 'Volumes', VOLUME);
    if (mounted) { append(task, 'ContainerDefinitions.0.MountPoints', { SourceVolume: VOLUME.Name, ContainerPath: '/data' }); }
  })(app, stack);
  override('Service', service => append(service, 'VolumeConfigurations',
    { Name: VOLUME.Name, ManagedEBSVolume: { RoleArn: ownIam('role/ecsInfrastructureRole'), SizeInGiB: 10, Encrypted: false } }))(app, stack);
};

/** A service of the same tasks. */
export function secondService(scope: Stack, { application: { service, network } }: ThreeTierSecureStack, changes: Partial<ecs.CfnServiceProps>) {
  new ecs.CfnService(scope, 'SecondService', {
    cluster: service.cluster.clusterArn,
    taskDefinition: service.taskDefinition.taskDefinitionArn,
    launchType: 'FARGATE',
    desiredCount: 1,
    networkConfiguration: {
      awsvpcConfiguration: {
        assignPublicIp: 'DISABLED',
        subnets: network.selectSubnets(network.applicationSubnets).subnetIds,
        securityGroups: [service.securityGroup.securityGroupId],
      },
    },
    ...changes,
  });
}

const CASES: Cases = {
  'a side-car of a public registry, by tag, as root': {
    'by an override': onTask(task => append(task, 'ContainerDefinitions', { Name: 'side', Image: 'public.ecr.aws/docker/library/busybox:latest', Essential: false })),
    'by the property': to((_, stack) => {
      const task = stack.application.service.taskDefinition.node.defaultChild as ecs.CfnTaskDefinition;
      const containers = task.containerDefinitions as ecs.CfnTaskDefinition.ContainerDefinitionProperty[];
      task.containerDefinitions = [...containers, { name: 'side', image: 'public.ecr.aws/docker/library/busybox:latest', essential: false }];
    }),
  },
  'a side-car of the own image, as root': {
    'by an override, without a user': onTask(task => append(task, 'ContainerDefinitions', ownContainer(task, 'side', { User: undefined }))),
    'by an override, as user 0': onTask(task => append(task, 'ContainerDefinitions', ownContainer(task, 'side', { User: '0:0' }))),
  },
  'the container gets the capability SYS_PTRACE': {
    'by an override': onTask(task => append(task, 'ContainerDefinitions.0.LinuxParameters.Capabilities.Add', 'SYS_PTRACE')),
  },
  'the container gets a memory disk from which programs run': {
    'by an override': onTask(task => append(task, 'ContainerDefinitions.0.LinuxParameters.Tmpfs', { ContainerPath: '/run', Size: 64, MountOptions: ['exec'] })),
    'by an override, without options': onTask(task => append(task, 'ContainerDefinitions.0.LinuxParameters.Tmpfs', { ContainerPath: '/run', Size: 64 })),
  },
  'the service gets an unencrypted EBS volume': {
    'by an override': unencryptedVolume(false),
    'by an override, mounted': unencryptedVolume(true),
  },
  'a second service runs the same tasks and lets shells in': {
    // The FargateService of the CDK takes no task definition that it did not make.
    ...added((scope, stack) => secondService(scope, stack, { enableExecuteCommand: true })),
  },
};

export const COMPUTE = casesOf('compute', CASES);
