import * as kms from 'aws-cdk-lib/aws-kms';
import { Duration } from 'aws-cdk-lib/core';
import * as settings from '../../../src/services/s3/settings';
import { newStack } from '../../support/prove';

const AT = { node: { path: 'Stack/Docs' } };

test('a bucket is private, versioned and without ACLs', () => {
  expect(settings.bucket({})).toEqual({
    publicAccessBlockConfiguration: { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
    versioningConfiguration: { status: 'Enabled' },
  });
  expect(Object.keys(settings.bucket({}))).toEqual(expect.arrayContaining(['accessControl', 'websiteConfiguration', 'objectLockEnabled']));
});

test('a lock is in governance mode, and not for what may be thrown away', () => {
  const objectLock = Duration.days(400);
  expect(settings.bucket({ objectLock })).toMatchObject({ objectLockEnabled: true, objectLockConfiguration: { rule: { defaultRetention: { mode: 'GOVERNANCE', days: 400 } } } });
  expect(settings.bucket({ objectLock, disposable: true }).objectLockEnabled).toBeUndefined();
});

test('SSE-C is blocked whatever the key', () => {
  const [own] = (settings.encryption('arn:key').bucketEncryption as any).serverSideEncryptionConfiguration;
  const [s3] = (settings.encryption(undefined).bucketEncryption as any).serverSideEncryptionConfiguration;
  expect([own.blockedEncryptionTypes, s3.blockedEncryptionTypes]).toEqual([{ encryptionType: ['SSE-C'] }, { encryptionType: ['SSE-C'] }]);
  expect([own.serverSideEncryptionByDefault.sseAlgorithm, own.bucketKeyEnabled, s3.serverSideEncryptionByDefault.sseAlgorithm, s3.bucketKeyEnabled]).toEqual(['aws:kms', true, 'AES256', undefined]);
});

test('refuses what S3 refuses', () => {
  expect(() => settings.checkBucket(AT, { objectLock: Duration.days(0) })).toThrow("[Stack/Docs] 'objectLock' must be a whole number from 1 to 36500 days, got 0");
  expect(() => settings.logRetention(AT, Duration.days(1))).toThrow("'retention' must be a whole number from 90 to 3650 days, got 1");
  expect(() => settings.checkKey(AT, kms.Alias.fromAliasName(newStack(), 'Alias', 'alias/a'))).toThrow("'encryptionKey' is the alias 'alias/a'");
});
