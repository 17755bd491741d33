import { topic } from '../../../src/services/sns/settings';

test('a topic is under its key, and not FIFO', () => {
  expect(topic('arn:key')).toEqual({ kmsMasterKeyId: 'arn:key' });
  expect(Object.keys(topic('arn:key'))).toEqual(expect.arrayContaining(['fifoTopic', 'topicName']));
});
