import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Duration, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { subscribeToEvents } from './database-events';
import { monitoringRole } from './database-monitoring';
import { clusterParameters, instanceParameters } from './database-parameters';
import { DatabaseSubnets, selectDatabaseSubnets } from './database-subnets';
import { ServerlessCapacity } from './serverless-capacity';
import { claim } from '../foundation/claims';
import { CustomerManagedKey } from '../foundation/customer-managed-key';
import { Disposable } from '../foundation/disposable';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { KeyAccess } from '../foundation/key-access';
import { declareFinding } from '../foundation/known-findings';
import { retain } from '../foundation/retention';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { SecurityWaivers } from '../foundation/security-waiver';
import * as controls from '../private/controls/rds';
import { arn, incarnation, nameStem } from '../private/names';
import { fail, requireMatch, requireRange } from '../private/validate';

/** Properties of an encrypted database. */
export interface EncryptedDatabaseProps extends HardenedProps {
  /** The VPC. */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets, in two availability zones or more, none of them public.
   *
   * @default - the isolated subnets
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The major version of PostgreSQL, for example `17`. A minor version is refused: RDS installs newer ones by itself, and the
   * next deployment would try to go back.
   *
   * @default '17'
   */
  readonly engineVersion?: string;

  /**
   * The database that is made in the cluster.
   *
   * @default - none besides `postgres`
   */
  readonly databaseName?: string;

  /**
   * The port, from 1150 to 65535, but not 5432.
   *
   * @default 5440
   */
  readonly port?: number;

  /**
   * The name of the master user, which RDS keeps the password of. Not `admin`, `postgres` or `root`.
   *
   * @default 'dbadmin'
   */
  readonly masterUsername?: string;

  /**
   * How many instances, from 1 to 16: one writes, the others read and stand by. They go to different availability zones. One
   * needs a waiver of `DB-14`.
   *
   * @default 2, 1 in a disposable scope
   */
  readonly instances?: number;

  /**
   * The instances' class.
   *
   * @default - r7g.large, or serverless if `serverlessCapacity` is given
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Makes the instances Aurora Serverless v2, which scale between these capacities.
   *
   * @default - instances of a fixed class
   */
  readonly serverlessCapacity?: ServerlessCapacity;

  /**
   * Parameters of the cluster besides ours. Those that weaken the encryption in transit or the audit log fail the synthesis.
   *
   * @default - none besides ours
   */
  readonly parameters?: Record<string, string>;

  /**
   * The key for storage, snapshots, the master password and Database Insights. It must allow `KeyAccess.rds` and
   * `KeyAccess.secretsManager` if it is imported. Changing it later is refused: it would replace the cluster.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * How far back the database can be restored to any second, from 1 to 35 days. Less than 7 needs a waiver of `DB-08`.
   *
   * @default Duration.days(35), 1 day in a disposable scope
   */
  readonly backupRetention?: Duration;

  /**
   * When RDS makes the daily backup, in UTC, as `hh:mm-hh:mm`, 30 minutes or longer.
   *
   * @default - RDS chooses
   */
  readonly preferredBackupWindow?: string;

  /**
   * When RDS installs minor versions, in UTC, as `ddd:hh:mm-ddd:hh:mm`, 30 minutes or longer.
   *
   * @default - RDS chooses
   */
  readonly preferredMaintenanceWindow?: string;

  /**
   * Whether the cluster is protected from deletion. Off needs a waiver of `DB-06`.
   *
   * @default true, false in a disposable scope
   */
  readonly deletionProtection?: boolean;

  /**
   * How much Database Insights shows. Standard needs a waiver of `DB-12`.
   *
   * @default rds.DatabaseInsightsMode.ADVANCED
   */
  readonly databaseInsightsMode?: rds.DatabaseInsightsMode;

  /**
   * The authority that signs the instances' certificates. Clients must trust it and verify the host: `sslmode=verify-full`.
   *
   * @default rds.CaCertificate.RDS_CA_RSA2048_G1
   */
  readonly caCertificate?: rds.CaCertificate;

  /**
   * How long the database log is kept. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * The key for the log groups. It must allow `KeyAccess.logGroup('/aws/rds/cluster/*')` if it is imported.
   *
   * @default - the log key of the security foundation
   */
  readonly logKey?: kms.IKey;

  /**
   * The topic that is told of failures, maintenance and changes. An imported one, or one under an imported key, must let
   * `events.rds.amazonaws.com` publish.
   *
   * @default - the topic of the security foundation; none if `DB-17` is waived
   */
  readonly topic?: sns.ITopic;
}

/**
 * An Aurora PostgreSQL cluster that nothing reaches but the security groups that you let in, over TLS, and that IAM logs in to.
 *
 * Storage, backups, master password and insights are under a customer managed key; no template and no person knows the password.
 * Connections, schema changes and role changes are logged to encrypted log groups. It outlives its stack. As it has a name, a
 * change that would replace it, which would leave an empty database, fails the deployment instead.
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
    this.validate(props);
    const disposable = Disposable.isDisposable(this);
    const engineVersion = props.engineVersion ?? '17';
    const subnets = selectDatabaseSubnets(this, props.vpc, props.vpcSubnets);
    this.port = props.port ?? 5440;
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Database ${this.node.path}` }).key;
    KeyAccess.rds().allowOn(this.encryptionKey);
    KeyAccess.secretsManager().allowOn(this.encryptionKey);
    this.securityGroup = this.makeSecurityGroup(props.vpc);
    this.connections = new ec2.Connections({ securityGroups: [this.securityGroup], defaultPort: ec2.Port.tcp(this.port) });

    // RDS takes no two hyphens in a row.
    const stem = nameStem(this, 47).replace(/-+/g, '-');
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
    logGroups.forEach(g => this.cfnCluster.addDependency(g.logGroup.node.defaultChild as logs.CfnLogGroup));
    this.clusterArn = this.cfnCluster.attrDbClusterArn;
    const parameters = instanceParameters(this, 'InstanceParameters', engineVersion);
    this.instances = this.makeInstances(props, subnets, parameters);
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
   * @param databaseUser the user, which must have been granted `rds_iam` in the database
   */
  public grantConnect(grantee: iam.IGrantable, databaseUser: string): iam.Grant {
    requireMatch(this, 'databaseUser', databaseUser, /^[a-zA-Z_][a-zA-Z0-9_.-]{0,62}$/, 'name one database user');
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['rds-db:connect'],
      resourceArns: [arn('rds-db', `dbuser:${this.cfnCluster.attrDbClusterResourceId}/${databaseUser}`)],
    });
  }

  private validate(props: EncryptedDatabaseProps): void {
    requireMatch(this, 'engineVersion', props.engineVersion, /^\d+$/, "give the major version only, for example '17': RDS installs minor versions by itself, and a deployment with an older one fails");
    requireMatch(this, 'databaseName', props.databaseName, /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/, "begin with a letter and use letters, digits and '_', up to 63");
    requireMatch(this, 'masterUsername', props.masterUsername, /^(?!(admin|administrator|awsuser|master|postgres|rdsadmin|root)$)[a-z][a-z0-9_]{0,62}$/i,
      "take another name than admin, postgres or root, of letters, digits and '_'");
    requireRange(this, 'port', props.port, 1150, 65535, '');
    if ([1433, 1521, 3306, 5432].includes(props.port ?? 0)) { fail(this, `'port' is ${props.port}, which every scan tries: take another, for example 5440`); }
    requireRange(this, 'instances', props.instances, 1, 16, 'instances');
    const { backupRetention, serverlessCapacity } = props;
    requireRange(this, 'backupRetention', backupRetention?.isUnresolved() ? undefined : backupRetention?.toDays({ integral: false }), 1, 35, 'days');
    requireMatch(this, 'preferredBackupWindow', props.preferredBackupWindow, /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, "write it as 'hh:mm-hh:mm', for example '02:00-03:00'");
    requireMatch(this, 'preferredMaintenanceWindow', props.preferredMaintenanceWindow,
      /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):[0-5]\d$/i, "write it as 'ddd:hh:mm-ddd:hh:mm', for example 'sun:03:00-sun:04:00'");
    if (!serverlessCapacity) { return; }
    if (props.instanceType) { fail(this, `'instanceType' is '${props.instanceType.toString()}' beside 'serverlessCapacity': leave one of them out`); }
    this.requireCapacity('minCapacity', serverlessCapacity.minCapacity, 0.5);
    this.requireCapacity('maxCapacity', serverlessCapacity.maxCapacity, Math.max(1, Token.isUnresolved(serverlessCapacity.minCapacity) ? 1 : serverlessCapacity.minCapacity));
  }

  private requireCapacity(prop: string, value: number, min: number): void {
    if (Token.isUnresolved(value)) { return; }
    if (!Number.isInteger(value * 2) || value < min || value > 256) {
      fail(this, `'${prop}' of 'serverlessCapacity' is ${value}: take a number from ${min} to 256 in steps of 0.5`);
    }
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

  private makeInstances(props: EncryptedDatabaseProps, subnets: DatabaseSubnets, parameters: rds.CfnDBParameterGroup): rds.CfnDBInstance[] {
    const role = monitoringRole(this, 'MonitoringRole');
    const count = props.instances ?? (Disposable.isDisposable(this) ? 1 : 2);
    return Array.from({ length: count }, (_, i) => {
      const instance = new rds.CfnDBInstance(this, `Instance${i + 1}`, {
        dbClusterIdentifier: this.cfnCluster.ref,
        engine: 'aurora-postgresql',
        dbInstanceClass: props.serverlessCapacity ? 'db.serverless' : `db.${(props.instanceType ?? new ec2.InstanceType('r7g.large')).toString()}`,
        availabilityZone: subnets.zone(i),
        dbParameterGroupName: parameters.ref,
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        caCertificateIdentifier: (props.caCertificate ?? rds.CaCertificate.RDS_CA_RSA2048_G1).toString(),
        enablePerformanceInsights: true,
        performanceInsightsKmsKeyId: this.encryptionKey.keyArn,
        performanceInsightsRetentionPeriod: 465,
        monitoringInterval: 60,
        monitoringRoleArn: role.roleArn,
        preferredMaintenanceWindow: props.preferredMaintenanceWindow,
      });
      retain(instance);
      claim(instance, controls.DB_NOT_PUBLIC, controls.DB_MINOR_UPGRADES, controls.DB_MONITORED, controls.DB_CERTIFICATE);
      declareFinding(instance, 'The instance belongs to a cluster, whose storage is what backups are of: plans select the cluster, and its own backups run continuously.',
        'NIST.800.53.R4-RDSInBackupPlan', 'NIST.800.53.R5-RDSInBackupPlan', 'HIPAA.Security-RDSInBackupPlan');
      return instance;
    });
  }

  private asCluster(engineVersion: string): rds.IDatabaseCluster {
    return rds.DatabaseCluster.fromDatabaseClusterAttributes(this, 'Cluster', {
      clusterIdentifier: this.cfnCluster.ref,
      clusterResourceIdentifier: this.cfnCluster.attrDbClusterResourceId,
      clusterEndpointAddress: this.cfnCluster.attrEndpointAddress,
      readerEndpointAddress: this.cfnCluster.attrReadEndpointAddress,
      instanceIdentifiers: this.instances.map(i => i.ref),
      instanceEndpointAddresses: this.instances.map(i => i.attrEndpointAddress),
      port: this.port,
      securityGroups: [this.securityGroup],
      engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.of(engineVersion, engineVersion) }),
      secret: this.secret,
      dataApiEnabled: false,
    });
  }

  private claim(): void {
    retain(this.cfnCluster);
    claim(this.cfnCluster, controls.DB_ENCRYPTED, controls.DB_SUBNETS, controls.DB_IAM_AUTHENTICATION, controls.DB_LOG_EXPORTS, controls.DB_LOG_GROUPS,
      controls.DB_DELETION_PROTECTION, controls.DB_KEEPS_BACKUPS, controls.DB_MINOR_UPGRADES, controls.DB_BACKUP_RETENTION, controls.DB_MANAGED_PASSWORD,
      controls.DB_MASTER_NAME, controls.DB_PORT, controls.DB_INSIGHTS, controls.DB_TWO_ZONES, controls.DB_TAGS, controls.DB_EVENTS,
      controls.DB_SUPPORTED_ENGINE, controls.DB_NO_DATA_API);
  }
}
