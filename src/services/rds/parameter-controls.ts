// What must hold of the parameters of a database.
import { clustersWith, proxiesOf } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { Json } from '../../core/values';
import { at, isOneOf, isTrue, textOf } from '../../core/values';

const PARAMETERS = ['AWS::RDS::DBClusterParameterGroup'];
const isOn = (value: Json) => isTrue(value) || isOneOf(value, '1', 'on');
/** The words of a parameter that is a list. */
const words = (value: Json) => textOf(value).split(/\s*,\s*/);

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
  holds: (r, t) => {
    const clusters = clustersWith('DBClusterParameterGroupName', r, t);
    const parameter = (name: string) => at(r.properties.Parameters, name);
    return clusters.length > 0 && isOn(parameter('rds.force_ssl')) && isOneOf(parameter('ssl_min_protocol_version'), 'TLSv1.2', 'TLSv1.3')
      && clusters.flatMap(c => proxiesOf(c, t)).every(p => isTrue(p.properties.RequireTLS));
  },
};

export const DB_AUDIT_PARAMETERS: Control = {
  id: 'DB-05b',
  title: 'the database logs connections, changes of the schema and changes of roles',
  prevents: 'an exported log that stays empty',
  kind: 'floor',
  types: PARAMETERS,
  property: 'Parameters',
  mend: "keep pgaudit in 'shared_preload_libraries', ddl and role in 'pgaudit.log', and the 'log_*' parameters",
  fsbp: ['RDS.9', 'RDS.34', 'RDS.36', 'RDS.37', 'RDS.40', 'RDS.42', 'RDS.45'],
  nist: NIST.logging,
  pci: ['10.2.1'],
  holds: r => {
    const parameter = (name: string) => at(r.properties.Parameters, name);
    const audited = words(parameter('pgaudit.log'));
    return isOn(parameter('log_connections')) && isOn(parameter('log_disconnections'))
      && isOneOf(parameter('log_statement'), 'ddl', 'mod', 'all') && words(parameter('shared_preload_libraries')).includes('pgaudit')
      && ['ddl', 'role'].every(w => audited.includes(w) || audited.includes('all'))
      && !audited.some(w => ['-ddl', '-role', '-all', 'none'].includes(w));
  },
};
