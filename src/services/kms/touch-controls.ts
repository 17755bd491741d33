// What may be added to a key: statements of its policy, and replicas.
import { forOtherManagers, forOtherSources, forStrangers, lockingOut, managedByIdentity, shuttingOut } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { told } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { isFalse, isTrue } from '../../core/values';

const KEY = ['AWS::KMS::Key'];

type Faults = typeof forStrangers;

/** A control that no statement of a key's policy, and none of a replica's, breaks. */
function noStatement(faults: Faults): Pick<Control, 'holds' | 'breaks' | 'tells'> {
  const replicas = (key: RenderedResource, t: RenderedTemplate) => t.referring('AWS::KMS::ReplicaKey', 'PrimaryKeyArn', key.logicalId);
  return {
    holds: (key, t) => key.properties.KeyPolicy !== undefined && faults(key, t).length === 0,
    breaks: (key, t) => replicas(key, t).filter(r => faults(r, t).length > 0),
    tells: (key, t) => [key, ...replicas(key, t)].flatMap(r => faults(r, t)).map(told),
  };
}

export const KMS_OWN_PRINCIPALS: Control = {
  id: 'KMS-13',
  title: 'the key policy lets in principals of this account only, and others only by name',
  prevents: 'that somebody of another account reads the data, or changes the key',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: "name users of other accounts in 'users' of the CustomerManagedKey, let readers in by its 'grantDecryptToAccount', or, of a "
    + "bucket, by the bucket's 'grantReadToAccount'; "
    + "write principals of this account with 'AWS::AccountId' where the account is not known",
  cis: ['2.21'],
  fsbp: ['KMS.5'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.1'],
  ...noStatement(forStrangers),
};

export const KMS_OWN_SOURCES: Control = {
  id: 'KMS-14',
  title: 'AWS services use the key for this account and its resources only',
  prevents: 'that a log group, a trail or a topic of another account makes a service use the key (confused deputy)',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: "let services in by 'allow' and a KeyAccess, for example 'KeyAccess.publisher(service, sourceArn)', which names this account",
  cis: ['2.21'],
  fsbp: ['KMS.5'],
  nist: NIST.leastPrivilege,
  ...noStatement(forOtherSources),
};

export const KMS_MANAGERS: Control = {
  id: 'KMS-15',
  title: 'nobody but the account and administrators who are denied its use manages the key',
  prevents: 'that a user, a service or another account changes the policy, or deletes the key',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: "name whoever keeps the key in order in 'administrators', and allow others named actions that use it, not what NotAction leaves",
  nist: ['AC-5', 'AC-6', 'SC-12'],
  pci: ['3.6.1', '3.7.6'],
  ...noStatement(forOtherManagers),
};

export const KMS_NO_MANAGERS: Control = {
  id: 'KMS-19',
  title: 'no role or user of the app may manage the key by a policy of its own',
  prevents: 'that whoever has the application has the policy of the key, or deletes it',
  kind: 'default',
  types: KEY,
  property: 'KeyPolicy',
  mend: "name whoever keeps the key in order in 'administrators', and give others named actions that use it",
  nist: ['AC-5', 'AC-6', 'SC-12'],
  pci: ['3.6.1', '3.7.6'],
  holds: key => key.properties.KeyPolicy !== undefined,
  breaks: (key, t) => managedByIdentity(key, t).map(right => right.by),
  tells: (key, t) => managedByIdentity(key, t).map(right => told(right.statement)),
};

export const KMS_RESTORABLE: Control = {
  id: 'KMS-16',
  title: 'nobody is kept from restoring the key policy',
  prevents: 'a key that nobody can manage any more, and that only AWS Support can recover',
  kind: 'floor',
  types: KEY,
  property: 'KeyPolicy',
  mend: 'leave kms:PutKeyPolicy out of what is denied to everybody or to the account; deny it to named roles',
  nist: ['SC-12'],
  ...noStatement(lockingOut),
};

export const KMS_USABLE: Control = {
  id: 'KMS-17',
  title: 'the key is enabled, and whoever is let in is not shut out again',
  prevents: 'logs, findings and alarms that are lost in silence, as a service can no longer use the key',
  kind: 'default',
  types: KEY,
  property: 'KeyPolicy',
  mend: 'deny the use of the key to named roles, or on a condition; leave services and everybody else as they are',
  nist: ['AU-9', 'SC-12'],
  holds: (key, t) => key.properties.KeyPolicy !== undefined && shuttingOut(key, t).length === 0
    && (key.properties.Enabled === undefined || isTrue(key.properties.Enabled)),
  tells: (key, t) => [...shuttingOut(key, t).map(told), ...isFalse(key.properties.Enabled) ? ["'Enabled' is false"] : []],
};

export const KMS_REPLICAS: Control = {
  id: 'KMS-18',
  title: 'nothing of KMS that nobody here knows is made of the key',
  prevents: 'a copy of the key that its policy does not guard',
  kind: 'default',
  types: KEY,
  property: 'KeyPolicy',
  mend: 'make aliases and replicas of the key only',
  nist: ['SC-12'],
  holds: key => key.properties.KeyPolicy !== undefined,
  breaks: (key, t) => t.mentioning('AWS::KMS::', key.logicalId, ...KNOWN),
};
const KNOWN = ['AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::KMS::ReplicaKey'];
