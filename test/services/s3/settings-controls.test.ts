import { beside, RIGHT, set } from './fixtures';
import * as controls from '../../../src/services/s3/settings-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate } from '../../support/predicate';

const foreign = (service: string) => `arn:aws:${service}:eu-west-1:${FOREIGN}:x`;
const OTHER = { 'Fn::GetAtt': ['Other', 'Arn'] };
const queue = (Queue: any) => ({ NotificationConfiguration: { QueueConfigurations: [{ Event: 's3:*', Queue }] } });
const replica = (Destination: any) => ({ ReplicationConfiguration: { Rules: [{ Destination }] } });
const inventory = (Destination: any) => ({ InventoryConfigurations: [{ Destination }] });
const RIGHT_DESTINATIONS = structuredClone(RIGHT);
set({
  NotificationConfiguration: {
    EventBridgeConfiguration: { EventBridgeEnabled: true },
    QueueConfigurations: [{ Queue: { 'Fn::GetAtt': ['Queue', 'Arn'] } }], TopicConfigurations: [{ Topic: { 'Fn::Join': ['', ['arn:aws:sns:eu-west-1:', { Ref: 'AWS::AccountId' }, ':t']] } }],
  },
  ...replica({ Bucket: OTHER, Account: { Ref: 'AWS::AccountId' } }), ...inventory({ BucketArn: OTHER }),
  AnalyticsConfigurations: [{ StorageClassAnalysis: {} }, { StorageClassAnalysis: { DataExport: { Destination: { BucketArn: 'arn:aws:s3:::reports', BucketAccountId: { Ref: 'AWS::AccountId' } } } } }],
})(RIGHT_DESTINATIONS);

provePredicate(controls.S3_DESTINATIONS, RIGHT_DESTINATIONS, {
  'a queue of another account': set(queue(foreign('sqs'))),
  'a queue that is a parameter': set(queue({ 'Fn::Unknown': 'P' })),
  'a topic of another account': set({ NotificationConfiguration: { TopicConfigurations: [{ Topic: foreign('sns') }] } }),
  'a function of another account': set({ NotificationConfiguration: { LambdaConfigurations: [{ Function: foreign('lambda') }] } }),
  'a replica in a bucket of nobody knows whom': set(replica({ Bucket: 'arn:aws:s3:::elsewhere' })),
  'a replica for another account': set(replica({ Bucket: OTHER, Account: FOREIGN })),
  'an inventory in a bucket of nobody knows whom': set(inventory({ BucketArn: 'arn:aws:s3:::elsewhere' })),
  'an inventory for another account': set(inventory({ BucketArn: 'arn:aws:s3:::elsewhere', BucketAccountId: FOREIGN })),
  'an analysis for another account': set({ AnalyticsConfigurations: [{ StorageClassAnalysis: { DataExport: { Destination: { BucketArn: 'arn:aws:s3:::elsewhere' } } } }] }),
});
const custom = (NotificationConfiguration: any, Managed?: any) => beside('Notifications', 'Custom::S3BucketNotifications', { BucketName: { Ref: 'Bucket' }, NotificationConfiguration, Managed });
proveBreaks(controls.S3_DESTINATIONS, RIGHT, {
  'a queue of the account beside the others': custom({ QueueConfigurations: [{ QueueArn: `arn:aws:sqs:eu-west-1:${OWN}:q` }] }, false),
  'all of them, EventBridge too': custom({ EventBridgeConfiguration: {}, QueueConfigurations: [{ QueueArn: `arn:aws:sqs:eu-west-1:${OWN}:q` }] }, true),
}, {
  'a queue of another account': [custom({ QueueConfigurations: [{ QueueArn: foreign('sqs') }] }, false), 'Notifications'],
  'a function of another account': [custom({ EventBridgeConfiguration: {}, LambdaFunctionConfigurations: [{ LambdaFunctionArn: foreign('lambda') }] }, true), 'Notifications'],
  'a topic of another account': [custom({ TopicConfigurations: [{ TopicArn: foreign('sns') }] }, 'false'), 'Notifications'],
  'all are replaced': [custom({ QueueConfigurations: [{ QueueArn: `arn:aws:sqs:eu-west-1:${OWN}:q` }] }, true), 'Notifications'],
});

const rule = (...rules: any[]) => (r: any) => { r.Bucket.Properties.LifecycleConfiguration.Rules.push(...rules); };
const KEPT = structuredClone(RIGHT);
rule({ Status: 'Enabled', Prefix: 'tmp/', ExpirationInDays: 1 }, { Status: 'Enabled', TagFilters: [{ Key: 'a', Value: 'b' }], ExpirationInDays: 1 }, { Status: 'Disabled', ExpirationInDays: 1 }, { Status: 'Enabled', Transitions: [{ TransitionInDays: 90 }] })(KEPT);
provePredicate(controls.S3_DATA_KEPT, KEPT, {
  'there are no rules': r => { delete r.Bucket.Properties.LifecycleConfiguration; },
  'a further rule empties the bucket': rule({ Status: 'Enabled', ExpirationInDays: 1 }),
  'a further rule empties it of a prefix that is none': rule({ Status: 'Enabled', Prefix: '', ExpirationInDays: 1 }),
  'a further rule empties it on a day': rule({ Status: 'Enabled', ExpirationDate: '2030-01-01' }),
});
provePredicate(controls.S3_RECORDS_KEPT, RIGHT, {
  'there are no rules': r => { delete r.Bucket.Properties.LifecycleConfiguration; },
  'records go after a month': rule({ Status: 'Enabled', ExpirationInDays: 30 }),
  'records of a prefix go after a month': rule({ Status: 'Enabled', Prefix: 'AWSLogs/', ExpirationInDays: 30 }),
  'records go on a day': rule({ Status: 'Enabled', ExpirationDate: '2030-01-01' }),
  'records go when a parameter says': rule({ Status: 'Enabled', ExpirationInDays: { 'Fn::Unknown': 'P' } }),
});
proveBreaks(controls.S3_NOT_EMPTIED, RIGHT, { 'another bucket is emptied': beside('Empty', 'Custom::S3AutoDeleteObjects', { BucketName: { Ref: 'Other' } }) }, {
  'it is emptied': [beside('Empty', 'Custom::S3AutoDeleteObjects', { BucketName: { Ref: 'Bucket' } }), 'Empty'],
});
const cors = (AllowedMethods: any, ...AllowedOrigins: any[]) => ({ CorsConfiguration: { CorsRules: [{ AllowedMethods, AllowedOrigins }] } });
const WEB = structuredClone(RIGHT);
set({ CorsConfiguration: { CorsRules: [
  { AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://shop.example.com', 'https://*.example.com', { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Other', 'DomainName'] }]] }] },
  { AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['*'] },
] } })(WEB);
provePredicate(controls.S3_NO_WEB, WEB, {
  'it is a website': set({ WebsiteConfiguration: { IndexDocument: 'index.html' } }),
  'pages of anybody write': set(cors(['PUT'], '*')),
  'pages of anybody delete': set(cors('DELETE', 'https://shop.example.com', 'https://*')),
  'pages over plain HTTP write': set(cors(['GET', 'POST'], 'http://shop.example.com')),
  'pages that a parameter says write': set(cors(['PUT'], { 'Fn::Unknown': 'P' })),
  'methods are a parameter': set(cors({ 'Fn::Unknown': 'P' }, '*')),
});
