// What AWS says of AWS Backup: how its jobs end, which calls weaken it, and what it calls to back something up.

/** States in which a job or a recovery point ends badly. Source: AWS Backup developer guide, "Monitoring AWS Backup events using EventBridge". */
export const ENDED_BADLY = ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'];

/** Events that tell how backups end. Source: as above. */
export const JOB_EVENTS = ['Backup Job State Change', 'Copy Job State Change', 'Restore Job State Change', 'Recovery Point State Change'];

/** Calls that delete backups or weaken their protection. Source: AWS Backup API reference. */
export const TAMPERING = [
  'DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent', 'DeleteBackupVault',
  'PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'PutBackupVaultLockConfiguration', 'DeleteBackupVaultLockConfiguration',
  'DeleteBackupVaultNotifications', 'UpdateBackupPlan', 'DeleteBackupPlan', 'DeleteBackupSelection',
];

/**
 * Actions on a resource that AWS Backup calls to back it up continuously: a role that has one is for the backup of that resource.
 * Source: AWS managed policies AWSBackupServiceRolePolicyForBackup and AWSBackupServiceRolePolicyForS3Backup.
 */
export const BACKS_UP_CONTINUOUSLY = ['rds:ModifyDBCluster', 's3:PutInventoryConfiguration'];

/** As above, for any backup. */
export const BACKS_UP = [...BACKS_UP_CONTINUOUSLY, 'dynamodb:StartAwsBackupJob', 'ec2:CreateSnapshot', 'elasticfilesystem:Backup'];

/** The policies that AWS keeps for backups of what is not known beforehand. Source: as above. */
export const BACKUP_POLICIES = ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'];
