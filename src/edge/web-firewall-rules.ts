import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';

/** AWS's groups that every web firewall has, in the order in which they inspect a request. */
export const MANAGED_GROUPS = [
  'AWSManagedRulesAmazonIpReputationList', 'AWSManagedRulesKnownBadInputsRuleSet', 'AWSManagedRulesCommonRuleSet', 'AWSManagedRulesSQLiRuleSet',
  'AWSManagedRulesLinuxRuleSet', 'AWSManagedRulesUnixRuleSet',
];

/** What differs between our web firewalls. */
export interface WebFirewallRulesOptions {
  readonly blocks: boolean;
  readonly allowed?: CfnWebACL.StatementProperty;
  readonly denied?: CfnWebACL.StatementProperty;
  readonly rateLimit: number;
  /** How many bytes of a body WAF inspects. */
  readonly bodyLimit: number;
  readonly uploadPaths: string[];
  /** `GROUP/RULE` */
  readonly countOnlyRules: string[];
}

/** The rules of a web firewall, cheap ones first. Nothing allows: what one rule passes, the next ones still inspect. */
export function webFirewallRules(options: WebFirewallRulesOptions): CfnWebACL.RuleProperty[] {
  const exceptAllowed = options.allowed && { notStatement: { statement: options.allowed } };
  const rule = (priority: number, name: string, statement: CfnWebACL.StatementProperty): CfnWebACL.RuleProperty => ({
    name,
    priority,
    statement,
    ...statement.managedRuleGroupStatement
      ? { overrideAction: options.blocks ? { none: {} } : { count: {} } }
      : { action: options.blocks ? { block: {} } : { count: {} } },
    visibilityConfig: { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName: name },
  });
  const managed = (priority: number, name: string, scopeDownStatement?: CfnWebACL.StatementProperty) => {
    const prefix = `${name}/`;
    const counting = options.countOnlyRules.filter(r => r.startsWith(prefix)).map(r => r.slice(prefix.length));
    // Ours sets the same limit, and knows the paths for uploads.
    const names = name === 'AWSManagedRulesCommonRuleSet' ? new Set(['SizeRestrictions_BODY', ...counting]) : new Set(counting);
    return rule(priority, name, {
      managedRuleGroupStatement: {
        vendorName: 'AWS',
        name,
        scopeDownStatement,
        ruleActionOverrides: names.size > 0 ? [...names].map(n => ({ name: n, actionToUse: { count: {} } })) : undefined,
      },
    });
  };
  const [reputation, ...groups] = MANAGED_GROUPS;
  return [
    ...options.denied ? [rule(10, 'DeniedAddresses', options.denied)] : [],
    managed(30, reputation, exceptAllowed),
    rule(50, 'RateLimit', {
      rateBasedStatement: { aggregateKeyType: 'IP', limit: options.rateLimit, evaluationWindowSec: 300, scopeDownStatement: exceptAllowed },
    }),
    rule(55, 'BodyLimit', longBody(options)),
    ...groups.map((name, i) => managed(60 + 10 * i, name)),
  ];
}

/** Bodies beyond what WAF inspects, except on the paths for uploads. */
function longBody({ bodyLimit, uploadPaths }: WebFirewallRulesOptions): CfnWebACL.StatementProperty {
  const tooLong = {
    sizeConstraintStatement: {
      fieldToMatch: { body: { oversizeHandling: 'MATCH' } },
      comparisonOperator: 'GT',
      size: bodyLimit,
      textTransformations: [{ priority: 0, type: 'NONE' }],
    },
  };
  const paths = uploadPaths.map(searchString => ({
    byteMatchStatement: {
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'STARTS_WITH',
      searchString,
      // Without them `/uploads/../login` would pass for an upload.
      textTransformations: [{ priority: 0, type: 'URL_DECODE' }, { priority: 1, type: 'NORMALIZE_PATH' }],
    },
  }));
  if (paths.length === 0) { return tooLong; }
  const upload = paths.length > 1 ? { orStatement: { statements: paths } } : paths[0];
  return { andStatement: { statements: [tooLong, { notStatement: { statement: upload } }] } };
}
