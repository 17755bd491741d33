// A cluster as the controls want it, with what is around it.
import type { Json } from '../../../src/core/values';

const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
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
const subscription = (SourceType: string, EventCategories: string[], SourceIds?: Json[]) => ({
  Type: 'AWS::RDS::EventSubscription',
  Properties: { Enabled: true, SourceType, EventCategories, SourceIds, SnsTopicArn: { Ref: 'Topic' } },
});

export const CLUSTER = {
  Db: {
    Type: 'AWS::RDS::DBCluster',
    DependsOn: ['Log', 'IamLog'],
    Properties: {
      DBClusterIdentifier: { 'Fn::Join': ['', NAME] },
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
