import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { keyLetsIn } from '../../core/policies';
import { list, mentions } from '../../core/values';

const CLUSTER = ['AWS::ECS::Cluster'];
const SERVICE = ['AWS::ECS::Service'];

export const ECS_NO_PUBLIC_ADDRESS: Control = {
  id: 'ECS-04b',
  title: 'tasks have no public address',
  prevents: 'an application that the internet reaches past the load balancer',
  kind: 'floor',
  types: SERVICE,
  property: 'NetworkConfiguration',
  mend: 'keep AssignPublicIp DISABLED',
  fsbp: ['ECS.2', 'ECS.16'],
  pci: ['1.4.4'],
  holds: r => r.properties.NetworkConfiguration?.AwsvpcConfiguration?.AssignPublicIp === 'DISABLED'
    && list(r.properties.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups).length > 0,
};

export const ECS_PLATFORM: Control = {
  id: 'ECS-07',
  title: 'tasks run on the newest Fargate platform',
  prevents: 'a runtime without security patches',
  kind: 'floor',
  types: SERVICE,
  property: 'PlatformVersion',
  mend: 'keep the platform version LATEST',
  fsbp: ['ECS.10'],
  pci: ['6.3.3'],
  holds: r => ['LATEST', '1.4.0'].includes(r.properties.PlatformVersion),
};

export const ECS_INSIGHTS: Control = {
  id: 'ECS-08',
  title: 'Container Insights measures the cluster, down to each task',
  prevents: 'an incident that nothing shows',
  kind: 'floor',
  types: CLUSTER,
  property: 'ClusterSettings',
  mend: 'keep containerInsights enhanced',
  fsbp: ['ECS.12'],
  holds: r => list(r.properties.ClusterSettings).some(s => s.Name === 'containerInsights' && ['enhanced', 'enabled'].includes(s.Value)),
};

export const ECS_EXEC_LOGGED: Control = {
  id: 'ECS-09',
  title: 'a shell in a container, if anybody ever allows one, is encrypted with a customer managed key and recorded in two places',
  prevents: 'shells that leave no trace',
  kind: 'floor',
  types: CLUSTER,
  property: 'Configuration',
  mend: 'keep ExecuteCommandConfiguration with its key, log group and bucket',
  nist: ['AU-12'],
  holds: r => {
    const exec = r.properties.Configuration?.ExecuteCommandConfiguration;
    const log = exec?.LogConfiguration;
    return exec?.KmsKeyId !== undefined && exec.Logging === 'OVERRIDE' && log?.CloudWatchLogGroupName !== undefined && log.CloudWatchEncryptionEnabled === true
      && log.S3BucketName !== undefined && log.S3EncryptionEnabled === true;
  },
};

export const ECS_NO_EXEC: Control = {
  id: 'ECS-09b',
  title: 'nobody opens a shell in a running container',
  prevents: 'a shell as root, whatever the user of the container is',
  kind: 'floor',
  types: SERVICE,
  property: 'EnableExecuteCommand',
  mend: 'keep EnableExecuteCommand false; debug a copy of the task',
  nist: ['AU-12'],
  holds: r => r.properties.EnableExecuteCommand === false,
};

export const ECS_STORAGE_CMK: Control = {
  id: 'ECS-10',
  title: 'the disks of tasks are encrypted with a customer managed key',
  prevents: 'data on disks under a key that nobody can take away',
  kind: 'floor',
  types: CLUSTER,
  property: 'Configuration',
  mend: 'keep ManagedStorageConfiguration with both keys',
  nist: NIST.atRest,
  holds: (r, t) => r.properties.Configuration?.ManagedStorageConfiguration?.KmsKeyId !== undefined
    && r.properties.Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId !== undefined
    && keyLetsIn(r.properties.Configuration.ManagedStorageConfiguration.FargateEphemeralStorageKmsKeyId, t, 'fargate.amazonaws.com',
      'kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant'),
};

export const ECS_TWO_TASKS: Control = {
  id: 'ECS-13',
  title: 'at least two tasks run',
  prevents: 'an outage when one task, one host or one Availability Zone fails',
  kind: 'durability',
  types: SERVICE,
  property: 'DesiredCount',
  mend: "give 'desiredCount' of 2 or more",
  nist: NIST.resilience,
  // A count in the template would undo the scaling at every deployment, so a scaled service has none.
  holds: (r, t) => r.properties.DesiredCount !== undefined ? r.properties.DesiredCount >= 2
    : t.resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget').some(s => mentions(s.properties.ResourceId, r.logicalId) && s.properties.MinCapacity >= 2),
};

export const ECS_CIRCUIT_BREAKER: Control = {
  id: 'ECS-13b',
  title: 'a deployment that fails is stopped and rolled back, and takes no healthy task away',
  prevents: 'an outage by a bad release',
  kind: 'floor',
  types: SERVICE,
  property: 'DeploymentConfiguration',
  mend: 'keep the deployment circuit breaker with rollback, and MinimumHealthyPercent 100',
  nist: NIST.resilience,
  holds: r => {
    const deployment = r.properties.DeploymentConfiguration;
    return deployment?.DeploymentCircuitBreaker?.Enable === true
      && deployment.DeploymentCircuitBreaker.Rollback === true && deployment.MinimumHealthyPercent >= 100;
  },
};

export const ECS_ZONES: Control = {
  id: 'ECS-13c',
  title: 'tasks have subnets in several Availability Zones',
  prevents: 'an outage with one Availability Zone',
  kind: 'floor',
  types: SERVICE,
  property: 'NetworkConfiguration',
  mend: 'give subnets in two Availability Zones or more',
  nist: NIST.resilience,
  holds: r => {
    const subnets = r.properties.NetworkConfiguration?.AwsvpcConfiguration?.Subnets;
    const isOneByOne = Array.isArray(subnets);
    return isOneByOne ? new Set(subnets.map(s => JSON.stringify(s))).size >= 2 : subnets !== undefined && typeof subnets !== 'string';
  },
};

export const ECS_REBALANCING: Control = {
  id: 'ECS-13d',
  title: 'ECS spreads the tasks over the Availability Zones again after a failure',
  prevents: 'all tasks in one Availability Zone, long after the other is back',
  kind: 'floor',
  types: SERVICE,
  property: 'AvailabilityZoneRebalancing',
  mend: 'keep AvailabilityZoneRebalancing ENABLED',
  nist: NIST.resilience,
  holds: r => r.properties.AvailabilityZoneRebalancing === 'ENABLED',
};
