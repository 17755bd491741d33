// A bucket as it should be, and statements about it.
import { FOREIGN, Resources } from '../../support/predicate';

export const ARN = { 'Fn::GetAtt': ['Bucket', 'Arn'] };
export const OBJECTS = { 'Fn::Join': ['', [ARN, '/*']] };
export const ROOT = { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':root']] } };
export const ROLE = { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } };
export const PARTNER = `arn:aws:iam::${FOREIGN}:role/Partner`;
export const OURS = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
export const allow = (Principal: any, Action: any, Condition?: any, Resource: any = OBJECTS) => ({ Effect: 'Allow', Principal, Action, Resource, ...Condition && { Condition } });
export const deny = (Principal: any, Action: any, Condition?: any) => ({ ...allow(Principal, Action, Condition), Effect: 'Deny' });

export const CONFIG = { Service: 'config.amazonaws.com' };
const DENY_PLAINTEXT = { Sid: 'DenyInsecureTransport', ...deny('*', 's3:*', { Bool: { 'aws:SecureTransport': 'false' } }) };

/** A bucket under a key, with a policy that lets in a role, a service, and a partner of whom the bucket was told. */
export const RIGHT: Resources = {
  Bucket: {
    Type: 'AWS::S3::Bucket',
    Metadata: { 'cdk-hardened:admits': [PARTNER] },
    Properties: {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] } } }] },
      LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 } }, { Id: 'Expire', Status: 'Enabled', ExpirationInDays: 365 }] },
    },
  },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: { Statement: [DENY_PLAINTEXT, allow(ROLE, 's3:GetObject'), allow({ AWS: PARTNER }, ['s3:GetObject', 's3:ListBucket']), allow(CONFIG, 's3:PutObject', OURS)] },
    },
  },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: { KeyPolicy: { Statement: [allow(CONFIG, ['kms:Decrypt', 'kms:GenerateDataKey'], OURS), allow({ AWS: PARTNER }, 'kms:Decrypt')] } },
  },
  Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECTS }] } }] } },
  Other: { Type: 'AWS::S3::Bucket', Properties: {} },
  Queue: { Type: 'AWS::SQS::Queue' },
};

export type Change = (resources: any) => void;
export const add = (...statements: any[]): Change => r => { r.Policy.Properties.PolicyDocument.Statement.push(...statements); };
export const beside = (id: string, Type: string, Properties: any): Change => r => { r[id] = { Type, Properties }; };
/** A second policy of the bucket. */
export const second = (...statements: any[]): Change => beside('Second', 'AWS::S3::BucketPolicy', { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Statement: statements } });
export const set = (props: object): Change => r => { Object.assign(r.Bucket.Properties, props); };
