import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Duration, Lazy, Stack } from 'aws-cdk-lib/core';
import { Disposable } from '../../src/assurance/disposable';
import { EncryptedDatabase } from '../../src/data/encrypted-database';
import { EncryptedDatabaseProps } from '../../src/data/encrypted-database-props';
import { CustomerManagedKey } from '../../src/foundation/customer-managed-key';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { claimed, newStack, proveControls, render } from '../support/prove';
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
    'DB-12', 'DB-14', 'DB-15', 'DB-17', 'DB-21', 'DB-22', 'GEN-03']);
  expect(claimed(stack, 'AWS::RDS::DBInstance')).toEqual(['DB-02', 'DB-07', 'DB-13', 'DB-20', 'GEN-03']);
  expect(claimed(stack, 'AWS::RDS::DBClusterParameterGroup')).toEqual(['DB-04', 'DB-05b', 'GEN-03']);
  expect(claimed(stack, 'AWS::EC2::SecurityGroup')).toEqual(['DB-19', 'DB-19b', 'GEN-03']);
});

test('renders the cluster', () => {
  const stack = newStack();
  const { encryptionKey } = database(stack);
  const key = stack.resolve(encryptionKey.keyArn);
  const cluster = clusterOf(stack);
  expect(cluster.deletionPolicy).toBe('RetainExceptOnCreate');
  expect(cluster.properties).toEqual({
    DBClusterIdentifier: { 'Fn::Join': ['', [expect.stringMatching(/^test-database-[0-9a-f]+-$/), expect.anything()]] },
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
  const logs = template.resourcesOf('AWS::Logs::LogGroup').filter(g => g.logicalId.startsWith('Database'));
  expect(logs.map(g => JSON.stringify(g.properties.LogGroupName))).toEqual([expect.stringContaining('/postgresql"'), expect.stringContaining('/iam-db-auth-error"')]);
  expect(clusterOf(stack).dependsOn).toEqual(expect.arrayContaining(logs.map(g => g.logicalId)));
  const key = template.resourcesOf('AWS::KMS::Key').find(k => k.properties.Description === 'Log groups')!;
  expect(JSON.stringify(key.properties.KeyPolicy)).toMatch(/log-group:\/aws\/rds\/cluster\/test-database-[0-9a-f]+-\*\/postgresql"/);
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
    expect(() => db.grantConnect(role, '*')).toThrow(/\[Test\/Database\] 'databaseUser' is '\*'/);
  });
  test('refuses a principal without a policy, to whom it would grant nothing', () => {
    expect(() => db.grantConnect(new iam.ArnPrincipal('arn:aws:iam::111122223333:role/App'), 'app')).toThrow("[Test/Database] 'grantConnect' got a principal without a policy of its own");
  });
});

test('offers the cluster, the secret and the ARN', () => {
  const stack = newStack();
  const db = database(stack);
  const role = new iam.Role(stack, 'Job', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  db.secret.grantRead(role);
  const resolve = (value: any) => stack.resolve(value);
  const id = resolve(db.cfnCluster.logicalId);
  expect(resolve(db.cluster.clusterEndpoint.hostname)).toEqual({ 'Fn::GetAtt': [id, 'Endpoint.Address'] });
  expect(resolve(db.cluster.clusterReadEndpoint.hostname)).toEqual({ 'Fn::GetAtt': [id, 'ReadEndpoint.Address'] });
  expect(resolve(db.clusterArn)).toEqual({ 'Fn::GetAtt': [id, 'DBClusterArn'] });
  expect(resolve(db.secret.secretArn)).toEqual({ 'Fn::GetAtt': [id, 'MasterUserSecret.SecretArn'] });
  expect(db.cluster.instanceIdentifiers).toHaveLength(2);
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
    logRetention: RetentionDays.TWO_YEARS,
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

test('refuses what validateDatabase refuses', () => {
  expect(() => database(newStack(), { port: 5432 })).toThrow(/\[Test\/Database\] 'port' is 5432/);
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
  const encryptionKey = new CustomerManagedKey(base, 'Key', { description: 'Databases' }).key;
  const stack = new Stack(app, 'Test');
  new EncryptedDatabase(stack, 'Database', { vpc, encryptionKey, foundation });
  const template = render(base);
  const policies = JSON.stringify(template.resourcesOf('AWS::KMS::Key').map(k => k.properties.KeyPolicy));
  expect(policies).toContain('UseThroughRds');
  expect(policies).toContain('UseThroughSecretsmanager');
  expect(policies).toContain('EventsRdsPublish');
  expect(policies).toMatch(/test-database-[0-9a-f]+-\*\/iam-db-auth-error/);
});

test('two databases share a topic', () => {
  const stack = newStack();
  database(stack);
  new EncryptedDatabase(stack, 'Second', { vpc: stack.node.findChild('Vpc') as ec2.Vpc });
  const template = render(stack);
  const publish = template.resourcesOf('AWS::SNS::TopicPolicy')[0].properties.PolicyDocument.Statement.filter((s: any) => s.Sid === 'EventsRdsPublish');
  expect(publish).toHaveLength(1);
  expect(template.resourcesOf('AWS::RDS::EventSubscription')).toHaveLength(8);
});

test('has a name that RDS takes', () => {
  const stack = new Stack(new App(), 'A--very-long-Name-of-a-stack-that-RDS-would-not-take-as-the-identifier-of-a-cluster');
  database(stack);
  const [stem] = clusterOf(stack).properties.DBClusterIdentifier['Fn::Join'][1];
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
  expect(Object.values<any>(render(stack).json.Resources).map(r => r.Type).filter(t => /Lambda|Custom/.test(t))).toEqual([]);
});

test.each([['aws-us-gov', 'us-gov-west-1'], ['aws-cn', 'cn-north-1']])('synthesizes in %s', (_partition, region) => {
  const stack = newStack({}, { env: { account: '111122223333', region } });
  database(stack);
  expect(JSON.stringify(render(stack).json)).not.toContain('arn:aws:');
});
