import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Names, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AddressSets } from './address-sets';
import { MANAGED_GROUPS, webFirewallRules } from './web-firewall-rules';
import { claim } from '../assurance/claims';
import { SecurityWaivers } from '../assurance/security-waiver';
import { arn } from '../core/names';
import { fail, requireList, requireMatch, requireRange } from '../core/validate';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { HardenedProps } from '../foundation/security-foundation';
import * as controls from '../services/waf/controls';

/** What a web firewall protects. */
export enum WebFirewallScope {
  /** Load balancers and other resources of one region. */
  REGIONAL = 'REGIONAL',
  /** CloudFront distributions, from a stack in us-east-1. */
  CLOUDFRONT = 'CLOUDFRONT',
}

/** What the rules of a web firewall do with requests that they match. */
export enum FirewallRollout {
  /** They block them. */
  BLOCK = 'BLOCK',
  /** They count them and let them through: to learn which rules an existing application breaks. Needs a waiver of `WAF-07b`. */
  COUNT = 'COUNT',
}

/** Properties of a web firewall. */
export interface WebFirewallProps extends HardenedProps {
  /**
   * What the firewall protects.
   *
   * @default WebFirewallScope.REGIONAL
   */
  readonly scope?: WebFirewallScope;

  /**
   * What the rules do with requests that they match.
   *
   * @default FirewallRollout.BLOCK
   */
  readonly rollout?: FirewallRollout;

  /**
   * How many requests one address may send in any five minutes, from 10 to 2,000,000,000.
   *
   * @default 2000
   */
  readonly rateLimit?: number;

  /**
   * IPv4 and IPv6 blocks that the rate limit and the reputation list pass over: health checkers, offices. All other rules
   * inspect their requests too. A token stands for an IPv4 block.
   *
   * @default - none
   */
  readonly allowedCidrs?: string[];

  /**
   * IPv4 and IPv6 blocks whose requests are refused. A token stands for an IPv4 block.
   *
   * @default - none
   */
  readonly deniedCidrs?: string[];

  /**
   * Beginnings of paths where a body may be longer than WAF inspects (8 KB, 16 KB for CloudFront), for example `/uploads/`.
   *
   * @default - none: longer bodies are refused everywhere
   */
  readonly uploadPaths?: string[];

  /**
   * Rules of the managed groups that only count, as `GROUP/RULE`, for example
   * `AWSManagedRulesCommonRuleSet/GenericRFI_BODY`. Needs a waiver of `WAF-07b`.
   *
   * @default - none
   */
  readonly countOnlyRules?: string[];

  /**
   * Headers to leave out of logs and samples, besides `authorization`, `cookie` and `x-api-key`.
   *
   * @default - none
   */
  readonly redactedHeaders?: string[];

  /**
   * Leaves query strings out of logs and samples, for applications that take tokens in them.
   *
   * @default false
   */
  readonly redactQueryString?: boolean;

  /**
   * How long the logs are kept. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly logRetention?: logs.RetentionDays;

  /**
   * The key for the logs. It must allow `KeyAccess.logGroup` if it is imported.
   *
   * @default - the log key of the security foundation
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A web ACL that blocks known attackers, known bad inputs, the OWASP Top 10, SQL injection, attacks on Linux, floods, and bodies
 * that are too long to inspect. It logs every request, without credentials, to an encrypted log group.
 *
 * WAF lets itself into the log group by the account's policy for log delivery, which all such log groups share.
 *
 * Answers FSBP WAF.10, WAF.11 and WAF.12, NIST SC-5 and AU-12, PCI 6.4.2 and 10.4.2.
 */
export class WebFirewall extends Construct {
  /** The web ACL. */
  public readonly webAcl: wafv2.CfnWebACL;

  /** ARN of the web ACL. */
  public readonly webAclArn: string;

  /** The log group. */
  public readonly logGroup: logs.ILogGroup;

  private readonly scope: WebFirewallScope;

  constructor(scope: Construct, id: string, props: WebFirewallProps = {}) {
    super(scope, id);
    this.scope = props.scope ?? WebFirewallScope.REGIONAL;
    this.check(props);
    const name = Names.uniqueResourceName(this, { maxLength: 100, separator: '-' });
    const headers = [...new Set(['authorization', 'cookie', 'x-api-key', ...props.redactedHeaders?.map(h => Token.isUnresolved(h) ? h : h.toLowerCase()) ?? []])];
    const addresses = new AddressSets(this, 'Addresses', { scope: this.scope, allowed: props.allowedCidrs ?? [], denied: props.deniedCidrs ?? [] });
    this.webAcl = new wafv2.CfnWebACL(this, 'Resource', {
      description: 'Managed rules, rate limit and limit of the body',
      scope: this.scope,
      defaultAction: { allow: {} },
      visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: name },
      // Explicit, because the limit of the body is made to match. WAF takes no other for load balancers.
      associationConfig: this.scope === WebFirewallScope.CLOUDFRONT ? { requestBody: { CLOUDFRONT: { defaultSizeInspectionLimit: 'KB_16' } } } : undefined,
      dataProtectionConfig: {
        dataProtections: [
          // The header is every cookie. WAF refuses SINGLE_COOKIE without the names of cookies.
          { field: { fieldType: 'SINGLE_HEADER', fieldKeys: headers }, action: 'SUBSTITUTION' },
          ...props.redactQueryString ? [{ field: { fieldType: 'QUERY_STRING' }, action: 'SUBSTITUTION' }] : [],
        ],
      },
      rules: webFirewallRules({
        blocks: (props.rollout ?? FirewallRollout.BLOCK) === FirewallRollout.BLOCK,
        allowed: addresses.allowed,
        denied: addresses.denied,
        rateLimit: props.rateLimit ?? 2000,
        bodyLimit: this.scope === WebFirewallScope.CLOUDFRONT ? 16384 : 8192,
        uploadPaths: props.uploadPaths ?? [],
        countOnlyRules: props.countOnlyRules ?? [],
      }),
    });
    this.webAclArn = this.webAcl.attrArn;
    this.logGroup = new EncryptedLogGroup(this, 'Logs', {
      logGroupNamePrefix: 'aws-waf-logs-',
      retention: props.logRetention,
      encryptionKey: props.encryptionKey,
      foundation: props.foundation,
    }).logGroup;
    const logging = new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      resourceArn: this.webAclArn,
      // WAF refuses the ARN that ends in `:*`, which is what the log group gives.
      logDestinationConfigs: [arn('logs', `log-group:${this.logGroup.logGroupName}`)],
      redactedFields: [...headers.map(h => ({ singleHeader: { Name: h } })), ...props.redactQueryString ? [{ queryString: {} }] : []],
    });

    claim(this.webAcl, controls.WAF_RULES, controls.WAF_METRICS, controls.WAF_SAMPLES, controls.WAF_LOGGED, controls.WAF_DATA_PROTECTION,
      controls.WAF_MANAGED_GROUPS, controls.WAF_BLOCKS, controls.WAF_BODY_LIMIT, controls.WAF_RATE_LIMIT, controls.WAF_DEFAULT_ACTION,
      controls.WAF_SCOPE, controls.WAF_CAPACITY);
    claim(logging, controls.WAF_LOG_NAME, controls.WAF_REDACTED);
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  /** Puts a load balancer behind the firewall. A load balancer has one firewall. */
  public protect(loadBalancer: elbv2.IApplicationLoadBalancer): void {
    if (this.scope !== WebFirewallScope.REGIONAL) {
      fail(this, `'scope' is ${this.scope}, which protects distributions: give the load balancer '${loadBalancer.node.path}' a firewall of scope REGIONAL`);
    }
    if (loadBalancer.node.tryFindChild('WebFirewall')) {
      fail(this, `'${loadBalancer.node.path}' already has a web firewall: WAF allows one`);
    }
    // Below the load balancer, so that it is in the load balancer's stack and goes with it.
    new wafv2.CfnWebACLAssociation(loadBalancer as any, 'WebFirewall', { resourceArn: loadBalancer.loadBalancerArn, webAclArn: this.webAclArn });
  }

  private check(props: WebFirewallProps): void {
    const { region } = Stack.of(this);
    if (this.scope === WebFirewallScope.CLOUDFRONT && region !== 'us-east-1') {
      const where = Token.isUnresolved(region) ? 'no region in particular' : region;
      fail(this, `'scope' is CLOUDFRONT, but the stack is in ${where}: put the firewall in a stack with 'env.region' us-east-1`);
    }
    requireRange(this, 'rateLimit', props.rateLimit, 10, 2_000_000_000, 'requests');
    requireList(this, 'redactedHeaders', props.redactedHeaders);
    requireList(this, 'uploadPaths', props.uploadPaths);
    requireList(this, 'countOnlyRules', props.countOnlyRules);
    props.redactedHeaders?.forEach(h => requireMatch(this, 'redactedHeaders', h, /^[A-Za-z0-9_-]{1,64}$/, 'give the name of a header'));
    props.uploadPaths?.forEach(p => requireMatch(this, 'uploadPaths', p, /^\/[^*?\s]{1,199}$/, "give the beginning of a path, for example '/uploads/', without wildcards; '/' would lift the limit everywhere"));
    const pattern = new RegExp(`^(${MANAGED_GROUPS.join('|')})/[A-Za-z0-9_]+$`);
    props.countOnlyRules?.forEach(r => requireMatch(this, 'countOnlyRules', r, pattern,
      `give GROUP/RULE, where GROUP is one of ${MANAGED_GROUPS.join(', ')}`));
  }
}
