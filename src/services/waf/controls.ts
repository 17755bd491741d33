// What must hold of a web firewall and its logs.
import { webAclCapacity } from './capacity';
import {
  CLOUDFRONT, COMMON_BODY_RULE, DENIED_RULE, INCLUDED_CAPACITY, LOG_GROUP_PREFIX, MANAGED_GROUPS, REGIONAL, REPUTATION_GROUP,
  SECRET_HEADERS,
} from './facts';
import { groupOf as group, isBlockingGroup, isRate, isWhole, limitsBody, looksAtAll, rulesOf as rules } from './rendered';
import { areOfOneStack } from '../../core/assembly';
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { homeOf, isElsewhere } from '../../core/ownership';
import type { RenderedResource } from '../../core/template';
import type { Json } from '../../core/values';
import {
  at, contains, entries, functionOf, isFalse, isGiven, isOneOf, isTrue, list, mentions, numberOf, textOf,
} from '../../core/values';

const WEB_ACL = ['AWS::WAFv2::WebACL'];
const LOGGING = ['AWS::WAFv2::LoggingConfiguration'];

const one = (value: Json) => entries(value).length === 1;

/** Metrics are on in a web ACL or a rule. */
function metered(x: Json): boolean {
  return isTrue(at(x, 'VisibilityConfig', 'CloudWatchMetricsEnabled')) && isGiven(at(x, 'VisibilityConfig', 'MetricName'));
}

function sampled(x: Json): Json {
  return at(x, 'VisibilityConfig', 'SampledRequestsEnabled');
}

/** Certainly not turned on. */
function isOff(value: Json): boolean {
  return !isGiven(value) || isFalse(value);
}

/** Whether the headers with credentials are replaced wherever WAF stores a request. */
function protectsHeaders(r: RenderedResource): boolean {
  const fields = list(at(r.properties.DataProtectionConfig, 'DataProtections'))
    .filter(p => isOneOf(at(p, 'Action'), 'SUBSTITUTION', 'HASH'))
    .filter(p => isOff(at(p, 'ExcludeRuleMatchDetails')) && isOff(at(p, 'ExcludeRateBasedDetails')))
    .map(p => at(p, 'Field'));
  const headers = fields.filter(f => at(f, 'FieldType') === 'SINGLE_HEADER').flatMap(f => list(at(f, 'FieldKeys')));
  // A field type without its names is no protection of everything: WAF refuses the web ACL.
  const nameless = fields.some(f => textOf(at(f, 'FieldType')).startsWith('SINGLE_') && list(at(f, 'FieldKeys')).length === 0);
  return !nameless && SECRET_HEADERS.every(h => headers.includes(h));
}

export const WAF_RULES: Control = {
  id: 'WAF-01',
  title: 'the web firewall has rules, each with one action and a priority of its own',
  prevents: 'a firewall that lets everything through',
  kind: 'floor',
  types: WEB_ACL,
  property: 'Rules',
  mend: 'keep the rules',
  fsbp: ['WAF.10'],
  holds: r => rules(r).length > 0
    && rules(r).every(x => one(at(x, 'Action')) !== one(at(x, 'OverrideAction')) && Number.isInteger(numberOf(at(x, 'Priority'))))
    && new Set(rules(r).map(x => numberOf(at(x, 'Priority')))).size === rules(r).length,
};

export const WAF_METRICS: Control = {
  id: 'WAF-02',
  title: 'the web firewall and each of its rules have metrics',
  prevents: 'rules that nobody sees at work',
  kind: 'floor',
  types: WEB_ACL,
  property: 'VisibilityConfig',
  mend: 'leave the metrics on',
  fsbp: ['WAF.12'],
  holds: r => metered(r.properties) && rules(r).length > 0 && rules(r).every(metered),
};

export const WAF_SAMPLES: Control = {
  id: 'WAF-03',
  title: 'requests are sampled only if the headers with credentials are left out of the samples',
  prevents: 'credentials in samples that everybody with wafv2:GetSampledRequests can read',
  kind: 'floor',
  types: WEB_ACL,
  property: 'VisibilityConfig',
  mend: 'leave the data protection as it is, or turn the samples off',
  nist: ['AU-3(3)'],
  holds: r => {
    const all = [r.properties, ...rules(r)].map(sampled);
    return all.every(x => isTrue(x) || isFalse(x)) && (all.every(isFalse) || protectsHeaders(r));
  },
};

export const WAF_LOGGED: Control = {
  id: 'WAF-04',
  title: 'the web firewall logs every request that it inspects',
  prevents: 'attacks without evidence',
  kind: 'floor',
  types: WEB_ACL,
  property: 'AWS::WAFv2::LoggingConfiguration',
  mend: 'keep the one logging configuration, without a filter: a second one takes its place',
  fsbp: ['WAF.11'],
  nist: NIST.logging,
  pci: ['10.4.2'],
  holds: (r, t) => t.referring('AWS::WAFv2::LoggingConfiguration', 'ResourceArn', r.logicalId)
    .some(isWhole),
  breaks: (r, t) => {
    const all = t.referring('AWS::WAFv2::LoggingConfiguration', 'ResourceArn', r.logicalId);
    const own = all.filter(l => areOfOneStack(l, r)).find(isWhole) ?? all.find(isWhole);
    return own ? all.filter(l => l !== own) : [];
  },
};

export const WAF_LOG_NAME: Control = {
  id: 'WAF-05',
  title: 'the logs go to one log group by a name that WAF accepts',
  prevents: 'a deployment that fails with WAFInvalidParameterException',
  kind: 'floor',
  types: LOGGING,
  property: 'LogDestinationConfigs',
  mend: "give one log group whose name begins with 'aws-waf-logs-', by its ARN without ':*'",
  nist: ['AU-12'],
  holds: (r, t) => {
    const [destination, ...more] = list(r.properties.LogDestinationConfigs);
    const logGroups = t.resourcesOf('AWS::Logs::LogGroup').filter(g => mentions(destination, g.logicalId));
    const bare = isGiven(destination) && functionOf(destination) !== 'Fn::GetAtt' && !textOf(destination).endsWith(':*');
    return more.length === 0 && bare && !isElsewhere(destination, homeOf(r, t)) && (logGroups.length > 0
      ? logGroups.every(g => textOf(g.properties.LogGroupName).startsWith(LOG_GROUP_PREFIX))
      : contains(destination, LOG_GROUP_PREFIX));
  },
};

export const WAF_REDACTED: Control = {
  id: 'WAF-06',
  title: 'credentials in headers are left out of the logs',
  prevents: 'sessions and keys that whoever reads the logs can use',
  kind: 'floor',
  types: LOGGING,
  property: 'RedactedFields',
  mend: `leave ${SECRET_HEADERS.join(', ')} redacted`,
  pci: ['3.3', '3.4', '10.3'],
  holds: r => {
    const names = list(r.properties.RedactedFields).map(f => textOf(at(f, 'SingleHeader', 'Name')).toLowerCase());
    return SECRET_HEADERS.every(h => names.includes(h));
  },
};

export const WAF_DATA_PROTECTION: Control = {
  id: 'WAF-06b',
  title: 'credentials in headers are replaced wherever WAF stores a request',
  prevents: 'sessions and keys in samples, logs and Security Lake',
  kind: 'floor',
  types: WEB_ACL,
  property: 'DataProtectionConfig',
  mend: `leave ${SECRET_HEADERS.join(', ')} protected`,
  pci: ['3.3', '3.4', '10.3'],
  holds: protectsHeaders,
};

export const WAF_MANAGED_GROUPS: Control = {
  id: 'WAF-07',
  title: "AWS's groups against known attackers, known bad inputs, the OWASP Top 10, SQL injection "
    + 'and attacks on Linux inspect every request',
  prevents: 'attacks by known means',
  kind: 'floor',
  types: WEB_ACL,
  property: 'Rules',
  mend: "keep the managed rule groups, in the newest version, and spare addresses by 'allowedCidrs' only",
  pci: ['6.4.2'],
  holds: r => MANAGED_GROUPS.every(({ name }) => rules(r).map(group).some(g => at(g, 'VendorName') === 'AWS' && at(g, 'Name') === name
    && !isGiven(at(g, 'Version')) && looksAtAll(at(g, 'ScopeDownStatement'), name === REPUTATION_GROUP))),
};

function limitsRate(rule: Json): boolean {
  const limit = at(rule, 'Statement', 'RateBasedStatement');
  return isOneOf(at(limit, 'AggregateKeyType'), 'IP') && isRate(at(limit, 'Limit')) && looksAtAll(at(limit, 'ScopeDownStatement'), true);
}

/** What a rule of the firewall is known by, if it is one. */
const OWN_KINDS: ((rule: Json) => boolean)[] = [
  limitsRate, limitsBody, rule => at(rule, 'Name') === DENIED_RULE, rule => mentions(at(rule, 'Statement'), 'IPSetReferenceStatement'),
  rule => isGiven(at(rule, 'Statement', 'RuleGroupReferenceStatement')),
  ...MANAGED_GROUPS.map(({ name }) => (rule: Json) => at(group(rule), 'Name') === name),
];

/** Whether a rule only counts, and none of the firewall is lost by it: a further rule is tried out. */
function isOnTrial(rule: Json, all: readonly Json[]): boolean {
  const counts = (x: Json) => at(x, 'Action', 'Count') !== undefined || at(x, 'OverrideAction', 'Count') !== undefined;
  return counts(rule) && OWN_KINDS.filter(isOfKind => isOfKind(rule)).every(isOfKind => all.some(x => isOfKind(x) && !counts(x)));
}

export const WAF_BLOCKS: Control = {
  id: 'WAF-07b',
  title: 'the rules block, and none of them only counts',
  prevents: 'a firewall that watches attacks succeed',
  kind: 'default',
  types: WEB_ACL,
  property: 'Rules',
  mend: "leave 'rollout' at BLOCK and 'countOnlyRules' empty",
  pci: ['6.4.2'],
  holds: (r, t) => {
    // The limit of the common group counts where a rule of our own sets the same limit and knows the paths for uploads.
    const counts = (override: Json) => !(at(override, 'Name') === COMMON_BODY_RULE && rules(r).some(limitsBody));
    const whole = (of: Json) => !list(at(of, 'RuleActionOverrides')).some(counts) && list(at(of, 'ExcludedRules')).length === 0;
    const rest = rules(r).filter((x, _i, all) => !isOnTrial(x, all));
    return rest.length > 0 && rest.every(x => group(x) === undefined
      ? at(x, 'Action', 'Block') !== undefined || isBlockingGroup(x, t)
      : at(x, 'OverrideAction', 'None') !== undefined && whole(group(x)));
  },
};

export const WAF_BODY_LIMIT: Control = {
  id: 'WAF-07c',
  title: 'requests with a body longer than WAF inspects match a rule',
  prevents: 'an attack that hides behind the first kilobytes of a body',
  kind: 'floor',
  types: WEB_ACL,
  property: 'Rules',
  mend: 'keep the rule that limits the body, and name paths for uploads',
  pci: ['6.4.2'],
  holds: r => rules(r).some(limitsBody),
};

export const WAF_RATE_LIMIT: Control = {
  id: 'WAF-08',
  title: 'each address has a limit of requests',
  prevents: 'floods, and guessing of passwords',
  kind: 'floor',
  types: WEB_ACL,
  property: 'Rules',
  mend: "keep the rate limit, by the address that WAF sees, and spare addresses by 'allowedCidrs' only",
  nist: ['SC-5'],
  holds: r => rules(r).some(limitsRate),
};

export const WAF_DEFAULT_ACTION: Control = {
  id: 'WAF-09',
  title: 'what happens to requests that no rule matches is said',
  prevents: 'a firewall whose default nobody chose',
  kind: 'floor',
  types: WEB_ACL,
  property: 'DefaultAction',
  mend: 'keep the default action',
  nist: ['SC-7(5)'],
  holds: r => one(r.properties.DefaultAction) && ['Allow', 'Block'].some(a => at(r.properties.DefaultAction, a) !== undefined),
};

export const WAF_SCOPE: Control = {
  id: 'WAF-10',
  title: 'the scope of the web firewall is said',
  prevents: 'a firewall that what it must protect cannot use',
  kind: 'floor',
  types: WEB_ACL,
  property: 'Scope',
  mend: 'keep the scope; CLOUDFRONT is for stacks in us-east-1',
  fsbp: ['CloudFront.6'],
  holds: r => isOneOf(r.properties.Scope, REGIONAL.name, CLOUDFRONT.name),
};

export const WAF_CAPACITY: Control = {
  id: 'WAF-11',
  title: 'the rules need 1500 web ACL capacity units or less',
  prevents: 'a charge for each request, and from 5000 units on a deployment that fails',
  kind: 'default',
  types: WEB_ACL,
  property: 'Rules',
  mend: "give fewer 'uploadPaths', and add fewer rules and groups",
  nist: ['SC-5(2)'],
  holds: (r, t) => rules(r).length > 0 && webAclCapacity(rules(r), arn => t.target('AWS::WAFv2::RuleGroup', arn)) <= INCLUDED_CAPACITY,
};
