// What may be added to the containers of a task definition: images, mounts, secrets, logs and settings of the kernel.
import { everyContainer, TASK, WRITABLE } from './rendered';
import { WRITABLE_PATHS } from './task-settings';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { isAdmitted, spelled } from '../../core/ours';
import { homeOf, isElsewhere, isOwnResource } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isFalse, isGiven, isList, isOneOf, isTrue, list, same, stringOf, targetsOf } from '../../core/values';

/** A registry of ECR: by its number, or by a reference as `spelled` marks it. */
const REGISTRY = new RegExp('^(\\d{12}|\u0002[^\u0003]+\u0003)\\.dkr\\.ecr\\.');

/** Whether an image is in the registry of this account, or in one that the construct was told of. */
function isKnownImage(image: Json, task: RenderedResource, t: RenderedTemplate): boolean {
  const registry = REGISTRY.exec(spelled(image))?.[1];
  const first = [...targetsOf(image)][0];
  return isAdmitted(image, task) || (registry !== undefined && (registry === t.accountOf(task.logicalId)
    || same(registry, spelled({ Ref: 'AWS::AccountId' })) || list(task.metadata['cdk-hardened:admits']).includes(registry)
    || (registry === spelled({ 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::GetAtt': [first, 'Arn'] }] }] })
      && t.resource(first)?.type === 'AWS::ECR::Repository')));
}

export const ECS_KNOWN_IMAGES: Control = {
  id: 'ECS-17',
  title: 'the image of every container is in a registry of this account, or in one that the service was told of',
  prevents: 'code of strangers with the rights of the application',
  kind: 'default',
  types: [TASK],
  property: 'ContainerDefinitions',
  mend: 'copy the image to a repository of this account, and name it by its digest',
  nist: ['SI-7', 'SR-3'],
  pci: ['6.3.2'],
  holds: ADDITIONS_ONLY,
  // the task definition itself, judged with the stack of the repository
  breaks: (r, t) => everyContainer(r, c => isKnownImage(at(c, 'Image'), r, t)) ? [] : [r],
};

/** Whether a volume is an empty directory, or a file system, and none of the host's. */
function isHarmless(volume: Json, home: Parameters<typeof isOwnResource>[1]): boolean {
  const files = at(volume, 'S3FilesVolumeConfiguration');
  return !['DockerVolumeConfiguration', 'FSxWindowsFileServerVolumeConfiguration'].some(name => isGiven(at(volume, name)))
    && !isGiven(at(volume, 'Host', 'SourcePath')) && (!isGiven(files) || isOwnResource(at(files, 'FileSystemArn'), home));
}

export const ECS_WRITES_WHERE_SAID: Control = {
  id: 'ECS-18',
  title: 'nothing is mounted into a container but at the paths that it may write',
  prevents: 'a directory of its host, or files in the place of those of the image',
  kind: 'default',
  types: [TASK],
  property: 'ContainerDefinitions',
  mend: "name what the application writes in 'writablePaths'",
  nist: ['AC-6', 'SI-7'],
  pci: ['11.5.2'],
  holds: (r, t) => {
    const paths = isList(r.metadata[WRITABLE]) ? list(r.metadata[WRITABLE]).map(String) : WRITABLE_PATHS;
    const isSaid = (mount: Json) => isOneOf(at(mount, 'ContainerPath'), ...paths);
    return list(r.properties.Volumes).every(v => isHarmless(v, homeOf(r, t)))
      && everyContainer(r, c => list(at(c, 'LinuxParameters', 'Tmpfs')).every(isSaid) && list(at(c, 'MountPoints')).every(isSaid)
        && list(at(c, 'VolumesFrom')).length === 0);
  },
};

export const ECS_OWN_VALUES: Control = {
  id: 'ECS-20',
  title: 'variables and secrets come from this account, or from where the service was told',
  prevents: 'strangers who say how the application runs and what it logs in with',
  kind: 'default',
  types: [TASK],
  property: 'ContainerDefinitions',
  mend: "give settings in 'environment', credentials by 'secrets', and files of variables in a bucket of this app",
  nist: ['AC-6', 'CM-7'],
  pci: ['8.6.2'],
  holds: (r, t) => everyContainer(r, c => {
    const home = homeOf(r, t);
    const secrets = [...list(at(c, 'Secrets')), ...list(at(c, 'LogConfiguration', 'SecretOptions'))].map(s => at(s, 'ValueFrom'));
    return list(at(c, 'EnvironmentFiles')).every(file => isOwnResource(at(file, 'Value'), home))
      && secrets.every(from => isGiven(from) && (!isElsewhere(from, home) || isAdmitted(from, r)));
  }),
};

export const ECS_OWN_LOGS: Control = {
  id: 'ECS-06b',
  title: 'every container logs to a log group of the app, and to no endpoint of its own',
  prevents: 'logs that somebody else reads, or that nobody encrypts and keeps',
  kind: 'default',
  types: [TASK],
  property: 'ContainerDefinitions',
  mend: "let further containers log to the service's log group",
  fsbp: ['ECS.9'],
  nist: NIST.logging,
  holds: (r, t) => everyContainer(r, c => {
    const options = at(c, 'LogConfiguration', 'Options');
    const create = at(options, 'awslogs-create-group');
    return t.target('AWS::Logs::LogGroup', at(options, 'awslogs-group')) !== undefined && !isGiven(at(options, 'awslogs-endpoint'))
      && (!isGiven(create) || isFalse(create));
  }),
};

/** Options of Docker that take something away from a container. */
const SAFE_OPTIONS = ['no-new-privileges', 'no-new-privileges:true'];

export const ECS_PLAIN_KERNEL: Control = {
  id: 'ECS-24',
  title: 'no container changes the kernel, its devices or the options of Docker, and nothing stands between it and its network',
  prevents: 'a container that reaches further than it was built for',
  kind: 'default',
  types: [TASK],
  property: 'ContainerDefinitions',
  mend: 'leave SystemControls, Devices, DockerSecurityOptions, CredentialSpecs, ProxyConfiguration and fault injection out',
  nist: ['CM-7', 'AC-6'],
  holds: r => {
    const { ProxyConfiguration, EnableFaultInjection } = r.properties;
    return !isGiven(ProxyConfiguration) && (!isGiven(EnableFaultInjection) || isFalse(EnableFaultInjection))
      && everyContainer(r, c => [at(c, 'SystemControls'), at(c, 'LinuxParameters', 'Devices'), at(c, 'CredentialSpecs')]
        .every(value => list(value).length === 0)
        && list(at(c, 'DockerSecurityOptions')).every(o => SAFE_OPTIONS.includes(stringOf(o) ?? '')) && !isTrue(at(c, 'Interactive')));
  },
};
