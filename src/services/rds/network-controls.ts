// What must hold of the place of a database in its network, and of who reaches it.
import { clustersWith } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { areInner, isPublic, subnetsWith, usersOf } from '../../core/network';
import type { GroupRule } from '../../core/security-groups';
import { apartOf, areApart, areWide, groupRules, isForOnePort, openNothing, peerOf } from '../../core/security-groups';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { isFalse, isGiven, isList, list, numberOf, same } from '../../core/values';

const CLUSTER = ['AWS::RDS::DBCluster'];
const SECURITY_GROUP = ['AWS::EC2::SecurityGroup'];

export const DB_SUBNETS: Control = {
  id: 'DB-02b',
  title: 'the cluster is in a subnet group of its own with two subnets or more',
  prevents: 'a cluster that lands in the default subnet group, which has public subnets',
  kind: 'floor',
  types: CLUSTER,
  property: 'DBSubnetGroupName',
  mend: 'keep the subnet group, with subnets of one tier that the Internet does not reach',
  cis: ['3.2.3'],
  fsbp: ['RDS.46'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: (r, t) => {
    const subnets = t.target('AWS::RDS::DBSubnetGroup', r.properties.DBSubnetGroupName)?.properties.SubnetIds;
    return isList(subnets) ? subnets.length >= 2 : isGiven(subnets);
  },
  breaks: (r, t) => {
    const group = t.target('AWS::RDS::DBSubnetGroup', r.properties.DBSubnetGroupName);
    return group && !areInner(group.properties.SubnetIds, r.properties.VpcSecurityGroupIds, t) ? [group] : [];
  },
};

/** Whether a security group is of what answers clients from outside: of a load balancer, of something public, or admitting everybody. */
function isFront(group: RenderedResource, t: RenderedTemplate): boolean {
  const peers = groupRules(group, t, 'Ingress').map(({ rule }) => peerOf(rule, 'Ingress', group, t));
  return areWide(peers) || peers.some(({ kind }) => kind === 'unknown') || usersOf(group, t).some(user => user.type.startsWith('AWS::ElasticLoadBalancing') || subnetsWith(user, t).some(s => isPublic(s, t)));
}

/** Rules that let in others than security groups of the VPC that are known and answer nobody from outside, or to other ports. */
function loose(r: RenderedResource, t: RenderedTemplate): GroupRule[] {
  const ports = clustersWith('VpcSecurityGroupIds', r, t).map(c => c.properties.Port);
  return groupRules(r, t, 'Ingress').filter(({ rule }) => {
    const { group } = peerOf(rule, 'Ingress', r, t);
    return !group || isFront(group, t) || !isForOnePort(rule)
      || !ports.some(p => same(p, rule.FromPort) || numberOf(p) === numberOf(rule.FromPort));
  });
}

export const DB_INGRESS: Control = {
  id: 'DB-19',
  title: 'only named security groups reach the database, and only its port',
  prevents: 'connections from anywhere in the network',
  kind: 'default',
  types: SECURITY_GROUP,
  property: 'SecurityGroupIngress',
  mend: "let in security groups of this app and VPC by 'connections.allowDefaultPortFrom', not those of load balancers or of what is "
    + 'public, not addresses and not other ports',
  nist: NIST.network,
  holds: (r, t) => clustersWith('VpcSecurityGroupIds', r, t).length > 0 && areApart(loose(r, t)),
  breaks: (r, t) => apartOf(loose(r, t)),
};

/** Rules that let something out. */
function leaving(r: RenderedResource, t: RenderedTemplate): GroupRule[] {
  return groupRules(r, t, 'Egress').filter(({ rule }) => peerOf(rule, 'Egress', r, t).kind !== 'nowhere');
}

export const DB_NO_EGRESS: Control = {
  id: 'DB-19b',
  title: 'the database opens no connections',
  prevents: 'sending data out from inside the database',
  kind: 'floor',
  types: SECURITY_GROUP,
  property: 'SecurityGroupEgress',
  mend: 'keep the rule to 255.255.255.255/32 that stands for no rule, and add none: without any, EC2 allows everything',
  nist: NIST.network,
  holds: (r, t) => list(r.properties.SecurityGroupEgress).length > 0 && areApart(leaving(r, t)),
  breaks: (r, t) => apartOf(leaving(r, t)),
};

export const DB_GROUPS: Control = {
  id: 'DB-19c',
  title: 'the security groups of the database are of the app, and no further one opens anything',
  prevents: 'a second security group that opens what the first one does not',
  kind: 'default',
  types: CLUSTER,
  property: 'VpcSecurityGroupIds',
  mend: "keep the security group of the database, and let clients in by 'connections.allowDefaultPortFrom'",
  nist: NIST.network,
  pci: ['1.3.1'],
  holds: (r, t) => openNothing(r.properties.VpcSecurityGroupIds, t),
};

export const DB_NO_DATA_API: Control = {
  id: 'DB-22',
  title: 'SQL goes through the network only, not through the Data API',
  prevents: 'reaching the database over the internet with credentials alone, past security groups and endpoints',
  kind: 'floor',
  types: CLUSTER,
  property: 'EnableHttpEndpoint',
  mend: 'leave the HTTP endpoint off',
  nist: NIST.network,
  holds: r => isFalse(r.properties.EnableHttpEndpoint),
};
