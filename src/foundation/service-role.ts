import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { fail } from '../core/validate';
import { GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY } from '../services/general/controls';
import * as controls from '../services/iam/controls';
import { PolicySize } from '../services/iam/policy-size';
import { assumedBy, grantsDocument } from '../services/iam/settings';
import * as touches from '../services/iam/touch-controls';

/** What a role for an AWS service is made of. */
export interface ServiceRoleOptions {
  readonly description: string;
  /** The service principal, for example `vpc-flow-logs.amazonaws.com`. */
  readonly service: string;
  /** ARN of what the service acts for; a `*` in it stands for any text. Left out only where the service does not send it. */
  readonly sourceArn?: string;
  readonly statements: iam.PolicyStatement[];
}

interface Granted {
  readonly policy: iam.ManagedPolicy;
  readonly size: PolicySize;
}

/**
 * A role whose grants (`bucket.grantRead(role)`) are statements of a customer managed policy, made when the first grant comes, and
 * of further ones when it is full.
 * By itself a role would write an inline policy.
 */
class ManagedPolicyRole extends iam.Role {
  private readonly grantsOf: string;
  private readonly granted: Granted[] = [];

  constructor(scope: Construct, id: string, props: iam.RoleProps & { readonly description: string }) {
    super(scope, id, props);
    this.grantsOf = props.description;
  }

  public override addToPrincipalPolicy(statement: iam.PolicyStatement): iam.AddToPrincipalPolicyResult {
    const last = this.granted[this.granted.length - 1];
    const into = last?.size.takes(statement) ? last : this.further();
    into.size.add(statement);
    into.policy.addStatements(statement);
    return { statementAdded: true, policyDependable: into.policy };
  }

  private further(): Granted {
    const id = `Grants${this.granted.length === 0 ? '' : this.granted.length + 1}`;
    const made = { policy: attachPolicy(this, id, this.grantsOf, [], grantsDocument()), size: new PolicySize() };
    this.granted.push(made);
    return made;
  }

  public override attachInlinePolicy(policy: iam.Policy): void {
    fail(this, `'attachInlinePolicy' of '${policy.node.path}' would give the role an inline policy: `
      + 'grant to the role, or make an iam.ManagedPolicy');
  }
}

/** A role that one AWS service may take, for this account and one source, with a managed policy of exactly these statements. */
export function serviceRole(scope: Construct, id: string, options: ServiceRoleOptions): iam.Role {
  const role = new ManagedPolicyRole(scope, id, {
    description: options.description,
    assumedBy: assumedBy(options),
  });
  const resource = role.node.defaultChild as iam.CfnRole;
  claim(resource, GEN_SOURCE_CONDITIONS, controls.IAM_ONE_SERVICE, controls.IAM_NO_INLINE, ...Object.values(touches));
  if (options.sourceArn) { claim(resource, GEN_SOURCE_EVERY); }
  if (options.statements.length > 0) {
    const policy = attachPolicy(role, 'Policy', options.description, options.statements);
    claim(policy.node.defaultChild as iam.CfnManagedPolicy, controls.IAM_THROUGH_SERVICES);
  }
  return role;
}

/** A managed policy, attached to a role, with named actions and resources. As a grantee it takes the grants of L2 constructs. */
export function attachPolicy(role: iam.Role, id: string, description: string, statements: iam.PolicyStatement[],
  document?: iam.PolicyDocument): iam.ManagedPolicy {
  const policy = new iam.ManagedPolicy(role, id, { description, roles: [role], statements, document });
  claim(policy.node.defaultChild as iam.CfnManagedPolicy,
    controls.IAM_NAMED_ACTIONS, controls.IAM_NAMED_RESOURCES, controls.IAM_ATTACHED, controls.IAM_ONE_ROLE);
  return policy;
}
