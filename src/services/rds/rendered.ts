// How the controls of this room read a template.
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { contains, isGiven } from '../../core/values';

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
