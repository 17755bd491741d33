// The role by which RDS monitors the operating system of instances.
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { declareFinding } from '../assurance/known-findings';
import { retainRole } from '../foundation/retention';
import { serviceRole } from '../foundation/service-role';
import { MONITORING_LOG_GROUP } from '../services/rds/facts';
import { MONITORING, MONITORING_WILDCARD, instances, monitoring } from '../services/rds/statements';

/** The role for enhanced monitoring: the managed policy of AWS would let it write to every log group that begins with `RDS`. */
export function monitoringRole(scope: Construct, id: string): iam.Role {
  const role = serviceRole(scope, id, {
    description: 'Enhanced monitoring of the database',
    service: MONITORING,
    sourceArn: instances(),
    statements: monitoring(),
  });
  retainRole(role);
  declareFinding(role, "RDS names the log streams after the instances' resource IDs, which do not exist before the role; "
    + `the wildcard stays within the log group ${MONITORING_LOG_GROUP}.`, `AwsSolutions-IAM5[${MONITORING_WILDCARD}]`);
  return role;
}
