// Databases and backups.
import { cases, cdkNag, cfnLint, checkov, Fixture, guard, of, one, ref, trivy } from './support';

const CLUSTER = 'AWS::RDS::DBCluster';
const INSTANCE = 'AWS::RDS::DBInstance';
const AURORA = { Engine: 'aurora-postgresql' };
const cluster = (properties: Fixture = {}) => one(CLUSTER, { ...AURORA, ...properties });
const instance = (properties: Fixture = {}) => one(INSTANCE, { DBInstanceClass: 'db.t4g.medium', ...properties });
const withInstance = (properties: Fixture) => one(CLUSTER, AURORA, { Member: of(INSTANCE, { DBClusterIdentifier: ref('Judged'), ...properties }) });
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/of-the-shop';
const ROLE = 'arn:aws:iam::111122223333:role/monitoring';
const selects = (...resources: unknown[]) => one('AWS::Backup::BackupSelection', {
  BackupPlanId: 'plan',
  BackupSelection: { SelectionName: 'all', IamRoleArn: 'arn:aws:iam::111122223333:role/backup', Resources: resources },
}, { Db: of(INSTANCE) });

export const RDS = [
  ...cases(guard('amazon_rds/tests/rds_storage_encrypted_tests.yml', 'RDS_STORAGE_ENCRYPTED'), 'DB-01', {
    pass: { 'encrypted, with the key of AWS': cluster({ StorageEncrypted: 'true' }) },
    fail: { 'not encrypted': cluster({ StorageEncrypted: 'false' }), 'nothing is said': cluster() },
  }),
  ...cases(trivy('rds/encrypt_cluster_storage_data.yaml', 'AWS-0079'), 'DB-01', {
    pass: { 'encrypted with a key': cluster({ StorageEncrypted: true, KmsKeyId: KEY_ARN }) },
    fail: { 'not encrypted': cluster({ StorageEncrypted: false }) },
  }),
  ...cases(checkov('test_AuroraEncryption.py', 'CKV_AWS_96'), 'DB-01', {
    fail: { 'not encrypted': cluster({ StorageEncrypted: false }) },
  }),
  ...cases(checkov('test_RDSClusterIAMAuthentication.py', 'CKV_AWS_162'), 'DB-03', {
    pass: { on: cluster({ EnableIAMDatabaseAuthentication: true }) },
    fail: { 'nothing is said': cluster(), 'off': cluster({ EnableIAMDatabaseAuthentication: false }) },
  }),
  ...cases(cdkNag('RDS.test.ts', 'AuroraMySQLPostgresIAMAuth'), 'DB-03', {
    pass: { on: cluster({ EnableIAMDatabaseAuthentication: true }) }, fail: { 'nothing is said': cluster() },
  }),
  ...cases(cdkNag('RDS.test.ts', 'RDSLoggingEnabled'), 'DB-05', {
    pass: { 'the log of PostgreSQL': cluster({ EnableCloudwatchLogsExports: ['postgresql'] }) }, fail: { 'nothing is said': cluster() },
  }),
  ...cases(cdkNag('RDS.test.ts', 'RDSInstanceDeletionProtectionEnabled'), 'DB-06', {
    pass: { on: cluster({ DeletionProtection: true }) },
    fail: { 'off': cluster({ DeletionProtection: false }), 'nothing is said': cluster() },
  }),
  ...cases(trivy('rds/specify_backup_retention.rego', 'AWS-0077'), 'DB-08', {
    pass: { 'a month': cluster({ BackupRetentionPeriod: 30 }), 'two days': cluster({ BackupRetentionPeriod: 2 }) },
    fail: { 'nothing is said': cluster(), 'one day': cluster({ BackupRetentionPeriod: 1 }) },
  }),
  ...cases(guard('amazon_rds/tests/rds_cluster_master_user_password_no_plaintext_password_tests.yml', 'RDS_CLUSTER_MASTER_USER_PASSWORD_NO_PLAINTEXT_PASSWORD'), 'DB-09', {
    pass: { 'a reference to a secret': cluster({ MasterUserPassword: '{{resolve:secretsmanager:shop::password}}' }), 'no password': cluster() },
    fail: {
      'in plain text': cluster({ MasterUserPassword: 'opensesame' }),
      'a parameter with a default': {
        Parameters: { P: { Type: 'String', NoEcho: true, Default: 'opensesame' } },
        Resources: cluster({ MasterUserPassword: ref('P') }),
      },
    },
  }),
  ...cases(cdkNag('RDS.test.ts', 'RDSNonDefaultPort'), 'DB-11', {
    pass: { 'another port': cluster({ Port: 42 }) },
    fail: {
      'nothing is said': cluster(),
      'the port of MySQL': one(CLUSTER, { Engine: 'aurora', EngineMode: 'provisioned', Port: 3306 }),
      'the port of PostgreSQL, serverless': cluster({ EngineMode: 'serverless', Port: 5432 }),
    },
  }),
  ...cases(trivy('rds/enable_performance_insights.yaml', 'AWS-0133'), 'DB-12', {
    pass: { 'the instance has Performance Insights and a key': withInstance({ EnablePerformanceInsights: true, PerformanceInsightsKMSKeyId: KEY_ARN }) },
    fail: { 'the instance has none': withInstance({ EnablePerformanceInsights: false }) },
  }),
  ...cases(trivy('rds/performance_insights_encryption_customer_key.yaml', 'AWS-0078'), 'DB-12', {
    fail: { 'the instance has no key for them': withInstance({ EnablePerformanceInsights: true }) },
  }),
  ...cases(guard('amazon_rds/tests/rds_instance_public_access_check_tests.yml', 'RDS_INSTANCE_PUBLIC_ACCESS_CHECK'), 'DB-02', {
    pass: { 'off, as text': instance({ PubliclyAccessible: 'false' }) },
    fail: { 'on, as text': instance({ PubliclyAccessible: 'true' }), 'nothing is said': instance() },
  }),
  ...cases(checkov('test_RDSPubliclyAccessible.py', 'CKV_AWS_17'), 'DB-02', {
    pass: { off: instance({ PubliclyAccessible: false }) }, fail: { on: instance({ PubliclyAccessible: true }) },
  }),
  ...cases(trivy('rds/disable_public_access.yaml', 'AWS-0180'), 'DB-02', {
    pass: { off: instance({ PubliclyAccessible: false }) }, fail: { on: instance({ PubliclyAccessible: true }) },
  }),
  ...cases(guard('amazon_rds/tests/rds_automatic_minor_version_upgrade_enabled_tests.yml', 'RDS_AUTOMATIC_MINOR_VERSION_UPGRADE_ENABLED'), 'DB-07', {
    pass: { 'on, as text': instance({ AutoMinorVersionUpgrade: 'true' }) },
    fail: { 'off, as text': instance({ AutoMinorVersionUpgrade: 'false' }), 'nothing is said': instance() },
  }),
  ...cases(cdkNag('RDS.test.ts', 'RDSAutomaticMinorVersionUpgradeEnabled'), 'DB-07', {
    pass: { 'nothing is said': instance(), 'on': instance({ AutoMinorVersionUpgrade: true }) },
    fail: { off: instance({ AutoMinorVersionUpgrade: false }) },
  }),
  ...cases(guard('amazon_rds/tests/rds_enhanced_monitoring_enabled_tests.yml', 'RDS_ENHANCED_MONITORING_ENABLED'), 'DB-13', {
    pass: { 'every second, by no role': instance({ MonitoringInterval: '1' }), 'every minute, by a role': instance({ MonitoringInterval: '60', MonitoringRoleArn: ROLE }) },
    fail: { 'never': instance({ MonitoringInterval: '0' }), 'nothing is said': instance() },
  }),
  ...cases(checkov('test_RDSEnhancedMonitorEnabled.py', 'CKV_AWS_118'), 'DB-13', {
    pass: { 'every five seconds, by a role': instance({ MonitoringInterval: 5, MonitoringRoleArn: ROLE }) },
    fail: { never: instance({ MonitoringInterval: 0 }) },
  }),
];

const kept = (policies: Fixture) => ({ Judged: { ...cluster().Judged, ...policies } });

export const GENERAL = [
  ...cases(cfnLint('UpdateReplacePolicyDeletionPolicyOnStatefulResourceTypes.py', 'I3011'), 'GEN-03', {
    pass: {
      'it is kept': kept({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Snapshot' }),
      'it is said to go': kept({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }),
    },
    fail: { 'nothing is said': kept({}), 'it is kept when the stack goes only': kept({ DeletionPolicy: 'Snapshot' }) },
  }),
];

export const BACKUP = [
  ...cases(checkov('test_BackupVaultEncrypted.py', 'CKV_AWS_166'), 'BKP-01', {
    pass: { 'a key': one('AWS::Backup::BackupVault', { EncryptionKeyArn: KEY_ARN }) },
    fail: { 'nothing is said': one('AWS::Backup::BackupVault', { BackupVaultName: 'shop' }) },
  }),
  ...cases(cdkNag('RDS.test.ts', 'RDSInBackupPlan'), 'BKP-07', {
    pass: { 'the database is selected': selects({ 'Fn::Sub': 'arn:aws:rds:eu-west-1:111122223333:db:${Db}' }) },
    missing: { 'nothing is selected': one(INSTANCE) },
  }),
];
