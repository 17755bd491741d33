import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { GivenBucket, NoExport, OwnBucket } from '../../src/detection/export-ways';
import { FindingsExport } from '../../src/detection/findings-export';
import { newStack } from '../support/prove';

test('to an own bucket, for the time that is given', () => {
  expect(FindingsExport.toOwnBucket(Duration.days(400))._way).toEqual(new OwnBucket(Duration.days(400)));
});

test('to a bucket that exists, under its key', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'findings');
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  const store = FindingsExport.toBucket(bucket, key)._way.attach(stack, 'Export', { detectorId: 'd', logBucket: () => bucket })!;
  expect(FindingsExport.toBucket(bucket, key)._way).toBeInstanceOf(GivenBucket);
  expect([store.bucket, store.encryptionKey]).toEqual([bucket, key]);
});

test('not at all', () => {
  expect(FindingsExport.none()._way).toBeInstanceOf(NoExport);
});
