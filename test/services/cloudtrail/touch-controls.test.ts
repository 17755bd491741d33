import * as touch from '../../../src/services/cloudtrail/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate, Resources } from '../../support/predicate';

const TRAIL: Resources = {
  Trail: { Type: 'AWS::CloudTrail::Trail', Properties: { CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': ['Logs', 'Arn'] }, CloudWatchLogsRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Other: { Type: 'AWS::Logs::LogGroup', Properties: {} },
  Filter: { Type: 'AWS::Logs::MetricFilter', Properties: { LogGroupName: { Ref: 'Logs' } } },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
};
const set = (property: string, value: any) => (r: any) => { r.Trail.Properties[property] = value; };
const added = (Type: string, properties: any) => (r: any) => { r.Added = { Type, Properties: properties }; };

provePredicate(touch.TRAIL_WATCHED, TRAIL, {
  'events go to another log group': set('CloudWatchLogsLogGroupArn', { 'Fn::GetAtt': ['Other', 'Arn'] }),
  'events go to another account': set('CloudWatchLogsLogGroupArn', `arn:aws:logs:eu-west-1:${FOREIGN}:log-group:a:*`),
  'events go to something else': set('CloudWatchLogsLogGroupArn', { 'Fn::GetAtt': ['Topic', 'Arn'] }),
  'nothing feeds alarms': r => { delete r.Filter; },
  'the role is somewhere else': set('CloudWatchLogsRoleArn', `arn:aws:iam::${OWN}:role/None`),
});
proveBreaks(touch.TRAIL_TELLS_OURS, TRAIL, {
  'a topic of the app': set('SnsTopicName', { Ref: 'Topic' }),
  'a topic by its name': set('SnsTopicName', 'files'),
  'a second trail': added('AWS::CloudTrail::Trail', { S3BucketName: 'a' }),
  'a dashboard': added('AWS::CloudTrail::Dashboard', { Name: { Ref: 'Trail' } }),
}, {
  'a topic of another account': [set('SnsTopicName', `arn:aws:sns:eu-west-1:${FOREIGN}:files`), 'Trail'],
  'the deployment knows the topic': [set('SnsTopicName', { 'Fn::Unknown': 'P' }), 'Trail'],
  'a policy is about it': [added('AWS::CloudTrail::ResourcePolicy', { ResourceArn: { 'Fn::GetAtt': ['Trail', 'Arn'] } }), 'Added'],
});
