import type { Control } from '../control';
import { NIST } from '../control';
import { list, statements } from '../rendered';

/** Actions that AWS checks against `*` only (Service Authorization Reference), so that no resource can be named. */
const WITHOUT_RESOURCE = [
  'ecr:GetAuthorizationToken', 'logs:DescribeLogGroups', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules', 'tag:GetResources', 'xray:PutTraceSegments',
  'cloudwatch:PutMetricData', 'cloudwatch:GetMetricData', 'events:ListRules', 's3:ListAllMyBuckets', 'ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeTags',
];

const allows = (document: any) => statements(document).filter(s => s.Effect === 'Allow');

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
    && allows(r.properties.PolicyDocument).every(s => s.NotAction === undefined && list(s.Action).every((a: string) => !/^(.*:)?[*?]+$/.test(a))),
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
      && (!list(s.Resource).includes('*') || list(s.Action).every((a: string) => WITHOUT_RESOURCE.includes(a)))),
};
