// What a database is given wrongly by those whom no compiler tells.
import type * as rds from 'aws-cdk-lib/aws-rds';
import type { Place } from '../core/validate';
import { fail, requireKind } from '../core/validate';


/** Refuses a proxy that would take connections without TLS, which the database itself refuses. */
export function checkProxy(at: Place, options: rds.DatabaseProxyOptions | undefined): void {
  requireKind(at, 'vpc', options?.vpc, ['vpcId', 'selectSubnets'], "an ec2.IVpc: the database's own");
  if (options?.requireTLS === false) {
    fail(at, "'requireTLS' is false: the proxy would take SQL and passwords in cleartext, which the database refuses, so leave it out");
  }
}
