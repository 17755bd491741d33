import { MANAGED_GROUPS } from '../../../src/services/waf/facts';
import { rules as webFirewallRules } from '../../../src/services/waf/rules';

const OPTIONS = { blocks: true, rateLimit: 100, bodyLimit: 8192, uploadPaths: [], countOnlyRules: [] };

test('every rule has a name, a priority and a metric of its own', () => {
  const rules = webFirewallRules({ ...OPTIONS, denied: { geoMatchStatement: { countryCodes: ['XX'] } } });
  for (const of of [rules.map(r => r.name), rules.map(r => r.priority), rules.map((r: any) => r.visibilityConfig.metricName)]) {
    expect(new Set(of).size).toBe(rules.length);
  }
  expect(rules).toHaveLength(MANAGED_GROUPS.length + 3);
});

test('no rule allows', () => {
  expect(JSON.stringify(webFirewallRules({ ...OPTIONS, allowed: { geoMatchStatement: { countryCodes: ['XX'] } } }))).not.toContain('"allow"');
});

test('the rule that limits bodies takes the place of that of the common group, and of no other', () => {
  const groups = webFirewallRules(OPTIONS).map((r: any) => r.statement.managedRuleGroupStatement).filter(g => g?.ruleActionOverrides);
  expect(groups.map(g => [g.name, g.ruleActionOverrides])).toEqual([['AWSManagedRulesCommonRuleSet', [{ name: 'SizeRestrictions_BODY', actionToUse: { count: {} } }]]]);
});

test('a rule that counts already is named once', () => {
  const rules = webFirewallRules({ ...OPTIONS, countOnlyRules: ['AWSManagedRulesCommonRuleSet/SizeRestrictions_BODY'] });
  const common: any = rules.find(r => r.name === 'AWSManagedRulesCommonRuleSet')!.statement;
  expect(common.managedRuleGroupStatement.ruleActionOverrides).toHaveLength(1);
});
