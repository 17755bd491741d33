// What roles, users and groups of a template may do, by whatever policy.
import { statements } from './policies';
import type { RenderedResource, RenderedTemplate } from './template';
import type { JsonObject } from './values';
import { at, list, push, targetsOf } from './values';

/** A statement of a role, a user or a group, and the resource that it stands in. */
export interface Right {
  readonly by: RenderedResource;
  readonly statement: JsonObject;
}

const POLICIES = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'].map(t => `AWS::IAM::${t}`);
const OWNERS = ['Role', 'User', 'Group'].map(t => `AWS::IAM::${t}`);

const NONE: readonly Right[] = [];

/** The statements of roles, users and groups that do not certainly deny. */
export function rightsIn(template: RenderedTemplate): readonly Right[] {
  return template.once('rights', () => {
    const documents = [
      ...POLICIES.flatMap(type => template.resourcesOf(type)).map(by => ({ by, document: by.properties.PolicyDocument })),
      ...OWNERS.flatMap(type => template.resourcesOf(type))
        .flatMap(by => list(by.properties.Policies).map(p => ({ by, document: at(p, 'PolicyDocument') }))),
    ];
    return documents.flatMap(({ by, document }) => statements(document).filter(s => s.Effect !== 'Deny')
      .map(statement => ({ by, statement })));
  });
}

/** Those of them that name a resource. */
export function rightsOn(resource: RenderedResource, template: RenderedTemplate): readonly Right[] {
  const byTarget = template.once('rights by resource', () => {
    const found = new Map<string, Right[]>();
    for (const right of rightsIn(template)) {
      for (const target of targetsOf(right.statement.Resource)) { push(found, target, right); }
    }
    return found;
  });
  return byTarget.get(resource.logicalId) ?? NONE;
}

/** The logical IDs of those whom a policy is for. */
export function holdersOf({ logicalId, type, properties }: RenderedResource): ReadonlySet<string> {
  if (OWNERS.includes(type)) { return new Set([logicalId]); }
  return targetsOf(['Roles', 'Users', 'Groups', 'RoleName', 'UserName', 'GroupName'].map(name => properties[name]));
}
