// Scopes that may be thrown away.
import type { IConstruct } from 'constructs';
import { registryOf } from './registry';
import { checkCall } from '../core/arguments';
import { fail } from '../core/validate';

/**
 * The choice to build something that may be thrown away: a development account, a test.
 *
 * Below a disposable scope resources are deleted with their stack, deletion protection is off, logs and backups are kept for
 * days instead of years, and databases have one instance. Encryption, access, network and logging stay as they are: no floor
 * moves.
 */
export class Disposable {
  /**
   * Declares a disposable scope.
   *
   * @param reason why losing all of it does no harm; at least 20 characters. It shows in the evidence.
   */
  public static because(reason: string): Disposable {
    checkCall('Disposable.because', undefined, reason);
    if (reason.trim().length < 20) {
      throw new Error(`'reason' is '${reason}': say in at least 20 characters why losing everything in the disposable scope does no harm`);
    }
    return new Disposable(reason);
  }

  /**
   * Whether a construct is in a disposable scope.
   *
   * @param construct the construct
   */
  public static isDisposable(construct: IConstruct): boolean {
    checkCall('Disposable.isDisposable', undefined, construct);
    const { disposable } = registryOf(construct);
    return disposable.size > 0 && construct.node.scopes.some(s => disposable.has(s));
  }

  private constructor(private readonly reason: string) {
  }

  /**
   * Makes a scope and everything that is created in it later disposable.
   *
   * It must come before the first resource: what is already there keeps its protection.
   *
   * @param scope for example a stack or an app
   */
  public applyTo(scope: IConstruct): void {
    checkCall('Disposable.applyTo', undefined, scope);
    const { claims, disposable } = registryOf(scope);
    const early = claims.find(c => c.resource.node.scopes.includes(scope));
    if (early) {
      fail(scope, `'disposable' comes too late: '${early.resource.node.path}' is already protected, `
        + 'so declare the scope disposable before creating anything in it');
    }
    disposable.set(scope, this.reason);
  }
}
