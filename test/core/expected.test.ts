import { ADMITTED, isAdmitted, isExpected } from '../../src/core/expected';
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
