// What may be added to a bucket: statements of policies, and doors beside it.
import { lockedOut, lostReports, openDoors, unknownOf } from './attached';
import {
  byIdentity, Fault, forManagers, forOtherSources, forStrangers, forWriters, furtherPolicies, managedByIdentity, policiesOf, shuttingOut,
} from './policy-faults';
import { encryptionRule } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import { told } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';

const BUCKET = ['AWS::S3::Bucket'];

/** A control that no statement breaks, in whatever policy. */
function noStatement(
  ...all: ((r: RenderedResource, t: RenderedTemplate) => readonly Fault[])[]
): Pick<Control, 'holds' | 'breaks' | 'tells'> {
  const faults = (r: RenderedResource, t: RenderedTemplate) => all.flatMap(find => find(r, t));
  return {
    holds: (r, t) => policiesOf(r, t).length > 0,
    breaks: (r, t) => faults(r, t).map(f => f.by),
    tells: (r, t) => faults(r, t).map(f => told(f.statement)),
  };
}

export const S3_OWN_PRINCIPALS: Control = {
  id: 'S3-21',
  title: 'the bucket policy lets in principals of this account only, and others only by a method',
  prevents: 'that another account reads, replaces or replicates objects',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: "let readers of other accounts in by 'grantReadToAccount' of the EncryptedBucket, which lets them use the key as well; "
    + "write principals of this account with 'AWS::AccountId' where the account is not known",
  cis: ['2.21'],
  fsbp: ['S3.6'],
  nist: NIST.leastPrivilege,
  pci: ['1.4.4', '7.2.1'],
  ...noStatement(forStrangers),
};

export const S3_OWN_SOURCES: Control = {
  id: 'S3-22',
  title: 'AWS services read and write for this account and its resources only',
  prevents: 'that a trail, a distribution or a bucket of another account makes a service read or write here (confused deputy)',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'give each statement for a service aws:SourceAccount of this account, or aws:SourceArn of a resource in it',
  cis: ['2.21'],
  fsbp: ['S3.2'],
  nist: NIST.leastPrivilege,
  ...noStatement(forOtherSources),
};

export const S3_ONE_POLICY: Control = {
  id: 'S3-23',
  title: 'the bucket has one policy',
  prevents: 'that a second policy replaces the first one and all that it denies',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: "add statements by 'addToResourcePolicy', and make no policy of your own",
  nist: ['CM-2', 'AC-3'],
  holds: (r, t) => policiesOf(r, t).length > 0,
  breaks: furtherPolicies,
};

export const S3_UNMANAGED: Control = {
  id: 'S3-24',
  title: 'the bucket policy lets nobody change the bucket, and names what it allows',
  prevents: 'that retention, versions, logs, events or replication are changed past the stack',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'allow named actions on objects only, without NotAction and NotPrincipal; change the bucket in its stack',
  fsbp: ['S3.6'],
  nist: NIST.leastPrivilege,
  ...noStatement(forManagers),
};

export const S3_EVIDENCE_WRITERS: Control = {
  id: 'S3-25',
  title: 'nobody writes evidence but the services that deliver it',
  prevents: 'forged evidence',
  kind: 'default',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'let roles read the bucket, and write to a bucket of their own',
  nist: ['AU-9', 'AU-10'],
  pci: ['10.3.2', '10.3.4'],
  ...noStatement(forWriters, byIdentity),
};

export const S3_DOORS: Control = {
  id: 'S3-26',
  title: 'access points, grants and object functions of the bucket are for this account, and keep the public out',
  prevents: 'a way into the bucket past its policy',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::AccessPoint',
  mend: 'name principals of this account in the policy of the access point, and leave its public access blocked',
  fsbp: ['S3.19', 'S3.24'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: ADDITIONS_ONLY,
  breaks: openDoors,
};

export const S3_KEY_LETS_IN: Control = {
  id: 'S3-28',
  title: 'whoever the bucket policy lets in may use its key',
  prevents: 'reports, logs and replicas that never arrive, and that nobody misses',
  kind: 'default',
  types: BUCKET,
  property: 'BucketEncryption',
  mend: "let the service in on the bucket and on its key; for inventories and analytics that is 's3.amazonaws.com', "
    + "by KeyAccess.publisher('s3.amazonaws.com', sourceBucketArn)",
  nist: ['AU-9', 'SC-12'],
  holds: (r, t) => encryptionRule(r) !== undefined && lockedOut(r, t).length === 0,
  breaks: lostReports,
  tells: lockedOut,
};

export const S3_KNOWN: Control = {
  id: 'S3-32',
  title: 'nothing of S3 that nobody here knows is attached to the bucket',
  prevents: 'a way in or out that no rule judges',
  kind: 'default',
  types: BUCKET,
  property: 'AWS::S3::Bucket',
  mend: 'leave it out',
  nist: ['CM-2', 'AC-3'],
  holds: ADDITIONS_ONLY,
  breaks: unknownOf,
};

export const S3_REACHABLE: Control = {
  id: 'S3-33',
  title: 'the bucket policy shuts out nobody whom it lets in',
  prevents: 'evidence that is lost in silence, and a bucket that nobody can manage any more',
  kind: 'default',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: "deny to named roles, or on a condition that spares services: 'aws:PrincipalIsAWSService' is false",
  nist: ['AU-9', 'CP-10'],
  ...noStatement(shuttingOut),
};

export const S3_NO_MANAGERS: Control = {
  id: 'S3-35',
  title: 'no role or user of the app may change the bucket',
  prevents: 'that whoever has the application has the policy, the retention and the versions of the bucket',
  kind: 'default',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'leave changes of the bucket to the role that deploys, and give others named actions on objects',
  fsbp: ['S3.6'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.1', '10.3.2'],
  ...noStatement(managedByIdentity),
};
