// What every program by hand is made of: a stack that makes keys and buckets.
// Names are made of logical IDs, as the library makes them. Somebody who writes by hand takes literals: the IDs are the caller's.
const iam = require('aws-cdk-lib/aws-iam');
const kms = require('aws-cdk-lib/aws-kms');
const s3 = require('aws-cdk-lib/aws-s3');
const { Aws, Duration, Lazy, RemovalPolicy, Stack } = require('aws-cdk-lib/core');

const RETAIN = RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const ADMINISTER = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:Delete*', 'kms:Describe*', 'kms:Disable*', 'kms:Enable*', 'kms:Get*', 'kms:List*', 'kms:Put*',
  'kms:Revoke*', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UntagResource', 'kms:Update*',
];

/** The account that has GuardDuty's images in eu-west-1. */
const GUARDDUTY_IMAGES = '694911143906';

const arn = (service, resource) => `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;
const via = service => `${service}.${Aws.REGION}.amazonaws.com`;
const allow = (actions, resources, conditions) => new iam.PolicyStatement({ actions, resources: [].concat(resources), conditions });
const ofAccount = () => ({ 'aws:SourceAccount': Aws.ACCOUNT_ID });
const fromArn = (operator, sourceArn) => ({ StringEquals: ofAccount(), [operator]: { 'aws:SourceArn': sourceArn } });

/** A name that is made of a logical ID, in small letters. */
const named = id => `shop-${id.toLowerCase()}`;

class ByHand extends Stack {
  key(scope, id, description, logicalId, statements = []) {
    return new kms.Key(scope, id, {
      description,
      alias: `Shop/${logicalId}`,
      policy: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({ sid: 'AccountAdministersKey', principals: [new iam.AccountRootPrincipal()], actions: ADMINISTER, resources: ['*'] }),
          ...statements,
        ],
      }),
      enableKeyRotation: true,
      rotationPeriod: Duration.days(365),
      pendingWindow: Duration.days(30),
      keySpec: kms.KeySpec.SYMMETRIC_DEFAULT,
      keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT,
      removalPolicy: RETAIN,
    });
  }

  accountUses(sid, actions, conditions) {
    return new iam.PolicyStatement({ sid, principals: [new iam.AccountRootPrincipal()], actions, resources: ['*'], conditions });
  }

  useThrough(sid, service) {
    return this.accountUses(`UseThrough${sid}`, USE, { StringEquals: { 'kms:ViaService': via(service), 'kms:CallerAccount': Aws.ACCOUNT_ID } });
  }

  grantThrough(sid, service) {
    return this.accountUses(`GrantThrough${sid}`, ['kms:CreateGrant'], {
      StringEquals: { 'kms:ViaService': via(service), 'kms:CallerAccount': Aws.ACCOUNT_ID },
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    });
  }

  serviceUses(sid, service, actions, conditions, resources = ['*']) {
    return new iam.PolicyStatement({ sid, principals: [new iam.ServicePrincipal(service)], actions, resources, conditions });
  }

  bucket(scope, id, options) {
    const { encryptionKey } = options;
    const bucket = new s3.Bucket(scope, id, {
      encryption: encryptionKey ? s3.BucketEncryption.KMS : s3.BucketEncryption.S3_MANAGED,
      encryptionKey,
      bucketKeyEnabled: encryptionKey ? true : undefined,
      blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
      objectLockEnabled: options.lockFor ? true : undefined,
      objectLockDefaultRetention: options.lockFor && s3.ObjectLockRetention.governance(options.lockFor),
      lifecycleRules: [
        { id: 'AbortUploadsAndExpireVersions', abortIncompleteMultipartUploadAfter: Duration.days(7), noncurrentVersionExpiration: Duration.days(options.keepVersions) },
        options.expires ? { id: 'Expire', expiration: Duration.days(options.expires) } : { id: 'RemoveDeleteMarkers', expiredObjectDeleteMarker: true },
      ],
      removalPolicy: RETAIN,
    });
    const deny = (sid, actions, resources, conditions) => bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid, effect: iam.Effect.DENY, principals: [new iam.StarPrincipal()], actions, resources, conditions,
    }));
    const objects = [bucket.arnForObjects('*')];
    const all = [bucket.bucketArn, ...objects];
    deny('DenyInsecureTransport', ['s3:*'], all, { Bool: { 'aws:SecureTransport': 'false' } });
    deny('DenyTlsBefore12', ['s3:*'], all, { NumericLessThan: { 's3:TlsVersion': '1.2' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } });
    if (encryptionKey) {
      const sse = 's3:x-amz-server-side-encryption';
      const put = ['s3:PutObject'];
      deny('DenyOtherEncryption', put, objects, {
        Null: { [sse]: 'false' },
        StringNotEquals: { [sse]: 'aws:kms', ...options.plainWriter && { 'aws:PrincipalServiceName': options.plainWriter } },
      });
      deny('DenyOtherKey', put, objects, { Null: { [`${sse}-aws-kms-key-id`]: 'false' }, StringNotEquals: { [`${sse}-aws-kms-key-id`]: encryptionKey.keyArn } });
      deny('DenyAwsManagedKey', put, objects, { Null: { [`${sse}-aws-kms-key-id`]: 'true' }, StringEquals: { [sse]: 'aws:kms' } });
      deny('DenyCustomerProvidedKey', put, objects, { Null: { [`${sse}-customer-algorithm`]: 'false' } });
    }
    if (options.denyDeletions) { deny('DenyDeletions', ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'], objects); }
    bucket.policy.applyRemovalPolicy(RETAIN);
    if (options.logicalId) {
      // Not by the L2, which would grant by an ACL.
      bucket.node.defaultChild.loggingConfiguration = {
        destinationBucketName: this.logBucket.bucketName,
        logFilePrefix: `s3/${named(options.logicalId)}/`,
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
      };
      if (!this.logSources) {
        this.logSources = [];
        this.logBucket.addToResourcePolicy(this.serviceUses('S3AccessLogsOfStack', 'logging.s3.amazonaws.com', ['s3:PutObject'],
          { StringEquals: ofAccount(), ArnLike: { 'aws:SourceArn': Lazy.list({ produce: () => this.logSources }) } }, [this.logBucket.arnForObjects('s3/*')]));
      }
      this.logSources.push(bucket.bucketArn);
    }
    return bucket;
  }
}

module.exports = { ByHand, GUARDDUTY_IMAGES, RETAIN, allow, arn, fromArn, named, ofAccount, via };
