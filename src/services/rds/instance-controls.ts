// What must hold of the instances of a database.
import { CURRENT_AUTHORITIES } from './facts';
import { instancesOf } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { isFalse, isGiven, isOneOf, isTrue, list, numberOf } from '../../core/values';

const CLUSTER = ['AWS::RDS::DBCluster'];
const INSTANCE = ['AWS::RDS::DBInstance'];

export const DB_NOT_PUBLIC: Control = {
  id: 'DB-02',
  title: 'the instance has no public address',
  prevents: 'a database that the internet can reach',
  kind: 'floor',
  types: INSTANCE,
  property: 'PubliclyAccessible',
  mend: 'leave public access off',
  cis: ['3.2.3'],
  fsbp: ['RDS.2', 'RDS.46'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: r => isFalse(r.properties.PubliclyAccessible),
};

export const DB_MINOR_UPGRADES: Control = {
  id: 'DB-07',
  title: 'minor versions are installed in the maintenance window',
  prevents: 'a database with known vulnerabilities',
  kind: 'floor',
  types: [...CLUSTER, ...INSTANCE],
  property: 'AutoMinorVersionUpgrade',
  mend: 'leave automatic minor upgrades on',
  cis: ['3.2.2'],
  fsbp: ['RDS.13', 'RDS.35'],
  nist: NIST.vulnerabilities,
  pci: ['6.3.3'],
  holds: r => isTrue(r.properties.AutoMinorVersionUpgrade),
};

export const DB_MONITORED: Control = {
  id: 'DB-13',
  title: 'the operating system of the instance is monitored every minute or more often',
  prevents: 'load and processes that the engine does not see',
  kind: 'floor',
  types: INSTANCE,
  property: 'MonitoringInterval',
  mend: 'keep enhanced monitoring and its role',
  fsbp: ['RDS.6'],
  nist: ['CA-7', 'SI-2'],
  holds: r => {
    const interval = numberOf(r.properties.MonitoringInterval);
    return interval >= 1 && interval <= 60 && isGiven(r.properties.MonitoringRoleArn);
  },
};

export const DB_CERTIFICATE: Control = {
  id: 'DB-20',
  title: 'the certificate of the instance comes from a current authority',
  prevents: 'clients that cannot connect on the day on which an old authority expires',
  kind: 'floor',
  types: INSTANCE,
  property: 'CACertificateIdentifier',
  mend: 'take rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1',
  holds: r => isOneOf(r.properties.CACertificateIdentifier, ...CURRENT_AUTHORITIES),
};

/** What an instance has to be, by the property that says it, whoever adds it. */
const RIGHT: Record<string, (r: RenderedResource, t: RenderedTemplate) => boolean> = Object.fromEntries(
  [DB_NOT_PUBLIC, DB_MINOR_UPGRADES, DB_MONITORED, DB_CERTIFICATE].map(c => [c.property, c.holds]),
);
const wrongOf = (r: RenderedResource, t: RenderedTemplate) => Object.keys(RIGHT).filter(property => !RIGHT[property](r, t));
const wrongInstances = (cluster: RenderedResource, t: RenderedTemplate) => instancesOf(cluster, t).filter(i => wrongOf(i, t).length > 0);

export const DB_EVERY_INSTANCE: Control = {
  id: 'DB-23',
  title: 'every instance, whoever adds it, has no public address, is monitored and upgraded, and has a current certificate',
  prevents: 'a further instance that opens what the first ones keep closed',
  kind: 'floor',
  types: CLUSTER,
  property: 'AWS::RDS::DBInstance',
  mend: "give the instance 'publiclyAccessible' false, 'autoMinorVersionUpgrade' true, 'monitoringInterval' of 60 or less with a role, and "
    + "a current 'caCertificateIdentifier', or have more 'instances' of the EncryptedDatabase, which have all of that",
  cis: ['3.2.2', '3.2.3'],
  fsbp: ['RDS.2', 'RDS.6', 'RDS.13', 'RDS.35'],
  nist: NIST.notPublic,
  pci: ['1.4.4', '6.3.3'],
  holds: ADDITIONS_ONLY,
  breaks: wrongInstances,
  tells: (r, t) => wrongInstances(r, t).map(i => wrongOf(i, t).map(property => `'${property}'`).join(', ')),
};

export const DB_NO_ROLES: Control = {
  id: 'DB-24',
  title: 'the database reads and writes nothing elsewhere: neither it nor an instance has a role for that',
  prevents: 'SQL that ships data to a bucket, or that runs a function',
  kind: 'default',
  types: CLUSTER,
  property: 'AssociatedRoles',
  mend: "leave 'associatedRoles' out, and let a task of the application move the data by the endpoints of the network",
  nist: [...NIST.leastPrivilege, 'AC-4'],
  pci: ['7.2.1'],
  holds: r => hasNoRole(r),
  breaks: (r, t) => instancesOf(r, t).filter(i => !hasNoRole(i)),
};

function hasNoRole({ properties }: RenderedResource): boolean {
  return list(properties.AssociatedRoles).length === 0;
}
