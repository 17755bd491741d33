import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { only } from './fixtures';
import { FargateCluster } from '../../src/compute/fargate-cluster';
import { newStack, proveControls, render } from '../support/prove';

const importedVpc = (stack: Stack) => ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'], privateSubnetRouteTableIds: ['rtb-1'] });

function newCluster(stack: Stack, encryptionKey?: kms.IKey, clusterName?: string): FargateCluster {
  const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Logs', 'our-logs');
  const logBucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'our-bucket');
  return new FargateCluster(stack, 'Cluster', { vpc: importedVpc(stack), encryptionKey, logGroup, logBucket, clusterName });
}

proveControls(stack => { newCluster(stack); });

test('its key admits Fargate for this cluster only', () => {
  const stack = newStack();
  newCluster(stack);
  const template = render(stack);
  const name = only(template, 'AWS::ECS::Cluster').ClusterName;
  expect(name).toMatch(/^test-cluster[0-9a-f]{8}$/);
  const statements = only(template, 'AWS::KMS::Key').KeyPolicy.Statement.filter((s: any) => s.Principal.Service === 'fargate.amazonaws.com');
  expect(statements.map((s: any) => s.Action)).toEqual(['kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant']);
  statements.forEach((s: any) => expect(s.Condition.StringEquals).toEqual({
    'kms:EncryptionContext:aws:ecs:clusterAccount': { Ref: 'AWS::AccountId' },
    'kms:EncryptionContext:aws:ecs:clusterName': name,
  }));
});

test('a given key admits Fargate too, and an imported one is used as it is', () => {
  const stack = newStack();
  newCluster(stack, new kms.Key(stack, 'Own'));
  expect(JSON.stringify(only(render(stack), 'AWS::KMS::Key').KeyPolicy)).toContain('fargate.amazonaws.com');
  const other = newStack();
  newCluster(other, kms.Key.fromKeyArn(other, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k'));
  expect(only(render(other), 'AWS::ECS::Cluster').Configuration.ManagedStorageConfiguration).toEqual({ KmsKeyId: 'k', FargateEphemeralStorageKmsKeyId: 'k' });
});

test('takes a name, which its key admits', () => {
  const stack = newStack();
  newCluster(stack, undefined, 'Shop');
  const template = render(stack);
  expect(only(template, 'AWS::ECS::Cluster').ClusterName).toBe('Shop');
  expect(JSON.stringify(only(template, 'AWS::KMS::Key').KeyPolicy)).toContain('"kms:EncryptionContext:aws:ecs:clusterName":"Shop"');
});

test('is a cluster of the CDK, without instances', () => {
  const stack = newStack();
  const cluster: ecs.ICluster = newCluster(stack);
  const { logicalId } = render(stack).resourcesOf('AWS::ECS::Cluster')[0];
  const arn = { 'Fn::GetAtt': [logicalId, 'Arn'] };
  expect(stack.resolve([cluster.clusterName, cluster.clusterArn, cluster.clusterRef]))
    .toEqual([{ Ref: logicalId }, arn, { clusterName: { Ref: logicalId }, clusterArn: arn }]);
  expect([cluster.vpc.vpcId, cluster.hasEc2Capacity, cluster.connections.securityGroups]).toEqual(['vpc-1', false, []]);
  expect(cluster.node.defaultChild).toBeInstanceOf(ecs.CfnCluster);
});

test('runs tasks of the CDK, once as well as on a schedule', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  const taskDefinition = new ecs.FargateTaskDefinition(stack, 'Job');
  taskDefinition.addContainer('job', { image: ecs.ContainerImage.fromRegistry('job') });
  new events.Rule(stack, 'Nightly', {
    schedule: events.Schedule.rate(Duration.days(1)),
    targets: [new targets.EcsTask({ cluster, taskDefinition, securityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1')] })],
  });
  expect(JSON.stringify(only(render(stack), 'AWS::Events::Rule').Targets)).toContain('EcsParameters');
});
