import { webAclCapacity } from '../../../src/services/waf/capacity';

const capacity = (statement: any) => webAclCapacity([{ Statement: statement }]);
const group = (name: string, more = {}) => ({ ManagedRuleGroupStatement: { VendorName: 'AWS', Name: name, ...more } });
const IP_SET = { IPSetReferenceStatement: { Arn: 'arn' } };
const path = (transformations: string[], constraint = 'STARTS_WITH') => ({
  ByteMatchStatement: { PositionalConstraint: constraint, TextTransformations: transformations.map((Type, Priority) => ({ Type, Priority })) },
});

test('no rules need no capacity', () => expect(webAclCapacity([])).toBe(0));

test('the baseline of managed groups needs 1425', () => {
  const names = ['AmazonIpReputationList', 'KnownBadInputsRuleSet', 'CommonRuleSet', 'SQLiRuleSet', 'LinuxRuleSet', 'UnixRuleSet'];
  expect(webAclCapacity(names.map(n => ({ Statement: group(`AWSManagedRules${n}`) })))).toBe(1425);
});

test.each([
  ['an IP set', IP_SET, 1],
  ['a country', { GeoMatchStatement: {} }, 1],
  ['a label', { LabelMatchStatement: {} }, 1],
  ['a size', { SizeConstraintStatement: { TextTransformations: [{ Type: 'NONE' }] } }, 1],
  ['a size after a transformation', { SizeConstraintStatement: { TextTransformations: [{ Type: 'LOWERCASE' }] } }, 11],
  ['a prefix', path(['NONE']), 2],
  ['a prefix after two transformations', path(['URL_DECODE', 'NORMALIZE_PATH']), 22],
  ['a part', path([], 'CONTAINS'), 10],
  ['a rate', { RateBasedStatement: {} }, 2],
  ['a rate by two keys', { RateBasedStatement: { CustomKeys: [{}, {}] } }, 62],
  ['a rate of some requests', { RateBasedStatement: { ScopeDownStatement: { NotStatement: { Statement: { OrStatement: { Statements: [IP_SET, IP_SET] } } } } } }, 4],
  ['a group for some requests', group('AWSManagedRulesUnixRuleSet', { ScopeDownStatement: { NotStatement: { Statement: IP_SET } } }), 101],
  ['both', { AndStatement: { Statements: [IP_SET, path([])] } }, 3],
])('%s', (_name, statement, expected) => expect(capacity(statement)).toBe(expected));

test.each([['a group', group('SomeOtherGroup')], ['a statement', { NewStatement: {} }], ['nothing', undefined]])(
  '%s that is not known is not counted as small', (_name, statement) => expect(capacity(statement)).toBe(Infinity));
