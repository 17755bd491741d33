import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { isWaived } from '../assurance/claims';
import { fail, requireList, requireMatch, requireNotEmpty, requireOneTier } from '../core/validate';
import { isCredential, isNamedLikeCredential } from '../services/ecs/credentials';
import { ECS_NO_CREDENTIAL_NAMES } from '../services/ecs/task-controls';

/** IDs of the selected subnets: in two Availability Zones or more, and none of them public. */
export function privateSubnets(scope: IConstruct, vpc: ec2.IVpc, selection: ec2.SubnetSelection | undefined): string[] {
  const selected = vpc.selectSubnets(selection);
  if (selected.isPendingLookup) { return selected.subnetIds; }
  if (selected.hasPublic) {
    fail(scope, "'vpcSubnets' selects public subnets: take private or isolated ones, and let a load balancer be public");
  }
  requireOneTier(scope, selection, selected.availabilityZones, 'Application');
  const zones = new Set(selected.availabilityZones);
  if (zones.size < 2) {
    fail(scope, `'vpcSubnets' selects subnets in ${zones.size === 0 ? 'no Availability Zone' : `one Availability Zone only (${[...zones].join()})`}: select two or more, so that the service outlives one`);
  }
  return selected.subnetIds;
}

/** Refuses credentials among environment variables, and what is called like one unless that is waived. */
export function checkEnvironment(scope: IConstruct, environment: Record<string, string>, secrets: string[]): void {
  const waived = isWaived(scope, ECS_NO_CREDENTIAL_NAMES.id);
  for (const name of [...Object.keys(environment), ...secrets]) {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(name)) {
      fail(scope, `${name in environment ? "'environment'" : "'secrets'"} has the variable '${name}': begin with a letter or '_', and use letters, digits, '_', '.' and '-'`);
    }
  }
  for (const [name, value] of Object.entries(environment)) {
    if (secrets.includes(name)) {
      fail(scope, `'environment' and 'secrets' both have '${name}': leave it in one of them`);
    }
    // The value is not in the message, which build logs keep.
    if (isCredential(name, value)) {
      fail(scope, `'environment' has a credential in '${name}', for everybody to read who may describe the task definition: put it in Secrets Manager and give it by 'secrets'`);
    }
    if (!waived && isNamedLikeCredential(name)) {
      fail(scope, `'environment' has '${name}', which is named like a credential: give it by 'secrets', or waive '${ECS_NO_CREDENTIAL_NAMES.id}' and say what it is instead`);
    }
  }
}

/** Refuses root, its group, and names: the image says what they mean. */
export function checkUser(scope: IConstruct, user: string): void {
  if (Token.isUnresolved(user)) {
    fail(scope, "'user' is known at deployment only, so that nobody can tell whether it is root: give numbers as UID:GID");
  }
  requireMatch(scope, 'user', user, /^[1-9][0-9]*(:[1-9][0-9]*)?$/, 'give numbers as UID:GID, neither of them 0, so that the user is not root');
}

/** Refuses commands without words, and a health check that says how it is run. */
export function checkCommands(scope: IConstruct, command: string[] | undefined, healthCheckCommand: string[] | undefined): void {
  if (command) { requireNotEmpty(scope, 'command', command, "leave it out to run the image's own command"); }
  if (!healthCheckCommand) { return; }
  requireList(scope, 'healthCheckCommand', healthCheckCommand);
  requireNotEmpty(scope, 'healthCheckCommand', healthCheckCommand, 'give a command, or leave it out');
  if (/^(CMD|CMD-SHELL|NONE)$/.test(healthCheckCommand[0])) {
    fail(scope, `'healthCheckCommand' begins with '${healthCheckCommand[0]}': give only the command, which is run without a shell`);
  }
}
