// What must hold of a bucket.
import {
  coversBucket, coversObjects, denies, encryptionRule, excepts, expires, guardsWrites, isLetIn, isTlsBefore12, policy, rules,
  wholeRules,
} from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { hasActions, isForEveryone, onlyCondition, touches } from '../../core/policies';
import { at, isGiven, isOneOf, isTrue, list, mentions, numberOf } from '../../core/values';

const BUCKET = ['AWS::S3::Bucket'];

export const S3_CMK: Control = {
  id: 'S3-01',
  title: 'objects are encrypted with a customer managed key, by way of a Bucket Key',
  prevents: 'objects that everybody with s3:GetObject can read, under a key that has no policy of ours',
  kind: 'floor',
  types: BUCKET,
  property: 'BucketEncryption',
  mend: 'keep the encryption key',
  fsbp: ['S3.17'],
  nist: [...NIST.atRest, 'SC-12(2)', 'AU-9'],
  pci: ['3.5.1'],
  holds: r => isOneOf(at(encryptionRule(r), 'ServerSideEncryptionByDefault', 'SSEAlgorithm'), 'aws:kms', 'aws:kms:dsse')
    && isGiven(at(encryptionRule(r), 'ServerSideEncryptionByDefault', 'KMSMasterKeyID'))
    && isTrue(at(encryptionRule(r), 'BucketKeyEnabled')),
};

export const S3_SSE_S3: Control = {
  id: 'S3-18',
  title: 'objects are encrypted with the key of S3, the only one that log writers can use',
  prevents: 'a default under which the delivery of logs fails in silence',
  kind: 'floor',
  types: BUCKET,
  property: 'BucketEncryption',
  mend: 'leave the encryption of a log bucket at AES256',
  nist: NIST.atRest,
  holds: r => at(encryptionRule(r), 'ServerSideEncryptionByDefault', 'SSEAlgorithm') === 'AES256',
};

export const S3_NO_SSE_C: Control = {
  id: 'S3-02',
  title: 'S3 refuses objects under keys that the writer brings',
  prevents: 'ransom by overwriting objects under a key that only the attacker has',
  kind: 'floor',
  types: BUCKET,
  property: 'BucketEncryption',
  mend: 'leave SSE-C blocked',
  nist: ['SC-12', 'SC-28'],
  holds: r => list(at(encryptionRule(r), 'BlockedEncryptionTypes', 'EncryptionType')).includes('SSE-C'),
};

export const S3_BLOCK_PUBLIC: Control = {
  id: 'S3-03',
  title: 'no ACL and no policy can make the bucket public',
  prevents: 'a public bucket',
  kind: 'floor',
  types: BUCKET,
  property: 'PublicAccessBlockConfiguration',
  mend: 'leave all four blocks on',
  cis: ['3.1.4'],
  fsbp: ['S3.1', 'S3.2', 'S3.3', 'S3.8'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: r => ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
    .every(block => isTrue(at(r.properties.PublicAccessBlockConfiguration, block))),
};

export const S3_NO_ACLS: Control = {
  id: 'S3-04',
  title: 'ACLs have no effect and every object belongs to the bucket owner',
  prevents: 'access that no policy shows',
  kind: 'floor',
  types: BUCKET,
  property: 'OwnershipControls',
  mend: 'leave the object ownership at BucketOwnerEnforced and give no access control',
  fsbp: ['S3.12'],
  nist: ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'],
  holds: r => at(list(at(r.properties.OwnershipControls, 'Rules'))[0], 'ObjectOwnership') === 'BucketOwnerEnforced'
    && r.properties.AccessControl === undefined,
};

export const S3_VERSIONED: Control = {
  id: 'S3-05',
  title: 'S3 keeps the versions that are overwritten or deleted',
  prevents: 'loss of data by a mistake, a bug or ransomware',
  kind: 'floor',
  types: BUCKET,
  property: 'VersioningConfiguration',
  mend: 'leave versioning on',
  fsbp: ['S3.14'],
  nist: [...NIST.resilience, 'AU-9(2)'],
  pci: ['10.5.1'],
  holds: r => at(r.properties.VersioningConfiguration, 'Status') === 'Enabled',
};

export const S3_OLD_VERSIONS: Control = {
  id: 'S3-05b',
  title: 'what is overwritten or deleted can be restored for at least 7 days',
  prevents: 'a mistake, or ransomware, that is found when the old versions are gone',
  kind: 'durability',
  types: BUCKET,
  property: 'LifecycleConfiguration',
  mend: "give 'noncurrentExpiration' of 7 days or more",
  fsbp: ['S3.14'],
  nist: [...NIST.resilience, 'AU-9(2)'],
  holds: r => {
    const expire = rules(r).filter(x => x.NoncurrentVersionExpiration);
    return wholeRules(r).some(x => expire.includes(x))
      && expire.every(x => numberOf(at(x.NoncurrentVersionExpiration, 'NoncurrentDays')) >= 7)
      && rules(r).every(x => x.NoncurrentVersionExpirationInDays === undefined || numberOf(x.NoncurrentVersionExpirationInDays) >= 7);
  },
};

export const S3_LOGS_KEPT: Control = {
  id: 'S3-06b',
  title: 'logs stay for at least 90 days before they expire',
  prevents: 'evidence that is gone when an intrusion is found',
  kind: 'durability',
  types: BUCKET,
  property: 'LifecycleConfiguration',
  mend: 'give a retention of 90 days or more',
  fsbp: ['S3.13'],
  nist: ['AU-11', 'SI-12'],
  pci: ['10.5.1'],
  holds: r => rules(r).some(expires)
    && rules(r).filter(expires).every(x => x.ExpirationDate === undefined && numberOf(x.ExpirationInDays) >= 90),
};

export const S3_LIFECYCLE: Control = {
  id: 'S3-06',
  title: 'old versions expire and unfinished uploads are aborted',
  prevents: 'storage that nobody sees and everybody pays, and data kept beyond its time',
  kind: 'default',
  types: BUCKET,
  property: 'LifecycleConfiguration',
  mend: 'keep the lifecycle rules',
  fsbp: ['S3.10', 'S3.13'],
  nist: ['CP-10', 'SC-5(2)', 'SI-12'],
  pci: ['3.2.1'],
  holds: r => rules(r).every(x => x.Status === 'Enabled')
    && wholeRules(r).some(x => numberOf(at(x.AbortIncompleteMultipartUpload, 'DaysAfterInitiation')) <= 7)
    && wholeRules(r).some(x => numberOf(at(x.NoncurrentVersionExpiration, 'NoncurrentDays')) > 0),
};

export const S3_TLS_ONLY: Control = {
  id: 'S3-07',
  title: 'S3 refuses requests that are not encrypted in transit',
  prevents: 'reading or changing objects on the wire',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'keep the statement that denies requests without TLS',
  cis: ['3.1.1'],
  fsbp: ['S3.5'],
  nist: NIST.inTransit,
  pci: ['4.2.1'],
  holds: (r, t) => denies(r, t).some(s => hasActions(s, 's3:*') && onlyCondition(s, 'Bool', 'aws:SecureTransport') === 'false'
    && coversBucket(s, r)),
};

export const S3_TLS_12: Control = {
  id: 'S3-08',
  title: 'S3 refuses TLS before 1.2',
  prevents: 'a downgrade to a broken protocol',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'keep the statement that denies TLS before 1.2',
  fsbp: ['S3.5'],
  nist: ['SC-8(1)'],
  pci: ['4.2.1'],
  holds: (r, t) => denies(r, t).some(s => hasActions(s, 's3:*') && isTlsBefore12(s) && coversBucket(s, r)),
};

export const S3_WRITE_GUARDS: Control = {
  id: 'S3-09',
  title: "S3 refuses objects under another key than the bucket's",
  prevents: 'objects under SSE-S3, under the AWS managed key, or under a key of somebody else',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'keep the statements that deny writes under another key',
  fsbp: ['S3.17'],
  nist: ['SC-28', 'SC-28(1)'],
  pci: ['3.5.1'],
  holds: (r, t) => guardsWrites(denies(r, t).filter(s => hasActions(s, 's3:PutObject') && coversObjects(s, r)),
    at(encryptionRule(r), 'ServerSideEncryptionByDefault', 'KMSMasterKeyID')),
};

export const S3_ACCESS_LOGS: Control = {
  id: 'S3-10',
  title: 'every request is logged, to another bucket and by the day of the event',
  prevents: 'no evidence of who read what',
  kind: 'default',
  types: BUCKET,
  property: 'LoggingConfiguration',
  mend: "keep the access logs and the statement of the log bucket's policy, or give another 'logBucket'",
  cis: ['4.4'],
  fsbp: ['S3.9'],
  nist: NIST.logging,
  pci: ['10.2.1'],
  holds: (r, t) => {
    const target = at(r.properties.LoggingConfiguration, 'DestinationBucketName');
    const format = at(r.properties.LoggingConfiguration, 'TargetObjectKeyFormat', 'PartitionedPrefix', 'PartitionDateSource');
    return isGiven(target) && !mentions(target, r.logicalId) && isLetIn(r, t) && format === 'EventTime';
  },
};

export const S3_OBJECT_LOCK: Control = {
  id: 'S3-11',
  title: 'objects are locked against deletion for their retention time',
  prevents: 'an intruder deleting the evidence, by version too',
  kind: 'durability',
  types: BUCKET,
  property: 'ObjectLockConfiguration',
  mend: 'keep the object lock',
  fsbp: ['S3.15'],
  nist: ['CP-6(2)', 'AU-9'],
  pci: ['10.5.1'],
  holds: r => {
    const retention = at(r.properties.ObjectLockConfiguration, 'Rule', 'DefaultRetention');
    return isTrue(r.properties.ObjectLockEnabled) && at(r.properties.ObjectLockConfiguration, 'ObjectLockEnabled') === 'Enabled'
      && isOneOf(at(retention, 'Mode'), 'GOVERNANCE', 'COMPLIANCE')
      && (numberOf(at(retention, 'Days')) >= 365 || numberOf(at(retention, 'Years')) >= 1);
  },
};

export const S3_EVENTS: Control = {
  id: 'S3-13',
  title: 'the events of objects go to EventBridge',
  prevents: 'changes that nothing can react to, and backups by AWS Backup that miss objects',
  kind: 'default',
  types: BUCKET,
  property: 'NotificationConfiguration',
  mend: "leave 'eventBridge' on",
  fsbp: ['S3.11'],
  holds: r => isTrue(at(r.properties.NotificationConfiguration, 'EventBridgeConfiguration', 'EventBridgeEnabled')),
};

export const S3_NO_FOREIGN_CONTROL: Control = {
  id: 'S3-14',
  title: 'the bucket policy lets nobody change the policy, the ACLs or the encryption, and is about this bucket alone',
  prevents: 'a takeover of the bucket from another account',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'allow named actions on objects only',
  fsbp: ['S3.6'],
  nist: NIST.leastPrivilege,
  holds: (r, t) => {
    const never = ['s3:DeleteBucketPolicy', 's3:PutBucketAcl', 's3:PutBucketPolicy', 's3:PutEncryptionConfiguration', 's3:PutObjectAcl'];
    return policy(r, t).length > 0 && policy(r, t).every(s => s.Effect === 'Deny'
      || (!touches(s, ...never) && s.NotResource === undefined && list(s.Resource).every(x => mentions(x, r.logicalId))));
  },
};

export const S3_NO_PUBLIC_STATEMENT: Control = {
  id: 'S3-19',
  title: 'the bucket policy allows nothing to everyone',
  prevents: 'anonymous access',
  kind: 'floor',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'name principals; publish through CloudFront',
  cis: ['2.21'],
  fsbp: ['S3.2', 'S3.3'],
  nist: NIST.notPublic,
  pci: ['1.4.4'],
  holds: (r, t) => policy(r, t).length > 0 && policy(r, t).every(s => s.Effect === 'Deny' || !isForEveryone(s)),
};

export const S3_DELETE_DENIED: Control = {
  id: 'S3-16',
  title: 'nobody but a break-glass role deletes objects',
  prevents: 'an intruder deleting the evidence where Object Lock cannot be used',
  kind: 'durability',
  types: BUCKET,
  property: 'AWS::S3::BucketPolicy',
  mend: 'keep the statement that denies deletions',
  nist: ['AU-9'],
  pci: ['10.3.2'],
  holds: (r, t) => denies(r, t).some(s => hasActions(s, 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention')
    && coversObjects(s, r) && excepts(s)),
};
