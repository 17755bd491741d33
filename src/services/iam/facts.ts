// Facts about IAM: what AWS lets nobody name, what changes protections, and which policies of AWS some roles need.

/**
 * Actions on resources that nobody can name beforehand, or that AWS reads as a whole. By the service authorization reference and the
 * guides of the services.
 */
export const UNNAMEABLE: readonly { readonly actions: readonly string[]; readonly resource: RegExp }[] = [
  // Their resource is an optional helper, such as a dictionary or a model of one's own: without it they are checked against `*`.
  {
    actions: [
      'polly:SynthesizeSpeech', 'polly:StartSpeechSynthesisStream', 'translate:TranslateText', 'translate:TranslateDocument',
      'comprehend:DetectEntities', 'rekognition:DetectModerationLabels',
      'cloudwatch:PutMetricData', 'cloudwatch:GetMetricData', 'cloudwatch:ListMetrics',
    ],
    resource: /^\*$/,
  },
  // Lists: without a filter they are checked against all there are. What they tell is names and settings.
  { actions: ['rds:Describe*', 'rds:ListTagsForResource'], resource: /^(\*|arn:[^:]*:rds:[^:]*:[^:*?]+:\*)$/ },
  { actions: ['elasticfilesystem:DescribeFileSystems', 'elasticfilesystem:DescribeAccessPoints'], resource: /^\*$/ },
  { actions: ['states:DescribeStateMachine', 'states:DescribeActivity'], resource: /^\*$/ }, // as the CDK's `grantRead` of a state machine
  // The image of GuardDuty's agent: each region has an account of AWS for it, which only the deployment knows.
  {
    actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    resource: /^arn:[^:]*:ecr:[^:*?]+:[^:*?]+:repository\/aws-guardduty-agent-fargate$/,
  },
  // AWS makes up their names.
  { actions: ['backup:TagResource'], resource: /^arn:[^:]*:backup:[^:]*:[^:*?]+:recovery-point:\*$/ },
  { actions: ['rds:DeleteDBClusterAutomatedBackup'], resource: /^arn:[^:]*:rds:[^:]*:[^:*?]+:cluster-auto-backup:\*$/ },
  { actions: ['ec2:CreateSnapshot', 'ec2:CreateTags', 'ec2:DeleteSnapshot'], resource: /^arn:[^:]*:ec2:[^:*?]+::snapshot\/\*$/ },
  {
    actions: ['ssm:StartAutomationExecution', 'ssm:GetAutomationExecution'],
    resource: /^arn:[^:]*:ssm:[^:*?]+:[^:*?]+:automation-execution\/\*$/,
  },
];

/** Services whose ARNs have a name where those of others have a type. (Service authorization reference, resource types.) */
export const UNTYPED = [
  's3', 'sns', 'sqs', 'codecommit', 'codepipeline', 'execute-api', 'neptune-db', 'mapcredits', 'wafv2', 'servicequotas',
];

/** What AWS itself owns and everybody may use: models, public documents and parameters. Their ARNs have no account. */
export const OF_AWS = /^arn:[^:]*:(bedrock|ssm):[^:]*::/;

/** Policies of AWS that are about everything of a service, or of the account. */
export const WIDE_POLICIES =
  /^(job-function\/.*|ReadOnly.*|ViewOnly.*|SecurityAudit|IAM.*|.*Full.*Access.*|.*(Admin|PowerUser).*)$/;

/** Policies of AWS that a service needs as they are, with the reason. They are attached by a construct, for resources selected by tag. */
export const POLICIES_FOR_TAGGED: Record<string, readonly string[]> = {
  // What has the tag, and of which kind it is, is not known before the backup.
  'backup.amazonaws.com': ['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup'],
};

const of = (service: string, ...actions: string[]) => actions.map(a => `${service}:${a}`);

/** What changes who may do what, or changes or stops a protection. */
export const MANAGEMENT: readonly string[] = [
  // rights: all of IAM that is not reading, bar PassRole, which has a control of its own
  ...of('iam', 'Add*', 'Attach*', 'Change*', 'Create*', 'Deactivate*', 'Delete*', 'Detach*', 'Disable*', 'Enable*', 'Put*', 'Remove*',
    'Reset*', 'Resync*', 'Set*', 'Tag*', 'Untag*', 'Update*', 'Upload*'),
  ...of('organizations', 'Attach*', 'Create*', 'Delete*', 'Deregister*', 'Detach*', 'Disable*', 'Enable*', 'Leave*', 'Move*', 'Put*',
    'Register*', 'Remove*', 'Update*'),
  ...of('account', 'Close*', 'Delete*', 'Disable*', 'Enable*', 'Put*'),
  ...of('sso', 'Attach*', 'Create*', 'Delete*', 'Detach*', 'Put*', 'Update*'),
  ...of('ram', 'Associate*', 'Create*', 'Enable*', 'Update*'),
  ...of('sts', 'AssumeRoot', 'GetFederationToken'),
  ...of('rolesanywhere', 'Create*', 'Update*', 'Enable*', 'Import*'),
  ...of('lakeformation', 'Grant*', 'BatchGrant*', 'PutDataLakeSettings'),
  // storage
  ...of('s3', 'PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketAcl', 'PutBucketPublicAccessBlock', 'PutAccountPublicAccessBlock',
    'PutBucketOwnershipControls', 'PutEncryptionConfiguration', 'PutLifecycleConfiguration', 'PutBucketVersioning',
    'PutBucketObjectLockConfiguration', 'PutBucketLogging', 'PutReplicationConfiguration', 'PutBucketNotification',
    'PutInventoryConfiguration', 'PutAnalyticsConfiguration', 'PutBucketWebsite', 'DeleteBucket',
    'DeleteBucketWebsite', 'BypassGovernanceRetention', 'ObjectOwnerOverrideToBucketOwner', 'CreateAccessPoint',
    'CreateAccessPointForObjectLambda', 'CreateMultiRegionAccessPoint', 'PutAccessPointPolicy', 'DeleteAccessPointPolicy',
    'PutAccessPointPolicyForObjectLambda', 'PutAccessPointConfigurationForObjectLambda', 'PutMultiRegionAccessPointPolicy',
    'PutAccessPointPublicAccessBlock', 'PutStorageLensConfiguration', 'CreateAccessGrant', 'CreateAccessGrantsInstance',
    'CreateAccessGrantsLocation', 'PutAccessGrantsInstanceResourcePolicy', 'UpdateAccessGrantsLocation'),
  ...of('ebs', 'GetSnapshotBlock'),
  ...of('dynamodb', 'DeleteTable', 'UpdateTable', 'DeleteBackup', 'UpdateContinuousBackups', 'UpdateTimeToLive', 'PutResourcePolicy',
    'DeleteResourcePolicy', 'ExportTableToPointInTime', 'CreateTableReplica', 'UpdateGlobalTable'),
  ...of('rds', 'DeleteDB*', 'ModifyDB*', 'StartExportTask', 'AddRoleTo*', 'ModifyIntegration', 'CreateIntegration',
    'CreateCustomDB*', 'DisableHttpEndpoint', 'EnableHttpEndpoint', 'RebootDB*', 'ResetDB*', 'StopDB*', 'RestoreDB*', 'CopyDB*'),
  ...of('elasticfilesystem', 'PutFileSystemPolicy', 'DeleteFileSystemPolicy', 'DeleteFileSystem', 'PutBackupPolicy',
    'PutLifecycleConfiguration', 'CreateReplicationConfiguration'),
  ...of('backup', 'Delete*', 'PutBackupVault*', 'UpdateRecoveryPointLifecycle', 'Disassociate*', 'UpdateBackupPlan', 'UpdateRegionSettings',
    'UpdateGlobalSettings', 'StartCopyJob', 'StartRestoreJob', 'StopBackupJob', 'CreateLogicallyAirGapped*', 'Create*Vault*'),
  // keys and secrets
  ...of('kms', 'PutKeyPolicy', 'ScheduleKeyDeletion', 'DisableKey', 'DisableKeyRotation', 'DeleteImportedKeyMaterial', 'ImportKeyMaterial',
    'DeleteAlias', 'UpdateAlias', 'RetireGrant', 'RevokeGrant', 'UpdatePrimaryRegion', 'ReplicateKey', 'DeleteCustomKeyStore',
    'DisconnectCustomKeyStore', 'UpdateCustomKeyStore'),
  ...of('secretsmanager', 'PutResourcePolicy', 'DeleteResourcePolicy', 'DeleteSecret', 'CancelRotateSecret', 'ReplicateSecretToRegions',
    'RemoveRegionsFromReplication', 'StopReplicationToReplica'),
  ...of('acm', 'DeleteCertificate', 'ExportCertificate'),
  // evidence
  ...of('cloudtrail', 'StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors', 'PutInsightSelectors', 'PutEventConfiguration',
    'DeleteEventDataStore', 'UpdateEventDataStore', 'StopEventDataStoreIngestion', 'DeregisterOrganizationDelegatedAdmin'),
  ...of('logs', 'DeleteLogGroup', 'DeleteLogStream', 'PutRetentionPolicy', 'DeleteRetentionPolicy', 'AssociateKmsKey', 'DisassociateKmsKey',
    'PutResourcePolicy', 'DeleteResourcePolicy', 'PutSubscriptionFilter', 'DeleteSubscriptionFilter', 'PutMetricFilter',
    'DeleteMetricFilter', 'PutDestination', 'PutDestinationPolicy', 'PutAccountPolicy', 'DeleteAccountPolicy', 'PutDataProtectionPolicy',
    'DeleteDataProtectionPolicy', 'CreateExportTask', 'PutTransformer', 'DeleteTransformer', 'Unmask', 'PutLogGroupDeletionProtection'),
  ...of('cloudwatch', 'DeleteAlarms', 'DisableAlarmActions', 'PutMetricAlarm', 'PutCompositeAlarm', 'SetAlarmState', 'DeleteInsightRules',
    'DisableInsightRules', 'PutMetricStream', 'PutAlarmMuteRule'),
  ...of('events', 'DeleteRule', 'DisableRule', 'PutRule', 'PutTargets', 'RemoveTargets', 'PutPermission', 'RemovePermission'),
  ...of('config', 'Delete*', 'PutConfigurationRecorder', 'PutDeliveryChannel', 'PutConfigRule', 'PutRetentionConfiguration',
    'StopConfigurationRecorder', 'PutRemediation*', 'Disassociate*', 'Associate*'),
  ...of('guardduty', 'Create*', 'Delete*', 'Disable*', 'Disassociate*', 'Stop*', 'Update*', 'Archive*'),
  ...of('securityhub', 'BatchDisable*', 'BatchUpdate*', 'Create*', 'Delete*', 'Disable*', 'Disassociate*', 'Update*'),
  ...of('access-analyzer', 'CreateArchiveRule', 'DeleteAnalyzer', 'UpdateArchiveRule', 'UpdateFindings', 'ApplyArchiveRule'),
  ...of('inspector2', 'Disable*', 'Delete*', 'CreateFilter', 'Update*'),
  ...of('macie2', 'Disable*', 'Delete*', 'Update*', 'CreateFindingsFilter'),
  ...of('sns', 'SetTopicAttributes', 'AddPermission', 'RemovePermission', 'DeleteTopic', 'Unsubscribe', 'SetSubscriptionAttributes',
    'PutDataProtectionPolicy'),
  ...of('sqs', 'SetQueueAttributes', 'AddPermission', 'RemovePermission', 'DeleteQueue'),
  // networks and their edge
  ...of('ec2', 'Accept*', 'Associate*', 'Attach*', 'Authorize*', 'CreateRoute', 'CreateNetworkAclEntry', 'CreateVpcPeeringConnection',
    'CreateVpcEndpoint', 'CreateTransitGateway*', 'CreateInstanceConnectEndpoint', 'DeleteFlowLogs', 'DeleteNetworkAcl*', 'DeleteRoute*',
    'DeleteSecurityGroup', 'DeleteSnapshot', 'DeleteVpcEndpoints', 'DisableEbs*', 'DisableImageBlock*', 'DisableSnapshotBlock*',
    'Disassociate*', 'ModifyImageAttribute', 'ModifyInstance*', 'ModifyNetworkInterfaceAttribute', 'ModifySecurityGroupRules',
    'ModifySnapshotAttribute', 'ModifySubnetAttribute', 'ModifyVpc*', 'Replace*', 'ResetSnapshotAttribute', 'Revoke*',
    'UpdateSecurityGroupRule*', 'ModifyEbsDefaultKmsKeyId', 'CreateNetworkInterfacePermission'),
  ...of('elasticloadbalancing', 'AddListenerCertificates', 'RemoveListenerCertificates', 'CreateListener', 'CreateRule', 'DeleteListener',
    'DeleteLoadBalancer', 'DeleteRule', 'ModifyListener*', 'ModifyLoadBalancerAttributes', 'ModifyRule', 'ModifyTargetGroup*',
    'SetRulePriorities', 'SetSecurityGroups', 'SetSubnets', 'SetWebAcl', 'ModifyTrustStore'),
  ...of('wafv2', 'AssociateWebACL', 'Delete*', 'DisassociateWebACL', 'Put*', 'Update*'),
  ...of('route53', 'DeleteHostedZone', 'DisableHostedZoneDNSSEC', 'DeleteQueryLoggingConfig'),
  // what runs
  ...of('ecr', 'SetRepositoryPolicy', 'DeleteRepository*', 'PutImageTagMutability', 'PutImageScanningConfiguration', 'PutLifecyclePolicy',
    'DeleteLifecyclePolicy', 'PutRegistry*', 'DeleteRegistryPolicy', 'PutReplicationConfiguration'),
  ...of('ecs', 'ExecuteCommand', 'RegisterTaskDefinition', 'UpdateService', 'CreateService', 'UpdateCluster*', 'PutAccountSetting*',
    'DeleteCluster', 'DeleteService'),
  ...of('lambda', 'AddPermission', 'RemovePermission', 'AddLayerVersionPermission', 'UpdateFunctionCode', 'UpdateFunctionConfiguration',
    'CreateFunctionUrlConfig', 'UpdateFunctionUrlConfig', 'PutResourcePolicy', 'DeleteFunction*'),
  ...of('ssm', 'SendCommand', 'StartSession', 'StartAutomationExecution', 'ModifyDocumentPermission', 'PutResourcePolicy',
    'UpdateDocument*', 'UpdateServiceSetting', 'CreateAssociation*'),
  ...of('cloudformation', 'CreateStack*', 'UpdateStack*', 'DeleteStack*', 'CreateChangeSet', 'ExecuteChangeSet', 'SetStackPolicy',
    'UpdateTerminationProtection'),
];

/** The policy of a resource of any service. */
export const RESOURCE_POLICY = new RegExp('^[\\w-]+:(Add|Attach|Create|Delete|Detach|Put|Remove|Set|Update)'
  + '(\\w*(Resource|Access|Sharing|Bucket|Vault|Domain|Repository)Policy|Permissions?)$', 'i');

/** What the roles of the library that a service takes change, and what for. */
export const DECLARED: Record<string, readonly string[]> = {
  // It hears of changes to buckets, lists them, turns continuous backup on and off, and removes the backups that it made.
  'backup.amazonaws.com': [
    's3:PutInventoryConfiguration', 's3:PutBucketNotification', 'rds:ModifyDBCluster', 'rds:CopyDBClusterSnapshot',
    'rds:DeleteDBClusterSnapshot', 'rds:DeleteDBClusterAutomatedBackup', 'ec2:DeleteSnapshot', 'dynamodb:DeleteBackup',
    'events:PutRule', 'events:DeleteRule', 'events:DisableRule', 'events:PutTargets', 'events:RemoveTargets',
  ],
  // The runbook takes the rules out of the default security group.
  'ssm.amazonaws.com': ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress', 'ssm:StartAutomationExecution'],
  // It makes its log group, with a retention.
  'monitoring.rds.amazonaws.com': ['logs:PutRetentionPolicy'],
  // The scanner hears of uploads by a rule of its own.
  'malware-protection-plan.guardduty.amazonaws.com': [
    's3:PutBucketNotification', 'events:PutRule', 'events:DeleteRule', 'events:PutTargets', 'events:RemoveTargets',
  ],
};

/** Types of IAM, beside roles and their policies, that have nothing to do with what a role may do or who takes it. */
export const INDIFFERENT = [
  'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::UserPolicy', 'AWS::IAM::GroupPolicy',
  'AWS::IAM::UserToGroupAddition', 'AWS::IAM::AccessKey', 'AWS::IAM::OIDCProvider', 'AWS::IAM::SAMLProvider', 'AWS::IAM::ServerCertificate',
  'AWS::IAM::ServiceLinkedRole', 'AWS::IAM::VirtualMFADevice', 'AWS::IAM::InstanceProfile', 'AWS::IAM::Policy',
];

/** What hands a role to somebody: instances, certificates, users of an app, pods. */
export const HANDS_OUT: Record<string, string> = {
  'AWS::IAM::InstanceProfile': 'Roles',
  'AWS::RolesAnywhere::Profile': 'RoleArns',
  'AWS::Cognito::IdentityPoolRoleAttachment': 'Roles',
  'AWS::EKS::PodIdentityAssociation': 'RoleArn',
};
