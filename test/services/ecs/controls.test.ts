import * as controls from '../../../src/services/ecs/controls';
import { provePredicate } from '../../support/predicate';

const CLUSTER = {
  Cluster: {
    Type: 'AWS::ECS::Cluster',
    Properties: {
      ClusterSettings: [{ Name: 'containerInsights', Value: 'enhanced' }],
      Configuration: {
        ManagedStorageConfiguration: { KmsKeyId: { Ref: 'Key' }, FargateEphemeralStorageKmsKeyId: { Ref: 'Key' } },
        ExecuteCommandConfiguration: {
          KmsKeyId: { Ref: 'Key' },
          Logging: 'OVERRIDE',
          LogConfiguration: {
            CloudWatchLogGroupName: { Ref: 'Logs' },
            CloudWatchEncryptionEnabled: true,
            S3BucketName: { Ref: 'Bucket' },
            S3EncryptionEnabled: true,
          },
        },
      },
    },
  },
};
const exec = (r: any) => r.Cluster.Properties.Configuration.ExecuteCommandConfiguration;

const PERFORMANCE = {
  Cluster: {
    Type: 'AWS::ECS::Cluster',
    DependsOn: ['Insights'],
    Properties: { ClusterName: { 'Fn::Join': ['', ['shop-cluster-', { 'Fn::Select': [4, 'x'] }]] } },
  },
  Insights: {
    Type: 'AWS::Logs::LogGroup',
    Properties: { LogGroupName: { 'Fn::Join': ['', ['/aws/ecs/containerinsights/shop-cluster-', { 'Fn::Select': [4, 'x'] }, '/performance']] }, KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } },
  },
};
provePredicate(controls.ECS_INSIGHTS_LOGS, PERFORMANCE, {
  'there is none': r => { delete r.Insights; },
  'it is under no key': r => { delete r.Insights.Properties.KmsKeyId; },
  'it may come after the cluster': r => { r.Cluster.DependsOn = []; },
  'it is of another cluster': r => { r.Cluster.Properties.ClusterName = 'shop-cluster'; },
  'it is not for performance': r => { r.Insights.Properties.LogGroupName['Fn::Join'][1][2] = '/performances'; },
  'the cluster has another end': r => { r.Cluster.Properties.ClusterName['Fn::Join'][1][1] = { 'Fn::Select': [3, 'x'] }; },
  'the cluster has no name': r => { delete r.Cluster.Properties.ClusterName; },
});
provePredicate(controls.ECS_INSIGHTS, CLUSTER, {
  'it is off': r => { r.Cluster.Properties.ClusterSettings[0].Value = 'disabled'; },
  'another setting is on': r => { r.Cluster.Properties.ClusterSettings[0].Name = 'other'; },
  'nothing is said': r => { delete r.Cluster.Properties.ClusterSettings; },
});
provePredicate(controls.ECS_EXEC_LOGGED, CLUSTER, {
  'there is no key': r => { delete exec(r).KmsKeyId; },
  'sessions are logged by the task\'s own driver': r => { exec(r).Logging = 'DEFAULT'; },
  'sessions are not logged': r => { exec(r).Logging = 'NONE'; },
  'there is no log group': r => { delete exec(r).LogConfiguration.CloudWatchLogGroupName; },
  'the log group need not be encrypted': r => { exec(r).LogConfiguration.CloudWatchEncryptionEnabled = false; },
  'there is no bucket': r => { delete exec(r).LogConfiguration.S3BucketName; },
  'the bucket need not be encrypted': r => { delete exec(r).LogConfiguration.S3EncryptionEnabled; },
  'nothing is said': r => { delete r.Cluster.Properties.Configuration; },
});
provePredicate(controls.ECS_STORAGE_CMK, CLUSTER, {
  'disks of Fargate have no key': r => { delete r.Cluster.Properties.Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId; },
  'volumes have no key': r => { delete r.Cluster.Properties.Configuration.ManagedStorageConfiguration.KmsKeyId; },
  'nothing is said': r => { delete r.Cluster.Properties.Configuration; },
});

const key = CLUSTER.Cluster.Properties.Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId as any;
const fargate = (Action: string) => ({ Effect: 'Allow', Principal: { Service: 'fargate.amazonaws.com' }, Action, Resource: '*' });
provePredicate(controls.ECS_STORAGE_CMK, {
  ...CLUSTER,
  [key.Ref ?? key['Fn::GetAtt'][0]]: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [fargate('kms:GenerateDataKeyWithoutPlaintext'), fargate('kms:CreateGrant')] } } },
}, {
  'Fargate may not encrypt': r => { (Object.values(r).pop() as any).Properties.KeyPolicy.Statement.shift(); },
  'Fargate may not grant': r => { (Object.values(r).pop() as any).Properties.KeyPolicy.Statement.pop(); },
});

const SERVICE = {
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'DISABLED', SecurityGroups: ['sg-1'], Subnets: [{ Ref: 'A' }, { Ref: 'B' }] } },
      PlatformVersion: 'LATEST',
      EnableExecuteCommand: false,
      DesiredCount: 2,
      DeploymentConfiguration: { MinimumHealthyPercent: 100, DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      AvailabilityZoneRebalancing: 'ENABLED',
    },
  },
};
const vpc = (r: any) => r.Service.Properties.NetworkConfiguration.AwsvpcConfiguration;

provePredicate(controls.ECS_NO_PUBLIC_ADDRESS, SERVICE, {
  'tasks get one': r => { vpc(r).AssignPublicIp = 'ENABLED'; },
  'it is not said': r => { delete vpc(r).AssignPublicIp; },
  "tasks are in the VPC's default security group": r => { vpc(r).SecurityGroups = []; },
  'nothing is said': r => { delete r.Service.Properties.NetworkConfiguration; },
});
provePredicate(controls.ECS_PLATFORM, SERVICE, {
  'it is old': r => { r.Service.Properties.PlatformVersion = '1.3.0'; },
  'it is not said': r => { delete r.Service.Properties.PlatformVersion; },
});
provePredicate(controls.ECS_NO_EXEC, SERVICE, {
  'shells are allowed': r => { r.Service.Properties.EnableExecuteCommand = true; },
  'it is not said': r => { delete r.Service.Properties.EnableExecuteCommand; },
});
provePredicate(controls.ECS_TWO_TASKS, SERVICE, {
  'there is one': r => { r.Service.Properties.DesiredCount = 1; },
  'nobody can tell': r => { r.Service.Properties.DesiredCount = { Ref: 'Count' }; },
  'it is not said': r => { delete r.Service.Properties.DesiredCount; },
});

const { DesiredCount: _, ...unsaid } = SERVICE.Service.Properties;
const SCALED = {
  Service: { Type: 'AWS::ECS::Service', Properties: unsaid },
  Target: {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: { MinCapacity: 2, ResourceId: { 'Fn::Join': ['', ['service/', { Ref: 'Cluster' }, '/', { 'Fn::GetAtt': ['Service', 'Name'] }]] } },
  },
};
provePredicate(controls.ECS_TWO_TASKS, SCALED, {
  'scaling leaves one': r => { r.Target.Properties.MinCapacity = 1; },
  'another service is scaled': r => { r.Target.Properties.ResourceId = 'service/a/b'; },
});
provePredicate(controls.ECS_CIRCUIT_BREAKER, SERVICE, {
  'it is off': r => { r.Service.Properties.DeploymentConfiguration.DeploymentCircuitBreaker.Enable = false; },
  'nothing is rolled back': r => { r.Service.Properties.DeploymentConfiguration.DeploymentCircuitBreaker.Rollback = false; },
  'healthy tasks are stopped first': r => { r.Service.Properties.DeploymentConfiguration.MinimumHealthyPercent = 50; },
  'nothing is said': r => { delete r.Service.Properties.DeploymentConfiguration; },
});
provePredicate(controls.ECS_ZONES, SERVICE, {
  'there is one subnet': r => { vpc(r).Subnets.pop(); },
  'there is one subnet, twice': r => { vpc(r).Subnets[1] = { Ref: 'A' }; },
  'nothing is said': r => { delete vpc(r).Subnets; },
});
provePredicate(controls.ECS_ZONES, { Service: { ...SERVICE.Service, Properties: { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: { 'Fn::Split': [',', { Ref: 'Subnets' }] } } } } } }, {
  'there is one subnet': r => { vpc(r).Subnets = 'subnet-1'; },
});
provePredicate(controls.ECS_REBALANCING, SERVICE, {
  'it is off': r => { r.Service.Properties.AvailabilityZoneRebalancing = 'DISABLED'; },
  'it is not said': r => { delete r.Service.Properties.AvailabilityZoneRebalancing; },
});
