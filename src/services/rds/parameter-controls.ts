// What must hold of the parameters of a database, and of those of its instances, which win over them.
import { QUIET_ABOUT_PASSWORDS, SLOW_STATEMENT } from './facts';
import { hasRight, told, weakened } from './parameters';
import { clustersWith, instancesOf, parameterGroupsOf, proxiesOf } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { isGiven, isTrue } from '../../core/values';

const CLUSTER = ['AWS::RDS::DBCluster'];
const PARAMETERS = ['AWS::RDS::DBClusterParameterGroup'];

export const DB_TLS: Control = {
  id: 'DB-04',
  title: 'the database refuses connections without TLS 1.2',
  prevents: 'SQL and passwords in cleartext',
  kind: 'floor',
  types: PARAMETERS,
  property: 'Parameters',
  mend: "keep 'rds.force_ssl' at 1 and 'ssl_min_protocol_version' at TLSv1.2 or later, in the cluster's parameter group, "
    + "and 'requireTLS' of its proxies at true",
  fsbp: ['RDS.38'],
  nist: NIST.inTransit,
  holds: (r, t) => clustersWith('DBClusterParameterGroupName', r, t).length > 0 && hasRight(r, 'rds.force_ssl', 'ssl_min_protocol_version'),
  breaks: (r, t) => clustersWith('DBClusterParameterGroupName', r, t).flatMap(c => proxiesOf(c, t))
    .filter(p => !isTrue(p.properties.RequireTLS)),
};

export const DB_AUDIT_PARAMETERS: Control = {
  id: 'DB-05b',
  title: 'the database logs connections, changes of the schema and changes of roles',
  prevents: 'an exported log that stays empty',
  kind: 'floor',
  types: PARAMETERS,
  property: 'Parameters',
  mend: "keep pgaudit in 'shared_preload_libraries', ddl and role in 'pgaudit.log', and connections and disconnections logged",
  fsbp: ['RDS.9', 'RDS.34', 'RDS.36', 'RDS.37', 'RDS.40', 'RDS.42', 'RDS.45'],
  nist: NIST.logging,
  pci: ['10.2.1'],
  holds: r => hasRight(r, 'log_connections', 'log_disconnections', 'shared_preload_libraries', 'pgaudit.log'),
};

/** What may not stay at its default, as that writes passwords somewhere. */
const SAID = Object.keys(QUIET_ABOUT_PASSWORDS);
/** What writes no statement unless it is set. */
const SILENT = [
  'log_min_duration_statement', 'log_min_duration_sample', 'log_transaction_sample_rate',
  'debug_print_parse', 'debug_print_rewritten', 'debug_print_plan',
];

/** A default, as who has a use for the text of failed or of fast statements may take the passwords in them into account. */
export const DB_NO_PASSWORDS_LOGGED: Control = {
  id: 'DB-32',
  title: 'no log and no view of statements has the passwords of roles in clear',
  prevents: 'passwords of the database that whoever reads its log can use',
  kind: 'default',
  types: PARAMETERS,
  property: 'Parameters',
  mend: "keep 'log_statement' at none, 'log_min_error_statement' at panic and 'pg_stat_statements.track_utility' at 0, and a log of "
    + `slow statements at ${SLOW_STATEMENT} ms or more; to see more, add to 'pgaudit.log', which leaves passwords out`,
  nist: ['IA-5(1)', 'IA-5(7)', 'SC-28'],
  pci: ['8.3.2'],
  holds: r => hasRight(r, ...SAID) && weakened(r, SILENT).length === 0,
  tells: r => [...SAID.filter(name => !hasRight(r, name)), ...weakened(r, SILENT)].map(name => told(r, name)),
};

/** Parameters whose defaults are right. */
const LEFT_OUT = ['password_encryption', 'ssl_ciphers', 'log_min_messages', 'pgaudit.log_level'];

export const DB_STRONG_PARAMETERS: Control = {
  id: 'DB-26',
  title: 'passwords are hashed with SCRAM, ciphers have forward secrecy, and no level drops audit records',
  prevents: 'hashes that are cracked, connections that are recorded and read later, and an audit log that stays empty',
  kind: 'floor',
  types: PARAMETERS,
  property: 'Parameters',
  mend: "leave 'password_encryption', 'ssl_ciphers', 'log_min_messages' and 'pgaudit.log_level' out: their defaults are right",
  nist: [...NIST.inTransit, ...NIST.logging],
  pci: ['8.3.2', '10.2.1'],
  holds: r => weakened(r, LEFT_OUT).length === 0,
  tells: r => weakened(r, LEFT_OUT).map(name => told(r, name)),
};

const weakGroups = (cluster: RenderedResource, t: RenderedTemplate) =>
  parameterGroupsOf(cluster, t).filter(group => weakened(group).length > 0);

export const DB_INSTANCE_PARAMETERS: Control = {
  id: 'DB-25',
  title: 'no parameter group of an instance takes back what the one of the cluster says',
  prevents: 'an instance that audits nothing or takes plain text, as its own parameters win over those of the cluster',
  kind: 'floor',
  types: CLUSTER,
  property: 'AWS::RDS::DBParameterGroup',
  mend: 'leave TLS, logging and auditing out of the parameter groups of instances: the one of the cluster says them',
  fsbp: ['RDS.37', 'RDS.38'],
  nist: [...NIST.inTransit, ...NIST.logging],
  pci: ['10.2.1'],
  holds: ADDITIONS_ONLY,
  breaks: weakGroups,
  tells: (r, t) => weakGroups(r, t).flatMap(group => weakened(group).map(name => told(group, name))),
};

/** The parameter group of AWS, which sets nothing. */
const OF_AWS = /^default\./;

export const DB_KNOWN_PARAMETERS: Control = {
  id: 'DB-25b',
  title: 'the parameter group of every instance is one of the app, or that of AWS, which sets nothing',
  prevents: 'parameters in nobody\'s template that take back TLS or the audit log',
  kind: 'default',
  types: CLUSTER,
  property: 'AWS::RDS::DBParameterGroup',
  mend: 'give the instance a parameter group of the app, for example the one that the first instances have',
  nist: NIST.configuration,
  holds: (r, t) => isKnownGroup(r.properties.DBInstanceParameterGroupName, t),
  breaks: (r, t) => instancesOf(r, t).filter(i => !isKnownGroup(i.properties.DBParameterGroupName, t)),
};

function isKnownGroup(name: Json, t: RenderedTemplate): boolean {
  return !isGiven(name) || (typeof name === 'string' && OF_AWS.test(name)) || t.target('AWS::RDS::DBParameterGroup', name) !== undefined;
}
