import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { retain } from '../foundation/retention';
import * as controls from '../services/rds/controls';

/** What the cluster's group sets. In an instance's group most of these would have no effect, without a word. */
const HARDENED: Record<string, string> = {
  'rds.force_ssl': '1',
  'ssl_min_protocol_version': 'TLSv1.2',
  'shared_preload_libraries': 'pgaudit,pg_stat_statements',
  'pgaudit.log': 'ddl,role',
  'log_connections': '1',
  'log_disconnections': '1',
  'log_statement': 'ddl',
};

/** The cluster's parameters: TLS only, and an audit log. What the caller gives comes on top; the controls judge the outcome. */
export function clusterParameters(scope: Construct, id: string, majorVersion: string, own: Record<string, string>): rds.CfnDBClusterParameterGroup {
  const group = new rds.CfnDBClusterParameterGroup(scope, id, {
    description: 'TLS only, audited',
    family: family(majorVersion),
    parameters: { ...HARDENED, ...own },
  });
  retain(group);
  claim(group, controls.DB_TLS, controls.DB_AUDIT_PARAMETERS);
  return group;
}

/** The instances' group. It sets nothing, but unlike the default group it can be changed, and its changes are notified. */
export function instanceParameters(scope: Construct, id: string, majorVersion: string): rds.CfnDBParameterGroup {
  const group = new rds.CfnDBParameterGroup(scope, id, { description: 'As the cluster', family: family(majorVersion) });
  retain(group);
  return group;
}

function family(majorVersion: string): string {
  return `aurora-postgresql${majorVersion}`;
}
