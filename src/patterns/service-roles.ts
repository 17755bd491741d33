// The service-linked roles that a stack makes for its account.
import * as iam from 'aws-cdk-lib/aws-iam';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { GEN_RETAINED } from '../services/general/controls';
import { SERVICES_WITH_ROLES } from '../services/iam/service-linked-roles';

/** Makes roles. Whatever of the account works with them goes on to do so when the stack is gone, also where it may be thrown away. */
export function makeServiceRoles(scope: Construct, services: string[]): iam.CfnServiceLinkedRole[] {
  return services.map(awsServiceName => {
    const role = new iam.CfnServiceLinkedRole(scope, SERVICES_WITH_ROLES[awsServiceName], { awsServiceName });
    role.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    claim(role, GEN_RETAINED);
    return role;
  });
}
