// What others may do with a task definition, a service and a cluster of ours: run the tasks, register them, bring hosts.
import type { Run } from './rendered';
import { CLUSTER, clusterOf, networkOf, overridesOf, pick, runnersOf, runsOf, SERVICE, TASK } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { areInner } from '../../core/network';
import { isAdmitted } from '../../core/ours';
import { homeOf, isElsewhere, isOwnResource } from '../../core/ownership';
import { openNothing } from '../../core/security-groups';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, contains, entries, isFalse, isGiven, isList, isOneOf, isTrue, list } from '../../core/values';

const groups = (run: Run) => pick(networkOf(run), 'securityGroups');
const isInside = (run: Run, t: RenderedTemplate) => areInner(pick(networkOf(run), 'subnets'), groups(run), t);

/** Whether the tasks of a run get no public address, said or by the default of where they are. */
function isPrivate(run: Run, t: RenderedTemplate): boolean {
  const address = pick(networkOf(run), 'assignPublicIp');
  return isOneOf(address, 'DISABLED') || (!isGiven(address) && isInside(run, t));
}

/** A control of all by which a task definition is run. */
function ofRuns(isRight: (run: Run, t: RenderedTemplate) => boolean): Pick<Control, 'types' | 'property' | 'holds' | 'breaks'> {
  return {
    types: [TASK],
    property: 'ContainerDefinitions',
    holds: ADDITIONS_ONLY,
    breaks: (r, t) => runnersOf(runsOf(r, t).filter(run => !isRight(run, t))),
  };
}

export const ECS_RUN_PRIVATELY: Control = {
  id: 'ECS-19',
  title: 'whatever runs the tasks gives them no public address',
  prevents: 'an application that the internet reaches past the load balancer',
  kind: 'floor',
  ...ofRuns(isPrivate),
  mend: 'give AssignPublicIp DISABLED and subnets of the application tier',
  fsbp: ['ECS.2', 'ECS.16'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
};

export const ECS_RUN_WITHOUT_SHELLS: Control = {
  id: 'ECS-19b',
  title: 'whatever runs the tasks lets no shells into them',
  prevents: 'a shell as root with the rights of the application, by a second service',
  kind: 'floor',
  ...ofRuns(run => !isGiven(pick(run.how, 'enableExecuteCommand')) || isFalse(pick(run.how, 'enableExecuteCommand'))),
  mend: 'leave EnableExecuteCommand off; debug a copy of the task',
  nist: ['AU-12'],
};

/** Whether a cluster is one of the app whose tasks have disks under a key of ours. */
function isEncrypted(cluster: Json, t: RenderedTemplate): boolean {
  const own = t.target(CLUSTER, cluster);
  return isGiven(at(own?.properties.Configuration, 'ManagedStorageConfiguration', 'FargateEphemeralStorageKmsKeyId'));
}

const ROLES = ['taskRoleArn', 'executionRoleArn'];

/** Whether overrides bring roles: as parameters, or in a text. */
function bringRoles(value: Json): boolean {
  if (isList(value)) { return value.some(bringRoles); }
  return ROLES.some(role => isGiven(pick(value, role)) || contains(value, role) || contains(value, role[0].toUpperCase() + role.slice(1)))
    || entries(value).some(([, inner]) => bringRoles(inner));
}

export const ECS_RUN_AS_OURS: Control = {
  id: 'ECS-19c',
  title: 'whatever runs the tasks does it in inner subnets, under security groups of the app that open nothing, '
    + 'in a cluster whose disks are under a key, and with the roles of the task definition',
  prevents: 'the application outside the walls that were built for it, or with the rights of somebody else',
  kind: 'default',
  ...ofRuns((run, t) => isInside(run, t) && openNothing(groups(run), t) && isEncrypted(clusterOf(run), t) && !bringRoles(overridesOf(run))
    && (!isGiven(pick(run.how, 'launchType')) || isOneOf(pick(run.how, 'launchType'), 'FARGATE'))
    && (!isGiven(pick(run.how, 'platformVersion')) || isOneOf(pick(run.how, 'platformVersion'), 'LATEST', '1.4.0'))),
  mend: "take the service's cluster, the subnets of the application tier, and the service's security group or a closed one of this app",
  fsbp: ['ECS.10'],
  nist: NIST.network,
  pci: ['1.3.1', '1.3.2'],
};

/** Whether all volumes that are made when a task starts are encrypted with a key that is not somebody else's. */
function areEncrypted(run: Run, task: RenderedResource, t: RenderedTemplate): boolean {
  return list(pick(run.how, 'volumeConfigurations')).every(v => {
    const disk = pick(v, 'managedEbsVolume');
    const key = pick(disk, 'kmsKeyId');
    return isTrue(pick(disk, 'encrypted')) && isGiven(key) && !isElsewhere(key, homeOf(task, t));
  });
}

export const ECS_VOLUMES_CMK: Control = {
  id: 'ECS-22',
  title: 'volumes that are configured when tasks start are encrypted with a customer managed key',
  prevents: 'data on disks in plain text, or under a key that nobody can take away',
  kind: 'floor',
  types: [TASK],
  property: 'ContainerDefinitions',
  mend: "give the volume 'Encrypted: true' and a 'KmsKeyId'",
  fsbp: ['EC2.3'],
  nist: NIST.atRest,
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => runnersOf(runsOf(r, t).filter(run => !areEncrypted(run, r, t))),
};

/** Whether a target group is one of the app that is spoken to by HTTPS. */
function isKnownTarget(arn: Json, t: RenderedTemplate): boolean {
  return isOneOf(t.target('AWS::ElasticLoadBalancingV2::TargetGroup', arn)?.properties.Protocol, 'HTTPS');
}

/** Whether a service is reached by nobody but through target groups of the app, names of this account and TLS. */
function isReachedByOurs(r: RenderedResource, t: RenderedTemplate): boolean {
  const { LoadBalancers, ServiceRegistries, ServiceConnectConfiguration: connect, VpcLatticeConfigurations } = r.properties;
  const targetGroups = list(LoadBalancers)
    .flatMap(b => [at(b, 'TargetGroupArn'), ...list(at(b, 'AdvancedConfiguration', 'AlternateTargetGroupArn'))]);
  return targetGroups.every(arn => isKnownTarget(arn, t) || isAdmitted(arn, r))
    && !list(LoadBalancers).some(b => isGiven(at(b, 'LoadBalancerName')))
    && list(ServiceRegistries).every(s => isOwnResource(at(s, 'RegistryArn'), homeOf(r, t))) && list(VpcLatticeConfigurations).length === 0
    && (!isGiven(connect) || isFalse(at(connect, 'Enabled')) || list(at(connect, 'Services')).every(s => isGiven(at(s, 'Tls'))));
}

export const ECS_REACHED_BY_OURS: Control = {
  id: 'ECS-21',
  title: 'tasks register with target groups of the app by HTTPS, and with no service network',
  prevents: 'a load balancer or a network that nobody here knows, which forwards to the application',
  kind: 'default',
  types: [SERVICE],
  property: 'LoadBalancers',
  mend: "let 'addTarget' of the load balancer register the tasks, and give services of Service Connect TLS",
  nist: [...NIST.network, ...NIST.inTransit],
  pci: ['1.4.4', '4.2.1'],
  holds: ADDITIONS_ONLY,
  // the service itself, judged with the stack of the load balancer
  breaks: (r, t) => isReachedByOurs(r, t) ? [] : [r],
};

export const ECS_ONE_ROLLOUT: Control = {
  id: 'ECS-21b',
  title: 'nothing but the service itself decides what runs in it',
  prevents: 'a task set of another task definition, or with public addresses, in the midst of the service',
  kind: 'default',
  types: [SERVICE],
  property: 'DeploymentController',
  mend: 'deploy by the task definition of the service, and leave its deployment controller ECS',
  nist: NIST.configuration,
  holds: r => isOneOf(at(r.properties.DeploymentController, 'Type'), 'ECS'),
  breaks: (r, t) => t.mentioning('AWS::ECS::', r.logicalId),
};

const FARGATE = ['FARGATE', 'FARGATE_SPOT'];

export const ECS_FARGATE_ONLY: Control = {
  id: 'ECS-23',
  title: 'nothing but Fargate runs tasks of the cluster',
  prevents: 'hosts that others share and nobody patches',
  kind: 'default',
  types: [CLUSTER],
  property: 'CapacityProviders',
  mend: 'take the capacity providers FARGATE and FARGATE_SPOT only',
  fsbp: ['ECS.19'],
  nist: NIST.vulnerabilities,
  holds: r => list(r.properties.CapacityProviders).every(p => isOneOf(p, ...FARGATE)),
  breaks: (r, t) => t.mentioning('AWS::ECS::', r.logicalId, SERVICE).filter(x => x.type !== 'AWS::ECS::ClusterCapacityProviderAssociations'
    || ![...list(x.properties.CapacityProviders), ...list(x.properties.DefaultCapacityProviderStrategy).map(s => at(s, 'CapacityProvider'))]
      .every(p => isOneOf(p, ...FARGATE))),
};
