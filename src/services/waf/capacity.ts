import { list } from '../../core/values';

/** Capacity of AWS's managed rule groups, in web ACL capacity units. */
const GROUPS: Record<string, number> = {
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
};

/** Capacity that a web ACL needs, by its rendered rules. Infinite where a statement is not known here. */
export function webAclCapacity(rules: any[]): number {
  return sum(rules.map(rule => statement(rule.Statement)));
}

function sum(numbers: number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

function transformations(of: any): number {
  return 10 * list(of.TextTransformations).filter(t => t.Type !== 'NONE').length;
}

function statement(s: any): number {
  const [kind, of] = Object.entries<any>(s ?? {})[0] ?? [];
  switch (kind) {
    case 'ManagedRuleGroupStatement': return (GROUPS[of.Name] ?? Infinity) + (of.ScopeDownStatement ? statement(of.ScopeDownStatement) : 0);
    case 'RateBasedStatement': return 2 + 30 * list(of.CustomKeys).length + (of.ScopeDownStatement ? statement(of.ScopeDownStatement) : 0);
    case 'IPSetReferenceStatement': return 1;
    case 'GeoMatchStatement': return 1;
    case 'LabelMatchStatement': return 1;
    case 'SizeConstraintStatement': return 1 + transformations(of);
    case 'ByteMatchStatement': return (/^CONTAINS/.test(of.PositionalConstraint) ? 10 : 2) + transformations(of);
    case 'NotStatement': return statement(of.Statement);
    case 'AndStatement':
    case 'OrStatement': return sum(list(of.Statements).map(statement));
    default: return Infinity;
  }
}
