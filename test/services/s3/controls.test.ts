import * as controls from '../../../src/services/s3/controls';
import { provePredicate, Resources } from '../../support/predicate';

const ARN = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
const OBJECTS = { 'Fn::Join': ['', [ARN, '/*']] };
const KEY = { 'Fn::GetAtt': ['Key', 'Arn'] };
const SSE = 's3:x-amz-server-side-encryption';
const deny = (Sid: string, Action: any, Resource: any, Condition?: any) => ({ Sid, Effect: 'Deny', Principal: '*', Action, Resource, ...Condition && { Condition } });
const allow = (Principal: any, Action: any) => ({ Effect: 'Allow', Principal, Action, Resource: OBJECTS });
const BLOCKS = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

const RIGHT: Resources = {
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{
          ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY }, BucketKeyEnabled: true, BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        }],
      },
      PublicAccessBlockConfiguration: BLOCKS,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, NoncurrentVersionExpiration: { NoncurrentDays: 90 } }] },
      LoggingConfiguration: { DestinationBucketName: { Ref: 'Logs' }, TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: 'EventTime' } } },
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } },
    },
  },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: {
        Statement: [
          deny('Tls', 's3:*', [ARN, OBJECTS], { Bool: { 'aws:SecureTransport': 'false' } }),
          deny('Tls12', 's3:*', [ARN, OBJECTS], { NumericLessThan: { 's3:TlsVersion': '1.2' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } }),
          deny('Encryption', 's3:PutObject', OBJECTS, { Null: { [SSE]: 'false' }, StringNotEquals: { [SSE]: 'aws:kms' } }),
          deny('Key', 's3:PutObject', OBJECTS, { Null: { [`${SSE}-aws-kms-key-id`]: 'false' }, StringNotEquals: { [`${SSE}-aws-kms-key-id`]: KEY } }),
          deny('ManagedKey', 's3:PutObject', OBJECTS, { Null: { [`${SSE}-aws-kms-key-id`]: 'true' }, StringEquals: { [SSE]: 'aws:kms' } }),
          deny('OwnKey', 's3:PutObject', OBJECTS, { Null: { [`${SSE}-customer-algorithm`]: 'false' } }),
          deny('Deletions', ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'], OBJECTS, { ArnNotLike: { 'aws:PrincipalArn': ['arn:aws:iam::111111111111:role/break-glass'] } }),
          allow({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject'),
        ],
      },
    },
  },
};
type Change = (r: any) => void;
const props = (change: object): Change => r => { Object.assign(r.Bucket.Properties, change); };
const without = (name: string): Change => r => { delete r.Bucket.Properties[name]; };
const rule = (change: (rule: any) => void): Change => r => change(r.Bucket.Properties.BucketEncryption.ServerSideEncryptionConfiguration[0]);
const lifecycle = (change: (rule: any) => void): Change => r => change(r.Bucket.Properties.LifecycleConfiguration.Rules[0]);
const documentOf = (r: any): { Statement: any[] } => r.Policy.Properties.PolicyDocument;
const statement = (sid: string, change: (s: any) => void): Change => r => change(documentOf(r).Statement.find(s => s.Sid === sid));
const drop = (sid: string): Change => r => { documentOf(r).Statement = documentOf(r).Statement.filter(s => s.Sid !== sid); };
const add = (s: any): Change => r => { r.Policy.Properties.PolicyDocument.Statement.push(s); };
const POLICY: Record<string, Change> = {
  'there is no policy': r => { delete r.Policy; },
  'the policy is of another bucket': r => { r.Policy.Properties.Bucket = { Ref: 'Other' }; },
};

provePredicate(controls.S3_CMK, RIGHT, {
  'nothing is said': without('BucketEncryption'),
  'it is under SSE-S3': rule(x => { x.ServerSideEncryptionByDefault = { SSEAlgorithm: 'AES256' }; }),
  'it is under the AWS managed key': rule(x => { delete x.ServerSideEncryptionByDefault.KMSMasterKeyID; }),
  'the Bucket Key is off': rule(x => { x.BucketKeyEnabled = false; }),
  'the Bucket Key is not said': rule(x => { delete x.BucketKeyEnabled; }),
});
provePredicate(controls.S3_SSE_S3, { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } } } }, {
  'nothing is said': without('BucketEncryption'),
  'it is under KMS': rule(x => { x.ServerSideEncryptionByDefault.SSEAlgorithm = 'aws:kms'; }),
});
provePredicate(controls.S3_NO_SSE_C, RIGHT, {
  'nothing is blocked': rule(x => { delete x.BlockedEncryptionTypes; }),
  'NONE is blocked': rule(x => { x.BlockedEncryptionTypes.EncryptionType = ['NONE']; }),
});
provePredicate(controls.S3_BLOCK_PUBLIC, RIGHT, {
  'nothing is said': without('PublicAccessBlockConfiguration'),
  ...Object.fromEntries(Object.keys(BLOCKS).flatMap<[string, Change]>(k => [
    [`${k} is off`, props({ PublicAccessBlockConfiguration: { ...BLOCKS, [k]: false } })],
    [`${k} is not said`, props({ PublicAccessBlockConfiguration: { ...BLOCKS, [k]: undefined } })],
  ])),
});
provePredicate(controls.S3_NO_ACLS, RIGHT, {
  'nothing is said': without('OwnershipControls'),
  'objects belong to the writer': props({ OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }),
  'the bucket has an ACL': props({ AccessControl: 'LogDeliveryWrite' }),
});
provePredicate(controls.S3_VERSIONED, RIGHT, { 'nothing is said': without('VersioningConfiguration'), 'it is suspended': props({ VersioningConfiguration: { Status: 'Suspended' } }) });
provePredicate(controls.S3_LIFECYCLE, RIGHT, {
  'nothing is said': without('LifecycleConfiguration'),
  'another rule is off': r => { r.Bucket.Properties.LifecycleConfiguration.Rules.push({ Status: 'Disabled', ExpirationInDays: 365 }); },
  'the rule is off': lifecycle(x => { x.Status = 'Disabled'; }),
  'the rule is for a part': lifecycle(x => { x.Prefix = 'a/'; }),
  'the rule is for tagged objects': lifecycle(x => { x.TagFilters = [{ Key: 'a', Value: 'b' }]; }),
  'uploads stay for a month': lifecycle(x => { x.AbortIncompleteMultipartUpload.DaysAfterInitiation = 30; }),
  'uploads stay': lifecycle(x => { delete x.AbortIncompleteMultipartUpload; }),
  'versions stay': lifecycle(x => { delete x.NoncurrentVersionExpiration; }),
});
provePredicate(controls.S3_TLS_ONLY, RIGHT, {
  ...POLICY,
  'the statement is gone': drop('Tls'),
  'it allows': statement('Tls', s => { s.Effect = 'Allow'; }),
  'it is about the bucket only': statement('Tls', s => { s.Resource = [ARN]; }),
  'it is about objects only': statement('Tls', s => { s.Resource = [OBJECTS, { 'Fn::Join': ['', [ARN, '/a/*']] }]; }),
  'it is about reading only': statement('Tls', s => { s.Action = 's3:GetObject'; }),
  'it is about one principal': statement('Tls', s => { s.Principal = { AWS: 'arn:a' }; }),
  'it spares somebody': statement('Tls', s => { s.Condition.StringNotEquals = { 'aws:PrincipalArn': 'arn:a' }; }),
  'it spares services': statement('Tls', s => { s.Condition.Bool['aws:PrincipalIsAWSService'] = 'false'; }),
  'it denies TLS instead': statement('Tls', s => { s.Condition.Bool['aws:SecureTransport'] = 'true'; }),
});
provePredicate(controls.S3_TLS_12, RIGHT, {
  ...POLICY,
  'the statement is gone': drop('Tls12'),
  'it asks for 1.1': statement('Tls12', s => { s.Condition.NumericLessThan['s3:TlsVersion'] = '1.1'; }),
  'it spares somebody': statement('Tls12', s => { s.Condition.StringNotEquals = { 'aws:PrincipalArn': 'arn:a' }; }),
  'it spares everybody but services': statement('Tls12', s => { s.Condition.Bool['aws:PrincipalIsAWSService'] = 'true'; }),
  'it spares by a flag': statement('Tls12', s => { s.Condition.Bool['aws:ViaAWSService'] = 'false'; }),
  'it is about the bucket only': statement('Tls12', s => { s.Resource = [ARN]; }),
});
provePredicate(controls.S3_WRITE_GUARDS, RIGHT, {
  ...POLICY,
  'another encryption passes': drop('Encryption'),
  'another key passes': drop('Key'),
  'the AWS managed key passes': drop('ManagedKey'),
  "the writer's key passes": drop('OwnKey'),
  'every request without headers is denied': statement('Encryption', s => { delete s.Condition.Null; }),
  'SSE-S3 is the encryption asked for': statement('Encryption', s => { s.Condition.StringNotEquals[SSE] = 'AES256'; }),
  'SSE-S3 passes too': statement('Encryption', s => { s.Condition.StringNotEquals[SSE] = ['aws:kms', 'AES256']; }),
  'the key asked for is another': statement('Key', s => { s.Condition.StringNotEquals[`${SSE}-aws-kms-key-id`] = { 'Fn::GetAtt': ['Other', 'Arn'] }; }),
  'another key passes too': statement('Key', s => { s.Condition.StringNotEquals[`${SSE}-aws-kms-key-id`] = [KEY, { Ref: 'Other' }]; }),
  ...Object.fromEntries(['Encryption', 'Key', 'ManagedKey', 'OwnKey'].map<[string, Change]>(sid =>
    [`${sid} spares a role`, statement(sid, s => { s.Condition.ArnNotEquals = { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a' }; })])),
  'Encryption spares every service': statement('Encryption', s => { s.Condition.StringNotEquals['aws:PrincipalServiceName'] = '*'; }),
  'Key is for one principal': statement('Key', s => { s.Principal = { AWS: 'arn:a' }; }),
  'a guard is about a part': statement('Key', s => { s.Resource = { 'Fn::Join': ['', [ARN, '/a/*']] }; }),
});
provePredicate(controls.S3_ACCESS_LOGS, RIGHT, {
  'nothing is said': without('LoggingConfiguration'),
  'it logs to itself': r => { r.Bucket.Properties.LoggingConfiguration.DestinationBucketName = { Ref: 'Bucket' }; },
  'it says no bucket': r => { delete r.Bucket.Properties.LoggingConfiguration.DestinationBucketName; },
  'logs go by the day of delivery': r => { r.Bucket.Properties.LoggingConfiguration.TargetObjectKeyFormat.PartitionedPrefix.PartitionDateSource = 'DeliveryTime'; },
  'logs are not partitioned': r => { delete r.Bucket.Properties.LoggingConfiguration.TargetObjectKeyFormat; },
});
provePredicate(controls.S3_OBJECT_LOCK, RIGHT, {
  'it is off': without('ObjectLockEnabled'),
  'it has no default': without('ObjectLockConfiguration'),
  'the configuration does not say it': r => { delete r.Bucket.Properties.ObjectLockConfiguration.ObjectLockEnabled; },
  'it is for less than a year': r => { r.Bucket.Properties.ObjectLockConfiguration.Rule.DefaultRetention.Days = 364; },
  'it has no mode': r => { delete r.Bucket.Properties.ObjectLockConfiguration.Rule.DefaultRetention.Mode; },
});
provePredicate(controls.S3_NO_FOREIGN_CONTROL, RIGHT, {
  ...POLICY,
  ...Object.fromEntries(['s3:*', '*', 's3:Put*', 's3:PutBucketPolicy', 's3:putbucketacl', 's3:DeleteBucketP*', 's3:PutEncryptionConfiguration', 's3:PutObjectAcl']
    .map<[string, Change]>(a => [`it allows ${a}`, add(allow({ AWS: '222222222222' }, ['s3:GetObject', a]))])),
  'it is about other buckets too': add({ ...allow({ AWS: '222222222222' }, 's3:GetObject'), Resource: '*' }),
  'it is about all other buckets': add({ Effect: 'Allow', Principal: { AWS: '222222222222' }, Action: 's3:GetObject', NotResource: OBJECTS }),
  'it allows all but reading': add({ ...allow({ AWS: '222222222222' }, undefined), NotAction: 's3:GetObject' }),
});
provePredicate(controls.S3_NO_PUBLIC_STATEMENT, RIGHT, {
  ...POLICY,
  'everybody may read': add(allow('*', 's3:GetObject')),
  'everybody may read, as AWS': add(allow({ AWS: '*' }, 's3:GetObject')),
  'everybody but one may read': add({ Effect: 'Allow', NotPrincipal: { AWS: 'arn:a' }, Action: 's3:GetObject', Resource: OBJECTS }),
});
provePredicate(controls.S3_DELETE_DENIED, RIGHT, {
  ...POLICY,
  'the statement is gone': drop('Deletions'),
  'versions may be deleted': statement('Deletions', s => { s.Action = ['s3:DeleteObject']; }),
  'locks may be bypassed': statement('Deletions', s => { s.Action.pop(); }),
  'everybody is spared': statement('Deletions', s => { s.Condition.ArnNotLike['aws:PrincipalArn'] = ['*']; }),
  ...Object.fromEntries<Change>(['arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/*', 'arn:aws:iam::*:role/a', 'arn:aws:iam::111122223333:*', { 'Fn::Unknown': 'P' }]
    .map(p => [`${JSON.stringify(p)} is spared`, statement('Deletions', s => { s.Condition.ArnNotLike['aws:PrincipalArn'] = [p]; })])),
  'tagged principals are spared': statement('Deletions', s => { s.Condition.StringNotEquals = { 'aws:PrincipalTag/a': 'b' }; }),
  'it is about something else': statement('Deletions', s => { s.Condition = { Bool: { 'aws:SecureTransport': 'false' } }; }),
  'it is about a part': statement('Deletions', s => { s.Resource = { 'Fn::Join': ['', [ARN, '/a/*']] }; }),
});

const source = (value: any) => ({ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: '*', Condition: { ArnLike: { 'aws:SourceArn': value } } });
const LOGGED: Resources = {
  ...RIGHT,
  Logs: { Type: 'AWS::S3::Bucket' },
  LogsPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Logs' }, PolicyDocument: { Statement: [source([ARN])] } } },
};
provePredicate(controls.S3_ACCESS_LOGS, LOGGED, {
  'the log bucket does not let S3 in': r => { r.LogsPolicy.Properties.PolicyDocument.Statement = []; },
  'the log bucket lets S3 in for another bucket': r => { r.LogsPolicy.Properties.PolicyDocument.Statement = [source([{ 'Fn::GetAtt': ['Other', 'Arn'] }])]; },
  'the log bucket has no policy': r => { delete r.LogsPolicy; },
});
provePredicate(controls.S3_OLD_VERSIONS, RIGHT, {
  'nothing is said': without('LifecycleConfiguration'),
  'they go after a day': lifecycle(x => { x.NoncurrentVersionExpiration.NoncurrentDays = 1; }),
  'they go when a parameter says': lifecycle(x => { x.NoncurrentVersionExpiration.NoncurrentDays = { 'Fn::Unknown': 'P' }; }),
  'they go after a day, by the old property': r => { r.Bucket.Properties.LifecycleConfiguration.Rules.push({ Status: 'Enabled', NoncurrentVersionExpirationInDays: 1 }); },
  'those of a part go after a day': r => { r.Bucket.Properties.LifecycleConfiguration.Rules.push({ Status: 'Enabled', Prefix: 'a/', NoncurrentVersionExpiration: { NoncurrentDays: 1 } }); },
});
const LOGS = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { LifecycleConfiguration: { Rules: [{ Status: 'Enabled' }, { Status: 'Enabled', ExpirationInDays: 365 }] } } } };
provePredicate(controls.S3_LOGS_KEPT, LOGS, {
  'nothing is said': without('LifecycleConfiguration'),
  'they go after a month': r => { r.Bucket.Properties.LifecycleConfiguration.Rules[1].ExpirationInDays = 30; },
  'some go on a day': r => { r.Bucket.Properties.LifecycleConfiguration.Rules[0].ExpirationDate = '2030-01-01'; },
  'they go when a parameter says': r => { r.Bucket.Properties.LifecycleConfiguration.Rules[1].ExpirationInDays = { 'Fn::Unknown': 'P' }; },
  'some go after a day': r => { r.Bucket.Properties.LifecycleConfiguration.Rules[0].ExpirationInDays = 1; },
});

provePredicate(controls.S3_EVENTS, { Docs: { Type: 'AWS::S3::Bucket', Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } } } }, {
  'the events stay in S3': r => { r.Docs.Properties.NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled = false; },
  'there is no configuration': r => { delete r.Docs.Properties.NotificationConfiguration; },
});
