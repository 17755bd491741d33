import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Duration, Lazy } from 'aws-cdk-lib/core';
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
  const [plain] = (settings.encryption(undefined).bucketEncryption as any).serverSideEncryptionConfiguration;
  expect([own.blockedEncryptionTypes, plain.blockedEncryptionTypes]).toEqual([{ encryptionType: ['SSE-C'] }, { encryptionType: ['SSE-C'] }]);
  expect([own.serverSideEncryptionByDefault.sseAlgorithm, own.bucketKeyEnabled, plain.serverSideEncryptionByDefault.sseAlgorithm, plain.bucketKeyEnabled]).toEqual(['aws:kms', true, 'AES256', undefined]);
});

test('refuses what S3 refuses', () => {
  expect(() => settings.checkBucket(AT, { objectLock: Duration.days(0) })).toThrow("[Stack/Docs] 'objectLock' must be a whole number from 1 to 36500 days, got 0");
  expect(() => settings.logRetention(AT, Duration.days(1))).toThrow("'retention' must be a whole number from 90 to 3650 days, got 1");
  expect(() => settings.checkKey(AT, kms.Alias.fromAliasName(newStack(), 'Alias', 'alias/a'))).toThrow("'encryptionKey' is the alias 'alias/a'");
});

const { INFREQUENT_ACCESS, GLACIER, INTELLIGENT_TIERING } = s3.StorageClass;
test.each<[string, s3.Transition[], Duration | undefined]>([
  ['after 30 days', [{ storageClass: INFREQUENT_ACCESS, transitionAfter: Duration.days(30) }, { storageClass: GLACIER, transitionAfter: Duration.days(90) }], Duration.days(91)],
  ['at once', [{ storageClass: INTELLIGENT_TIERING, transitionAfter: Duration.days(0) }], undefined],
  ['at a date', [{ storageClass: GLACIER, transitionDate: new Date('2030-01-01T00:00:00Z') }], undefined],
  ['when the deployment says', [{ storageClass: INFREQUENT_ACCESS, transitionAfter: Duration.days(Lazy.number({ produce: () => 1 })) }], Duration.days(2)],
])('objects move %s', (_name, transitions, expiration) => {
  expect(() => settings.checkBucket(AT, { transitions, expiration })).not.toThrow();
});

test.each<[string, s3.Transition[], Duration | undefined, string]>([
  ['too soon', [{ storageClass: INFREQUENT_ACCESS, transitionAfter: Duration.days(29) }], undefined, "'transitions[0].transitionAfter' must be a whole number from 30 to 36500 days, got 29"],
  ['when they expire', [{ storageClass: GLACIER, transitionAfter: Duration.days(90) }], Duration.days(90), "'transitions[0]' moves objects to GLACIER after 90 days, and they expire after 90: S3 refuses that"],
  ['twice', [90, 180].map(days => ({ storageClass: GLACIER, transitionAfter: Duration.days(days) })), undefined, "'transitions' moves objects to GLACIER twice"],
  ['never', [{ storageClass: GLACIER }], undefined, "'transitions[0]' has neither 'transitionAfter' nor 'transitionDate': give one of them"],
])('objects do not move %s', (_name, transitions, expiration, message) => {
  expect(() => settings.checkBucket(AT, { transitions, expiration })).toThrow(message);
});
