// What must hold of roles and their policies.
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { allows, condition, isForEveryone, services, touches } from '../../core/policies';
import type { Json } from '../../core/values';
import { entries, isTrue, list, same } from '../../core/values';

/** Actions that AWS checks against `*` only (Service Authorization Reference), so that no resource can be named. */
const WITHOUT_RESOURCE = [
  'ecr:GetAuthorizationToken', 'logs:DescribeLogGroups', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules', 'tag:GetResources',
  'xray:PutTraceSegments', 'cloudwatch:PutMetricData', 'cloudwatch:GetMetricData', 'events:ListRules', 's3:ListAllMyBuckets',
  'ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeTags',
];

export const IAM_NO_INLINE: Control = {
  id: 'IAM-01',
  title: 'the role has no inline policies',
  prevents: 'rights that a review of policies does not see and that nothing versions',
  kind: 'floor',
  types: ['AWS::IAM::Role'],
  property: 'Policies',
  mend: 'give the role managed policies',
  cis: ['2.13'],
  fsbp: ['IAM.2'],
  nist: NIST.leastPrivilege,
  holds: r => list(r.properties.Policies).length === 0,
};

export const IAM_NAMED_ACTIONS: Control = {
  id: 'IAM-02',
  title: 'the policy names its actions',
  prevents: 'rights that grow whenever AWS adds an action',
  kind: 'floor',
  types: ['AWS::IAM::ManagedPolicy'],
  property: 'PolicyDocument',
  mend: 'list actions instead of * and service:*, and do not use NotAction',
  cis: ['2.14'],
  fsbp: ['IAM.1', 'IAM.21'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.1', '7.2.2'],
  holds: r => allows(r.properties.PolicyDocument).length > 0
    && allows(r.properties.PolicyDocument).every(s => s.NotAction === undefined
      && list(s.Action).every(a => !/^(.*:)?[*?]+$/.test(String(a)))),
};

export const IAM_NAMED_RESOURCES: Control = {
  id: 'IAM-03',
  title: 'the policy names its resources, wherever the action can be bound to one',
  prevents: 'rights on what other applications own',
  kind: 'floor',
  types: ['AWS::IAM::ManagedPolicy'],
  property: 'PolicyDocument',
  mend: 'give ARNs instead of *',
  fsbp: ['KMS.1', 'KMS.2'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: r => allows(r.properties.PolicyDocument).length > 0
    && allows(r.properties.PolicyDocument).every(s => s.NotResource === undefined
      && (!list(s.Resource).includes('*') || list(s.Action).every(a => WITHOUT_RESOURCE.includes(String(a))))),
};

export const IAM_ONE_SERVICE: Control = {
  id: 'IAM-04',
  title: 'one AWS service takes the role, and nobody else',
  prevents: 'a user, another service or a stranger acting with the rights that were meant for a service',
  kind: 'floor',
  types: ['AWS::IAM::Role'],
  property: 'AssumeRolePolicyDocument',
  mend: 'keep one service principal and sts:AssumeRole in the trust policy',
  cis: ['2.21'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: r => {
    const trusts = allows(r.properties.AssumeRolePolicyDocument);
    return trusts.length > 0 && trusts.every(s => same(services(s), services(trusts[0])) && services(s).length === 1
      && same(entries(s.Principal).map(([kind]) => kind), ['Service']) && !isForEveryone(s) && same(list(s.Action), ['sts:AssumeRole']));
  },
};

export const IAM_ATTACHED: Control = {
  id: 'IAM-05',
  title: 'the policy is attached to roles, and to no user or group',
  prevents: 'rights that come with a long-lived password or access key',
  kind: 'floor',
  types: ['AWS::IAM::ManagedPolicy'],
  property: 'Roles',
  mend: 'attach the policy to a role',
  fsbp: ['IAM.2'],
  nist: NIST.leastPrivilege,
  holds: r => list(r.properties.Roles).length > 0 && list(r.properties.Users).length === 0 && list(r.properties.Groups).length === 0,
};

const CRYPTO = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
const isOnlyTrue = (value: Json) => list(value).length > 0 && list(value).every(isTrue);
const isSet = (value: Json) => list(value).length > 0 && list(value).every(v => v !== '*');

export const IAM_THROUGH_SERVICES: Control = {
  id: 'IAM-06',
  title: 'the role uses keys through a service, grants them to services, and passes roles to a service',
  prevents: 'a stolen session that decrypts what it finds, or hands itself more rights',
  kind: 'floor',
  types: ['AWS::IAM::ManagedPolicy'],
  property: 'PolicyDocument',
  mend: 'keep kms:ViaService, kms:GrantIsForAWSResource and iam:PassedToService',
  fsbp: ['KMS.1', 'KMS.2'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: r => allows(r.properties.PolicyDocument).length > 0 && allows(r.properties.PolicyDocument).every(s =>
    (!touches(s, ...CRYPTO) || ['StringEquals', 'StringLike'].some(operator => isSet(condition(s, operator, 'kms:ViaService'))))
      && (!touches(s, 'kms:CreateGrant') || isOnlyTrue(condition(s, 'Bool', 'kms:GrantIsForAWSResource')))
      && (!touches(s, 'iam:PassRole') || isSet(condition(s, 'StringEquals', 'iam:PassedToService')))),
};
