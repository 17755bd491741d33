// What statements about a bucket must not do, in its policies and in those of its access points.
import { holdersOf, rightsOn } from '../../core/identities';
import { isAdmitted } from '../../core/ours';
import type { Home } from '../../core/ownership';
import { homeOf, isFromHome, isOwnAccount, isOwnRoot, principalsOf, strangersOf } from '../../core/ownership';
import { condition, conditionsOf, isForEveryone, isReadable, mayTouch, mayTouchAny, services, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json, JsonObject } from '../../core/values';
import { isOneOf, list, stringOf, targetsOf, textOf, UNKNOWN } from '../../core/values';

/** What changes a bucket itself, or lets others in: nobody needs it from another resource's policy. */
const MANAGE = [
  'BypassGovernanceRetention', 'CreateAccessPoint', 'DeleteAccessPointPolicy', 'DeleteBucket', 'DeleteBucketPolicy', 'DeleteBucketWebsite',
  'PutAccelerateConfiguration', 'PutAccessPointPolicy', 'PutAccountPublicAccessBlock',
  'PutAnalyticsConfiguration', 'PutBucketAcl', 'PutBucketCORS', 'PutBucketLogging', 'PutBucketNotification',
  'PutBucketObjectLockConfiguration', 'PutBucketOwnershipControls', 'PutBucketPolicy', 'PutBucketPublicAccessBlock', 'PutBucketTagging',
  'PutBucketVersioning', 'PutBucketWebsite', 'PutEncryptionConfiguration', 'PutIntelligentTieringConfiguration',
  'PutInventoryConfiguration',
  'PutLifecycleConfiguration', 'PutObjectAcl', 'PutObjectVersionAcl', 'PutReplicationConfiguration',
].map(a => `s3:${a}`);

/**
 * The same, of the bucket alone. What the CDK grants on objects has wildcards; notifications are set by functions of the CDK, and
 * inventories by AWS Backup.
 */
const MANAGE_BUCKET = MANAGE.filter(a => !/Object(Version)?Acl$|Bypass|AccessPoint|BucketNotification|Inventory/.test(a));

/** What writes objects, or takes them away. */
const WRITE = [
  'AbortMultipartUpload', 'DeleteObject', 'DeleteObjectTagging', 'DeleteObjectVersion', 'DeleteObjectVersionTagging', 'PutObject',
  'PutObjectLegalHold', 'PutObjectRetention', 'PutObjectTagging', 'PutObjectVersionTagging', 'ReplicateDelete', 'ReplicateObject',
  'ReplicateTags',
].map(a => `s3:${a}`);

/** What a reader of another account is let do, by the method of the bucket. */
export const READ = ['s3:GetObject', 's3:ListBucket'];

/** A statement that does what it must not, and the resource that it is added by. */
export interface Fault {
  readonly by: RenderedResource;
  readonly statement: JsonObject;
}

const UNREADABLE: JsonObject = { Sid: 'of a policy that only the deployment knows' };

/** The statements of a document that may allow what they must not. A document that can't be read is one of them. */
export function faultsIn(document: Json, isFault: (statement: JsonObject) => boolean): JsonObject[] {
  return isReadable(document) ? statements(document).filter(s => s.Effect !== 'Deny' && isFault(s)) : [UNREADABLE];
}

/** The policies of a bucket, in whatever stack. */
export function policiesOf(r: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.referring('AWS::S3::BucketPolicy', 'Bucket', r.logicalId);
}

type Faults = (r: RenderedResource, t: RenderedTemplate) => readonly Fault[];

function inPolicies(isFault: (statement: JsonObject, home: Home, bucket: RenderedResource) => boolean): Faults {
  return (r, t) => {
    const home = homeOf(r, t);
    return policiesOf(r, t).flatMap(by => faultsIn(by.properties.PolicyDocument, s => isFault(s, home, r))
      .map(statement => ({ by, statement })));
  };
}

/** Whether a statement lets in whom the bucket has not let in by a method, or to do more than the method gives. */
export function isForStrangers(s: JsonObject, home: Home, bucket: RenderedResource): boolean {
  const strangers = strangersOf(s, home);
  return strangers.some(p => !isAdmitted(p, bucket))
    || (strangers.length > 0 && (s.NotAction !== undefined || !list(s.Action).every(a => isOneOf(a, ...READ))));
}

/** Whether a statement lets a service in for somebody else. */
export function isForOtherSources(s: JsonObject, home: Home): boolean {
  return services(s).length > 0 && !isFromHome(s, home);
}

/** Statements for principals of other accounts, or for whoever the deployment says. */
export const forStrangers = inPolicies(isForStrangers);

/** Statements for services that act for somebody else. */
export const forOtherSources = inPolicies(isForOtherSources);

/** Statements that let somebody change the bucket, or do what nobody named. */
export const forManagers = inPolicies(s => s.NotAction !== undefined || s.NotPrincipal !== undefined || mayTouchAny(s, MANAGE));

/** Statements that let somebody write but a service. */
export const forWriters = inPolicies(s => mayTouchAny(s, WRITE) && (isForEveryone(s) || principalsOf(s).some(p => p.kind !== 'Service')));

/** Statements of roles and users that name the bucket and let them write to it, but for whoever may break glass. */
export const byIdentity: Faults = (r, t) => {
  const spared = targetsOf(policiesOf(r, t).flatMap(p => statements(p.properties.PolicyDocument))
    .filter(s => s.Effect === 'Deny' && mayTouch(s, 's3:DeleteObject')).map(s => condition(s, 'ArnNotLike', 'aws:PrincipalArn')));
  const breaksGlass = (by: RenderedResource) => holdersOf(by).size > 0 && [...holdersOf(by)].every(id => spared.has(id));
  return rightsOn(r, t).filter(({ by, statement }) => mayTouchAny(statement, WRITE) && !breaksGlass(by));
};

/** Statements of roles and users that name the bucket and let them change it. Rights on objects have controls of their own. */
export const managedByIdentity: Faults = (r, t) => rightsOn(r, t).filter(({ statement }) => mayTouchAny(statement, MANAGE_BUCKET));

/** Conditions that a service which writes for the account never meets, so that a denial under one of them leaves it in peace. */
function sparesServices(s: JsonObject, home: Home): boolean {
  return conditionsOf(s).some(({ operator, key, value }) => {
    const name = key.toLowerCase();
    const isFalse = list(value).length > 0 && list(value).every(v => String(v) === 'false');
    if (/^(aws:securetransport|aws:principalisawsservice)$/.test(name)) { return isFalse; }
    if (/^s3:(tlsversion|x-amz-server-side-encryption.*)$/.test(name)) { return true; }
    if (name === 'aws:sourceaccount') { return operator.startsWith('StringNot') && list(value).some(v => isOwnAccount(v, home)); }
    return /^aws:(principal(arn|account|orgid|orgpaths|tag.*)|userid|username)$/.test(name) && /^(String|Arn)(Equals|Like)/.test(operator);
  });
}

/** Whether a statement is about objects whose keys begin in a way, so that all others are as they were. */
function isOfSomeObjects(s: JsonObject): boolean {
  const resources = list(s.Resource).map(textOf);
  return s.NotResource === undefined && resources.length > 0 && resources.every(r => SOME_OBJECTS.test(r));
}

const SOME_OBJECTS = new RegExp(`^[^/]+/[^*?${UNKNOWN}]`);

/** Denials that shut out whom the policy lets in: services that write, or everybody. */
export const shuttingOut: Faults = (r, t) => {
  const home = homeOf(r, t);
  const all = policiesOf(r, t).flatMap(by => statements(by.properties.PolicyDocument).map(statement => ({ by, statement })));
  const takesDeliveries = () => all
    .some(({ statement: s }) => s.Effect !== 'Deny' && services(s).length > 0 && mayTouch(s, 's3:PutObject'));
  return all.filter(({ statement: s }) => {
    if (s.Effect === 'Allow' || !mayTouch(s, 's3:PutObject', 's3:GetObject', 's3:ListBucket', 's3:PutBucketPolicy')) { return false; }
    if (services(s).length > 0) { return !conditionsOf(s).some(c => /^StringNot/.test(c.operator) && /^aws:SourceAccount$/i.test(c.key)); }
    const isForAll = isForEveryone(s) || s.NotPrincipal !== undefined
      || principalsOf(s).some(p => p.kind !== 'AWS' || isOwnRoot(p.name, home));
    if (!isForAll) { return false; }
    if (conditionsOf(s).length === 0 && !isOfSomeObjects(s)) { return true; }
    return mayTouch(s, 's3:PutObject') && !sparesServices(s, home) && takesDeliveries();
  });
};

/** Policies beside the one that the bucket was made with: S3 keeps one, the last that comes. */
export function furtherPolicies(r: RenderedResource, t: RenderedTemplate): readonly RenderedResource[] {
  const all = policiesOf(r, t);
  if (all.length < 2) { return []; }
  const isOwn = (p: RenderedResource) => statements(p.properties.PolicyDocument)
    .some(s => s.Effect === 'Deny' && stringOf(s.Sid) === 'DenyInsecureTransport');
  const own = all.find(isOwn);
  return own ? all.filter(p => p !== own) : all;
}
