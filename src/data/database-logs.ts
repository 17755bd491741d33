// The log groups of a database.
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import type { EncryptedDatabaseProps } from './encrypted-database-props';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { LOGS, logGroupName } from '../services/rds/facts';

/** What a cluster is called. */
export interface DatabaseName {
  /** As far as it is known when the template is made. */
  readonly stem: string;
  readonly identifier: string;
  /** With `*` for what only the deployment knows, as a key's policy says it, which may be in another stack. */
  readonly pattern: string;
}

/** The construct IDs of the log groups, by log. */
const IDS: Record<string, string> = { 'postgresql': 'Log', 'iam-db-auth-error': 'IamErrorLog' };

/** The log groups of what a cluster exports. They come before the cluster, or RDS would make them by itself, under no key. */
export function makeLogGroups(
  scope: Construct, cluster: rds.CfnDBCluster, name: DatabaseName,
  props: Pick<EncryptedDatabaseProps, 'logRetention' | 'logKey' | 'foundation'>,
): EncryptedLogGroup[] {
  return LOGS.map(log => {
    const group = new EncryptedLogGroup(scope, IDS[log], {
      logGroupName: logGroupName(name.identifier, log),
      logGroupNamePattern: logGroupName(name.pattern, log),
      retention: props.logRetention,
      encryptionKey: props.logKey,
      foundation: props.foundation,
    });
    cluster.addResourceDependency(group.node.defaultChild as logs.CfnLogGroup);
    return group;
  });
}
