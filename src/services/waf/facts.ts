// What AWS says of WAF.

/** A group of rules that AWS keeps. */
export interface ManagedGroup {
  readonly name: string;
  /** Web ACL capacity units that it needs. */
  readonly capacity: number;
}

/**
 * AWS's groups that every web firewall has, in the order in which they inspect a request.
 *
 * Source: WAF developer guide, "AWS Managed Rules rule groups list", where each group states its WCU.
 */
export const MANAGED_GROUPS: ManagedGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList', capacity: 25 },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet', capacity: 200 },
  { name: 'AWSManagedRulesCommonRuleSet', capacity: 700 },
  { name: 'AWSManagedRulesSQLiRuleSet', capacity: 200 },
  { name: 'AWSManagedRulesLinuxRuleSet', capacity: 200 },
  { name: 'AWSManagedRulesUnixRuleSet', capacity: 100 },
];

/** The others that AWS makes, which an app may add. Source: as for `MANAGED_GROUPS`. */
export const FURTHER_GROUPS: ManagedGroup[] = [
  { name: 'AWSManagedRulesAnonymousIpList', capacity: 50 },
  { name: 'AWSManagedRulesAdminProtectionRuleSet', capacity: 100 },
  { name: 'AWSManagedRulesWindowsRuleSet', capacity: 200 },
  { name: 'AWSManagedRulesPHPRuleSet', capacity: 100 },
  { name: 'AWSManagedRulesWordPressRuleSet', capacity: 100 },
  { name: 'AWSManagedRulesBotControlRuleSet', capacity: 50 },
  { name: 'AWSManagedRulesATPRuleSet', capacity: 50 },
  { name: 'AWSManagedRulesACFPRuleSet', capacity: 50 },
  { name: 'AWSManagedRulesAntiDDoSRuleSet', capacity: 50 },
];

/** The group that looks at where a request comes from, not at what is in it. */
export const REPUTATION_GROUP = 'AWSManagedRulesAmazonIpReputationList';

/** The group whose rule for long bodies knows no paths for uploads, and that rule. Source: as for `MANAGED_GROUPS`. */
export const COMMON_GROUP = 'AWSManagedRulesCommonRuleSet';
export const COMMON_BODY_RULE = 'SizeRestrictions_BODY';

/** The rule of a web firewall that refuses addresses. */
export const DENIED_RULE = 'DeniedAddresses';

/** Headers that hold credentials. */
export const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key'];

/**
 * What the name of a log group must begin with.
 *
 * Source: WAF developer guide, "Sending web ACL traffic logs to an Amazon CloudWatch Logs log group".
 */
export const LOG_GROUP_PREFIX = 'aws-waf-logs-';

/** Capacity that the price of a web ACL includes. Source: WAF developer guide, "Web ACL capacity units (WCUs) in AWS WAF". */
export const INCLUDED_CAPACITY = 1500;

/** Requests of one address that a rule can take as its limit. Source: WAF developer guide, "Rate-based rule high-level settings". */
export const RATES = { min: 10, max: 2_000_000_000 };

/** What a scope of WAF is for. */
export interface Scope {
  readonly name: string;
  /** Whether a web ACL is associated with what it protects. A distribution names its web ACL itself. */
  readonly associates: boolean;
  /** The only region that takes it. */
  readonly region?: string;
  /** How many bytes of a body WAF inspects. */
  readonly bodyLimit: number;
  /** How that is said, where it is to say. */
  readonly bodyLimitName?: string;
}

/**
 * Load balancers and other resources of one region.
 *
 * Source: WAF developer guide, "Considerations for managing body inspection": 8 KB for load balancers, which is fixed, and 16 KB for
 * CloudFront, which can be more.
 */
export const REGIONAL: Scope = { name: 'REGIONAL', associates: true, bodyLimit: 8192 };

/** CloudFront distributions. Source: as for `REGIONAL`; the region is that of "Resources that you can protect". */
export const CLOUDFRONT: Scope = {
  name: 'CLOUDFRONT', associates: false, region: 'us-east-1', bodyLimit: 16384, bodyLimitName: 'KB_16',
};

/** What the metadata of a set of addresses says if some are known at deployment only. */
export const ADDRESSES_AT_DEPLOYMENT = 'addresses that are known at deployment only';
