// What must hold of the instances of a database.
import { CURRENT_AUTHORITIES } from './facts';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isFalse, isGiven, isOneOf, isTrue, numberOf } from '../../core/values';

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
