import { Lazy } from 'aws-cdk-lib/core';
import { checkWindows, checkWord } from '../../../src/services/rds/checks';

const AT = { node: { path: 'Shop/Db' } };

test.each(['orders', 'application', 'users', Lazy.string({ produce: () => 'user' }), undefined])('%s may be a name', name => {
  expect(() => checkWord(AT, 'databaseName', name)).not.toThrow();
});

test.each(['user', 'ORDER', 'table', 'template1', 'rdsadmin'])('%s may not', name => {
  expect(() => checkWord(AT, 'databaseName', name)).toThrow(`[Shop/Db] 'databaseName' is '${name}', which PostgreSQL keeps for itself: take another name`);
});

test.each<[string | undefined, string | undefined]>([
  ['02:00-02:30', 'sun:03:00-sun:03:30'],
  ['23:45-00:15', 'sun:00:15-sun:01:00'],
  ['02:00-03:00', 'sun:03:00-mon:02:00'],
  ['03:00-04:00', undefined],
  [undefined, 'sun:23:30-mon:00:30'],
  [Lazy.string({ produce: () => '02:00-03:00' }), 'sun:02:00-sun:03:00'],
])('backups at %s and maintenance at %s are fine', (preferredBackupWindow, preferredMaintenanceWindow) => {
  expect(() => checkWindows(AT, { preferredBackupWindow, preferredMaintenanceWindow })).not.toThrow();
});

test.each<[string | undefined, string | undefined, string]>([
  ['2:00-3:00', undefined, "'preferredBackupWindow' is '2:00-3:00': write it as 'hh:mm-hh:mm'"],
  ['02:00-02:29', undefined, "'preferredBackupWindow' is '02:00-02:29', of 29 minutes: RDS takes 30 minutes or more"],
  ['02:00-02:00', undefined, 'of 0 minutes'],
  [undefined, 'sun:03:00-sun:03:10', "'preferredMaintenanceWindow' is 'sun:03:00-sun:03:10', of 10 minutes"],
  [undefined, 'sun:03:00-tue:03:00', 'of more than a day'],
  ['02:00-03:00', 'sun:02:59-sun:03:59', 'which overlap: RDS refuses that'],
  ['23:30-00:30', 'mon:00:00-mon:01:00', 'which overlap'],
  ['23:30-00:30', 'Sun:23:00-Mon:00:00', 'which overlap'],
  ['00:00-01:00', 'sun:23:00-mon:00:30', 'which overlap'],
])('backups at %s and maintenance at %s are refused', (preferredBackupWindow, preferredMaintenanceWindow, message) => {
  expect(() => checkWindows(AT, { preferredBackupWindow, preferredMaintenanceWindow })).toThrow(message);
});
