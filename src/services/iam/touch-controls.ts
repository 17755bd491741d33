// What must hold of everything that is attached to a role, by whomever and in whatever stack.
import { POLICIES_FOR_TAGGED, WIDE_POLICIES } from './facts';
import {
  actionsOf, isGrantedThroughServices, managesNothing, mayDo, namesActions, namesResources, POLICY, ROLE, takersOf, wrongPolicies,
  wrongStatements,
} from './rendered';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { spelled } from '../../core/ours';
import { homeOf, isOwnResource } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { JsonObject } from '../../core/values';
import { at, list, mentions } from '../../core/values';

const OF_AWS = /^arn:[^:]*:iam::aws:policy\/(.*)$/;

/** The names of the policies of AWS that a role has. */
function policiesOfAws(role: RenderedResource): string[] {
  return list(role.properties.ManagedPolicyArns).map(arn => OF_AWS.exec(spelled(arn))?.[1]).filter(name => name !== undefined);
}

export const IAM_ADDED_ACTIONS: Control = {
  id: 'IAM-02b',
  title: 'every policy that is attached to the role names its actions',
  prevents: 'rights that somebody adds to the role of an application, and that grow whenever AWS adds an action',
  kind: 'floor',
  types: [ROLE],
  property: 'ManagedPolicyArns',
  mend: 'list actions instead of * and service:*, without NotAction, and attach none of the policies of AWS that are about everything',
  cis: ['2.14'],
  fsbp: ['IAM.1', 'IAM.21'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.1', '7.2.2'],
  holds: r => !policiesOfAws(r).some(name => WIDE_POLICIES.test(name)),
  breaks: (r, t) => wrongPolicies(r, t, namesActions),
  tells: (r, t) => wrongStatements(r, t, namesActions),
};

export const IAM_ADDED_RESOURCES: Control = {
  id: 'IAM-03b',
  title: 'every policy that is attached to the role names its resources, wherever the action can be bound to one',
  prevents: 'rights that somebody adds to the role of an application, on what other applications own',
  kind: 'floor',
  types: [ROLE],
  property: 'ManagedPolicyArns',
  mend: 'give ARNs instead of *, and none of all resources of a type',
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: () => true,
  breaks: (r, t) => wrongPolicies(r, t, namesResources),
  tells: (r, t) => wrongStatements(r, t, namesResources),
};

export const IAM_ADDED_THROUGH_SERVICES: Control = {
  id: 'IAM-06b',
  title: 'every policy that is attached to the role uses named keys, or keys through a service, and passes named roles to services',
  prevents: 'a stolen session that decrypts what it finds, or hands itself more rights',
  kind: 'floor',
  types: [ROLE],
  property: 'ManagedPolicyArns',
  mend: 'name the key or give kms:ViaService, give kms:GrantIsForAWSResource with kms:CreateGrant, '
    + 'and iam:PassedToService with iam:PassRole',
  fsbp: ['KMS.1'],
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: () => true,
  breaks: (r, t) => wrongPolicies(r, t, s => isGrantedThroughServices(s, t)),
  tells: (r, t) => wrongStatements(r, t, s => isGrantedThroughServices(s, t)),
};

/** Whether a role is not for backups of named resources only: what has a tag nobody knows beforehand. */
function mayBackUpTagged(role: RenderedResource, t: RenderedTemplate): boolean {
  const selections = t.resourcesOf('AWS::Backup::BackupSelection').map(s => s.properties.BackupSelection)
    .filter(s => mentions(at(s, 'IamRoleArn'), role.logicalId));
  return selections.length === 0
    || selections.some(s => list(at(s, 'ListOfTags')).length > 0 || list(at(s, 'Conditions', 'StringEquals')).length > 0);
}

export const IAM_KNOWN_POLICIES: Control = {
  id: 'IAM-07',
  title: 'the role has policies of the app only, and those of AWS that its construct needs',
  prevents: 'rights that are written down nowhere in the app, and that somebody else changes',
  kind: 'default',
  types: [ROLE],
  property: 'ManagedPolicyArns',
  mend: 'write an iam.ManagedPolicy with the actions and the resources that are needed',
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: (r, t) => list(r.properties.ManagedPolicyArns).every(arn => {
    const name = OF_AWS.exec(spelled(arn))?.[1];
    return t.target(POLICY, arn) !== undefined
      || (name !== undefined && takersOf(r).every(taker => POLICIES_FOR_TAGGED[taker]?.includes(name)) && mayBackUpTagged(r, t));
  }),
};

export const IAM_NO_MANAGEMENT: Control = {
  id: 'IAM-08',
  title: 'the role changes no rights, and changes or stops no protection, but what it is for',
  prevents: 'an intruder in the application who opens buckets and keys, deletes backups, or stops the trail',
  kind: 'default',
  types: [ROLE],
  property: 'ManagedPolicyArns',
  mend: 'leave policies, keys, logging, detection and backups to the role that deploys',
  nist: NIST.leastPrivilege,
  pci: ['7.2.2', '10.3.2'],
  holds: () => true,
  breaks: (r, t) => wrongPolicies(r, t, managesNothing(takersOf(r))),
  tells: (r, t) => wrongStatements(r, t, managesNothing(takersOf(r))),
};

const TAKES = ['sts:AssumeRole'];

function staysHere(statement: JsonObject, role: RenderedResource, t: RenderedTemplate): boolean {
  return !mayDo(statement, TAKES) || actionsOf(statement).length === 0
    || list(statement.Resource).every(arn => isOwnResource(arn, homeOf(role, t)));
}

export const IAM_STAYS_HERE: Control = {
  id: 'IAM-09',
  title: 'the role takes no role of another account',
  prevents: 'an intruder who goes on to other accounts, or takes data there',
  kind: 'default',
  types: [ROLE],
  property: 'ManagedPolicyArns',
  mend: 'let it take roles of its own account only',
  nist: NIST.leastPrivilege,
  pci: ['7.2.2'],
  holds: () => true,
  breaks: (r, t) => wrongPolicies(r, t, s => staysHere(s, r, t)),
  tells: (r, t) => wrongStatements(r, t, s => staysHere(s, r, t)),
};
