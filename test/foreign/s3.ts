// Buckets and their policies.
import { ACCOUNT, cases, cdkNag, cfnNag, checkov, Fixture, guard, kics, of, one, policy, ref, root, STRANGER, trivy, user } from './support';

const BUCKET = 'AWS::S3::Bucket';
const bucket = (properties: Fixture = {}, others: Fixture = {}) => one(BUCKET, properties, others);
const arn = { 'Fn::GetAtt': ['Judged', 'Arn'] };
const objects = { 'Fn::Join': ['', [arn, '/*']] };
const withPolicy = (...statements: Fixture[]) => bucket({}, {
  Policy: of('AWS::S3::BucketPolicy', { Bucket: ref('Judged'), PolicyDocument: policy(...statements) }),
});
const encrypted = (byDefault: Fixture, more: Fixture = {}) => bucket({
  BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault, ...more }] },
});
const KMS_KEY = { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:eu-west-1:111122223333:key/of-the-shop' };
const blocks = (value: unknown) => bucket({
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: value, BlockPublicPolicy: value, IgnorePublicAcls: value, RestrictPublicBuckets: value,
  },
});
const allBut = (name: string) => ({ ...blocks(true).Judged.Properties.PublicAccessBlockConfiguration, [name]: false });
const plain = (effect: string, value: unknown, resource: unknown = [arn, objects]) =>
  ({ Effect: effect, Principal: '*', Action: 's3:*', Resource: resource, Condition: { Bool: { 'aws:SecureTransport': value } } });
const reads = (principal: Fixture, action: unknown = 's3:GetObject') => withPolicy({ ...principal, Action: action, Resource: objects });

export const S3 = [
  ...cases(guard('amazon_s3/tests/s3_default_encryption_kms_tests.yml', 'S3_DEFAULT_ENCRYPTION_KMS'), 'S3-01', {
    pass: { 'a key of KMS is named': encrypted(KMS_KEY) },
    fail: { 'the key of S3': encrypted({ SSEAlgorithm: 'AES256' }), 'nothing is said': bucket() },
  }),
  ...cases(trivy('s3/encryption_customer_key.yaml', 'AWS-0132'), 'S3-01', {
    pass: { 'a key of KMS and a Bucket Key': encrypted(KMS_KEY, { BucketKeyEnabled: true }) },
    fail: { 'the key of S3 and no Bucket Key': encrypted({ SSEAlgorithm: 'AES256' }, { BucketKeyEnabled: false }) },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_server_side_encryption_enabled_tests.yml', 'S3_BUCKET_SERVER_SIDE_ENCRYPTION_ENABLED'), 'S3-18', {
    pass: { 'the key of S3': encrypted({ SSEAlgorithm: 'AES256' }), 'a key of KMS': encrypted(KMS_KEY) },
    fail: { 'nothing is said': bucket() },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_level_public_access_prohibited_tests.yml', 'S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'), 'S3-03', {
    pass: { 'all four blocks': blocks('true') },
    fail: { 'no block': blocks('false'), 'nothing is said': bucket() },
  }),
  ...cases(checkov('test_S3RestrictPublicBuckets.py', 'CKV_AWS_56'), 'S3-03', {
    pass: { 'all four blocks': blocks(true) },
    fail: { 'all but the restriction': bucket({ PublicAccessBlockConfiguration: allBut('RestrictPublicBuckets') }) },
  }),
  ...cases(trivy('s3/ignore_public_acls.yaml', 'AWS-0091'), 'S3-03', {
    pass: { 'all four blocks': blocks(true) },
    fail: { 'public ACLs count': bucket({ PublicAccessBlockConfiguration: allBut('IgnorePublicAcls') }) },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_public_read_acl_tests.yml', 'S3_BUCKET_PUBLIC_READ_ACL'), 'S3-04', {
    pass: { 'an ACL for the reader of machine images': bucket({ AccessControl: 'AwsExecRead' }) },
    fail: { 'everybody reads': bucket({ AccessControl: 'PublicRead' }) },
  }),
  ...cases(trivy('s3/no_public_access_with_acl.yaml', 'AWS-0092'), 'S3-04', {
    pass: { 'a private ACL': bucket({ AccessControl: 'Private' }) },
    fail: { 'every user of AWS reads': bucket({ AccessControl: 'AuthenticatedRead' }) },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_versioning_enabled_tests.yml', 'S3_BUCKET_VERSIONING_ENABLED'), 'S3-05', {
    pass: { versioned: bucket({ VersioningConfiguration: { Status: 'Enabled' } }) },
    fail: { 'suspended': bucket({ VersioningConfiguration: { Status: 'Suspended' } }), 'nothing is said': bucket() },
  }),
  ...cases(checkov('test_S3Versioning.py', 'CKV_AWS_21'), 'S3-05', {
    pass: { versioned: bucket({ VersioningConfiguration: { Status: 'Enabled' } }) },
    fail: { 'nothing is said': bucket() },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_ssl_requests_only_tests.yml', 'S3_BUCKET_SSL_REQUESTS_ONLY'), 'S3-07', {
    pass: { 'plain text is denied, on every resource': withPolicy(plain('Deny', 'false', '*')) },
    fail: {
      'plain text is allowed': withPolicy(plain('Allow', 'false')),
      'TLS is denied': withPolicy(plain('Deny', 'true')),
      'nothing is denied': withPolicy({ Principal: { Service: 'delivery.logs.amazonaws.com' }, Action: 's3:PutObject', Resource: objects }),
    },
  }),
  ...cases(cdkNag('S3.test.ts', 'S3BucketSSLRequestsOnly'), 'S3-07', {
    pass: { 'plain text is denied, on the bucket and its objects': withPolicy(plain('Deny', false)) },
    fail: { 'on the objects only': withPolicy(plain('Deny', 'false', objects)), 'no policy': bucket() },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_logging_enabled_tests.yml', 'S3_BUCKET_LOGGING_ENABLED'), 'S3-10', {
    pass: { 'logs to a bucket by its name': bucket({ LoggingConfiguration: { DestinationBucketName: 'logs', LogFilePrefix: 'shop' } }) },
    fail: { 'nothing is said': bucket() },
  }),
  ...cases(trivy('s3/enable_logging.yaml', 'AWS-0089'), 'S3-10', {
    pass: {
      'logs to a bucket that an ACL opens': bucket({ LoggingConfiguration: { DestinationBucketName: ref('Logs') } },
        { Logs: of(BUCKET, { AccessControl: 'LogDeliveryWrite' }) }),
    },
    fail: { 'nothing is said': bucket() },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_default_lock_enable_tests.yml', 'S3_BUCKET_DEFAULT_LOCK_ENABLED'), 'S3-11', {
    pass: { 'the lock is on': bucket({ ObjectLockEnabled: 'true' }) },
    fail: { 'the lock is off': bucket({ ObjectLockEnabled: 'false' }), 'nothing is said': bucket() },
  }),
  ...cases(cdkNag('S3.test.ts', 'S3BucketDefaultLockEnabled'), 'S3-11', {
    pass: {
      'the lock is on, by a rule of a year': bucket({
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Years: 1 } } },
      }),
    },
    fail: { 'nothing is said': bucket() },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_policy_no_wildcard_principal_tests.yml', 'S3_BUCKET_POLICY_NO_WILDCARD_PRINCIPAL'), 'S3-19 S3-21', {
    pass: { 'everybody is denied': withPolicy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: objects }) },
    fail: {
      'everybody, by a condition on the referer': withPolicy({ Principal: '*', Action: '*', Resource: objects, Condition: { StringLike: { 'aws:Referer': ['http://shop.example.com/*'] } } }),
    },
  }),
  ...cases(cfnNag('S3BucketPolicyWildcardPrincipalRule_spec.rb', 'F16'), 'S3-19 S3-21', {
    pass: { 'a user of the account': reads({ Principal: { AWS: user(ACCOUNT) } }), 'another account': reads({ Principal: { AWS: root(STRANGER) } }) },
    fail: { 'everybody, under AWS': reads({ Principal: { AWS: '*' } }) },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucketpolicy_no_allow_plus_notprincipal_tests.yml', 'S3_BUCKETPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL'), 'S3-19 S3-21', {
    pass: {
      'all but two are denied': withPolicy({ Effect: 'Deny', NotPrincipal: { AWS: [user(ACCOUNT), root(ACCOUNT)] }, Action: 's3:DeleteObject', Resource: objects }),
    },
    fail: { 'all but two are let in': reads({ NotPrincipal: { AWS: [user(ACCOUNT), root(ACCOUNT)] } }) },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_policy_no_wildcard_action_tests.yml', 'S3_BUCKET_POLICY_NO_WILDCARD_ACTION'), 'S3-14 S3-24', {
    pass: {
      'one action': reads({ Principal: { AWS: user(ACCOUNT) } }),
      'everything is denied': withPolicy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: objects }),
    },
    fail: { 'every action': reads({ Principal: { AWS: user(ACCOUNT) } }, '*'), 'every action of S3': reads({ Principal: { AWS: user(ACCOUNT) } }, ['s3:*']) },
  }),
  ...cases(guard('amazon_s3/tests/s3_bucket_policy_no_allow_plus_not_action_tests.yml', 'S3_BUCKET_POLICY_NO_ALLOW_PLUS_NOT_ACTION'), 'S3-14 S3-24', {
    pass: { 'all but one action are denied': withPolicy({ Effect: 'Deny', Principal: '*', NotAction: 's3:GetObject', Resource: objects }) },
    fail: { 'all but one action are allowed': withPolicy({ Principal: { AWS: user(ACCOUNT) }, NotAction: 's3:DeleteObject', Resource: objects }) },
  }),
  ...cases(cdkNag('S3.test.ts', 'S3WebBucketOAIAccess'), 'S3-34', {
    pass: { 'a bucket that is no website': bucket() },
    fail: { 'a website without an identity': bucket({ WebsiteConfiguration: { IndexDocument: 'home.html' } }) },
  }),
  ...cases(kics('s3_static_website_host_enabled/query.rego', 's3_static_website_host_enabled'), 'S3-34', {
    fail: { 'a website': bucket({ AccessControl: 'PublicRead', WebsiteConfiguration: { IndexDocument: 'home.html' } }) },
  }),
  ...cases(kics('s3_bucket_with_unsecured_cors_rule/query.rego', 's3_bucket_with_unsecured_cors_rule'), 'S3-34', {
    fail: {
      'every origin reads, and two of plain text delete': bucket({
        CorsConfiguration: {
          CorsRules: [
            { AllowedMethods: ['GET'], AllowedOrigins: ['*'], AllowedHeaders: ['*'] },
            { AllowedMethods: ['DELETE'], AllowedOrigins: ['http://shop.example.com', 'http://shop.example.net'] },
          ],
        },
      }),
    },
  }),
];
