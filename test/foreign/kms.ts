// Keys: rotation, state and principals.
import { ACCOUNT, cases, cfnNag, checkov, guard, kics, one, policy, root, STRANGER, user } from './support';

const KEY = 'AWS::KMS::Key';
const key = (properties: object, ...statements: object[]) => one(KEY, {
  ...properties, KeyPolicy: policy({ Principal: { AWS: root(ACCOUNT) }, Action: 'kms:*', Resource: '*' }, ...statements),
});
const use = (principal: unknown) => key({}, { Principal: principal, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*' });

export const KMS = [
  ...cases(guard('aws_kms/tests/cmk_backing_key_rotation_enabled_tests.yml', 'CMK_BACKING_KEY_ROTATION_ENABLED'), 'KMS-01', {
    pass: { 'rotation is on, as text': key({ EnableKeyRotation: 'true' }) },
    fail: { 'rotation is off, as text': key({ EnableKeyRotation: 'false' }), 'nothing is said': key({}) },
  }),
  ...cases(checkov('test_KMSRotation.py', 'CKV_AWS_7'), 'KMS-01', {
    pass: { 'a symmetric key that rotates': key({ EnableKeyRotation: true }) },
    fail: { 'a symmetric key that does not': key({ EnableKeyRotation: false }) },
  }),
  ...cases(cfnNag('KMSKeyRotationRule_spec.rb', 'F19'), 'KMS-01', {
    pass: { 'rotation is on': key({ EnableKeyRotation: true }) },
    fail: { 'rotation is off': key({ EnableKeyRotation: false }), 'nothing is said': key({}) },
  }),
  ...cases(guard('aws_kms/tests/kms_no_wildcard_principal_tests.yml', 'KMS_NO_WILDCARD_PRINCIPAL'), 'KMS-08 KMS-13', {
    pass: { 'the account uses it': use({ AWS: root(ACCOUNT) }) },
    fail: { 'everybody uses it': use('*') },
  }),
  ...cases(checkov('test_KMSKeyWildCardPrincipal.py', 'CKV_AWS_33'), 'KMS-08 KMS-13', {
    pass: { 'a user of the account': use({ AWS: user(ACCOUNT) }) },
    fail: { 'everybody, by * under AWS': use({ AWS: '*' }), 'everybody, by *': use('*') },
  }),
  ...cases(cfnNag('KMSKeyWildcardPrincipalRule_spec.rb', 'F76'), 'KMS-08 KMS-13', {
    pass: { 'another account': use({ AWS: root(STRANGER) }) },
    fail: { 'everybody, in a list': use({ AWS: [user(ACCOUNT), '*'] }) },
  }),
  ...cases(kics('cmk_is_unusable/query.rego', 'cmk_is_unusable'), 'KMS-17', {
    pass: { 'the key is enabled': key({ Enabled: true }) },
    fail: { 'the key is disabled': key({ Enabled: false }), 'the key is disabled, as text': key({ Enabled: 'false' }) },
  }),
  ...cases(kics('cmk_is_unusable/query.rego', 'cmk_is_unusable'), 'KMS-03', {
    pass: { 'no waiting period is said': key({ Enabled: true }) },
    fail: { 'a deletion waits for a week': key({ Enabled: true, PendingWindowInDays: 7 }) },
  }),
];
