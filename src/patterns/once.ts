// What exists once in an account, or once in each region of it, and is made a second time in one app.
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { fail } from '../core/validate';

/** Where it was made, by app, and by what it is. */
const MADE = new WeakMap<IConstruct, Map<string, string>>();

/**
 * Refuses what the app makes already in the same place. What is known only at deployment may be another place in every stack.
 *
 * @param what what it is, for messages
 * @param everywhere whether it exists once in an account, whatever the region
 */
export function requireOnce(scope: Construct, what: string, everywhere: boolean, mend: string): void {
  const stack = Stack.of(scope);
  const parts = everywhere ? [stack.account] : [stack.account, stack.region];
  const where = parts.some(part => Token.isUnresolved(part)) ? `the stack '${stack.node.path}'` : parts.join(' and ');
  const made = MADE.get(scope.node.root) ?? new Map<string, string>();
  MADE.set(scope.node.root, made);
  const key = `${what} ${where}`;
  const other = made.get(key);
  if (other !== undefined) {
    fail(scope, `'accountServices' makes ${what} in ${where}, which '${other}' makes too, and there is only one: ${mend}`);
  }
  made.set(key, scope.node.path);
}
