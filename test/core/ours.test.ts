import { ADMITTED, isAdmitted, isExpected, spelled } from '../../src/core/ours';
import { homeOf } from '../../src/core/ownership';
import { RenderedTemplate } from '../../src/core/template';

const t = new RenderedTemplate({
  Resources: {
    Role: { Type: 'AWS::IAM::Role' },
    Topic: { Type: 'AWS::SNS::Topic', Metadata: { [ADMITTED]: ['444455556666', 'arn:aws:iam::777788889999:role/Reader', { 'Fn::ImportValue': 'x' }] } },
  },
}, '111122223333');
const [topic, role] = [t.resource('Topic')!, t.resource('Role')!];

test.each<[string, any, boolean]>([
  ['its ARN', 'arn:aws:iam::777788889999:role/Reader', true],
  ['its account', 'arn:aws:iam::444455556666:root', true],
  ['the number of its account', '444455556666', true],
  ['the same value', { 'Fn::ImportValue': 'x' }, true],
  ['another role of the same account', 'arn:aws:iam::777788889999:role/Other', false],
])('one is admitted by %s', (_name, value, admitted) => {
  expect(isAdmitted(value, topic)).toBe(admitted);
  expect(isExpected(value, topic, homeOf(topic, t))).toBe(admitted);
  expect(isAdmitted(value, role)).toBe(false);
});

test('what is ours is expected', () => {
  expect(isExpected({ 'Fn::GetAtt': ['Role', 'Arn'] }, topic, homeOf(topic, t))).toBe(true);
  expect(isExpected('arn:aws:iam::111122223333:role/A', topic, homeOf(topic, t))).toBe(true);
  expect(isExpected('*', topic, homeOf(topic, t))).toBe(false);
});

test('references keep their names in a text', () => {
  expect(spelled({ 'Fn::Sub': 'a${!b}${Role.Arn}' })).toBe('a${b}\u0002Role.Arn\u0003');
  expect(spelled({ 'Fn::Sub': ['${A}b', { A: 'a' }] })).toBe('ab');
  expect(spelled({ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }]] })).toBe('a-\u0002AWS/Region\u0003');
  expect(spelled({ 'Fn::Select': [0, { 'Fn::Split': ['/', { 'Fn::GetAtt': 'Role.Arn' }] }] })).toBe('\u0002Role.part\u0003');
  expect(spelled({ 'Fn::Select': [0, { 'Fn::Split': ['/', { 'Fn::ImportValue': 'x' }] }] })).toBe('\u0001');
  expect(spelled({ 'Fn::Unknown': 'P' })).toBe('\u0001');
  expect(spelled('{{resolve:ssm:/a}}')).toBe('\u0001');
  expect(spelled({ Ref: 'Role' })).not.toBe(spelled({ Ref: 'Topic' }));
  expect([spelled(1), spelled(true), spelled(null)]).toEqual(['1', 'true', '']);
});
