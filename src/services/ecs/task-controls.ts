// What must hold of a task definition.
import { isCredential, isNamedLikeCredential } from './credentials';
import { everyContainer } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { allows, condition, hasActions, services } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isFalse, isGiven, isOneOf, isTrue, list, same, stringOf, textOf, UNKNOWN } from '../../core/values';

const TASK = ['AWS::ECS::TaskDefinition'];

function everyVariable(r: RenderedResource, holds: (name: Json, value: Json) => boolean): boolean {
  return everyContainer(r, c => list(at(c, 'Environment')).every(v => holds(at(v, 'Name'), at(v, 'Value'))));
}

const hasAll = (value: Json, ...wanted: string[]) => wanted.every(w => list(value).includes(w));

export const ECS_READ_ONLY_ROOT: Control = {
  id: 'ECS-01',
  title: 'the root file system of every container is read-only, and nothing in memory can be run',
  prevents: 'an intruder installing tools or changing the application',
  kind: 'floor',
  types: TASK,
  property: 'ContainerDefinitions',
  mend: "keep ReadonlyRootFilesystem, and name what the application writes in 'writablePaths'",
  fsbp: ['ECS.5'],
  nist: ['AC-6'],
  holds: r => everyContainer(r, c => isTrue(at(c, 'ReadonlyRootFilesystem'))
    && list(at(c, 'LinuxParameters', 'Tmpfs')).every(m => hasAll(at(m, 'MountOptions'), 'noexec', 'nosuid', 'nodev'))),
};

export const ECS_NOT_ROOT: Control = {
  id: 'ECS-02',
  title: 'every container runs as a numeric user and group that are not root',
  prevents: 'root in a container, one flaw away from root on its host',
  kind: 'floor',
  types: TASK,
  property: 'ContainerDefinitions',
  mend: "give 'user' as UID:GID, neither of them 0, and keep the operating system family LINUX",
  fsbp: ['ECS.20'],
  holds: r => at(r.properties.RuntimePlatform, 'OperatingSystemFamily') === 'LINUX'
    && everyContainer(r, c => /^[1-9][0-9]*(:[1-9][0-9]*)?$/.test(stringOf(at(c, 'User')) ?? '')),
};

export const ECS_NO_CAPABILITIES: Control = {
  id: 'ECS-03',
  title: 'no container is privileged, and each drops every Linux capability',
  prevents: 'an escape from the container',
  kind: 'floor',
  types: TASK,
  property: 'ContainerDefinitions',
  mend: 'keep Privileged false and Capabilities.Drop ALL, and add none',
  fsbp: ['ECS.4'],
  holds: r => everyContainer(r, c => {
    const capabilities = at(c, 'LinuxParameters', 'Capabilities');
    return isFalse(at(c, 'Privileged')) && hasAll(at(capabilities, 'Drop'), 'ALL') && list(at(capabilities, 'Add')).length === 0;
  }),
};

export const ECS_OWN_NETWORK: Control = {
  id: 'ECS-04',
  title: 'a task has a network interface of its own and shares no processes with its host',
  prevents: 'a container that reaches what else runs on the host',
  kind: 'floor',
  types: TASK,
  property: 'NetworkMode',
  mend: 'keep the network mode awsvpc, and set neither PidMode nor IpcMode',
  fsbp: ['ECS.3', 'ECS.17'],
  holds: r => r.properties.NetworkMode === 'awsvpc' && !isGiven(r.properties.PidMode)
    && (!isGiven(r.properties.IpcMode) || isOneOf(r.properties.IpcMode, 'none')),
};

export const ECS_NO_CREDENTIALS: Control = {
  id: 'ECS-05',
  title: 'no environment variable is a credential',
  prevents: 'credentials that everybody reads who may describe the task definition',
  kind: 'floor',
  types: TASK,
  property: 'ContainerDefinitions',
  mend: "put the value in Secrets Manager and give it by 'secrets'",
  fsbp: ['ECS.8'],
  pci: ['8.6.2'],
  holds: r => everyVariable(r, (name, value) => !isCredential(String(name), value)),
};

export const ECS_NO_CREDENTIAL_NAMES: Control = {
  id: 'ECS-05b',
  title: 'no environment variable is named like a credential',
  prevents: 'a credential that does not look like one',
  kind: 'default',
  types: TASK,
  property: 'ContainerDefinitions',
  mend: "give it by 'secrets', or name it after what it is",
  fsbp: ['ECS.8'],
  pci: ['8.6.2'],
  holds: r => everyVariable(r, name => typeof name === 'string' && !isNamedLikeCredential(name)),
};

export const ECS_LOGS: Control = {
  id: 'ECS-06',
  title: 'every container logs to CloudWatch, without ever waiting for it',
  prevents: 'a breach without a trace, and an application that stops when its logs do',
  kind: 'floor',
  types: TASK,
  property: 'ContainerDefinitions',
  mend: 'keep the log driver awslogs in non-blocking mode with a buffer',
  fsbp: ['ECS.9'],
  nist: NIST.logging,
  holds: r => everyContainer(r, c => {
    const options = at(c, 'LogConfiguration', 'Options');
    return at(c, 'LogConfiguration', 'LogDriver') === 'awslogs' && isGiven(at(options, 'awslogs-group'))
      && at(options, 'mode') === 'non-blocking' && /^[1-9][0-9]*[km]$/.test(textOf(at(options, 'max-buffer-size')));
  }),
};

export const ECS_EFS: Control = {
  id: 'ECS-11',
  title: 'file systems are mounted over TLS, through an access point, with IAM',
  prevents: 'reading shared files on the wire or as another user',
  kind: 'floor',
  types: TASK,
  property: 'Volumes',
  mend: 'give EFSVolumeConfiguration TransitEncryption ENABLED, an access point and IAM ENABLED',
  fsbp: ['ECS.18'],
  holds: r => list(r.properties.Volumes).map(v => at(v, 'EFSVolumeConfiguration')).filter(isGiven)
    .every(v => at(v, 'TransitEncryption') === 'ENABLED'
      && at(v, 'AuthorizationConfig', 'IAM') === 'ENABLED' && isGiven(at(v, 'AuthorizationConfig', 'AccessPointId'))),
};

/** Whether a property names a role of the template that ECS may take for tasks of this account and region only. */
function isTaskRole(value: Json, template: RenderedTemplate): boolean {
  const allowed = allows(template.target('AWS::IAM::Role', value)?.properties.AssumeRolePolicyDocument);
  return allowed.length > 0 && allowed.every(s => hasActions(s, 'sts:AssumeRole')
    && same(services(s), ['ecs-tasks.amazonaws.com']) && at(s.Principal, 'AWS') === undefined
    && condition(s, 'StringEquals', 'aws:SourceAccount') !== undefined && condition(s, 'ArnLike', 'aws:SourceArn') !== undefined);
}

export const ECS_SEPARATE_ROLES: Control = {
  id: 'ECS-12',
  title: 'the application and the agent that starts it have roles of their own, which ECS takes for this account only',
  prevents: "an application that reads other tasks' images, logs and secrets, and a confused deputy",
  kind: 'floor',
  types: TASK,
  property: 'TaskRoleArn',
  mend: 'keep both roles and the conditions of their trust policies',
  nist: ['AC-6'],
  holds: (r, t) => isGiven(r.properties.TaskRoleArn) && isGiven(r.properties.ExecutionRoleArn)
    && !same(r.properties.TaskRoleArn, r.properties.ExecutionRoleArn)
    && isTaskRole(r.properties.TaskRoleArn, t) && isTaskRole(r.properties.ExecutionRoleArn, t),
};

const BY_DIGEST = new RegExp(`@(sha256:([0-9a-f]{64}|${UNKNOWN})|${UNKNOWN})$`);

export const ECS_IMAGE_BY_DIGEST: Control = {
  id: 'ECS-14',
  title: 'the image is named by its digest',
  prevents: 'running another image than the one that was built, scanned and approved',
  kind: 'default',
  types: TASK,
  property: 'ContainerDefinitions',
  mend: "give the digest: 'PrivateImage.of(repositoryName, digest)'",
  nist: ['SI-7'],
  pci: ['6.3.2'],
  holds: r => everyContainer(r, c => BY_DIGEST.test(textOf(at(c, 'Image')))),
};

export const ECS_VERSION_CONSISTENCY: Control = {
  id: 'ECS-14b',
  title: 'all tasks of a deployment run the same image',
  prevents: 'a tag that is moved in the middle of a deployment',
  kind: 'floor',
  types: TASK,
  property: 'ContainerDefinitions',
  mend: 'leave VersionConsistency enabled',
  nist: ['SI-7'],
  pci: ['6.3.2'],
  holds: r => everyContainer(r, c => at(c, 'VersionConsistency') === 'enabled'),
};
