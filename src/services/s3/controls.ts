import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import { condition, hasActions, isForEveryone, onlyCondition, services, statements, touches } from '../../core/policies';
import { contains, list, mentions, same } from '../../core/values';

const BUCKET = ['AWS::S3::Bucket'];

const encryptionRule = (r: RenderedResource) => list(r.properties.BucketEncryption?.ServerSideEncryptionConfiguration)[0];
/** The statements of the bucket's policy. */
const policy = (r: RenderedResource, t: RenderedTemplate) => t.referring('AWS::S3::BucketPolicy', 'Bucket', r.logicalId).flatMap(p => statements(p.properties.PolicyDocument));
const denies = (r: RenderedResource, t: RenderedTemplate) => policy(r, t).filter(s => s.Effect === 'Deny' && isForEveryone(s));
/** The lifecycle rules that are for every object. */
const wholeRules = (r: RenderedResource) => list(r.properties.LifecycleConfiguration?.Rules)
  .filter(x => x.Status === 'Enabled' && !x.Prefix && !x.TagFilters && !x.ObjectSizeGreaterThan && !x.ObjectSizeLessThan);
/** A statement is about every object: the bucket's ARN and `/*`. */
const coversObjects = (s: any, r: RenderedResource) => list(s.Resource).some(x => mentions(x, r.logicalId) && JSON.stringify(x).includes('"/*"'));
/** A statement is about the bucket and every object. */
const coversBucket = (s: any, r: RenderedResource) => coversObjects(s, r) && list(s.Resource).some(x => mentions(x, r.logicalId) && !JSON.stringify(x).includes('/'));

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
  holds: r => ['aws:kms', 'aws:kms:dsse'].includes(encryptionRule(r)?.ServerSideEncryptionByDefault?.SSEAlgorithm)
    && encryptionRule(r).ServerSideEncryptionByDefault.KMSMasterKeyID !== undefined && encryptionRule(r).BucketKeyEnabled === true,
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
  holds: r => encryptionRule(r)?.ServerSideEncryptionByDefault?.SSEAlgorithm === 'AES256',
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
  holds: r => list(encryptionRule(r)?.BlockedEncryptionTypes?.EncryptionType).includes('SSE-C'),
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
  holds: r => ['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets'].every(k => r.properties.PublicAccessBlockConfiguration?.[k] === true),
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
  holds: r => list(r.properties.OwnershipControls?.Rules)[0]?.ObjectOwnership === 'BucketOwnerEnforced' && r.properties.AccessControl === undefined,
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
  holds: r => r.properties.VersioningConfiguration?.Status === 'Enabled',
};

/** A number that is at least this, or that only CloudFormation knows. */
const atLeast = (value: any, least: number) => value !== undefined && (typeof value === 'object' || value >= least);

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
    const rules = list(r.properties.LifecycleConfiguration?.Rules).filter(x => x.NoncurrentVersionExpiration);
    return wholeRules(r).some(x => rules.includes(x)) && rules.every(x => atLeast(x.NoncurrentVersionExpiration.NoncurrentDays, 7));
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
  holds: r => list(r.properties.LifecycleConfiguration?.Rules).some(x => x.ExpirationInDays !== undefined)
    && list(r.properties.LifecycleConfiguration.Rules).every(x => x.ExpirationInDays === undefined || atLeast(x.ExpirationInDays, 90)),
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
  holds: r => list(r.properties.LifecycleConfiguration?.Rules).every(x => x.Status === 'Enabled')
    && wholeRules(r).some(x => x.AbortIncompleteMultipartUpload?.DaysAfterInitiation <= 7)
    && wholeRules(r).some(x => x.NoncurrentVersionExpiration?.NoncurrentDays > 0),
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
  holds: (r, t) => denies(r, t).some(s => hasActions(s, 's3:*') && coversBucket(s, r) && onlyCondition(s, 'Bool', 'aws:SecureTransport') === 'false'),
};

/** The condition is TLS before 1.2, with no way out but for AWS services. */
const isTlsBefore12 = ({ Condition }: any) => Number(condition({ Condition }, 'NumericLessThan', 's3:TlsVersion')) >= 1.2
  && Object.entries<any>(Condition).every(([operator, block]) => operator === 'NumericLessThan' || (operator === 'Bool' && same(block, { 'aws:PrincipalIsAWSService': 'false' })));

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
  holds: (r, t) => denies(r, t).some(s => hasActions(s, 's3:*') && coversBucket(s, r) && isTlsBefore12(s)),
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
  holds: (r, t) => {
    const puts = denies(r, t).filter(s => hasActions(s, 's3:PutObject') && coversObjects(s, r));
    const kms = (values: any) => list(values).length > 0 && list(values).every(v => ['aws:kms', 'aws:kms:dsse'].includes(v));
    const own = encryptionRule(r)?.ServerSideEncryptionByDefault?.KMSMasterKeyID;
    const nul = (s: any, header: string) => condition(s, 'Null', header) === undefined ? undefined : String(condition(s, 'Null', header));
    const sse = 's3:x-amz-server-side-encryption';
    const key = `${sse}-aws-kms-key-id`;
    return puts.some(s => nul(s, sse) === 'false' && kms(condition(s, 'StringNotEquals', sse)))
      && puts.some(s => nul(s, key) === 'false' && own !== undefined && same(list(condition(s, 'StringNotEquals', key)), [own]))
      && puts.some(s => nul(s, key) === 'true' && kms(condition(s, 'StringEquals', sse)))
      && puts.some(s => nul(s, `${sse}-customer-algorithm`) === 'false');
  },
};

/** S3 may write a bucket's access logs to the log bucket, as far as the template tells. */
function isLetIn(r: RenderedResource, t: RenderedTemplate): boolean {
  const target = t.resourcesOf(BUCKET[0]).find(b => mentions(r.properties.LoggingConfiguration?.DestinationBucketName, b.logicalId));
  const source = (s: any) => condition(s, 'ArnLike', 'aws:SourceArn') ?? condition(s, 'ArnEquals', 'aws:SourceArn');
  return target === undefined || policy(target, t).some(s => s.Effect === 'Allow' && services(s).includes('logging.s3.amazonaws.com')
    && hasActions(s, 's3:PutObject') && (mentions(source(s), r.logicalId) || contains(source(s), ':s3:::*')));
}

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
    const target = r.properties.LoggingConfiguration?.DestinationBucketName;
    return target !== undefined && !mentions(target, r.logicalId) && isLetIn(r, t)
      && r.properties.LoggingConfiguration.TargetObjectKeyFormat?.PartitionedPrefix?.PartitionDateSource === 'EventTime';
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
    const retention = r.properties.ObjectLockConfiguration?.Rule?.DefaultRetention;
    return r.properties.ObjectLockEnabled === true && r.properties.ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled' && ['GOVERNANCE', 'COMPLIANCE'].includes(retention?.Mode) && (retention.Days >= 365 || retention.Years >= 1);
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
  holds: r => r.properties.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled === true,
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

/** Nobody is excepted, or principals by ARN, and not by `*`. */
const excepts = (s: any) => s.Condition === undefined || (same(Object.keys(s.Condition), ['ArnNotLike']) && same(Object.keys(s.Condition.ArnNotLike), ['aws:PrincipalArn'])
  && list(s.Condition.ArnNotLike['aws:PrincipalArn']).every(p => p !== '*'));

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
  holds: (r, t) => denies(r, t).some(s => hasActions(s, 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention') && coversObjects(s, r) && excepts(s)),
};
