import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Disposable } from '../../src/assurance/disposable';
import { makeInstances } from '../../src/data/database-instances';
import { instanceParameters } from '../../src/data/database-parameters';
import { selectDatabaseSubnets } from '../../src/data/database-subnets';
import * as settings from '../../src/services/rds/settings';
import { newStack, render } from '../support/prove';
import { newVpc } from '../support/vpc';

function instances(options: settings.InstanceOptions = {}, disposable = false): any[] {
  const stack = newStack();
  if (disposable) { Disposable.because('a sandbox for trying things out').applyTo(stack); }
  const vpc = newVpc(stack);
  makeInstances(stack, settings.instances(stack, options, disposable), {
    cluster: new rds.CfnDBCluster(stack, 'Cluster'),
    zone: selectDatabaseSubnets(stack, vpc, undefined).zone,
    parameters: instanceParameters(stack, 'Parameters', settings.instanceParameters('17')),
    encryptionKey: new kms.Key(stack, 'Key'),
  });
  return render(stack).resourcesOf('AWS::RDS::DBInstance');
}

test('are private, monitored, patched and in different zones', () => {
  const [first, second] = instances();
  expect(first.properties).toEqual({
    DBClusterIdentifier: { Ref: 'Cluster' },
    DBInstanceClass: 'db.r7g.large',
    DBParameterGroupName: { Ref: 'Parameters' },
    Engine: 'aurora-postgresql',
    AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
    PubliclyAccessible: false,
    AutoMinorVersionUpgrade: true,
    CACertificateIdentifier: 'rds-ca-rsa2048-g1',
    EnablePerformanceInsights: true,
    PerformanceInsightsKMSKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
    PerformanceInsightsRetentionPeriod: 465,
    MonitoringInterval: 60,
    MonitoringRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^MonitoringRole/), 'Arn'] },
  });
  expect(second.properties.AvailabilityZone).toEqual({ 'Fn::Select': [1, { 'Fn::GetAZs': '' }] });
  expect(first.deletionPolicy).toBe('RetainExceptOnCreate');
  expect(first.dependsOn.some((id: string) => id.startsWith('MonitoringRolePolicy'))).toBe(true);
});

test('take class, number, window and authority', () => {
  const found = instances({
    instances: 3, instanceType: new ec2.InstanceType('r8g.xlarge'), preferredMaintenanceWindow: 'sun:03:00-sun:04:00', caCertificate: rds.CaCertificate.RDS_CA_ECC384_G1,
  });
  expect(found).toHaveLength(3);
  expect(found[2].properties).toMatchObject({ DBInstanceClass: 'db.r8g.xlarge', PreferredMaintenanceWindow: 'sun:03:00-sun:04:00', CACertificateIdentifier: 'rds-ca-ecc384-g1' });
});

test('can be serverless', () => {
  expect(instances({ serverlessCapacity: { minCapacity: 2, maxCapacity: 8 } }).map(i => i.properties.DBInstanceClass)).toEqual(['db.serverless', 'db.serverless']);
});

test('refuse an authority that has expired', () => {
  expect(() => instances({ caCertificate: rds.CaCertificate.of('rds-ca-2019') })).toThrow(/\[Test\/Instance1\] DB-20 does not hold/);
});

test('in a disposable scope there is one, which goes with its stack', () => {
  const found = instances({}, true);
  expect(found).toHaveLength(1);
  expect(found[0].deletionPolicy).toBe('Delete');
});
