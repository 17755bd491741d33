// Additions to the settings of buckets.
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { BUCKETS } from './bucket-policy';
import { Cases, casesOf, Change } from './harness';
import { addedBeside, append, find, foreignArn, l1, to } from './touch';

/** A lifecycle rule: by the method of the bucket, and past it. */
function lifecycle(path: string, rule: s3.LifecycleRule, json: Record<string, any>): Record<string, Change> {
  return {
    'addLifecycleRule': to((_, stack) => find<s3.Bucket>(stack, path).addLifecycleRule({ id: 'Further', ...rule })),
    'by an override': to((_, stack) => append(l1(stack, path), 'LifecycleConfiguration.Rules', { Id: 'Further', Status: 'Enabled', ...json })),
  };
}

const foreignQueue = (scope: Construct) =>
  new notifications.SqsDestination(sqs.Queue.fromQueueArn(scope, 'ForeignQueue', foreignArn('sqs', 'events')));

const CASES: Cases = {
  'data bucket: a further rule removes old versions after one day': lifecycle(BUCKETS.data,
    { noncurrentVersionExpiration: Duration.days(1) }, { NoncurrentVersionExpiration: { NoncurrentDays: 1 } }),
  'log bucket: a further rule expires one prefix after one day': lifecycle(BUCKETS.log,
    { prefix: 'elb/', expiration: Duration.days(1) }, { Prefix: 'elb/', ExpirationInDays: 1 }),
  'trail bucket: a further rule expires objects after thirty days': lifecycle(BUCKETS.trail,
    { expiration: Duration.days(30) }, { ExpirationInDays: 30 }),
  'data bucket: notifications to a queue of another account': {
    'by an override': to((_, stack) => append(l1(stack, BUCKETS.data), 'NotificationConfiguration.QueueConfigurations',
      { Event: 's3:ObjectCreated:*', Queue: foreignArn('sqs', 'events') })),
    'addEventNotification': to((a, stack) => a.bucket.addEventNotification(s3.EventType.OBJECT_CREATED, foreignQueue(stack))),
    'by the CDK in a second stack': addedBeside((scope, stack) => {
      const bucket = s3.Bucket.fromBucketName(scope, 'Data', stack.application.bucket.bucketName);
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, foreignQueue(scope));
    }),
  },
};

export const BUCKET_SETTINGS = casesOf('bucket settings', CASES);
