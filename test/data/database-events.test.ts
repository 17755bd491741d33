import * as rds from 'aws-cdk-lib/aws-rds';
import { subscribeToEvents } from '../../src/data/database-events';
import { NotificationTopic } from '../../src/foundation/notification-topic';
import { newStack, render } from '../support/prove';

test('subscribes to four kinds of sources, after the topic lets RDS publish', () => {
  const stack = newStack();
  const topic = new NotificationTopic(stack, 'Topic', { emails: ['security@example.com'] });
  subscribeToEvents(stack, topic, {
    cluster: new rds.CfnDBCluster(stack, 'Cluster'),
    instances: [new rds.CfnDBInstance(stack, 'One'), new rds.CfnDBInstance(stack, 'Two')],
    instanceParameters: new rds.CfnDBParameterGroup(stack, 'Parameters', { description: 'x', family: 'aurora-postgresql17' }),
  });
  const template = render(stack);
  const found = template.resourcesOf('AWS::RDS::EventSubscription');
  expect(found.map(s => [s.properties.SourceType, s.properties.EventCategories, s.properties.SourceIds])).toEqual([
    ['db-cluster', ['maintenance', 'failure'], [{ Ref: 'Cluster' }]],
    ['db-instance', ['maintenance', 'configuration change', 'failure'], [{ Ref: 'One' }, { Ref: 'Two' }]],
    ['db-parameter-group', ['configuration change'], [{ Ref: 'Parameters' }]],
    ['db-security-group', ['configuration change', 'failure'], undefined],
  ]);
  const [policy] = template.resourcesOf('AWS::SNS::TopicPolicy');
  expect(found.every(s => s.properties.Enabled === true && s.dependsOn.includes(policy.logicalId))).toBe(true);
});
