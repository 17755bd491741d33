// How the addresses of a VPC are cut into tiers and zones.
import { Fn, Token } from 'aws-cdk-lib/core';
import { formatIpv4Block, parseIpv4Block, splitBlock } from '../../core/addresses';
import type { Place } from '../../core/validate';
import { fail } from '../../core/validate';

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

/** The largest block that a VPC can have. One that is known only at deployment is taken for it. */
const LARGEST_VPC = 16;
/** A load balancer needs eight free addresses in a subnet, and AWS keeps five: a /28 is too small. */
const SMALLEST_SUBNET = 27;
/** The tiers, and what stays free. */
const QUARTERS = 4;

/** Cuts a VPC's block into four quarters, and three of them into subnets. */
export function addressPlan(at: Place, cidr: string, azCount: number): AddressPlan {
  const parts = azCount > 2 ? 4 : 2;
  const tiers = Token.isUnresolved(cidr) ? cutLater(cidr, parts) : cut(at, cidr, parts, azCount);
  const [publicTier, application, data] = tiers.map(tier => ({ cidr: tier.cidr, subnets: tier.subnets.slice(0, azCount) }));
  return { public: publicTier, application, data };
}

function cut(at: Place, text: string, parts: number, azCount: number): TierAddresses[] {
  const block = parseIpv4Block(text);
  if (!block) {
    fail(at, `'cidr' is '${text}': give an IPv4 block without bits beyond its prefix, for example '10.0.0.0/16'`);
  }
  const longest = SMALLEST_SUBNET - Math.log2(QUARTERS) - Math.log2(parts);
  if (block.prefix < LARGEST_VPC || block.prefix > longest) {
    fail(at, `'cidr' is '${text}': a VPC of three tiers in ${azCount} zones takes a block from /${LARGEST_VPC}, the largest of a VPC, `
      + `to /${longest}, where subnets are /${SMALLEST_SUBNET} and hold a load balancer`);
  }
  return splitBlock(block, QUARTERS).map(tier => ({ cidr: formatIpv4Block(tier), subnets: splitBlock(tier, parts).map(formatIpv4Block) }));
}

function cutLater(cidr: string, parts: number): TierAddresses[] {
  const hostBits = 32 - LARGEST_VPC - Math.log2(QUARTERS);
  return [0, 1, 2].map(quarter => {
    const tier = Fn.select(quarter, Fn.cidr(cidr, QUARTERS, `${hostBits}`));
    const subnets = Fn.cidr(tier, parts, `${hostBits - Math.log2(parts)}`);
    return { cidr: tier, subnets: Array.from({ length: parts }, (_, i) => Fn.select(i, subnets)) };
  });
}
