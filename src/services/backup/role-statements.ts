// What AWS Backup does to back up a resource, and to remove the backup when its time is over.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { arn, viaService } from '../../core/names';

function allow(actions: string[], ...resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}

const toService = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };

/** What the role does with a key, through the service that holds the data. */
export function key(keyArn: string, service: string, use: string[]): iam.PolicyStatement[] {
  return [
    allow(['kms:DescribeKey'], keyArn),
    new iam.PolicyStatement({ actions: ['kms:CreateGrant'], resources: [keyArn], conditions: toService }),
    ...use.length > 0 ? [new iam.PolicyStatement({ actions: use, resources: [keyArn], conditions: { StringEquals: { 'kms:ViaService': viaService(service) } } })] : [],
  ];
}

/** Writing to a vault. AWS Backup names the recovery points. */
export function vault(vaultArn: string): iam.PolicyStatement[] {
  return [
    allow(['backup:DescribeBackupVault'], vaultArn),
    allow(['backup:TagResource'], arn('backup', 'recovery-point:*')),
    allow(['tag:GetResources'], '*'),
  ];
}

/**
 * An Aurora cluster: its snapshots under the prefix of AWS Backup, and its continuous backup. Reading is not bound to the
 * cluster, as a list without a filter is checked against all.
 */
export function cluster(clusterArn: string): iam.PolicyStatement[] {
  const snapshots = arn('rds', 'cluster-snapshot:awsbackup:*');
  return [
    allow([
      'rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'rds:DescribeDBClusterSnapshots', 'rds:DescribeDBClusterAutomatedBackups', 'rds:ListTagsForResource',
    ], arn('rds', '*')),
    allow(['rds:ModifyDBCluster'], clusterArn),
    allow(['rds:CreateDBClusterSnapshot'], clusterArn, snapshots),
    allow(['rds:AddTagsToResource', 'rds:CopyDBClusterSnapshot', 'rds:DeleteDBClusterSnapshot'], snapshots),
    allow(['rds:DeleteDBClusterAutomatedBackup'], arn('rds', 'cluster-auto-backup:*')),
  ];
}

/** A bucket: its objects, and the rule by which AWS Backup hears of changes to them. */
export function bucket(bucketArn: string): iam.PolicyStatement[] {
  return [
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
  ];
}

/** A DynamoDB table, with the advanced features of AWS Backup or without. */
export function table(tableArn: string): iam.PolicyStatement[] {
  return [
    allow(['dynamodb:DescribeTable', 'dynamodb:CreateBackup', 'dynamodb:StartAwsBackupJob', 'dynamodb:ListTagsOfResource'], tableArn),
    allow(['dynamodb:DescribeBackup', 'dynamodb:DeleteBackup'], `${tableArn}/backup/*`),
  ];
}

/** An EBS volume. Snapshots have no account in their ARN; the role deletes only those that AWS Backup made. */
export function volume(volumeArn: string): iam.PolicyStatement[] {
  const snapshots = `arn:${Aws.PARTITION}:ec2:${Aws.REGION}::snapshot/*`;
  return [
    allow(['ec2:CreateSnapshot'], volumeArn, snapshots),
    allow(['ec2:CreateTags'], snapshots),
    new iam.PolicyStatement({ actions: ['ec2:DeleteSnapshot'], resources: [snapshots], conditions: { Null: { 'aws:ResourceTag/aws:backup:source-resource': 'false' } } }),
    allow(['ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeTags'], '*'),
  ];
}

/** An EFS file system. */
export function fileSystem(fileSystemArn: string): iam.PolicyStatement[] {
  return [allow(['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags'], fileSystemArn)];
}
