import { checkCall } from '../core/arguments';
import type { Place } from '../core/validate';
import { fail } from '../core/validate';
import type { Mounts } from '../services/ecs/task-settings';
import { checkMemory, checkPath, tmpfs, writable, WRITABLE_PATHS } from '../services/ecs/task-settings';

/** A path that the application may write, in a container whose root file system is read-only. */
export class WritablePath {
  /**
   * A file system in the task's memory that any user of the container can write and from which nothing can be executed.
   *
   * @param path for example `/tmp`
   * @param sizeMiB how large it may grow, out of the memory of the task; 64 if left out
   */
  public static inMemory(path: string, sizeMiB?: number): WritablePath {
    checkCall('WritablePath.inMemory', undefined, path, sizeMiB);
    return new WritablePath(path, (at, mounts) => mounts.tmpfs.push(tmpfs(at, path, sizeMiB)));
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
    checkCall('WritablePath.onDisk', undefined, path);
    return new WritablePath(path, (_at, mounts) => {
      const name = `Writable${mounts.volumes.length}`;
      mounts.volumes.push({ name });
      mounts.mountPoints.push(writable(name, path));
    });
  }

  private constructor(private readonly path: string, private readonly mount: (at: Place, mounts: Mounts) => void) {
  }

  /**
   * Adds the path to the mounts of a task, checked for the service that has it, and returns it.
   *
   * @internal
   */
  public _mountIn(at: Place, mounts: Mounts): string {
    checkPath(at, this.path);
    this.mount(at, mounts);
    return this.path;
  }
}

/** The mounts of a task's container, each path once and no more in memory than the task has. */
export function mountsOf(at: Place, paths: WritablePath[] | undefined, memoryLimitMiB: number): Mounts {
  const mounts: Mounts = { tmpfs: [], volumes: [], mountPoints: [] };
  const all = paths ?? WRITABLE_PATHS.map(path => WritablePath.inMemory(path));
  const mounted = all.map(p => p._mountIn(at, mounts));
  const twice = mounted.find((path, i) => mounted.indexOf(path) < i);
  if (twice !== undefined) { fail(at, `'writablePaths' has '${twice}' twice: name it once`); }
  checkMemory(at, mounts, memoryLimitMiB);
  return mounts;
}
