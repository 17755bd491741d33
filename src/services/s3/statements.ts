// What the policy of a bucket says.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { arn, globalArn, sourceIs, viaService } from '../../core/names';
import { guardDutyPrincipal } from '../../core/principals';

/** A bucket's ARN; policies append the object part. */
type BucketArn = string;

function deny(sid: string, actions: string[], resources: string[], conditions: Record<string, unknown>): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, effect: iam.Effect.DENY, principals: [new iam.StarPrincipal()], actions, resources, conditions });
}

/** Refuses plaintext, and TLS before 1.2. AWS services use TLS, and the version that they use is not in the request. */
export function tls(bucket: BucketArn): iam.PolicyStatement[] {
  const resources = [bucket, `${bucket}/*`];
  return [
    deny('DenyInsecureTransport', ['s3:*'], resources, { Bool: { 'aws:SecureTransport': 'false' } }),
    deny('DenyTlsBefore12', ['s3:*'], resources,
      { NumericLessThan: { 's3:TlsVersion': '1.2' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } }),
  ];
}

/**
 * Refuses objects under another key. A request without headers gets the bucket's own key and passes; `...IfExists` would match
 * an absent header in a deny, hence `Null` first. `plainWriter` is a service that encrypts some of its objects with SSE-S3.
 */
export function writeGuards(bucket: BucketArn, keyArn: string, plainWriter?: string): iam.PolicyStatement[] {
  const sse = 's3:x-amz-server-side-encryption';
  const key = `${sse}-aws-kms-key-id`;
  const put = (sid: string, conditions: Record<string, unknown>) => deny(sid, ['s3:PutObject'], [`${bucket}/*`], conditions);
  return [
    put('DenyOtherEncryption', {
      Null: { [sse]: 'false' },
      StringNotEquals: { [sse]: 'aws:kms', ...plainWriter && { 'aws:PrincipalServiceName': plainWriter } },
    }),
    put('DenyOtherKey', { Null: { [key]: 'false' }, StringNotEquals: { [key]: keyArn } }),
    put('DenyAwsManagedKey', { Null: { [key]: 'true' }, StringEquals: { [sse]: 'aws:kms' } }),
    put('DenyCustomerProvidedKey', { Null: { [`${sse}-customer-algorithm`]: 'false' } }),
  ];
}

/** Refuses deletions of objects and versions, except to break-glass principals. Lifecycle rules are not subject to it. */
export function noDeletions(bucket: BucketArn, breakGlass: string[]): iam.PolicyStatement {
  return deny('DenyDeletions', ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'], [`${bucket}/*`],
    breakGlass.length > 0 ? { ArnNotLike: { 'aws:PrincipalArn': breakGlass } } : {});
}

type Conditions = Record<string, Record<string, unknown>>;

function write(sid: string, service: string, resources: string[], conditions: Conditions): iam.PolicyStatement {
  const principals = [new iam.ServicePrincipal(service)];
  return new iam.PolicyStatement({ sid, principals, actions: ['s3:PutObject'], resources, conditions });
}

const ofAccount = { 'aws:SourceAccount': Aws.ACCOUNT_ID };
const ownerGetsIt = { 's3:x-amz-acl': 'bucket-owner-full-control' };

/**
 * S3's own access logs, of these buckets or of those that a pattern stands for.
 *
 * @param end what the statement's name ends with, to tell it from others
 */
export function accessLogs(bucket: BucketArn, prefix: string, sources: string[], end: string = ''): iam.PolicyStatement {
  return write(`S3AccessLogs${end}`, 'logging.s3.amazonaws.com', [`${bucket}/${prefix}*`],
    { StringEquals: ofAccount, ArnLike: { 'aws:SourceArn': sources } });
}

/** Access, connection and health-check logs of the account's load balancers. */
export function loadBalancerLogs(bucket: BucketArn, prefix: string): iam.PolicyStatement {
  return write('LoadBalancerLogs', 'logdelivery.elasticloadbalancing.amazonaws.com', [`${bucket}/${prefix}/*/AWSLogs/${Aws.ACCOUNT_ID}/*`],
    sourceIs(arn('elasticloadbalancing', 'loadbalancer/*')));
}

/** A trail's delivery to the bucket. */
export function cloudTrail(bucket: BucketArn, trailArn: string): iam.PolicyStatement[] {
  const trail = { 'aws:SourceArn': trailArn };
  return [
    new iam.PolicyStatement({
      sid: 'CloudTrailReadsAcl',
      principals: [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
      actions: ['s3:GetBucketAcl'],
      resources: [bucket],
      conditions: { StringEquals: trail },
    }),
    write('CloudTrailWrites', 'cloudtrail.amazonaws.com', [`${bucket}/AWSLogs/${Aws.ACCOUNT_ID}/*`],
      { StringEquals: { ...trail, ...ownerGetsIt } }),
  ];
}

/** The configuration recorder's delivery to the bucket. */
export function config(bucket: BucketArn): iam.PolicyStatement[] {
  const recorder = sourceIs(arn('config', '*'));
  return [
    new iam.PolicyStatement({
      sid: 'ConfigReadsBucket',
      principals: [new iam.ServicePrincipal('config.amazonaws.com')],
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
      resources: [bucket],
      conditions: recorder,
    }),
    write('ConfigWrites', 'config.amazonaws.com', [`${bucket}/AWSLogs/${Aws.ACCOUNT_ID}/Config/*`],
      { StringEquals: { ...ofAccount, ...ownerGetsIt }, ArnLike: recorder.ArnLike }),
  ];
}

/** GuardDuty's export of the findings of a detector. It writes under a path that it chooses, and a test object when the export is made. */
export function guardDuty(bucket: BucketArn, detectorId: string): iam.PolicyStatement[] {
  const conditions = { StringEquals: ofAccount, ArnLike: { 'aws:SourceArn': arn('guardduty', `detector/${detectorId}`) } };
  return [
    new iam.PolicyStatement({
      sid: 'GuardDutyReadsLocation',
      principals: [new iam.ServicePrincipal(guardDutyPrincipal())],
      actions: ['s3:GetBucketLocation'],
      resources: [bucket],
      conditions,
    }),
    write('GuardDutyWrites', guardDutyPrincipal(), [`${bucket}/*`], conditions),
  ];
}

/** What a principal of another account needs to read: on the bucket, in its key's policy, and in its own. */
export function reader(bucket: BucketArn, keyArn: string, pattern: string) {
  const allow = (actions: string[], resource: string, conditions?: Conditions, principals?: iam.IPrincipal[]) =>
    new iam.PolicyStatement({ actions, resources: [resource], conditions, principals });
  const throughS3 = { StringEquals: { 'kms:ViaService': viaService('s3') } };
  const onBucket = (principals?: iam.IPrincipal[]) => [
    allow(['s3:ListBucket'], bucket, pattern === ALL_OBJECTS ? undefined : { StringLike: { 's3:prefix': pattern } }, principals),
    allow(['s3:GetObject'], `${bucket}/${pattern}`, undefined, principals),
  ];
  return {
    onBucket: (principal: iam.IPrincipal) => onBucket([principal]),
    onKey: (principal: iam.IPrincipal) => allow(['kms:Decrypt'], '*', throughS3, [principal]),
    ofReader: () => [...onBucket(), allow(['kms:Decrypt'], keyArn, throughS3)],
  };
}

/** Every object of a bucket. */
export const ALL_OBJECTS = '*';

/** Any bucket of the account, where a policy can't name one. */
export function anyBucket(): string {
  return globalArn('s3', '*');
}

/** What an application does with the objects of a bucket, by named actions: less than the CDK's grants give. */
export const USE = {
  bucket: ['s3:ListBucket'],
  objects: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
  key: ['kms:Decrypt', 'kms:GenerateDataKey'],
};

/** S3 itself, where it writes reports. */
export const S3 = 's3.amazonaws.com';

/** Whether a statement lets S3 itself write: inventories, analytics. */
export function letsS3Write(statement: iam.PolicyStatement): boolean {
  return statement.effect === iam.Effect.ALLOW && statement.actions.includes('s3:PutObject')
    && statement.principals.some(p => p instanceof iam.ServicePrincipal && p.service === S3);
}
