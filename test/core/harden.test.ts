import * as sns from 'aws-cdk-lib/aws-sns';
import { harden } from '../../src/core/harden';
import { newStack, render } from '../support/prove';

test('what is given is set, and what is undefined is taken out', () => {
  const stack = newStack();
  const topic = new sns.CfnTopic(stack, 'Topic', { topicName: 'a', displayName: 'b', fifoTopic: true });
  harden(topic, { topicName: 'c', displayName: undefined });
  expect(render(stack).resourcesOf('AWS::SNS::Topic')[0].properties).toEqual({ TopicName: 'c', FifoTopic: true });
});
