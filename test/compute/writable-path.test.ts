import { Token } from 'aws-cdk-lib/core';
import { mountsOf, WritablePath } from '../../src/compute/writable-path';
import { newStack } from '../support/prove';

const mountOptions = ['noexec', 'nosuid', 'nodev'];
const mounts = (paths: WritablePath[] | undefined, memory = 1024) => mountsOf(newStack(), paths, memory);

test('is in memory, 64 MiB if not said, or on disk', () => {
  expect(mounts([WritablePath.inMemory('/tmp'), WritablePath.onDisk('/a'), WritablePath.inMemory('/run', 8), WritablePath.onDisk('/b')])).toEqual({
    tmpfs: [{ containerPath: '/tmp', size: 64, mountOptions }, { containerPath: '/run', size: 8, mountOptions }],
    volumes: [{ name: 'Writable0' }, { name: 'Writable1' }],
    mountPoints: [
      { sourceVolume: 'Writable0', containerPath: '/a', readOnly: false },
      { sourceVolume: 'Writable1', containerPath: '/b', readOnly: false },
    ],
  });
});

test('is /tmp if nothing is said, and nothing if that is said', () => {
  expect(mounts(undefined)).toEqual({ tmpfs: [{ containerPath: '/tmp', size: 64, mountOptions }], volumes: [], mountPoints: [] });
  expect(mounts([])).toEqual({ tmpfs: [], volumes: [], mountPoints: [] });
});

test.each([
  ['in memory', WritablePath.inMemory('tmp')],
  ['on disk', WritablePath.onDisk('tmp')],
])('refuses a path that is none, %s', (_name, path) => {
  expect(() => mounts([path])).toThrow("[Test] 'writablePaths' is 'tmp': give an absolute path");
});

test('refuses sizes below a MiB', () => {
  expect(() => mounts([WritablePath.inMemory('/tmp', 0)])).toThrow(/^\[Test\] 'sizeMiB' must be a whole number from 1 to 30720 MiB, got 0/);
});

test('refuses a path twice', () => {
  expect(() => mounts([WritablePath.inMemory('/tmp'), WritablePath.onDisk('/tmp')])).toThrow(/^\[Test\] 'writablePaths' has '\/tmp' twice/);
});

test('refuses more memory than the task has', () => {
  expect(() => mounts([WritablePath.inMemory('/a', 512), WritablePath.inMemory('/b', 512)]))
    .toThrow(/^\[Test\] 'writablePaths' take 1024 MiB of memory, and 'memoryLimitMiB' is 1024/);
});

test('takes tokens', () => {
  expect(() => mounts([WritablePath.inMemory('/tmp', Token.asNumber({ Ref: 'Size' })), WritablePath.inMemory('/b')])).not.toThrow();
  expect(() => mounts([WritablePath.inMemory('/tmp')], Token.asNumber({ Ref: 'Memory' }))).not.toThrow();
});
