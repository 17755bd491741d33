// Backups, audit and detection of both programs by hand. Each part makes its resources in a scope and returns them.
const backup = require('aws-cdk-lib/aws-backup');
const cloudtrail = require('aws-cdk-lib/aws-cloudtrail');
const cloudwatch = require('aws-cdk-lib/aws-cloudwatch');
const config = require('aws-cdk-lib/aws-config');
const guardduty = require('aws-cdk-lib/aws-guardduty');
const iam = require('aws-cdk-lib/aws-iam');
const logs = require('aws-cdk-lib/aws-logs');
const { ArnFormat, Aws, Duration } = require('aws-cdk-lib/core');
const { RETAIN, allow, arn, fromArn, named, ofAccount, via } = require('./stack');

/** The alarms of the CIS benchmark. */
const PATTERNS = [
  ['UnauthorizedCalls', 'CIS 5.1: an API call was refused',
    '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress!="delivery.logs.amazonaws.com") && ($.eventName!="HeadBucket") }'],
  ['ConsoleWithoutMfa', 'CIS 5.2: somebody signed in to the console without MFA',
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }'],
  ['RootUse', 'CIS 5.3: the root user did something',
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }'],
  ['IamPolicyChanges', 'CIS 5.4: an IAM policy was changed',
    '{($.eventSource=iam.amazonaws.com) && (($.eventName=DeleteGroupPolicy)||($.eventName=DeleteRolePolicy)||($.eventName=DeleteUserPolicy)||($.eventName=PutGroupPolicy)||($.eventName=PutRolePolicy)||($.eventName=PutUserPolicy)||($.eventName=CreatePolicy)||($.eventName=DeletePolicy)||($.eventName=CreatePolicyVersion)||($.eventName=DeletePolicyVersion)||($.eventName=AttachRolePolicy)||($.eventName=DetachRolePolicy)||($.eventName=AttachUserPolicy)||($.eventName=DetachUserPolicy)||($.eventName=AttachGroupPolicy)||($.eventName=DetachGroupPolicy))}'],
  ['TrailChanges', 'CIS 5.5: a trail was changed or stopped',
    '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }'],
  ['FailedConsoleLogins', 'CIS 5.6: a sign-in to the console failed',
    '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }'],
  ['KeyDeletion', 'CIS 5.7: a KMS key was disabled or scheduled for deletion',
    '{($.eventSource = kms.amazonaws.com) && (($.eventName=DisableKey)||($.eventName=ScheduleKeyDeletion)) }'],
  ['BucketPolicyChanges', 'CIS 5.8: the policy, ACL, CORS, lifecycle or replication of a bucket was changed',
    '{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketAcl) || ($.eventName = PutBucketPolicy) || ($.eventName = PutBucketCors) || ($.eventName = PutBucketLifecycle) || ($.eventName = PutBucketReplication) || ($.eventName = DeleteBucketPolicy) || ($.eventName = DeleteBucketCors) || ($.eventName = DeleteBucketLifecycle) || ($.eventName = DeleteBucketReplication)) }'],
  ['ConfigChanges', 'CIS 5.9: AWS Config was changed or stopped',
    '{ ($.eventSource = config.amazonaws.com) && (($.eventName=StopConfigurationRecorder)||($.eventName=DeleteDeliveryChannel)||($.eventName=PutDeliveryChannel)||($.eventName=PutConfigurationRecorder)) }'],
  ['SecurityGroupChanges', 'CIS 5.10: a security group was changed',
    '{ ($.eventName = AuthorizeSecurityGroupIngress) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = RevokeSecurityGroupIngress) || ($.eventName = RevokeSecurityGroupEgress) || ($.eventName = CreateSecurityGroup) || ($.eventName = DeleteSecurityGroup) || ($.eventName = ModifySecurityGroupRules) }'],
  ['NetworkAclChanges', 'CIS 5.11: a network ACL was changed',
    '{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }'],
  ['GatewayChanges', 'CIS 5.12: a network gateway was changed',
    '{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }'],
  ['RouteTableChanges', 'CIS 5.13: a route table was changed',
    '{($.eventSource=ec2.amazonaws.com) && (($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable))}'],
  ['VpcChanges', 'CIS 5.14: a VPC was changed',
    '{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }'],
  ['OrganizationChanges', 'CIS 5.15: AWS Organizations was changed',
    '{ ($.eventSource = organizations.amazonaws.com) && (($.eventName = AcceptHandshake) || ($.eventName = AttachPolicy) || ($.eventName = CreateAccount) || ($.eventName = CreateOrganizationalUnit) || ($.eventName = CreatePolicy) || ($.eventName = DeclineHandshake) || ($.eventName = DeleteOrganization) || ($.eventName = DeleteOrganizationalUnit) || ($.eventName = DeletePolicy) || ($.eventName = DetachPolicy) || ($.eventName = DisablePolicyType) || ($.eventName = EnablePolicyType) || ($.eventName = InviteAccountToOrganization) || ($.eventName = LeaveOrganization) || ($.eventName = MoveAccount) || ($.eventName = RemoveAccountFromOrganization) || ($.eventName = UpdatePolicy) || ($.eventName = UpdateOrganizationalUnit)) }'],
];

/** The key of the backups. */
function backupKey(shop, scope) {
  const through = { 'kms:CallerAccount': Aws.ACCOUNT_ID, 'kms:ViaService': via('backup') };
  return shop.key(scope, 'BackupKey', 'Backups', shop.ids.backupKey, [
    shop.accountUses('UseThroughBackup', ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'], { StringEquals: through }),
    shop.accountUses('GrantThroughBackup', ['kms:CreateGrant'], {
      'StringEquals': through,
      'Bool': { 'kms:GrantIsForAWSResource': 'true' },
      'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' },
    }),
  ]);
}

/** What nobody may do to the backups. */
function vaultPolicy(shop) {
  const exempt = [
    `arn:${Aws.PARTITION}:iam::${shop.account}:role/cdk-hnb659fds-cfn-exec-role-${shop.account}-${shop.region}`,
    `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
  ];
  const deny = (sid, actions) => new iam.PolicyStatement({
    sid, effect: iam.Effect.DENY, principals: [new iam.StarPrincipal()], actions, resources: ['*'], conditions: { ArnNotLike: { 'aws:PrincipalArn': exempt } },
  });
  return new iam.PolicyDocument({
    statements: [
      deny('DenyDeletions', ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:PutBackupVaultAccessPolicy']),
      deny('DenyWeakening', [
        'backup:DisassociateRecoveryPoint', 'backup:DisassociateRecoveryPointFromParent', 'backup:DeleteBackupVault', 'backup:DeleteBackupVaultAccessPolicy',
        'backup:DeleteBackupVaultLockConfiguration', 'backup:PutBackupVaultLockConfiguration', 'backup:DeleteBackupVaultNotifications',
      ]),
    ],
  });
}

/** The role of the backups. */
function backupRole(shop, scope, { key, vaultArn }) {
  const clusterArn = shop.formatArn({ service: 'rds', resource: 'cluster', resourceName: shop.cluster.ref, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  const bucketArn = shop.dataBucket.bucketArn;
  const snapshots = arn('rds', 'cluster-snapshot:awsbackup:*');
  const forService = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
  const made = shop.role(scope, 'BackupRole', 'backup.amazonaws.com', { StringEquals: ofAccount() }, 'Backs up to one vault', [
    allow(['backup:DescribeBackupVault'], vaultArn),
    allow(['backup:TagResource'], arn('backup', 'recovery-point:*')),
    allow(['tag:GetResources'], '*'),
    allow(['kms:DescribeKey'], key.keyArn),
    allow(['kms:CreateGrant'], key.keyArn, forService),
    allow(['kms:Decrypt', 'kms:GenerateDataKey'], key.keyArn, { StringEquals: { 'kms:ViaService': via('backup') } }),
    allow(['rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'rds:DescribeDBClusterSnapshots', 'rds:DescribeDBClusterAutomatedBackups', 'rds:ListTagsForResource'], arn('rds', '*')),
    allow(['rds:ModifyDBCluster'], clusterArn),
    allow(['rds:CreateDBClusterSnapshot'], [clusterArn, snapshots]),
    allow(['rds:AddTagsToResource', 'rds:CopyDBClusterSnapshot', 'rds:DeleteDBClusterSnapshot'], snapshots),
    allow(['rds:DeleteDBClusterAutomatedBackup'], arn('rds', 'cluster-auto-backup:*')),
    allow(['kms:DescribeKey'], shop.dataKey.keyArn),
    allow(['kms:CreateGrant'], shop.dataKey.keyArn, forService),
    allow([
      's3:GetBucketTagging', 's3:GetInventoryConfiguration', 's3:PutInventoryConfiguration', 's3:ListBucketVersions', 's3:ListBucket', 's3:GetBucketVersioning',
      's3:GetBucketLocation', 's3:GetBucketAcl', 's3:GetBucketNotification', 's3:PutBucketNotification',
    ], bucketArn),
    allow(['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'], `${bucketArn}/*`),
    allow([
      'events:PutRule', 'events:DeleteRule', 'events:DescribeRule', 'events:EnableRule', 'events:DisableRule', 'events:PutTargets', 'events:RemoveTargets',
      'events:ListTargetsByRule',
    ], arn('events', 'rule/AwsBackupManagedRule*')),
    allow(['events:ListRules', 's3:ListAllMyBuckets', 'cloudwatch:GetMetricData'], '*'),
    allow(['kms:Decrypt'], shop.dataKey.keyArn, { StringEquals: { 'kms:ViaService': via('s3') } }),
  ]);
  return { ...made, resources: [clusterArn, bucketArn] };
}

/** A plan of backups. */
function plan(shop, scope, name, { logicalId, vaultName, roleMade, scheduleExpression, enableContinuousBackup }) {
  const made = new backup.CfnBackupPlan(scope, `${name}Plan`, {
    backupPlan: {
      backupPlanName: `Shop-${logicalId}`,
      backupPlanRule: [{
        ruleName: name,
        targetBackupVault: vaultName,
        scheduleExpression,
        scheduleExpressionTimezone: 'Etc/UTC',
        startWindowMinutes: 60,
        completionWindowMinutes: 720,
        enableContinuousBackup,
        lifecycle: { deleteAfterDays: 35 },
      }],
    },
  });
  const selection = new backup.CfnBackupSelection(scope, `${name}Selection`, {
    backupPlanId: made.attrBackupPlanId,
    backupSelection: { selectionName: 'Resources', iamRoleArn: roleMade.role.roleArn, resources: roleMade.resources },
  });
  selection.node.addDependency(roleMade.policy);
  return made;
}

/** Who hears of backups that fail, or that somebody tampers with. */
function backupNotifications(shop, scope, { vaultName, planIds }) {
  const ended = ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'];
  shop.notification(scope, 'BackupFailures', shop.ids.backupFailures,
    'Backups, copies and restores that failed, and recovery points that are incomplete or could not be removed',
    {
      'source': ['aws.backup'],
      'detail-type': ['Backup Job State Change', 'Copy Job State Change', 'Restore Job State Change', 'Recovery Point State Change'],
      'detail': { $or: [{ state: ended }, { status: ended }] },
    },
    { what: '$.detail-type', type: '$.detail.resourceType', state: '$.detail.state', status: '$.detail.status', account: '$.account', region: '$.region' },
    '<what> to <state><status>, resource of type <type>, in account <account>, region <region>. Open AWS Backup to see why.');
  shop.notification(scope, 'BackupTampering', shop.ids.backupTampering, 'Calls that delete backups or weaken their protection',
    {
      'source': ['aws.backup'],
      'detail-type': ['AWS API Call via CloudTrail'],
      'detail': {
        $or: [{ backupVaultName: [vaultName] }, { backupPlanId: planIds }].map(requestParameters => ({
          eventSource: ['backup.amazonaws.com'],
          eventName: [
            'DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent', 'DeleteBackupVault',
            'PutBackupVaultAccessPolicy', 'DeleteBackupVaultAccessPolicy', 'PutBackupVaultLockConfiguration', 'DeleteBackupVaultLockConfiguration',
            'DeleteBackupVaultNotifications', 'UpdateBackupPlan', 'DeleteBackupPlan', 'DeleteBackupSelection',
          ],
          requestParameters,
        })),
      },
    },
    { call: '$.detail.eventName', event: '$.detail.eventID', error: '$.detail.errorCode', account: '$.account', region: '$.region' },
    'Somebody called <call> of AWS Backup in account <account>, region <region>. Error, if it was refused: <error>. Find event <event> in CloudTrail.');
}

/** The name of the trail, which policies need before there is one. */
function trailNames(shop) {
  const trailName = `${named(shop.ids.trail)}-${shop.incarnation}`;
  return { trailName, trailArn: arn('cloudtrail', `trail/${trailName}`) };
}

/** The key of the audit's data. */
function auditKey(shop, scope) {
  const { trailArn } = trailNames(shop);
  shop.auditKey = shop.key(scope, 'AuditKey', 'Audit trail and configuration history', shop.ids.auditKey, [
    shop.serviceUses('CloudTrailEncrypts', 'cloudtrail.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], {
      ArnEquals: { 'aws:SourceArn': trailArn },
      StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:${Aws.PARTITION}:cloudtrail:*:${Aws.ACCOUNT_ID}:trail/*` },
    }),
    shop.serviceUses('CloudTrailUsesBucketKey', 'cloudtrail.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], {
      ArnEquals: { 'aws:SourceArn': trailArn }, ArnLike: { 'kms:EncryptionContext:aws:s3:arn': `arn:${Aws.PARTITION}:s3:::*` },
    }),
    shop.serviceUses('CloudTrailDescribes', 'cloudtrail.amazonaws.com', ['kms:DescribeKey'], { ArnEquals: { 'aws:SourceArn': trailArn } }),
    shop.useThrough('S3', 's3'),
    shop.serviceUses('ConfigDelivers', 'config.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], fromArn('ArnLike', arn('config', '*'))),
  ]);
}

/** The trail, with its bucket, log group and alarms. */
function trail(shop, scope) {
  const { trailName, trailArn } = trailNames(shop);
  const bucket = shop.bucket(scope, 'TrailBucket', {
    encryptionKey: shop.auditKey, plainWriter: 'cloudtrail.amazonaws.com', keepVersions: 365, denyDeletions: true, lockFor: Duration.days(365),
    logicalId: shop.ids.trailBucket,
  });
  bucket.addToResourcePolicy(shop.serviceUses('CloudTrailReadsAcl', 'cloudtrail.amazonaws.com', ['s3:GetBucketAcl'],
    { StringEquals: { 'aws:SourceArn': trailArn } }, [bucket.bucketArn]));
  bucket.addToResourcePolicy(shop.serviceUses('CloudTrailWrites', 'cloudtrail.amazonaws.com', ['s3:PutObject'],
    { StringEquals: { 'aws:SourceArn': trailArn, 's3:x-amz-acl': 'bucket-owner-full-control' } }, [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)]));
  const logGroup = shop.logGroup(scope, 'TrailLogs', { logicalId: shop.ids.trailLogs });
  const delivery = shop.role(scope, 'TrailRole', 'cloudtrail.amazonaws.com', fromArn('ArnEquals', trailArn), 'CloudTrail delivers events to CloudWatch Logs', [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'],
      arn('logs', `log-group:${logGroup.logGroupName}:log-stream:${Aws.ACCOUNT_ID}_CloudTrail_${Aws.REGION}*`)),
  ]);
  const made = new cloudtrail.CfnTrail(scope, 'Trail', {
    trailName,
    isLogging: true,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    kmsKeyId: shop.auditKey.keyArn,
    s3BucketName: bucket.bucketName,
    cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
    cloudWatchLogsRoleArn: delivery.role.roleArn,
    insightSelectors: [{ insightType: 'ApiCallRateInsight' }, { insightType: 'ApiErrorRateInsight' }],
    advancedEventSelectors: [
      { name: 'Management', fieldSelectors: [{ field: 'eventCategory', equalTo: ['Management'] }] },
      {
        name: 'S3',
        fieldSelectors: [
          { field: 'eventCategory', equalTo: ['Data'] },
          { field: 'resources.type', equalTo: ['AWS::S3::Object'] },
          { field: 'resources.ARN', notStartsWith: [`${bucket.bucketArn}/`, `${shop.logBucket.bucketArn}/`] },
        ],
      },
    ],
  });
  made.node.addDependency(bucket.policy, delivery.policy);
  shop.keep(delivery);
  made.applyRemovalPolicy(RETAIN);

  const metricNamespace = 'CISBenchmark';
  for (const [metricName, alarmDescription, filterPattern] of PATTERNS) {
    new logs.CfnMetricFilter(scope, `${metricName}Filter`, {
      logGroupName: logGroup.logGroupName,
      filterPattern,
      metricTransformations: [{ metricNamespace, metricName, metricValue: '1', defaultValue: 0 }],
    });
    new cloudwatch.CfnAlarm(scope, metricName, {
      alarmDescription,
      namespace: metricNamespace,
      metricName,
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      actionsEnabled: true,
      alarmActions: [shop.topic.topicArn],
    });
  }
  return { trail: made, bucket, logGroup };
}

/** The recorder of AWS Config, with its bucket and notifications. */
function recorder(shop, scope) {
  const history = shop.bucket(scope, 'ConfigBucket', { encryptionKey: shop.auditKey, keepVersions: 365, denyDeletions: true, logicalId: shop.ids.configBucket });
  const recorders = arn('config', '*');
  history.addToResourcePolicy(shop.serviceUses('ConfigReadsBucket', 'config.amazonaws.com', ['s3:GetBucketAcl', 's3:ListBucket'],
    fromArn('ArnLike', recorders), [history.bucketArn]));
  history.addToResourcePolicy(shop.serviceUses('ConfigWrites', 'config.amazonaws.com', ['s3:PutObject'], {
    StringEquals: { ...ofAccount(), 's3:x-amz-acl': 'bucket-owner-full-control' }, ArnLike: { 'aws:SourceArn': recorders },
  }, [history.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/Config/*`)]));
  const serviceRole = new iam.CfnServiceLinkedRole(scope, 'ConfigRole', { awsServiceName: 'config.amazonaws.com' });
  const made = new config.CfnConfigurationRecorder(scope, 'Recorder', {
    roleArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: true, recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' } },
    recordingMode: { recordingFrequency: 'CONTINUOUS' },
  });
  made.addResourceDependency(serviceRole);
  const channel = new config.CfnDeliveryChannel(scope, 'DeliveryChannel', {
    s3BucketName: history.bucketName,
    s3KmsKeyArn: shop.auditKey.keyArn,
    configSnapshotDeliveryProperties: { deliveryFrequency: 'TwentyFour_Hours' },
  });
  channel.addResourceDependency(serviceRole);
  [made, channel].forEach(part => part.node.addDependency(history.policy));
  [serviceRole, made, channel].forEach(resource => resource.applyRemovalPolicy(RETAIN));
  shop.notification(scope, 'Compliance', shop.ids.compliance, 'A resource breaks a rule of AWS Config',
    {
      'source': ['aws.config'],
      'detail-type': ['Config Rules Compliance Change'],
      'detail': { messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
    },
    { rule: '$.detail.configRuleName', type: '$.detail.resourceType', resource: '$.detail.resourceId', account: '$.detail.awsAccountId', region: '$.detail.awsRegion' },
    'AWS Config: <type> <resource> in account <account>, <region>, breaks the rule <rule>');
  shop.notification(scope, 'DeliveryFailure', shop.ids.deliveryFailure, 'AWS Config could not deliver a snapshot or a history', {
    'source': ['aws.config'],
    'detail-type': ['Config Configuration Snapshot Delivery Status', 'Config Configuration History Delivery Status'],
    'detail': { messageType: [{ suffix: 'DeliveryFailed' }] },
  });
  return { recorder: made, bucket: history };
}

/** GuardDuty, with its notification and its export. */
function detection(shop, scope) {
  const enabled = (name, additionalConfiguration) => ({ name, status: 'ENABLED', additionalConfiguration });
  const detector = new guardduty.CfnDetector(scope, 'Detector', {
    enable: true,
    findingPublishingFrequency: 'FIFTEEN_MINUTES',
    features: [
      enabled('S3_DATA_EVENTS'), enabled('EKS_AUDIT_LOGS'), enabled('EBS_MALWARE_PROTECTION'), enabled('RDS_LOGIN_EVENTS'), enabled('LAMBDA_NETWORK_LOGS'),
      enabled('RUNTIME_MONITORING', [enabled('EKS_ADDON_MANAGEMENT'), enabled('ECS_FARGATE_AGENT_MANAGEMENT'), enabled('EC2_AGENT_MANAGEMENT')]),
    ],
  });
  detector.applyRemovalPolicy(RETAIN);
  shop.notification(scope, 'SevereFindings', shop.ids.severeFindings, 'GuardDuty findings of severity 7 and more',
    { 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'], 'detail': { severity: [{ numeric: ['>=', 7] }] } },
    { severity: '$.detail.severity', type: '$.detail.type', account: '$.account', region: '$.region', finding: '$.detail.id' },
    'GuardDuty finding of severity <severity>: <type>, in account <account>, region <region>. Open finding <finding> in GuardDuty.');

  const detectorArn = arn('guardduty', `detector/${detector.attrId}`);
  shop.auditKey.addToResourcePolicy(shop.serviceUses('GuardDutyExports', 'guardduty.amazonaws.com', ['kms:GenerateDataKey'], fromArn('ArnEquals', detectorArn)));
  shop.auditKey.addToResourcePolicy(shop.serviceUses(undefined, 'guardduty.amazonaws.com', ['kms:Decrypt'], fromArn('ArnLike', detectorArn)));
  const bucket = shop.bucket(scope, 'FindingsBucket', {
    encryptionKey: shop.auditKey, keepVersions: 30, expires: 365, denyDeletions: true, logicalId: shop.ids.findingsBucket,
  });
  bucket.addToResourcePolicy(shop.serviceUses('GuardDutyReadsLocation', 'guardduty.amazonaws.com', ['s3:GetBucketLocation'],
    fromArn('ArnLike', detectorArn), [bucket.bucketArn]));
  bucket.addToResourcePolicy(shop.serviceUses('GuardDutyWrites', 'guardduty.amazonaws.com', ['s3:PutObject'], fromArn('ArnLike', detectorArn), [bucket.arnForObjects('*')]));
  const destination = new guardduty.CfnPublishingDestination(scope, 'FindingsDestination', {
    detectorId: detector.attrId,
    destinationType: 'S3',
    destinationProperties: { destinationArn: bucket.bucketArn, kmsKeyArn: shop.auditKey.keyArn },
  });
  destination.node.addDependency(bucket.policy);
  return { detector, bucket };
}

module.exports = { backupKey, vaultPolicy, backupRole, plan, backupNotifications, auditKey, trail, recorder, detection };
