// What can be done to the database.
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { apart, Kind, Target, within } from './kind';
import { manager } from './managers';
import { furtherInstance, secretPolicy, subscribe } from '../data';
import { append, foreignArn, l1, ownIam, rendered } from '../touch';

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

export const DATABASES: Kind[] = [
  instance('a further instance on the internet', 'the database has a public address', { publiclyAccessible: true }),
  instance('a further instance that nobody watches', 'no metrics of the operating system', { monitoringInterval: 0, monitoringRoleArn: undefined, enablePerformanceInsights: false, performanceInsightsKmsKeyId: undefined, performanceInsightsRetentionPeriod: undefined }),
  apart<rds.CfnDBCluster>(CLUSTER, 'an integration with another account', 'every change of the data leaves the account', t => new rds.CfnIntegration(t.scope, 'Integration',
    { sourceArn: t.resource.attrDbClusterArn, targetArn: foreignArn('redshift-serverless', 'namespace/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0') })),
  apart<rds.CfnDBCluster>(CLUSTER, 'a proxy without TLS', 'passwords and data in plain text', t => {
    const { application: { network, database } } = t;
    const proxy = new rds.CfnDBProxy(t.scope, 'Proxy', {
      dbProxyName: 'plain',
      engineFamily: 'POSTGRESQL',
      requireTls: false,
      roleArn: ownIam('role/Proxy'),
      vpcSubnetIds: network.selectSubnets(network.applicationSubnets).subnetIds,
      vpcSecurityGroupIds: ['sg-0a1b2c3d4e5f60718'],
      auth: [{ authScheme: 'SECRETS', iamAuth: 'DISABLED', secretArn: database.secret!.secretArn }],
    });
    new rds.CfnDBProxyTargetGroup(t.scope, 'ProxyTargets', { dbProxyName: proxy.ref, targetGroupName: 'default', dbClusterIdentifiers: [t.resource.ref] });
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

  parameter(CLUSTER_PARAMETERS, 'password_encryption', 'hashes that are cracked in hours', 'md5'),
  parameter(CLUSTER_PARAMETERS, 'ssl_ciphers', 'connections that can be read', 'AES128-SHA'),
  parameter(CLUSTER_PARAMETERS, 'log_min_messages', 'audit records are below what is logged', 'panic'),
  parameter(CLUSTER_PARAMETERS, 'pgaudit.log_level', 'audit records are below what is logged', 'debug5'),
  parameter(INSTANCE_PARAMETERS, 'pgaudit.log', 'the parameters of the instance win: nothing is audited', 'none'),
  parameter(INSTANCE_PARAMETERS, 'log_statement', 'the parameters of the instance win: changes of the schema are not logged', 'none'),
  parameter(INSTANCE_PARAMETERS, 'log_min_messages', 'the parameters of the instance win: nothing is logged', 'panic'),

  within<rds.CfnDBInstance>(INSTANCE, 'other parameters', 'the parameters of the instance win: nothing is audited', t => {
    const group = new rds.CfnDBParameterGroup(t.stack, 'Unaudited', { description: 'audits nothing', family: 'aurora-postgresql17', parameters: { 'pgaudit.log': 'none', 'log_statement': 'none' } });
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

