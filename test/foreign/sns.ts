// Topics and their policies.
import { ACCOUNT, cases, cdkNag, cfnNag, checkov, Fixture, guard, of, one, policy, ref, STRANGER, trivy, user } from './support';

const TOPIC = 'AWS::SNS::Topic';
const withPolicy = (...statements: Fixture[]) => one(TOPIC, {}, {
  Policy: of('AWS::SNS::TopicPolicy', { Topics: [ref('Judged')], PolicyDocument: policy(...statements) }),
});
const publishes = (principal: Fixture, more: Fixture = { Action: 'sns:Publish' }) => withPolicy({ ...principal, ...more, Resource: ref('Judged') });
const plain = (effect: string, principal: unknown, action: unknown, value: unknown, resource: unknown = ref('Judged')) => withPolicy({
  Effect: effect, Principal: principal, Action: action, Resource: resource, Condition: { Bool: { 'aws:SecureTransport': value } },
});

export const SNS = [
  ...cases(guard('amazon_sns/tests/sns_encrypted_kms_tests.yml', 'SNS_ENCRYPTED_KMS'), 'SNS-01', {
    pass: { 'a key': one(TOPIC, { KmsMasterKeyId: 'key-of-the-shop' }) },
    fail: { 'nothing is said': one(TOPIC) },
  }),
  ...cases(checkov('test_SNSTopicEncryption.py', 'CKV_AWS_26'), 'SNS-01', {
    pass: { 'a key': one(TOPIC, { KmsMasterKeyId: ref('Key') }, { Key: of('AWS::KMS::Key') }) },
    fail: { 'nothing is said': one(TOPIC) },
  }),
  ...cases(trivy('sns/topic_encryption_with_cmk.yaml', 'AWS-0136'), 'SNS-01', {
    pass: { 'a key': one(TOPIC, { KmsMasterKeyId: 'key-of-the-shop' }) },
    fail: { 'the key that AWS manages': one(TOPIC, { KmsMasterKeyId: 'alias/aws/sns' }) },
  }),
  ...cases(cdkNag('SNS.test.ts', 'SNSTopicSSLPublishOnly'), 'SNS-02', {
    pass: {
      'plain text is denied': plain('Deny', { AWS: '*' }, ['sns:Publish', 'sns:Subscribe'], 'false'),
      'plain text is denied, by another spelling': plain('Deny', '*', 'sns:publish', false),
      'a topic with a key': one(TOPIC, { KmsMasterKeyId: ref('Key') }, { Key: of('AWS::KMS::Key') }),
    },
    fail: { 'no policy': one(TOPIC), 'plain text is allowed': plain('Allow', { AWS: '*' }, 'sns:Publish', false) },
  }),
  ...cases(guard('amazon_sns/tests/sns_topicpolicy_no_wildcard_principal_tests.yml', 'SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL'), 'SNS-03 SNS-05', {
    pass: { 'a user of the account': publishes({ Principal: { AWS: [user(ACCOUNT)] } }), 'a user of another account': publishes({ Principal: { AWS: [user(STRANGER)] } }) },
    fail: { 'everybody': publishes({ Principal: { AWS: '*' } }), 'every identity of IAM': publishes({ Principal: 'arn:aws:iam::*' }) },
  }),
  ...cases(cfnNag('SnsTopicPolicyWildcardPrincipalRule_spec.rb', 'F18'), 'SNS-03 SNS-05', {
    fail: { 'everybody, by *': publishes({ Principal: '*' }) },
  }),
  ...cases(guard('amazon_sns/tests/sns_topicpolicy_no_allow_plus_notprincipal_tests.yml', 'SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL'), 'SNS-03 SNS-05', {
    fail: { 'all but one user': publishes({ NotPrincipal: { AWS: user(STRANGER) } }) },
  }),
  ...cases(guard('amazon_sns/tests/sns_topicpolicy_no_allow_plus_not_action_tests.yml', 'SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOT_ACTION'), 'SNS-08', {
    pass: { 'all but one action are denied': publishes({ Principal: { AWS: user(ACCOUNT) } }, { Effect: 'Deny', NotAction: 'sns:Publish' }) },
    fail: { 'all but one action are allowed': publishes({ Principal: { AWS: user(ACCOUNT) } }, { NotAction: 'sns:Publish' }) },
  }),
];
