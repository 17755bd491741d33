// What must hold of a cluster and of a service.
import { insightsLogGroupName } from './facts';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { keyLetsIn } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, functionOf, isFalse, isGiven, isList, isOneOf, isTrue, list, mentions, numberOf, same } from '../../core/values';

const CLUSTER = ['AWS::ECS::Cluster'];
const SERVICE = ['AWS::ECS::Service'];

const network = (r: RenderedResource) => at(r.properties.NetworkConfiguration, 'AwsvpcConfiguration');
const storage = (r: RenderedResource) => at(r.properties.Configuration, 'ManagedStorageConfiguration');

/** What scales a service. */
function scalingOf(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget').filter(s => mentions(s.properties.ResourceId, r.logicalId));
}

/** Whether scaling leaves two tasks at least, at every time of its schedule. */
function keepsTwo({ properties: p }: RenderedResource): boolean {
  const scheduled = list(p.ScheduledActions).map(a => at(a, 'ScalableTargetAction'))
    .flatMap(a => [at(a, 'MinCapacity'), at(a, 'MaxCapacity')]);
  return numberOf(p.MinCapacity) >= 2 && scheduled.every(count => !isGiven(count) || numberOf(count) >= 2);
}

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
  holds: r => at(network(r), 'AssignPublicIp') === 'DISABLED' && list(at(network(r), 'SecurityGroups')).length > 0,
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
  holds: r => isOneOf(r.properties.PlatformVersion, 'LATEST', '1.4.0'),
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
  holds: r => list(r.properties.ClusterSettings).some(s => at(s, 'Name') === 'containerInsights')
    && list(r.properties.ClusterSettings).every(s => isOneOf(at(s, 'Value'), 'enhanced', 'enabled')),
};

/** The parts of a text as a template has them, neighbours joined. */
function partsOf(...values: Json[]): Json[] {
  const parts = values.flatMap(v => {
    const [separator, texts] = functionOf(v) === 'Fn::Join' ? list(at(v, 'Fn::Join')) : [];
    return separator === '' ? list(texts) : [v];
  });
  return parts.reduce<Json[]>((all, part) => {
    const last = all[all.length - 1];
    return typeof part === 'string' && typeof last === 'string' ? [...all.slice(0, -1), last + part] : [...all, part];
  }, []);
}

export const ECS_INSIGHTS_LOGS: Control = {
  id: 'ECS-25',
  title: 'the log group of Container Insights is there before the cluster, under a key',
  prevents: 'a log group that ECS makes by itself, without key and protection',
  kind: 'floor',
  types: CLUSTER,
  property: 'AWS::Logs::LogGroup',
  mend: 'keep the log group of the cluster, and its name',
  fsbp: ['CloudWatch.16'],
  nist: [...NIST.atRest, 'AU-11'],
  holds: (r, t) => {
    const [before, after] = insightsLogGroupName('|').split('|');
    const name = partsOf(before, r.properties.ClusterName, after);
    return isGiven(r.properties.ClusterName) && t.resourcesOf('AWS::Logs::LogGroup').some(group => r.dependsOn.includes(group.logicalId)
      && isGiven(group.properties.KmsKeyId) && same(partsOf(group.properties.LogGroupName), name));
  },
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
    const exec = at(r.properties.Configuration, 'ExecuteCommandConfiguration');
    const log = at(exec, 'LogConfiguration');
    return isGiven(at(exec, 'KmsKeyId')) && at(exec, 'Logging') === 'OVERRIDE'
      && isGiven(at(log, 'CloudWatchLogGroupName')) && isTrue(at(log, 'CloudWatchEncryptionEnabled'))
      && isGiven(at(log, 'S3BucketName')) && isTrue(at(log, 'S3EncryptionEnabled'));
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
  holds: r => isFalse(r.properties.EnableExecuteCommand),
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
  holds: (r, t) => isGiven(at(storage(r), 'KmsKeyId')) && isGiven(at(storage(r), 'FargateEphemeralStorageKmsKeyId'))
    && keyLetsIn(at(storage(r), 'FargateEphemeralStorageKmsKeyId'), t, 'fargate.amazonaws.com',
      'kms:GenerateDataKeyWithoutPlaintext', 'kms:CreateGrant'),
};

export const ECS_TWO_TASKS: Control = {
  id: 'ECS-13',
  title: 'at least two tasks run',
  prevents: 'an outage when one task, one host or one Availability Zone fails',
  kind: 'durability',
  types: SERVICE,
  property: 'DesiredCount',
  mend: "give 'desiredCount' of 2 or more, and let scaling, scheduled too, leave as many",
  nist: NIST.resilience,
  // A count in the template would undo the scaling at every deployment, so a scaled service has none.
  holds: (r, t) => isGiven(r.properties.DesiredCount) ? numberOf(r.properties.DesiredCount) >= 2
    : scalingOf(r, t).some(keepsTwo),
  breaks: (r, t) => scalingOf(r, t).filter(s => !keepsTwo(s)),
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
    const breaker = at(deployment, 'DeploymentCircuitBreaker');
    return isTrue(at(breaker, 'Enable')) && isTrue(at(breaker, 'Rollback')) && numberOf(at(deployment, 'MinimumHealthyPercent')) >= 100;
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
    const subnets = at(network(r), 'Subnets');
    return isList(subnets) ? subnets.some(s => !same(s, subnets[0])) : functionOf(subnets) !== undefined;
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
