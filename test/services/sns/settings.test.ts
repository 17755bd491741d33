import { Token } from 'aws-cdk-lib/core';
import { checkEmails, topic } from '../../../src/services/sns/settings';

const AT = { node: { path: 'Stack/Topic' } };

test('a topic is under its key, and not FIFO', () => {
  expect(topic('arn:key')).toEqual({ kmsMasterKeyId: 'arn:key' });
  expect(Object.keys(topic('arn:key'))).toEqual(expect.arrayContaining(['fifoTopic', 'topicName']));
});

test('checks addresses', () => {
  const token = Token.asString({ Ref: 'Address' });
  expect(() => checkEmails(AT, ['a@example.com', token, token])).not.toThrow();
  expect(() => checkEmails(AT, ['a'])).toThrow("[Stack/Topic] 'emails' has 'a', which is no e-mail address");
  expect(() => checkEmails(AT, ['a@example.com', 'a@example.com'])).toThrow('twice');
  expect(() => checkEmails(AT, Token.asList({ Ref: 'Addresses' }))).toThrow('known only at deployment');
});
