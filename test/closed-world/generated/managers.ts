// Roles of the account that may take the protection of a resource away.
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Target } from './kind';
import { may, statement } from '../touch';

/** A role of a function, which may do this to a resource. */
export function manager({ scope }: Target, actions: string[], resourceArn: string): void {
  const role = new iam.Role(scope, 'Manager', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  new iam.ManagedPolicy(scope, 'Manages', { roles: [role], statements: [statement(may(actions, resourceArn))] });
}
