// What must hold of a cluster.
import { EVENTS, LOGS, USUAL_MASTER_NAMES, USUAL_PORTS, logGroupName } from './facts';
import { instancesOf, isOwnKey, isToldOf, parameterGroupsOf } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isFalse, isGiven, isTrue, isUndecided, list, numberOf, same, textOf } from '../../core/values';

const CLUSTER = ['AWS::RDS::DBCluster'];

export const DB_ENCRYPTED: Control = {
  id: 'DB-01',
  title: 'the storage, its snapshots and its replicas are encrypted with a customer managed key',
  prevents: 'data that can be read from storage or from a copied snapshot; it cannot be encrypted later',
  kind: 'floor',
  types: CLUSTER,
  property: 'StorageEncrypted',
  mend: 'keep the storage encryption and its key',
  cis: ['3.2.1'],
  fsbp: ['RDS.3', 'RDS.27'],
  nist: NIST.atRest,
  holds: r => isTrue(r.properties.StorageEncrypted) && isOwnKey(r.properties.KmsKeyId),
};

export const DB_IAM_AUTHENTICATION: Control = {
  id: 'DB-03',
  title: 'users can log in with IAM instead of a password',
  prevents: 'passwords that are shared, stored and never changed',
  kind: 'floor',
  types: CLUSTER,
  property: 'EnableIAMDatabaseAuthentication',
  mend: 'leave IAM authentication on',
  fsbp: ['RDS.10', 'RDS.12'],
  nist: NIST.leastPrivilege,
  holds: r => isTrue(r.properties.EnableIAMDatabaseAuthentication),
};

export const DB_LOG_EXPORTS: Control = {
  id: 'DB-05',
  title: 'the database log and failed IAM log-ins go to CloudWatch Logs',
  prevents: 'logs that end with the instance',
  kind: 'floor',
  types: CLUSTER,
  property: 'EnableCloudwatchLogsExports',
  mend: "keep the exports 'postgresql' and 'iam-db-auth-error'",
  fsbp: ['RDS.9', 'RDS.34', 'RDS.36', 'RDS.37', 'RDS.40', 'RDS.42', 'RDS.45'],
  nist: NIST.logging,
  pci: ['10.2.1'],
  holds: r => LOGS.every(log => list(r.properties.EnableCloudwatchLogsExports).includes(log)),
};

export const DB_LOG_GROUPS: Control = {
  id: 'DB-05c',
  title: 'the log groups of the exports exist, encrypted and with a retention, before RDS would make its own',
  prevents: 'logs under no key, kept for ever',
  kind: 'floor',
  types: CLUSTER,
  property: 'AWS::Logs::LogGroup',
  mend: 'keep the log groups and the dependency on them',
  fsbp: ['RDS.9', 'RDS.34', 'RDS.36', 'RDS.37', 'RDS.40', 'RDS.42', 'RDS.45'],
  nist: NIST.logging,
  pci: ['10.2.1'],
  holds: (r, t) => {
    const exported = list(r.properties.EnableCloudwatchLogsExports);
    const groups = t.resourcesOf('AWS::Logs::LogGroup').filter(g => r.dependsOn.includes(g.logicalId) && isGiven(g.properties.KmsKeyId)
      && numberOf(g.properties.RetentionInDays) > 0);
    const name = (log: Json) => logGroupName(textOf(r.properties.DBClusterIdentifier), textOf(log));
    return exported.length > 0 && exported.every(log => groups.some(g => textOf(g.properties.LogGroupName) === name(log)));
  },
};

export const DB_DELETION_PROTECTION: Control = {
  id: 'DB-06',
  title: 'the cluster is protected from deletion',
  prevents: 'losing the database by one call',
  kind: 'durability',
  types: CLUSTER,
  property: 'DeletionProtection',
  mend: "leave 'deletionProtection' on",
  fsbp: ['RDS.7', 'RDS.8'],
  nist: [...NIST.resilience, 'CM-3'],
  holds: r => isTrue(r.properties.DeletionProtection),
};

export const DB_KEEPS_BACKUPS: Control = {
  id: 'DB-06b',
  title: 'the automated backups outlive the cluster until their retention is over',
  prevents: 'losing the backups together with the database',
  kind: 'durability',
  types: CLUSTER,
  property: 'DeleteAutomatedBackups',
  mend: 'keep the automated backups',
  fsbp: ['RDS.7', 'RDS.8'],
  nist: [...NIST.resilience, 'CM-3'],
  holds: r => isFalse(r.properties.DeleteAutomatedBackups),
};

export const DB_BACKUP_RETENTION: Control = {
  id: 'DB-08',
  title: 'the database can be restored to any second of at least the last 7 days',
  prevents: 'a mistake that is found after the only backup is gone',
  kind: 'durability',
  types: CLUSTER,
  property: 'BackupRetentionPeriod',
  mend: "give 'backupRetention' of 7 days or more",
  fsbp: ['RDS.11', 'RDS.50'],
  nist: NIST.resilience,
  holds: r => numberOf(r.properties.BackupRetentionPeriod) >= 7,
};

export const DB_MANAGED_PASSWORD: Control = {
  id: 'DB-09',
  title: 'RDS makes the master password, keeps it under a customer managed key and changes it every 7 days',
  prevents: 'a password in a template, in a state file or in a memory',
  kind: 'floor',
  types: CLUSTER,
  property: 'ManageMasterUserPassword',
  mend: 'let RDS manage the master password, under the key',
  fsbp: ['SecretsManager.1', 'SecretsManager.2', 'SecretsManager.4'],
  pci: ['8.3.9', '8.6.3'],
  holds: r => isTrue(r.properties.ManageMasterUserPassword) && isOwnKey(at(r.properties.MasterUserSecret, 'KmsKeyId'))
    && r.properties.MasterUserPassword === undefined,
};

export const DB_MASTER_NAME: Control = {
  id: 'DB-10',
  title: 'the name of the master user is not the usual one',
  prevents: 'guessing one half of the credentials',
  kind: 'floor',
  types: CLUSTER,
  property: 'MasterUsername',
  mend: "give 'masterUsername' another value than admin, postgres or root",
  fsbp: ['RDS.24', 'RDS.25'],
  pci: ['2.2.2'],
  holds: r => isGiven(r.properties.MasterUsername) && !isUndecided(r.properties.MasterUsername)
    && !USUAL_MASTER_NAMES.includes(textOf(r.properties.MasterUsername).toLowerCase()),
};

export const DB_PORT: Control = {
  id: 'DB-11',
  title: "the port is not the engine's usual one",
  prevents: 'being found by a scan of the usual ports',
  kind: 'floor',
  types: CLUSTER,
  property: 'Port',
  mend: "give 'port' another value than 5432",
  fsbp: ['RDS.23'],
  holds: r => isGiven(r.properties.Port) && !USUAL_PORTS.includes(numberOf(r.properties.Port)),
};

/** 15 months, in days. */
const isLong = (days: Json) => numberOf(days) >= 465;

export const DB_INSIGHTS: Control = {
  id: 'DB-12',
  title: 'Database Insights keeps 15 months of load by statement and user, under a customer managed key',
  prevents: 'an incident without a trace of what was run',
  kind: 'default',
  types: CLUSTER,
  property: 'DatabaseInsightsMode',
  mend: "leave 'databaseInsightsMode' at ADVANCED",
  holds: r => r.properties.DatabaseInsightsMode === 'advanced' && isTrue(r.properties.PerformanceInsightsEnabled)
    && isLong(r.properties.PerformanceInsightsRetentionPeriod) && isOwnKey(r.properties.PerformanceInsightsKmsKeyId),
  breaks: (r, t) => instancesOf(r, t).filter(({ properties: i }) => !isTrue(i.EnablePerformanceInsights)
    || !isLong(i.PerformanceInsightsRetentionPeriod) || !isOwnKey(i.PerformanceInsightsKMSKeyId)),
};

export const DB_TWO_ZONES: Control = {
  id: 'DB-14',
  title: 'two instances or more are in different availability zones',
  prevents: 'an outage for as long as one zone, or one instance, is down',
  kind: 'durability',
  types: CLUSTER,
  property: 'AWS::RDS::DBInstance',
  mend: "give 'instances' of 2 or more, and subnets in two zones",
  cis: ['3.2.4'],
  fsbp: ['RDS.5', 'RDS.15'],
  nist: NIST.resilience,
  holds: (r, t) => {
    const zones = instancesOf(r, t).map(i => i.properties.AvailabilityZone).filter(isGiven);
    return zones.some(z => !same(z, zones[0]));
  },
};

export const DB_TAGS: Control = {
  id: 'DB-15',
  title: 'snapshots carry the tags of the cluster',
  prevents: 'snapshots that no policy by tag applies to',
  kind: 'floor',
  types: CLUSTER,
  property: 'CopyTagsToSnapshot',
  mend: 'leave the copying of tags on',
  fsbp: ['RDS.16', 'RDS.17'],
  holds: r => isTrue(r.properties.CopyTagsToSnapshot),
};

/** What the sources of a subscription have to include, or undefined where none can be named. Without sources it is about all. */
const sourcesOf: Record<string, (r: RenderedResource, t: RenderedTemplate) => readonly RenderedResource[]> = {
  'db-cluster': r => [r],
  'db-instance': instancesOf,
  'db-parameter-group': (r, t) => parameterGroupsOf(r, t),
  // RDS takes no security group of a VPC
  'db-security-group': () => [],
};

export const DB_EVENTS: Control = {
  id: 'DB-17',
  title: 'somebody is notified of failures, maintenance and changes of the configuration',
  prevents: 'changes of the database that nobody sees',
  kind: 'default',
  types: CLUSTER,
  property: 'AWS::RDS::EventSubscription',
  mend: 'keep the event subscriptions, with their sources',
  fsbp: ['RDS.19', 'RDS.20', 'RDS.21', 'RDS.22'],
  pci: ['11.5.2'],
  holds: (r, t) => Object.keys(EVENTS).every(source => isToldOf(source, sourcesOf[source](r, t), t)),
};

export const DB_INSTANCE_EVENTS: Control = {
  id: 'DB-17b',
  title: 'somebody is notified of failures, maintenance and changes of the configuration of the instance',
  prevents: 'an instance that is changed, restarted or failing, and nobody sees it',
  kind: 'default',
  types: ['AWS::RDS::DBInstance'],
  property: 'AWS::RDS::EventSubscription',
  mend: 'keep the instance among the sources of the subscription',
  fsbp: ['RDS.20'],
  pci: ['11.5.2'],
  holds: (r, t) => isToldOf('db-instance', [r], t),
};

export const DB_SUPPORTED_ENGINE: Control = {
  id: 'DB-21',
  title: 'the cluster does not stay on an engine that is out of support',
  prevents: 'paying, unasked, for an engine that is at its end of life',
  kind: 'floor',
  types: CLUSTER,
  property: 'EngineLifecycleSupport',
  mend: 'leave extended support off and upgrade the major version in time',
  pci: ['6.3.3', '12.3.4'],
  holds: r => r.properties.EngineLifecycleSupport === 'open-source-rds-extended-support-disabled',
};
