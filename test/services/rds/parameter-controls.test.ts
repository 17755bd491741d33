import { CLUSTER } from './fixtures';
import { QUIET_ABOUT_PASSWORDS } from '../../../src/services/rds/facts';
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
        ...QUIET_ABOUT_PASSWORDS,
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
  'there are no parameters': r => { delete r.Parameters.Properties.Parameters; },
});

const setting = (name: string, value?: string) => (r: any) => {
  if (value === undefined) { delete r.Parameters.Properties.Parameters[name]; } else { r.Parameters.Properties.Parameters[name] = value; }
};
provePredicate(controls.DB_NO_PASSWORDS_LOGGED, PARAMETERS, {
  'statements are logged beside pgaudit': setting('log_statement', 'ddl'),
  'what is logged is left open': setting('log_statement'),
  'statements that fail are logged': setting('log_min_error_statement'),
  'statements that fail with more than an error are logged': setting('log_min_error_statement', 'fatal'),
  'utility statements are kept in a view': setting('pg_stat_statements.track_utility'),
  'everything is logged as slow': setting('log_min_duration_statement', '0'),
  'a sample of everything is logged as slow': setting('log_min_duration_sample', '1'),
  'transactions are logged by sample': setting('log_transaction_sample_rate', '0.01'),
  'parse trees are logged': setting('debug_print_parse', '1'),
});
