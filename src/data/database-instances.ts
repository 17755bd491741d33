// The instances of a database.
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { monitoringRole } from './database-monitoring';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { retain } from '../foundation/retention';
import * as controls from '../services/rds/instance-controls';
import * as settings from '../services/rds/settings';

/** What the instances of a cluster share. */
export interface DatabaseInstances {
  readonly cluster: rds.CfnDBCluster;
  readonly parameters: rds.CfnDBParameterGroup;
  readonly encryptionKey: kms.IKey;
  /** The availability zone of an instance, by its index. */
  readonly zone: (index: number) => string;
}

/** The instances of a cluster: each in another availability zone, monitored, and none public. */
export function makeInstances(scope: Construct, hardened: settings.Instances, shared: DatabaseInstances): rds.CfnDBInstance[] {
  const role = monitoringRole(scope, 'MonitoringRole');
  return Array.from({ length: hardened.count }, (_, i) => {
    const instance = new rds.CfnDBInstance(scope, `Instance${i + 1}`, {
      ...hardened.each,
      ...settings.instanceEncryption(shared.encryptionKey.keyArn),
      dbClusterIdentifier: shared.cluster.ref,
      dbParameterGroupName: shared.parameters.ref,
      availabilityZone: shared.zone(i),
      monitoringRoleArn: role.roleArn,
    });
    instance.node.addDependency(role.node.findChild('Policy'));
    retain(instance);
    claim(instance, controls.DB_NOT_PUBLIC, controls.DB_MINOR_UPGRADES, controls.DB_MONITORED, controls.DB_CERTIFICATE);
    declareFinding(instance, 'The instance belongs to a cluster, whose storage is what backups are of: '
      + 'plans select the cluster, and its own backups run continuously.',
    'NIST.800.53.R4-RDSInBackupPlan', 'NIST.800.53.R5-RDSInBackupPlan', 'HIPAA.Security-RDSInBackupPlan');
    return instance;
  });
}
