// What may be added to a cluster: copies, doors before it, whatever ships its data, and who is told of it.
import { DB_DELETION_PROTECTION, DB_IAM_AUTHENTICATION } from './controls';
import { DB_GROUPS, DB_SUBNETS } from './network-controls';
import { hasRight } from './parameters';
import { asksForIam, authOf, copiesOf, globalClustersOf, integrationsOf, isOwnKey, keyOf, proxiesOf, subscriptionsTo } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { areInner } from '../../core/network';
import { isAdmitted, isExpected } from '../../core/ours';
import { homeOf, isOwnResource } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { at, isFalse, isGiven, isTrue, same } from '../../core/values';

const CLUSTER = ['AWS::RDS::DBCluster'];
const PROXY = 'AWS::RDS::DBProxy';

/** Whether a property is left out, or says no. */
const isOff = (r: RenderedResource, property: string) => !isGiven(r.properties[property]) || isFalse(r.properties[property]);

/** What tells whether a copy of a cluster is as well protected, by the property that says it. */
const OF_COPIES: Record<string, (copy: RenderedResource, of: RenderedResource, t: RenderedTemplate) => boolean> = {
  // a clone has the encryption and the key of its source, unless it names others; in another region it needs a key of its own
  StorageEncrypted: copy => !isGiven(copy.properties.StorageEncrypted) || isTrue(copy.properties.StorageEncrypted),
  KmsKeyId: copy => isGiven(copy.properties.KmsKeyId) ? isOwnKey(copy.properties.KmsKeyId)
    : !isGiven(copy.properties.GlobalClusterIdentifier) && !isGiven(copy.properties.ReplicationSourceIdentifier),
  EnableIAMDatabaseAuthentication: (copy, _, t) => DB_IAM_AUTHENTICATION.holds(copy, t),
  DeletionProtection: (copy, _, t) => DB_DELETION_PROTECTION.holds(copy, t),
  DBSubnetGroupName: (copy, _, t) => DB_SUBNETS.holds(copy, t) && DB_SUBNETS.breaks!(copy, t).length === 0,
  VpcSecurityGroupIds: (copy, _, t) => DB_GROUPS.holds(copy, t),
  DBClusterParameterGroupName: (copy, of, t) => {
    const group = t.target('AWS::RDS::DBClusterParameterGroup', copy.properties.DBClusterParameterGroupName);
    return same(copy.properties.DBClusterParameterGroupName, of.properties.DBClusterParameterGroupName)
      || (group !== undefined && hasRight(group, 'rds.force_ssl', 'ssl_min_protocol_version', 'pgaudit.log'));
  },
  PubliclyAccessible: copy => isOff(copy, 'PubliclyAccessible'),
  EnableHttpEndpoint: copy => isOff(copy, 'EnableHttpEndpoint'),
  MasterUserPassword: copy => !isGiven(copy.properties.MasterUserPassword),
};

function faultsOf(copy: RenderedResource, of: RenderedResource, t: RenderedTemplate): string[] {
  if (copy.type === 'AWS::RDS::DBInstance') { return ['SourceDBClusterIdentifier']; }
  return Object.keys(OF_COPIES).filter(property => !OF_COPIES[property](copy, of, t));
}
const weakCopies = (r: RenderedResource, t: RenderedTemplate) => copiesOf(r, t).filter(copy => faultsOf(copy, r, t).length > 0);

/** Whether a global cluster is not encrypted: by itself, or, as that is what it takes over from its source, by what it says. */
const isPlain = ({ properties: { StorageEncrypted: encrypted, SourceDBClusterIdentifier: source } }: RenderedResource) =>
  isGiven(encrypted) ? !isTrue(encrypted) : !isGiven(source);

export const DB_COPIES: Control = {
  id: 'DB-27',
  title: 'whatever is cloned, restored or replicated from the cluster is as well protected',
  prevents: 'the same data in a cluster that others reach, read or delete',
  kind: 'default',
  types: CLUSTER,
  property: 'SourceDBClusterIdentifier',
  mend: 'give the copy what the cluster has: its key or another customer managed one, IAM authentication, deletion protection, subnets of '
    + 'the data tier, a security group of the app, and a parameter group that asks for TLS and audits',
  cis: ['3.2.1', '3.2.3'],
  fsbp: ['RDS.7', 'RDS.12', 'RDS.27'],
  nist: [...NIST.atRest, ...NIST.notPublic],
  pci: ['1.4.4', '3.5'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => [...weakCopies(r, t), ...globalClustersOf(r, t).filter(isPlain)],
  tells: (r, t) => weakCopies(r, t).map(copy => faultsOf(copy, r, t).map(property => `'${property}'`).join(', ')),
};

/** Integrations that end in another account, or are under a key of AWS. */
const looseIntegrations = (r: RenderedResource, t: RenderedTemplate) => integrationsOf(r, t).filter(i => !isOwnKey(keyOf(i))
  || !(isOwnResource(i.properties.TargetArn, homeOf(i, t)) || isAdmitted(i.properties.TargetArn, r)));

export const DB_STAYS: Control = {
  id: 'DB-28',
  title: 'the data stays in the account: no integration, share or global cluster takes it elsewhere',
  prevents: 'a copy of all data, and of each change, with somebody else',
  kind: 'default',
  types: CLUSTER,
  property: 'AWS::RDS::Integration',
  mend: 'let integrations end in this account, under a customer managed key, share the cluster with nobody, and make its global cluster in '
    + 'this app',
  nist: ['AC-4', 'AC-21', 'SC-7'],
  pci: ['1.4.4', '7.2.1'],
  holds: (r, t) => !isGiven(r.properties.GlobalClusterIdentifier)
    || t.target('AWS::RDS::GlobalCluster', r.properties.GlobalClusterIdentifier) !== undefined,
  breaks: (r, t) => [...looseIntegrations(r, t), ...t.referring('AWS::RAM::ResourceShare', 'ResourceArns', r.logicalId)],
};

/** What tells whether a proxy guards what is behind it, by the property that says it. */
const OF_PROXIES: Record<string, (proxy: RenderedResource, t: RenderedTemplate) => boolean> = {
  IAMAuth: proxy => asksForIam(proxy),
  SecretArn: (proxy, t) => authOf(proxy).map(auth => at(auth, 'SecretArn'))
    .every(arn => !isGiven(arn) || isOwnResource(arn, homeOf(proxy, t))),
  RoleArn: (proxy, t) => isOwnResource(proxy.properties.RoleArn, homeOf(proxy, t)),
  VpcSubnetIds: (proxy, t) => [proxy, ...t.referring('AWS::RDS::DBProxyEndpoint', 'DBProxyName', proxy.logicalId)]
    .every(p => areInner(p.properties.VpcSubnetIds, p.properties.VpcSecurityGroupIds, t)),
  DebugLogging: proxy => isOff(proxy, 'DebugLogging'),
};
const proxyFaults = (proxy: RenderedResource, t: RenderedTemplate) =>
  Object.keys(OF_PROXIES).filter(property => !OF_PROXIES[property](proxy, t));
const looseProxies = (r: RenderedResource, t: RenderedTemplate) => proxiesOf(r, t).filter(proxy => proxyFaults(proxy, t).length > 0);
/** Target groups of proxies that are in nobody's template. */
const unknownProxies = (r: RenderedResource, t: RenderedTemplate) =>
  t.referring('AWS::RDS::DBProxyTargetGroup', 'DBClusterIdentifiers', r.logicalId)
    .filter(group => t.target(PROXY, group.properties.DBProxyName) === undefined);

export const DB_PROXIES: Control = {
  id: 'DB-29',
  title: 'proxies are of the app, in a tier that the Internet does not reach, ask for IAM, and log no statements',
  prevents: 'a door to the database that takes shared passwords, or that strangers reach',
  kind: 'default',
  types: CLUSTER,
  property: PROXY,
  mend: "make it by 'addProxy' of the EncryptedDatabase, with 'iamAuth' true, secrets of this account, subnets of one private tier and "
    + "'debugLogging' off",
  nist: NIST.notPublic,
  pci: ['1.4.4', '8.6.3'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => [...looseProxies(r, t), ...unknownProxies(r, t)],
  tells: (r, t) => looseProxies(r, t).map(proxy => proxyFaults(proxy, t).map(property => `'${property}'`).join(', ')),
};

export const DB_TELLS_OURS: Control = {
  id: 'DB-30',
  title: 'what happens to the database is told to topics of this account only',
  prevents: 'strangers who read when the database fails, restarts or is changed',
  kind: 'default',
  types: CLUSTER,
  property: 'AWS::RDS::EventSubscription',
  mend: "subscribe a topic of this account, or give the other one as the 'topic' of the database",
  nist: ['AC-4', 'SI-4(5)'],
  pci: ['12.10.5'],
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => subscriptionsTo(r, t).filter(s => {
    // what is about all of the account is there for whichever cluster was told of its topic
    const told = isGiven(s.properties.SourceIds) ? [r] : t.resourcesOf('AWS::RDS::DBCluster');
    return !told.some(cluster => isExpected(s.properties.SnsTopicArn, cluster, homeOf(s, t)));
  }),
};

const KNOWN = ['DBCluster', 'DBInstance', 'DBProxy', 'DBProxyTargetGroup', 'EventSubscription', 'GlobalCluster', 'Integration']
  .map(type => `AWS::RDS::${type}`);

export const DB_KNOWN: Control = {
  id: 'DB-31',
  title: 'nothing of RDS that nobody here knows is added to the cluster',
  prevents: 'a door to the data that no control looks at',
  kind: 'default',
  types: CLUSTER,
  property: 'DBClusterIdentifier',
  mend: 'add instances, proxies, subscriptions, integrations and copies only, or waive it where you have looked at what it does',
  nist: NIST.configuration,
  holds: ADDITIONS_ONLY,
  breaks: (r, t) => t.mentioning('AWS::RDS::', r.logicalId, ...KNOWN),
};
