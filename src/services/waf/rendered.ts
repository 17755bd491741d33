// How controls read the rules of web ACLs and their logs.
import { CLOUDFRONT, RATES } from './facts';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, functionOf, isGiven, isNoValue, isOneOf, list, numberOf } from '../../core/values';

/** The rules of a web ACL or of a group of rules. */
export function rulesOf(r: RenderedResource): readonly Json[] {
  return list(r.properties.Rules);
}

/** The group of AWS, or of another vendor, that a rule refers to. */
export function groupOf(rule: Json): Json {
  return at(rule, 'Statement', 'ManagedRuleGroupStatement');
}

/** Whether a rule is a group of rules of the app, all of which block. */
export function isBlockingGroup(rule: Json, t: RenderedTemplate): boolean {
  const reference = at(rule, 'Statement', 'RuleGroupReferenceStatement');
  const own = t.target('AWS::WAFv2::RuleGroup', at(reference, 'Arn'));
  return own !== undefined && rulesOf(own).length > 0 && rulesOf(own).every(x => at(x, 'Action', 'Block') !== undefined)
    && at(rule, 'OverrideAction', 'None') !== undefined
    && [...list(at(reference, 'RuleActionOverrides')), ...list(at(reference, 'ExcludedRules'))].length === 0;
}

/** Whether an action lets a request pass all rules that follow, or may. */
function letsPass(action: Json): boolean {
  return functionOf(action) !== undefined || (at(action, 'Allow') !== undefined && !isNoValue(at(action, 'Allow')));
}

/** Whether a rule lets what it matches pass the rules that follow, or may. */
export function isWayPast(rule: Json, t: RenderedTemplate): boolean {
  const reference = at(rule, 'Statement', 'RuleGroupReferenceStatement');
  const own = t.target('AWS::WAFv2::RuleGroup', at(reference, 'Arn'));
  const overrides = [groupOf(rule), reference].flatMap(g => list(at(g, 'RuleActionOverrides'))).map(o => at(o, 'ActionToUse') ?? o);
  return functionOf(rule) !== undefined || [at(rule, 'Action'), ...overrides].some(letsPass)
    || (isGiven(reference) && (own === undefined || rulesOf(own).some(x => isWayPast(x, t))));
}

/** Whether a statement matches addresses of sets of the template and nothing else. */
function isOfAddresses(statement: Json): boolean {
  const either = list(at(statement, 'OrStatement', 'Statements'));
  const set = at(statement, 'IPSetReferenceStatement');
  if (either.length > 0) { return either.every(isOfAddresses); }
  return functionOf(at(set, 'Arn')) === 'Fn::GetAtt' && !isGiven(at(set, 'IPSetForwardedIPConfig'));
}

/**
 * Whether a rule looks at all requests, but for those of the addresses that are passed over.
 *
 * @param maySpare whether there may be such addresses
 */
export function looksAtAll(scopeDown: Json, maySpare: boolean): boolean {
  return !isGiven(scopeDown) || (maySpare && isOfAddresses(at(scopeDown, 'NotStatement', 'Statement')));
}

/** Whether a statement matches all but what begins with certain paths, decoded and normalized. */
function sparesPaths(statement: Json): boolean {
  const spared = at(statement, 'NotStatement', 'Statement');
  const paths = list(at(spared, 'OrStatement', 'Statements') ?? spared);
  return paths.length > 0 && paths.every(s => {
    const path = at(s, 'ByteMatchStatement');
    const types = list(at(path, 'TextTransformations')).map(x => at(x, 'Type'));
    return at(path, 'FieldToMatch', 'UriPath') !== undefined && isOneOf(at(path, 'PositionalConstraint'), 'STARTS_WITH')
      && isGiven(at(path, 'SearchString')) && !isOneOf(at(path, 'SearchString'), '/')
      && ['URL_DECODE', 'NORMALIZE_PATH'].every(type => types.includes(type));
  });
}

/** Whether a rule limits the length of bodies, but for those of the paths for uploads. */
export function limitsBody(rule: Json): boolean {
  const conditions = list(at(rule, 'Statement', 'AndStatement', 'Statements') ?? at(rule, 'Statement'));
  const limits = (statement: Json) => {
    const size = at(statement, 'SizeConstraintStatement');
    return at(size, 'FieldToMatch', 'Body', 'OversizeHandling') === 'MATCH'
      && isOneOf(at(size, 'ComparisonOperator'), 'GT', 'GE') && numberOf(at(size, 'Size')) <= CLOUDFRONT.bodyLimit;
  };
  return conditions.some(limits) && conditions.every(c => limits(c) || sparesPaths(c));
}

/** Whether a value is a limit that WAF takes, or one that only the deployment knows. */
export function isRate(limit: Json): boolean {
  return functionOf(limit) !== undefined || (numberOf(limit) >= RATES.min && numberOf(limit) <= RATES.max);
}

/** Whether a configuration logs every request to one place. */
export function isWhole({ properties: p }: RenderedResource): boolean {
  return list(p.LogDestinationConfigs).length === 1 && p.LoggingFilter === undefined;
}
