import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import { makeLogGroups } from '../../src/data/database-logs';
import { newStack, render } from '../support/prove';

test('makes the log groups of what is exported, before the cluster', () => {
  const stack = newStack();
  const cluster = new rds.CfnDBCluster(stack, 'Cluster');
  const groups = makeLogGroups(stack, cluster, { stem: 'orders', identifier: 'orders-1', pattern: 'orders-*' }, { logRetention: RetentionDays.TWO_YEARS });
  expect(groups.map(g => g.node.id)).toEqual(['Log', 'IamErrorLog']);
  const template = render(stack);
  const rendered = template.resourcesOf('AWS::Logs::LogGroup');
  expect(rendered.map(g => g.properties.LogGroupName)).toEqual(['/aws/rds/cluster/orders-1/postgresql', '/aws/rds/cluster/orders-1/iam-db-auth-error']);
  expect(rendered.map(g => g.properties.RetentionInDays)).toEqual([731, 731]);
  expect(template.resource('Cluster')?.dependsOn).toEqual(rendered.map(g => g.logicalId).sort());
  const policy = JSON.stringify(template.resourcesOf('AWS::KMS::Key')[0].properties.KeyPolicy);
  expect(policy).toContain('log-group:/aws/rds/cluster/orders-*/postgresql');
  expect(policy).not.toContain('orders-1');
});
