import { RenderedTemplate } from '../../../src/core/template';
import { policiesOf, policiesWith, rolesTo, subscriptionsOf } from '../../../src/services/sns/rendered';

const t = new RenderedTemplate({
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic', Properties: { Subscription: [{ Protocol: 'email', Endpoint: 'a' }] } },
    Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: { Effect: 'Deny' } } } },
    Inline: { Type: 'AWS::SNS::TopicInlinePolicy', Properties: { TopicArn: { Ref: 'Topic' } } },
    Sub: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs' } },
    Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { Ref: 'Topic' }, RoleArn: { Ref: 'A' } }, { Arn: 'arn:x', RoleArn: { Ref: 'B' } }] } },
  },
});
const topic = t.resource('Topic')!;

test('what hangs on a topic', () => {
  expect(policiesOf(topic, t).map(p => p.logicalId)).toEqual(['Policy', 'Inline']);
  expect(policiesWith(topic, t, s => s.Effect === 'Deny').map(p => p.logicalId)).toEqual(['Policy']);
  expect(subscriptionsOf(topic, t).map(s => [s.by.logicalId, s.what.Protocol])).toEqual([['Topic', 'email'], ['Sub', 'sqs']]);
  expect(rolesTo(topic, t)).toEqual([{ Ref: 'A' }]);
});
