// What AWS says about Secrets Manager.

/**
 * How often a secret has to be rotated at least, in days.
 *
 * Source: Security Hub user guide, "SecretsManager.4 Secrets Manager secrets should be rotated within a specified number of days".
 */
export const LONGEST_ROTATION = 90;

/**
 * How often RDS rotates the master secret that it manages, in days.
 *
 * Source: Aurora user guide, "Password management with Aurora and AWS Secrets Manager".
 */
export const MANAGED_ROTATION = 7;

/**
 * Actions that change a secret, and not only what is in it.
 *
 * Source: service authorization reference, "Actions, resources, and condition keys for AWS Secrets Manager".
 */
export const MANAGES = [
  'CancelRotateSecret', 'DeleteResourcePolicy', 'DeleteSecret', 'PutResourcePolicy', 'RemoveRegionsFromReplication',
  'ReplicateSecretToRegions', 'RestoreSecret', 'RotateSecret', 'StopReplicationToReplica', 'TagResource', 'UntagResource', 'UpdateSecret',
].map(action => `secretsmanager:${action}`);
