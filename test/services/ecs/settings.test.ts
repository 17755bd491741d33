import { Duration, Lazy } from 'aws-cdk-lib/core';
import * as settings from '../../../src/services/ecs/settings';

const AT = { node: { path: 'Stack/App' } };
const NUMBER = Lazy.number({ produce: () => 2 });

test('a cluster is measured, encrypted, and keeps what shells do', () => {
  const cluster = settings.cluster({ clusterName: 'name', keyId: 'k', keyArn: 'arn:k', logGroupName: 'logs', logBucketName: 'bucket' });
  expect(cluster).toEqual({
    clusterName: 'name',
    clusterSettings: [{ name: 'containerInsights', value: 'enhanced' }],
    configuration: {
      managedStorageConfiguration: { kmsKeyId: 'k', fargateEphemeralStorageKmsKeyId: 'k' },
      executeCommandConfiguration: {
        kmsKeyId: 'arn:k',
        logging: 'OVERRIDE',
        logConfiguration: {
          cloudWatchLogGroupName: 'logs',
          cloudWatchEncryptionEnabled: true,
          s3BucketName: 'bucket',
          s3EncryptionEnabled: true,
          s3KeyPrefix: 'ecs-exec/name',
        },
      },
    },
  });
});

test('a service replaces its tasks safely, in private', () => {
  expect(settings.service({ desiredCount: 3, subnetIds: ['a', 'b'], securityGroupId: 'sg' })).toEqual({
    launchType: 'FARGATE',
    platformVersion: 'LATEST',
    schedulingStrategy: 'REPLICA',
    desiredCount: 3,
    availabilityZoneRebalancing: 'ENABLED',
    deploymentController: { type: 'ECS' },
    deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200, deploymentCircuitBreaker: { enable: true, rollback: true } },
    networkConfiguration: { awsvpcConfiguration: { assignPublicIp: 'DISABLED', securityGroups: ['sg'], subnets: ['a', 'b'] } },
    enableExecuteCommand: false,
    enableEcsManagedTags: true,
    propagateTags: 'SERVICE',
  });
});

test('names', () => {
  expect(() => settings.checkName(AT, 'clusterName', 'Shop_1-a')).not.toThrow();
  expect(() => settings.checkName(AT, 'clusterName', undefined)).not.toThrow();
  expect(() => settings.checkName(AT, 'clusterName', 'a.b')).toThrow("[Stack/App] 'clusterName' is 'a.b': use up to 255 letters");
  expect(() => settings.checkName(AT, 'family', 'a'.repeat(256))).toThrow("[Stack/App] 'family' is 'aaa");
});

test('keys that Fargate does not take', () => {
  expect(() => settings.checkStorageKey(AT, 'k')).not.toThrow();
  expect(() => settings.checkStorageKey(AT, Lazy.string({ produce: () => 'mrk-1' }))).not.toThrow();
  expect(() => settings.checkStorageKey(AT, 'mrk-1')).toThrow("[Stack/App] 'encryptionKey' is 'mrk-1': Fargate takes neither aliases");
  expect(() => settings.checkStorageKey(AT, 'alias/x')).toThrow("'encryptionKey' is 'alias/x'");
});

test('two tasks run, one in a disposable scope, or as many as are asked for', () => {
  expect(settings.taskCount(AT, undefined, false)).toBe(2);
  expect(settings.taskCount(AT, undefined, true)).toBe(1);
  expect(settings.taskCount(AT, 7, true)).toBe(7);
  expect(settings.taskCount(AT, NUMBER, false)).toBe(NUMBER);
  expect(() => settings.taskCount(AT, 0, false)).toThrow("[Stack/App] 'desiredCount' must be a whole number from 1 to 5000 tasks, got 0");
});

test('a starting task has a minute, or as long as it is told', () => {
  expect(settings.gracePeriod(AT, undefined)).toBe(60);
  expect(settings.gracePeriod(AT, Duration.minutes(5))).toBe(300);
  expect(settings.gracePeriod(AT, Duration.seconds(NUMBER))).toBe(NUMBER);
  expect(() => settings.gracePeriod(AT, Duration.millis(500))).toThrow("[Stack/App] 'healthCheckGracePeriod' must be a whole number");
  expect(() => settings.gracePeriod(AT, Duration.minutes(NUMBER))).toThrow("[Stack/App] 'healthCheckGracePeriod' is a token in minutes");
});

test('ports below 1024 are for root', () => {
  expect(() => settings.checkPort(AT, 1024)).not.toThrow();
  expect(() => settings.checkPort(AT, NUMBER)).not.toThrow();
  expect(() => settings.checkPort(AT, 443)).toThrow("[Stack/App] 'port' must be a whole number from 1024 to 65535");
  expect(() => settings.checkPort(AT, undefined as unknown as number)).toThrow("[Stack/App] 'port' is missing");
});

test('scaling keeps processors at 60 percent, or at what it is told', () => {
  expect(settings.cpuTarget(AT, 2, { maxCapacity: 4 })).toBe(60);
  expect(settings.cpuTarget(AT, 2, { maxCapacity: 2, targetUtilizationPercent: 45 })).toBe(45);
  expect(() => settings.cpuTarget(AT, 4, { maxCapacity: 3 })).toThrow("[Stack/App] 'scaling.maxCapacity' must be a whole number from 4 to 5000 tasks, got 3");
  expect(() => settings.cpuTarget(AT, 2, { maxCapacity: 4, targetUtilizationPercent: 100 }))
    .toThrow("[Stack/App] 'scaling.targetUtilizationPercent' must be a whole number from 10 to 90 percent, got 100");
});

test('what scales is the number of tasks', () => {
  expect(settings.scalableTarget('service/c/s', 2, 8))
    .toEqual({ serviceNamespace: 'ecs', scalableDimension: 'ecs:service:DesiredCount', resourceId: 'service/c/s', minCapacity: 2, maxCapacity: 8 });
  expect(settings.cpuPolicy('id', 45)).toEqual({
    policyName: 'CpuUtilization',
    policyType: 'TargetTrackingScaling',
    scalingTargetId: 'id',
    targetTrackingScalingPolicyConfiguration: {
      predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' }, targetValue: 45,
    },
  });
});
