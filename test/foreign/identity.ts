// Roles and their policies.
import { ACCOUNT, cases, cdkNag, cfnNag, checkov, Fixture, guard, kics, of, one, policy, ref, root, STRANGER, user } from './support';

const ROLE = 'AWS::IAM::Role';
const POLICY = 'AWS::IAM::ManagedPolicy';
const trust = (...statements: Fixture[]) => ({ AssumeRolePolicyDocument: policy(...statements) });
const byService = (service: string | string[] = 'ec2.amazonaws.com') => ({ Principal: { Service: service }, Action: 'sts:AssumeRole' });
const role = (properties: Fixture = {}, others: Fixture = {}) => one(ROLE, { ...trust(byService()), ...properties }, others);
const managed = (...statements: Fixture[]) => one(POLICY, { PolicyDocument: policy(...statements), Roles: ['shop'] });
/** A role with a policy of the template. */
const attached = (...statements: Fixture[]) => role({}, { Policy: of(POLICY, { PolicyDocument: policy(...statements), Roles: [ref('Judged')] }) });
const OBJECTS = { Action: ['s3:GetObject', 's3:ListBucket'], Resource: ['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*'] };
const ALL_OF_S3 = { Action: 's3:*', Resource: '*' };
const EVERYTHING = { Action: '*', Resource: '*' };
const PASSES = { Action: 'iam:PassRole', Resource: '*' };
const TO_SERVICE = { Condition: { StringEquals: { 'iam:PassedToService': 'cloudwatch.amazonaws.com' } } };
const NAMED = `arn:aws:iam::${ACCOUNT}:role/shop-*`;
const assumes = (principal: Fixture, more: Fixture = {}) => role(trust({ Principal: principal, Action: 'sts:AssumeRole', ...more }));

export const IAM = [
  ...cases(guard('iam/tests/iam_no_inline_policy_check_tests.yml', 'IAM_NO_INLINE_POLICY_CHECK'), 'IAM-01', {
    pass: { 'no policy': role() },
    fail: { 'a policy in the role': role({ Policies: [{ PolicyName: 'own', PolicyDocument: policy(EVERYTHING) }] }) },
  }),
  ...cases(cdkNag('IAM.test.ts', 'IAMNoInlinePolicy'), 'IAM-01', {
    fail: { 'a policy beside the role': role({}, { Policy: of('AWS::IAM::Policy', { PolicyName: 'own', PolicyDocument: policy(OBJECTS), Roles: [ref('Judged')] }) }) },
  }),
  ...cases(guard('iam/tests/iam_managedpolicy_no_statements_with_full_access_tests.yml', 'IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS'), 'IAM-02', {
    pass: {
      'beginnings of actions': managed({ Effect: 'Deny', Action: 'ec2:*', Resource: '*' }, { Action: ['s3:Get*', 's3:List*'], Resource: '*' }),
      'nothing but a denial': managed({ Effect: 'Deny', ...ALL_OF_S3 }),
    },
    fail: { 'every action of S3': managed({ Action: ['iam:Get*'], Resource: '*' }, ALL_OF_S3), 'every action': managed(EVERYTHING) },
  }),
  ...cases(cfnNag('IamManagedPolicyNotActionRule_spec.rb', 'W17'), 'IAM-02', {
    fail: { 'all but one action': managed({ NotAction: 's3:DeleteBucket', Resource: 'arn:aws:s3:::shop' }) },
  }),
  ...cases(guard('iam/tests/iam_policydocument_no_wildcard_resource_tests.yml', 'IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE'), 'IAM-03', {
    pass: { 'a bucket and its objects': managed(OBJECTS) },
    fail: { 'every resource': managed({ ...OBJECTS, Resource: '*' }) },
  }),
  ...cases(guard('iam/tests/iam_role_or_policy_no_allow_plus_not_resource_tests.yml', 'IAM_ROLE_OR_POLICY_NO_ALLOW_PLUS_NOT_RESOURCE'), 'IAM-03', {
    fail: { 'all but one resource': managed({ Action: 's3:GetObject', NotResource: 'arn:aws:s3:::shop/*' }) },
  }),
  ...cases(guard('iam/tests/iam_policydocument_no_wildcard_resource_tests.yml', 'IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE'), 'IAM-03b', {
    pass: { 'a bucket and its objects': attached(OBJECTS) },
    fail: { 'every resource': attached({ ...OBJECTS, Resource: '*' }) },
  }),
  ...cases(checkov('test_IAMRoleAllowsPublicAssume.py', 'CKV_AWS_60'), 'IAM-04', {
    pass: {
      'a service': role(),
      'a service, by a text': role({ AssumeRolePolicyDocument: JSON.stringify(policy(byService())) }),
      'everybody is denied': assumes({ AWS: '*' }, { Effect: 'Deny' }),
    },
    fail: {
      'everybody': assumes({ AWS: '*' }),
      'everybody, by a text': role({
        AssumeRolePolicyDocument:
      JSON.stringify(policy({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole' })),
      }),
    },
  }),
  ...cases(checkov('test_IAMRoleAllowAssumeFromAccount.py', 'CKV_AWS_61'), 'IAM-04', {
    pass: { 'a service, in lists': role(trust({ Principal: { Service: ['ec2.amazonaws.com'] }, Action: ['sts:AssumeRole'] })) },
    fail: { 'everybody of an account': assumes({ AWS: [root(ACCOUNT)] }) },
  }),
  ...cases(kics('cross_account_iam_assume_role_policy_without_external_id_or_mfa/test/negative1.yaml', 'cross_account_iam_assume_role_policy_without_external_id_or_mfa'), 'IAM-04', {
    pass: { 'another account, by an ID of its own': assumes({ AWS: root(STRANGER) }, { Condition: { StringEquals: { 'sts:ExternalId': '98765' } } }) },
    fail: { 'another account': assumes({ AWS: root(STRANGER) }) },
  }),
  ...cases(cfnNag('IamRoleNotPrincipalOnTrustPolicyRule_spec.rb', 'F6'), 'IAM-04', {
    fail: { 'all but one user': role(trust({ NotPrincipal: { AWS: user(ACCOUNT) }, Action: 'sts:AssumeRole' })) },
  }),
  ...cases(cfnNag('ManagedPolicyOnUserRule_spec.rb', 'F12'), 'IAM-05', {
    pass: {
      'on a role': one(POLICY, { PolicyDocument: policy(OBJECTS), Roles: ['shop'] }),
      'on a group': one(POLICY, { PolicyDocument: policy(OBJECTS), Groups: ['people'] }),
    },
    fail: { 'on users': one(POLICY, { PolicyDocument: policy(OBJECTS), Users: ['jo', 'mo'] }) },
  }),
  ...cases(guard('iam/tests/iam_no_policy_on_user_tests.yml', 'IAM_NO_POLICY_ON_USER'), 'IAM-05', {
    fail: { 'on a role and a user': one(POLICY, { PolicyDocument: policy(OBJECTS), Roles: ['shop'], Users: ['jo'] }) },
  }),
  ...cases(guard('iam/tests/iam_policy_no_wildcard_resource_on_passrole_tests.yml', 'IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE'), 'IAM-06', {
    pass: { 'every role, to a service': managed({ ...PASSES, ...TO_SERVICE }), 'roles by a beginning': managed({ ...PASSES, Resource: NAMED }) },
    fail: { 'every role': managed(PASSES) },
  }),
  ...cases(guard('iam/tests/iam_policy_no_wildcard_resource_on_passrole_tests.yml', 'IAM_POLICY_NO_WILDCARD_RESOURCE_ON_PASSROLE'), 'IAM-06b', {
    pass: { 'every role, to a service': attached({ ...PASSES, ...TO_SERVICE }), 'roles by a beginning': attached({ ...PASSES, Resource: NAMED }) },
    fail: { 'every role': attached(PASSES) },
  }),
  ...cases(guard('iam/tests/iam_role_administrator_access_policy_rule_tests.yml', 'IAM_ROLE_ADMINISTRATOR_ACCESS_POLICY_RULE'), 'IAM-02b', {
    pass: { 'no policy of AWS': role() },
    fail: { everything: role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }) },
  }),
  ...cases(guard('iam/tests/iam_role_elevated_managed_policy_rule_tests.yml', 'IAM_ROLE_ELEVATED_MANAGED_POLICY_RULE'), 'IAM-02b', {
    fail: {
      'everything but IAM': role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/PowerUserAccess'] }),
      'all of IAM': role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/IAMFullAccess'] }),
    },
  }),
  ...cases(guard('iam/tests/iam_managedpolicy_no_statements_with_full_access_tests.yml', 'IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS'), 'IAM-02b', {
    pass: { 'beginnings of actions': attached({ Action: ['s3:Get*', 's3:List*'], Resource: '*' }) },
    fail: { 'every action of S3': attached(ALL_OF_S3), 'every action': attached(EVERYTHING) },
  }),
  ...cases(cdkNag('IAM.test.ts', 'IAMNoManagedPolicies'), 'IAM-07', {
    pass: {
      'a policy of the template': role({ ManagedPolicyArns: [ref('Policy')] }, { Policy: of(POLICY, { PolicyDocument: policy(OBJECTS) }) }),
      'a policy of the account, by its ARN': role({ ManagedPolicyArns: [`arn:aws:iam::${ACCOUNT}:policy/stacks`] }),
    },
    fail: { 'a policy of AWS': role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }) },
  }),
  ...cases(checkov('test_CloudsplainingManagedPolicy.py', 'CKV_AWS_109'), 'IAM-08', {
    pass: {
      'reading, of everything': attached({ Action: ['s3:Get*'], Resource: '*' }),
      'reading, of one thing': attached({ Action: ['s3:Get*'], Resource: 'arn:aws:s3:::shop' }),
      'everything is denied': attached({ Effect: 'Deny', ...EVERYTHING }),
    },
    fail: { 'everything': attached(EVERYTHING), 'changing passwords': attached({ Action: ['iam:ChangePassword'], Resource: '*' }) },
  }),
];
