import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { topicLetsIn } from '../../core/policies';
import { contains, list, mentions, same } from '../../core/values';

const CLUSTER = ['AWS::RDS::DBCluster'];
const INSTANCE = ['AWS::RDS::DBInstance'];
const PARAMETERS = ['AWS::RDS::DBClusterParameterGroup'];
const SECURITY_GROUP = ['AWS::EC2::SecurityGroup'];

/** A key is named, and it is not the one that AWS manages. */
const isOwnKey = (key: any) => key !== undefined && !contains(key, 'alias/aws/');
const isOn = (value: any) => ['1', 'on', 'true'].includes(String(value));
/** The words of a parameter that is a list. */
const words = (value: any) => String(value ?? '').split(/\s*,\s*/);
const clustersWith = (property: string, r: RenderedResource, t: RenderedTemplate) => t.referring('AWS::RDS::DBCluster', property, r.logicalId);
const instancesOf = (r: RenderedResource, t: RenderedTemplate) => t.referring('AWS::RDS::DBInstance', 'DBClusterIdentifier', r.logicalId);

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
  holds: r => r.properties.StorageEncrypted === true && isOwnKey(r.properties.KmsKeyId),
};

export const DB_NOT_PUBLIC: Control = {
  id: 'DB-02',
  title: 'the instance has no public address',
  prevents: 'a database that the internet can reach',
  kind: 'floor',
  types: INSTANCE,
  property: 'PubliclyAccessible',
  mend: 'leave public access off',
  cis: ['3.2.3'],
  fsbp: ['RDS.2', 'RDS.46'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: r => r.properties.PubliclyAccessible === false,
};

export const DB_SUBNETS: Control = {
  id: 'DB-02b',
  title: 'the cluster is in a subnet group of its own with two subnets or more',
  prevents: 'a cluster that lands in the default subnet group, which has public subnets',
  kind: 'floor',
  types: CLUSTER,
  property: 'DBSubnetGroupName',
  mend: 'keep the subnet group',
  cis: ['3.2.3'],
  fsbp: ['RDS.46'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: (r, t) => t.resourcesOf('AWS::RDS::DBSubnetGroup').some(g => mentions(r.properties.DBSubnetGroupName, g.logicalId)
    && (Array.isArray(g.properties.SubnetIds) ? g.properties.SubnetIds.length >= 2 : g.properties.SubnetIds !== undefined)),
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
  holds: r => r.properties.EnableIAMDatabaseAuthentication === true,
};

export const DB_TLS: Control = {
  id: 'DB-04',
  title: 'the database refuses connections without TLS 1.2',
  prevents: 'SQL and passwords in cleartext',
  kind: 'floor',
  types: PARAMETERS,
  property: 'Parameters',
  mend: "keep 'rds.force_ssl' at 1 and 'ssl_min_protocol_version' at TLSv1.2 or later, in the cluster's parameter group",
  fsbp: ['RDS.38'],
  nist: NIST.inTransit,
  holds: (r, t) => clustersWith('DBClusterParameterGroupName', r, t).length > 0 && isOn(r.properties.Parameters?.['rds.force_ssl'])
    && ['TLSv1.2', 'TLSv1.3'].includes(r.properties.Parameters.ssl_min_protocol_version),
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
  holds: r => ['postgresql', 'iam-db-auth-error'].every(log => list(r.properties.EnableCloudwatchLogsExports).includes(log)),
};

export const DB_AUDIT_PARAMETERS: Control = {
  id: 'DB-05b',
  title: 'the database logs connections, changes of the schema and changes of roles',
  prevents: 'an exported log that stays empty',
  kind: 'floor',
  types: PARAMETERS,
  property: 'Parameters',
  mend: "keep pgaudit in 'shared_preload_libraries', ddl and role in 'pgaudit.log', and the 'log_*' parameters",
  fsbp: ['RDS.9', 'RDS.34', 'RDS.36', 'RDS.37', 'RDS.40', 'RDS.42', 'RDS.45'],
  nist: NIST.logging,
  pci: ['10.2.1'],
  holds: r => {
    const p = r.properties.Parameters ?? {};
    return isOn(p.log_connections) && isOn(p.log_disconnections) && ['ddl', 'mod', 'all'].includes(p.log_statement)
      && words(p.shared_preload_libraries).includes('pgaudit') && ['ddl', 'role'].every(w => words(p['pgaudit.log']).some(x => x === w || x === 'all'))
      && !words(p['pgaudit.log']).some(w => ['-ddl', '-role', '-all', 'none'].includes(w));
  },
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
  holds: (r, t) => list(r.properties.EnableCloudwatchLogsExports).length > 0 && list(r.properties.EnableCloudwatchLogsExports).every(log =>
    t.resourcesOf('AWS::Logs::LogGroup').some(g => r.dependsOn.includes(g.logicalId) && contains(g.properties.LogGroupName, '/aws/rds/cluster/')
      && contains(g.properties.LogGroupName, `/${log}"`) && g.properties.KmsKeyId !== undefined && g.properties.RetentionInDays > 0)),
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
  holds: r => r.properties.DeletionProtection === true,
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
  holds: r => r.properties.DeleteAutomatedBackups === false,
};

export const DB_MINOR_UPGRADES: Control = {
  id: 'DB-07',
  title: 'minor versions are installed in the maintenance window',
  prevents: 'a database with known vulnerabilities',
  kind: 'floor',
  types: [...CLUSTER, ...INSTANCE],
  property: 'AutoMinorVersionUpgrade',
  mend: 'leave automatic minor upgrades on',
  cis: ['3.2.2'],
  fsbp: ['RDS.13', 'RDS.35'],
  nist: NIST.vulnerabilities,
  pci: ['6.3.3'],
  holds: r => r.properties.AutoMinorVersionUpgrade === true,
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
  holds: r => r.properties.BackupRetentionPeriod >= 7,
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
  holds: r => r.properties.ManageMasterUserPassword === true && isOwnKey(r.properties.MasterUserSecret?.KmsKeyId)
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
  holds: r => r.properties.MasterUsername !== undefined
    && !['admin', 'administrator', 'awsuser', 'master', 'postgres', 'rdsadmin', 'root'].includes(String(r.properties.MasterUsername).toLowerCase()),
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
  holds: r => r.properties.Port !== undefined && ![1433, 1521, 3306, 5432].includes(Number(r.properties.Port)),
};

export const DB_INSIGHTS: Control = {
  id: 'DB-12',
  title: 'Database Insights keeps 15 months of load by statement and user, under a customer managed key',
  prevents: 'an incident without a trace of what was run',
  kind: 'default',
  types: CLUSTER,
  property: 'DatabaseInsightsMode',
  mend: "leave 'databaseInsightsMode' at ADVANCED",
  holds: (r, t) => r.properties.DatabaseInsightsMode === 'advanced' && r.properties.PerformanceInsightsEnabled === true
    && r.properties.PerformanceInsightsRetentionPeriod >= 465 && isOwnKey(r.properties.PerformanceInsightsKmsKeyId)
    && instancesOf(r, t).every(i => i.properties.EnablePerformanceInsights === true && i.properties.PerformanceInsightsRetentionPeriod >= 465
      && isOwnKey(i.properties.PerformanceInsightsKMSKeyId)),
};

export const DB_MONITORED: Control = {
  id: 'DB-13',
  title: 'the operating system of the instance is monitored every minute or more often',
  prevents: 'load and processes that the engine does not see',
  kind: 'floor',
  types: INSTANCE,
  property: 'MonitoringInterval',
  mend: 'keep enhanced monitoring and its role',
  fsbp: ['RDS.6'],
  nist: ['CA-7', 'SI-2'],
  holds: r => r.properties.MonitoringInterval >= 1 && r.properties.MonitoringInterval <= 60 && r.properties.MonitoringRoleArn !== undefined,
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
    const zones = instancesOf(r, t).map(i => i.properties.AvailabilityZone).filter(z => z !== undefined);
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
  holds: r => r.properties.CopyTagsToSnapshot === true,
};

/** What somebody must be told, by the kind of source. */
const EVENTS: Record<string, string[]> = {
  'db-cluster': ['maintenance', 'failure'],
  'db-instance': ['maintenance', 'configuration change', 'failure'],
  'db-parameter-group': ['configuration change'],
  'db-security-group': ['configuration change', 'failure'],
};

export const DB_EVENTS: Control = {
  id: 'DB-17',
  title: 'somebody is notified of failures, maintenance and changes of the configuration',
  prevents: 'changes of the database that nobody sees',
  kind: 'default',
  types: CLUSTER,
  property: 'AWS::RDS::EventSubscription',
  mend: 'keep the event subscriptions',
  fsbp: ['RDS.19', 'RDS.20', 'RDS.21', 'RDS.22'],
  pci: ['11.5.2'],
  holds: (r, t) => Object.entries(EVENTS).every(([source, categories]) => t.resourcesOf('AWS::RDS::EventSubscription').some(s =>
    s.properties.Enabled === true && s.properties.SourceType === source && s.properties.SnsTopicArn !== undefined && topicLetsIn(s.properties.SnsTopicArn, t, 'events.rds.amazonaws.com')
    && categories.every(c => list(s.properties.EventCategories).includes(c))
    && (source !== 'db-cluster' || s.properties.SourceIds === undefined || mentions(s.properties.SourceIds, r.logicalId))
    && (source !== 'db-instance' || s.properties.SourceIds === undefined || instancesOf(r, t).every(i => mentions(s.properties.SourceIds, i.logicalId))))),
};

/** A rule that names the security group it lets in, and one port of a cluster behind the group. */
function isNarrow(rule: any, ports: any[]): boolean {
  return rule.SourceSecurityGroupId !== undefined && rule.CidrIp === undefined && rule.CidrIpv6 === undefined && rule.IpProtocol === 'tcp'
    && same(rule.FromPort, rule.ToPort) && ports.some(p => same(p, rule.FromPort) || String(p) === String(rule.FromPort));
}

export const DB_INGRESS: Control = {
  id: 'DB-19',
  title: 'only named security groups reach the database, and only its port',
  prevents: 'connections from anywhere in the network',
  kind: 'default',
  types: SECURITY_GROUP,
  property: 'SecurityGroupIngress',
  mend: "let in security groups by 'connections.allowDefaultPortFrom', not addresses and not other ports",
  nist: NIST.network,
  holds: (r, t) => {
    const ports = clustersWith('VpcSecurityGroupIds', r, t).map(c => c.properties.Port);
    const rules = [...list(r.properties.SecurityGroupIngress), ...t.referring('AWS::EC2::SecurityGroupIngress', 'GroupId', r.logicalId).map(i => i.properties)];
    return ports.length > 0 && rules.every(rule => isNarrow(rule, ports));
  },
};

export const DB_NO_EGRESS: Control = {
  id: 'DB-19b',
  title: 'the database opens no connections',
  prevents: 'sending data out from inside the database',
  kind: 'floor',
  types: SECURITY_GROUP,
  property: 'SecurityGroupEgress',
  mend: 'keep the rule to 255.255.255.255/32 that stands for no rule, and add none: without any, EC2 allows everything',
  nist: NIST.network,
  holds: (r, t) => list(r.properties.SecurityGroupEgress).length > 0
    && list(r.properties.SecurityGroupEgress).every(rule => rule.CidrIp === '255.255.255.255/32' && rule.IpProtocol === 'icmp')
    && t.referring('AWS::EC2::SecurityGroupEgress', 'GroupId', r.logicalId).length === 0,
};

export const DB_CERTIFICATE: Control = {
  id: 'DB-20',
  title: 'the certificate of the instance comes from a current authority',
  prevents: 'clients that cannot connect on the day on which an old authority expires',
  kind: 'floor',
  types: INSTANCE,
  property: 'CACertificateIdentifier',
  mend: 'take rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1',
  holds: r => ['rds-ca-rsa2048-g1', 'rds-ca-rsa4096-g1', 'rds-ca-ecc384-g1'].includes(r.properties.CACertificateIdentifier),
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

export const DB_NO_DATA_API: Control = {
  id: 'DB-22',
  title: 'SQL goes through the network only, not through the Data API',
  prevents: 'reaching the database over the internet with credentials alone, past security groups and endpoints',
  kind: 'floor',
  types: CLUSTER,
  property: 'EnableHttpEndpoint',
  mend: 'leave the HTTP endpoint off',
  nist: NIST.network,
  holds: r => r.properties.EnableHttpEndpoint === false,
};
