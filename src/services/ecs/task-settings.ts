// The hardened values of a task definition and its container.
import type * as ecs from 'aws-cdk-lib/aws-ecs';
import { Aws, Token, Tokenization } from 'aws-cdk-lib/core';
import { FARGATE_ARCHITECTURES, FARGATE_GAP, FARGATE_MEMORY } from './facts';
import type { Place } from '../../core/validate';
import { fail, requireList, requireMatch, requireNotEmpty, requireRange } from '../../core/validate';

/** Name of the only container, and what its log streams begin with. */
export const CONTAINER = 'app';

/** What may differ between task definitions. */
export interface TaskOptions {
  readonly cpu?: number;
  readonly memoryLimitMiB?: number;
  readonly cpuArchitecture?: ecs.CpuArchitecture;
}

/** The size of a task. */
export interface TaskSize {
  readonly cpu: number;
  readonly memoryLimitMiB: number;
}

/** CPU units and memory that Fargate offers together. Tokens pass. */
export function size(at: Place, options: TaskOptions): TaskSize {
  const cpu = options.cpu ?? 512;
  const memoryLimitMiB = options.memoryLimitMiB ?? 1024;
  if (Token.isUnresolved(cpu)) { return { cpu, memoryLimitMiB }; }
  if (!FARGATE_MEMORY[cpu]) {
    fail(at, `'cpu' is ${cpu}: Fargate has ${Object.keys(FARGATE_MEMORY).join(', ')} units (1024 are one processor)`);
  }
  if (Token.isUnresolved(memoryLimitMiB)) { return { cpu, memoryLimitMiB }; }
  const [from, to, step] = FARGATE_MEMORY[cpu];
  const sizes = Array.from({ length: (to - from) / step + 1 }, (_, i) => from + i * step).filter(s => s !== FARGATE_GAP);
  if (!sizes.includes(memoryLimitMiB)) {
    fail(at, `'memoryLimitMiB' is ${memoryLimitMiB}: with ${cpu} CPU units Fargate takes `
      + (sizes.length < 8 ? sizes.join(', ') : `${from} to ${to} in steps of ${step}`));
  }
  return { cpu, memoryLimitMiB };
}

/** A task definition for Fargate and Linux, with a network interface of its own. */
export function task(at: Place, options: TaskOptions): Partial<ecs.CfnTaskDefinitionProps> {
  const { cpu, memoryLimitMiB } = size(at, options);
  const cpuArchitecture = options.cpuArchitecture?._cpuArchitecture ?? 'X86_64';
  if (!Token.isUnresolved(cpuArchitecture) && !FARGATE_ARCHITECTURES.includes(cpuArchitecture)) {
    fail(at, `'cpuArchitecture' is '${cpuArchitecture}': Fargate has ecs.CpuArchitecture.X86_64 and ARM64`);
  }
  return {
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture },
    cpu: Tokenization.stringifyNumber(cpu),
    memory: Tokenization.stringifyNumber(memoryLimitMiB),
  };
}

/** What may differ between containers. */
export interface ContainerOptions {
  readonly user?: string;
  readonly command?: string[];
  readonly healthCheckCommand?: string[];
}

/** The parts of a container that its task definition adds. */
export interface ContainerParts {
  readonly image: string;
  readonly port: number;
  readonly environment: Record<string, string>;
  /** ARNs of secrets, by the name of the variable. */
  readonly secrets: Record<string, string>;
  readonly logGroupName: string;
  readonly mounts: Mounts;
}

/** What of a container's file system can be written. */
export interface Mounts {
  readonly tmpfs: ecs.CfnTaskDefinition.TmpfsProperty[];
  readonly volumes: ecs.CfnTaskDefinition.VolumeProperty[];
  readonly mountPoints: ecs.CfnTaskDefinition.MountPointProperty[];
}

type Container = ecs.CfnTaskDefinition.ContainerDefinitionProperty;

/** A container that runs as an ordinary user without capabilities on a read-only file system, with what its caller chose. */
export function container(at: Place, options: ContainerOptions): Pick<Container, 'user' | 'command' | 'healthCheck'> {
  const { user = '1000:1000', command, healthCheckCommand } = options;
  checkUser(at, user);
  checkCommands(at, command, healthCheckCommand);
  return {
    user,
    command,
    healthCheck: healthCheckCommand && { command: ['CMD', ...healthCheckCommand], interval: 30, timeout: 5, retries: 3, startPeriod: 60 },
  };
}

/** The whole container. */
export function lockedDown(choice: Partial<Container>, parts: ContainerParts): Container {
  const { environment, secrets, mounts } = parts;
  return {
    ...choice,
    name: CONTAINER,
    image: parts.image,
    versionConsistency: 'enabled',
    essential: true,
    privileged: false,
    readonlyRootFilesystem: true,
    linuxParameters: { capabilities: { drop: ['ALL'] }, initProcessEnabled: true, tmpfs: unlessEmpty(mounts.tmpfs) },
    mountPoints: unlessEmpty(mounts.mountPoints),
    portMappings: [{ containerPort: parts.port, protocol: 'tcp' }],
    environment: unlessEmpty(Object.entries(environment).map(([name, value]) => ({ name, value }))),
    secrets: unlessEmpty(Object.entries(secrets).map(([name, valueFrom]) => ({ name, valueFrom }))),
    logConfiguration: logs(parts.logGroupName),
  };
}

/** An application of a bank goes on without its logs rather than stopping with them; the buffer bridges an interruption. */
function logs(logGroupName: string): ecs.CfnTaskDefinition.LogConfigurationProperty {
  return {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': logGroupName,
      'awslogs-region': Aws.REGION,
      'awslogs-stream-prefix': CONTAINER,
      'mode': 'non-blocking',
      'max-buffer-size': '25m',
    },
  };
}

/** A list, or nothing in the place of an empty one. */
export function unlessEmpty<T>(values: T[]): T[] | undefined {
  return values.length > 0 ? values : undefined;
}

/** What can be written if nobody says otherwise, in memory. */
export const WRITABLE_PATHS = ['/tmp'];

/** Whether paths are those that can be written if nobody says otherwise. */
export function isUsual(paths: readonly unknown[]): boolean {
  return paths.length === WRITABLE_PATHS.length && paths.every((path, i) => path === WRITABLE_PATHS[i]);
}

const PATH = /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)+$/;

/** Refuses a path that is not below the root, or leads out of where it seems to be. */
export function checkPath(at: Place, path: string): void {
  requireMatch(at, 'writablePaths', path, PATH, "give an absolute path below '/', without a '/' at its end, '.' and '..'");
}

/**
 * A file system in memory, from which nothing can be run.
 *
 * It has no mode: without one a tmpfs is writable for all, with the sticky bit, which is what a user other than root needs.
 */
export function tmpfs(at: Place, containerPath: string, sizeMiB: number | undefined): ecs.CfnTaskDefinition.TmpfsProperty {
  const mebibytes = sizeMiB ?? 64;
  requireRange(at, 'sizeMiB', mebibytes, 1, 30720, 'MiB');
  return { containerPath, size: mebibytes, mountOptions: ['noexec', 'nosuid', 'nodev'] };
}

/** A directory of a volume that can be written. */
export function writable(sourceVolume: string, containerPath: string): ecs.CfnTaskDefinition.MountPointProperty {
  return { sourceVolume, containerPath, readOnly: false };
}

/** Refuses file systems that take all the memory of their task. */
export function checkMemory(at: Place, mounts: Mounts, memoryLimitMiB: number): void {
  const inMemory = mounts.tmpfs.map(m => m.size).filter(s => !Token.isUnresolved(s)).reduce((sum, s) => sum + s, 0);
  if (!Token.isUnresolved(memoryLimitMiB) && inMemory >= memoryLimitMiB) {
    fail(at, `'writablePaths' take ${inMemory} MiB of memory, and 'memoryLimitMiB' is ${memoryLimitMiB}: `
      + 'make them smaller, or put them on disk by WritablePath.onDisk');
  }
}

/** Refuses root, its group, and names: the image says what they mean. */
function checkUser(at: Place, user: string): void {
  if (Token.isUnresolved(user)) {
    fail(at, "'user' is known at deployment only, so that nobody can tell whether it is root: give numbers as UID:GID");
  }
  requireMatch(at, 'user', user, /^[1-9][0-9]*(:[1-9][0-9]*)?$/,
    'give numbers as UID:GID, neither of them 0, so that the user is not root');
}

/** Refuses commands without words, and a health check that says how it is run. */
function checkCommands(at: Place, command: string[] | undefined, healthCheckCommand: string[] | undefined): void {
  if (command) { requireNotEmpty(at, 'command', command, "leave it out to run the image's own command"); }
  if (!healthCheckCommand) { return; }
  requireList(at, 'healthCheckCommand', healthCheckCommand);
  requireNotEmpty(at, 'healthCheckCommand', healthCheckCommand, 'give a command, or leave it out');
  if (/^(CMD|CMD-SHELL|NONE)$/.test(healthCheckCommand[0])) {
    fail(at, `'healthCheckCommand' begins with '${healthCheckCommand[0]}': give only the command, which is run without a shell`);
  }
}
