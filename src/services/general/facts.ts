// Actions by which a protection is taken away.

const of = (service: string, ...actions: string[]) => actions.map(action => `${service}:${action}`);

/**
 * What is called to delete, stop or change a resource of each type, or who hears of it.
 *
 * Source: the actions of access level "write" and "permissions management" in the service authorization reference that change the
 * resource itself, and not what is in it.
 */
export const MANAGEMENT: Record<string, readonly string[]> = {
  'AWS::SNS::Topic': of('sns', 'DeleteTopic', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'Unsubscribe',
    'SetSubscriptionAttributes', 'PutDataProtectionPolicy'),
  'AWS::Logs::LogGroup': of('logs', 'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteRetentionPolicy',
    'PutLogGroupDeletionProtection', 'PutSubscriptionFilter', 'DeleteSubscriptionFilter', 'PutMetricFilter', 'DeleteMetricFilter',
    'PutResourcePolicy', 'AssociateKmsKey', 'DisassociateKmsKey', 'PutDataProtectionPolicy', 'PutTransformer', 'CreateExportTask'),
  'AWS::CloudTrail::Trail': of('cloudtrail', 'StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors'),
  'AWS::CloudWatch::Alarm': of('cloudwatch', 'DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm', 'SetAlarmState', 'PutAlarmMuteRule'),
  'AWS::Events::Rule': of('events', 'DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets'),
  'AWS::Config::ConfigurationRecorder': of('config', 'StopConfigurationRecorder', 'DeleteConfigurationRecorder', 'PutConfigurationRecorder',
    'DeleteDeliveryChannel', 'PutDeliveryChannel', 'PutAggregationAuthorization', 'DeleteRetentionConfiguration', 'PutRetentionConfiguration'),
  'AWS::GuardDuty::Detector': of('guardduty', 'DeleteDetector', 'UpdateDetector', 'CreateFilter', 'UpdateFilter', 'ArchiveFindings',
    'UpdateFindingsFeedback', 'CreateIPSet', 'UpdateIPSet', 'CreateTrustedEntitySet', 'UpdateTrustedEntitySet', 'DeletePublishingDestination',
    'UpdatePublishingDestination', 'CreatePublishingDestination', 'AcceptAdministratorInvitation', 'AcceptInvitation'),
  'AWS::RDS::DBCluster': [
    ...of('rds', 'DeleteDBCluster', 'ModifyDBCluster', 'AddRoleToDBCluster', 'DeleteDBClusterAutomatedBackup', 'EnableHttpEndpoint'),
    // of the secret that RDS keeps for the cluster
    ...of('secretsmanager', 'DeleteSecret', 'PutResourcePolicy', 'DeleteResourcePolicy', 'RotateSecret', 'CancelRotateSecret',
      'ReplicateSecretToRegions'),
  ],
  'AWS::Backup::BackupVault': of('backup', 'DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'DisassociateRecoveryPoint',
    'DeleteBackupVault', 'PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'PutBackupVaultLockConfiguration',
    'DeleteBackupVaultLockConfiguration', 'PutBackupVaultNotifications', 'DeleteBackupVaultNotifications'),
  'AWS::Backup::BackupPlan': of('backup', 'UpdateBackupPlan', 'DeleteBackupPlan', 'CreateBackupSelection', 'DeleteBackupSelection'),
};

/** Services of which there is one in a region, or whose actions know no resources, so that `*` means ours. */
export const ONE_IN_A_REGION = ['AWS::Config::ConfigurationRecorder', 'AWS::GuardDuty::Detector', 'AWS::CloudTrail::Trail'];

/**
 * Services that take a role to change a resource for us, by its type: AWS Backup prepares a cluster for its continuous backup.
 *
 * Source: AWS managed policy AWSBackupServiceRolePolicyForBackup.
 */
export const KEEPERS: Record<string, string> = { 'AWS::RDS::DBCluster': 'backup.amazonaws.com' };
