// What can be done to buckets and to their policies.
import * as s3 from 'aws-cdk-lib/aws-s3';
import { undecided } from './keys';
import { apart, Kind, Target, within } from './kind';
import { manager } from './managers';
import { ACCOUNT, allow, append, document, everybodyOf, FOREIGN, foreignArn, ownArn, ownIam, rendered, Statement } from '../touch';

const BUCKET = 'AWS::S3::Bucket';
const POLICY = 'AWS::S3::BucketPolicy';

/** The objects of the bucket that a policy is for, as they are rendered. */
const objects = ({ resource }: Target) => ({ 'Fn::Join': ['', ['arn:aws:s3:::', rendered(resource, 'Bucket'), '/*']] });
const itself = ({ resource }: Target) => ({ 'Fn::Join': ['', ['arn:aws:s3:::', rendered(resource, 'Bucket')]] });

const statement = (name: string, why: string, json: (target: Target<s3.CfnBucketPolicy>) => Statement): Kind =>
  within<s3.CfnBucketPolicy>(POLICY, name, why, t => append(t.resource, 'PolicyDocument.Statement', json(t)));

const DELIVERY = { Service: 'delivery.logs.amazonaws.com' };
const EVIDENCE = /Trail|Security|Export|Recorder/;

export const BUCKET_POLICIES: Kind[] = [
  statement('another account reads objects', 'data leaves the account', t => allow(everybodyOf(FOREIGN), 's3:GetObject', objects(t))),
  statement('another account lists and changes the bucket', 'it can switch off what protects the objects',
    t => allow(everybodyOf(FOREIGN), ['s3:ListBucket', 's3:PutLifecycleConfiguration', 's3:PutBucketPolicy'], itself(t))),
  statement('everybody reads through an endpoint', 'any principal of any account that reaches the endpoint',
    t => allow('*', 's3:GetObject', objects(t), { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718' } })),
  statement('a service writes without a source', 'somebody makes the service write into our bucket (confused deputy)', t => allow(DELIVERY, 's3:PutObject', objects(t))),
  statement('a service writes for another account', 'evidence is mixed with that of somebody else, or forged',
    t => allow(DELIVERY, 's3:PutObject', objects(t), { StringEquals: { 'aws:SourceAccount': FOREIGN }, ArnLike: { 'aws:SourceArn': foreignArn('logs', '*') } })),
  statement('a service writes for any source', 'the condition matches everything, so it is none',
    t => allow(DELIVERY, 's3:PutObject', objects(t), { StringLike: { 'aws:SourceAccount': '*' }, ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:*:*' } })),
  statement('a role does all but one thing (NotAction)', 'it changes the policy and deletes versions',
    t => ({ Effect: 'Allow', Principal: { AWS: ownIam('role/Operator') }, NotAction: 's3:DeleteBucket', Resource: [itself(t), objects(t)] })),
  statement('everybody but one account reads (NotPrincipal)', 'it lets in the rest of the world',
    t => ({ Effect: 'Allow', NotPrincipal: everybodyOf(ACCOUNT), Action: 's3:GetObject', Resource: objects(t) })),
  statement('a role does everything', 'a role that nobody named as a deployer manages the bucket', t => allow({ AWS: ownIam('role/Operator') }, 's3:*', [itself(t), objects(t)])),
  statement('everybody reads, if a condition of the template holds', 'what only the deployment knows may be true', t => undecided(t, allow('*', 's3:GetObject', objects(t)))),
  within<s3.CfnBucketPolicy>(POLICY, 'its denials spare whoever has a tag', 'whoever may tag a session is past them', t => {
    rendered(t.resource, 'PolicyDocument.Statement').forEach((s: Statement, i: number) => {
      if (s.Effect === 'Deny') { t.resource.addPropertyOverride(`PolicyDocument.Statement.${i}.Condition.StringNotLike`, { 'aws:PrincipalTag/cleaner': '*' }); }
    });
  }),
  within<s3.CfnBucketPolicy>(POLICY, 'its denials spare one address range', 'whoever comes from there is past them', t => {
    rendered(t.resource, 'PolicyDocument.Statement').forEach((s: Statement, i: number) => {
      if (s.Effect === 'Deny') { t.resource.addPropertyOverride(`PolicyDocument.Statement.${i}.Condition.NotIpAddress`, { 'aws:SourceIp': '203.0.113.0/24' }); }
    });
  }),
];

export const BUCKETS: Kind[] = [
  apart<s3.CfnBucket>(BUCKET, 'a second policy takes the place of its own', 'all denials are gone', t => new s3.CfnBucketPolicy(t.scope, 'Second', {
    bucket: t.resource.ref, policyDocument: document(allow({ AWS: ownIam('role/Reader') }, 's3:GetObject', `${t.resource.attrArn}/*`)),
  })),
  apart<s3.CfnBucket>(BUCKET, 'an access point for another account', 'the policy of the access point lets others in', t => new s3.CfnAccessPoint(t.scope, 'AccessPoint', {
    bucket: t.resource.ref, name: 'theirs', policy: document(allow(everybodyOf(FOREIGN), 's3:GetObject', ownArn('s3', 'accesspoint/theirs/object/*'))),
  })),
  apart<s3.CfnBucket>(BUCKET, 'a multi-region access point, open to another account', 'a way in that the policy of the bucket does not show', t => {
    const point = new s3.CfnMultiRegionAccessPoint(t.scope, 'Global', { regions: [{ bucket: t.resource.ref }] });
    new s3.CfnMultiRegionAccessPointPolicy(t.scope, 'GlobalPolicy', { mrapName: point.ref, policy: document(allow(everybodyOf(FOREIGN), 's3:GetObject', '*')) });
  }),
  apart<s3.CfnBucket>(BUCKET, 'a role of an application writes into it', 'whoever has the application forges evidence', t => manager(t, ['s3:PutObject'], `${t.resource.attrArn}/*`), EVIDENCE),
  apart<s3.CfnBucket>(BUCKET, 'a function may change its policy and its lifecycle', 'whoever has the function has the bucket',
    t => manager(t, ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutLifecycleConfiguration'], t.resource.attrArn)),
  within<s3.CfnBucket>(BUCKET, 'a further rule expires everything after a day', 'evidence and data are gone before somebody looks',
    t => append(t.resource, 'LifecycleConfiguration.Rules', { Id: 'Clean', Status: 'Enabled', ExpirationInDays: 1, NoncurrentVersionExpiration: { NoncurrentDays: 1 } })),
  within<s3.CfnBucket>(BUCKET, 'replication to a bucket of another account', 'a copy of everything leaves the account', t => t.resource.addPropertyOverride('ReplicationConfiguration', {
    Role: ownIam('role/Replication'),
    Rules: [{
      Id: 'Copy',
      Status: 'Enabled',
      Priority: 1,
      Filter: { Prefix: '' },
      DeleteMarkerReplication: { Status: 'Disabled' },
      Destination: { Bucket: 'arn:aws:s3:::collector-of-somebody', Account: FOREIGN, AccessControlTranslation: { Owner: 'Destination' } },
    }],
  })),
  within<s3.CfnBucket>(BUCKET, 'an inventory for another account', 'the names of all objects leave the account', t => append(t.resource, 'InventoryConfigurations', {
    Id: 'Inventory',
    Enabled: true,
    IncludedObjectVersions: 'All',
    ScheduleFrequency: 'Daily',
    Destination: { BucketArn: 'arn:aws:s3:::collector-of-somebody', BucketAccountId: FOREIGN, Format: 'CSV' },
  })),
  within<s3.CfnBucket>(BUCKET, 'an analysis for another account', 'the use of the bucket is told to others', t => append(t.resource, 'AnalyticsConfigurations', {
    Id: 'Analysis',
    StorageClassAnalysis: { DataExport: { OutputSchemaVersion: 'V_1', Destination: { BucketArn: 'arn:aws:s3:::collector-of-somebody', BucketAccountId: FOREIGN, Format: 'CSV' } } },
  })),
  within<s3.CfnBucket>(BUCKET, 'notifications to a function of another account', 'each new object is told to others, with its name',
    t => append(t.resource, 'NotificationConfiguration.LambdaConfigurations', { Event: 's3:ObjectCreated:*', Function: foreignArn('lambda', 'function:collector') })),
  within<s3.CfnBucket>(BUCKET, 'notifications to a topic of another account', 'each deleted object is told to others, with its name',
    t => append(t.resource, 'NotificationConfiguration.TopicConfigurations', { Event: 's3:ObjectRemoved:*', Topic: foreignArn('sns', 'collector') })),
];

