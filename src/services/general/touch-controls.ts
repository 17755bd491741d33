// What may be allowed to roles of the app, on resources of many services.
import { KEEPERS, MANAGEMENT, ONE_IN_A_REGION } from './facts';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import type { Right } from '../../core/identities';
import { rightsIn, rightsOn } from '../../core/identities';
import { mayTouchAny, services, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { JsonObject } from '../../core/values';
import { list } from '../../core/values';

/** Whether a statement without a reference is about a resource: by `*` where there is no other and the service is named. */
function isAboutTheOnlyOne(s: JsonObject): boolean {
  const isEverything = s.NotResource !== undefined || list(s.Resource).includes('*');
  return isEverything && s.NotAction === undefined && !list(s.Action).includes('*');
}

/** What roles, users and groups are let do about a resource: by a reference to it, or as it is the only one of a region. */
function rightsAbout(r: RenderedResource, t: RenderedTemplate): readonly Right[] {
  const named = rightsOn(r, t);
  if (!ONE_IN_A_REGION.includes(r.type)) { return named; }
  return rightsIn(t).filter(right => named.includes(right) || isAboutTheOnlyOne(right.statement));
}

/** Whether a policy is for roles alone that nobody takes but the service that keeps a resource in order. */
function isOfKeeper(policy: RenderedResource, r: RenderedResource, t: RenderedTemplate): boolean {
  const keeper = KEEPERS[r.type];
  const roles = list(policy.properties.Roles).map(role => t.target('AWS::IAM::Role', role));
  const isTakenByKeeper = (s: JsonObject) => services(s).length > 0 && services(s).every(service => service === keeper)
    && Object.keys(s.Principal as JsonObject).length === 1;
  const trustsOf = (role: RenderedResource) => statements(role.properties.AssumeRolePolicyDocument);
  return keeper !== undefined && roles.length > 0
    && roles.every(role => role !== undefined && trustsOf(role).length > 0 && trustsOf(role).every(isTakenByKeeper));
}

export const GEN_NOBODY_MANAGES: Control = {
  id: 'GEN-05',
  title: 'no role of the app deletes, stops or changes what protects it',
  prevents: 'an intruder in a function who silences alarms and removes the traces',
  kind: 'default',
  types: Object.keys(MANAGEMENT),
  property: 'AWS::IAM::ManagedPolicy',
  mend: 'leave that to the role that deploys, or waive it at the policy of a role that is meant to',
  nist: [...NIST.leastPrivilege, 'AU-9'],
  pci: ['7.2.2', '10.3.2'],
  holds: () => true,
  breaks: (r, t) => [...new Set(rightsAbout(r, t)
    .filter(({ statement: s }) => s.Effect === 'Allow' && mayTouchAny(s, MANAGEMENT[r.type])).map(right => right.by))]
    .filter(by => !isOfKeeper(by, r, t)),
};
