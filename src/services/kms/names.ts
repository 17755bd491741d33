// What names in the policy of a key may be: those that never match anything are refused.
import type { Place } from '../../core/validate';
import { requireMatch } from '../../core/validate';

/** Refuses what is not the first part of a value of `kms:ViaService`: `SERVICE.REGION.amazonaws.com`. */
export function checkService(at: Place, service: string): void {
  requireMatch(at, 'service', service, /^[a-z0-9]+(-[a-z0-9]+)*$/,
    "give the service's part of 'kms:ViaService' alone, for example 'athena' of 'athena.eu-west-1.amazonaws.com'");
}

/** Refuses what is not the ID of one distribution: a `*` would be compared as it is. */
export function checkDistribution(at: Place, distributionId: string): void {
  requireMatch(at, 'distributionId', distributionId, /^[A-Z0-9]+$/, "give the ID of one distribution, for example 'EDFDVBD6EXAMPLE'");
}

/** Refuses what is not the name of a service principal. */
export function checkPrincipal(at: Place, service: string): void {
  requireMatch(at, 'service', service, /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/,
    "give the service's principal, for example 'events.rds.amazonaws.com'");
}
