import * as controls from '../../../src/services/logs/controls';
import { provePredicate } from '../../support/predicate';

const GROUP = { Logs: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { Ref: 'Key' }, RetentionInDays: 365, DeletionProtectionEnabled: true } } };

provePredicate(controls.LOG_ENCRYPTED, GROUP, {
  'there is no key': r => { delete r.Logs.Properties.KmsKeyId; },
});
provePredicate(controls.LOG_RETENTION, GROUP, {
  'logs are kept for less than a year': r => { r.Logs.Properties.RetentionInDays = 180; },
  'logs are kept for ever, which is not said': r => { delete r.Logs.Properties.RetentionInDays; },
});
provePredicate(controls.LOG_DELETION_PROTECTION, GROUP, {
  'it is off': r => { r.Logs.Properties.DeletionProtectionEnabled = false; },
  'it is not said': r => { delete r.Logs.Properties.DeletionProtectionEnabled; },
});

const NAME = { 'Fn::Join': ['', ['app-logs-1a-', { 'Fn::Select': [0, { Ref: 'AWS::StackId' }] }]] };
const context = (name: string) => ({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:logs:eu-west-1:1:log-group:${name}`]] } } });
const ENCRYPTED = {
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] }, LogGroupName: NAME } },
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: { KeyPolicy: { Statement: [{ Effect: 'Allow', Principal: { Service: 'logs.eu-west-1.amazonaws.com' }, Action: 'kms:Encrypt', Resource: '*', Condition: context('app-logs-1a-*') }] } },
  },
};
provePredicate(controls.LOG_ENCRYPTED, ENCRYPTED, {
  'the key is for another log group': r => { r.Key.Properties.KeyPolicy.Statement[0].Condition = context('app-logs-1b-*'); },
  'the key is for another service': r => { r.Key.Properties.KeyPolicy.Statement[0].Principal.Service = 'cloudtrail.amazonaws.com'; },
  'the key has no statement for it': r => { r.Key.Properties.KeyPolicy.Statement = []; },
  'the key denies it': r => { r.Key.Properties.KeyPolicy.Statement[0].Effect = 'Deny'; },
});
