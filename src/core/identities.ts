// What roles, users and groups of a template may do, by whatever policy.
import { statements } from './policies';
import type { RenderedResource, RenderedTemplate } from './template';
import type { JsonObject } from './values';
import { at, list, mentions, targetsOf } from './values';

/** A statement of a role, a user or a group, and the resource that it stands in. */
export interface Right {
  readonly by: RenderedResource;
  readonly statement: JsonObject;
}

const POLICIES = ['Policy', 'ManagedPolicy', 'RolePolicy', 'UserPolicy', 'GroupPolicy'].map(t => `AWS::IAM::${t}`);
const OWNERS = ['Role', 'User', 'Group'].map(t => `AWS::IAM::${t}`);

/** The statements of roles, users and groups that name a resource, and do not certainly deny. */
export function rightsOn(resource: RenderedResource, template: RenderedTemplate): Right[] {
  const all = template.once('rights of IAM', () => {
    const documents = [
      ...POLICIES.flatMap(type => template.resourcesOf(type)).map(by => ({ by, document: by.properties.PolicyDocument })),
      ...OWNERS.flatMap(type => template.resourcesOf(type))
        .flatMap(by => list(by.properties.Policies).map(p => ({ by, document: at(p, 'PolicyDocument') }))),
    ];
    return documents.flatMap(({ by, document }) => statements(document).filter(s => s.Effect !== 'Deny')
      .map(statement => ({ by, statement })));
  });
  return all.filter(({ statement }) => mentions(statement.Resource, resource.logicalId));
}

/** The logical IDs of those whom a policy is for. */
export function holdersOf({ logicalId, type, properties }: RenderedResource): ReadonlySet<string> {
  if (OWNERS.includes(type)) { return new Set([logicalId]); }
  return targetsOf(['Roles', 'Users', 'Groups', 'RoleName', 'UserName', 'GroupName'].map(name => properties[name]));
}
