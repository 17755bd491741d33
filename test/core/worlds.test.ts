import { RenderedTemplate } from '../../src/core/template';
import type { JsonObject } from '../../src/core/values';
import { hasChoices, MOST_WORLDS, worldsOf } from '../../src/core/worlds';

const bucket = (Properties: JsonObject, more: JsonObject = {}) => ({ Type: 'AWS::S3::Bucket', Properties, ...more });
const template = (Properties: JsonObject, more: JsonObject = {}): JsonObject => ({ Resources: { Bucket: bucket(Properties) }, ...more });
const valuesOf = (t: JsonObject) => worldsOf(t)!.map(w => (w.Resources as any).Bucket?.Properties?.V);
const EQUALS = { A: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] }, B: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws'] } };

test('a template without choices is its own world', () => {
  expect(worldsOf(template({ V: 1 }))).toEqual([template({ V: 1 })]);
  expect(hasChoices(JSON.stringify(template({ V: 1, Statement: { Condition: { Bool: {} } } })), new RenderedTemplate({}))).toBe(false);
});

test.each<[string, JsonObject, JsonObject, unknown[]]>([
  ['Fn::If', { V: { 'Fn::If': ['A', 1, 2] } }, { Conditions: EQUALS }, [1, 2]],
  ['Fn::If in Fn::If', { V: { 'Fn::If': ['A', { 'Fn::If': ['B', 1, 2] }, 3] } }, { Conditions: EQUALS }, [1, 2, 3, 3]],
  ['one condition and its contrary', { V: { 'Fn::If': ['A', { 'Fn::If': ['N', 1, 2] }, 3] } }, { Conditions: { ...EQUALS, N: { 'Fn::Not': [{ Condition: 'A' }] } } }, [2, 3]],
  ['And and Or', { V: { 'Fn::If': ['O', 1, 2] } }, { Conditions: { ...EQUALS, O: { 'Fn::Or': [{ Condition: 'A' }, { 'Fn::And': [{ Condition: 'A' }, { Condition: 'B' }] }] } } }, [1, 1, 2, 2]],
  ['AWS::NoValue', { V: { 'Fn::If': ['A', { Ref: 'AWS::NoValue' }, 2] } }, { Conditions: EQUALS }, [undefined, 2]],
  ['AWS::NoValue in a list', { V: [1, { Ref: 'AWS::NoValue' }] }, {}, [[1]]],
  ['AllowedValues', { V: { Ref: 'P' } }, { Parameters: { P: { AllowedValues: ['a', 'b'], Default: 'a' } } }, ['a', 'b']],
  ['a parameter, whose default bounds nothing', { V: { Ref: 'P' } }, { Parameters: { P: { Default: 'a' } } }, [{ 'Fn::Unknown': 'P' }]],
  ['a condition on a chosen parameter', { V: { 'Fn::If': ['C', { Ref: 'P' }, 'no'] } }, { Parameters: { P: { AllowedValues: ['a', 'b'] } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] } } }, ['a', 'no']],
  ['a mapping with keys that are written out', { V: { 'Fn::FindInMap': ['M', 'x', 'y'] } }, { Mappings: { M: { x: { y: 7 } } } }, [7]],
  ['a mapping by region', { V: { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'y'] } }, { Mappings: { M: { a: { y: 7 }, b: { y: 8 }, c: { y: 8 } } } }, [7, 8]],
])('%s', (_name, properties, more, expected) => expect(valuesOf(template(properties, more))).toEqual(expected));

test('a resource under a condition is there in some worlds', () => {
  const t: JsonObject = { Resources: { Bucket: bucket({ V: 1 }, { Condition: 'A' }) }, Conditions: EQUALS };
  expect(valuesOf(t)).toEqual([1, undefined]);
  expect(worldsOf(t)!.map(w => Object.keys(w.Resources as object))).toEqual([['Bucket'], []]);
});

test('the condition of what the CDK adds for itself is no choice', () => {
  const metadata = { Type: 'AWS::CDK::Metadata', Condition: 'A' };
  expect(worldsOf({ Resources: { Bucket: bucket({ V: 1 }), CDKMetadata: metadata }, Conditions: EQUALS })).toHaveLength(1);
});

test('too many worlds are none', () => {
  const names = Array.from({ length: 9 }, (_, i) => `C${i}`);
  const Conditions = Object.fromEntries(names.map(n => [n, { 'Fn::Equals': [{ Ref: 'AWS::Region' }, n] }]));
  const t = template(Object.fromEntries(names.map(n => [n, { 'Fn::If': [n, 1, 2] }])), { Conditions });
  expect(2 ** names.length).toBeGreaterThan(MOST_WORLDS);
  expect(worldsOf(t)).toBeUndefined();
});

test('a mapping of many entries is unknown', () => {
  const M = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`r${i}`, { y: i }]));
  expect(valuesOf(template({ V: { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'y'] } }, { Mappings: { M } }))).toEqual([{ 'Fn::Unknown': expect.any(String) }]);
});
