import * as controls from '../../../src/services/rds/controls';
import { provePredicate } from '../../support/predicate';

const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const AWS_KEY = 'alias/aws/rds';
const NAME = ['db-', { 'Fn::Select': [4, { 'Fn::Split': ['-', { Ref: 'AWS::StackId' }] }] }];
const logGroup = (log: string) => ({
  Type: 'AWS::Logs::LogGroup',
  Properties: { LogGroupName: { 'Fn::Join': ['', ['/aws/rds/cluster/', ...NAME, `/${log}`]] }, KmsKeyId: KEY, RetentionInDays: 365 },
});
const INSIGHTS = { EnablePerformanceInsights: true, PerformanceInsightsRetentionPeriod: 465, PerformanceInsightsKMSKeyId: KEY };
const instance = (zone: number) => ({
  Type: 'AWS::RDS::DBInstance',
  Properties: { DBClusterIdentifier: { Ref: 'Db' }, AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] }, ...INSIGHTS },
});
const subscription = (SourceType: string, EventCategories: string[], SourceIds?: any[]) => ({
  Type: 'AWS::RDS::EventSubscription',
  Properties: { Enabled: true, SourceType, EventCategories, SourceIds, SnsTopicArn: { Ref: 'Topic' } },
});

const CLUSTER = {
  Db: {
    Type: 'AWS::RDS::DBCluster',
    DependsOn: ['Log', 'IamLog'],
    Properties: {
      StorageEncrypted: true,
      KmsKeyId: KEY,
      DBSubnetGroupName: { Ref: 'Subnets' },
      VpcSecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
      DBClusterParameterGroupName: { Ref: 'Parameters' },
      EnableIAMDatabaseAuthentication: true,
      EnableCloudwatchLogsExports: ['postgresql', 'iam-db-auth-error'],
      DeletionProtection: true,
      DeleteAutomatedBackups: false,
      AutoMinorVersionUpgrade: true,
      BackupRetentionPeriod: 7,
      ManageMasterUserPassword: true,
      MasterUserSecret: { KmsKeyId: KEY },
      MasterUsername: 'dbadmin',
      Port: 5440,
      DatabaseInsightsMode: 'advanced',
      PerformanceInsightsEnabled: true,
      PerformanceInsightsRetentionPeriod: 465,
      PerformanceInsightsKmsKeyId: KEY,
      CopyTagsToSnapshot: true,
      EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
      EnableHttpEndpoint: false,
    },
  },
  Subnets: { Type: 'AWS::RDS::DBSubnetGroup', Properties: { SubnetIds: [{ Ref: 'A' }, { Ref: 'B' }] } },
  Log: logGroup('postgresql'),
  IamLog: logGroup('iam-db-auth-error'),
  One: instance(0),
  Two: instance(1),
  ClusterEvents: subscription('db-cluster', ['maintenance', 'failure'], [{ Ref: 'Db' }]),
  InstanceEvents: subscription('db-instance', ['maintenance', 'configuration change', 'failure'], [{ Ref: 'One' }, { Ref: 'Two' }]),
  ParameterEvents: subscription('db-parameter-group', ['configuration change']),
  GroupEvents: subscription('db-security-group', ['configuration change', 'failure']),
};

provePredicate(controls.DB_ENCRYPTED, CLUSTER, {
  'it is off': r => { r.Db.Properties.StorageEncrypted = false; },
  'it is not said': r => { delete r.Db.Properties.StorageEncrypted; },
  'there is no key': r => { delete r.Db.Properties.KmsKeyId; },
  'the key is the one of AWS': r => { r.Db.Properties.KmsKeyId = AWS_KEY; },
});
provePredicate(controls.DB_SUBNETS, CLUSTER, {
  'no subnet group is named': r => { delete r.Db.Properties.DBSubnetGroupName; },
  'the group is the default one': r => { r.Db.Properties.DBSubnetGroupName = 'default'; },
  'there is one subnet': r => { r.Subnets.Properties.SubnetIds.pop(); },
});
provePredicate(controls.DB_IAM_AUTHENTICATION, CLUSTER, {
  'it is off': r => { r.Db.Properties.EnableIAMDatabaseAuthentication = false; },
  'it is not said': r => { delete r.Db.Properties.EnableIAMDatabaseAuthentication; },
});
provePredicate(controls.DB_LOG_EXPORTS, CLUSTER, {
  'nothing is exported': r => { delete r.Db.Properties.EnableCloudwatchLogsExports; },
  'the log is not exported': r => { r.Db.Properties.EnableCloudwatchLogsExports = ['iam-db-auth-error']; },
  'failed log-ins are not exported': r => { r.Db.Properties.EnableCloudwatchLogsExports = ['postgresql']; },
});
provePredicate(controls.DB_LOG_GROUPS, CLUSTER, {
  'there is no log group': r => { delete r.Log; },
  'the cluster does not wait for one': r => { r.Db.DependsOn = ['Log']; },
  'one has no key': r => { delete r.IamLog.Properties.KmsKeyId; },
  'one is kept for ever': r => { delete r.Log.Properties.RetentionInDays; },
  'one has another name': r => { r.Log.Properties.LogGroupName = '/aws/rds/cluster/db/postgresql-old'; },
  'nothing is exported': r => { delete r.Db.Properties.EnableCloudwatchLogsExports; },
});
provePredicate(controls.DB_DELETION_PROTECTION, CLUSTER, {
  'it is off': r => { r.Db.Properties.DeletionProtection = false; },
  'it is not said': r => { delete r.Db.Properties.DeletionProtection; },
});
provePredicate(controls.DB_KEEPS_BACKUPS, CLUSTER, {
  'they are deleted': r => { r.Db.Properties.DeleteAutomatedBackups = true; },
  'it is not said, which deletes them': r => { delete r.Db.Properties.DeleteAutomatedBackups; },
});
provePredicate(controls.DB_MINOR_UPGRADES, CLUSTER, {
  'they are off': r => { r.Db.Properties.AutoMinorVersionUpgrade = false; },
  'they are not said': r => { delete r.Db.Properties.AutoMinorVersionUpgrade; },
});
provePredicate(controls.DB_BACKUP_RETENTION, CLUSTER, {
  'it is 6 days': r => { r.Db.Properties.BackupRetentionPeriod = 6; },
  'it is not said, which is 1 day': r => { delete r.Db.Properties.BackupRetentionPeriod; },
});
provePredicate(controls.DB_MANAGED_PASSWORD, CLUSTER, {
  'RDS does not manage it': r => { r.Db.Properties.ManageMasterUserPassword = false; },
  'there is no key': r => { delete r.Db.Properties.MasterUserSecret; },
  'the key is the one of AWS': r => { r.Db.Properties.MasterUserSecret.KmsKeyId = 'alias/aws/secretsmanager'; },
  'a password is given': r => { r.Db.Properties.MasterUserPassword = 'secret'; },
});
provePredicate(controls.DB_MASTER_NAME, CLUSTER, {
  'it is postgres': r => { r.Db.Properties.MasterUsername = 'postgres'; },
  'it is Admin': r => { r.Db.Properties.MasterUsername = 'Admin'; },
  'it is not said': r => { delete r.Db.Properties.MasterUsername; },
});
provePredicate(controls.DB_PORT, CLUSTER, {
  'it is 5432': r => { r.Db.Properties.Port = 5432; },
  'it is 5432 as text': r => { r.Db.Properties.Port = '5432'; },
  'it is not said': r => { delete r.Db.Properties.Port; },
});
provePredicate(controls.DB_INSIGHTS, CLUSTER, {
  'the mode is standard': r => { r.Db.Properties.DatabaseInsightsMode = 'standard'; },
  'Performance Insights is off': r => { r.Db.Properties.PerformanceInsightsEnabled = false; },
  'it is kept for a week': r => { r.Db.Properties.PerformanceInsightsRetentionPeriod = 7; },
  'there is no key': r => { delete r.Db.Properties.PerformanceInsightsKmsKeyId; },
  'an instance has it off': r => { r.Two.Properties.EnablePerformanceInsights = false; },
  'an instance keeps it for a week': r => { r.One.Properties.PerformanceInsightsRetentionPeriod = 7; },
  'an instance has no key': r => { delete r.One.Properties.PerformanceInsightsKMSKeyId; },
});
provePredicate(controls.DB_TWO_ZONES, CLUSTER, {
  'there is one instance': r => { delete r.Two; },
  'there is none': r => { delete r.One; delete r.Two; },
  'both are in one zone': r => { r.Two.Properties.AvailabilityZone = r.One.Properties.AvailabilityZone; },
  'the second belongs to another cluster': r => { r.Two.Properties.DBClusterIdentifier = { Ref: 'Other' }; },
  'zones are not said': r => { delete r.One.Properties.AvailabilityZone; },
});
provePredicate(controls.DB_TAGS, CLUSTER, {
  'they are not copied': r => { r.Db.Properties.CopyTagsToSnapshot = false; },
  'it is not said': r => { delete r.Db.Properties.CopyTagsToSnapshot; },
});
provePredicate(controls.DB_EVENTS, CLUSTER, {
  'one subscription is missing': r => { delete r.GroupEvents; },
  'one is off': r => { r.InstanceEvents.Properties.Enabled = false; },
  'a category is missing': r => { r.InstanceEvents.Properties.EventCategories = ['maintenance', 'failure']; },
  'an instance is left out': r => { r.InstanceEvents.Properties.SourceIds = [{ Ref: 'One' }]; },
  'one is about another cluster': r => { r.ClusterEvents.Properties.SourceIds = [{ Ref: 'Other' }]; },
});
provePredicate(controls.DB_SUPPORTED_ENGINE, CLUSTER, {
  'extended support is on': r => { r.Db.Properties.EngineLifecycleSupport = 'open-source-rds-extended-support'; },
  'it is not said, which is on': r => { delete r.Db.Properties.EngineLifecycleSupport; },
});
provePredicate(controls.DB_NO_DATA_API, CLUSTER, {
  'it is on': r => { r.Db.Properties.EnableHttpEndpoint = true; },
  'it is not said': r => { delete r.Db.Properties.EnableHttpEndpoint; },
});

const INSTANCE = {
  One: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { PubliclyAccessible: false, MonitoringInterval: 60, MonitoringRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, CACertificateIdentifier: 'rds-ca-rsa2048-g1' },
  },
};
provePredicate(controls.DB_NOT_PUBLIC, INSTANCE, {
  'it is public': r => { r.One.Properties.PubliclyAccessible = true; },
  'it is not said': r => { delete r.One.Properties.PubliclyAccessible; },
});
provePredicate(controls.DB_MONITORED, INSTANCE, {
  'the interval is 0, which is off': r => { r.One.Properties.MonitoringInterval = 0; },
  'there is no interval': r => { delete r.One.Properties.MonitoringInterval; },
  'there is no role': r => { delete r.One.Properties.MonitoringRoleArn; },
});
provePredicate(controls.DB_CERTIFICATE, INSTANCE, {
  'the authority has expired': r => { r.One.Properties.CACertificateIdentifier = 'rds-ca-2019'; },
  'it is not said': r => { delete r.One.Properties.CACertificateIdentifier; },
});

const PARAMETERS = {
  Parameters: {
    Type: 'AWS::RDS::DBClusterParameterGroup',
    Properties: {
      Parameters: {
        'rds.force_ssl': '1',
        'ssl_min_protocol_version': 'TLSv1.2',
        'log_connections': '1',
        'log_disconnections': '1',
        'log_statement': 'ddl',
        'shared_preload_libraries': 'pgaudit,pg_stat_statements',
        'pgaudit.log': 'ddl,role',
      },
    },
  },
  ...CLUSTER,
};
provePredicate(controls.DB_TLS, PARAMETERS, {
  'TLS is not forced': r => { r.Parameters.Properties.Parameters['rds.force_ssl'] = '0'; },
  'TLS is not mentioned': r => { delete r.Parameters.Properties.Parameters['rds.force_ssl']; },
  'TLS 1.1 is accepted': r => { r.Parameters.Properties.Parameters.ssl_min_protocol_version = 'TLSv1.1'; },
  'there are no parameters': r => { delete r.Parameters.Properties.Parameters; },
  'no cluster uses the group': r => { r.Db.Properties.DBClusterParameterGroupName = 'default.aurora-postgresql17'; },
});
provePredicate(controls.DB_AUDIT_PARAMETERS, PARAMETERS, {
  'pgaudit is not loaded': r => { r.Parameters.Properties.Parameters.shared_preload_libraries = 'pg_stat_statements'; },
  'a library has a similar name': r => { r.Parameters.Properties.Parameters.shared_preload_libraries = 'pgaudit2'; },
  'roles are not audited': r => { r.Parameters.Properties.Parameters['pgaudit.log'] = 'ddl'; },
  'roles are left out of all': r => { r.Parameters.Properties.Parameters['pgaudit.log'] = 'all,-role'; },
  'connections are not logged': r => { r.Parameters.Properties.Parameters.log_connections = '0'; },
  'disconnections are not logged': r => { delete r.Parameters.Properties.Parameters.log_disconnections; },
  'statements are not logged': r => { r.Parameters.Properties.Parameters.log_statement = 'none'; },
  'there are no parameters': r => { delete r.Parameters.Properties.Parameters; },
});

const INGRESS = { IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440, SourceSecurityGroupId: { 'Fn::GetAtt': ['App', 'GroupId'] } };
const GROUP = {
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }], SecurityGroupIngress: [INGRESS] },
  },
  Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { ...INGRESS, GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] } } },
  ...CLUSTER,
};
provePredicate(controls.DB_INGRESS, GROUP, {
  'addresses are let in': r => { r.Group.Properties.SecurityGroupIngress = [{ IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440, CidrIp: '10.0.0.0/8' }]; },
  'addresses are let in by a rule apart': r => { delete r.Ingress.Properties.SourceSecurityGroupId; r.Ingress.Properties.CidrIpv6 = '::/0'; },
  'another port is open': r => { r.Group.Properties.SecurityGroupIngress[0].FromPort = r.Group.Properties.SecurityGroupIngress[0].ToPort = 22; },
  'a range of ports is open': r => { r.Ingress.Properties.ToPort = 6000; },
  'every protocol is let in': r => { r.Ingress.Properties.IpProtocol = '-1'; },
  'no cluster is behind the group': r => { r.Db.Properties.VpcSecurityGroupIds = []; },
});
provePredicate(controls.DB_NO_EGRESS, GROUP, {
  'no rule is said, which allows everything': r => { delete r.Group.Properties.SecurityGroupEgress; },
  'everything is allowed': r => { r.Group.Properties.SecurityGroupEgress = [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]; },
  'one thing more is allowed': r => { r.Group.Properties.SecurityGroupEgress.push({ CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }); },
  'a rule apart allows something': r => { r.Out = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIp: '10.0.0.0/8' } }; },
});

const publishes = (Action: any) => ({ Effect: 'Allow', Principal: { Service: 'events.rds.amazonaws.com' }, Action, Resource: '*' });
provePredicate(controls.DB_EVENTS, {
  ...CLUSTER,
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['TopicKey', 'Arn'] } } },
  TopicPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [publishes('sns:Publish')] } } },
  TopicKey: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [publishes(['kms:Decrypt', 'kms:GenerateDataKey*'])] } } },
}, {
  'RDS may not publish': r => { r.TopicPolicy.Properties.PolicyDocument.Statement = []; },
  "RDS may not use the topic's key": r => { r.TopicKey.Properties.KeyPolicy.Statement[0].Action = 'kms:Decrypt'; },
});
