import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CfnParameter, Duration, Fn, Lazy } from 'aws-cdk-lib/core';
import type { Control } from '../../../src/core/control';
import { harden } from '../../../src/core/harden';
import * as controls from '../../../src/services/rds/controls';
import * as instanceControls from '../../../src/services/rds/instance-controls';
import { DB_NO_DATA_API } from '../../../src/services/rds/network-controls';
import { DB_AUDIT_PARAMETERS, DB_TLS } from '../../../src/services/rds/parameter-controls';
import * as settings from '../../../src/services/rds/settings';
import { newStack, render } from '../../support/prove';

const AT = { node: { path: 'Test/Database' } };
const R7G = ec2.InstanceType.of(ec2.InstanceClass.R7G, ec2.InstanceSize.LARGE);
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1';

/** All that is resolved and checked of a database. */
function resolveAll(options: settings.ClusterOptions & settings.InstanceOptions & { readonly parameters?: Record<string, string> }): void {
  settings.cluster(AT, options, false);
  settings.instances(AT, options, false);
  settings.clusterParameters(AT, '17', options.parameters);
}

test.each<[object, string]>([
  [{ engineVersion: '17.4' }, "'engineVersion' is '17.4': give the major version only"],
  [{ databaseName: '1app' }, "'databaseName' is '1app': begin with a letter"],
  [{ masterUsername: 'postgres' }, "'masterUsername' is 'postgres': take another name"],
  [{ masterUsername: 'Admin' }, "'masterUsername' is 'Admin': take another name"],
  [{ masterUsername: 'db-admin' }, "'masterUsername' is 'db-admin'"],
  [{ port: 80 }, "'port' must be a whole number from 1150 to 65535 for Aurora, got 80"],
  [{ port: 5432 }, "'port' is 5432, which every scan tries"],
  [{ instances: 0 }, "'instances' must be a whole number from 1 to 16 instances, got 0"],
  [{ instances: 17 }, "'instances' must be a whole number from 1 to 16 instances, got 17"],
  [{ backupRetention: Duration.days(36) }, "'backupRetention' must be a whole number from 1 to 35 days, got 36"],
  [{ backupRetention: Duration.hours(36) }, "'backupRetention' must be a whole number from 1 to 35 days, got 1.5"],
  [{ backupRetention: Duration.hours(Lazy.number({ produce: () => 48 })) }, "'backupRetention' is a token in hours, which can't be converted"],
  [{ backupRetention: 35 }, "'backupRetention' is the number 35: give a Duration"],
  [{ preferredBackupWindow: '2-3' }, "'preferredBackupWindow' is '2-3': write it as 'hh:mm-hh:mm'"],
  [{ preferredBackupWindow: '25:00-26:00' }, "'preferredBackupWindow' is '25:00-26:00'"],
  [{ preferredMaintenanceWindow: '03:00-04:00' }, "'preferredMaintenanceWindow' is '03:00-04:00': write it as 'ddd:hh:mm-ddd:hh:mm'"],
  [{ serverlessCapacity: { minCapacity: 0, maxCapacity: 4 } }, "'minCapacity' of 'serverlessCapacity' is 0: take a number from 0.5 to 256 in steps of 0.5"],
  [{ serverlessCapacity: { minCapacity: 2, maxCapacity: 1 } }, "'maxCapacity' of 'serverlessCapacity' is 1: take a number from 2 to 256"],
  [{ serverlessCapacity: { minCapacity: 2.3, maxCapacity: 4 } }, "'minCapacity' of 'serverlessCapacity' is 2.3"],
  [{ serverlessCapacity: { minCapacity: 2, maxCapacity: 4 }, instanceType: R7G }, "'instanceType' is 'r7g.large' beside 'serverlessCapacity'"],
])('refuses %j', (options, message) => {
  expect(() => resolveAll(options)).toThrow(`[Test/Database] ${message}`);
});

test('takes what is right', () => {
  resolveAll({
    engineVersion: '16',
    databaseName: 'app',
    masterUsername: 'owner',
    port: 6000,
    instances: 3,
    backupRetention: Duration.days(14),
    preferredBackupWindow: '02:00-03:00',
    preferredMaintenanceWindow: 'Sun:03:00-Sun:04:00',
    serverlessCapacity: { minCapacity: 0.5, maxCapacity: 256 },
    parameters: { work_mem: '65536' },
  });
});

test('takes tokens', () => {
  const text = Lazy.string({ produce: () => 'x' });
  const number = Lazy.number({ produce: () => 5 });
  resolveAll({
    engineVersion: text,
    databaseName: text,
    masterUsername: text,
    port: number,
    backupRetention: Duration.days(number),
    preferredBackupWindow: text,
    preferredMaintenanceWindow: text,
    serverlessCapacity: { minCapacity: number, maxCapacity: number },
    parameters: { work_mem: text },
  });
});

test('refuses tokens where the template depends on them', () => {
  expect(() => resolveAll({ instances: Lazy.number({ produce: () => 2 }) })).toThrow("'instances' is known only at deployment");
  expect(() => resolveAll({ parameters: { [Lazy.string({ produce: () => 'x' })]: '1' } })).toThrow("'parameters' is known only at deployment");
});

test('a disposable database has one instance, a day of backups and no protection, and everything else of the others', () => {
  const { backupRetentionPeriod, deletionProtection, deleteAutomatedBackups, ...rest } = settings.cluster(AT, {}, true);
  expect([backupRetentionPeriod, deletionProtection, deleteAutomatedBackups]).toEqual([1, false, true]);
  expect(settings.cluster(AT, {}, false)).toEqual({ ...rest, backupRetentionPeriod: 35, deletionProtection: true, deleteAutomatedBackups: false });
  expect(settings.instances(AT, {}, true)).toEqual({ ...settings.instances(AT, {}, false), count: 1 });
});

describe('hardens a resource that somebody else made', () => {
  const stack = newStack();
  const cluster = new rds.CfnDBCluster(stack, 'Cluster', { storageEncrypted: false, enableHttpEndpoint: true, masterUserPassword: undefined });
  const instance = new rds.CfnDBInstance(stack, 'Instance', { publiclyAccessible: true, monitoringInterval: 0, monitoringRoleArn: 'arn:aws:iam::1:role/r' });
  const group = new rds.CfnDBClusterParameterGroup(stack, 'Parameters', { description: 'x', family: 'x', parameters: {} });
  cluster.dbClusterParameterGroupName = group.ref;
  harden(cluster, { ...settings.cluster(AT, {}, false), ...settings.encryption(KEY) });
  harden(instance, { ...settings.instances(AT, {}, false).each, ...settings.instanceEncryption(KEY) });
  harden(group, settings.clusterParameters(AT, '17'));
  const template = render(stack);

  test.each<[string, Control]>([
    ...[
      controls.DB_ENCRYPTED, controls.DB_IAM_AUTHENTICATION, controls.DB_LOG_EXPORTS, controls.DB_DELETION_PROTECTION, controls.DB_KEEPS_BACKUPS,
      controls.DB_BACKUP_RETENTION, controls.DB_MANAGED_PASSWORD, controls.DB_MASTER_NAME, controls.DB_PORT, controls.DB_INSIGHTS, controls.DB_TAGS,
      controls.DB_SUPPORTED_ENGINE, instanceControls.DB_MINOR_UPGRADES, DB_NO_DATA_API,
    ].map((c): [string, Control] => ['Cluster', c]),
    ...Object.values(instanceControls).map((c): [string, Control] => ['Instance', c]),
    ['Parameters', DB_TLS], ['Parameters', DB_AUDIT_PARAMETERS],
  ])('%s: $id', (id, control) => {
    expect(control.holds(template.resource(id)!, template)).toBe(true);
  });
});

test('parameters of the caller come on top', () => {
  expect(settings.clusterParameters(AT, '17', { 'work_mem': '65536', 'pgaudit.log': 'all' }).parameters)
    .toMatchObject({ 'work_mem': '65536', 'pgaudit.log': 'all', 'rds.force_ssl': '1' });
  expect(settings.instanceParameters('16')).toEqual({ description: 'As the cluster', family: 'aurora-postgresql16' });
});

test('subscribes to what Security Hub wants, and opens nothing', () => {
  expect(settings.subscriptions()['db-cluster']).toEqual({ enabled: true, sourceType: 'db-cluster', eventCategories: ['maintenance', 'failure'] });
  expect(Object.keys(settings.subscriptions())).toEqual(['db-cluster', 'db-instance', 'db-parameter-group', 'db-security-group']);
  expect(settings.subnets()).toEqual({ subnetType: ec2.SubnetType.PRIVATE_ISOLATED });
  expect(settings.subnetGroup(['subnet-1']).subnetIds).toEqual(['subnet-1']);
});

test.each(['Orders', 'orders-', '-orders', 'or--ders', '1orders', 'or_ders', '', 'a'.repeat(64)])("refuses '%s' as a cluster's identifier", name => {
  expect(() => settings.checkIdentifier(AT, name)).toThrow(`[Test/Database] 'clusterIdentifier' is '${name}': use small letters, digits and '-'`);
});

test("takes a cluster's identifier", () => {
  for (const name of ['orders', 'or-ders-1', 'a'.repeat(63), new CfnParameter(newStack(), 'Name').valueAsString, undefined]) {
    expect(() => settings.checkIdentifier(AT, name)).not.toThrow();
  }
});

test('refuses a pattern of users', () => {
  expect(() => settings.checkUser(AT, '*')).toThrow("[Test/Database] 'dbUser' is '*': name one database user");
  expect(() => settings.checkUser(AT, 'app')).not.toThrow();
});

test('the database and the user of an application have names that RDS takes', () => {
  const { name, user } = settings.APPLICATION_DATABASE;
  expect(settings.cluster(AT, { databaseName: name }, false).databaseName).toBe('application');
  expect(() => settings.checkUser(AT, user)).not.toThrow();
});

test('refuses a single zone, and none', () => {
  expect(() => settings.checkZones(AT, ['eu-west-1a'])).toThrow("[Test/Database] 'vpcSubnets' are in 1 availability zone, eu-west-1a: RDS needs two or more");
  expect(() => settings.checkZones(AT, [Fn.select(0, Fn.getAzs())])).toThrow("'vpcSubnets' are in 1 availability zone, an availability zone that only the deployment knows: RDS needs two or more");
  expect(() => settings.checkZones(AT, [])).toThrow("[Test/Database] 'vpcSubnets' are in 0 availability zones: RDS needs two or more");
  expect(() => settings.checkZones(AT, ['a', 'b'])).not.toThrow();
});
