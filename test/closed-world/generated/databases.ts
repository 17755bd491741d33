// What can be done to the database.
import * as ram from 'aws-cdk-lib/aws-ram';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Aws, CfnCondition, Fn } from 'aws-cdk-lib/core';
import { apart, Kind, Target, within } from './kind';
import { manager } from './managers';
import { furtherInstance, secretPolicy, subscribe } from '../data';
import { allow, append, document, everybodyOf, FOREIGN, foreignArn, l1, ownArn, ownIam, rendered, Statement } from '../touch';

const CLUSTER = 'AWS::RDS::DBCluster';
const CLUSTER_PARAMETERS = 'AWS::RDS::DBClusterParameterGroup';
const INSTANCE_PARAMETERS = 'AWS::RDS::DBParameterGroup';
const INSTANCE = 'AWS::RDS::DBInstance';
const SUBNETS = 'AWS::RDS::DBSubnetGroup';

/** A further instance; of the stack itself it is told as of the others. */
const instance = (name: string, why: string, props: Partial<rds.CfnDBInstanceProps>): Kind => apart<rds.CfnDBCluster>(CLUSTER, name, why, t => {
  const made = furtherInstance(t.scope, t.stack, props);
  if (t.scope === t.stack) { subscribe(t.stack, { instance: made }); }
});
const parameter = (type: string, name: string, why: string, value: string): Kind => within(type, `${name} is ${value}`, why, t => t.resource.addPropertyOverride(`Parameters.${name.replace(/\./g, '\\.')}`, value));
const subnet = (name: string, why: string, id: (t: Target<rds.CfnDBSubnetGroup>) => any): Kind => within<rds.CfnDBSubnetGroup>(SUBNETS, name, why, t => append(t.resource, 'SubnetIds', id(t)));

/** A proxy before the database, as it should be but for the changes. */
export function proxy(t: Target<rds.CfnDBCluster>, changes: Partial<rds.CfnDBProxyProps> = {}): rds.CfnDBProxy {
  const { application: { network, database } } = t;
  const made = new rds.CfnDBProxy(t.scope, 'Proxy', {
    dbProxyName: 'shop',
    engineFamily: 'POSTGRESQL',
    requireTls: true,
    roleArn: ownIam('role/Proxy'),
    vpcSubnetIds: network.selectSubnets(network.applicationSubnets).subnetIds,
    vpcSecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
    auth: [{ authScheme: 'SECRETS', iamAuth: 'REQUIRED', secretArn: database.secret!.secretArn }],
    ...changes,
  });
  new rds.CfnDBProxyTargetGroup(t.scope, 'ProxyTargets', { dbProxyName: made.ref, targetGroupName: 'default', dbClusterIdentifiers: [t.resource.ref] });
  return made;
}

/** A clone of the database that is as it is, but for the changes. */
export function clone(t: Target<rds.CfnDBCluster>, changes: Partial<rds.CfnDBClusterProps> = {}): rds.CfnDBCluster {
  const { resource } = t;
  return new rds.CfnDBCluster(t.scope, 'Clone', {
    engine: 'aurora-postgresql',
    sourceDbClusterIdentifier: resource.ref,
    restoreType: 'copy-on-write',
    useLatestRestorableTime: true,
    kmsKeyId: resource.kmsKeyId,
    deletionProtection: true,
    enableIamDatabaseAuthentication: true,
    copyTagsToSnapshot: true,
    dbSubnetGroupName: resource.dbSubnetGroupName,
    vpcSecurityGroupIds: resource.vpcSecurityGroupIds,
    dbClusterParameterGroupName: resource.dbClusterParameterGroupName,
    ...changes,
  });
}

/** A secret of a further user of the database, as the CDK attaches it. */
export function attached(t: Target<rds.CfnDBCluster>, changes: Partial<secretsmanager.CfnSecretProps> = {}) {
  const made = new secretsmanager.CfnSecret(t.scope, 'FurtherUser', { kmsKeyId: t.application.database.encryptionKey.keyArn, generateSecretString: { secretStringTemplate: '{"username":"reports"}', generateStringKey: 'password' }, ...changes });
  return new secretsmanager.CfnSecretTargetAttachment(t.scope, 'FurtherUserAttachment', { secretId: made.ref, targetType: 'AWS::RDS::DBCluster', targetId: t.resource.ref });
}

/** A policy of the secret of the master password. */
function secret(t: Target<rds.CfnDBCluster>, ...statements: Statement[]): void {
  new secretsmanager.CfnResourcePolicy(t.scope, 'SecretPolicy', { secretId: t.resource.attrMasterUserSecretSecretArn, resourcePolicy: document(...statements) });
}

export const DATABASES: Kind[] = [
  instance('a further instance on the internet', 'the database has a public address', { publiclyAccessible: true }),
  instance('a further instance that nobody watches', 'no metrics of the operating system', { monitoringInterval: 0, monitoringRoleArn: undefined, enablePerformanceInsights: false, performanceInsightsKmsKeyId: undefined, performanceInsightsRetentionPeriod: undefined }),
  apart<rds.CfnDBCluster>(CLUSTER, 'an integration with another account', 'every change of the data leaves the account', t => new rds.CfnIntegration(t.scope, 'Integration',
    { sourceArn: t.resource.attrDbClusterArn, targetArn: foreignArn('redshift-serverless', 'namespace/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0') })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a proxy without TLS', 'passwords and data in plain text', t => {
    const { application: { network, database } } = t;
    const plain = new rds.CfnDBProxy(t.scope, 'Proxy', {
      dbProxyName: 'plain',
      engineFamily: 'POSTGRESQL',
      requireTls: false,
      roleArn: ownIam('role/Proxy'),
      vpcSubnetIds: network.selectSubnets(network.applicationSubnets).subnetIds,
      vpcSecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
      auth: [{ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn: database.secret!.secretArn }],
    });
    new rds.CfnDBProxyTargetGroup(t.scope, 'ProxyTargets', { dbProxyName: plain.ref, targetGroupName: 'default', dbClusterIdentifiers: [t.resource.ref] });
  }),
  apart<rds.CfnDBCluster>(CLUSTER, 'a clone without protection', 'the same data, reached and deleted by others', t => new rds.CfnDBCluster(t.scope, 'Clone', {
    engine: 'aurora-postgresql',
    sourceDbClusterIdentifier: t.resource.ref,
    restoreType: 'copy-on-write',
    useLatestRestorableTime: true,
    deletionProtection: false,
    vpcSecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
  })),
  apart<rds.CfnDBCluster>(CLUSTER, 'another account reads the master password', 'strangers have the password of the administrator', t => secretPolicy(t.scope, t.stack)),
  apart<rds.CfnDBCluster>(CLUSTER, 'a function of another account rotates the master password', 'strangers have the password of the administrator',
    t => new secretsmanager.CfnRotationSchedule(t.scope, 'Rotation', { secretId: t.resource.attrMasterUserSecretSecretArn, rotationLambdaArn: foreignArn('lambda', 'function:rotate'), rotationRules: { automaticallyAfterDays: 7 } })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a function may delete it and lift its protection', 'whoever has the function has the data', t => manager(t, ['rds:DeleteDBCluster', 'rds:ModifyDBCluster'], t.resource.attrDbClusterArn)),
  instance('a further instance with an old certificate', 'an authority that has expired', { caCertificateIdentifier: 'rds-ca-2019' }),
  instance('a further instance that stays at its version', 'known vulnerabilities', { autoMinorVersionUpgrade: false }),
  instance('a further instance that reads and writes elsewhere', 'SQL that reaches buckets', { associatedRoles: [{ featureName: 's3Export', roleArn: ownIam('role/Export') }] }),
  instance('a further instance under parameters that nobody here knows', 'what it logs is in nobody\'s template', { dbParameterGroupName: 'unaudited' }),
  apart<rds.CfnDBCluster>(CLUSTER, 'a further instance whose address the deployment decides', 'what only the deployment knows may be true', t => {
    const isPublic = new CfnCondition(t.scope, 'Public', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-1') });
    furtherInstance(t.scope, t.stack, { publiclyAccessible: Fn.conditionIf(isPublic.logicalId, true, false) });
  }),
  within<rds.CfnDBCluster>(CLUSTER, 'it exports to a bucket of another account', 'SQL that ships the data away', t => t.resource.addPropertyOverride('AssociatedRoles', [{ FeatureName: 's3Export', RoleArn: `arn:aws:iam::${FOREIGN}:role/Export` }])),
  within<rds.CfnDBCluster>(CLUSTER, 'SQL over the internet', 'past the network, with credentials alone', t => t.resource.addPropertyOverride('EnableHttpEndpoint', true)),
  within<rds.CfnDBCluster>(CLUSTER, 'it joins a global cluster that nobody here knows', 'the data is copied to wherever that one is', t => t.resource.addPropertyOverride('GlobalClusterIdentifier', 'theirs')),
  apart<rds.CfnDBCluster>(CLUSTER, 'an integration under the key of AWS', 'changes of the data that everybody of the account can read',
    t => new rds.CfnIntegration(t.scope, 'Integration', { sourceArn: t.resource.attrDbClusterArn, targetArn: ownArn('redshift-serverless', 'namespace/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0') })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a proxy that asks for passwords only', 'passwords that are shared, past IAM', t => proxy(t, { auth: [{ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn: t.application.database.secret!.secretArn }] })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a proxy with the secret of another account', 'strangers say who logs in', t => proxy(t, { auth: [{ authScheme: 'SECRETS', iamAuth: 'REQUIRED', secretArn: foreignArn('secretsmanager', 'secret:theirs-AbCdEf') }] })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a proxy in the public tier', 'the database has a door to the internet', t => proxy(t, { vpcSubnetIds: t.application.network.publicSubnets.map(s => s.subnetId) })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a proxy that logs every statement', 'data in logs', t => proxy(t, { debugLogging: true })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a global cluster in plain text', 'copies that can be read from storage', t => new rds.CfnGlobalCluster(t.scope, 'World', { sourceDbClusterIdentifier: t.resource.attrDbClusterArn, storageEncrypted: false })),
  apart<rds.CfnDBCluster>(CLUSTER, 'it is shared with another account', 'strangers clone all of it', t => new ram.CfnResourceShare(t.scope, 'Share', { name: 'database', principals: [FOREIGN], resourceArns: [t.resource.attrDbClusterArn] })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a clone under the key of AWS', 'data that everybody of the account can read', t => clone(t, { kmsKeyId: 'alias/aws/rds' })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a clone with a password in its template', 'whoever reads the template reads the data', t => clone(t, { masterUserPassword: 'hunter2hunter2' })),
  apart<rds.CfnDBCluster>(CLUSTER, 'something of RDS that nobody here knows', 'its doors are in nobody\'s template', t => new rds.CfnDBShardGroup(t.scope, 'Shards', { dbClusterIdentifier: t.resource.ref, maxAcu: 64, publiclyAccessible: true })),
  apart<rds.CfnDBCluster>(CLUSTER, 'everybody reads the master password', 'the internet has the password of the administrator', t => secret(t, allow('*', 'secretsmanager:GetSecretValue', '*'))),
  apart<rds.CfnDBCluster>(CLUSTER, 'a role may change who reads the master password', 'it lets in whom it likes', t => secret(t, allow({ AWS: ownIam('role/Reports') }, ['secretsmanager:GetSecretValue', 'secretsmanager:PutResourcePolicy'], '*'))),
  apart<rds.CfnDBCluster>(CLUSTER, 'broad policies of the master password are not refused', 'a later policy may be for everybody',
    t => new secretsmanager.CfnResourcePolicy(t.scope, 'Unblocked', { secretId: t.resource.attrMasterUserSecretSecretArn, blockPublicPolicy: false, resourcePolicy: document(allow({ AWS: ownIam('role/Reports') }, 'secretsmanager:GetSecretValue', '*')) })),
  apart<rds.CfnDBCluster>(CLUSTER, 'two policies of the master password', 'the second replaces the first', t => ['One', 'Two'].forEach(id => new secretsmanager.CfnResourcePolicy(t.scope, id, {
    secretId: t.resource.attrMasterUserSecretSecretArn, resourcePolicy: document(allow({ AWS: ownIam(`role/${id}`) }, 'secretsmanager:GetSecretValue', '*')),
  }))),
  apart<rds.CfnDBCluster>(CLUSTER, 'the master password is changed once in ten years', 'a password that was read once opens for ever',
    t => new secretsmanager.CfnRotationSchedule(t.scope, 'Rotation', { secretId: t.resource.attrMasterUserSecretSecretArn, rotationRules: { automaticallyAfterDays: 3650 } })),
  apart<rds.CfnDBCluster>(CLUSTER, 'the master password is attached to a database elsewhere', 'it is written over', t => new secretsmanager.CfnSecretTargetAttachment(t.scope, 'Attached',
    { secretId: t.resource.attrMasterUserSecretSecretArn, targetType: 'AWS::RDS::DBCluster', targetId: 'theirs' })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a secret of it is copied to other regions under the key of AWS', 'everybody of the account can read the copy', t => attached(t, { replicaRegions: [{ region: 'eu-central-1' }] })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a secret of it is rotated by a function of another account', 'strangers have the password', t => new secretsmanager.CfnRotationSchedule(t.scope, 'Rotation',
    { secretId: attached(t).ref, rotationLambdaArn: foreignArn('lambda', 'function:rotate'), rotationRules: { automaticallyAfterDays: 30 } })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a secret of it is let to another account', 'strangers have the password', t => new secretsmanager.CfnResourcePolicy(t.scope, 'LetOut',
    { secretId: attached(t).ref, resourcePolicy: document(allow(everybodyOf(FOREIGN), 'secretsmanager:GetSecretValue', '*')) })),

  parameter(CLUSTER_PARAMETERS, 'password_encryption', 'hashes that are cracked in hours', 'md5'),
  parameter(CLUSTER_PARAMETERS, 'ssl_ciphers', 'connections that can be read', 'AES128-SHA'),
  parameter(CLUSTER_PARAMETERS, 'log_min_messages', 'audit records are below what is logged', 'panic'),
  parameter(CLUSTER_PARAMETERS, 'pgaudit.log_level', 'audit records are below what is logged', 'debug5'),
  parameter(CLUSTER_PARAMETERS, 'log_statement', 'passwords of roles are logged', 'ddl'),
  parameter(CLUSTER_PARAMETERS, 'log_min_error_statement', 'passwords are logged when a role is there already', 'error'),
  parameter(CLUSTER_PARAMETERS, 'log_min_duration_statement', 'everything is logged as slow, passwords of roles too', '0'),
  parameter(INSTANCE_PARAMETERS, 'rds.force_ssl', 'the parameters of the instance win: SQL in plain text', '0'),
  parameter(INSTANCE_PARAMETERS, 'pgaudit.log', 'the parameters of the instance win: nothing is audited', 'none'),
  parameter(INSTANCE_PARAMETERS, 'log_statement', 'the parameters of the instance win: passwords of roles are logged', 'ddl'),
  parameter(INSTANCE_PARAMETERS, 'log_min_messages', 'the parameters of the instance win: nothing is logged', 'panic'),

  within<rds.CfnDBInstance>(INSTANCE, 'other parameters', 'the parameters of the instance win: nothing is audited', t => {
    const group = new rds.CfnDBParameterGroup(t.stack, 'Unaudited', { description: 'audits nothing', family: 'aurora-postgresql17', parameters: { 'pgaudit.log': 'none', 'log_statement': 'ddl' } });
    append(l1(t.stack, 'Database/ParameterEvents'), 'SourceIds', t.stack.resolve(group.ref));
    t.resource.addPropertyOverride('DBParameterGroupName', t.stack.resolve(group.ref));
  }),
  within<rds.CfnDBInstance>(INSTANCE, 'parameters that nobody here knows', 'what the instance logs is in nobody\'s template', t => t.resource.addPropertyOverride('DBParameterGroupName', 'unaudited')),

  subnet('a subnet of the public tier', 'an instance may be put on the internet', t => t.stack.resolve(t.application.network.publicSubnets[0].subnetId)),
  subnet('a subnet of the application tier', 'an instance may be put among the tasks', t => t.stack.resolve(t.application.network.selectSubnets(t.application.network.applicationSubnets).subnetIds[0])),
  subnet('a subnet that nobody here knows', 'its routes are in nobody\'s template', () => 'subnet-0a1b2c3d4e5f60718'),
  within<rds.CfnEventSubscription>('AWS::RDS::EventSubscription', 'it tells of one security group only', 'nobody hears of the others', t => append(t.resource, 'SourceIds', 'one-of-them'), /SecurityGroupEvents/),
  apart<rds.CfnEventSubscription>('AWS::RDS::EventSubscription', 'another one tells somebody else', 'strangers read what happens to the database', t => new rds.CfnEventSubscription(t.scope, 'Theirs', {
    snsTopicArn: foreignArn('sns', 'collector'), sourceType: 'db-cluster', sourceIds: [t.application.database.clusterIdentifier], eventCategories: rendered(t.resource, 'EventCategories'),
  }), /ClusterEvents/),
];

