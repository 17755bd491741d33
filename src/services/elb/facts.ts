// What AWS says of load balancers.

/**
 * The TLS policies that Security Hub's ELB.17 accepts: TLS 1.3, or TLS 1.2 with forward secrecy and authenticated encryption.
 *
 * Sources: Security Hub user guide, "Controls for Elastic Load Balancing", ELB.17; Elastic Load Balancing user guide for Application
 * Load Balancers, "Security policies", for those with PQ in their names, which add a post-quantum key exchange.
 */
export const TLS_POLICIES = [
  'ELBSecurityPolicy-TLS13-1-3-2021-06',
  'ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04',
  'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
  'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04',
  'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-3-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09',
  'ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09',
];

/** Who writes logs of load balancers to a bucket. Source: user guide for Application Load Balancers, "Enable access logs", step 2. */
export const LOG_DELIVERY = 'logdelivery.elasticloadbalancing.amazonaws.com';

/** What a prefix of logs must not have in it. Source: as for `LOG_DELIVERY`. */
export const REFUSED_IN_PREFIX = 'AWSLogs';

/** How many values the conditions of a rule take. Source: user guide for Application Load Balancers, "Quotas". */
export const VALUES_OF_A_RULE = 5;
