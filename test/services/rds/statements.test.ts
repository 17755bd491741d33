import * as statements from '../../../src/services/rds/statements';
import { newStack } from '../../support/prove';

const resolve = (value: unknown) => newStack().resolve(value);
const arn = (service: string, rest: string) => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:`, { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${rest}`]],
});

test('monitoring writes to the one log group that RDS has for it', () => {
  const [statement, ...others] = statements.monitoring().map(s => resolve(s.toStatementJson()));
  expect(others).toEqual([]);
  expect(statement.Effect).toBe('Allow');
  expect(statement.Action).toEqual([
    'logs:CreateLogGroup', 'logs:PutRetentionPolicy', 'logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams', 'logs:GetLogEvents',
  ]);
  expect(statement.Resource).toEqual([arn('logs', 'log-group:RDSOSMetrics'), arn('logs', 'log-group:RDSOSMetrics:*')]);
  expect(statements.MONITORING_WILDCARD).toBe('Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:RDSOSMetrics:*');
});

test('logging in is for one user of one cluster', () => {
  expect(statements.CONNECT).toEqual(['rds-db:connect']);
  expect(resolve(statements.databaseUser('cluster-A', 'app'))).toEqual(arn('rds-db', 'dbuser:cluster-A/app'));
});

test('RDS acts for instances and other resources of this account', () => {
  expect([statements.EVENTS_PUBLISHER, statements.MONITORING]).toEqual(['events.rds.amazonaws.com', 'monitoring.rds.amazonaws.com']);
  expect(resolve(statements.eventSources())).toEqual(arn('rds', '*'));
  expect(resolve(statements.instances())).toEqual(arn('rds', 'db:*'));
});
