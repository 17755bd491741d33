// The values of records.
import type * as route53 from 'aws-cdk-lib/aws-route53';

/** What a record points to. */
export interface AliasOptions {
  readonly domainName: string;
  readonly hostedZoneId: string;
  readonly target: { readonly dnsName: string; readonly hostedZoneId: string };
}

/** A record that points a name to a load balancer, for as long as it is healthy. */
export function alias({ domainName, hostedZoneId, target }: AliasOptions) {
  return {
    name: `${domainName}.`,
    type: 'A',
    hostedZoneId,
    aliasTarget: { dnsName: target.dnsName, hostedZoneId: target.hostedZoneId, evaluateTargetHealth: true },
  } satisfies route53.CfnRecordSetProps;
}
