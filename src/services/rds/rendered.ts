// How the controls of this room read a template.
import { EVENTS } from './facts';
import { topicLetsIn } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, contains, isGiven, isTrue, list, mentions, targetsOf } from '../../core/values';

/** A key is named, and it is not the one that AWS manages. */
export function isOwnKey(key: Json): boolean {
  return isGiven(key) && !contains(key, 'alias/aws/');
}

/** The clusters that refer to a resource in a property. */
export function clustersWith(property: string, resource: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  return template.referring('AWS::RDS::DBCluster', property, resource.logicalId);
}

/** The instances of a cluster. */
export function instancesOf(cluster: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  return template.referring('AWS::RDS::DBInstance', 'DBClusterIdentifier', cluster.logicalId);
}

/** The proxies that lead to a cluster. */
export function proxiesOf(cluster: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  return template.referring('AWS::RDS::DBProxyTargetGroup', 'DBClusterIdentifiers', cluster.logicalId)
    .map(group => template.target('AWS::RDS::DBProxy', group.properties.DBProxyName))
    .filter(proxy => proxy !== undefined);
}

/** The parameter groups of the instances of a cluster that are of the app, and the one that an upgrade would give to them. */
export function parameterGroupsOf(cluster: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  const ofInstances = instancesOf(cluster, template).map(i => i.properties.DBParameterGroupName);
  const names = [cluster.properties.DBInstanceParameterGroupName, ...ofInstances];
  return [...new Set(names.map(name => template.target('AWS::RDS::DBParameterGroup', name)).filter(group => group !== undefined))];
}

/**
 * Whether a topic, which lets RDS publish, is told of all that matters at one of these sources, or at every source of its kind in the
 * account.
 */
export function isToldOf(source: keyof typeof EVENTS | string, about: readonly RenderedResource[], template: RenderedTemplate): boolean {
  const categories = Object.entries(EVENTS).find(([name]) => name === source)?.[1] ?? [];
  return template.resourcesOf('AWS::RDS::EventSubscription').some(({ properties: p }) => isTrue(p.Enabled) && p.SourceType === source
    && isGiven(p.SnsTopicArn) && topicLetsIn(p.SnsTopicArn, template, 'events.rds.amazonaws.com')
    && categories.every(c => list(p.EventCategories).includes(c))
    && (p.SourceIds === undefined || about.some(resource => mentions(p.SourceIds, resource.logicalId))));
}

/** The subscriptions to what happens to a cluster or its instances, or to everything of the account. */
export function subscriptionsTo(cluster: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  const about = [cluster, ...instancesOf(cluster, template), ...parameterGroupsOf(cluster, template)];
  return template.resourcesOf('AWS::RDS::EventSubscription').filter(s => template.areNear(s, cluster)
    && (!isGiven(s.properties.SourceIds) || about.some(resource => mentions(s.properties.SourceIds, resource.logicalId))));
}

/** Clusters and instances that are made of a cluster: clones, restored ones, replicas, and those of a global cluster around it. */
export function copiesOf(cluster: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  const worlds = globalClustersOf(cluster, template).map(g => g.logicalId);
  const isMade = (r: RenderedResource) => r.logicalId !== cluster.logicalId
    && [...COPIED_FROM.map(name => r.properties[name]), ...r.type === 'AWS::RDS::DBCluster' ? [r.properties.GlobalClusterIdentifier] : []]
      .some(value => [...targetsOf(value)].some(id => id === cluster.logicalId || worlds.includes(id)));
  return ['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance'].flatMap(type => template.resourcesOf(type)).filter(isMade);
}
const COPIED_FROM = ['SourceDBClusterIdentifier', 'SourceDbClusterResourceId', 'ReplicationSourceIdentifier', 'SnapshotIdentifier',
  'DBClusterSnapshotIdentifier'];

/** The global clusters that are made of a cluster, or that it is in. */
export function globalClustersOf(cluster: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  const own = template.target('AWS::RDS::GlobalCluster', cluster.properties.GlobalClusterIdentifier);
  return [...template.referring('AWS::RDS::GlobalCluster', 'SourceDBClusterIdentifier', cluster.logicalId), ...own ? [own] : []];
}

/** Integrations that ship every change of a cluster, by whichever service. */
export function integrationsOf(cluster: RenderedResource, template: RenderedTemplate): RenderedResource[] {
  return ['RDS', 'Redshift', 'Glue'].flatMap(service => template.referring(`AWS::${service}::Integration`, 'SourceArn', cluster.logicalId));
}

/** The key of an integration: services spell the property differently. */
export function keyOf({ properties }: RenderedResource): Json {
  return properties.KMSKeyId ?? properties.KmsKeyId;
}

/** What of a proxy is asked of those who log in, each with its secret. */
export function authOf(proxy: RenderedResource): readonly Json[] {
  return list(proxy.properties.Auth);
}

/** Whether everybody has to log in to a proxy with IAM. */
export function asksForIam(proxy: RenderedResource): boolean {
  const isByDefault = proxy.properties.DefaultAuthScheme === 'IAM_AUTH';
  return (isByDefault || authOf(proxy).length > 0) && authOf(proxy).every(auth => at(auth, 'IAMAuth') === 'REQUIRED');
}
