import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { hasActions, statements } from '../../src/core/policies';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { BackupRole } from '../../src/recovery/backup-role';
import { ProtectedResource } from '../../src/recovery/protected-resource';
import { openFindings } from '../support/nag';
import { newStack, proveControls, render } from '../support/prove';

const VAULT = 'arn:aws:backup:eu-west-1:111122223333:backup-vault:v';

function build(stack: Stack, ...more: ProtectedResource[]): CustomerManagedKey {
  const vaultKey = kms.Key.fromKeyArn(stack, 'VaultKey', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  const data = new CustomerManagedKey(stack, 'Key', { description: 'data' });
  const bucket = new s3.Bucket(stack, 'Bucket', { encryptionKey: data });
  const cluster = rds.DatabaseCluster.fromDatabaseClusterAttributes(stack, 'Cluster', { clusterIdentifier: 'main' });
  new BackupRole(stack, 'Backup', { vaultArn: VAULT, vaultKey, resources: [ProtectedResource.bucket(bucket), ProtectedResource.auroraCluster(cluster, data), ...more] });
  return data;
}

proveControls(stack => { build(stack); });

test('only AWS Backup takes the role, for this account', () => {
  const stack = newStack();
  build(stack);
  expect(statements(render(stack).resourcesOf('AWS::IAM::Role')[0].properties.AssumeRolePolicyDocument)).toEqual([{
    Action: 'sts:AssumeRole',
    Effect: 'Allow',
    Principal: { Service: 'backup.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  }]);
});

test('the keys of the data admit the role through their services', () => {
  const stack = newStack();
  const data = build(stack);
  const key = render(stack).resource(stack.resolve((data.node.defaultChild as kms.CfnKey).logicalId))!;
  const sids = statements(key.properties.KeyPolicy).map(s => s.Sid);
  expect(sids).toEqual(expect.arrayContaining(['UseThroughS3', 'UseThroughRds', 'GrantThroughRds']));
});

test('has no managed policy of AWS for resources that are named, and two for a tag', () => {
  const arns = (...more: ProtectedResource[]) => {
    const stack = newStack();
    build(stack, ...more);
    return render(stack).resourcesOf('AWS::IAM::Role')[0].properties.ManagedPolicyArns;
  };
  expect(arns()).toBeUndefined();
  expect(JSON.stringify(arns(ProtectedResource.tagged('backup', 'yes')))).toMatch(/AWSBackupServiceRolePolicyForBackup.*AWSBackupServiceRolePolicyForS3Backup/);
});

test('twenty resources fit into the policies of the role, none of which exceeds the 6144 characters that IAM allows', () => {
  const stack = newStack();
  const bucket = (i: number) => new s3.Bucket(stack, `Bucket${i}`, { encryptionKey: new kms.Key(stack, `Key${i}`) });
  build(stack, ...Array.from({ length: 18 }, (_, i) => ProtectedResource.bucket(bucket(i))));
  const documents = render(stack).resourcesOf('AWS::IAM::ManagedPolicy').map(p => p.properties.PolicyDocument);
  const arn = 'arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const sizes = documents.map(d => JSON.stringify(d, (_, v) => v?.['Fn::GetAtt'] ? arn : v?.Ref ? '111122223333' : v?.['Fn::Join'] ? v['Fn::Join'][1].map((x: any) => typeof x === 'string' ? x : x['Fn::GetAtt'] ? arn : '111122223333').join('') : v).length);
  expect(sizes).toHaveLength(4);
  expect(sizes.filter(size => size > 6144)).toEqual([]);
});

test('what several resources need alike is one statement', () => {
  const stack = newStack();
  build(stack, ProtectedResource.bucket(s3.Bucket.fromBucketName(stack, 'Other', 'other')));
  const all = statements(render(stack).resourcesOf('AWS::IAM::ManagedPolicy')[0].properties.PolicyDocument);
  const reads = all.filter(s => hasActions(s, 's3:GetObjectVersion'));
  expect(reads).toHaveLength(1);
  expect(reads[0].Resource).toHaveLength(2);
});

test.each<[string, ProtectedResource[]]>([['named', []], ['tagged', [ProtectedResource.tagged('backup', 'yes')]]])('every finding of cdk-nag is declared: %s', (_name, more) => {
  const stack = newStack();
  build(stack, ...more);
  expect(openFindings(stack, 'Test/Backup')).toEqual([]);
});
