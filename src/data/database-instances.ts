import type * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import type { Construct } from 'constructs';
import { monitoringRole } from './database-monitoring';
import type { DatabaseSubnets } from './database-subnets';
import type { EncryptedDatabaseProps } from './encrypted-database-props';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { declareFinding } from '../assurance/known-findings';
import { retain } from '../foundation/retention';
import * as controls from '../services/rds/controls';

/** What the instances of a cluster share. */
export interface DatabaseInstances {
  readonly cluster: rds.CfnDBCluster;
  readonly subnets: DatabaseSubnets;
  readonly parameters: rds.CfnDBParameterGroup;
  readonly encryptionKey: kms.IKey;
}

/** The instances of a cluster: each in another availability zone, monitored, and none public. */
export function makeInstances(scope: Construct, props: EncryptedDatabaseProps, shared: DatabaseInstances): rds.CfnDBInstance[] {
  const role = monitoringRole(scope, 'MonitoringRole');
  const count = props.instances ?? (Disposable.isDisposable(scope) ? 1 : 2);
  return Array.from({ length: count }, (_, i) => {
    const instance = new rds.CfnDBInstance(scope, `Instance${i + 1}`, {
      dbClusterIdentifier: shared.cluster.ref,
      engine: 'aurora-postgresql',
      dbInstanceClass: props.serverlessCapacity ? 'db.serverless' : `db.${props.instanceType?.toString() ?? 'r7g.large'}`,
      availabilityZone: shared.subnets.zone(i),
      dbParameterGroupName: shared.parameters.ref,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      caCertificateIdentifier: (props.caCertificate ?? rds.CaCertificate.RDS_CA_RSA2048_G1).toString(),
      enablePerformanceInsights: true,
      performanceInsightsKmsKeyId: shared.encryptionKey.keyArn,
      performanceInsightsRetentionPeriod: 465,
      monitoringInterval: 60,
      monitoringRoleArn: role.roleArn,
      preferredMaintenanceWindow: props.preferredMaintenanceWindow,
    });
    instance.node.addDependency(role.node.findChild('Policy'));
    retain(instance);
    claim(instance, controls.DB_NOT_PUBLIC, controls.DB_MINOR_UPGRADES, controls.DB_MONITORED, controls.DB_CERTIFICATE);
    declareFinding(instance, 'The instance belongs to a cluster, whose storage is what backups are of: plans select the cluster, and its own backups run continuously.',
      'NIST.800.53.R4-RDSInBackupPlan', 'NIST.800.53.R5-RDSInBackupPlan', 'HIPAA.Security-RDSInBackupPlan');
    return instance;
  });
}
