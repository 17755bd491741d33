import * as facts from '../../../src/services/backup/facts';
import * as allow from '../../../src/services/backup/role-statements';

const ARN = 'arn:aws:x:eu-west-1:111122223333:thing/one';

test('each table has every entry once', () => {
  for (const table of Object.values(facts)) { expect(new Set(table).size).toBe(table.length); }
});

test.each([
  ['cluster', allow.cluster, 'rds:ModifyDBCluster', true],
  ['bucket', allow.bucket, 's3:PutInventoryConfiguration', true],
  ['table', allow.table, 'dynamodb:StartAwsBackupJob', false],
  ['volume', allow.volume, 'ec2:CreateSnapshot', false],
  ['file system', allow.fileSystem, 'elasticfilesystem:Backup', false],
])('what tells that a %s is backed up is allowed on its own ARN', (_name, statements, action, continuous) => {
  expect(facts.BACKS_UP).toContain(action);
  expect(facts.BACKS_UP_CONTINUOUSLY.includes(action)).toBe(continuous);
  const named = statements(ARN).filter(s => s.actions.some(a => facts.BACKS_UP.includes(a))).flatMap(s => s.resources).filter(r => !r.includes('*'));
  expect(named).toEqual([ARN]);
});
