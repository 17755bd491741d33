import * as touch from '../../../src/services/general/touch-controls';
import { proveBreaks, Resources } from '../../support/predicate';

const GROUP: Resources = { Group: { Type: 'AWS::Logs::LogGroup', Properties: {} }, Other: { Type: 'AWS::Logs::LogGroup', Properties: {} } };
const RECORDER: Resources = { Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: {} } };
const policy = (Action: any, Resource: any, Type = 'AWS::IAM::ManagedPolicy', more: any = {}) => (r: any) => {
  r.Policy = { Type, Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource, ...more }] } } };
};
const GROUP_ARN = { 'Fn::GetAtt': ['Group', 'Arn'] };

proveBreaks(touch.GEN_NOBODY_MANAGES, GROUP, {
  'a function writes and reads': policy(['logs:PutLogEvents', 'logs:GetLogEvents', 'logs:StartQuery'], GROUP_ARN),
  'the retention of another log group is set': policy('logs:PutRetentionPolicy', { 'Fn::GetAtt': ['Other', 'Arn'] }),
  'the retention of log groups is set, as the CDK does': policy(['logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy'], '*'),
  'somebody administers everything': policy('*', '*'),
  'deleting is denied': policy('logs:DeleteLogGroup', GROUP_ARN, 'AWS::IAM::Policy', { Effect: 'Deny' }),
}, {
  'a function deletes it': [policy('logs:DeleteLogGroup', GROUP_ARN), 'Policy'],
  'a function does everything with it': [policy('logs:*', [{ 'Fn::Join': ['', [GROUP_ARN, ':*']] }], 'AWS::IAM::Policy'), 'Policy'],
  'a function does everything but reading': [policy(undefined, GROUP_ARN, 'AWS::IAM::RolePolicy', { NotAction: 'logs:GetLogEvents' }), 'Policy'],
  'a role deletes it by an inline policy': [r => {
    r.Role = { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: 'logs:Delete*', Resource: GROUP_ARN } } }] } };
  }, 'Role'],
  'a function does what the deployment says': [policy({ 'Fn::Unknown': 'P' }, GROUP_ARN), 'Policy'],
});
proveBreaks(touch.GEN_NOBODY_MANAGES, RECORDER, {
  'a function reads the configuration': policy(['config:Get*', 'config:Describe*'], '*'),
  'somebody administers everything': policy('*', '*'),
}, {
  'a function stops it': [policy('config:StopConfigurationRecorder', '*'), 'Policy'],
  'a function does everything with it': [policy('config:*', '*'), 'Policy'],
  'a function does everything elsewhere': [policy('config:Stop*', undefined, 'AWS::IAM::Policy', { NotResource: 'arn:a' }), 'Policy'],
});

const CLUSTER: Resources = { Db: { Type: 'AWS::RDS::DBCluster', Properties: {} } };
const DB_ARN = { 'Fn::GetAtt': ['Db', 'DBClusterArn'] };
const takenBy = (...Service: string[]) => (r: any) => {
  r.Role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }] } } };
  r.Policy.Properties.Roles = [{ Ref: 'Role' }];
};
const after = (...changes: ((r: any) => void)[]) => (r: any) => changes.forEach(change => change(r));
const modifies = policy(['rds:ModifyDBCluster'], DB_ARN);
proveBreaks(touch.GEN_NOBODY_MANAGES, CLUSTER, {
  'a function reads the master password': policy('secretsmanager:GetSecretValue', { 'Fn::GetAtt': ['Db', 'MasterUserSecret.SecretArn'] }),
  'AWS Backup prepares it for continuous backups': after(modifies, takenBy('backup.amazonaws.com')),
}, {
  'a function modifies it': [after(modifies, takenBy('lambda.amazonaws.com')), 'Policy'],
  'a role of AWS Backup and of others modifies it': [after(modifies, takenBy('backup.amazonaws.com', 'lambda.amazonaws.com')), 'Policy'],
  'a role that nobody here knows modifies it': [after(modifies, r => { r.Policy.Properties.Roles = ['role']; }), 'Policy'],
  'a role of AWS Backup and another one modify it': [after(modifies, takenBy('backup.amazonaws.com'), r => { r.Policy.Properties.Roles.push('role'); }), 'Policy'],
  'a role that a user may take, too, modifies it': [after(modifies, takenBy('backup.amazonaws.com'), r => {
    r.Role.Properties.AssumeRolePolicyDocument.Statement[0].Principal.AWS = 'arn:aws:iam::111122223333:root';
  }), 'Policy'],
  'a function changes who reads the master password': [policy('secretsmanager:PutResourcePolicy', { 'Fn::GetAtt': ['Db', 'MasterUserSecret.SecretArn'] }), 'Policy'],
});
