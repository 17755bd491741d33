import { BKP_SAME_RETENTION } from '../../../src/services/backup/cluster-controls';
import { proveBreaks, Resources } from '../../support/predicate';

const UNKNOWN = { 'Fn::Unknown': 'P' };
const clusterArn = (id: any) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':rds:eu-west-1:111122223333:cluster:', id]] });
const cluster = (days?: any) => ({ Type: 'AWS::RDS::DBCluster', Properties: { DBClusterIdentifier: 'orders', ...days !== undefined && { BackupRetentionPeriod: days } } });
const selects = (...Resources_: any[]) => ({
  Type: 'AWS::Backup::BackupSelection',
  Properties: { BackupPlanId: { 'Fn::GetAtt': ['Plan', 'BackupPlanId'] }, BackupSelection: { Resources: Resources_ } },
});

const RIGHT: Resources = {
  Plan: {
    Type: 'AWS::Backup::BackupPlan',
    Properties: { BackupPlan: { BackupPlanRule: [{ RuleName: 'Continuous', EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 21 } }] } },
  },
  Db: cluster(21),
  Selection: selects(clusterArn({ Ref: 'Db' })),
};
const days = (value: any) => (r: any) => { r.Db.Properties.BackupRetentionPeriod = value; };
const rule = (r: any) => r.Plan.Properties.BackupPlan.BackupPlanRule[0];

proveBreaks(BKP_SAME_RETENTION, RIGHT, {
  'the number is text': days('21'),
  'another cluster is backed up elsewhere': r => { r.Other = cluster(7); },
  'the plan makes no continuous backups': r => { rule(r).EnableContinuousBackup = false; rule(r).Lifecycle.DeleteAfterDays = 35; },
  'both are what one parameter says': r => { days({ Ref: 'Days' })(r); rule(r).Lifecycle.DeleteAfterDays = { Ref: 'Days' }; },
}, {
  'the cluster keeps them less long': [days(14), 'Db'],
  'the cluster keeps them longer': [days(35), 'Db'],
  'the cluster does not say, which is a day': [days(undefined), 'Db'],
  'the plan keeps them longer': [r => { rule(r).Lifecycle.DeleteAfterDays = 35; }, 'Db'],
  'a further rule keeps them longer': [r => { r.Plan.Properties.BackupPlan.BackupPlanRule.push({ EnableContinuousBackup: true, Lifecycle: { DeleteAfterDays: 35 } }); }, 'Db'],
  'it is selected by its name': [r => { days(14)(r); r.Selection = selects('arn:aws:rds:eu-west-1:111122223333:cluster:orders'); }, 'Db'],
  'a second cluster is selected too': [r => { r.Other = { ...cluster(7), Properties: { BackupRetentionPeriod: 7 } }; r.Selection = selects(clusterArn({ Ref: 'Db' }), clusterArn({ Ref: 'Other' })); }, 'Other'],
  'the deployment says how long': [days(UNKNOWN), 'Db'],
});
