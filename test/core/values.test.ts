import * as r from '../../src/core/values';

test.each<[any, any[]]>([[undefined, []], [null, []], ['a', ['a']], [['a'], ['a']], [{ Ref: 'A' }, [{ Ref: 'A' }]], [false, [false]]])('list of %j', (value, expected) => {
  expect(r.list(value)).toEqual(expected);
});

test.each<[any, boolean]>([
  [{ Ref: 'Key' }, true],
  [{ 'Fn::GetAtt': ['Key', 'Arn'] }, true],
  [{ 'Fn::GetAtt': 'Key.Arn' }, true],
  [{ 'Fn::Sub': 'x${Key}y' }, true],
  [{ 'Fn::Sub': ['${Key.Arn}', {}] }, true],
  [{ 'Fn::Sub': ['${K}', { K: { Ref: 'Key' } }] }, true],
  [{ 'Fn::Join': ['', ['a', { Ref: 'Key' }]] }, true],
  [[{ a: [{ Ref: 'Key' }] }], true],
  ['Key', false],
  [{ Ref: 'Key2' }, false],
  [{ 'Fn::GetAtt': ['Key2', 'Arn'] }, false],
  [{ 'Fn::Sub': '${Key2} Key' }, false],
  [undefined, false],
  [null, false],
  [1, false],
])('%j mentions Key: %p', (value, expected) => expect(r.mentions(value, 'Key')).toBe(expected));

test('same compares values', () => {
  expect(r.same({ a: [1] }, { a: [1] })).toBe(true);
  expect(r.same({ a: [1] }, { a: [2] })).toBe(false);
  expect(r.same(undefined, undefined)).toBe(true);
});

test('contains looks into joins', () => {
  expect(r.contains({ 'Fn::Join': ['', ['a', 'bcd']] }, 'bc')).toBe(true);
  expect(r.contains(undefined, 'a')).toBe(false);
});

test('a question is asked once about a part', () => {
  let asked = 0;
  const question = r.remembered((part: any) => { asked++; return part.a; });
  const part = { a: undefined };
  expect([question(part), question(part), question({ a: 1 })]).toEqual([undefined, undefined, 1]);
  expect(asked).toBe(2);
});

test('a text with parts that are not known', () => {
  expect([r.textOf('a'), r.textOf({ 'Fn::Join': ['', ['a', { Ref: 'B' }, 'c']] }), r.textOf({ Ref: 'B' }), r.textOf(undefined)]).toEqual(['a', 'a\u0001c', '\u0001', '']);
});

const NO_VALUE = { Ref: 'AWS::NoValue' };

test('AWS::NoValue is nothing', () => {
  expect(r.list(NO_VALUE)).toEqual([]);
  expect(r.list(['a', NO_VALUE])).toEqual(['a']);
  expect([NO_VALUE, undefined, null, ''].map(r.isGiven)).toEqual([false, false, false, false]);
  expect([0, false, 'a', { Ref: 'A' }, []].map(v => r.isGiven(v as r.Json))).toEqual([true, true, true, true, true]);
});

test('a value is found under its names', () => {
  expect(r.at({ A: { 'b.c': [1] } }, 'A', 'b.c')).toEqual([1]);
  expect([r.at({ A: 1 }, 'A', 'B'), r.at(undefined, 'A'), r.at('text', 'length'), r.at([1], '0')]).toEqual([undefined, undefined, undefined, undefined]);
});

test.each<[r.Json, boolean, boolean]>([
  [true, true, false], ['true', true, false], [false, false, true], ['false', false, true],
  [undefined, false, false], ['yes', false, false], [1, false, false], [{ Ref: 'A' }, false, false],
  ['True', true, false], ['FALSE', false, true], ['yes', false, false],
])('%j is true: %p, false: %p', (value, yes, no) => expect([r.isTrue(value), r.isFalse(value)]).toEqual([yes, no]));

test.each<[r.Json, number]>([[7, 7], ['7', 7], ['', NaN], ['x', NaN], [undefined, NaN], [null, NaN], [true, NaN], [{ Ref: 'A' }, NaN]])('%j as a number is %p', (value, expected) => {
  expect(r.numberOf(value)).toBe(expected);
});

test('one of some, certainly or perhaps', () => {
  expect([r.isOneOf('a', 'a', 'b'), r.isOneOf(443, '443'), r.isOneOf('c', 'a'), r.isOneOf({ Ref: 'A' }, 'a'), r.isOneOf(undefined, 'a')]).toEqual([true, true, false, false, false]);
  expect([r.mayBe('a', 'a'), r.mayBe('c', 'a'), r.mayBe({ Ref: 'A' }, 'a'), r.mayBe({ a: 1 }, 'a'), r.mayBe(undefined, 'a')]).toEqual([true, false, true, false, false]);
});

test.each<[r.Json, string | undefined]>([
  [{ Ref: 'A' }, 'Ref'], [{ 'Fn::If': [] }, 'Fn::If'], [{ Ref: 'A', B: 1 }, undefined], [{ A: 1 }, undefined], [{}, undefined], ['a', undefined], [['Ref'], undefined],
])('%j is the result of %p', (value, name) => expect(r.functionOf(value)).toBe(name));

test('a text put together from joins, numbers and substitutions', () => {
  expect(r.textOf({ 'Fn::Join': ['-', ['a', { 'Fn::Join': ['', ['b', { Ref: 'C' }]] }, 1]] })).toBe(`a-b${r.UNKNOWN}-1`);
  expect(r.textOf({ 'Fn::Sub': 'x${A}y${!B}' })).toBe(`x${r.UNKNOWN}y\${B}`);
  expect(r.textOf({ 'Fn::Sub': ['x${A}', { A: 'b' }] })).toBe(`x${r.UNKNOWN}`);
});

test('a variable of a substitution is no reference', () => {
  expect(r.mentions({ 'Fn::Sub': ['${Key}', { Key: 'x' }] }, 'Key')).toBe(false);
  expect([...r.targetsOf([{ Ref: 'A' }, { b: { 'Fn::Sub': '${B.Arn}${AWS::Region}' } }])]).toEqual(['A', 'B', 'AWS::Region']);
});

test('questions about a part are kept apart', () => {
  const [one, other] = [r.remembered((part: any) => part.a), r.remembered((part: any) => part.b)];
  const part = { a: 1, b: 2 };
  expect([one(part), other(part), one(part), other(part)]).toEqual([1, 2, 1, 2]);
});

test('the first answer about what a value refers to comes in the order of its targets', () => {
  const value = { x: ['text', null, { Ref: 'A' }], y: { 'Fn::Sub': '${B.Arn}${C}' } };
  expect([...r.targetsOf(value as any)]).toEqual(['A', 'B', 'C']);
  expect(r.firstOfTargets(value as any, id => id === 'A' ? undefined : `the ${id}`)).toBe('the B');
  expect(r.firstOfTargets(value as any, () => undefined)).toBeUndefined();
});
