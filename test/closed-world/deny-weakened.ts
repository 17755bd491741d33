// Denials of bucket policies that are made to deny less.
import type { CfnResource } from 'aws-cdk-lib/core';
import { BUCKETS } from './bucket-policy';
import { Cases, casesOf, Change } from './harness';
import { ACCOUNT, everybodyOf, override, ownIam, sid } from './touch';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';

/** Changes a denial of a bucket's policy: `change` gets where it is. */
const denial = (bucket: string, name: string, change: (policy: CfnResource, at: string, stack: ThreeTierSecureStack) => void): Change =>
  override(`${bucket}/Policy`, (policy, stack) => change(policy, sid(policy, 'PolicyDocument', name), stack));

const CASES: Cases = {
  'log bucket: the denial of deletions spares tagged principals': {
    'by an override': denial(BUCKETS.log, 'DenyDeletions', (policy, at) =>
      policy.addPropertyOverride(`${at}.Condition.StringNotEquals`, { 'aws:PrincipalTag/role': 'cleaner' })),
    'by an override, by absence of a tag': denial(BUCKETS.log, 'DenyDeletions', (policy, at) =>
      policy.addPropertyOverride(`${at}.Condition.Null`, { 'aws:PrincipalTag/role': 'true' })),
  },
  'trail bucket: the denial of deletions is for one prefix': {
    'by an override': denial(BUCKETS.trail, 'DenyDeletions', (policy, at, stack) =>
      policy.addPropertyOverride(`${at}.Resource`, stack.resolve(stack.application.trail!.bucket.arnForObjects('AWSLogs/old/*')))),
    'by an override, by NotResource': denial(BUCKETS.trail, 'DenyDeletions', (policy, at, stack) => {
      policy.addPropertyDeletionOverride(`${at}.Resource`);
      policy.addPropertyOverride(`${at}.NotResource`, stack.resolve(stack.application.trail!.bucket.arnForObjects('AWSLogs/111122223333/*')));
    }),
  },
  'data bucket: the denial of other keys spares a role': {
    'by an override': denial(BUCKETS.data, 'DenyOtherKey', (policy, at) =>
      policy.addPropertyOverride(`${at}.Condition.ArnNotEquals`, { 'aws:PrincipalArn': ownIam('role/Migration') })),
    'by an override, by NotPrincipal': denial(BUCKETS.data, 'DenyOtherKey', (policy, at) => {
      policy.addPropertyDeletionOverride(`${at}.Principal`);
      policy.addPropertyOverride(`${at}.NotPrincipal`, { AWS: ownIam('role/Migration') });
    }),
  },
  'data bucket: the denial of other encryption admits AES256': {
    'by an override': denial(BUCKETS.data, 'DenyOtherEncryption', (policy, at) =>
      policy.addPropertyOverride(`${at}.Condition.StringNotEquals.s3:x-amz-server-side-encryption`, ['aws:kms', 'AES256'])),
  },
  'data bucket: the denial of plaintext is for one account': {
    'by an override': denial(BUCKETS.data, 'DenyInsecureTransport', (policy, at) => policy.addPropertyOverride(`${at}.Principal`, everybodyOf(ACCOUNT))),
    'by an override, in a condition': denial(BUCKETS.data, 'DenyInsecureTransport', (policy, at) =>
      policy.addPropertyOverride(`${at}.Condition.StringEquals`, { 'aws:PrincipalAccount': ACCOUNT })),
  },
};

export const DENY_WEAKENED = casesOf('deny weakened', CASES);
