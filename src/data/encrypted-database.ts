import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { subscribeToEvents } from './database-events';
import { makeInstances } from './database-instances';
import { clusterParameters, instanceParameters } from './database-parameters';
import { selectDatabaseSubnets } from './database-subnets';
import { validateDatabase } from './database-validation';
import { EncryptedDatabaseProps } from './encrypted-database-props';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { SecurityWaivers } from '../assurance/security-waiver';
import { arn, incarnation, nameStem } from '../core/names';
import { requireGranted, requireMatch } from '../core/validate';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { KeyAccess } from '../foundation/key-access';
import { retain } from '../foundation/retention';
import { SecurityFoundation } from '../foundation/security-foundation';
import * as controls from '../services/rds/controls';

/**
 * An Aurora PostgreSQL cluster that nothing reaches but the security groups that you let in, over TLS, and that IAM logs in to.
 *
 * Storage, backups, master password and insights are under a customer managed key; no template and no person knows the password.
 * Connections, schema changes and role changes are logged to encrypted log groups. It outlives its stack, and with it the VPC and
 * the subnets that it is in, if a stack of this app makes them. As it has a name, a change that would replace it, which would
 * leave an empty database, fails the deployment instead.
 *
 * Let a client in by `connections.allowDefaultPortFrom(client)`, and its role by `grantConnect(role, 'app')`. In the database,
 * once: `CREATE USER app; GRANT rds_iam TO app; CREATE EXTENSION pgaudit;`.
 *
 * Answers CIS 3.2.1-3.2.4, FSBP RDS.2, RDS.3, RDS.6, RDS.7, RDS.12, RDS.15, RDS.16, RDS.19-RDS.24, RDS.27, RDS.35, RDS.37 and
 * RDS.50, NIST SC-8, SC-28 and CP-9, PCI 1.4.4, 2.2.2, 6.3.3, 8.3.9, 8.6.3, 10.2.1 and 11.5.2.
 */
export class EncryptedDatabase extends Construct implements ec2.IConnectable {
  /** The cluster, for constructs that take one. */
  public readonly cluster: rds.IDatabaseCluster;

  /** The cluster's resource. */
  public readonly cfnCluster: rds.CfnDBCluster;

  /** The instances' resources. */
  public readonly instances: rds.CfnDBInstance[];

  /** The security group: it lets nobody in until asked, and nothing out. */
  public readonly securityGroup: ec2.SecurityGroup;

  /** Who reaches the database. */
  public readonly connections: ec2.Connections;

  /** The secret in which RDS keeps the master password. Applications log in with IAM instead: `grantConnect`. */
  public readonly secret: secretsmanager.ISecret;

  /** The key for storage, backups, master password and insights. */
  public readonly encryptionKey: kms.IKey;

  /** The log groups of the database: its log, and failed IAM log-ins. */
  public readonly logGroups: logs.ILogGroup[];

  /** The ARN of the cluster. */
  public readonly clusterArn: string;

  /** The port. */
  public readonly port: number;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseProps) {
    super(scope, id);
    validateDatabase(this, props);
    const disposable = Disposable.isDisposable(this);
    const engineVersion = props.engineVersion ?? '17';
    const parameters = instanceParameters(this, 'InstanceParameters', engineVersion);
    const subnets = selectDatabaseSubnets(this, props.vpc, props.vpcSubnets);
    this.port = props.port ?? 5440;
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Database ${this.node.path}` }).key;
    KeyAccess.rds().allowOn(this.encryptionKey);
    KeyAccess.secretsManager().allowOn(this.encryptionKey);
    this.securityGroup = this.makeSecurityGroup(props.vpc);
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(this.port) });

    const stem = nameStem(() => this.cfnCluster, { maxLength: 47 });
    const name = `${stem}-${incarnation()}`;
    const logGroups = ['postgresql', 'iam-db-auth-error'].map(log => this.makeLogGroup(log, name, stem, props));
    this.logGroups = logGroups.map(g => g.logGroup);
    this.cfnCluster = new rds.CfnDBCluster(this, 'Resource', {
      dbClusterIdentifier: name,
      engine: 'aurora-postgresql',
      engineVersion,
      engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
      autoMinorVersionUpgrade: true,
      databaseName: props.databaseName,
      port: this.port,
      dbSubnetGroupName: subnets.group.ref,
      vpcSecurityGroupIds: [this.securityGroup.securityGroupId],
      dbClusterParameterGroupName: clusterParameters(this, 'ClusterParameters', engineVersion, props.parameters ?? {}).ref,
      dbInstanceParameterGroupName: parameters.ref, // an upgrade to another major version asks for it here too
      storageEncrypted: true,
      kmsKeyId: this.encryptionKey.keyArn,
      masterUsername: props.masterUsername ?? 'dbadmin',
      manageMasterUserPassword: true,
      masterUserSecret: { kmsKeyId: this.encryptionKey.keyArn },
      enableIamDatabaseAuthentication: true,
      enableHttpEndpoint: false,
      enableCloudwatchLogsExports: ['postgresql', 'iam-db-auth-error'],
      databaseInsightsMode: props.databaseInsightsMode ?? rds.DatabaseInsightsMode.ADVANCED,
      performanceInsightsEnabled: true,
      performanceInsightsKmsKeyId: this.encryptionKey.keyArn,
      performanceInsightsRetentionPeriod: 465,
      backupRetentionPeriod: (props.backupRetention ?? Duration.days(disposable ? 1 : 35)).toDays(),
      preferredBackupWindow: props.preferredBackupWindow,
      preferredMaintenanceWindow: props.preferredMaintenanceWindow,
      copyTagsToSnapshot: true,
      deletionProtection: props.deletionProtection ?? !disposable,
      deleteAutomatedBackups: disposable,
      serverlessV2ScalingConfiguration: props.serverlessCapacity
        && { minCapacity: props.serverlessCapacity.minCapacity, maxCapacity: props.serverlessCapacity.maxCapacity },
    });
    logGroups.forEach(g => this.cfnCluster.addResourceDependency(g.logGroup.node.defaultChild as logs.CfnLogGroup));
    this.clusterArn = this.cfnCluster.attrDbClusterArn;
    this.instances = makeInstances(this, props, { cluster: this.cfnCluster, subnets, parameters, encryptionKey: this.encryptionKey });
    this.secret = secretsmanager.Secret.fromSecretAttributes(this, 'Secret', {
      secretCompleteArn: this.cfnCluster.attrMasterUserSecretSecretArn,
      encryptionKey: this.encryptionKey,
    });
    this.cluster = this.asCluster(engineVersion);

    const waived = props.waivers?.some(w => w.control === controls.DB_EVENTS.id);
    const topic = props.topic ?? (waived ? undefined : (props.foundation ?? SecurityFoundation.of(this)).topic.topic);
    if (topic) { subscribeToEvents(this, topic, { cluster: this.cfnCluster, instances: this.instances, instanceParameters: parameters }); }
    this.claim();
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  /**
   * Lets a principal log in to the database with IAM, as one database user.
   *
   * @param grantee whose policy is extended, so it must have one
   * @param databaseUser the user, which must have been granted `rds_iam` in the database
   */
  public grantConnect(grantee: iam.IGrantable, databaseUser: string): iam.Grant {
    requireMatch(this, 'databaseUser', databaseUser, /^[a-zA-Z_][a-zA-Z0-9_.-]{0,62}$/, 'name one database user');
    return requireGranted(this, 'grantConnect', iam.Grant.addToPrincipal({
      grantee,
      actions: ['rds-db:connect'],
      resourceArns: [arn('rds-db', `dbuser:${this.cfnCluster.attrDbClusterResourceId}/${databaseUser}`)],
    }));
  }

  private makeSecurityGroup(vpc: ec2.IVpc): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: `Database ${this.node.path}`.slice(0, 255),
      allowAllOutbound: false,
      allowAllIpv6Outbound: false,
      disableInlineRules: false,
    });
    const resource = group.node.defaultChild as ec2.CfnSecurityGroup;
    retain(resource);
    claim(resource, controls.DB_INGRESS, controls.DB_NO_EGRESS);
    return group;
  }

  /** RDS makes the log group by itself, under no key, unless it is there. */
  private makeLogGroup(log: string, clusterName: string, stem: string, props: EncryptedDatabaseProps): EncryptedLogGroup {
    return new EncryptedLogGroup(this, log === 'postgresql' ? 'Log' : 'IamErrorLog', {
      logGroupName: `/aws/rds/cluster/${clusterName}/${log}`,
      logGroupNamePattern: `/aws/rds/cluster/${stem}-*/${log}`,
      retention: props.logRetention,
      encryptionKey: props.logKey,
      foundation: props.foundation,
    });
  }

  private asCluster(engineVersion: string): rds.IDatabaseCluster {
    const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(this, 'Cluster', {
      clusterIdentifier: this.cfnCluster.ref,
      clusterResourceIdentifier: this.cfnCluster.attrDbClusterResourceId,
      clusterEndpointAddress: this.cfnCluster.attrEndpointAddress,
      readerEndpointAddress: this.cfnCluster.attrReadEndpointAddress,
      instanceIdentifiers: this.instances.map(i => i.ref),
      instanceEndpointAddresses: this.instances.map(i => i.attrEndpointAddress),
      port: this.port,
      securityGroups: [this.securityGroup],
      secret: this.secret,
      dataApiEnabled: false,
    });
    // Made when somebody asks for it, because the CDK's list of all versions of all engines is slow to load.
    let engine: rds.IClusterEngine | undefined;
    Object.defineProperty(cluster, 'engine', {
      enumerable: true,
      get: () => engine ??= rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.of(engineVersion, engineVersion) }),
    });
    return cluster;
  }

  private claim(): void {
    retain(this.cfnCluster);
    claim(this.cfnCluster, controls.DB_ENCRYPTED, controls.DB_SUBNETS, controls.DB_IAM_AUTHENTICATION, controls.DB_LOG_EXPORTS,
      controls.DB_LOG_GROUPS, controls.DB_DELETION_PROTECTION, controls.DB_KEEPS_BACKUPS, controls.DB_MINOR_UPGRADES,
      controls.DB_BACKUP_RETENTION, controls.DB_MANAGED_PASSWORD, controls.DB_MASTER_NAME, controls.DB_PORT, controls.DB_INSIGHTS,
      controls.DB_TWO_ZONES, controls.DB_TAGS, controls.DB_EVENTS, controls.DB_SUPPORTED_ENGINE, controls.DB_NO_DATA_API);
  }
}
