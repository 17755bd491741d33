import type { JsonObject } from '../../../src/core/values';
import { limitsBody, looksAtAll } from '../../../src/services/waf/rendered';

const set = (id: string, more: JsonObject = {}) => ({ IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [id, 'Arn'] }, ...more } });
const not = (Statement: JsonObject) => ({ NotStatement: { Statement } });

test('a rule looks at all requests but for those of sets of addresses', () => {
  expect(looksAtAll(undefined, false)).toBe(true);
  expect(looksAtAll(not(set('A')), true)).toBe(true);
  expect(looksAtAll(not({ OrStatement: { Statements: [set('A'), set('B')] } }), true)).toBe(true);
});

test.each<[string, JsonObject, boolean]>([
  ['nobody may be spared', not(set('A')), false],
  ['only the sets are looked at', set('A'), true],
  ['one country is looked at', { GeoMatchStatement: { CountryCodes: ['NL'] } }, true],
  ['one country is spared', not({ GeoMatchStatement: { CountryCodes: ['NL'] } }), true],
  ['a header says the address', not(set('A', { IPSetForwardedIPConfig: { HeaderName: 'X-Forwarded-For' } })), true],
  ['the set is of somebody', not({ IPSetReferenceStatement: { Arn: 'arn:aws:wafv2:x' } }), true],
])('not when %s', (_name, scopeDown, maySpare) => expect(looksAtAll(scopeDown, maySpare)).toBe(false));

const tooLong = { SizeConstraintStatement: { FieldToMatch: { Body: { OversizeHandling: 'MATCH' } }, ComparisonOperator: 'GT', Size: 8192 } };
const path = (changes: JsonObject = {}) => ({
  ByteMatchStatement: {
    FieldToMatch: { UriPath: {} },
    PositionalConstraint: 'STARTS_WITH',
    SearchString: '/uploads/',
    TextTransformations: [{ Priority: 0, Type: 'URL_DECODE' }, { Priority: 1, Type: 'NORMALIZE_PATH' }],
    ...changes,
  },
});
const both = (...Statements: JsonObject[]) => ({ Statement: { AndStatement: { Statements } } });

test('bodies are limited everywhere but at paths for uploads', () => {
  expect(limitsBody({ Statement: tooLong })).toBe(true);
  expect(limitsBody(both(tooLong, not(path())))).toBe(true);
  expect(limitsBody(both(tooLong, not({ OrStatement: { Statements: [path(), path()] } })))).toBe(true);
});

test.each<[string, JsonObject]>([
  ['only in one country', { GeoMatchStatement: {} }],
  ['only at one path', path()],
  ['not where the path begins with /', not(path({ SearchString: '/' }))],
  ['not where the path has it somewhere', not(path({ PositionalConstraint: 'CONTAINS' }))],
  ['not where the path may be written otherwise', not(path({ TextTransformations: [{ Priority: 0, Type: 'NONE' }] }))],
  ['not with a header', not(path({ FieldToMatch: { SingleHeader: { Name: 'x' } } }))],
])('%s is no limit', (_name, statement) => expect(limitsBody(both(tooLong, statement))).toBe(false));
