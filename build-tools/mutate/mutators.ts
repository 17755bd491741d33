import { GONE } from './edit';
import { Exclusion, exclusionOf } from './exclusions';
import { Mutation, mutation, Place } from './mutation';
import { mutateAclEntry, mutateSecurityGroup } from './network';
import { mutatePolicies } from './policies';
import { mutateActions, mutateRetention, mutateSettings } from './settings';

/** Types whose rules and entries have mutators of their own, which say more than taking single properties away. */
const OWN = /^AWS::EC2::(NetworkAclEntry|SecurityGroup(Ingress|Egress)?)$/;

/** The logical IDs that something in the template refers to. */
function referred(template: any): Set<string> {
  const found = new Set<string>();
  const visit = (value: any) => {
    if (value === null || typeof value !== 'object') { return; }
    if (typeof value.Ref === 'string') { found.add(value.Ref); }
    const att = value['Fn::GetAtt'];
    if (att) { found.add(Array.isArray(att) ? att[0] : String(att).split('.')[0]); }
    const sub = value['Fn::Sub'];
    if (sub) { [...String(Array.isArray(sub) ? sub[0] : sub).matchAll(/\$\{([A-Za-z0-9]+)/g)].forEach(m => found.add(m[1])); }
    Object.values(value).forEach(visit);
  };
  Object.values<any>(template.Resources).forEach(r => visit(r.Properties));
  return found;
}

/** A resource that nothing refers to, taken away: with another, CloudFormation would refuse the template. */
function removeResource(place: Place, needed: Set<string>): Mutation[] {
  return needed.has(place.logicalId) || OWN.test(place.type) ? [] : [mutation(place, [], 'remove-resource', () => GONE)];
}

/** What was generated: what counts, and what a rule leaves out. */
export interface Generated {
  readonly mutations: Mutation[];
  readonly excluded: { readonly mutation: Mutation; readonly rule: Exclusion }[];
}

/** Every mutation of a template, in the order of the template. */
export function generate(template: any): Generated {
  const needed = referred(template);
  const all = Object.entries<any>(template.Resources).flatMap(([logicalId, resource]) => {
    const place = { logicalId, type: resource.Type };
    return [
      ...removeResource(place, needed),
      ...mutateRetention(place, resource),
      ...mutateAclEntry(place, resource),
      ...mutateSecurityGroup(place, resource),
      ...mutatePolicies(place, resource),
      ...mutateActions(place, resource),
      ...OWN.test(place.type) ? [] : mutateSettings(place, resource),
    ];
  });
  const ids = new Set<string>();
  const result: Generated = { mutations: [], excluded: [] };
  for (const m of all) {
    if (ids.has(m.id)) { throw new Error(`two mutations are called '${m.id}'`); }
    ids.add(m.id);
    const rule = exclusionOf(m);
    if (rule) { result.excluded.push({ mutation: m, rule }); } else { result.mutations.push(m); }
  }
  return result;
}
