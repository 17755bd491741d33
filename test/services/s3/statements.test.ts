import * as iam from 'aws-cdk-lib/aws-iam';
import * as grant from '../../../src/services/s3/statements';
import { newStack } from '../../support/prove';

const stack = newStack();
const json = (...statements: iam.PolicyStatement[]): any[] => stack.resolve(statements.map(s => s.toStatementJson()));
const BUCKET = 'arn:aws:s3:::data';
const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/1';
const ACCOUNT = { Ref: 'AWS::AccountId' };

test('TLS: the first denial has one condition, the second spares AWS services', () => {
  expect(json(...grant.tls(BUCKET))).toEqual([
    { Sid: 'DenyInsecureTransport', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [BUCKET, `${BUCKET}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    {
      Sid: 'DenyTlsBefore12',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [BUCKET, `${BUCKET}/*`],
      Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } },
    },
  ]);
});

describe('write guards', () => {
  const sse = 's3:x-amz-server-side-encryption';
  const denials = json(...grant.writeGuards(BUCKET, KEY));

  /** A small judge of these four: whether a PUT with such headers is denied. */
  const denied = (headers: Record<string, string>) => denials.some(s => Object.entries<any>(s.Condition)
    .flatMap(([operator, block]) => Object.entries<any>(block).map(([key, value]) => ({ operator, key, value })))
    .every(({ operator, key, value }) => {
      if (operator === 'Null') { return String(headers[key] === undefined) === value; }
      if (operator === 'StringEquals') { return headers[key] === value; }
      return headers[key] !== value;
    }));

  test('are about writing objects', () => {
    for (const s of denials) { expect(s).toMatchObject({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${BUCKET}/*` }); }
    expect(JSON.stringify(denials)).not.toContain('IfExists');
  });

  test.each<[string, Record<string, string>, boolean]>([
    ['no headers', {}, false],
    ["the bucket's key", { [sse]: 'aws:kms', [`${sse}-aws-kms-key-id`]: KEY }, false],
    ['another key', { [sse]: 'aws:kms', [`${sse}-aws-kms-key-id`]: 'arn:aws:kms:eu-west-1:222222222222:key/2' }, true],
    ['the AWS managed key, by naming none', { [sse]: 'aws:kms' }, true],
    ['SSE-S3', { [sse]: 'AES256' }, true],
    ['SSE-C', { [`${sse}-customer-algorithm`]: 'AES256' }, true],
  ])('a request with %s', (_name, headers, expected) => {
    expect(denied(headers)).toBe(expected);
  });
});

test('deletions: nobody, or nobody but', () => {
  const base = { Sid: 'DenyDeletions', Effect: 'Deny', Principal: '*', Action: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'], Resource: `${BUCKET}/*` };
  expect(json(grant.noDeletions(BUCKET, []))).toEqual([base]);
  expect(json(grant.noDeletions(BUCKET, ['arn:a']))).toEqual([{ ...base, Condition: { ArnNotLike: { 'aws:PrincipalArn': ['arn:a'] } } }]);
});

test.each<[string, iam.PolicyStatement[], any[]]>([
  ["S3's access logs", [grant.accessLogs(BUCKET, 's3/', ['arn:aws:s3:::source'])], [{
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: `${BUCKET}/s3/*`,
    Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::source'] } },
  }]],
  ["load balancers' logs", [grant.loadBalancerLogs(BUCKET, 'elb')], [{
    Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: { 'Fn::Join': ['', [`${BUCKET}/elb/*/AWSLogs/`, ACCOUNT, '/*']] },
    Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': expect.anything() } },
  }]],
  ["a trail's logs", grant.cloudTrail(BUCKET, 'arn:trail'), [
    { Action: 's3:GetBucketAcl', Resource: BUCKET, Condition: { StringEquals: { 'aws:SourceArn': 'arn:trail' } } },
    { Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [`${BUCKET}/AWSLogs/`, ACCOUNT, '/*']] }, Condition: { StringEquals: { 'aws:SourceArn': 'arn:trail', 's3:x-amz-acl': 'bucket-owner-full-control' } } },
  ]],
  ["Config's history", grant.config(BUCKET), [
    { Action: ['s3:GetBucketAcl', 's3:ListBucket'], Resource: BUCKET, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': expect.anything() } } },
    {
      Action: 's3:PutObject',
      Resource: { 'Fn::Join': ['', [`${BUCKET}/AWSLogs/`, ACCOUNT, '/Config/*']] },
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT, 's3:x-amz-acl': 'bucket-owner-full-control' }, ArnLike: { 'aws:SourceArn': expect.anything() } },
    },
  ]],
])('%s: one service, one place, one source', (_name, statements, expected) => {
  expect(json(...statements)).toEqual(expected.map(e => expect.objectContaining({ Effect: 'Allow', ...e })));
});

test('any bucket, in whatever partition', () => {
  expect(stack.resolve(grant.anyBucket())).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::*']] });
});
