// The hardened values of a database.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Duration, Token } from 'aws-cdk-lib/core';
import { checkWindows, checkWord } from './checks';
import { EVENTS, LOGS, QUIET_ABOUT_PASSWORDS, USUAL_MASTER_NAMES, USUAL_PORTS } from './facts';
import { zoneName } from '../../core/subnets';
import type { Place } from '../../core/validate';
import { fail, requireDays, requireKnown, requireMatch, requireRange } from '../../core/validate';

/** What may differ between clusters. */
export interface ClusterOptions {
  readonly engineVersion?: string;
  readonly databaseName?: string;
  readonly port?: number;
  readonly masterUsername?: string;
  readonly backupRetention?: Duration;
  readonly preferredBackupWindow?: string;
  readonly preferredMaintenanceWindow?: string;
  readonly deletionProtection?: boolean;
  readonly databaseInsightsMode?: rds.DatabaseInsightsMode;
  readonly serverlessCapacity?: Capacity;
}

/** Between what a serverless instance scales, in Aurora capacity units. */
export interface Capacity {
  readonly minCapacity: number;
  readonly maxCapacity: number;
}

/** A cluster, with what is around it has to agree on. */
export interface Cluster extends Partial<rds.CfnDBClusterProps> {
  readonly engineVersion: string;
  readonly port: number;
}

const ENGINE = 'aurora-postgresql';

/** How long Performance Insights keeps what it saw: 15 months, in days. */
const INSIGHTS_RETENTION = 465;

/** Whether SQL can be sent over the internet, past the network. */
export const DATA_API = false;

/** Whether clients of a proxy log in to it with IAM. */
export const PROXY_IAM = true;

/** The most of a cluster's identifier that is made of stack name and logical ID. RDS takes up to 63 with what is added. */
export const STEM_LENGTH = 47;

/** The database of an application, and the user that it connects as, where nobody chooses them. */
export const APPLICATION_DATABASE = { name: 'application', user: 'application' };

/** An Aurora PostgreSQL cluster, but for its key (`encryption`). */
export function cluster(at: Place, options: ClusterOptions, disposable: boolean): Cluster {
  const engineVersion = options.engineVersion ?? '17';
  const port = options.port ?? 5440;
  const masterUsername = options.masterUsername ?? 'dbadmin';
  const backupRetention = options.backupRetention ?? Duration.days(disposable ? 1 : 35);
  checkEngine(at, engineVersion, options.databaseName);
  checkAccess(at, port, masterUsername);
  requireDays(at, 'backupRetention', backupRetention, 1, 35);
  checkWindows(at, options);
  checkCapacity(at, options.serverlessCapacity);
  return {
    engine: ENGINE,
    engineVersion,
    engineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    autoMinorVersionUpgrade: true,
    databaseName: options.databaseName,
    port,
    storageEncrypted: true,
    masterUsername,
    manageMasterUserPassword: true,
    enableIamDatabaseAuthentication: true,
    enableHttpEndpoint: DATA_API,
    enableCloudwatchLogsExports: LOGS,
    databaseInsightsMode: options.databaseInsightsMode ?? rds.DatabaseInsightsMode.ADVANCED,
    performanceInsightsEnabled: true,
    performanceInsightsRetentionPeriod: INSIGHTS_RETENTION,
    backupRetentionPeriod: backupRetention.toDays(),
    preferredBackupWindow: options.preferredBackupWindow,
    preferredMaintenanceWindow: options.preferredMaintenanceWindow,
    copyTagsToSnapshot: true,
    deletionProtection: options.deletionProtection ?? !disposable,
    deleteAutomatedBackups: disposable,
    serverlessV2ScalingConfiguration: options.serverlessCapacity
      && { minCapacity: options.serverlessCapacity.minCapacity, maxCapacity: options.serverlessCapacity.maxCapacity },
  };
}

/** Everything of a cluster that has a key, under one: storage, snapshots, master password, insights. */
export function encryption(keyArn: string): Partial<rds.CfnDBClusterProps> {
  return { kmsKeyId: keyArn, masterUserSecret: { kmsKeyId: keyArn }, performanceInsightsKmsKeyId: keyArn };
}

/** What may differ between instances. */
export interface InstanceOptions {
  readonly instances?: number;
  readonly instanceType?: ec2.InstanceType;
  readonly serverlessCapacity?: Capacity;
  readonly caCertificate?: rds.CaCertificate;
  readonly preferredMaintenanceWindow?: string;
}

/** An instance, with how many there are of it. */
export interface Instances {
  readonly count: number;
  readonly each: Partial<rds.CfnDBInstanceProps>;
}

/** The instances of a cluster, but for their key (`instanceEncryption`). */
export function instances(at: Place, options: InstanceOptions, disposable: boolean): Instances {
  const count = options.instances ?? (disposable ? 1 : 2);
  requireKnown(at, 'instances', count, 'give a number, as it says how many instances the template has');
  requireRange(at, 'instances', count, 1, 16, 'instances');
  requireMatch(at, 'caCertificate', options.caCertificate?.toString(), /^[A-Za-z][A-Za-z0-9-]*$/,
    'give an rds.CaCertificate, for example CaCertificate.RDS_CA_RSA2048_G1');
  if (options.serverlessCapacity && options.instanceType) {
    fail(at, `'instanceType' is '${options.instanceType.toString()}' beside 'serverlessCapacity': leave one of them out`);
  }
  return {
    count,
    each: {
      engine: ENGINE,
      dbInstanceClass: options.serverlessCapacity ? 'db.serverless' : `db.${options.instanceType?.toString() ?? 'r7g.large'}`,
      publiclyAccessible: false,
      autoMinorVersionUpgrade: true,
      caCertificateIdentifier: (options.caCertificate ?? rds.CaCertificate.RDS_CA_RSA2048_G1).toString(),
      enablePerformanceInsights: true,
      performanceInsightsRetentionPeriod: INSIGHTS_RETENTION,
      monitoringInterval: 60,
      preferredMaintenanceWindow: options.preferredMaintenanceWindow,
    },
  };
}

/** What of an instance has a key of its own: insights. Its storage is the cluster's. */
export function instanceEncryption(keyArn: string): Partial<rds.CfnDBInstanceProps> {
  return { performanceInsightsKmsKeyId: keyArn };
}

/** The cluster's parameters: TLS only, and an audit log. What the caller gives comes on top; the controls judge the outcome. */
export function clusterParameters(at: Place, engineVersion: string, own?: Record<string, string>): rds.CfnDBClusterParameterGroupProps {
  Object.keys(own ?? {}).forEach(name => requireKnown(at, 'parameters', name, 'name each parameter; its value may be a token'));
  return {
    description: 'TLS only, audited',
    family: family(engineVersion),
    // In an instance's group most of these would have no effect, without a word.
    parameters: {
      'rds.force_ssl': '1',
      'ssl_min_protocol_version': 'TLSv1.2',
      'shared_preload_libraries': 'pgaudit,pg_stat_statements',
      'pgaudit.log': 'ddl,role',
      'log_connections': '1',
      'log_disconnections': '1',
      ...QUIET_ABOUT_PASSWORDS,
      ...own,
    },
  };
}

/** The instances' group. It sets nothing, but unlike the default group it can be changed, and its changes are notified. */
export function instanceParameters(engineVersion: string): rds.CfnDBParameterGroupProps {
  return { description: 'As the cluster', family: family(engineVersion) };
}

/** The subnets: those from which no route leads to the internet. */
export function subnets(): ec2.SubnetSelection {
  return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
}

/** The subnet group. RDS takes it for whatever subnets are in it: `checkZones` first. */
export function subnetGroup(subnetIds: string[]): rds.CfnDBSubnetGroupProps {
  return { dbSubnetGroupDescription: 'Subnets of the database', subnetIds };
}

/** A subscription to what happens to one kind of source. */
export type Subscription = Required<Pick<rds.CfnEventSubscriptionProps, 'enabled' | 'sourceType' | 'eventCategories'>>;

/** A subscription for each kind of source. */
export function subscriptions(): Record<keyof typeof EVENTS, Subscription> {
  const subscribe = (sourceType: keyof typeof EVENTS) => ({ enabled: true, sourceType, eventCategories: EVENTS[sourceType] });
  return {
    'db-cluster': subscribe('db-cluster'),
    'db-instance': subscribe('db-instance'),
    'db-parameter-group': subscribe('db-parameter-group'),
    'db-security-group': subscribe('db-security-group'),
  };
}

/** Refuses an identifier that RDS would refuse, or write in another way than the log groups are named by. */
export function checkIdentifier(at: Place, clusterIdentifier: string | undefined): void {
  requireMatch(at, 'clusterIdentifier', clusterIdentifier, /^(?=.{1,63}$)[a-z](-?[a-z0-9])*$/,
    "use small letters, digits and '-', up to 63; begin with a letter, and have no '-' at the end or beside another");
}

/** Refuses a user that RDS has no name for, or a pattern of several. */
export function checkUser(at: Place, dbUser: string): void {
  requireMatch(at, 'dbUser', dbUser, /^[a-zA-Z_][a-zA-Z0-9_.-]{0,62}$/, 'name one database user');
}

/** Refuses zones that RDS would refuse: one is not enough. */
export function checkZones(at: Place, zones: string[]): void {
  if (zones.length < 2) {
    const found = zones.length > 0 ? `, ${zones.map(zoneName).join()}` : 's';
    fail(at, `'vpcSubnets' are in ${zones.length} availability zone${found}: RDS needs two or more`);
  }
}

function family(engineVersion: string): string {
  return `${ENGINE}${engineVersion}`;
}

function checkEngine(at: Place, engineVersion: string, databaseName: string | undefined): void {
  requireMatch(at, 'engineVersion', engineVersion, /^\d+$/,
    "give the major version only, for example '17': RDS installs minor versions by itself, and a deployment with an older one fails");
  requireMatch(at, 'databaseName', databaseName, /^[a-zA-Z][a-zA-Z0-9_]{0,62}$/,
    "begin with a letter and use letters, digits and '_', up to 63");
  checkWord(at, 'databaseName', databaseName);
}

function checkAccess(at: Place, port: number, masterUsername: string): void {
  requireMatch(at, 'masterUsername', masterUsername, new RegExp(`^(?!(${USUAL_MASTER_NAMES.join('|')})$)[a-z][a-z0-9_]{0,62}$`, 'i'),
    "take another name than admin, postgres or root, of letters, digits and '_'");
  checkWord(at, 'masterUsername', masterUsername);
  requireRange(at, 'port', port, 1150, 65535, 'for Aurora');
  if (USUAL_PORTS.includes(port)) { fail(at, `'port' is ${port}, which every scan tries: take another, for example 5440`); }
}

function checkCapacity(at: Place, capacity: Capacity | undefined): void {
  if (!capacity) { return; }
  const { minCapacity, maxCapacity } = capacity;
  requireCapacity(at, 'minCapacity', minCapacity, 0.5);
  requireCapacity(at, 'maxCapacity', maxCapacity, Math.max(1, Token.isUnresolved(minCapacity) ? 1 : minCapacity));
}

function requireCapacity(at: Place, prop: string, value: number, min: number): void {
  if (Token.isUnresolved(value)) { return; }
  if (!Number.isInteger(value * 2) || value < min || value > 256) {
    fail(at, `'${prop}' of 'serverlessCapacity' is ${value}: take a number from ${min} to 256 in steps of 0.5`);
  }
}
