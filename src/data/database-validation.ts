import { Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { EncryptedDatabaseProps } from './encrypted-database-props';
import { fail, requireKnown, requireMatch, requireRange } from '../core/validate';

/** Refuses what RDS would refuse in the middle of a deployment, and what no waiver covers. */
export function validateDatabase(scope: Construct, props: EncryptedDatabaseProps): void {
  requireMatch(scope, 'engineVersion', props.engineVersion, /^\d+$/, "give the major version only, for example '17': RDS installs minor versions by itself, and a deployment with an older one fails");
  requireMatch(scope, 'databaseName', props.databaseName, /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/, "begin with a letter and use letters, digits and '_', up to 63");
  requireMatch(scope, 'masterUsername', props.masterUsername, /^(?!(admin|administrator|awsuser|master|postgres|rdsadmin|root)$)[a-z][a-z0-9_]{0,62}$/i,
    "take another name than admin, postgres or root, of letters, digits and '_'");
  requireRange(scope, 'port', props.port, 1150, 65535, 'for Aurora');
  if ([1433, 1521, 3306, 5432].includes(props.port ?? 0)) { fail(scope, `'port' is ${props.port}, which every scan tries: take another, for example 5440`); }
  requireKnown(scope, 'instances', props.instances, 'give a number, as it says how many instances the template has');
  requireRange(scope, 'instances', props.instances, 1, 16, 'instances');
  Object.keys(props.parameters ?? {}).forEach(name => requireKnown(scope, 'parameters', name, 'name each parameter; its value may be a token'));
  const { backupRetention, serverlessCapacity } = props;
  requireRange(scope, 'backupRetention', backupRetention?.isUnresolved() ? undefined : backupRetention?.toDays({ integral: false }), 1, 35, 'days');
  requireMatch(scope, 'preferredBackupWindow', props.preferredBackupWindow, /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, "write it as 'hh:mm-hh:mm', for example '02:00-03:00'");
  requireMatch(scope, 'preferredMaintenanceWindow', props.preferredMaintenanceWindow,
    /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/i, "write it as 'ddd:hh:mm-ddd:hh:mm', for example 'sun:03:00-sun:04:00'");
  if (!serverlessCapacity) { return; }
  if (props.instanceType) { fail(scope, `'instanceType' is '${props.instanceType.toString()}' beside 'serverlessCapacity': leave one of them out`); }
  requireCapacity(scope, 'minCapacity', serverlessCapacity.minCapacity, 0.5);
  requireCapacity(scope, 'maxCapacity', serverlessCapacity.maxCapacity, Math.max(1, Token.isUnresolved(serverlessCapacity.minCapacity) ? 1 : serverlessCapacity.minCapacity));
}

function requireCapacity(scope: Construct, prop: string, value: number, min: number): void {
  if (Token.isUnresolved(value)) { return; }
  if (!Number.isInteger(value * 2) || value < min || value > 256) {
    fail(scope, `'${prop}' of 'serverlessCapacity' is ${value}: take a number from ${min} to 256 in steps of 0.5`);
  }
}
