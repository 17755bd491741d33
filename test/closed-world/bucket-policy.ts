// Additions to the policies of buckets.
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Stack } from 'aws-cdk-lib/core';
import { Cases, casesOf, Change } from './harness';
import { added, allow, append, beside, document, everybodyOf, find, FOREIGN, l1, ownIam, Statement, statement, to } from './touch';

/** Where the buckets of the application are. */
export const BUCKETS = { data: 'Bucket', trail: 'Trail/Bucket', log: 'Security/LogBucket', findings: 'Detection/Export/Bucket', recorder: 'Recorder/Bucket' };

/** Writes a statement for the ARN of a bucket. */
type ForBucket = (bucketArn: string) => Statement;

/** A statement in the policy of a bucket: by its method, past it, and in a policy beside it that replaces it. */
function onBucket(path: string, json: ForBucket): Record<string, Change> {
  const second = added((scope, stack) => {
    const bucket = find<s3.Bucket>(stack, path);
    new s3.CfnBucketPolicy(scope, 'SecondPolicy', { bucket: bucket.bucketName, policyDocument: document(json(bucket.bucketArn)) });
  });
  return {
    'addToResourcePolicy': to((_, stack) => {
      const bucket = find<s3.Bucket>(stack, path);
      bucket.addToResourcePolicy(statement(json(bucket.bucketArn)));
    }),
    'by an override': to((_, stack) =>
      append(l1(stack, `${path}/Policy`), 'PolicyDocument.Statement', stack.resolve(json(find<s3.Bucket>(stack, path).bucketArn)))),
    'by a second policy in the stack': second['in the stack'],
    'by a second policy in a second stack': second['in a second stack'],
  };
}

const objects = (bucketArn: string) => `${bucketArn}/*`;
const writer = (scope: Stack) => new iam.Role(scope, 'Writer', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

const CASES: Cases = {
  'data bucket: another account reads objects': {
    ...onBucket(BUCKETS.data, arn => allow(everybodyOf(FOREIGN), 's3:GetObject', objects(arn))),
    grantRead: to(a => a.bucket.grantRead(new iam.AccountPrincipal(FOREIGN))),
  },
  'data bucket: everybody reads from an address range':
    onBucket(BUCKETS.data, arn => allow('*', 's3:GetObject', objects(arn), { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })),
  'data bucket: a CloudFront distribution of another account reads':
    onBucket(BUCKETS.data, arn => allow({ Service: 'cloudfront.amazonaws.com' }, 's3:GetObject', objects(arn),
      { StringEquals: { 'aws:SourceArn': `arn:aws:cloudfront::${FOREIGN}:distribution/E1ABCDEFGHIJK` } })),
  'data bucket: another account replicates objects and deletions into it':
    onBucket(BUCKETS.data, arn => allow({ AWS: `arn:aws:iam::${FOREIGN}:role/Replication` }, ['s3:ReplicateObject', 's3:ReplicateDelete'],
      objects(arn))),
  'trail bucket: a role of the account writes objects (forged evidence)': {
    ...onBucket(BUCKETS.trail, arn => allow({ AWS: ownIam('role/Writer') }, 's3:PutObject', objects(arn))),
    'grantPut to a role of the stack': to((a, stack) => a.trail!.bucket.grantPut(writer(stack))),
    'grantPut to a role of a second stack': (app, stack) => stack.application.trail!.bucket.grantPut(writer(beside(app))),
  },
  'log bucket: S3 log delivery writes, without a condition':
    onBucket(BUCKETS.log, arn => allow({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject', objects(arn))),
  'findings bucket: GuardDuty writes, without a condition':
    onBucket(BUCKETS.findings, arn => allow({ Service: 'guardduty.amazonaws.com' }, 's3:PutObject', objects(arn))),
  'data bucket: everybody of an organization reads': {
    ...onBucket(BUCKETS.data, arn => allow('*', 's3:GetObject', objects(arn), { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } })),
    grantRead: to(a => a.bucket.grantRead(new iam.OrganizationPrincipal('o-a1b2c3d4e5'))),
  },
};

export const BUCKET_POLICY = casesOf('bucket policy', CASES);
