import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/ecs/task-controls';
import * as touch from '../../../src/services/ecs/task-touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate } from '../../support/predicate';

const DIGEST = `@sha256:${'0'.repeat(64)}`;
const image = (registry: unknown) => ({ 'Fn::Join': ['', [registry, `.dkr.ecr.eu-west-1.amazonaws.com/app${DIGEST}`]] });
const container = (changes: object = {}): any => ({
  Name: 'app',
  Image: image({ Ref: 'AWS::AccountId' }),
  LinuxParameters: { Tmpfs: [{ ContainerPath: '/tmp', Size: 64 }] },
  LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': { Ref: 'Logs' } } },
  Secrets: [{ Name: 'KEY', ValueFrom: `arn:aws:secretsmanager:eu-west-1:${OWN}:secret:x-AbCdEf:field::` }],
  ...changes,
});
const OF_TASK = {
  Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { NetworkMode: 'awsvpc', ContainerDefinitions: [container()], Volumes: [{ Name: 'W' }] as any[] } },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Repository: { Type: 'AWS::ECR::Repository', Properties: {} },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
};
const first = (r: any) => r.Task.Properties.ContainerDefinitions[0];
const side = (changes: object) => (r: any) => { r.Task.Properties.ContainerDefinitions.push(container({ Name: 'side', ...changes })); };
const registryOf = (id: string) => ({ 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': [id, 'Arn'] }] }] });
const admits = (...known: unknown[]) => (r: any) => { r.Task.Metadata = { 'cdk-hardened:admits': known }; };

proveBreaks(touch.ECS_KNOWN_IMAGES, OF_TASK, {
  'of a repository of the app': side({ Image: image(registryOf('Repository')) }),
  'by the number of the account': side({ Image: `${OWN}.dkr.ecr.eu-west-1.amazonaws.com/side${DIGEST}` }),
  'of an account that the service was told of': r => { admits(FOREIGN)(r); side({ Image: image(FOREIGN) })(r); },
  'an image that the service was told of': r => { admits(image({ 'Fn::ImportValue': 'x' }))(r); side({ Image: image({ 'Fn::ImportValue': 'x' }) })(r); },
}, {
  'of another account': [side({ Image: image(FOREIGN) }), 'Task'],
  'of a public registry': [side({ Image: `public.ecr.aws/docker/library/busybox${DIGEST}` }), 'Task'],
  'of Docker Hub': [side({ Image: `busybox${DIGEST}` }), 'Task'],
  'of a registry that an export names': [side({ Image: image({ 'Fn::ImportValue': 'x' }) }), 'Task'],
  'of a name that looks like the account': [side({ Image: `example.com/${OWN}.dkr.ecr.eu-west-1.amazonaws.com/app${DIGEST}` }), 'Task'],
  'of what is no repository': [side({ Image: image(registryOf('Bucket')) }), 'Task'],
});
provePredicate(touch.ECS_WRITES_WHERE_SAID, OF_TASK, {
  'a memory disk is elsewhere': r => { first(r).LinuxParameters.Tmpfs.push({ ContainerPath: '/run' }); },
  'a volume is elsewhere': r => { first(r).MountPoints = [{ SourceVolume: 'W', ContainerPath: '/usr/bin' }]; },
  'a side-car writes elsewhere': side({ MountPoints: [{ SourceVolume: 'W', ContainerPath: '/data' }] }),
  'there is a directory of the host': r => { r.Task.Properties.Volumes.push({ Name: 'H', Host: { SourcePath: '/' } }); },
  'there is a volume of Docker': r => { r.Task.Properties.Volumes.push({ Name: 'D', DockerVolumeConfiguration: { Driver: 'local' } }); },
  'there is a file system of Windows': r => { r.Task.Properties.Volumes.push({ Name: 'F', FSxWindowsFileServerVolumeConfiguration: { FileSystemId: 'fs-1' } }); },
  'there are files of another account': r => { r.Task.Properties.Volumes.push({ Name: 'S', S3FilesVolumeConfiguration: { FileSystemArn: `arn:aws:s3files:x:${FOREIGN}:file-system/1` } }); },
  'there are the mounts of another container': side({ VolumesFrom: [{ SourceContainer: 'app' }] }),
  'the deployment says the path': r => { first(r).MountPoints = [{ SourceVolume: 'W', ContainerPath: { 'Fn::Unknown': 'Path' } }]; },
  'there is no container': r => { r.Task.Properties.ContainerDefinitions = []; },
});
const said: any = structuredClone(OF_TASK);
said.Task.Metadata = { 'cdk-hardened:writablePaths': ['/data'] };
first(said).LinuxParameters.Tmpfs = [];
first(said).MountPoints = [{ SourceVolume: 'W', ContainerPath: '/data' }];
provePredicate(touch.ECS_WRITES_WHERE_SAID, said, { 'it writes to /tmp': r => { first(r).LinuxParameters.Tmpfs = [{ ContainerPath: '/tmp' }]; } });

test.each<[string, (r: any) => void, boolean]>([
  ['an own bucket', r => { first(r).EnvironmentFiles = [{ Type: 's3', Value: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/x.env']] } }]; }, true],
  ['the name of a parameter', r => { first(r).Secrets[0].ValueFrom = 'parameter'; }, true],
  ['an account that the service was told of', r => { admits(FOREIGN)(r); first(r).Secrets[0].ValueFrom = `arn:aws:secretsmanager:eu-west-1:${FOREIGN}:secret:x`; }, true],
  ['a bucket of somebody', r => { first(r).EnvironmentFiles = [{ Type: 's3', Value: 'arn:aws:s3:::bucket-of-somebody/x.env' }]; }, false],
  ['a secret of another account', r => { first(r).Secrets[0].ValueFrom = `arn:aws:secretsmanager:eu-west-1:${FOREIGN}:secret:x`; }, false],
  ['a parameter of another account', side({ Secrets: [{ Name: 'X', ValueFrom: `arn:aws:ssm:eu-west-1:${FOREIGN}:parameter/x` }] }), false],
  ['nothing', r => { delete first(r).Secrets[0].ValueFrom; }, false],
])('variables and secrets from %s', (_name, change, right) => {
  const resources: any = structuredClone(OF_TASK);
  change(resources);
  const template = new RenderedTemplate({ Resources: resources }, OWN);
  expect(touch.ECS_OWN_VALUES.holds(template.resource('Task')!, template)).toBe(right);
});
provePredicate(touch.ECS_OWN_LOGS, OF_TASK, {
  'they go to another log group': side({ LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': 'other' } } }),
  'the log group is made': r => { first(r).LogConfiguration.Options['awslogs-create-group'] = 'true'; },
  'they go to an endpoint': r => { first(r).LogConfiguration.Options['awslogs-endpoint'] = 'https://logs.example.com'; },
  'they go by another driver': r => { first(r).LogConfiguration = { LogDriver: 'splunk', Options: {} }; },
});
provePredicate(touch.ECS_PLAIN_KERNEL, OF_TASK, {
  'the kernel is set': r => { first(r).SystemControls = [{ Namespace: 'net.ipv4.ip_forward', Value: '1' }]; },
  'it has a device': r => { first(r).LinuxParameters.Devices = [{ HostPath: '/dev/mem' }]; },
  'nothing is filtered': side({ DockerSecurityOptions: ['seccomp=unconfined'] }),
  'it joins a domain': r => { first(r).CredentialSpecs = ['credentialspecdomainless:x']; },
  'a proxy is between': r => { r.Task.Properties.ProxyConfiguration = { ContainerName: 'envoy' }; },
  'faults are injected': r => { r.Task.Properties.EnableFaultInjection = true; },
  'there is no container': r => { r.Task.Properties.ContainerDefinitions = []; },
});
provePredicate(controls.ECS_OWN_NETWORK, OF_TASK, {
  'containers see the processes of others': r => { r.Task.Properties.PidMode = 'task'; },
  'the deployment says what they see': r => { r.Task.Properties.PidMode = { 'Fn::Unknown': 'Mode' }; },
  'they share memory with the host': r => { r.Task.Properties.IpcMode = 'host'; },
});
