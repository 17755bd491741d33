// What may be in the environment of a container.
import { isCredential, isNamedLikeCredential } from './credentials';
import { ECS_NO_CREDENTIAL_NAMES } from './task-controls';
import type { Place } from '../../core/validate';
import { fail } from '../../core/validate';

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/**
 * Refuses credentials among environment variables, and what is called like one.
 *
 * @param mayBeNamed whether a waiver lets variables be called like credentials
 */
export function checkEnvironment(at: Place, environment: Record<string, string>, secrets: string[], mayBeNamed: boolean): void {
  for (const name of [...Object.keys(environment), ...secrets]) {
    if (!NAME.test(name)) {
      const prop = name in environment ? 'environment' : 'secrets';
      fail(at, `'${prop}' has the variable '${name}': begin with a letter or '_', and use letters, digits, '_', '.' and '-'`);
    }
  }
  for (const [name, value] of Object.entries(environment)) {
    if (secrets.includes(name)) {
      fail(at, `'environment' and 'secrets' both have '${name}': leave it in one of them`);
    }
    // The value is not in the message, which build logs keep.
    if (isCredential(name, value)) {
      fail(at, `'environment' has a credential in '${name}', for everybody to read who may describe the task definition: `
        + "put it in Secrets Manager and give it by 'secrets'");
    }
    if (!mayBeNamed && isNamedLikeCredential(name)) {
      fail(at, `'environment' has '${name}', which is named like a credential: give it by 'secrets', `
        + `or waive '${ECS_NO_CREDENTIAL_NAMES.id}' in 'waivers' and say what it is instead`);
    }
  }
}
