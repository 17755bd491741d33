import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { fail, requireMatch, requireRange } from '../core/validate';

/** How a path is made writable in a container. */
export interface WritableMount {
  readonly path: string;
  /** Size of the file system in memory; undefined for one on disk. */
  readonly sizeMiB?: number;
}

const PATH = /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)+$/;

/** A path that the application may write, in a container whose root file system is read-only. */
export class WritablePath {
  /**
   * A file system in the task's memory that any user of the container can write and from which nothing can be executed.
   *
   * @param path for example `/tmp`
   * @param sizeMiB how large it may grow, out of the memory of the task; 64 if left out
   */
  public static inMemory(path: string, sizeMiB?: number): WritablePath {
    return new WritablePath(path, sizeMiB ?? 64);
  }

  /**
   * An empty directory on the task's encrypted disk.
   *
   * It belongs to root, and the application can't write it, unless the image declares the path as a `VOLUME` that belongs to
   * the user: Fargate copies the owner.
   *
   * @param path for example `/var/cache/app`
   */
  public static onDisk(path: string): WritablePath {
    return new WritablePath(path, undefined);
  }

  private constructor(private readonly path: string, private readonly sizeMiB: number | undefined) {
  }

  /**
   * Checks the path for the service that has it.
   *
   * @internal
   */
  public _mount(scope: IConstruct): WritableMount {
    requireMatch(scope, 'writablePaths', this.path, PATH, "give an absolute path below '/', without a '/' at its end, '.' and '..'");
    requireRange(scope, 'sizeMiB', this.sizeMiB, 1, 30720, 'MiB');
    return { path: this.path, sizeMiB: this.sizeMiB };
  }
}

/** The mounts of a task's container, each path once and no more in memory than the task has. */
export function mounts(scope: IConstruct, paths: WritablePath[], memoryMiB: number): WritableMount[] {
  const all = paths.map(p => p._mount(scope));
  const twice = all.find((m, i) => all.findIndex(o => o.path === m.path) < i);
  if (twice) { fail(scope, `'writablePaths' has '${twice.path}' twice: name it once`); }
  const inMemory = all.map(m => m.sizeMiB ?? 0).filter(size => !Token.isUnresolved(size)).reduce((sum, size) => sum + size, 0);
  if (!Token.isUnresolved(memoryMiB) && inMemory >= memoryMiB) {
    fail(scope, `'writablePaths' take ${inMemory} MiB of memory, and 'memoryMiB' is ${memoryMiB}: make them smaller, or put them on disk by WritablePath.onDisk`);
  }
  return all;
}
