// What may be allowed to roles of the app, on resources of many services.
import { KEEPERS, MANAGEMENT, ONE_IN_A_REGION } from './facts';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { allows, mayTouchAny, services, statements } from '../../core/policies';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { JsonObject } from '../../core/values';
import { at, list, remembered, targetsOf } from '../../core/values';

/** Resources that say what roles, users and groups may do, with their statements. */
function identityPolicies(t: RenderedTemplate): readonly { readonly by: RenderedResource; readonly statements: readonly JsonObject[] }[] {
  return t.once('identity policies', () => {
    const own = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'].flatMap(type => t.resourcesOf(`AWS::IAM::${type}`))
      .map(by => ({ by, statements: allows(by.properties.PolicyDocument) }));
    const inline = ['Role', 'User', 'Group'].flatMap(type => t.resourcesOf(`AWS::IAM::${type}`))
      .map(by => ({ by, statements: list(by.properties.Policies).flatMap(p => allows(at(p, 'PolicyDocument'))) }));
    return [...own, ...inline].filter(p => p.statements.length > 0);
  });
}

const namedIn = remembered((s: JsonObject) => targetsOf(s.Resource));

/** Whether a statement is about a resource: by a reference to it, or by `*` where there is no other and the service is named. */
function isAbout(s: JsonObject, r: RenderedResource): boolean {
  if (namedIn(s).has(r.logicalId)) { return true; }
  const isEverything = s.NotResource !== undefined || list(s.Resource).includes('*');
  return isEverything && ONE_IN_A_REGION.includes(r.type) && s.NotAction === undefined && !list(s.Action).includes('*');
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
  breaks: (r, t) => identityPolicies(t).filter(p => p.statements.some(s => isAbout(s, r) && mayTouchAny(s, MANAGEMENT[r.type]))
    && !isOfKeeper(p.by, r, t)).map(p => p.by),
};
