import { CLUSTER } from './fixtures';
import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/rds/controls';
import { provePredicate } from '../../support/predicate';

provePredicate(controls.DB_ENCRYPTED, CLUSTER, {
  'it is off': r => { r.Db.Properties.StorageEncrypted = false; },
  'it is not said': r => { delete r.Db.Properties.StorageEncrypted; },
  'there is no key': r => { delete r.Db.Properties.KmsKeyId; },
  'the key is the one of AWS': r => { r.Db.Properties.KmsKeyId = 'alias/aws/rds'; },
});
provePredicate(controls.DB_IAM_AUTHENTICATION, CLUSTER, {
  'it is off': r => { r.Db.Properties.EnableIAMDatabaseAuthentication = false; },
  'it is not said': r => { delete r.Db.Properties.EnableIAMDatabaseAuthentication; },
});
provePredicate(controls.DB_LOG_EXPORTS, CLUSTER, {
  'nothing is exported': r => { delete r.Db.Properties.EnableCloudwatchLogsExports; },
  'the log is not exported': r => { r.Db.Properties.EnableCloudwatchLogsExports = ['iam-db-auth-error']; },
  'failed log-ins are not exported': r => { r.Db.Properties.EnableCloudwatchLogsExports = ['postgresql']; },
});
provePredicate(controls.DB_LOG_GROUPS, CLUSTER, {
  'there is no log group': r => { delete r.Log; },
  'the cluster does not wait for one': r => { r.Db.DependsOn = ['Log']; },
  'one has no key': r => { delete r.IamLog.Properties.KmsKeyId; },
  'one is kept for ever': r => { delete r.Log.Properties.RetentionInDays; },
  'one is of another cluster': r => { r.Log.Properties.LogGroupName = '/aws/rds/cluster/other/postgresql'; },
  'the cluster has no name that the log groups could have': r => { delete r.Db.Properties.DBClusterIdentifier; },
  'one has another name': r => { r.Log.Properties.LogGroupName = '/aws/rds/cluster/db/postgresql-old'; },
  'nothing is exported': r => { delete r.Db.Properties.EnableCloudwatchLogsExports; },
});
provePredicate(controls.DB_DELETION_PROTECTION, CLUSTER, {
  'it is off': r => { r.Db.Properties.DeletionProtection = false; },
  'it is not said': r => { delete r.Db.Properties.DeletionProtection; },
});
provePredicate(controls.DB_KEEPS_BACKUPS, CLUSTER, {
  'they are deleted': r => { r.Db.Properties.DeleteAutomatedBackups = true; },
  'it is not said, which deletes them': r => { delete r.Db.Properties.DeleteAutomatedBackups; },
});
provePredicate(controls.DB_BACKUP_RETENTION, CLUSTER, {
  'it is 6 days': r => { r.Db.Properties.BackupRetentionPeriod = 6; },
  'it is not said, which is 1 day': r => { delete r.Db.Properties.BackupRetentionPeriod; },
});
provePredicate(controls.DB_MANAGED_PASSWORD, CLUSTER, {
  'RDS does not manage it': r => { r.Db.Properties.ManageMasterUserPassword = false; },
  'there is no key': r => { delete r.Db.Properties.MasterUserSecret; },
  'the key is the one of AWS': r => { r.Db.Properties.MasterUserSecret.KmsKeyId = 'alias/aws/secretsmanager'; },
  'a password is given': r => { r.Db.Properties.MasterUserPassword = 'secret'; },
});
provePredicate(controls.DB_MASTER_NAME, CLUSTER, {
  'it is postgres': r => { r.Db.Properties.MasterUsername = 'postgres'; },
  'it is Admin': r => { r.Db.Properties.MasterUsername = 'Admin'; },
  'it is not said': r => { delete r.Db.Properties.MasterUsername; },
});
provePredicate(controls.DB_PORT, CLUSTER, {
  'it is 5432': r => { r.Db.Properties.Port = 5432; },
  'it is 5432 as text': r => { r.Db.Properties.Port = '5432'; },
  'it is not said': r => { delete r.Db.Properties.Port; },
});
provePredicate(controls.DB_INSIGHTS, CLUSTER, {
  'the mode is standard': r => { r.Db.Properties.DatabaseInsightsMode = 'standard'; },
  'Performance Insights is off': r => { r.Db.Properties.PerformanceInsightsEnabled = false; },
  'it is kept for a week': r => { r.Db.Properties.PerformanceInsightsRetentionPeriod = 7; },
  'there is no key': r => { delete r.Db.Properties.PerformanceInsightsKmsKeyId; },
  'an instance has it off': r => { r.Two.Properties.EnablePerformanceInsights = false; },
  'an instance keeps it for a week': r => { r.One.Properties.PerformanceInsightsRetentionPeriod = 7; },
  'an instance has no key': r => { delete r.One.Properties.PerformanceInsightsKMSKeyId; },
});
provePredicate(controls.DB_TWO_ZONES, CLUSTER, {
  'there is one instance': r => { delete r.Two; },
  'there is none': r => { delete r.One; delete r.Two; },
  'both are in one zone': r => { r.Two.Properties.AvailabilityZone = r.One.Properties.AvailabilityZone; },
  'the second belongs to another cluster': r => { r.Two.Properties.DBClusterIdentifier = { Ref: 'Other' }; },
  'zones are not said': r => { delete r.One.Properties.AvailabilityZone; },
});
provePredicate(controls.DB_TAGS, CLUSTER, {
  'they are not copied': r => { r.Db.Properties.CopyTagsToSnapshot = false; },
  'it is not said': r => { delete r.Db.Properties.CopyTagsToSnapshot; },
});
provePredicate(controls.DB_EVENTS, CLUSTER, {
  'one subscription is missing': r => { delete r.GroupEvents; },
  'one is off': r => { r.InstanceEvents.Properties.Enabled = false; },
  'a category is missing': r => { r.InstanceEvents.Properties.EventCategories = ['maintenance', 'failure']; },
  'no instance is among the sources': r => { r.InstanceEvents.Properties.SourceIds = [{ Ref: 'Other' }]; },
  'one is about a security group that is named': r => { r.GroupEvents.Properties.SourceIds = ['one-of-them']; },
  'one is about parameters of others': r => { r.ParameterEvents.Properties.SourceIds = ['other']; },
  'one is about another cluster': r => { r.ClusterEvents.Properties.SourceIds = [{ Ref: 'Other' }]; },
});
const { One, ...others } = CLUSTER;
provePredicate(controls.DB_INSTANCE_EVENTS, { One, ...others }, {
  'it is left out': r => { r.InstanceEvents.Properties.SourceIds = [{ Ref: 'Two' }]; },
  'there is no subscription': r => { delete r.InstanceEvents; },
  'it is off': r => { r.InstanceEvents.Properties.Enabled = false; },
});
test('a further instance needs no subscription of its own, and one for all is enough', () => {
  const holds = (change: (r: any) => void) => {
    const resources: any = structuredClone(CLUSTER);
    change(resources);
    const template = new RenderedTemplate({ Resources: resources });
    return controls.DB_EVENTS.holds(template.resource('Db')!, template);
  };
  expect(holds(r => { r.Three = structuredClone(r.One); })).toBe(true);
  expect(holds(r => { delete r.InstanceEvents.Properties.SourceIds; delete r.ClusterEvents.Properties.SourceIds; })).toBe(true);
});
provePredicate(controls.DB_SUPPORTED_ENGINE, CLUSTER, {
  'extended support is on': r => { r.Db.Properties.EngineLifecycleSupport = 'open-source-rds-extended-support'; },
  'it is not said, which is on': r => { delete r.Db.Properties.EngineLifecycleSupport; },
});

const publishes = (Action: string | string[]) => ({ Effect: 'Allow', Principal: { Service: 'events.rds.amazonaws.com' }, Action, Resource: '*' });
provePredicate(controls.DB_EVENTS, {
  ...CLUSTER,
  Topic: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['TopicKey', 'Arn'] } } },
  TopicPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: [publishes('sns:Publish')] } } },
  TopicKey: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [publishes(['kms:Decrypt', 'kms:GenerateDataKey*'])] } } },
}, {
  'RDS may not publish': r => { r.TopicPolicy.Properties.PolicyDocument.Statement = []; },
  "RDS may not use the topic's key": r => { r.TopicKey.Properties.KeyPolicy.Statement[0].Action = 'kms:Decrypt'; },
});
