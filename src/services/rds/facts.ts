// What AWS says about RDS.

/**
 * Ports that scans try: the usual ones of the engines of RDS.
 *
 * Source: Security Hub user guide, "RDS.23 RDS instances should not use a database engine default port".
 */
export const USUAL_PORTS = [1433, 1521, 3306, 5432];

/**
 * Names of master users that are guessed first: the defaults of the engines, and those that RDS keeps for itself or refuses.
 *
 * Source: Security Hub user guide, "RDS.24 RDS database clusters should use a custom administrator username"; RDS user guide,
 * "Master user account privileges".
 */
export const USUAL_MASTER_NAMES = ['admin', 'administrator', 'awsuser', 'master', 'postgres', 'rdsadmin', 'root'];

/**
 * Authorities that sign certificates of instances and have not expired. `rds-ca-2019` did in August 2024.
 *
 * Source: Aurora user guide, "Using SSL/TLS to encrypt a connection to a DB cluster".
 */
export const CURRENT_AUTHORITIES = ['rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1'];

/**
 * What somebody must be told, by the kind of source.
 *
 * Source: Security Hub user guide, RDS.19-RDS.22.
 */
export const EVENTS = {
  'db-cluster': ['maintenance', 'failure'],
  'db-instance': ['maintenance', 'configuration change', 'failure'],
  'db-parameter-group': ['configuration change'],
  'db-security-group': ['configuration change', 'failure'],
};

/**
 * Logs of Aurora PostgreSQL that can be exported: its own, and the log-ins by IAM that failed.
 *
 * Source: Aurora user guide, "Publishing Aurora PostgreSQL logs to Amazon CloudWatch Logs".
 */
export const LOGS = ['postgresql', 'iam-db-auth-error'];

/**
 * Where RDS writes exported logs. It makes log groups by these names under no key, unless they are there.
 *
 * Source: Aurora user guide, "Publishing Aurora PostgreSQL logs to Amazon CloudWatch Logs".
 */
export function logGroupName(clusterIdentifier: string, log: string): string {
  return `/aws/rds/cluster/${clusterIdentifier}/${log}`;
}

/**
 * The log group that RDS writes all enhanced monitoring of an account and region to.
 *
 * Source: Aurora user guide, "Viewing OS metrics using CloudWatch Logs".
 */
export const MONITORING_LOG_GROUP = 'RDSOSMetrics';

/**
 * What keeps the passwords of `CREATE ROLE … PASSWORD` and its like out of the log and out of views. pgaudit, of the class `role`, writes
 * `<REDACTED>` in their place. `log_statement` of any other kind writes the statement besides, in clear; so does, if it fails
 * (for example because the role exists), `log_min_error_statement` at its default; and `pg_stat_statements` keeps utility statements as
 * they were sent.
 *
 * Source: AWS re:Post, "rds-postgresql-cleartext-logging"; github.com/pgaudit/pgaudit/issues/189; PostgreSQL documentation, "When to Log"
 * and "pg_stat_statements".
 */
export const QUIET_ABOUT_PASSWORDS = {
  'log_statement': 'none',
  'log_min_error_statement': 'panic',
  'pg_stat_statements.track_utility': '0',
};

/**
 * From how many milliseconds on a log of slow statements is one: a change of a role is done in less, unless it waits for a lock. Zero
 * would log everything.
 */
export const SLOW_STATEMENT = 1000;

/**
 * Levels of `log_min_messages` at which audit records, which are at the level LOG, are not dropped.
 *
 * Source: PostgreSQL documentation, "When to Log".
 */
export const LEVELS_WITH_AUDIT = [
  'debug5', 'debug4', 'debug3', 'debug2', 'debug1', 'info', 'notice', 'warning', 'error', 'log',
];

/**
 * Words that no name is, without quotes.
 *
 * Source: PostgreSQL documentation, "SQL Key Words", those that are reserved.
 */
export const RESERVED_WORDS = new Set(`
  all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate collation column concurrently
  constraint create cross current_catalog current_date current_role current_schema current_time current_timestamp current_user default
  deferrable desc distinct do else end except false fetch for foreign freeze from full grant group having ilike in initially inner
  intersect into is isnull join lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order
  outer overlaps placing primary references returning right select session_user similar some symmetric system_user table tablesample then
  to trailing true union unique user using variadic verbose when where window with
`.trim().split(/\s+/));

/**
 * Databases that are there before the first of an application.
 *
 * Source: PostgreSQL documentation, "Template Databases"; RDS user guide, "Understanding PostgreSQL roles and permissions".
 */
export const SYSTEM_DATABASES = ['template0', 'template1', 'rdsadmin'];
