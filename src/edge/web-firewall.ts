import type * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { Resource, Stack } from 'aws-cdk-lib/core';
import type { aws_wafv2 } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import { AddressSets } from './address-sets';
import { WebFirewallScope } from './web-firewall-scope';
import { claim } from '../assurance/claims';
import { Disposable } from '../assurance/disposable';
import { waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { arn, nameStem } from '../core/names';
import { fail, place, Place } from '../core/validate';
import { EncryptedLogGroup } from '../foundation/encrypted-log-group';
import { HardenedProps } from '../foundation/security-foundation';
import * as logSettings from '../services/logs/settings';
import * as controls from '../services/waf/controls';
import { LOG_GROUP_PREFIX, type Scope } from '../services/waf/facts';
import * as settings from '../services/waf/settings';
import * as touch from '../services/waf/touch-controls';

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
 * It is an `IWebACLRef`. WAF lets itself into the log group by the account's policy for log delivery, which all such log groups share.
 *
 * Answers FSBP WAF.10, WAF.11 and WAF.12, NIST SC-5 and AU-12, PCI 6.4.2 and 10.4.2.
 */
export class WebFirewall extends Resource implements aws_wafv2.IWebACLRef {
  /** ARN of the web ACL. */
  public readonly webAclArn: string;

  /** ID of the web ACL. */
  public readonly webAclId: string;

  /** Name of the web ACL, which CloudFormation chooses. */
  public readonly webAclName: string;

  /** A reference to the web ACL. */
  public readonly webAclRef: aws_wafv2.WebACLReference;

  /** The log group. */
  public readonly logGroup: logs.ILogGroup;

  private readonly facts: Scope;

  constructor(scope: Construct, id: string, props: WebFirewallProps = {}) {
    checkNew('WebFirewall', scope, id, props);
    const at = place(scope, id);
    const options = { ...optionsOf(props), scope: settings.scopeOf({ scope: props.scope?._facts }) };
    settings.checkRegion(at, options.scope, Stack.of(scope).region);
    settings.checkWebAcl(at, options);
    const lists = settings.addressLists(at, props);
    checkLogs(at, scope, props);
    super(scope, id);
    this.facts = options.scope;
    const addresses = new AddressSets(this, 'Addresses', this.facts.name, lists);
    const metricName = nameStem(() => webAcl, { maxLength: settings.METRIC_LENGTH, keepCase: true });
    const webAcl: wafv2.CfnWebACL = new wafv2.CfnWebACL(this, 'Resource', settings.webAcl(options, addresses.statements, metricName));
    this.webAclRef = webAcl.webAclRef;
    this.webAclArn = this.webAclRef.webAclArn;
    this.webAclId = this.webAclRef.webAclId;
    this.webAclName = this.webAclRef.webAclName;
    this.logGroup = new EncryptedLogGroup(this, 'Logs', {
      logGroupNamePrefix: LOG_GROUP_PREFIX,
      retention: props.logRetention,
      encryptionKey: props.encryptionKey,
      foundation: props.foundation,
    });
    const logging = new wafv2.CfnLoggingConfiguration(this, 'Logging', {
      ...settings.logging(options),
      resourceArn: this.webAclArn,
      // WAF refuses the ARN that ends in `:*`, which is what the log group gives.
      logDestinationConfigs: [arn('logs', `log-group:${this.logGroup.logGroupName}`)],
    });

    claim(webAcl, controls.WAF_RULES, controls.WAF_METRICS, controls.WAF_SAMPLES, controls.WAF_LOGGED, controls.WAF_DATA_PROTECTION,
      controls.WAF_MANAGED_GROUPS, controls.WAF_BLOCKS, controls.WAF_BODY_LIMIT, controls.WAF_RATE_LIMIT, controls.WAF_DEFAULT_ACTION,
      controls.WAF_SCOPE, controls.WAF_CAPACITY, touch.WAF_NO_WAY_PAST, touch.WAF_LETS_IN);
    claim(logging, controls.WAF_LOG_NAME, controls.WAF_REDACTED, touch.WAF_WHOLE_RECORDS);
    waive(this, props.waivers);
  }

  /**
   * Puts a load balancer behind the firewall. A load balancer has one firewall.
   *
   * @param loadBalancer the load balancer
   */
  public protect(loadBalancer: elbv2.IApplicationLoadBalancer): void {
    checkCall('WebFirewall.protect', this, loadBalancer);
    this._checkProtects(this, loadBalancer.node.path);
    if (loadBalancer.node.tryFindChild('WebFirewall')) {
      fail(this, `'${loadBalancer.node.path}' already has a web firewall: WAF allows one`);
    }
    // Below the load balancer, so that it is in the load balancer's stack and goes with it. Every `IResource` is a construct.
    const below = loadBalancer as unknown as Construct;
    new wafv2.CfnWebACLAssociation(below, 'WebFirewall', { resourceArn: loadBalancer.loadBalancerArn, webAclArn: this.webAclArn });
  }

  /**
   * Refuses to protect a load balancer with a firewall for something else: for a load balancer that is not there yet.
   *
   * @internal
   */
  public _checkProtects(at: Place, loadBalancer: string): void {
    settings.checkProtects(at, this.facts, loadBalancer);
  }
}

/** What the props say of the web ACL. */
function optionsOf(props: WebFirewallProps): settings.WebAclOptions {
  return {
    blocks: props.rollout !== FirewallRollout.COUNT,
    rateLimit: props.rateLimit,
    uploadPaths: props.uploadPaths,
    countOnlyRules: props.countOnlyRules,
    redactedHeaders: props.redactedHeaders,
    redactQueryString: props.redactQueryString,
  };
}

/** Refuses what the log group would refuse, before there is anything. */
function checkLogs(at: Place, scope: Construct, props: WebFirewallProps): void {
  logSettings.logGroup(at, { retention: props.logRetention, disposable: Disposable.isDisposable(scope) });
}
