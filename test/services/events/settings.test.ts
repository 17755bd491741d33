import { checkMessage, rule } from '../../../src/services/events/settings';

const AT = { node: { path: 'Stack/Notify' } };

test('a rule is on, and writes its pattern as EventBridge does', () => {
  const options = { eventPattern: { source: ['aws.guardduty'], detailType: ['A'] }, topicArn: 'arn:topic', roleArn: 'arn:role' };
  expect(rule(options)).toEqual({
    state: 'ENABLED', eventPattern: { 'source': ['aws.guardduty'], 'detail-type': ['A'] }, targets: [{ id: 'Topic', arn: 'arn:topic', roleArn: 'arn:role' }],
  });
  expect(rule({ ...options, message: '<a>', inputPaths: { a: '$.a' } }).targets).toEqual([
    { id: 'Topic', arn: 'arn:topic', roleArn: 'arn:role', inputTransformer: { inputPathsMap: { a: '$.a' }, inputTemplate: '"<a>"' } },
  ]);
});

test('checks the names in a message', () => {
  expect(() => checkMessage(AT, '<a>', { a: '$.a' })).not.toThrow();
  expect(() => checkMessage(AT, '<b>', { a: '$.a' })).toThrow("[Stack/Notify] 'message' has '<b>'");
  expect(() => checkMessage(AT, undefined, { a: '$.a' })).toThrow("'inputPaths' is given without 'message'");
});
