import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { at, list } from '../../src/core/values';
import { ExportOptions, GivenBucket, NoExport, OwnBucket } from '../../src/detection/export-ways';
import { newStack, render } from '../support/prove';

const DETECTOR = '12abc34d567e8fa901bc2d34e56789f0';
const AT = { node: { path: 'Test/Threats' } };
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const keyIn = (stack: Stack) => kms.Key.fromKeyArn(stack, 'Key', KEY);
const bucketIn = (stack: Stack) => s3.Bucket.fromBucketName(stack, 'Bucket', 'findings');
const options = (stack: Stack): ExportOptions => ({ detectorId: DETECTOR, logBucket: () => s3.Bucket.fromBucketName(stack, 'Logs', 'logs') });
const unlogged = { detectorId: DETECTOR, logBucket: () => { throw new Error('not needed'); } };

describe('a bucket of its own', () => {
  test('keeps findings for a year, or as long as it is told, and nobody deletes them before', () => {
    const days = (retention?: Duration) => {
      const stack = newStack();
      new OwnBucket(retention).attach(stack, 'Export', options(stack));
      const template = render(stack);
      expect(JSON.stringify(template.resourcesOf('AWS::S3::BucketPolicy'))).toContain('s3:DeleteObjectVersion');
      const rules = list(at(template.resourcesOf('AWS::S3::Bucket')[0].properties.LifecycleConfiguration, 'Rules'));
      return at(rules.find(r => at(r, 'Id') === 'Expire'), 'ExpirationInDays');
    };
    expect([days(), days(Duration.days(730))]).toEqual([365, 730]);
  });

  test('is under the key that is given, or under one of its own', () => {
    const keys = (given: boolean) => {
      const stack = newStack();
      const encryptionKey = given ? keyIn(stack) : undefined;
      const store = new OwnBucket().attach(stack, 'Export', { ...options(stack), encryptionKey });
      expect(store.encryptionKey === encryptionKey).toBe(given);
      expect(store.bucket.encryptionKey).toBe(store.encryptionKey);
      return render(stack).resourcesOf('AWS::KMS::Key').length;
    };
    expect([keys(true), keys(false)]).toEqual([0, 1]);
  });

  test('is refused for under 90 days', () => {
    expect(() => new OwnBucket(Duration.days(30)).check(AT, undefined)).toThrow("[Test/Threats] 'retention' must be a whole number from 90 to 3650 days, got 30");
    expect(() => new OwnBucket(Duration.days(90)).check(AT, keyIn(newStack()))).not.toThrow();
  });
});

describe('a bucket that exists', () => {
  test('is taken with its key', () => {
    const stack = newStack();
    const [bucket, key] = [bucketIn(stack), keyIn(stack)];
    const way = new GivenBucket(bucket, key);
    way.check(AT, undefined);
    const store = way.attach(stack, 'Export', unlogged);
    expect([store.bucket, store.encryptionKey]).toEqual([bucket, key]);
    expect(render(stack).resourcesOf('AWS::GuardDuty::PublishingDestination')).toHaveLength(1);
  });

  test('has no use for another key', () => {
    const stack = newStack();
    const [bucket, key] = [bucketIn(stack), keyIn(stack)];
    expect(() => new GivenBucket(bucket, key).check(AT, key)).toThrow("[Test/Threats] 'encryptionKey' has no use");
  });
});

test('no export makes nothing, and has no use for a key', () => {
  expect(new NoExport().attach()).toBeUndefined();
  expect(() => new NoExport().check(AT, undefined)).not.toThrow();
  expect(() => new NoExport().check(AT, keyIn(newStack()))).toThrow("[Test/Threats] 'encryptionKey' has no use, as 'findingsExport' makes no bucket: leave it out");
});
