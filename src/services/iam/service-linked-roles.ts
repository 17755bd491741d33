// Roles of services that exist once in an account, whatever the region.
import { Token } from 'aws-cdk-lib/core';
import type { Place } from '../../core/validate';
import { fail, requireKnown, requireList } from '../../core/validate';

/**
 * Services of an application whose service-linked roles are made by the first call that needs them, if the caller may make them, and
 * not always in time: the first cluster of ECS of an account fails, and succeeds when it is made again.
 *
 * Source: github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/818; for scaling,
 * github.com/openemr/openemr-on-ecs/issues/8;
 * IAM user guide, "AWS services that work with IAM".
 */
export const SERVICES_WITH_ROLES: Record<string, string> = {
  'ecs.amazonaws.com': 'EcsRole',
  'ecs.application-autoscaling.amazonaws.com': 'ScalingRole',
  'rds.amazonaws.com': 'RdsRole',
  'elasticloadbalancing.amazonaws.com': 'LoadBalancingRole',
  'autoscaling.amazonaws.com': 'AutoScalingRole',
  'backup.amazonaws.com': 'BackupRole',
};

/** Refuses services that an application has no role of, and one that is named twice. */
export function checkServices(at: Place, prop: string, services: string[]): void {
  requireList(at, prop, services);
  services.forEach((service, i) => {
    requireKnown(at, prop, service, 'name the services, as each role is a part of the template');
    if (Token.isUnresolved(service) || !(service in SERVICES_WITH_ROLES)) {
      fail(at, `'${prop}' has '${service}': give any of ${Object.keys(SERVICES_WITH_ROLES).join(', ')}`);
    }
    if (services.indexOf(service) < i) { fail(at, `'${prop}' has '${service}' twice: name it once`); }
  });
}
