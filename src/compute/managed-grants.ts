import type * as iam from 'aws-cdk-lib/aws-iam';
import { attachPolicy } from '../foundation/service-role';

/**
 * Makes every grant to a role (`bucket.grantRead(role)`) a statement of one customer managed policy, made when the first grant
 * comes. By itself the role would write an inline policy.
 */
export function manageGrants(role: iam.Role, description: string): void {
  let policy: iam.ManagedPolicy | undefined;
  role.addToPrincipalPolicy = statement => {
    if (policy) {
      policy.addStatements(statement);
    } else {
      policy = attachPolicy(role, 'Grants', description, [statement]);
    }
    return { statementAdded: true, policyDependable: policy };
  };
}
