import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { declareFinding } from '../assurance/known-findings';
import { arn } from '../core/names';
import { retainRole } from '../foundation/retention';
import { serviceRole } from '../foundation/service-role';

/** The log group that RDS writes all enhanced monitoring of an account and region to. Its name is fixed. */
const LOG_GROUP = 'RDSOSMetrics';

/** The role for enhanced monitoring: the managed policy of AWS would let it write to every log group that begins with `RDS`. */
export function monitoringRole(scope: Construct, id: string): iam.Role {
  const group = arn('logs', `log-group:${LOG_GROUP}`);
  const role = serviceRole(scope, id, {
    description: 'Enhanced monitoring of the database',
    service: 'monitoring.rds.amazonaws.com',
    sourceArn: arn('rds', 'db:*'),
    statements: [new iam.PolicyStatement({
      actions: ['logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents'],
      resources: [group, `${group}:*`],
    })],
  });
  retainRole(role);
  declareFinding(role, `RDS names the log streams after the instances' resource IDs, which do not exist before the role; the wildcard stays within the log group ${LOG_GROUP}.`,
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${LOG_GROUP}:*]`);
  return role;
}
