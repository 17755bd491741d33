import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { FargateCluster } from '../../src/compute/fargate-cluster';
import { newStack, proveControls, render } from '../support/prove';

function newCluster(stack: Stack, encryptionKey?: kms.IKey): FargateCluster {
  const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Logs', 'our-logs');
  return new FargateCluster(stack, 'Cluster', { encryptionKey, logGroup, logBucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'our-bucket') });
}

proveControls(stack => { newCluster(stack); });

test('its key admits Fargate for this cluster only', () => {
  const stack = newStack();
  newCluster(stack);
  const template = render(stack);
  const name = template.resourcesOf('AWS::ECS::Cluster')[0].properties.ClusterName;
  expect(name).toMatch(/^test-cluster-[0-9a-f]+$/);
  const statements = template.resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy.Statement.filter((s: any) => s.Principal.Service === 'fargate.amazonaws.com');
  expect(statements.map((s: any) => s.Action)).toEqual(['kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant']);
  statements.forEach((s: any) => expect(s.Condition.StringEquals).toEqual({
    'kms:EncryptionContext:aws:ecs:clusterAccount': { Ref: 'AWS::AccountId' },
    'kms:EncryptionContext:aws:ecs:clusterName': name,
  }));
});

test('a given key admits Fargate too, and an imported one is used as it is', () => {
  const stack = newStack();
  newCluster(stack, new kms.Key(stack, 'Own'));
  expect(JSON.stringify(render(stack).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy)).toContain('fargate.amazonaws.com');
  const other = newStack();
  newCluster(other, kms.Key.fromKeyArn(other, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k'));
  expect(render(other).resourcesOf('AWS::ECS::Cluster')[0].properties.Configuration.ManagedStorageConfiguration).toEqual({ KmsKeyId: 'k', FargateEphemeralStorageKmsKeyId: 'k' });
});

test('refuses keys that Fargate does not take', () => {
  const stack = newStack();
  const regions = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/mrk-1');
  expect(() => newCluster(stack, regions)).toThrow(/^\[Test\/Cluster\] 'encryptionKey' is 'mrk-1': Fargate takes neither aliases/);
  const other = newStack();
  expect(() => newCluster(other, kms.Alias.fromAliasName(other, 'Alias', 'alias/x'))).toThrow(/'encryptionKey' is 'alias\/x'/);
});
