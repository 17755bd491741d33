import * as ecs from 'aws-cdk-lib/aws-ecs';
import { Aws, Token } from 'aws-cdk-lib/core';
import * as settings from '../../../src/services/ecs/task-settings';

const AT = { node: { path: 'Stack/App' } };
const TOKEN = Token.asNumber({ Ref: 'X' });

describe('size', () => {
  test('is half a processor and a GiB', () => {
    expect(settings.size(AT, {})).toEqual({ cpu: 512, memoryLimitMiB: 1024 });
  });

  test.each([
    [256, 512], [256, 1024], [256, 2048], [512, 1024], [512, 4096],
    [1024, 2048], [1024, 8192], [2048, 16384], [4096, 30720], [8192, 61440], [16384, 122880],
  ])('takes %d CPU units with %d MiB', (cpu, memoryLimitMiB) => {
    expect(settings.size(AT, { cpu, memoryLimitMiB })).toEqual({ cpu, memoryLimitMiB });
  });

  test.each([
    [256, 1536], [256, 4096], [512, 512], [512, 1536], [1024, 1024], [2048, 2048], [2048, 5000], [8192, 17408], [16384, 36864],
  ])('refuses %d CPU units with %d MiB', (cpu, memoryLimitMiB) => {
    expect(() => settings.size(AT, { cpu, memoryLimitMiB }))
      .toThrow(`[Stack/App] 'memoryLimitMiB' is ${memoryLimitMiB}: with ${cpu} CPU units Fargate takes `);
  });

  test('says what there is', () => {
    expect(() => settings.size(AT, { cpu: 256, memoryLimitMiB: 1536 })).toThrow(/takes 512, 1024, 2048$/);
    expect(() => settings.size(AT, { cpu: 4096, memoryLimitMiB: 1 })).toThrow(/takes 8192 to 30720 in steps of 1024$/);
    expect(() => settings.size(AT, { cpu: 1000, memoryLimitMiB: 2048 }))
      .toThrow(/^\[Stack\/App\] 'cpu' is 1000: Fargate has 256, 512, 1024, 2048, 4096, 8192, 16384 units/);
  });

  test('takes tokens', () => {
    expect(settings.size(AT, { cpu: TOKEN, memoryLimitMiB: 1 })).toEqual({ cpu: TOKEN, memoryLimitMiB: 1 });
    expect(settings.size(AT, { cpu: 256, memoryLimitMiB: TOKEN })).toEqual({ cpu: 256, memoryLimitMiB: TOKEN });
  });
});

describe('task definition', () => {
  test('is for Fargate, Linux and Intel or AMD', () => {
    expect(settings.task(AT, {})).toEqual({
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: 'X86_64' },
      cpu: '512',
      memory: '1024',
    });
  });

  test('is for Graviton if asked, and for nothing else', () => {
    expect(settings.task(AT, { cpuArchitecture: ecs.CpuArchitecture.ARM64 }).runtimePlatform).toMatchObject({ cpuArchitecture: 'ARM64' });
    expect(() => settings.task(AT, { cpuArchitecture: ecs.CpuArchitecture.of('RISCV') })).toThrow("[Stack/App] 'cpuArchitecture' is 'RISCV': Fargate has");
  });
});

describe('container', () => {
  test('runs as an ordinary user, what the image says', () => {
    expect(settings.container(AT, {})).toEqual({ user: '1000:1000', command: undefined, healthCheck: undefined });
  });

  test('runs what it is told, and asks how it is', () => {
    expect(settings.container(AT, { user: '7', command: ['serve'], healthCheckCommand: ['/health'] })).toEqual({
      user: '7', command: ['serve'], healthCheck: { command: ['CMD', '/health'], interval: 30, timeout: 5, retries: 3, startPeriod: 60 },
    });
  });

  test.each(['1000', '1000:1000', '65534:1'])('the user %s passes', user => {
    expect(settings.container(AT, { user }).user).toBe(user);
  });

  test.each(['0', '0:1000', '1000:0', 'root', 'app:app', '01000', '', '-1'])("the user '%s' does not", user => {
    expect(() => settings.container(AT, { user })).toThrow(`[Stack/App] 'user' is '${user}': give numbers`);
  });

  test('a user that is a token does not', () => {
    expect(() => settings.container(AT, { user: Token.asString({ Ref: 'User' }) })).toThrow("[Stack/App] 'user' is known at deployment only");
  });

  test('commands have words, and no form', () => {
    const commands = (command?: string[], healthCheckCommand?: string[]) => settings.container(AT, { command, healthCheckCommand });
    expect(() => commands(['serve'], ['/health', 'CMD'])).not.toThrow();
    expect(() => commands(undefined, undefined)).not.toThrow();
    expect(() => commands(Token.asList({ Ref: 'A' }), ['/health', Token.asString({ Ref: 'B' })])).not.toThrow();
    expect(() => commands(undefined, Token.asList({ Ref: 'B' }))).toThrow("[Stack/App] 'healthCheckCommand' is a list that is known only at deployment");
    expect(() => commands([], undefined)).toThrow("[Stack/App] 'command' is empty");
    expect(() => commands('serve' as unknown as string[], undefined)).toThrow("[Stack/App] 'command' is the text 'serve', not a list");
    expect(() => commands(undefined, [])).toThrow("[Stack/App] 'healthCheckCommand' is empty");
    expect(() => commands(undefined, ['NONE'])).toThrow("[Stack/App] 'healthCheckCommand' begins with 'NONE'");
  });

  const mounts = { tmpfs: [], volumes: [], mountPoints: [] };
  const PARTS = { image: 'app@x', port: 8443, environment: {}, secrets: {}, logGroupName: 'logs', mounts };

  test('is locked down, and leaves out what there is nothing of', () => {
    expect(settings.lockedDown({ user: '7' }, PARTS)).toEqual({
      user: '7',
      name: 'app',
      image: 'app@x',
      versionConsistency: 'enabled',
      essential: true,
      privileged: false,
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ['ALL'] }, initProcessEnabled: true },
      portMappings: [{ containerPort: 8443, protocol: 'tcp' }],
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': 'logs', 'awslogs-region': Aws.REGION, 'awslogs-stream-prefix': 'app', 'mode': 'non-blocking', 'max-buffer-size': '25m',
        },
      },
    });
  });

  test('is locked down whatever its caller chose', () => {
    const weak = { privileged: true, readonlyRootFilesystem: false };
    expect(settings.lockedDown(weak, PARTS)).toMatchObject({ privileged: false, readonlyRootFilesystem: true });
  });

  test('has variables and secrets by name', () => {
    expect(settings.lockedDown({}, { ...PARTS, environment: { A: 'a' }, secrets: { B: 'arn:b' } }))
      .toMatchObject({ environment: [{ name: 'A', value: 'a' }], secrets: [{ name: 'B', valueFrom: 'arn:b' }] });
  });
});

describe('what can be written', () => {
  test('in memory, nothing of it is run', () => {
    expect(settings.tmpfs(AT, '/tmp', undefined)).toEqual({ containerPath: '/tmp', size: 64, mountOptions: ['noexec', 'nosuid', 'nodev'] });
    expect(settings.tmpfs(AT, '/tmp', 8).size).toBe(8);
    expect(() => settings.tmpfs(AT, '/tmp', 0)).toThrow("[Stack/App] 'sizeMiB' must be a whole number from 1 to 30720 MiB, got 0");
    expect(settings.WRITABLE_PATHS).toEqual(['/tmp']);
  });

  test('on disk', () => {
    expect(settings.writable('Writable0', '/a')).toEqual({ sourceVolume: 'Writable0', containerPath: '/a', readOnly: false });
  });

  test.each(['tmp', '/', '/tmp/', '//tmp', '/a/../etc', '/a/.', '/tmp:rw', '', '/a b'])("refuses the path '%s'", path => {
    expect(() => settings.checkPath(AT, path)).toThrow(`[Stack/App] 'writablePaths' is '${path}': give an absolute path`);
  });

  test.each(['/tmp', '/var/.cache', '/a..b', '/A-b_c/d.e'])("takes the path '%s'", path => {
    expect(() => settings.checkPath(AT, path)).not.toThrow();
  });

  test('takes less memory than the task has', () => {
    const mounts = (...sizes: number[]) => ({ tmpfs: sizes.map(s => settings.tmpfs(AT, '/a', s)), volumes: [], mountPoints: [] });
    expect(() => settings.checkMemory(AT, mounts(512, 511), 1024)).not.toThrow();
    expect(() => settings.checkMemory(AT, mounts(512, TOKEN), 1024)).not.toThrow();
    expect(() => settings.checkMemory(AT, mounts(512, 512), TOKEN)).not.toThrow();
    expect(() => settings.checkMemory(AT, mounts(512, 512), 1024))
      .toThrow("[Stack/App] 'writablePaths' take 1024 MiB of memory, and 'memoryLimitMiB' is 1024");
  });
});

test('a list, or nothing', () => {
  expect(settings.unlessEmpty([])).toBeUndefined();
  expect(settings.unlessEmpty([1])).toEqual([1]);
});
