import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Duration, Lazy } from 'aws-cdk-lib/core';
import { validateDatabase } from '../../src/data/database-validation';
import { newStack } from '../support/prove';
import { newVpc } from '../support/vpc';

const R7G = ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE);

function validate(props: object): void {
  const stack = newStack();
  validateDatabase(stack, { vpc: newVpc(stack), ...props });
}

test.each([
  [{ engineVersion: '17.4' }, "'engineVersion' is '17.4': give the major version only"],
  [{ databaseName: '1app' }, "'databaseName' is '1app': begin with a letter"],
  [{ masterUsername: 'postgres' }, "'masterUsername' is 'postgres': take another name"],
  [{ masterUsername: 'Admin' }, "'masterUsername' is 'Admin': take another name"],
  [{ masterUsername: 'db-admin' }, "'masterUsername' is 'db-admin'"],
  [{ port: 80 }, "'port' must be a whole number from 1150 to 65535 for Aurora, got 80"],
  [{ port: 5432 }, "'port' is 5432, which every scan tries"],
  [{ instances: 0 }, "'instances' must be a whole number from 1 to 16 instances, got 0"],
  [{ backupRetention: Duration.days(36) }, "'backupRetention' must be a whole number from 1 to 35 days, got 36"],
  [{ backupRetention: Duration.hours(36) }, "'backupRetention' must be a whole number from 1 to 35 days, got 1.5"],
  [{ preferredBackupWindow: '2-3' }, "'preferredBackupWindow' is '2-3': write it as 'hh:mm-hh:mm'"],
  [{ preferredBackupWindow: '25:00-26:00' }, "'preferredBackupWindow' is '25:00-26:00'"],
  [{ preferredMaintenanceWindow: '03:00-04:00' }, "'preferredMaintenanceWindow' is '03:00-04:00': write it as 'ddd:hh:mm-ddd:hh:mm'"],
  [{ serverlessCapacity: { minCapacity: 0, maxCapacity: 4 } }, "'minCapacity' of 'serverlessCapacity' is 0: take a number from 0.5 to 256 in steps of 0.5"],
  [{ serverlessCapacity: { minCapacity: 2, maxCapacity: 1 } }, "'maxCapacity' of 'serverlessCapacity' is 1: take a number from 2 to 256"],
  [{ serverlessCapacity: { minCapacity: 2.3, maxCapacity: 4 } }, "'minCapacity' of 'serverlessCapacity' is 2.3"],
  [{ serverlessCapacity: { minCapacity: 2, maxCapacity: 4 }, instanceType: R7G }, "'instanceType' is 'r7g.large' beside 'serverlessCapacity'"],
])('refuses %j', (props, message) => {
  expect(() => validate(props)).toThrow(`[Test] ${message}`);
});

test('takes what is right', () => {
  validate({
    engineVersion: '16',
    databaseName: 'app',
    masterUsername: 'owner',
    port: 6000,
    instances: 3,
    backupRetention: Duration.days(14),
    preferredBackupWindow: '02:00-03:00',
    preferredMaintenanceWindow: 'Sun:03:00-Sun:04:00',
    serverlessCapacity: { minCapacity: 0.5, maxCapacity: 256 },
  });
});

test('takes tokens', () => {
  const text = Lazy.string({ produce: () => 'x' });
  const number = Lazy.number({ produce: () => 5 });
  validate({
    engineVersion: text,
    databaseName: text,
    masterUsername: text,
    port: number,
    backupRetention: Duration.days(number),
    preferredBackupWindow: text,
    preferredMaintenanceWindow: text,
    serverlessCapacity: { minCapacity: number, maxCapacity: number },
  });
});
