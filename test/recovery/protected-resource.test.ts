import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Size, Stack } from 'aws-cdk-lib/core';
import { ProtectedResource } from '../../src/recovery/protected-resource';
import { Selections } from '../../src/recovery/selections';
import { newStack } from '../support/prove';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const statementsOf = (resource: ProtectedResource) => resource._protection.statements?.() ?? [];
function selected(resource: ProtectedResource) {
  const selections = new Selections();
  resource._protection.select(selections);
  return selections.all;
}
const key = (stack: Stack) => kms.Key.fromKeyArn(stack, 'Key', KEY);
const make: Record<string, (stack: Stack) => ProtectedResource> = {
  auroraCluster: s => ProtectedResource.auroraCluster(rds.DatabaseCluster.fromDatabaseClusterAttributes(s, 'Cluster', { clusterIdentifier: 'main' }), key(s)),
  bucket: s => ProtectedResource.bucket(s3.Bucket.fromBucketAttributes(s, 'Bucket', { bucketName: 'data', encryptionKey: key(s) })),
  table: s => ProtectedResource.table(dynamodb.Table.fromTableAttributes(s, 'Table', { tableName: 'data' }), key(s)),
  volume: s => ProtectedResource.volume(new ec2.Volume(s, 'Volume', { availabilityZone: 'eu-west-1a', size: Size.gibibytes(1), encrypted: true, encryptionKey: key(s) })),
};

test.each(Object.keys(make))('%s: names the resource and lets the role use its key', name => {
  const stack = newStack();
  const resource = make[name](stack);
  const statements = statementsOf(resource).map(s => stack.resolve(s.toStatementJson()));
  const [{ selectionName, resources }] = selected(resource);
  expect([selectionName, resources]).toEqual(['Resources', [resource._protection.name]]);
  expect(statements.some(s => s.Action === 'kms:CreateGrant' && s.Resource === KEY)).toBe(true);
  expect(JSON.stringify(statements)).toContain(JSON.stringify(stack.resolve(resource._protection.name)));
});

test('clusters and buckets can be backed up continuously, the others not', () => {
  expect(Object.keys(make).filter(name => make[name](newStack())._protection.continuous)).toEqual(['auroraCluster', 'bucket']);
});

test('a file system has no key: its backups are under that of the vault', () => {
  const stack = newStack();
  const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
  const resource = ProtectedResource.fileSystem(efs.FileSystem.fromFileSystemAttributes(stack, 'Files', { fileSystemId: 'fs-1', securityGroup: group }));
  expect(statementsOf(resource).flatMap(s => s.actions)).toEqual(['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags']);
});

test('another resource brings its own permissions', () => {
  const statement = new iam.PolicyStatement({ actions: ['fsx:CreateBackup'], resources: ['arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1'] });
  const resource = ProtectedResource.fromArn('arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1', statement);
  expect(statementsOf(resource)).toEqual([statement]);
});

test('a tag is no permission', () => {
  const resource = ProtectedResource.tagged('backup', 'daily');
  expect(selected(resource)).toEqual([
    { selectionName: 'Tag0', resources: ['*'], conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'daily' }] } },
  ]);
  expect(statementsOf(resource)).toEqual([]);
  expect(resource._protection.managedPolicies).toEqual(['service-role/AWSBackupServiceRolePolicyForBackup', 'AWSBackupServiceRolePolicyForS3Backup']);
});

test('a cluster that knows its key needs no other', () => {
  const stack = newStack();
  const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'main' });
  const keys = (resource: ProtectedResource) => statementsOf(resource).filter(s => s.actions.includes('kms:CreateGrant')).flatMap(s => s.resources);
  expect(keys(ProtectedResource.auroraCluster(cluster))).toEqual([]);
  expect(keys(ProtectedResource.auroraCluster(Object.assign(cluster, { encryptionKey: key(stack) })))).toEqual([KEY]);
});

test.each<[string, () => ProtectedResource, string]>([
  ['no cluster', () => ProtectedResource.auroraCluster(undefined as any), "'cluster' is missing: give an rds.IDatabaseCluster"],
  ['a bucket as cluster', () => ProtectedResource.auroraCluster(s3.Bucket.fromBucketName(newStack(), 'B', 'data') as any), "'cluster' is the "],
  ['a bucket by its name', () => ProtectedResource.bucket('data' as any), "'bucket' is the text 'data': give an s3.IBucket"],
  ['a table by its name', () => ProtectedResource.table('data' as any), "'table' is the text 'data': give a dynamodb.ITable"],
  ['a volume by its ID', () => ProtectedResource.volume('vol-1' as any), "'volume' is the text 'vol-1': give an ec2.IVolume"],
  ['a file system by its ID', () => ProtectedResource.fileSystem('fs-1' as any), "'fileSystem' is the text 'fs-1': give an efs.IFileSystem"],
  ['no ARN', () => ProtectedResource.fromArn(undefined as any), "'resourceArn' is missing"],
  ['half a tag', () => ProtectedResource.tagged('backup', undefined as any), "'value' is missing"],
  ['a key by its ARN', () => ProtectedResource.table(dynamodb.Table.fromTableName(newStack(), 'T', 't'), KEY as any), `'encryptionKey' is the text '${KEY}': give a kms.IKey`],
])('refuses %s', (_name, make_, message) => {
  expect(make_).toThrow(/^\[ProtectedResource\.\w+\] '/);
  expect(make_).toThrow(`] ${message}`);
});
