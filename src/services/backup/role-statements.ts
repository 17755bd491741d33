// What AWS Backup does to back up a resource, and to remove the backup when its time is over.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { arn, viaService } from '../../core/names';

function allow(actions: string[], ...resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}

const madeByBackup = { Null: { 'aws:ResourceTag/aws:backup:source-resource': 'false' } };
const toService = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };

/** What the role does with a key, if there is one, through the service that holds the data. */
export function key(keyArn: string | undefined, service: string, use: string[]): iam.PolicyStatement[] {
  if (keyArn === undefined) { return []; }
  return [
    allow(['kms:DescribeKey'], keyArn),
    new iam.PolicyStatement({ actions: ['kms:CreateGrant'], resources: [keyArn], conditions: toService }),
    ...use.length === 0 ? [] : [new iam.PolicyStatement({
      actions: use, resources: [keyArn], conditions: { StringEquals: { 'kms:ViaService': viaService(service) } },
    })],
  ];
}

/** Writing to a vault under its key. AWS Backup names the recovery points. */
export function vault(vaultArn: string, keyArn: string): iam.PolicyStatement[] {
  return [
    allow(['backup:DescribeBackupVault'], vaultArn),
    allow(['backup:TagResource'], arn('backup', 'recovery-point:*')),
    allow(['tag:GetResources'], '*'),
    ...key(keyArn, 'backup', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

/**
 * An Aurora cluster: its snapshots under the prefix of AWS Backup, and its continuous backup. Reading is not bound to the
 * cluster, as a list without a filter is checked against all.
 */
export function cluster(clusterArn: string, keyArn?: string): iam.PolicyStatement[] {
  const snapshots = arn('rds', 'cluster-snapshot:awsbackup:*');
  return [
    allow([
      'rds:DescribeDBClusters', 'rds:DescribeDBInstances', 'rds:DescribeDBClusterSnapshots', 'rds:DescribeDBClusterAutomatedBackups',
      'rds:ListTagsForResource',
    ], arn('rds', '*')),
    allow(['rds:ModifyDBCluster'], clusterArn),
    allow(['rds:CreateDBClusterSnapshot'], clusterArn, snapshots),
    allow(['rds:AddTagsToResource', 'rds:CopyDBClusterSnapshot', 'rds:DeleteDBClusterSnapshot'], snapshots),
    allow(['rds:DeleteDBClusterAutomatedBackup'], arn('rds', 'cluster-auto-backup:*')),
    ...key(keyArn, 'rds', []),
  ];
}

/** A bucket: its objects, and the rule by which AWS Backup hears of changes to them. */
export function bucket(bucketArn: string, keyArn?: string): iam.PolicyStatement[] {
  return [
    allow([
      's3:GetBucketTagging', 's3:GetInventoryConfiguration', 's3:PutInventoryConfiguration', 's3:ListBucketVersions', 's3:ListBucket',
      's3:GetBucketVersioning', 's3:GetBucketLocation', 's3:GetBucketAcl', 's3:GetBucketNotification', 's3:PutBucketNotification',
    ], bucketArn),
    allow([
      's3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:GetObjectVersionAcl',
      's3:GetObjectVersionTagging',
    ], `${bucketArn}/*`),
    allow([
      'events:PutRule', 'events:DeleteRule', 'events:DescribeRule', 'events:EnableRule', 'events:DisableRule', 'events:PutTargets',
      'events:RemoveTargets', 'events:ListTargetsByRule',
    ], arn('events', 'rule/AwsBackupManagedRule*')),
    allow(['events:ListRules', 's3:ListAllMyBuckets', 'cloudwatch:GetMetricData'], '*'),
    ...key(keyArn, 's3', ['kms:Decrypt']),
  ];
}

/** A DynamoDB table, with the advanced features of AWS Backup or without. */
export function table(tableArn: string, keyArn?: string): iam.PolicyStatement[] {
  return [
    allow(['dynamodb:DescribeTable', 'dynamodb:CreateBackup', 'dynamodb:StartAwsBackupJob', 'dynamodb:ListTagsOfResource'], tableArn),
    allow(['dynamodb:DescribeBackup', 'dynamodb:DeleteBackup'], `${tableArn}/backup/*`),
    ...key(keyArn, 'dynamodb', ['kms:Decrypt', 'kms:GenerateDataKey']),
  ];
}

/** An EBS volume. Snapshots have no account in their ARN; the role deletes only those that AWS Backup made. */
export function volume(volumeArn: string, keyArn?: string): iam.PolicyStatement[] {
  const snapshots = `arn:${Aws.PARTITION}:ec2:${Aws.REGION}::snapshot/*`;
  return [
    allow(['ec2:CreateSnapshot'], volumeArn, snapshots),
    allow(['ec2:CreateTags'], snapshots),
    new iam.PolicyStatement({ actions: ['ec2:DeleteSnapshot'], resources: [snapshots], conditions: madeByBackup }),
    allow(['ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeTags'], '*'),
    ...key(keyArn, 'ec2', ['kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo']),
  ];
}

/** An EFS file system. Its backups are under the key of the vault. */
export function fileSystem(fileSystemArn: string): iam.PolicyStatement[] {
  return [allow(['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags'], fileSystemArn)];
}

/** Statements that differ in their resources only become one. */
export function merged(statements: iam.PolicyStatement[]): iam.PolicyStatement[] {
  const groups = new Map<string, iam.PolicyStatement>();
  for (const { actions, resources, conditions } of statements) {
    const kind = JSON.stringify([actions, conditions]);
    const all = [...groups.get(kind)?.resources ?? [], ...resources];
    groups.set(kind, new iam.PolicyStatement({ actions, conditions, resources: [...new Set(all)] }));
  }
  return [...groups.values()];
}
