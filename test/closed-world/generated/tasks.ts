// What can be done to tasks and to their service.
import * as appscaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import { apart, Kind, Target, within } from './kind';
import { secondService } from '../compute';
import { append, FOREIGN, foreignArn, ownArn, ownIam, REGION, rendered } from '../touch';

const TASK = 'AWS::ECS::TaskDefinition';
const SERVICE = 'AWS::ECS::Service';

const container = (name: string, why: string, change: (t: Target<ecs.CfnTaskDefinition>, own: Record<string, any>) => Record<string, any>): Kind =>
  within<ecs.CfnTaskDefinition>(TASK, name, why, t => {
    const { PortMappings: _, ...own } = rendered(t.resource, 'ContainerDefinitions.0');
    append(t.resource, 'ContainerDefinitions', { ...own, Name: 'side', Essential: false, ...change(t, own) });
  });
const own = (name: string, why: string, at: string, ...values: any[]): Kind => within<ecs.CfnTaskDefinition>(TASK, name, why, t => append(t.resource, `ContainerDefinitions.0.${at}`, ...values));

const placed = ({ application: { network, service } }: Target, subnets: 'application' | 'public', assignPublicIp: string, securityGroups = [service.securityGroup.securityGroupId]) => ({
  awsvpcConfiguration: {
    assignPublicIp,
    subnets: network.selectSubnets(subnets === 'public' ? network.loadBalancerSubnets : network.applicationSubnets).subnetIds,
    securityGroups,
  },
});
const runs = (name: string, why: string, props: (t: Target<ecs.CfnTaskDefinition>) => Partial<ecs.CfnServiceProps>): Kind =>
  apart<ecs.CfnTaskDefinition>(TASK, name, why, t => secondService(t.scope, t.stack, props(t)));

const SIDE_IMAGE = `${FOREIGN}.dkr.ecr.${REGION}.amazonaws.com/side@sha256:${'0d1f5c1f'.repeat(8)}`;

export const TASKS: Kind[] = [
  container('a side-car of another account', 'code of strangers beside ours', () => ({ Image: SIDE_IMAGE })),
  container('a side-car by its tag', 'another image under the same name', () => ({ Image: 'public.ecr.aws/docker/library/busybox:latest' })),
  container('a side-car as root', 'an escape from the container is one to the host', () => ({ User: 'root' })),
  container('a side-car with a file system that is writable', 'what breaks in can stay', () => ({ ReadonlyRootFilesystem: false })),
  container('a side-car that logs elsewhere', 'nobody sees what it does', () => ({ LogConfiguration: { LogDriver: 'splunk', Options: { 'splunk-url': 'https://logs.example.net', 'splunk-token': 'x' } } })),
  own('a capability', 'it reads the memory of others', 'LinuxParameters.Capabilities.Add', 'SYS_PTRACE'),
  own('a memory disk from which programs run', 'what breaks in brings its programs', 'LinuxParameters.Tmpfs', { ContainerPath: '/run', Size: 64, MountOptions: ['exec', 'suid'] }),
  own('variables from a file of another account', 'strangers say how it runs', 'EnvironmentFiles', { Type: 's3', Value: 'arn:aws:s3:::bucket-of-somebody/variables.env' }),
  own('a secret of another account', 'strangers say what it logs in with', 'Secrets', { Name: 'TOKEN', ValueFrom: foreignArn('secretsmanager', 'secret:token-AbCdEf') }),
  own('a password in plain text', 'whoever reads the task definition has it', 'Environment', { Name: 'DATABASE_PASSWORD', Value: 'correct-horse-battery' }),
  within<ecs.CfnTaskDefinition>(TASK, 'a file system without TLS and IAM', 'whoever is in the network reads and writes it', t => {
    append(t.resource, 'Volumes', { Name: 'shared', EFSVolumeConfiguration: { FilesystemId: 'fs-0a1b2c3d4e5f60718', TransitEncryption: 'DISABLED' } });
    append(t.resource, 'ContainerDefinitions.0.MountPoints', { SourceVolume: 'shared', ContainerPath: '/shared' });
  }),
  runs('a service with shells', 'whoever may open a shell has the rights of the application', () => ({ enableExecuteCommand: true })),
  runs('a service with public addresses', 'tasks on the internet, past the load balancer', t => ({ networkConfiguration: placed(t, 'public', 'ENABLED') })),
  runs('a service under a group that nobody here knows', 'its rules are in nobody\'s template', t => ({ networkConfiguration: placed(t, 'application', 'DISABLED', ['sg-0a1b2c3d4e5f60718']) })),
  runs('a service under a group that is open', 'everybody connects to the application', t => ({
    networkConfiguration: placed(t, 'application', 'DISABLED', [new ec2.CfnSecurityGroup(t.scope, 'Open', {
      vpcId: t.application.network.vpcId, groupDescription: 'open', securityGroupIngress: [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'everybody' }],
    }).attrGroupId]),
  })),
  apart<ecs.CfnTaskDefinition>(TASK, 'a schedule that runs it with public addresses', 'tasks on the internet, past the load balancer', t => new events.CfnRule(t.scope, 'Schedule', {
    scheduleExpression: 'rate(1 hour)',
    targets: [{
      id: 'Task',
      arn: t.application.service.cluster.clusterArn,
      roleArn: ownIam('role/Schedule'),
      ecsParameters: {
        taskDefinitionArn: t.resource.ref,
        launchType: 'FARGATE',
        networkConfiguration: { awsVpcConfiguration: placed(t, 'public', 'ENABLED').awsvpcConfiguration },
      },
    }],
  })),
];

export const SERVICES: Kind[] = [
  within<ecs.CfnService>(SERVICE, 'a subnet of the public tier', 'tasks beside the load balancer', t => append(t.resource, 'NetworkConfiguration.AwsvpcConfiguration.Subnets', t.stack.resolve(t.application.network.publicSubnets[0].subnetId))),
  within<ecs.CfnService>(SERVICE, 'a subnet of the data tier', 'tasks among the databases',
    t => append(t.resource, 'NetworkConfiguration.AwsvpcConfiguration.Subnets', t.stack.resolve(t.application.network.selectSubnets(t.application.network.dataSubnets).subnetIds[0]))),
  within<ecs.CfnService>(SERVICE, 'a volume that is not encrypted', 'data at rest in plain text', t => {
    append(t.application.service.taskDefinition.node.defaultChild as ecs.CfnTaskDefinition, 'Volumes', { Name: 'data', ConfiguredAtLaunch: true });
    append(t.resource, 'VolumeConfigurations', { Name: 'data', ManagedEBSVolume: { RoleArn: ownIam('role/ecsInfrastructureRole'), SizeInGiB: 10, Encrypted: false } });
  }),
  within<ecs.CfnService>(SERVICE, 'a second group of targets, of somebody', 'a load balancer that nobody here knows forwards to the tasks', t => append(t.resource, 'LoadBalancers',
    { ContainerName: 'app', ContainerPort: 8443, TargetGroupArn: ownArn('elasticloadbalancing', 'targetgroup/other/0a1b2c3d4e5f6071') })),
  within<ecs.CfnService>(SERVICE, 'a service network', 'services of strangers reach the tasks', t => append(t.resource, 'VpcLatticeConfigurations',
    { RoleArn: ownIam('role/Lattice'), PortName: 'https', TargetGroupArn: foreignArn('vpc-lattice', 'targetgroup/tg-0a1b2c3d4e5f60718') })),
  apart<ecs.CfnService>(SERVICE, 'it scales down to nothing', 'an attacker who makes it idle makes it unavailable', t => new appscaling.CfnScalableTarget(t.scope, 'Scaling', {
    serviceNamespace: 'ecs',
    scalableDimension: 'ecs:service:DesiredCount',
    minCapacity: 0,
    maxCapacity: 1,
    resourceId: `service/${t.application.service.cluster.clusterName}/${t.application.service.serviceName}`,
  })),
];

