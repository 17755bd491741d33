// What must hold of the place of a database in its network, and of who reaches it.
import { clustersWith } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { Json } from '../../core/values';
import { at, isFalse, isGiven, isList, list, numberOf, same } from '../../core/values';

const CLUSTER = ['AWS::RDS::DBCluster'];
const SECURITY_GROUP = ['AWS::EC2::SecurityGroup'];

export const DB_SUBNETS: Control = {
  id: 'DB-02b',
  title: 'the cluster is in a subnet group of its own with two subnets or more',
  prevents: 'a cluster that lands in the default subnet group, which has public subnets',
  kind: 'floor',
  types: CLUSTER,
  property: 'DBSubnetGroupName',
  mend: 'keep the subnet group',
  cis: ['3.2.3'],
  fsbp: ['RDS.46'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: (r, t) => {
    const subnets = t.target('AWS::RDS::DBSubnetGroup', r.properties.DBSubnetGroupName)?.properties.SubnetIds;
    return isList(subnets) ? subnets.length >= 2 : isGiven(subnets);
  },
};

/** The rule that stands for none, where EC2 would open everything. */
const isNowhere = (rule: Json) => at(rule, 'CidrIp') === '255.255.255.255/32' && at(rule, 'IpProtocol') === 'icmp';

/** A rule that names the security group it lets in, and one port of a cluster behind the group. */
function isNarrow(rule: Json, ports: readonly Json[]): boolean {
  const from = at(rule, 'FromPort');
  return isGiven(at(rule, 'SourceSecurityGroupId')) && at(rule, 'CidrIp') === undefined && at(rule, 'CidrIpv6') === undefined
    && at(rule, 'IpProtocol') === 'tcp' && same(from, at(rule, 'ToPort'))
    && ports.some(p => same(p, from) || numberOf(p) === numberOf(from));
}

export const DB_INGRESS: Control = {
  id: 'DB-19',
  title: 'only named security groups reach the database, and only its port',
  prevents: 'connections from anywhere in the network',
  kind: 'default',
  types: SECURITY_GROUP,
  property: 'SecurityGroupIngress',
  mend: "let in security groups by 'connections.allowDefaultPortFrom', not addresses and not other ports",
  nist: NIST.network,
  holds: (r, t) => {
    const ports = clustersWith('VpcSecurityGroupIds', r, t).map(c => c.properties.Port);
    const apart = t.referring('AWS::EC2::SecurityGroupIngress', 'GroupId', r.logicalId).map(i => i.properties);
    return ports.length > 0 && [...list(r.properties.SecurityGroupIngress), ...apart].every(rule => isNarrow(rule, ports));
  },
};

export const DB_NO_EGRESS: Control = {
  id: 'DB-19b',
  title: 'the database opens no connections',
  prevents: 'sending data out from inside the database',
  kind: 'floor',
  types: SECURITY_GROUP,
  property: 'SecurityGroupEgress',
  mend: 'keep the rule to 255.255.255.255/32 that stands for no rule, and add none: without any, EC2 allows everything',
  nist: NIST.network,
  holds: (r, t) => list(r.properties.SecurityGroupEgress).length > 0 && list(r.properties.SecurityGroupEgress).every(isNowhere)
    && t.referring('AWS::EC2::SecurityGroupEgress', 'GroupId', r.logicalId).length === 0,
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
