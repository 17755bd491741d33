import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { App, Duration, Stack } from 'aws-cdk-lib/core';
import { only } from './fixtures';
import { FargateCluster } from '../../src/compute/fargate-cluster';
import { LooseTemplate, newStack, proveControls, render } from '../support/prove';

/** The properties of the key for disks: there is one for logs besides. */
const keyOf = (template: LooseTemplate) => template.resourcesOf('AWS::KMS::Key').find(k => k.properties.Description !== 'Log groups')!.properties;
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
  expect(name).toEqual({ 'Fn::Join': ['', [expect.stringMatching(/^test-cluster[0-9a-f]{8}-$/), expect.anything()]] });
  const statements = keyOf(template).KeyPolicy.Statement.filter((s: any) => s.Principal.Service === 'fargate.amazonaws.com');
  expect(statements.map((s: any) => s.Action)).toEqual(['kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant']);
  statements.forEach((s: any) => expect(s.Condition.StringEquals).toEqual({
    'kms:EncryptionContext:aws:ecs:clusterAccount': { Ref: 'AWS::AccountId' },
    'kms:EncryptionContext:aws:ecs:clusterName': name,
  }));
});

test('a given key admits Fargate too, and an imported one is used as it is', () => {
  const stack = newStack();
  newCluster(stack, new kms.Key(stack, 'Own'));
  expect(JSON.stringify(keyOf(render(stack)).KeyPolicy)).toContain('fargate.amazonaws.com');
  const other = newStack();
  newCluster(other, kms.Key.fromKeyArn(other, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/k'));
  expect(only(render(other), 'AWS::ECS::Cluster').Configuration.ManagedStorageConfiguration).toEqual({ KmsKeyId: 'k', FargateEphemeralStorageKmsKeyId: 'k' });
});

test('makes the log group of Container Insights first, under a key, by the name of the cluster', () => {
  const stack = newStack();
  newCluster(stack, undefined, 'Shop');
  const template = render(stack);
  const [group] = template.resourcesOf('AWS::Logs::LogGroup');
  expect(group.properties).toMatchObject({ LogGroupName: '/aws/ecs/containerinsights/Shop/performance', RetentionInDays: 365, KmsKeyId: expect.anything(), DeletionProtectionEnabled: true });
  expect(template.resourcesOf('AWS::ECS::Cluster')[0].dependsOn).toContain(group.logicalId);
});

test('a key of another stack admits Fargate for what the cluster will be called', () => {
  const stack = newStack();
  const other = new Stack(stack.node.root as App, 'Keys');
  newCluster(stack, new kms.Key(other, 'Key'));
  const [statement] = (render(other).resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy.Statement as any[]).filter(s => s.Principal.Service === 'fargate.amazonaws.com');
  expect(statement.Condition.StringLike['kms:EncryptionContext:aws:ecs:clusterName']).toMatch(/^test-cluster[0-9a-f]{8}-\*$/);
});

test('takes a name, which its key admits', () => {
  const stack = newStack();
  newCluster(stack, undefined, 'Shop');
  const template = render(stack);
  expect(only(template, 'AWS::ECS::Cluster').ClusterName).toBe('Shop');
  expect(JSON.stringify(keyOf(template).KeyPolicy)).toContain('"kms:EncryptionContext:aws:ecs:clusterName":"Shop"');
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
