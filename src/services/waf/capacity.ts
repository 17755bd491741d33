// How much of a web ACL its rules take up.
import { FURTHER_GROUPS, MANAGED_GROUPS } from './facts';
import type { RenderedResource } from '../../core/template';
import type { Json } from '../../core/values';
import { at, entries, list, numberOf, textOf } from '../../core/values';

/**
 * Capacity that a web ACL needs, by its rendered rules. Infinite where a statement is not known here.
 *
 * @param groupOf finds a rule group that was made beside it, which says its capacity itself
 */
export function webAclCapacity(rules: readonly Json[], groupOf: (arn: Json) => RenderedResource | undefined = () => undefined): number {
  return sum(rules.map(rule => {
    const own = groupOf(at(rule, 'Statement', 'RuleGroupReferenceStatement', 'Arn'));
    return own ? numberOf(own.properties.Capacity) : statement(at(rule, 'Statement'));
  }));
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function transformations(of: Json): number {
  return 10 * list(at(of, 'TextTransformations')).filter(t => at(t, 'Type') !== 'NONE').length;
}

/** What the requests that a statement looks at take up, if they are chosen by another. */
function scopeDown(of: Json): number {
  const chosen = at(of, 'ScopeDownStatement');
  return chosen === undefined ? 0 : statement(chosen);
}

function group(of: Json): number {
  return [...MANAGED_GROUPS, ...FURTHER_GROUPS].find(g => g.name === at(of, 'Name'))?.capacity ?? Infinity;
}

/** Capacity of each kind of statement. */
const KINDS = new Map<string, (of: Json) => number>([
  ['ManagedRuleGroupStatement', of => group(of) + scopeDown(of)],
  ['RateBasedStatement', of => 2 + 30 * list(at(of, 'CustomKeys')).length + scopeDown(of)],
  ['IPSetReferenceStatement', () => 1],
  ['GeoMatchStatement', () => 1],
  ['LabelMatchStatement', () => 1],
  ['SizeConstraintStatement', of => 1 + transformations(of)],
  ['ByteMatchStatement', of => (/^CONTAINS/.test(textOf(at(of, 'PositionalConstraint'))) ? 10 : 2) + transformations(of)],
  ['NotStatement', of => statement(at(of, 'Statement'))],
  ['AndStatement', of => sum(list(at(of, 'Statements')).map(statement))],
  ['OrStatement', of => sum(list(at(of, 'Statements')).map(statement))],
]);

function statement(s: Json): number {
  const [kind, of] = entries(s)[0] ?? [];
  return KINDS.get(kind ?? '')?.(of) ?? Infinity;
}
