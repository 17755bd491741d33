// The parameter groups of a database.
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { retain } from '../foundation/retention';
import * as controls from '../services/rds/parameter-controls';

/** The cluster's group. */
export function clusterParameters(
  scope: Construct, id: string, hardened: rds.CfnDBClusterParameterGroupProps,
): rds.CfnDBClusterParameterGroup {
  const group = new rds.CfnDBClusterParameterGroup(scope, id, hardened);
  retain(group);
  claim(group, controls.DB_TLS, controls.DB_AUDIT_PARAMETERS, controls.DB_STRONG_PARAMETERS, controls.DB_NO_PASSWORDS_LOGGED);
  return group;
}

/** The instances' group. */
export function instanceParameters(scope: Construct, id: string, hardened: rds.CfnDBParameterGroupProps): rds.CfnDBParameterGroup {
  const group = new rds.CfnDBParameterGroup(scope, id, hardened);
  retain(group);
  return group;
}
