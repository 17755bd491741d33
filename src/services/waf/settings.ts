// The hardened values of a web firewall, its sets of addresses and its logs.
import type * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Token } from 'aws-cdk-lib/core';
import type { Scope } from './facts';
import { MANAGED_GROUPS, RATES, REGIONAL, SECRET_HEADERS } from './facts';
import { rules, visible } from './rules';
import { overlap, parseBlock } from '../../core/addresses';
import type { Place } from '../../core/validate';
import { fail, requireList, requireMatch, requireRange } from '../../core/validate';

/** What may differ between web firewalls. */
export interface WebAclOptions {
  /** @default REGIONAL */
  readonly scope?: Scope;
  readonly blocks: boolean;
  readonly rateLimit?: number;
  readonly uploadPaths?: string[];
  readonly countOnlyRules?: string[];
  readonly redactedHeaders?: string[];
  readonly redactQueryString?: boolean;
}

/** What a web firewall protects: a region, if nothing is said. */
export function scopeOf({ scope }: Pick<WebAclOptions, 'scope'>): Scope {
  return scope ?? REGIONAL;
}

/** Refuses a scope that the region has not. */
export function checkRegion(at: Place, scope: Scope, region: string): void {
  if (scope.region === undefined || scope.region === region) { return; }
  const where = Token.isUnresolved(region) ? 'no region in particular' : region;
  fail(at, `'scope' is ${scope.name}, but the stack is in ${where}: put the firewall in a stack with 'env.region' ${scope.region}`);
}

/** Refuses to put a load balancer behind a firewall that is for something else. */
export function checkProtects(at: Place, scope: Scope, loadBalancer: string): void {
  if (scope.associates) { return; }
  fail(at, `'scope' is ${scope.name}, which protects distributions: `
    + `give the load balancer '${loadBalancer}' a firewall of scope ${REGIONAL.name}`);
}

/** Refuses what WAF refuses, or what would lift a rule everywhere. */
export function checkWebAcl(at: Place, options: WebAclOptions): void {
  requireRange(at, 'rateLimit', options.rateLimit, RATES.min, RATES.max, 'requests');
  requireList(at, 'redactedHeaders', options.redactedHeaders);
  requireList(at, 'uploadPaths', options.uploadPaths);
  requireList(at, 'countOnlyRules', options.countOnlyRules);
  options.redactedHeaders?.forEach(h => requireMatch(at, 'redactedHeaders', h, /^[A-Za-z0-9_-]{1,64}$/, 'give the name of a header'));
  options.uploadPaths?.forEach(p => requireMatch(at, 'uploadPaths', p, /^\/[^*?\s]{1,199}$/,
    "give the beginning of a path, for example '/uploads/', without wildcards; '/' would lift the limit everywhere"));
  const names = MANAGED_GROUPS.map(g => g.name);
  options.countOnlyRules?.forEach(r => requireMatch(at, 'countOnlyRules', r, new RegExp(`^(${names.join('|')})/[A-Za-z0-9_]+$`),
    `give GROUP/RULE, where GROUP is one of ${names.join(', ')}`));
}

/** The addresses that a web ACL treats in a way of their own, as statements that match them. */
export interface AddressStatements {
  readonly allowed?: wafv2.CfnWebACL.StatementProperty;
  readonly denied?: wafv2.CfnWebACL.StatementProperty;
}

/** A web ACL whose rules block what they match, with metrics and without credentials in its samples. */
export function webAcl(options: WebAclOptions, addresses: AddressStatements, metricName: string) {
  const scope = scopeOf(options);
  return {
    description: 'Managed rules, rate limit and limit of the body',
    scope: scope.name,
    defaultAction: { allow: {} },
    visibilityConfig: visible(metricName),
    // Explicit, because the limit of the body is made to match.
    associationConfig: scope.bodyLimitName === undefined ? undefined
      : { requestBody: { [scope.name]: { defaultSizeInspectionLimit: scope.bodyLimitName } } },
    dataProtectionConfig: {
      dataProtections: [
        // The header is every cookie. WAF refuses SINGLE_COOKIE without the names of cookies.
        { field: { fieldType: 'SINGLE_HEADER', fieldKeys: secretHeaders(options) }, action: 'SUBSTITUTION' },
        ...options.redactQueryString ? [{ field: { fieldType: 'QUERY_STRING' }, action: 'SUBSTITUTION' }] : [],
      ],
    },
    rules: rules({
      ...addresses,
      blocks: options.blocks,
      rateLimit: options.rateLimit ?? 2000,
      bodyLimit: scope.bodyLimit,
      uploadPaths: options.uploadPaths ?? [],
      countOnlyRules: options.countOnlyRules ?? [],
    }),
  } satisfies wafv2.CfnWebACLProps;
}

/** Logs of every request, without credentials. */
export function logging(options: WebAclOptions) {
  return {
    redactedFields: [
      ...secretHeaders(options).map(h => ({ singleHeader: { Name: h } })),
      ...options.redactQueryString ? [{ queryString: {} }] : [],
    ],
  } satisfies Partial<wafv2.CfnLoggingConfigurationProps>;
}

/** The longest name of a metric that is made of stack name and logical ID. */
export const METRIC_LENGTH = 100;

function secretHeaders({ redactedHeaders }: WebAclOptions): string[] {
  return [...new Set([...SECRET_HEADERS, ...redactedHeaders?.map(h => Token.isUnresolved(h) ? h : h.toLowerCase()) ?? []])];
}

/** The blocks of addresses that a web firewall treats in a way of their own. */
export interface AddressOptions {
  readonly allowedCidrs?: string[];
  readonly deniedCidrs?: string[];
}

/** The sets of one list, an IP version each. */
export interface AddressList {
  readonly id: 'Allowed' | 'Denied';
  readonly sets: Pick<wafv2.CfnIPSetProps, 'description' | 'ipAddressVersion' | 'addresses'>[];
}

/** The lists of addresses, sorted, so that their order makes no change. */
export function addressLists(at: Place, options: AddressOptions): AddressList[] {
  const allowed = options.allowedCidrs ?? [];
  const denied = options.deniedCidrs ?? [];
  checkBlocks(at, 'allowedCidrs', allowed);
  checkBlocks(at, 'deniedCidrs', denied);
  for (const block of known(denied)) {
    const both = known(allowed).find(c => overlaps(c, block));
    if (both !== undefined) {
      fail(at, `'deniedCidrs' has '${block}', which overlaps '${both}' of 'allowedCidrs': take the common addresses out of one of them`);
    }
  }
  return [
    { id: 'Allowed', sets: sets('Passed over by the rate limit and the reputation list', allowed) },
    { id: 'Denied', sets: sets('Refused', denied) },
  ];
}

function sets(description: string, cidrs: string[]): AddressList['sets'] {
  if (Token.isUnresolved(cidrs)) { return [{ description, ipAddressVersion: 'IPV4', addresses: cidrs }]; }
  const isV6 = (cidr: string) => cidr.includes(':');
  const tokens = cidrs.filter(c => Token.isUnresolved(c));
  return [
    { description, ipAddressVersion: 'IPV4', addresses: [...known(cidrs).filter(c => !isV6(c)).sort(), ...tokens] },
    { description, ipAddressVersion: 'IPV6', addresses: known(cidrs).filter(isV6).sort() },
  ].filter(set => set.addresses.length > 0);
}

function checkBlocks(at: Place, prop: string, cidrs: string[]): void {
  if (!Token.isUnresolved(cidrs)) { requireList(at, prop, cidrs); }
  known(cidrs).forEach((cidr, i, all) => {
    const range = parseBlock(cidr);
    if (!range || range.prefix === 0) {
      fail(at, `'${prop}' has '${cidr}': give an IPv4 or IPv6 block as ADDRESS/PREFIX, from /1, `
        + 'whose address has no bits beyond the prefix');
    }
    const other = all.slice(0, i).find(c => overlaps(c, cidr));
    if (other !== undefined) {
      fail(at, `'${prop}' has '${cidr}', which overlaps '${other}': name each address once`);
    }
  });
}

/** The blocks that are known before the deployment. */
function known(cidrs: string[]): string[] {
  return Token.isUnresolved(cidrs) ? [] : cidrs.filter(c => !Token.isUnresolved(c));
}

function overlaps(a: string, b: string): boolean {
  const [left, right] = [parseBlock(a), parseBlock(b)];
  return left !== undefined && right !== undefined && overlap(left, right);
}
