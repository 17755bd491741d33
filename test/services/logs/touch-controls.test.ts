import { LOG_RETENTION } from '../../../src/services/logs/controls';
import * as touch from '../../../src/services/logs/touch-controls';
import { FOREIGN, OWN, proveBreaks, Resources } from '../../support/predicate';

const GROUP: Resources = {
  Group: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365 } },
  Other: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: {} },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
};
const ARN = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const add = (Type: string, Properties: any) => (r: any) => { r.Added = { Type: Type.includes('::') ? Type : `AWS::Logs::${Type}`, Properties }; };
const filter = (DestinationArn: any) => add('SubscriptionFilter', { LogGroupName: { Ref: 'Group' }, DestinationArn });
const accountPolicy = (PolicyType: any, document: any) => add('AccountPolicy', { PolicyType, PolicyDocument: typeof document === 'object' && !('Fn::Unknown' in document) ? JSON.stringify(document) : document });
const foreign = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${FOREIGN}:${resource}`;

proveBreaks(touch.LOG_STAYS, GROUP, {
  'a stream of the app': filter(ARN('Stream')),
  'a function of the account': filter(`arn:aws:lambda:eu-west-1:${OWN}:function:f`),
  'another log group is shipped': add('SubscriptionFilter', { LogGroupName: { Ref: 'Other' }, DestinationArn: foreign('logs', 'destination:d') }),
  'a destination of the app that sends to a stream of the app': r => { filter(ARN('Added2'))(r); r.Added2 = { Type: 'AWS::Logs::Destination', Properties: { TargetArn: ARN('Stream') } }; },
  'every log group is shipped to a stream of the account': accountPolicy('SUBSCRIPTION_FILTER_POLICY', { DestinationArn: `arn:aws:kinesis:eu-west-1:${OWN}:stream/s` }),
  'data are masked': accountPolicy('DATA_PROTECTION_POLICY', { Statement: [] }),
  'a metric filter': add('MetricFilter', { LogGroupName: { Ref: 'Group' } }),
  'metrics are shared': add('AWS::Oam::Link', { ResourceTypes: ['AWS::CloudWatch::Metric'], SinkIdentifier: foreign('oam', 'sink/s') }),
  'logs are shared with the account': add('AWS::Oam::Link', { ResourceTypes: ['AWS::Logs::LogGroup'], SinkIdentifier: `arn:aws:oam:eu-west-1:${OWN}:sink/s` }),
  'a query writes to a bucket of the app': add('ScheduledQuery', { LogGroupIdentifiers: [ARN('Group')], DestinationConfiguration: { S3Configuration: { DestinationIdentifier: { 'Fn::Sub': 's3://${Bucket}/x' } } } }),
  'a dashboard shows it': add('AWS::CloudWatch::Dashboard', { DashboardBody: { Ref: 'Group' } }),
}, {
  'it is shipped to another account': [filter(foreign('logs', 'destination:d')), 'Added'],
  'it is shipped to where the deployment says': [filter({ 'Fn::Unknown': 'P' }), 'Added'],
  'it is shipped to another account by a destination': [r => { filter(ARN('Added2'))(r); r.Added2 = { Type: 'AWS::Logs::Destination', Properties: { TargetArn: foreign('kinesis', 'stream/s') } }; }, 'Added'],
  'every log group is shipped to another account': [accountPolicy('SUBSCRIPTION_FILTER_POLICY', { DestinationArn: foreign('kinesis', 'stream/s') }), 'Added'],
  'every log group is shipped to where the deployment says': [accountPolicy('SUBSCRIPTION_FILTER_POLICY', { 'Fn::Unknown': 'P' }), 'Added'],
  'the deployment knows what kind of policy it is': [accountPolicy({ 'Fn::Unknown': 'P' }, { DestinationArn: foreign('kinesis', 'stream/s') }), 'Added'],
  'logs are shared with another account': [add('AWS::Oam::Link', { ResourceTypes: ['AWS::Logs::LogGroup'], SinkIdentifier: foreign('oam', 'sink/s') }), 'Added'],
  'the deployment knows what is shared with another account': [add('AWS::Oam::Link', { ResourceTypes: [{ 'Fn::Unknown': 'P' }], SinkIdentifier: foreign('oam', 'sink/s') }), 'Added'],
  'a query writes to a bucket by its name': [add('ScheduledQuery', { LogGroupIdentifiers: [ARN('Group')], DestinationConfiguration: { S3Configuration: { DestinationIdentifier: 's3://theirs/x' } } }), 'Added'],
  'something of Logs that nobody knows is about it': [add('Export', { LogGroup: { Ref: 'Group' } }), 'Added'],
});

const policy = (...Statement: any[]) => add('ResourcePolicy', { PolicyDocument: JSON.stringify({ Statement }) });
const allow = (Principal: any, Action: any, more: any = {}) => policy({ Effect: 'Allow', Principal, Action, Resource: '*', ...more });
const WRITE = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const asText = (statement: string, ...parts: any[]) => add('ResourcePolicy', { PolicyDocument: { 'Fn::Join': ['', ['{"Statement":[', ...statement.split('@').flatMap((s, i) => i ? [parts[i - 1], s] : [s]), ']}']] } });

proveBreaks(touch.LOG_OURS, GROUP, {
  'a service writes, as the CDK lets it': allow({ Service: 'es.amazonaws.com' }, WRITE),
  'a service writes for the account': allow({ Service: 'delivery.logs.amazonaws.com' }, WRITE, { Condition: { StringEquals: { 'aws:SourceAccount': OWN } } }),
  'a role of the account reads': allow({ AWS: `arn:aws:iam::${OWN}:role/R` }, 'logs:GetLogEvents'),
  'the account reads, as text with a reference': asText('{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::@:root"},"Action":"logs:GetLogEvents","Resource":"@"}', { Ref: 'AWS::AccountId' }, ARN('Group')),
  'another account writes to another log group': asText('{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"logs:PutLogEvents","Resource":"@"}', ARN('Other')),
  'another account writes to another log group, by name': allow({ AWS: FOREIGN }, WRITE, { Resource: `arn:aws:logs:eu-west-1:${OWN}:log-group:/theirs/*` }),
  'another account writes to another log group, in its own policy': add('ResourcePolicy', { ResourceArn: ARN('Other'), PolicyDocument: JSON.stringify({ Statement: { Effect: 'Allow', Principal: { AWS: FOREIGN }, Action: WRITE } }) }),
}, {
  'another account reads': [allow({ AWS: FOREIGN }, 'logs:GetLogEvents'), 'Added'],
  'another account writes to it': [asText('{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"logs:PutLogEvents","Resource":"@:*"}', ARN('Group')), 'Added'],
  'everybody reads': [allow('*', 'logs:GetLogEvents'), 'Added'],
  'everybody of an organization reads': [allow({ AWS: '*' }, 'logs:GetLogEvents', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } }), 'Added'],
  'a service writes for another account': [allow({ Service: 'delivery.logs.amazonaws.com' }, WRITE, { Condition: { StringEquals: { 'aws:SourceAccount': FOREIGN } } }), 'Added'],
  'whoever the deployment says reads': [asText('{"Effect":"Allow","Principal":{"AWS":"@"},"Action":"logs:GetLogEvents","Resource":"*"}', { 'Fn::ImportValue': 'x' }), 'Added'],
  'the policy can not be read': [add('ResourcePolicy', { PolicyDocument: { 'Fn::Unknown': 'P' } }), 'Added'],
  'another account reads, by the policy of the log group': [r => { r.Group.Properties.ResourcePolicyDocument = { Statement: { Effect: 'Allow', Principal: { AWS: FOREIGN }, Action: 'logs:GetLogEvents' } }; }, 'Group'],
  'another account delivers to it': [add('DeliveryDestination', { DestinationResourceArn: ARN('Group'), DeliveryDestinationPolicy: { DeliveryDestinationPolicy: { Statement: { Effect: 'Allow', Principal: { AWS: FOREIGN }, Action: 'logs:CreateDelivery' } } } }), 'Added'],
});

const role = { AWS: `arn:aws:iam::${OWN}:role/R` };
proveBreaks(touch.LOG_NOBODY_CHANGES, GROUP, { 'a service writes': allow({ Service: 'es.amazonaws.com' }, WRITE), 'nobody deletes': policy({ Effect: 'Deny', Principal: '*', Action: 'logs:Delete*', Resource: '*' }) }, {
  'a role deletes it': [allow(role, 'logs:DeleteLogGroup'), 'Added'],
  'a role does everything': [allow(role, 'logs:*'), 'Added'],
  'a role does everything but reading': [policy({ Effect: 'Allow', Principal: role, NotAction: 'logs:GetLogEvents', Resource: '*' }), 'Added'],
  'a service ships it': [allow({ Service: 'es.amazonaws.com' }, 'logs:PutSubscriptionFilter'), 'Added'],
});
proveBreaks(touch.LOG_NOBODY_SILENCES, GROUP, {
  'plaintext is denied': policy({ Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
  'reading is denied': policy({ Effect: 'Deny', Principal: '*', Action: 'logs:Get*', Resource: '*' }),
}, {
  'writing is denied': [policy({ Effect: 'Deny', Principal: '*', Action: 'logs:PutLogEvents', Resource: '*' }), 'Added'],
  'a service is denied everything': [policy({ Effect: 'Deny', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 'logs:*', Resource: '*' }), 'Added'],
});

const retention = (LogGroupName: any, RetentionInDays?: any) => add('Custom::LogRetention', { LogGroupName, RetentionInDays });
proveBreaks(LOG_RETENTION, GROUP, { 'it is kept longer': retention({ Ref: 'Group' }, 731), 'another one is kept shorter': retention({ Ref: 'Other' }, 1), 'one by another name': retention('/a', 1) }, {
  'something else keeps it shorter': [retention({ Ref: 'Group' }, '30'), 'Added'],
  'something else keeps it as long as the deployment says': [retention({ Ref: 'Group' }, { 'Fn::Unknown': 'P' }), 'Added'],
  'a log group of its name is kept shorter': [r => { r.Group.Properties.LogGroupName = '/a'; add('LogGroup', { LogGroupName: '/a', RetentionInDays: 1 })(r); }, 'Added'],
});
