import * as touch from '../../../src/services/config/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate, Resources } from '../../support/predicate';

const override = (RecordingFrequency: any, ResourceTypes: any) => ({ RecordingFrequency, ResourceTypes });
const RECORDER: Resources = {
  Recorder: { Type: 'AWS::Config::ConfigurationRecorder', Properties: { RecordingMode: { RecordingModeOverrides: [override('DAILY', ['AWS::EC2::NetworkInterface', 'AWS::EC2::Volume'])] } } },
};
const set = (overrides: any) => (r: any) => { r.Recorder.Properties.RecordingMode.RecordingModeOverrides = overrides; };
provePredicate(touch.CONFIG_SECURITY_TYPES, RECORDER, {
  'roles are recorded daily': set([override('DAILY', ['AWS::IAM::Role'])]),
  'security groups are recorded daily, besides noise': set([override('DAILY', ['AWS::EC2::NetworkInterface', 'AWS::EC2::SecurityGroup'])]),
  'a second override is of keys': set([override('DAILY', ['AWS::EC2::Volume']), override('DAILY', ['AWS::KMS::Key'])]),
  'every type is recorded daily': set([override('DAILY', ['*'])]),
  'the override names no types': set([override('DAILY', [])]),
  'the deployment knows the types': set([override('DAILY', { 'Fn::Unknown': 'P' })]),
  'the deployment knows the overrides': set({ 'Fn::Unknown': 'P' }),
});
provePredicate(touch.CONFIG_SECURITY_TYPES, { Recorder: { Type: RECORDER.Recorder.Type, Properties: { RecordingMode: { RecordingModeOverrides: [override('CONTINUOUS', ['AWS::IAM::Role'])] } } } }, {
  'the deployment knows how often': set([override({ 'Fn::Unknown': 'P' }, ['AWS::IAM::Role'])]),
});

const add = (type: string, Properties: any) => (r: any) => { r.Added = { Type: `AWS::Config::${type}`, Properties }; };
proveBreaks(touch.CONFIG_ONE_CHANNEL, { Channel: { Type: 'AWS::Config::DeliveryChannel', Properties: {} } }, { 'a rule is added': add('ConfigRule', {}) }, {
  'there is a second channel': [add('DeliveryChannel', { S3BucketName: 'theirs' }), 'Added'],
});
proveBreaks(touch.CONFIG_OURS, RECORDER, {
  'the account itself collects': add('AggregationAuthorization', { AuthorizedAccountId: OWN }),
  'this account collects from others': add('ConfigurationAggregator', { AccountAggregationSources: [{ AccountIds: [FOREIGN] }] }),
  'a rule': add('ConfigRule', {}),
  'a remedy of AWS': add('RemediationConfiguration', { TargetId: 'AWS-DisablePublicAccessForSecurityGroup' }),
  'a remedy of the account': add('RemediationConfiguration', { TargetId: `arn:aws:ssm:eu-west-1:${OWN}:document/Mend` }),
}, {
  'another account collects the records': [add('AggregationAuthorization', { AuthorizedAccountId: FOREIGN }), 'Added'],
  'the deployment knows who collects the records': [add('AggregationAuthorization', { AuthorizedAccountId: { 'Fn::Unknown': 'P' } }), 'Added'],
  'another account brings a remedy': [add('RemediationConfiguration', { TargetId: `arn:aws:ssm:eu-west-1:${FOREIGN}:document/Mend` }), 'Added'],
  'the deployment knows the remedy': [add('RemediationConfiguration', { TargetId: { 'Fn::Unknown': 'P' } }), 'Added'],
});

const depends = (Type: string, DependsOn: string[], Properties: any = {}) => ({ Type: `AWS::${Type}`, Properties, DependsOn });
provePredicate(touch.CONFIG_AT_ONCE, {
  Recorder: depends('Config::ConfigurationRecorder', ['Policy', 'Role']),
  Channel: depends('Config::DeliveryChannel', ['Policy', 'Role'], { S3BucketName: { Ref: 'Bucket' } }),
  Policy: depends('S3::BucketPolicy', [], { Bucket: { Ref: 'Bucket' } }),
  Bucket: depends('S3::Bucket', []),
  Role: depends('IAM::ServiceLinkedRole', []),
  Topic: depends('SNS::Topic', []),
}, {
  'the recorder waits for its role only': r => { r.Recorder.DependsOn = ['Role']; },
  'the channel does not wait for the role': r => { r.Channel.DependsOn = ['Policy']; },
  'the channel waits for something else': r => { r.Channel.DependsOn.push('Topic'); },
  'what the channel waits for waits for something else, and the recorder does not wait for it': r => { r.Recorder.DependsOn = ['Bucket', 'Role']; },
  'the recorder waits for the channel': r => { r.Recorder.DependsOn.push('Channel'); },
  'the channel waits for the recorder': r => { r.Channel.DependsOn.push('Recorder'); },
  'there is no channel': r => { delete r.Channel; },
});
