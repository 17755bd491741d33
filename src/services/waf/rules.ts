// The rules of a web firewall.
import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { COMMON_BODY_RULE, COMMON_GROUP, DENIED_RULE, MANAGED_GROUPS, REPUTATION_GROUP } from './facts';

type Rule = CfnWebACL.RuleProperty;
type Statement = CfnWebACL.StatementProperty;

/** What differs between our web firewalls. */
export interface RulesOptions {
  readonly blocks: boolean;
  readonly allowed?: Statement;
  readonly denied?: Statement;
  readonly rateLimit: number;
  /** How many bytes of a body WAF inspects. */
  readonly bodyLimit: number;
  readonly uploadPaths: string[];
  /** `GROUP/RULE` */
  readonly countOnlyRules: string[];
}

/** The rules of a web firewall, cheap ones first. Nothing allows: what one rule passes, the next ones still inspect. */
export function rules(options: RulesOptions): Rule[] {
  const exceptAllowed = options.allowed && { notStatement: { statement: options.allowed } };
  const rest = MANAGED_GROUPS.map(g => g.name).filter(name => name !== REPUTATION_GROUP);
  const own = (priority: number, name: string, statement: Statement): Rule =>
    ({ ...rule(priority, name, statement), action: options.blocks ? { block: {} } : { count: {} } });
  const managed = (priority: number, name: string, scopeDown?: Statement): Rule =>
    ({ ...rule(priority, name, managedGroup(name, options, scopeDown)), overrideAction: options.blocks ? { none: {} } : { count: {} } });
  return [
    ...options.denied ? [own(10, DENIED_RULE, options.denied)] : [],
    managed(30, REPUTATION_GROUP, exceptAllowed),
    own(50, 'RateLimit', {
      rateBasedStatement: { aggregateKeyType: 'IP', limit: options.rateLimit, evaluationWindowSec: 300, scopeDownStatement: exceptAllowed },
    }),
    own(55, 'BodyLimit', longBody(options)),
    ...rest.map((name, i) => managed(60 + 10 * i, name)),
  ];
}

function rule(priority: number, name: string, statement: Statement): Rule {
  return { name, priority, statement, visibilityConfig: visible(name) };
}

/** Metrics and samples of a web ACL or a rule. */
export function visible(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}

/** A group of AWS, in which some rules only count. */
function managedGroup(name: string, { countOnlyRules }: RulesOptions, scopeDownStatement?: Statement): Statement {
  const counting = countOnlyRules.filter(r => r.startsWith(`${name}/`)).map(r => r.slice(name.length + 1));
  // Ours sets the same limit of the body, and knows the paths for uploads.
  const names = new Set(name === COMMON_GROUP ? [COMMON_BODY_RULE, ...counting] : counting);
  return {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      scopeDownStatement,
      ruleActionOverrides: names.size > 0 ? [...names].map(n => ({ name: n, actionToUse: { count: {} } })) : undefined,
    },
  };
}

/** Bodies beyond what WAF inspects, except on the paths for uploads. */
function longBody({ bodyLimit, uploadPaths }: RulesOptions): Statement {
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
