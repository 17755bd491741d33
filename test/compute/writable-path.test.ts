import { Token } from 'aws-cdk-lib/core';
import { mounts, WritablePath } from '../../src/compute/writable-path';
import { newStack } from '../support/prove';

test('is in memory, 64 MiB if not said, or on disk', () => {
  expect(mounts(newStack(), [WritablePath.inMemory('/tmp'), WritablePath.inMemory('/run', 8), WritablePath.onDisk('/var/cache/app')], 1024)).toEqual([
    { path: '/tmp', sizeMiB: 64 },
    { path: '/run', sizeMiB: 8 },
    { path: '/var/cache/app', sizeMiB: undefined },
  ]);
});

test.each(['tmp', '/', '/tmp/', '//tmp', '/a/../etc', '/a/.', '/tmp:rw', '', '/a b'])("refuses the path '%s'", path => {
  expect(() => mounts(newStack(), [WritablePath.onDisk(path)], 1024)).toThrow(`[Test] 'writablePaths' is '${path}': give an absolute path`);
});

test.each(['/tmp', '/var/.cache', '/a..b', '/A-b_c/d.e'])("takes the path '%s'", path => {
  expect(() => mounts(newStack(), [WritablePath.onDisk(path)], 1024)).not.toThrow();
});

test('refuses sizes below a MiB', () => {
  expect(() => mounts(newStack(), [WritablePath.inMemory('/tmp', 0)], 1024)).toThrow(/^\[Test\] 'sizeMiB' must be a whole number from 1 to 30720 MiB, got 0/);
});

test('refuses a path twice', () => {
  expect(() => mounts(newStack(), [WritablePath.inMemory('/tmp'), WritablePath.onDisk('/tmp')], 1024)).toThrow(/^\[Test\] 'writablePaths' has '\/tmp' twice/);
});

test('refuses more memory than the task has', () => {
  expect(() => mounts(newStack(), [WritablePath.inMemory('/a', 512), WritablePath.inMemory('/b', 512)], 1024)).toThrow(/^\[Test\] 'writablePaths' take 1024 MiB of memory, and 'memoryMiB' is 1024/);
});

test('takes tokens', () => {
  expect(() => mounts(newStack(), [WritablePath.inMemory('/tmp', Token.asNumber({ Ref: 'Size' })), WritablePath.inMemory('/b')], 1024)).not.toThrow();
  expect(() => mounts(newStack(), [WritablePath.inMemory('/tmp')], Token.asNumber({ Ref: 'Memory' }))).not.toThrow();
});
