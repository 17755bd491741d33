import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnMapping, Stack, Token } from 'aws-cdk-lib/core';
import type { Place } from '../core/validate';
import { fail } from '../core/validate';
import { PREFIX_LIST_MAPPING, PREFIX_LISTS, PrefixLists } from '../services/ec2/facts';

/** IDs that the caller gives, because the region's are not known here. */
export type GivenPrefixLists = { readonly [service in keyof PrefixLists]?: string };

/** The prefix list of a gateway endpoint, as the peer of rules in one stack. `network` is whom errors are about. */
export function gatewayPeer(network: Place, stack: Stack, service: keyof PrefixLists, given: GivenPrefixLists): ec2.IPeer {
  const destinationPrefixListId = given[service] ?? known(network, stack, service);
  return {
    // Peer.prefixList takes the ID for this; two IDs that are tokens would look the same, and the second rule be dropped.
    uniqueId: service,
    canInlineRule: false,
    connections: new ec2.Connections(),
    toIngressRuleConfig: () => ({ sourcePrefixListId: destinationPrefixListId }),
    toEgressRuleConfig: () => ({ destinationPrefixListId }),
  };
}

function known(network: Place, stack: Stack, service: keyof PrefixLists): string {
  const { region } = stack;
  if (Token.isUnresolved(region)) {
    // A mapping serves its own stack only.
    const made = stack.node.tryFindChild(PREFIX_LIST_MAPPING) as CfnMapping | undefined;
    return (made ?? new CfnMapping(stack, PREFIX_LIST_MAPPING, { mapping: mapping() })).findInMap(region, service);
  }
  return PREFIX_LISTS[region]?.[service] ?? fail(network, `'${service}PrefixListId' is missing, and the one of ${region} is not known: `
    + `give the ID that 'aws ec2 describe-managed-prefix-lists --region ${region}' shows for `
    + `com.amazonaws.${region}.${service.toLowerCase()}`);
}

function mapping(): Record<string, Record<string, string>> {
  return Object.fromEntries(Object.entries(PREFIX_LISTS).map(([region, { s3, dynamoDb }]) => [region, { s3, dynamoDb }]));
}
