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
