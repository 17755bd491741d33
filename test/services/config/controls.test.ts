import * as controls from '../../../src/services/config/controls';
import { provePredicate } from '../../support/predicate';

const ROLE = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig']] };
const recorder = () => ({
  Type: 'AWS::Config::ConfigurationRecorder',
  Properties: { RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true }, RecordingMode: { RecordingFrequency: 'CONTINUOUS' }, RoleARN: ROLE },
});
const channel = () => ({
  Type: 'AWS::Config::DeliveryChannel',
  DependsOn: ['Policy'],
  Properties: {
    S3BucketName: { Ref: 'Bucket' },
    S3KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] },
    ConfigSnapshotDeliveryProperties: { DeliveryFrequency: 'TwentyFour_Hours' },
  },
});
const own = (Action: any, Resource: any, more = {}) => ({
  Effect: 'Allow', Principal: { Service: 'config.amazonaws.com' }, Action, Resource, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, ...more } },
});
const RECORDER = { Recorder: recorder(), Channel: channel() };
const CHANNEL = {
  Channel: channel(),
  Recorder: recorder(),
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      Bucket: { Ref: 'Bucket' },
      PolicyDocument: {
        Statement: [
          own(['s3:GetBucketAcl', 's3:ListBucket'], { 'Fn::GetAtt': ['Bucket', 'Arn'] }),
          own('s3:PutObject', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, '/AWSLogs/111122223333/Config/*']] }, { 's3:x-amz-acl': 'bucket-owner-full-control' }),
        ],
      },
    },
  },
  Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [own(['kms:Decrypt', 'kms:GenerateDataKey'], '*')] } } },
};
const group = (r: any) => r.Recorder.Properties.RecordingGroup;
const allowed = (r: any) => r.Policy.Properties.PolicyDocument.Statement;

provePredicate(controls.CONFIG_ALL_TYPES, RECORDER, {
  'there is no recording group': r => { delete r.Recorder.Properties.RecordingGroup; },
  'some types are recorded': r => { group(r).AllSupported = false; },
  'some types are left out': r => { group(r).ExclusionByResourceTypes = { ResourceTypes: ['AWS::IAM::User'] }; },
  'the recorder waits for the channel': r => { r.Recorder.DependsOn = ['Channel']; },
});
provePredicate(controls.CONFIG_GLOBAL_TYPES, RECORDER, {
  'they are left out': r => { group(r).IncludeGlobalResourceTypes = false; },
  'it is not said': r => { delete group(r).IncludeGlobalResourceTypes; },
});
provePredicate(controls.CONFIG_SERVICE_LINKED_ROLE, RECORDER, {
  'there is no role': r => { delete r.Recorder.Properties.RoleARN; },
  'the role is another': r => { r.Recorder.Properties.RoleARN = { 'Fn::GetAtt': ['Role', 'Arn'] }; },
  'the role has a longer name': r => { r.Recorder.Properties.RoleARN['Fn::Join'][1][4] += 'Rules'; },
});
provePredicate(controls.CONFIG_CONTINUOUS, RECORDER, {
  'it is daily': r => { r.Recorder.Properties.RecordingMode.RecordingFrequency = 'DAILY'; },
  'it is not said': r => { delete r.Recorder.Properties.RecordingMode; },
});
provePredicate(controls.CONFIG_ENCRYPTED, CHANNEL, { 'there is no key': r => { delete r.Channel.Properties.S3KmsKeyArn; } });
provePredicate(controls.CONFIG_SNAPSHOTS, CHANNEL, {
  'it is not said': r => { delete r.Channel.Properties.ConfigSnapshotDeliveryProperties; },
  'there is no such frequency': r => { r.Channel.Properties.ConfigSnapshotDeliveryProperties.DeliveryFrequency = 'Never'; },
});
provePredicate(controls.CONFIG_CAN_DELIVER, CHANNEL, {
  'the bucket is elsewhere': r => { r.Channel.Properties.S3BucketName = 'bucket'; },
  'there is no bucket': r => { delete r.Channel.Properties.S3BucketName; },
  'the bucket is locked': r => { r.Bucket.Properties.ObjectLockEnabled = true; },
  'it notifies a topic': r => { r.Channel.Properties.SnsTopicARN = { Ref: 'Topic' }; },
});
provePredicate(controls.CONFIG_POLICIES, CHANNEL, {
  'there is no policy': r => { delete r.Policy; },
  'the channel does not wait for it': r => { r.Channel.DependsOn = []; },
  'the channel waits for the recorder': r => { r.Channel.DependsOn.push('Recorder'); },
  'AWS Config may not read the bucket': r => { allowed(r).shift(); },
  'AWS Config may not write': r => { allowed(r).pop(); },
  'it may write anywhere': r => { allowed(r)[1].Resource = '*'; },
  'the owner does not get the object': r => { delete allowed(r)[1].Condition.StringEquals['s3:x-amz-acl']; },
  'it may write for any account': r => { delete allowed(r)[1].Condition.StringEquals['aws:SourceAccount']; },
  'it may use the key for any account': r => { delete r.Key.Properties.KeyPolicy.Statement[0].Condition; },
  'it may not use the key': r => { r.Key.Properties.KeyPolicy.Statement = []; },
});
provePredicate(controls.CONFIG_POLICIES, { ...CHANNEL, Channel: { ...channel(), Properties: { ...channel().Properties, S3KmsKeyArn: 'arn:aws:kms:r:a:key/k' } } }, {
  'there is no policy, though the key is elsewhere': r => { delete r.Policy; },
});
provePredicate(controls.CONFIG_BEFORE_RULES, { Rule: { Type: 'AWS::Config::ConfigRule', DependsOn: ['Recorder'] }, Recorder: recorder() }, {
  'the rule does not wait': r => { delete r.Rule.DependsOn; },
  'there is no recorder': r => { delete r.Recorder; },
});

const compliance = (r: any) => r.Rule.Properties.EventPattern;
provePredicate(controls.CONFIG_NOTIFIES, {
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: {
        'source': ['aws.config'],
        'detail-type': ['Config Rules Compliance Change'],
        'detail': { messageType: ['ComplianceChangeNotification'], newEvaluationResult: { complianceType: ['NON_COMPLIANT'] } },
      },
    },
  },
}, {
  'there is no pattern': r => { delete r.Rule.Properties.EventPattern; },
  'it is about something else': r => { compliance(r)['detail-type'] = ['Config Configuration Item Change']; },
  'it is about what is compliant': r => { compliance(r).detail.newEvaluationResult.complianceType = ['COMPLIANT']; },
  'it is about one rule': r => { compliance(r).detail.configRuleName = ['one']; },
});
provePredicate(controls.CONFIG_FAILURES_NOTIFY, {
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: {
        'source': ['aws.config'],
        'detail-type': ['Config Configuration Snapshot Delivery Status', 'Config Configuration History Delivery Status'],
        'detail': { messageType: [{ suffix: 'DeliveryFailed' }] },
      },
    },
  },
}, {
  'there is no pattern': r => { delete r.Rule.Properties.EventPattern; },
  'it is about snapshots only': r => { compliance(r)['detail-type'].pop(); },
  'it is about another message': r => { compliance(r).detail.messageType = ['ConfigurationSnapshotDeliveryCompleted']; },
});
