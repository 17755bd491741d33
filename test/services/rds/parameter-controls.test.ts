import { CLUSTER } from './fixtures';
import * as controls from '../../../src/services/rds/parameter-controls';
import { provePredicate } from '../../support/predicate';

const PARAMETERS = {
  Parameters: {
    Type: 'AWS::RDS::DBClusterParameterGroup',
    Properties: {
      Parameters: {
        'rds.force_ssl': '1',
        'ssl_min_protocol_version': 'TLSv1.2',
        'log_connections': '1',
        'log_disconnections': '1',
        'log_statement': 'ddl',
        'shared_preload_libraries': 'pgaudit,pg_stat_statements',
        'pgaudit.log': 'ddl,role',
      },
    },
  },
  Proxy: { Type: 'AWS::RDS::DBProxy', Properties: { RequireTLS: true } },
  Targets: { Type: 'AWS::RDS::DBProxyTargetGroup', Properties: { DBProxyName: { Ref: 'Proxy' }, DBClusterIdentifiers: [{ Ref: 'Db' }] } },
  ...CLUSTER,
};
provePredicate(controls.DB_TLS, PARAMETERS, {
  'TLS is not forced': r => { r.Parameters.Properties.Parameters['rds.force_ssl'] = '0'; },
  'TLS is not mentioned': r => { delete r.Parameters.Properties.Parameters['rds.force_ssl']; },
  'TLS 1.1 is accepted': r => { r.Parameters.Properties.Parameters.ssl_min_protocol_version = 'TLSv1.1'; },
  'there are no parameters': r => { delete r.Parameters.Properties.Parameters; },
  'a proxy takes connections without TLS': r => { r.Proxy.Properties.RequireTLS = false; },
  'a proxy does not say, which is without TLS': r => { delete r.Proxy.Properties.RequireTLS; },
  'no cluster uses the group': r => { r.Db.Properties.DBClusterParameterGroupName = 'default.aurora-postgresql17'; },
});
provePredicate(controls.DB_AUDIT_PARAMETERS, PARAMETERS, {
  'pgaudit is not loaded': r => { r.Parameters.Properties.Parameters.shared_preload_libraries = 'pg_stat_statements'; },
  'a library has a similar name': r => { r.Parameters.Properties.Parameters.shared_preload_libraries = 'pgaudit2'; },
  'roles are not audited': r => { r.Parameters.Properties.Parameters['pgaudit.log'] = 'ddl'; },
  'roles are left out of all': r => { r.Parameters.Properties.Parameters['pgaudit.log'] = 'all,-role'; },
  'connections are not logged': r => { r.Parameters.Properties.Parameters.log_connections = '0'; },
  'disconnections are not logged': r => { delete r.Parameters.Properties.Parameters.log_disconnections; },
  'statements are not logged': r => { r.Parameters.Properties.Parameters.log_statement = 'none'; },
  'there are no parameters': r => { delete r.Parameters.Properties.Parameters; },
});
