import { Duration } from 'aws-cdk-lib/core';
import { repository, untaggedExpire } from '../../../src/services/ecr/settings';

const AT = { node: { path: 'Stack/Images' } };

test('tags never move, images are under a key and scanned', () => {
  expect(repository({ keyArn: 'arn:key', disposable: false })).toEqual({
    imageTagMutability: 'IMMUTABLE',
    encryptionConfiguration: { encryptionType: 'KMS', kmsKey: 'arn:key' },
    imageScanningConfiguration: { scanOnPush: true },
  });
});

test('a disposable repository goes with its images', () => {
  expect(repository({ keyArn: 'arn:key', disposable: true }).emptyOnDelete).toBe(true);
});

test('images without a tag expire after two weeks, or when they are told', () => {
  expect(untaggedExpire(AT, undefined)).toMatchObject({ tagStatus: 'untagged', maxImageAge: Duration.days(14) });
  expect(untaggedExpire(AT, Duration.hours(48)).maxImageAge?.toDays()).toBe(2);
  expect(() => untaggedExpire(AT, Duration.hours(3))).toThrow("[Stack/Images] 'untaggedExpiration' must be a whole number from 1 to 3650 days, got 0.125");
});
