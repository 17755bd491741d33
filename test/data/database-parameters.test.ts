import * as rds from 'aws-cdk-lib/aws-rds';
import { clusterParameters, instanceParameters } from '../../src/data/database-parameters';
import * as settings from '../../src/services/rds/settings';
import { newStack, render } from '../support/prove';

function build(own: Record<string, string> = {}) {
  const stack = newStack();
  const group = clusterParameters(stack, 'Parameters', settings.clusterParameters(stack, '17', own));
  new rds.CfnDBCluster(stack, 'Cluster', { dbClusterParameterGroupName: group.ref });
  return stack;
}

test('forces TLS and audits, in the group of the cluster', () => {
  expect(render(build()).resourcesOf('AWS::RDS::DBClusterParameterGroup')[0].properties).toEqual({
    Description: 'TLS only, audited',
    Family: 'aurora-postgresql17',
    Parameters: {
      'rds.force_ssl': '1',
      'ssl_min_protocol_version': 'TLSv1.2',
      'shared_preload_libraries': 'pgaudit,pg_stat_statements',
      'pgaudit.log': 'ddl,role',
      'log_connections': '1',
      'log_disconnections': '1',
      'log_statement': 'none',
      'log_min_error_statement': 'panic',
      'pg_stat_statements.track_utility': '0',
    },
  });
});

test('takes parameters of the caller, stricter ones of ours included', () => {
  const { Parameters } = render(build({ 'work_mem': '65536', 'pgaudit.log': 'all', 'ssl_min_protocol_version': 'TLSv1.3' }))
    .resourcesOf('AWS::RDS::DBClusterParameterGroup')[0].properties;
  expect(Parameters).toMatchObject({ 'work_mem': '65536', 'pgaudit.log': 'all', 'ssl_min_protocol_version': 'TLSv1.3', 'rds.force_ssl': '1' });
});

test.each([
  [{ 'rds.force_ssl': '0' }, /\[Test\/Parameters\] DB-04 does not hold/],
  [{ 'pgaudit.log': 'none' }, /\[Test\/Parameters\] DB-05b does not hold/],
  [{ log_statement: 'ddl' }, /\[Test\/Parameters\] DB-32 does not hold.*'log_statement' is 'ddl'/s],
  [{ log_min_error_statement: 'error' }, /\[Test\/Parameters\] DB-32 does not hold/],
  [{ log_min_duration_statement: '0' }, /\[Test\/Parameters\] DB-32 does not hold/],
  [{ shared_preload_libraries: 'pg_stat_statements' }, /\[Test\/Parameters\] DB-05b does not hold/],
])('refuses %j', (own, message) => {
  expect(() => render(build(own as Record<string, string>))).toThrow(message);
});

test("the instances' group sets nothing, and is kept", () => {
  const stack = newStack();
  instanceParameters(stack, 'Parameters', settings.instanceParameters('17'));
  const [group] = render(stack).resourcesOf('AWS::RDS::DBParameterGroup');
  expect(group.properties).toEqual({ Description: 'As the cluster', Family: 'aurora-postgresql17' });
  expect(group.deletionPolicy).toBe('RetainExceptOnCreate');
});
