import { KEEPERS, MANAGEMENT, ONE_IN_A_REGION } from '../../../src/services/general/facts';

test('actions are named in full, each of one service', () => {
  for (const [type, actions] of Object.entries(MANAGEMENT)) {
    expect(actions.every(a => /^[a-z]+:[A-Z][A-Za-z]+$/.test(a))).toBe(true);
    // RDS keeps the master secret of a cluster with Secrets Manager
    expect([...new Set(actions.map(a => a.split(':')[0]))]).toEqual(type === 'AWS::RDS::DBCluster' ? ['rds', 'secretsmanager'] : [expect.any(String)]);
  }
  expect(Object.keys(MANAGEMENT)).toEqual(expect.arrayContaining(ONE_IN_A_REGION));
  expect(Object.keys(MANAGEMENT)).toEqual(expect.arrayContaining(Object.keys(KEEPERS)));
});
