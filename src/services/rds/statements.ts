// What may be done with a database, and what RDS itself does for one.
import * as iam from 'aws-cdk-lib/aws-iam';
import { MONITORING_LOG_GROUP } from './facts';
import { arn } from '../../core/names';

/** The principal by which RDS publishes events, and what it publishes them for. */
export const EVENTS_PUBLISHER = 'events.rds.amazonaws.com';

/** The principal by which RDS monitors the operating system of instances. */
export const MONITORING = 'monitoring.rds.amazonaws.com';

/** Any source of events of this account. */
export function eventSources(): string {
  return arn('rds', '*');
}

/** Any instance of this account. */
export function instances(): string {
  return arn('rds', 'db:*');
}

/** Logging in with IAM. */
export const CONNECT = ['rds-db:connect'];

/** One database user of a cluster. */
export function databaseUser(clusterResourceIdentifier: string, name: string): string {
  return arn('rds-db', `dbuser:${clusterResourceIdentifier}/${name}`);
}

/** Enhanced monitoring, to its log group. The managed policy of AWS would let it write to every log group that begins with `RDS`. */
export function monitoring(): iam.PolicyStatement[] {
  const group = arn('logs', `log-group:${MONITORING_LOG_GROUP}`);
  return [new iam.PolicyStatement({
    actions: [
      'logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams',
      'logs:GetLogEvents',
    ],
    resources: [group, `${group}:*`],
  })];
}

/** The one wildcard of `monitoring`, as cdk-nag spells it. */
export const MONITORING_WILDCARD = `Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${MONITORING_LOG_GROUP}:*`;
