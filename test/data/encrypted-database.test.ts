import * as path from 'path';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Duration, Lazy, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { mentions } from '../../src/core/values';
import { EncryptedDatabase } from '../../src/data/encrypted-database';
import { EncryptedDatabaseProps } from '../../src/data/encrypted-database-props';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { moved } from '../support/move';
import { claimed, FLAG_SETS, newStack, proveControls, render } from '../support/prove';
import { can, idOf, policiesOf, resolveTemplate } from '../support/simulate';
import { newVpc } from '../support/vpc';

const IMPORTED = 'arn:aws:kms:eu-west-1:111122223333:key/aaaaaaaa-1234-1234-1234-aaaaaaaaaaaa';

function database(stack: Stack, props: Partial<EncryptedDatabaseProps> = {}): EncryptedDatabase {
  new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
  return new EncryptedDatabase(stack, 'Database', { vpc: newVpc(stack), ...props });
}

const clusterOf = (stack: Stack) => render(stack).resourcesOf('AWS::RDS::DBCluster')[0];

proveControls(stack => { database(stack); }, { absences: ['DB-19'] });

test('claims every control of its section', () => {
  const stack = newStack();
  database(stack);
  expect(claimed(stack, 'AWS::RDS::DBCluster')).toEqual(['DB-01', 'DB-02b', 'DB-03', 'DB-05', 'DB-05c', 'DB-06', 'DB-06b', 'DB-07', 'DB-08', 'DB-09', 'DB-10', 'DB-11',
    'DB-12', 'DB-14', 'DB-15', 'DB-17', 'DB-19c', 'DB-21', 'DB-22', 'DB-23', 'DB-24', 'DB-25', 'DB-25b', 'DB-27', 'DB-28', 'DB-29', 'DB-30', 'DB-31', 'GEN-03', 'GEN-05',
    'SEC-01', 'SEC-02', 'SEC-03', 'SEC-04', 'SEC-05', 'SEC-06']);
  expect(claimed(stack, 'AWS::RDS::DBInstance')).toEqual(['DB-02', 'DB-07', 'DB-13', 'DB-17b', 'DB-20', 'GEN-03']);
  expect(claimed(stack, 'AWS::RDS::DBClusterParameterGroup')).toEqual(['DB-04', 'DB-05b', 'DB-26', 'DB-32', 'GEN-03']);
  expect(claimed(stack, 'AWS::EC2::SecurityGroup')).toEqual(['DB-19', 'DB-19b', 'GEN-03', 'VPC-20d']);
});

test('renders the cluster', () => {
  const stack = newStack();
  const { encryptionKey } = database(stack);
  const key = stack.resolve(encryptionKey.keyArn);
  const cluster = clusterOf(stack);
  expect(cluster.deletionPolicy).toBe('RetainExceptOnCreate');
  expect(cluster.properties).toEqual({
    DBClusterIdentifier: { 'Fn::Join': ['', [expect.stringMatching(/^test-database[0-9a-f]{8}-$/), expect.anything()]] },
    Engine: 'aurora-postgresql',
    EngineVersion: '17',
    EngineLifecycleSupport: 'open-source-rds-extended-support-disabled',
    AutoMinorVersionUpgrade: true,
    Port: 5440,
    DBSubnetGroupName: { Ref: expect.stringMatching(/^DatabaseSubnets/) },
    VpcSecurityGroupIds: [{ 'Fn::GetAtt': [expect.stringMatching(/^DatabaseSecurityGroup/), 'GroupId'] }],
    DBClusterParameterGroupName: { Ref: expect.stringMatching(/^DatabaseClusterParameters/) },
    DBInstanceParameterGroupName: { Ref: expect.stringMatching(/^DatabaseInstanceParameters/) },
    StorageEncrypted: true,
    KmsKeyId: key,
    MasterUsername: 'dbadmin',
    ManageMasterUserPassword: true,
    MasterUserSecret: { KmsKeyId: key },
    EnableIAMDatabaseAuthentication: true,
    EnableHttpEndpoint: false,
    EnableCloudwatchLogsExports: ['postgresql', 'iam-db-auth-error'],
    DatabaseInsightsMode: 'advanced',
    PerformanceInsightsEnabled: true,
    PerformanceInsightsKmsKeyId: key,
    PerformanceInsightsRetentionPeriod: 465,
    BackupRetentionPeriod: 35,
    CopyTagsToSnapshot: true,
    DeletionProtection: true,
    DeleteAutomatedBackups: false,
  });
});

test('keeps what a retained cluster needs', () => {
  const stack = newStack();
  database(stack);
  const template = render(stack);
  for (const type of ['DBCluster', 'DBInstance', 'DBSubnetGroup', 'DBClusterParameterGroup', 'DBParameterGroup']) {
    expect(template.resourcesOf(`AWS::RDS::${type}`).map(r => r.deletionPolicy)).not.toContain('Delete');
    expect(template.resourcesOf(`AWS::RDS::${type}`)[0].updateReplacePolicy).toBe('Retain');
  }
});

test('makes the log groups of the exports before the cluster, and the key admits them by a name that every deployment has', () => {
  const stack = newStack();
  database(stack);
  const template = render(stack);
  const groups = template.resourcesOf('AWS::Logs::LogGroup').filter(g => g.logicalId.startsWith('Database'));
  expect(groups.map(g => JSON.stringify(g.properties.LogGroupName))).toEqual([expect.stringContaining('/postgresql"'), expect.stringContaining('/iam-db-auth-error"')]);
  expect(clusterOf(stack).dependsOn).toEqual(expect.arrayContaining(groups.map(g => g.logicalId)));
  const key = template.resourcesOf('AWS::KMS::Key').find(k => k.properties.Description === 'Log groups')!;
  expect(JSON.stringify(key.properties.KeyPolicy)).toMatch(/log-group:\/aws\/rds\/cluster\/test-database[0-9a-f]{8}-\*\/postgresql"/);
  expect(JSON.stringify(key.properties.KeyPolicy)).not.toContain('StackId');
});

test('opens nothing, in or out', () => {
  const stack = newStack();
  database(stack);
  const template = render(stack);
  const group = template.resourcesOf('AWS::EC2::SecurityGroup').find(g => g.logicalId.startsWith('Database'))!;
  expect(group.properties.SecurityGroupIngress).toBeUndefined();
  expect(group.properties.SecurityGroupEgress).toEqual([{ CidrIp: '255.255.255.255/32', Description: 'Disallow all traffic', FromPort: 252, IpProtocol: 'icmp', ToPort: 86 }]);
  expect(template.resourcesOf('AWS::EC2::SecurityGroupIngress')).toEqual([]);
});

test('lets in a client, on its port', () => {
  const stack = newStack();
  const { connections } = database(stack);
  const client = new ec2.SecurityGroup(stack, 'Client', { vpc: stack.node.findChild('Vpc') as ec2.Vpc, allowAllOutbound: false });
  connections.allowDefaultPortFrom(client, 'Application');
  const [rule] = render(stack).resourcesOf('AWS::EC2::SecurityGroupIngress');
  expect(rule.properties).toMatchObject({ FromPort: 5440, ToPort: 5440, IpProtocol: 'tcp', Description: 'Application', SourceSecurityGroupId: expect.anything() });
});

test('fails if addresses are let in without a waiver', () => {
  const stack = newStack();
  database(stack).connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/8'), 'Everybody');
  expect(() => render(stack)).toThrow(/\[Test\/Database\/SecurityGroup\/Resource\] DB-19 does not hold/);
});

test('fails if something is let out', () => {
  const stack = newStack();
  database(stack).securityGroup.addEgressRule(ec2.Peer.ipv4('10.0.0.0/8'), ec2.Port.tcp(443), 'Out');
  expect(() => render(stack)).toThrow(/DB-19b does not hold/);
});

describe('grantConnect', () => {
  const stack = newStack();
  const db = database(stack);
  const role = new iam.Role(stack, 'App', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  db.grantConnect(role, 'app').assertSuccess();
  const template = resolveTemplate(render(stack).json);
  const id = idOf(template, 'AWS::IAM::Role', 'App');
  const who = { principal: template.arn(id), identity: policiesOf(template, id) };
  const resourceId = `dbclusterresourceid-of-${template.arn(idOf(template, 'AWS::RDS::DBCluster')).split(':').pop()}`;
  const user = (name: string, cluster = resourceId) => `arn:aws:rds-db:eu-west-1:111122223333:dbuser:${cluster}/${name}`;

  test.each([
    ['the user that was named', user('app'), true],
    ['another user', user('dbadmin'), false],
    ['the same user of another cluster', user('app', 'cluster-other'), false],
  ])('logs in as %s: %s', async (_name, resource, expected) => {
    expect(await can({ ...who, action: 'rds-db:connect', resource })).toBe(expected);
  });
  test('would log in as anybody under a wildcard', async () => {
    const identity = JSON.parse(JSON.stringify(who.identity).replace('/app"', '/*"'));
    expect(await can({ ...who, identity, action: 'rds-db:connect', resource: user('dbadmin') })).toBe(true);
  });
  test('refuses a wildcard', () => {
    expect(() => db.grantConnect(role, '*')).toThrow(/\[Test\/Database\] 'dbUser' is '\*'/);
  });
  test('refuses a principal without a policy, to whom it would grant nothing', () => {
    expect(() => db.grantConnect(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/App'), 'app')).toThrow("[Test/Database] 'grantConnect' got a principal without a policy of its own");
  });
});

test('offers the cluster, the secret and the ARN', () => {
  const stack = newStack();
  const db = database(stack);
  const role = new iam.Role(stack, 'Job', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  db.secret!.grantRead(role);
  const resolve = (value: any) => stack.resolve(value);
  const resource = db.node.defaultChild as rds.CfnDBCluster;
  const id = resolve(resource.logicalId);
  expect(resource.node.path).toBe('Test/Database/Resource');
  expect(resolve(db.clusterIdentifier)).toEqual({ Ref: id });
  expect(resolve(db.clusterResourceIdentifier)).toEqual({ 'Fn::GetAtt': [id, 'DBClusterResourceId'] });
  expect(resolve(db.clusterEndpoint.hostname)).toEqual({ 'Fn::GetAtt': [id, 'Endpoint.Address'] });
  expect(resolve(db.clusterReadEndpoint.hostname)).toEqual({ 'Fn::GetAtt': [id, 'ReadEndpoint.Address'] });
  expect(resolve(db.clusterArn)).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':rds:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':cluster:', { Ref: id }]],
  });
  expect(resolve(db.secret!.secretArn)).toEqual({ 'Fn::GetAtt': [id, 'MasterUserSecret.SecretArn'] });
  expect(resolve(db.instanceIdentifiers)).toEqual(db.instances.map(i => ({ Ref: resolve(i.logicalId) })));
  expect(resolve(db.instanceEndpoints.map(e => e.hostname))).toEqual(db.instances.map(i => ({ 'Fn::GetAtt': [resolve(i.logicalId), 'Endpoint.Address'] })));
  expect([db.clusterEndpoint, db.clusterReadEndpoint, ...db.instanceEndpoints].map(e => e.port)).toEqual([5440, 5440, 5440, 5440]);
  expect(db.logGroups).toHaveLength(2);
  expect(db.port).toBe(5440);
  expect(JSON.stringify(render(stack).resourcesOf('AWS::IAM::Policy'))).toContain('secretsmanager:GetSecretValue');
});

test('takes settings', () => {
  const stack = newStack();
  database(stack, {
    engineVersion: '16',
    databaseName: 'app',
    port: 6000,
    masterUsername: 'owner',
    backupRetention: Duration.days(14),
    preferredBackupWindow: '02:00-03:00',
    preferredMaintenanceWindow: 'sun:03:00-sun:04:00',
    serverlessCapacity: { minCapacity: 2, maxCapacity: 16 },
    logRetention: logs.RetentionDays.TWO_YEARS,
  });
  expect(clusterOf(stack).properties).toMatchObject({
    EngineVersion: '16',
    DatabaseName: 'app',
    Port: 6000,
    MasterUsername: 'owner',
    BackupRetentionPeriod: 14,
    PreferredBackupWindow: '02:00-03:00',
    PreferredMaintenanceWindow: 'sun:03:00-sun:04:00',
    ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 16 },
  });
  expect(render(stack).resourcesOf('AWS::RDS::DBClusterParameterGroup')[0].properties.Family).toBe('aurora-postgresql16');
  expect(render(stack).resourcesOf('AWS::Logs::LogGroup').map(g => g.properties.RetentionInDays)).toContain(731);
});

test.each([
  ['DB-06', { deletionProtection: false }],
  ['DB-08', { backupRetention: Duration.days(3) }],
  ['DB-12', { databaseInsightsMode: rds.DatabaseInsightsMode.STANDARD }],
  ['DB-14', { instances: 1 }],
])('%s can be weakened with a waiver only', (control, props) => {
  const stack = newStack();
  database(stack, props);
  expect(() => render(stack)).toThrow(`[Test/Database/Resource] ${control} does not hold`);
  const waived = newStack();
  database(waived, { ...props, waivers: [{ control, reason: 'a copy of public data, made anew every night' }] });
  expect(clusterOf(waived)).toBeDefined();
});

test('fails if nobody is notified, and takes a waiver instead of a topic', () => {
  const stack = newStack();
  const vpc = newVpc(stack);
  expect(() => new EncryptedDatabase(stack, 'Database', { vpc })).toThrow(/nobody is notified/);
  const waived = newStack();
  new EncryptedDatabase(waived, 'Database', { vpc: newVpc(waived), waivers: [{ control: 'DB-17', reason: 'the platform team subscribes for the whole account' }] });
  expect(render(waived).resourcesOf('AWS::RDS::EventSubscription')).toEqual([]);
});

test('sees a waiver of DB-17 that is set above it', () => {
  const stack = newStack();
  SecurityWaivers.of(stack).add({ control: 'DB-17', reason: 'the platform team subscribes for the whole account' });
  new EncryptedDatabase(stack, 'Database', { vpc: newVpc(stack) });
  const template = render(stack);
  expect(template.resourcesOf('AWS::RDS::EventSubscription')).toEqual([]);
  expect(template.resourcesOf('AWS::SNS::Topic')).toEqual([]);
});

test.each<[string, Partial<EncryptedDatabaseProps>, string]>([
  ['no VPC', { vpc: undefined }, "[Test/Database] 'vpc' is missing: give an ec2.IVpc"],
  ['the usual port', { port: 5432 }, "[Test/Database] 'port' is 5432"],
  ['a name that RDS would change', { clusterIdentifier: 'Orders' }, "[Test/Database] 'clusterIdentifier' is 'Orders'"],
  ['no instance', { instances: 0 }, "[Test/Database] 'instances' must be a whole number from 1 to 16 instances, got 0"],
  ['parameters without a name', { parameters: { [Lazy.string({ produce: () => 'x' })]: '1' } }, "[Test/Database] 'parameters' is known only at deployment"],
  ['a list of subnets', { vpcSubnets: [] as any }, "[Test/Database] 'vpcSubnets' is a list: give an ec2.SubnetSelection, for example { subnetGroupName: 'Data' }"],
  ['public subnets', { vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } }, "[Test/Database] 'vpcSubnets' selects public subnets"],
])('refuses %s, and leaves nothing behind', (_name, props, message) => {
  const stack = newStack();
  expect(() => database(stack, props)).toThrow(message);
  expect(stack.node.children.map(c => c.node.id)).toEqual(['Foundation', 'Vpc']);
  expect(claimed(stack)).toEqual([]);
});

test('takes keys, topic and VPC of others', () => {
  const stack = newStack();
  const encryptionKey = kms.Key.fromKeyArn(stack, 'ImportedKey', IMPORTED);
  const topic = sns.Topic.fromTopicArn(stack, 'ImportedTopic', 'arn:aws:sns:eu-west-1:111122223333:security');
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'ImportedVpc', {
    vpcId: 'vpc-1', availabilityZones: ['eu-west-1a', 'eu-west-1b'], isolatedSubnetIds: ['subnet-1', 'subnet-2'],
  });
  const db = new EncryptedDatabase(stack, 'Database', { vpc, encryptionKey, logKey: encryptionKey, topic });
  expect(db.encryptionKey).toBe(encryptionKey);
  const template = render(stack);
  expect(template.resourcesOf('AWS::KMS::Key')).toEqual([]);
  expect(template.resourcesOf('AWS::SNS::Topic')).toEqual([]);
  expect(clusterOf(stack).properties.KmsKeyId).toBe(IMPORTED);
  expect(template.resourcesOf('AWS::RDS::DBInstance').map(i => i.properties.AvailabilityZone)).toEqual(['eu-west-1a', 'eu-west-1b']);
});

test('works with VPC, key and foundation of another stack', () => {
  const app = new App();
  const base = new Stack(app, 'Base');
  const foundation = new SecurityFoundation(base, 'Foundation', { notify: ['security@example.com'] });
  const vpc = newVpc(base);
  const encryptionKey = new CustomerManagedKey(base, 'Key', { description: 'Databases' });
  const stack = new Stack(app, 'Test');
  new EncryptedDatabase(stack, 'Database', { vpc, encryptionKey, foundation });
  const template = render(base);
  const policies = JSON.stringify(template.resourcesOf('AWS::KMS::Key').map(k => k.properties.KeyPolicy));
  expect(policies).toContain('UseThroughRds');
  expect(policies).toContain('UseThroughSecretsmanager');
  expect(policies).toContain('EventsRdsPublish');
  expect(policies).toMatch(/test-database[0-9a-f]{8}-\*\/iam-db-auth-error/);
});

test('a further reader needs nothing but what the first ones have, and is judged by that', () => {
  const reader = (changes: Partial<rds.CfnDBInstanceProps>) => {
    const stack = newStack();
    const { clusterIdentifier, instances: [first] } = database(stack);
    const { dbInstanceClass, engine, caCertificateIdentifier, monitoringRoleArn, performanceInsightsKmsKeyId } = first;
    new rds.CfnDBInstance(stack, 'Reader', {
      dbClusterIdentifier: clusterIdentifier,
      dbInstanceClass,
      engine,
      caCertificateIdentifier,
      monitoringRoleArn,
      performanceInsightsKmsKeyId,
      autoMinorVersionUpgrade: true,
      publiclyAccessible: false,
      monitoringInterval: 60,
      enablePerformanceInsights: true,
      performanceInsightsRetentionPeriod: 465,
      ...changes,
    });
    return stack;
  };
  expect(render(reader({})).resourcesOf('AWS::RDS::DBInstance')).toHaveLength(3);
  expect(() => render(reader({ publiclyAccessible: true }))).toThrow(/\[Test\/Reader\] DB-23 of 'Test\/Database\/Resource' does not hold with this AWS::RDS::DBInstance.*\('PubliclyAccessible'\): give the instance/);
});

test('two databases share a topic', () => {
  const stack = newStack();
  database(stack);
  new EncryptedDatabase(stack, 'Second', { vpc: stack.node.findChild('Vpc') as ec2.Vpc });
  const template = render(stack);
  const policy = template.resourcesOf('AWS::SNS::TopicPolicy')[0].properties.PolicyDocument as any;
  expect(policy.Statement.filter((s: any) => s.Sid === 'EventsRdsPublish')).toHaveLength(1);
  expect(template.resourcesOf('AWS::RDS::EventSubscription')).toHaveLength(8);
});

test('has a name that RDS takes', () => {
  const stack = new Stack(new App(), 'A--very-long-Name-of-a-stack-that-RDS-would-not-take-as-the-identifier-of-a-cluster');
  database(stack);
  const [stem] = (clusterOf(stack).properties.DBClusterIdentifier as any)['Fn::Join'][1];
  expect(stem).toMatch(/^[a-z](-?[a-z0-9])*-$/);
  expect(stem.length + 12).toBeLessThanOrEqual(63);
});

test('takes tokens', () => {
  const stack = newStack();
  const text = (value: string) => Lazy.string({ produce: () => value });
  database(stack, {
    port: Lazy.number({ produce: () => 5441 }),
    engineVersion: text('17'),
    masterUsername: text('owner'),
    databaseName: text('app'),
    backupRetention: Duration.days(Lazy.number({ produce: () => 10 })),
  });
  expect(clusterOf(stack).properties).toMatchObject({ Port: 5441, MasterUsername: 'owner', BackupRetentionPeriod: 10 });
});

test('in a disposable scope goes with its stack, alone and unprotected, and keeps its floors', () => {
  const stack = newStack();
  Disposable.because('a sandbox for trying things out').applyTo(stack);
  database(stack);
  const cluster = clusterOf(stack);
  expect(cluster.deletionPolicy).toBe('Delete');
  expect(cluster.properties).toMatchObject({
    DeletionProtection: false, DeleteAutomatedBackups: true, BackupRetentionPeriod: 1, StorageEncrypted: true, EnableIAMDatabaseAuthentication: true,
  });
  expect(render(stack).resourcesOf('AWS::RDS::DBInstance')).toHaveLength(1);
  expect(render(stack).resourcesOf('AWS::Logs::LogGroup')[0].properties.RetentionInDays).toBe(7);
});

test('makes no Lambda function and no custom resource', () => {
  const stack = newStack();
  database(stack);
  expect(Object.values<any>(render(stack).json.Resources as object).map(r => r.Type).filter(t => /Lambda|Custom/.test(t))).toEqual([]);
});

test.each([['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']])('synthesizes in %s', (_partition, region) => {
  const stack = newStack({}, { env: { account: '111122223333', region } });
  database(stack);
  expect(JSON.stringify(render(stack).json)).not.toContain('arn:aws:');
});

describe('is a cluster of the CDK', () => {
  test('with its type, metrics and engine', () => {
    const stack = newStack();
    const cluster: rds.IDatabaseCluster = database(stack);
    expect(cluster).toBeInstanceOf(rds.DatabaseClusterBase);
    expect(cluster.engine?.engineFamily).toBe('POSTGRESQL');
    expect(cluster.engine?.engineVersion?.majorVersion).toBe('17');
    const identifier = { Ref: stack.resolve((cluster.node.defaultChild as rds.CfnDBCluster).logicalId) };
    expect(stack.resolve(cluster.metricCPUUtilization().dimensions)).toEqual({ DBClusterIdentifier: identifier });
    expect(stack.resolve(cluster.dbClusterRef.dbClusterIdentifier)).toEqual(identifier);
  });

  test('that other constructs take', () => {
    const stack = newStack();
    const db = database(stack);
    const plan = new backup.BackupPlan(stack, 'Plan', { backupPlanRules: [backup.BackupPlanRule.daily()] });
    plan.addSelection('Cluster', { resources: [backup.BackupResource.fromRdsDatabaseCluster(db)] });
    const secret = new secretsmanager.Secret(stack, 'Application');
    secret.attach(db);
    db.metricDatabaseConnections().createAlarm(stack, 'Busy', { threshold: 1000, evaluationPeriods: 3 });
    const template = render(stack);
    const id = stack.resolve((db.node.defaultChild as rds.CfnDBCluster).logicalId);
    expect(mentions(template.resourcesOf('AWS::Backup::BackupSelection')[0].properties, id)).toBe(true);
    const [attachment] = template.resourcesOf('AWS::SecretsManager::SecretTargetAttachment');
    expect(attachment.properties).toMatchObject({ TargetId: { Ref: id }, TargetType: 'AWS::RDS::DBCluster' });
    expect(template.resourcesOf('AWS::CloudWatch::Alarm')[0].properties.Dimensions).toEqual([{ Name: 'DBClusterIdentifier', Value: { Ref: id } }]);
  });

  test('that other stacks refer to', () => {
    const stack = newStack();
    const db = database(stack);
    const other = new Stack(stack.node.root as App, 'Other');
    const role = new iam.Role(other, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
    db.grantConnect(role, 'app');
    db.secret!.grantRead(role);
    other.exportValue(db.clusterEndpoint.socketAddress, { name: 'Endpoint' });
    expect(JSON.stringify(render(other).json)).toContain('Fn::ImportValue');
  });
});

test('refuses the Data API', () => {
  const stack = newStack();
  const db = database(stack);
  const role = new iam.Role(stack, 'App', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  expect(() => db.grantDataApiAccess(role)).toThrow("[Test/Database] 'grantDataApiAccess' would let '");
  expect(render(stack).resourcesOf('AWS::IAM::Policy')).toEqual([]);
});

describe('a proxy', () => {
  const withProxy = (stack: Stack, options: Partial<rds.DatabaseProxyOptions> = {}) => {
    const db = database(stack);
    const vpc = stack.node.findChild('Vpc') as ec2.Vpc;
    return { db, proxy: db.addProxy('Proxy', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED }, secrets: [db.secret!], ...options }) };
  };

  test.each(FLAG_SETS)('is let in, reads the master secret, and leaves every control as it is, under %s feature flags', (_name, context) => {
    const stack = newStack(context);
    withProxy(stack);
    const template = render(stack);
    const [proxy] = template.resourcesOf('AWS::RDS::DBProxy');
    expect(proxy.properties).toMatchObject({ EngineFamily: 'POSTGRESQL', RequireTLS: true });
    const [targets] = template.resourcesOf('AWS::RDS::DBProxyTargetGroup');
    const instances = template.resourcesOf('AWS::RDS::DBInstance').map(i => i.logicalId);
    expect(targets.dependsOn).toEqual(expect.arrayContaining([...instances, clusterOf(stack).logicalId]));
    expect(template.resourcesOf('AWS::EC2::SecurityGroupIngress').map(i => [i.properties.FromPort, i.properties.ToPort])).toEqual([[5440, 5440]]);
    const actions = template.resourcesOf('AWS::IAM::Policy').flatMap(p => (p.properties.PolicyDocument as any).Statement).flatMap(s => s.Action);
    expect(actions).toEqual(expect.arrayContaining(['secretsmanager:GetSecretValue', 'kms:Decrypt']));
  });

  test('logs in by IAM', () => {
    const stack = newStack();
    const role = new iam.Role(stack, 'ProxyRole', { assumedBy: new iam.ServicePrincipal('rds.amazonaws.com') });
    const { db } = withProxy(stack, { role, secrets: undefined, defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH });
    db.grantConnect(role, 'app');
    expect(render(stack).resourcesOf('AWS::RDS::DBProxy')[0].properties.DefaultAuthScheme).toBe('IAM_AUTH');
  });

  test('asks for IAM, unless that is waived where the proxy is', () => {
    const asked = newStack();
    withProxy(asked);
    expect(render(asked).resourcesOf('AWS::RDS::DBProxy')[0].properties.Auth).toEqual([expect.objectContaining({ IAMAuth: 'REQUIRED' })]);
    const passwords = newStack();
    const { proxy } = withProxy(passwords, { iamAuth: false });
    expect(() => render(passwords)).toThrow(/\[Test\/Database\/Proxy\/Resource\] DB-29 of 'Test\/Database\/Resource' does not hold with this AWS::RDS::DBProxy.*'IAMAuth'/);
    SecurityWaivers.of(proxy).add({ control: 'DB-29', reason: 'a vendor whose program knows no IAM, until March' });
    expect(render(passwords).resourcesOf('AWS::RDS::DBProxy')).toHaveLength(1);
  });

  test('must not take connections without TLS', () => {
    expect(() => withProxy(newStack(), { requireTLS: false })).toThrow("[Test/Database] 'requireTLS' is false");
    const injected = newStack();
    const constructUniqueId = rds.DatabaseProxy.PROPERTY_INJECTION_ID;
    PropertyInjectors.of(injected).add({ constructUniqueId, inject: props => ({ ...props, requireTLS: false }) });
    withProxy(injected);
    expect(() => render(injected)).toThrow(/\[Test\/Database\/Proxy\/Resource\] DB-04 of 'Test\/Database\/ClusterParameters' does not hold/);
    const apart = newStack();
    new rds.DatabaseProxy(apart, 'Apart', {
      proxyTarget: rds.ProxyTarget.fromCluster(database(apart)),
      vpc: apart.node.findChild('Vpc') as ec2.Vpc,
      requireTLS: false,
      defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    });
    expect(() => render(apart)).toThrow(/\[Test\/Apart\/Resource\] DB-04 of 'Test\/Database\/ClusterParameters' does not hold/);
  });
});

test('a removal policy of the CDK that would delete it fails the synthesis', () => {
  const stack = newStack();
  database(stack).applyRemovalPolicy(RemovalPolicy.DESTROY);
  expect(() => render(stack)).toThrow(/\[Test\/Database\/Resource\] GEN-03 does not hold/);
});

test('injectors for the clusters, keys and log groups of the CDK change nothing', () => {
  const stack = newStack();
  const inject = (constructUniqueId: string, changes: object) =>
    PropertyInjectors.of(stack).add({ constructUniqueId, inject: props => ({ ...props, ...changes }) });
  inject(rds.DatabaseCluster.PROPERTY_INJECTION_ID, { storageEncrypted: false, deletionProtection: false });
  inject(rds.SubnetGroup.PROPERTY_INJECTION_ID, { removalPolicy: RemovalPolicy.DESTROY });
  inject(rds.ParameterGroup.PROPERTY_INJECTION_ID, { parameters: {} });
  inject(kms.Key.PROPERTY_INJECTION_ID, { enableKeyRotation: false });
  inject(logs.LogGroup.PROPERTY_INJECTION_ID, { retention: logs.RetentionDays.ONE_DAY, removalPolicy: RemovalPolicy.DESTROY });
  database(stack);
  const usual = newStack();
  database(usual);
  expect(render(stack).json).toEqual(render(usual).json);
});

test('takes the identifier of the cluster, and names the log groups after it', () => {
  const stack = newStack();
  database(stack, { clusterIdentifier: 'orders' });
  const template = render(stack);
  expect(clusterOf(stack).properties.DBClusterIdentifier).toBe('orders');
  expect(template.resourcesOf('AWS::Logs::LogGroup').map(g => g.properties.LogGroupName)).toEqual(
    ['/aws/rds/cluster/orders/postgresql', '/aws/rds/cluster/orders/iam-db-auth-error']);
  expect(JSON.stringify(template.resourcesOf('AWS::KMS::Key').map(k => k.properties.KeyPolicy))).toContain('log-group:/aws/rds/cluster/orders/postgresql');
});

test('a pinned identifier keeps the cluster, and all that is named after it, under another logical ID', () => {
  const build = (logicalId: string) => {
    const stack = newStack();
    const db = database(stack, { clusterIdentifier: 'orders' });
    (db.node.defaultChild as rds.CfnDBCluster).overrideLogicalId(logicalId);
    return JSON.stringify(render(stack).json);
  };
  expect(build('Renamed').replaceAll('Renamed', 'Cluster')).toBe(build('Cluster'));
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    const stack = Stack.of(scope);
    new SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
    return new EncryptedDatabase(scope, 'Database', { vpc: newVpc(stack) });
  });
  expect(after.json).toEqual(before.json);
});

test("does not load the CDK's list of all engine versions before somebody asks for the engine", () => {
  let loaded = false;
  const list = path.join(path.dirname(require.resolve('aws-cdk-lib/package.json')), 'aws-rds', 'lib', 'cluster-engine.js');
  jest.isolateModules(() => {
    jest.doMock(list, () => { loaded = true; return jest.requireActual(list); });
    /* eslint-disable @typescript-eslint/no-require-imports */
    const own: typeof import('../../src/data/encrypted-database') = require('../../src/data/encrypted-database');
    const foundation: typeof import('../../src/foundation/security-foundation') = require('../../src/foundation/security-foundation');
    const prove: typeof import('../support/prove') = require('../support/prove');
    const vpc: typeof import('../support/vpc') = require('../support/vpc');
    /* eslint-enable @typescript-eslint/no-require-imports */
    const stack = prove.newStack();
    new foundation.SecurityFoundation(stack, 'Foundation', { notify: ['security@example.com'] });
    const db = new own.EncryptedDatabase(stack, 'Database', { vpc: vpc.newVpc(stack) });
    prove.render(stack);
    expect(loaded).toBe(false);
    expect(db.engine).toBe(db.engine);
    expect(loaded).toBe(true);
  });
});
