import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration } from 'aws-cdk-lib/core';
import { FindingsExport } from '../../src/detection/findings-export';
import { newStack } from '../support/prove';

test('to an own bucket, for the time that is given', () => {
  const { _enabled, _retention, _bucket } = FindingsExport.toOwnBucket(Duration.days(400));
  expect([_enabled, _retention?.toDays(), _bucket]).toEqual([true, 400, undefined]);
});

test('to a bucket that exists, under its key', () => {
  const stack = newStack();
  const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'findings');
  const key = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');
  const { _enabled, _bucket, _encryptionKey } = FindingsExport.toBucket(bucket, key);
  expect([_enabled, _bucket, _encryptionKey]).toEqual([true, bucket, key]);
});

test('not at all', () => {
  expect(FindingsExport.none()._enabled).toBe(false);
});
