import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { logGroup } from '../../../src/services/logs/settings';

const AT = { node: { path: 'Stack/Logs' } };

test('a log group is kept for a year and protected, a disposable one for a week and not', () => {
  expect(logGroup(AT, {})).toEqual({ retentionInDays: 365, deletionProtectionEnabled: true });
  expect(logGroup(AT, { disposable: true })).toEqual({ retentionInDays: 7, deletionProtectionEnabled: false });
  expect(logGroup(AT, { retention: RetentionDays.INFINITE })).toEqual({ deletionProtectionEnabled: true });
});

test('refuses what is no retention', () => {
  expect(() => logGroup(AT, { retention: 2 as RetentionDays })).toThrow("[Stack/Logs] 'retention' is 2: take one of the values of RetentionDays");
});
