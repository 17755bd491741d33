import * as facts from '../../../src/services/rds/facts';

test('the usual ports are those of the engines of RDS: SQL Server, Oracle, MySQL and PostgreSQL', () => {
  expect(facts.USUAL_PORTS).toEqual([1433, 1521, 3306, 5432]);
});

test('names are in small letters, as they are compared without regard to case', () => {
  expect(facts.USUAL_MASTER_NAMES.filter(n => n !== n.toLowerCase())).toEqual([]);
});

test('no authority has expired', () => {
  expect(facts.CURRENT_AUTHORITIES).not.toContain('rds-ca-2019');
});

test('the events are those of Security Hub', () => {
  expect(facts.EVENTS).toEqual({
    'db-cluster': ['maintenance', 'failure'],
    'db-instance': ['maintenance', 'configuration change', 'failure'],
    'db-parameter-group': ['configuration change'],
    'db-security-group': ['configuration change', 'failure'],
  });
});

test('a log group is named after cluster and log', () => {
  expect(facts.logGroupName('orders', 'postgresql')).toBe('/aws/rds/cluster/orders/postgresql');
});
