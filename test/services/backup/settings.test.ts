import * as events from 'aws-cdk-lib/aws-events';
import { Duration, Lazy } from 'aws-cdk-lib/core';
import * as settings from '../../../src/services/backup/settings';

const AT = { node: { path: 'Stack/Backup' } };
const token = (unit: 'days' | 'hours', value = 40) => Duration[unit](Lazy.number({ produce: () => value }));
const kept = (lock: settings.Lock, disposable = false) => settings.vault(AT, { lock: { _lock: lock }, disposable }).lockConfiguration;

describe('a lock', () => {
  const compliant = { changeableFor: Duration.days(30), acknowledgeImmutable: true };

  test('that can be lifted keeps backups from a week to a year, and never becomes immutable', () => {
    expect(kept(settings.governance({}))).toStrictEqual({ minRetentionDays: 7, maxRetentionDays: 365 });
    expect(kept(settings.governance({ minRetention: Duration.days(1), maxRetention: Duration.days(36500) })))
      .toEqual({ minRetentionDays: 1, maxRetentionDays: 36500 });
  });

  test('that cannot has the time after which it is immutable', () => {
    expect(kept(settings.compliance(compliant))).toEqual({ minRetentionDays: 7, maxRetentionDays: 365, changeableForDays: 30 });
  });

  test('is there unless nothing is locked, or all may be thrown away', () => {
    expect(settings.vault(AT, { disposable: false }).lockConfiguration).toEqual({ minRetentionDays: 7, maxRetentionDays: 365 });
    expect(settings.vault(AT, { disposable: true })).toStrictEqual({ lockConfiguration: undefined });
    expect(kept(settings.unlocked())).toBeUndefined();
    expect(kept(settings.governance({}), true)).toEqual({ minRetentionDays: 7, maxRetentionDays: 365 });
  });

  test.each<[string, () => settings.Lock, string]>([
    ['a minimum of nothing', () => settings.governance({ minRetention: Duration.days(0) }), "'minRetention' must be a whole number from 1 to 36500 days, got 0"],
    ['a minimum of half a day', () => settings.governance({ minRetention: Duration.hours(36) }), "'minRetention' must be a whole number from 1 to 36500 days, got 1.5"],
    ['a maximum of more than AWS can', () => settings.governance({ maxRetention: Duration.days(36501) }), "'maxRetention' must be a whole number from 1 to 36500 days, got 36501"],
    ['a maximum below the minimum', () => settings.governance({ maxRetention: Duration.days(5) }), "'minRetention' of the lock is 7 days, more than 'maxRetention' of 5 days"],
    ['a token in hours', () => settings.governance({ minRetention: token('hours') }), "'minRetention' is a token in hours, which can't be converted: make it with Duration.days()"],
    ['what is immutable at once', () => settings.compliance({ ...compliant, changeableFor: Duration.days(2) }), "'changeableFor' must be a whole number from 3 to 36500 days, got 2"],
    ['what does not say when', () => settings.compliance({ acknowledgeImmutable: true } as any), "'changeableFor' is missing: say for how long the lock can still be lifted"],
    ['what is immutable by mistake', () => settings.compliance({ ...compliant, acknowledgeImmutable: 'true' as any }), "'acknowledgeImmutable' is true: a compliance lock"],
  ])('refuses %s', (_name, lock, message) => {
    expect(() => kept(lock())).toThrow(`[Stack/Backup] ${message}`);
  });

  test('that becomes immutable is refused where all may be thrown away', () => {
    expect(() => kept(settings.compliance(compliant), true)).toThrow("[Stack/Backup] 'lock' is a compliance lock in a disposable scope");
  });
});

test('a vault has a name that AWS Backup takes', () => {
  expect(() => settings.vault(AT, { backupVaultName: 'Shop_vault-1', disposable: false })).not.toThrow();
  expect(() => settings.vault(AT, { backupVaultName: 'my vault', disposable: false })).toThrow("[Stack/Backup] 'backupVaultName' is 'my vault': use 2 to 50 letters");
});

describe('the rules of the plans', () => {
  const context = { lock: { minRetentionDays: 7, maxRetentionDays: 365 }, disposable: false, capable: true };
  const at = (hour: string) => events.Schedule.cron({ hour, minute: '0' });

  test('by default: daily at 05:00, kept for 35 days, and continuously, seen to at 03:00', () => {
    const windows = { scheduleExpressionTimezone: 'Etc/UTC', startWindowMinutes: 60, completionWindowMinutes: 720, lifecycle: { deleteAfterDays: 35 } };
    expect(settings.rules(AT, {}, context)).toStrictEqual({
      daily: { ...windows, ruleName: 'Daily', scheduleExpression: 'cron(0 5 * * ? *)' },
      continuous: { ...windows, ruleName: 'Continuous', scheduleExpression: 'cron(0 3 * * ? *)', enableContinuousBackup: true },
    });
  });

  test('in a disposable scope: daily, kept for a week, and continuously only if that is asked for', () => {
    const { daily, continuous } = settings.rules(AT, {}, { ...context, disposable: true });
    expect([daily.lifecycle, continuous]).toEqual([{ deleteAfterDays: 7 }, undefined]);
    expect(settings.rules(AT, { continuous: true }, { ...context, disposable: true }).continuous).toBeDefined();
  });

  test('are not continuous where nothing can be, or nobody wants it', () => {
    expect(settings.rules(AT, {}, { ...context, capable: false }).continuous).toBeUndefined();
    expect(settings.rules(AT, { continuous: false }, context).continuous).toBeUndefined();
  });

  test('are what is asked for', () => {
    const { daily, continuous } = settings.rules(AT, {
      schedule: at('1'),
      continuousSchedule: at('2'),
      dailyRetention: Duration.days(90),
      continuousRetention: Duration.days(10),
      startWindow: Duration.hours(2),
      completionWindow: Duration.hours(3),
    }, context);
    expect(daily).toMatchObject({ scheduleExpression: 'cron(0 1 * * ? *)', startWindowMinutes: 120, completionWindowMinutes: 180, lifecycle: { deleteAfterDays: 90 } });
    expect(continuous).toMatchObject({ scheduleExpression: 'cron(0 2 * * ? *)', lifecycle: { deleteAfterDays: 10 } });
  });

  test('take tokens, which fit any lock', () => {
    const lock = { minRetentionDays: 50, maxRetentionDays: Lazy.number({ produce: () => 10 }) };
    expect(() => settings.rules(AT, { dailyRetention: token('days'), continuousRetention: token('days') }, { ...context, lock })).not.toThrow();
    expect(() => settings.rules(AT, { dailyRetention: Duration.days(60), continuous: false }, { ...context, lock })).not.toThrow();
  });

  test.each<[string, settings.PlanOptions, settings.LockConfiguration, string]>([
    ['less than the lock wants', {}, { minRetentionDays: 40 }, "'dailyRetention' is 35 days, less than 'minRetention' of the lock, 40 days"],
    ['more than the lock allows', { dailyRetention: Duration.days(36) }, { minRetentionDays: 1, maxRetentionDays: 35 },
      "'dailyRetention' is 36 days, more than 'maxRetention' of the lock, 35 days"],
    ['less than the lock wants of continuous backups', { dailyRetention: Duration.days(60) }, { minRetentionDays: 50 },
      "'continuousRetention' is 35 days, less than 'minRetention' of the lock, 50 days"],
    ['more than continuous backups can', { continuousRetention: Duration.days(36) }, undefined, "'continuousRetention' must be a whole number from 1 to 35 days, got 36"],
    ['a time for ever', { dailyRetention: Duration.days(36501) }, undefined, "'dailyRetention' must be a whole number from 1 to 36500 days, got 36501"],
    ['too short a start', { startWindow: Duration.minutes(59) }, undefined, "'startWindow' must be a whole number from 60 to 525600 minutes, got 59"],
    ['too short an end', { completionWindow: Duration.hours(1) }, undefined, "'completionWindow' is 60 minutes, not more than 'startWindow' of 60 minutes"],
    ['a token in hours', { startWindow: token('hours') }, undefined, "'startWindow' is a token in hours"],
    ['one time for both', { schedule: at('3') }, undefined, "'schedule' and 'continuousSchedule' are both 'cron(0 3 * * ? *)'"],
  ])('refuse %s', (_name, options, lock, message) => {
    expect(() => settings.rules(AT, options, { ...context, lock })).toThrow(`[Stack/Backup] ${message}`);
  });
});

test('a selection names ARNs, or asks for a tag', () => {
  expect(settings.named('Resources', ['a', 'b'])).toEqual({ selectionName: 'Resources', resources: ['a', 'b'] });
  expect(settings.tagged('Tag0', 'backup', 'daily')).toEqual({
    selectionName: 'Tag0', resources: ['*'], conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'daily' }] },
  });
});

test('failures are read from the state or the status, and expired backups that are removed do not count', () => {
  const pattern = settings.failures();
  expect(pattern.detail).toEqual({ $or: ['state', 'status'].map(field => ({ [field]: ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'] })) });
  expect(JSON.stringify(pattern)).not.toContain('"DELETED"');
});

test('tampering is about one vault and its plans', () => {
  const alternatives: any[] = settings.tampering('v', ['p1', 'p2']).detail!.$or;
  expect(alternatives.map(a => a.requestParameters)).toEqual([{ backupVaultName: ['v'] }, { backupPlanId: ['p1', 'p2'] }]);
  for (const { eventSource, eventName } of alternatives) {
    expect(eventSource).toEqual(['backup.amazonaws.com']);
    expect(eventName).toEqual(expect.arrayContaining(['DeleteRecoveryPoint', 'DeleteBackupVaultLockConfiguration', 'DeleteBackupSelection']));
  }
});
