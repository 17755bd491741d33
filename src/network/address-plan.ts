import { Fn, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { formatIpv4Block, parseIpv4Block, splitBlock } from '../core/addresses';
import { fail } from '../core/validate';

/** The addresses of a tier: one block, so that one rule can name the tier, cut into one block for each zone. */
export interface TierAddresses {
  readonly cidr: string;
  readonly subnets: string[];
}

/** The addresses of a VPC. A fourth quarter is spare. */
export interface AddressPlan {
  readonly public: TierAddresses;
  readonly application: TierAddresses;
  readonly data: TierAddresses;
}

/** A load balancer needs eight free addresses in a subnet, and AWS keeps five: a /28 is too small. */
const SMALLEST_SUBNET = 27;
/** A block that is known only at deployment is taken for the largest that a VPC can have. */
const TOKEN_PREFIX = 16;

/** Cuts a VPC's block into four quarters, and three of them into subnets. */
export function addressPlan(scope: IConstruct, cidr: string, azCount: number): AddressPlan {
  const parts = azCount > 2 ? 4 : 2;
  const tiers = Token.isUnresolved(cidr) ? cutLater(cidr, parts) : cut(scope, cidr, parts, azCount);
  const [publicTier, application, data] = tiers.map(tier => ({ cidr: tier.cidr, subnets: tier.subnets.slice(0, azCount) }));
  return { public: publicTier, application, data };
}

function cut(scope: IConstruct, text: string, parts: number, azCount: number): TierAddresses[] {
  const block = parseIpv4Block(text);
  if (!block) {
    fail(scope, `'cidr' is '${text}': give an IPv4 block without bits beyond its prefix, for example '10.0.0.0/16'`);
  }
  const longest = SMALLEST_SUBNET - 2 - Math.log2(parts);
  if (block.prefix < 16 || block.prefix > longest) {
    fail(scope, `'cidr' is '${text}': a VPC of three tiers in ${azCount} zones takes a block from /16, the largest of a VPC, to /${longest}, where subnets are /${SMALLEST_SUBNET} and hold a load balancer`);
  }
  return splitBlock(block, 4).map(tier => ({ cidr: formatIpv4Block(tier), subnets: splitBlock(tier, parts).map(formatIpv4Block) }));
}

function cutLater(cidr: string, parts: number): TierAddresses[] {
  const hostBits = 32 - TOKEN_PREFIX - 2;
  return [0, 1, 2].map(quarter => {
    const tier = Fn.select(quarter, Fn.cidr(cidr, 4, `${hostBits}`));
    const subnets = Fn.cidr(tier, parts, `${hostBits - Math.log2(parts)}`);
    return { cidr: tier, subnets: Array.from({ length: parts }, (_, i) => Fn.select(i, subnets)) };
  });
}
