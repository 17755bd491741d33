// What must hold of roles and their policies.
import { HANDS_OUT, INDIFFERENT } from './facts';
import { goesThroughServices, namesActions, namesResources, namingRole, POLICY, ROLE } from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isForEveryone, mayAllow, services } from '../../core/policies';
import type { RenderedResource } from '../../core/template';
import type { JsonObject } from '../../core/values';
import { entries, isUndecided, list, mentions, same } from '../../core/values';

/** Whether a policy allows something, and each of its statements is right. */
function everyAllow(policy: RenderedResource, isRight: (statement: JsonObject) => boolean): boolean {
  const allowed = mayAllow(policy.properties.PolicyDocument);
  return allowed.length > 0 && allowed.every(isRight);
}

export const IAM_NO_INLINE: Control = {
  id: 'IAM-01',
  title: 'the role has no inline policies',
  prevents: 'rights that a review of policies does not see and that nothing versions',
  kind: 'floor',
  types: [ROLE],
  property: 'Policies',
  mend: 'give the role managed policies: grant to the role itself and not to one by its ARN or name, or attach an iam.ManagedPolicy',
  cis: ['2.13'],
  fsbp: ['IAM.2'],
  nist: NIST.leastPrivilege,
  holds: r => list(r.properties.Policies).length === 0,
  breaks: (r, t) => [
    ...namingRole('AWS::IAM::Policy', 'Roles', r, t),
    ...namingRole('AWS::IAM::RolePolicy', 'RoleName', r, t),
    ...t.mentioning('AWS::IAM::', r.logicalId, ...INDIFFERENT, 'AWS::IAM::RolePolicy'),
  ],
};

export const IAM_NAMED_ACTIONS: Control = {
  id: 'IAM-02',
  title: 'the policy names its actions',
  prevents: 'rights that grow whenever AWS adds an action',
  kind: 'floor',
  types: [POLICY],
  property: 'PolicyDocument',
  mend: 'list actions instead of * and service:*, and do not use NotAction',
  cis: ['2.14'],
  fsbp: ['IAM.1', 'IAM.21'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.1', '7.2.2'],
  holds: r => everyAllow(r, namesActions),
};

export const IAM_NAMED_RESOURCES: Control = {
  id: 'IAM-03',
  title: 'the policy names its resources, wherever the action can be bound to one',
  prevents: 'rights on what other applications own',
  kind: 'floor',
  types: [POLICY],
  property: 'PolicyDocument',
  mend: 'give ARNs instead of *, and none of all resources of a type',
  fsbp: ['KMS.1', 'KMS.2'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: r => everyAllow(r, namesResources),
};

export const IAM_ONE_SERVICE: Control = {
  id: 'IAM-04',
  title: 'one AWS service takes the role, and nobody else',
  prevents: 'a user, another service or a stranger acting with the rights that were meant for a service',
  kind: 'floor',
  types: [ROLE],
  property: 'AssumeRolePolicyDocument',
  mend: 'keep one service principal and sts:AssumeRole in the trust policy',
  cis: ['2.21'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: r => {
    const trusts = mayAllow(r.properties.AssumeRolePolicyDocument);
    return trusts.length > 0 && trusts.every(s => same(services(s), services(trusts[0])) && services(s).length === 1
      && !isUndecided(s.Principal)
      && same(entries(s.Principal).map(([kind]) => kind), ['Service']) && !isForEveryone(s) && same(list(s.Action), ['sts:AssumeRole']));
  },
  breaks: (r, t) => Object.entries(HANDS_OUT).flatMap(([type, property]) => namingRole(type, property, r, t)),
};

export const IAM_ATTACHED: Control = {
  id: 'IAM-05',
  title: 'the policy is attached to roles, and to no user or group',
  prevents: 'rights that come with a long-lived password or access key',
  kind: 'floor',
  types: [POLICY],
  property: 'Roles',
  mend: 'attach the policy to a role',
  fsbp: ['IAM.2'],
  nist: NIST.leastPrivilege,
  holds: r => list(r.properties.Roles).length > 0 && list(r.properties.Users).length === 0 && list(r.properties.Groups).length === 0,
  breaks: (r, t) => ['AWS::IAM::User', 'AWS::IAM::Group'].flatMap(type => t.referring(type, 'ManagedPolicyArns', r.logicalId)),
};

export const IAM_ONE_ROLE: Control = {
  id: 'IAM-05b',
  title: 'the policy is attached to one role, the one that it is for',
  prevents: 'rights that were meant for one service in the hands of another',
  kind: 'default',
  types: [POLICY],
  property: 'Roles',
  mend: 'give the other role a policy of its own, or grant to it',
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: r => list(r.properties.Roles).length === 1,
  breaks: (r, t) => t.referring(ROLE, 'ManagedPolicyArns', r.logicalId).filter(other => !mentions(r.properties.Roles, other.logicalId)),
};

export const IAM_THROUGH_SERVICES: Control = {
  id: 'IAM-06',
  title: 'the role uses keys through a service, grants them to services, and passes roles to a service',
  prevents: 'a stolen session that decrypts what it finds, or hands itself more rights',
  kind: 'floor',
  types: [POLICY],
  property: 'PolicyDocument',
  mend: 'keep kms:ViaService, kms:GrantIsForAWSResource and iam:PassedToService',
  fsbp: ['KMS.1', 'KMS.2'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: r => everyAllow(r, goesThroughServices),
};
