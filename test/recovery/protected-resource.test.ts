import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Size, Stack } from 'aws-cdk-lib/core';
import { ProtectedResource } from '../../src';
import { newStack } from '../support/prove';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
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
  const statements = resource._statements().map(s => stack.resolve(s.toStatementJson()));
  expect(resource._selected.arn).toBeDefined();
  expect(statements.some(s => s.Action === 'kms:CreateGrant' && s.Resource === KEY)).toBe(true);
  expect(JSON.stringify(statements)).toContain(JSON.stringify(stack.resolve(resource._selected.arn)));
});

test('clusters and buckets can be backed up continuously, the others not', () => {
  expect(Object.keys(make).filter(name => make[name](newStack())._selected.continuous)).toEqual(['auroraCluster', 'bucket']);
});

test('a file system has no key: its backups are under that of the vault', () => {
  const stack = newStack();
  const group = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
  const resource = ProtectedResource.fileSystem(efs.FileSystem.fromFileSystemAttributes(stack, 'Files', { fileSystemId: 'fs-1', securityGroup: group }));
  expect(resource._statements().flatMap(s => s.actions)).toEqual(['elasticfilesystem:Backup', 'elasticfilesystem:DescribeTags']);
});

test('another resource brings its own permissions', () => {
  const statement = new iam.PolicyStatement({ actions: ['fsx:CreateBackup'], resources: ['arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1'] });
  const resource = ProtectedResource.fromArn('arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1', statement);
  expect(resource._statements()).toEqual([statement]);
});

test('a tag is no permission', () => {
  const resource = ProtectedResource.tagged('backup', 'daily');
  expect(resource._selected).toEqual({ tag: { key: 'backup', value: 'daily' } });
  expect(resource._statements()).toEqual([]);
});
