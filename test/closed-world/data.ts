// What is added to the database.
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Cases, casesOf, Change } from './harness';
import { added, allow, append, document, everybodyOf, FOREIGN, foreignArn, l1, override, rendered, statement, to } from './touch';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';

/** A parameter of the cluster: in its group, and in a group that takes the place of it. */
function clusterParameter(name: string, value: string): Record<string, Change> {
  return {
    'by an override': override('Database/ClusterParameters', group => group.addPropertyOverride(`Parameters.${name}`, value)),
    'by another group': override('Database', (cluster, stack) => {
      const group = l1<rds.CfnDBClusterParameterGroup>(stack, 'Database/ClusterParameters');
      const other = new rds.CfnDBClusterParameterGroup(stack, 'OtherParameters', {
        description: 'other', family: rendered(group, 'Family'), parameters: { ...rendered(group, 'Parameters'), [name]: value },
      });
      cluster.addPropertyOverride('DBClusterParameterGroupName', stack.resolve(other.ref));
    }),
  };
}

/** A further instance, as the others but for its parameter group. */
export function furtherInstance(scope: Stack, stack: ThreeTierSecureStack, changes: Partial<rds.CfnDBInstanceProps> = {}): rds.CfnDBInstance {
  const { database } = stack.application;
  const [{
    dbInstanceClass, engine, dbParameterGroupName, autoMinorVersionUpgrade, caCertificateIdentifier, enablePerformanceInsights, monitoringInterval,
    monitoringRoleArn, performanceInsightsKmsKeyId, performanceInsightsRetentionPeriod, publiclyAccessible,
  }] = database.instances;
  const instance = new rds.CfnDBInstance(scope, 'FurtherInstance', {
    dbClusterIdentifier: database.clusterIdentifier,
    dbInstanceClass,
    engine,
    dbParameterGroupName,
    autoMinorVersionUpgrade,
    caCertificateIdentifier,
    enablePerformanceInsights,
    monitoringInterval,
    monitoringRoleArn,
    performanceInsightsKmsKeyId,
    performanceInsightsRetentionPeriod,
    publiclyAccessible,
    ...changes,
  });
  instance.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  return instance;
}

/** Tells of an instance, and of its parameter group, as of the others. */
export function subscribe(
  stack: ThreeTierSecureStack, { instance, group }: { readonly instance: rds.CfnDBInstance; readonly group?: rds.CfnDBParameterGroup },
): void {
  append(l1(stack, 'Database/InstanceEvents'), 'SourceIds', stack.resolve(instance.ref));
  if (group) { append(l1(stack, 'Database/ParameterEvents'), 'SourceIds', stack.resolve(group.ref)); }
}

const unaudited = (scope: Stack) => new rds.CfnDBParameterGroup(scope, 'Unaudited',
  { description: 'audits nothing', family: 'aurora-postgresql17', parameters: { 'pgaudit.log': 'none', 'log_statement': 'ddl' } });

const CASES: Cases = {
  'cluster parameters: passwords are hashed with MD5': clusterParameter('password_encryption', 'md5'),
  'cluster parameters: passwords are logged': clusterParameter('log_statement', 'ddl'),
  'cluster parameters: weak ciphers': clusterParameter('ssl_ciphers', 'AES128-SHA'),
  'a further instance under parameters that audit nothing': {
    'in the stack': (_, stack) => {
      const group = unaudited(stack);
      subscribe(stack, { instance: furtherInstance(stack, stack, { dbParameterGroupName: group.ref }), group });
    },
    'in a second stack': added((scope, stack) => furtherInstance(scope, stack, { dbParameterGroupName: unaudited(scope).ref }))['in a second stack'],
    'by an override of the group that the instances have': override('Database/InstanceParameters', group => {
      group.addPropertyOverride('Parameters', { 'pgaudit.log': 'none', 'log_statement': 'ddl' });
    }),
  },
  'an integration ships the database to another account': added((scope, { application: { database } }) =>
    new rds.CfnIntegration(scope, 'Integration', {
      sourceArn: database.clusterArn, targetArn: foreignArn('redshift-serverless', 'namespace/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'),
    })),
  'a policy of the master secret lets another account read it': {
    'in the stack': added(secretPolicy)['in the stack'],
    'by the L2 of the CDK': to((a, stack) => {
      const policy = new secretsmanager.ResourcePolicy(stack, 'SecretPolicy', { secret: a.database.secret! });
      policy.document.addStatements(statement(readsSecret()));
    }),
  },
};

const readsSecret = () => allow(everybodyOf(FOREIGN), 'secretsmanager:GetSecretValue', '*');

/** A policy of the secret of the master password, which another account may read. */
export function secretPolicy(scope: Stack, { application: { database } }: ThreeTierSecureStack): void {
  new secretsmanager.CfnResourcePolicy(scope, 'SecretPolicy', {
    secretId: database.secret!.secretArn, resourcePolicy: document(readsSecret()),
  });
}

export const DATA = casesOf('data', CASES);
