import { ADMITTED } from '../../../src/core/ours';
import * as touch from '../../../src/services/events/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate, Resources } from '../../support/predicate';

const RULE: Resources = {
  Rule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventPattern: { 'source': ['aws.config'], 'detail-type': ['A'], 'detail': { a: ['b'] } },
      Targets: [{ Arn: { Ref: 'Topic' }, RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }],
    },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Function: { Type: 'AWS::Lambda::Function', Properties: {} },
  Bus: { Type: 'AWS::Events::EventBus', Properties: {} },
};
const target = (change: (target: any, targets: any[]) => void) => (r: any) => change(r.Rule.Properties.Targets[0], r.Rule.Properties.Targets);
const FOREIGN_TOPIC = `arn:aws:sns:eu-west-1:${FOREIGN}:alarms`;

proveBreaks(touch.EVENT_TELLS_OURS, RULE, {
  'the message is another': target(t => { t.InputTransformer = { InputTemplate: '"x"' }; }),
  'a function of the app hears of it too': target((t, all) => { all.push({ ...t, Arn: { 'Fn::GetAtt': ['Function', 'Arn'] } }); }),
  'a topic of the account hears of it': target(t => { t.Arn = `arn:aws:sns:eu-west-1:${OWN}:alarms`; }),
  'the topic of another account that it was made for': r => { r.Rule.Metadata = { [ADMITTED]: [FOREIGN_TOPIC] }; r.Rule.Properties.Targets[0].Arn = FOREIGN_TOPIC; },
}, {
  'a topic of another account hears of it': [target(t => { t.Arn = FOREIGN_TOPIC; }), 'Rule'],
  'a bus of another account hears of it too': [target((t, all) => { all.push({ ...t, Arn: `arn:aws:events:eu-west-1:${FOREIGN}:event-bus/default` }); }), 'Rule'],
  'the deployment knows who hears of it': [target(t => { t.Arn = { 'Fn::Unknown': 'P' }; }), 'Rule'],
  'only a function hears of it': [target(t => { t.Arn = { 'Fn::GetAtt': ['Function', 'Arn'] }; }), 'Rule'],
  'the role is somewhere else': [target(t => { t.RoleArn = `arn:aws:iam::${OWN}:role/None`; }), 'Rule'],
  'nobody hears of it': [target((_, all) => { all.pop(); }), 'Rule'],
});

const pattern = (change: any) => (r: any) => { Object.assign(r.Rule.Properties.EventPattern, change); };
provePredicate(touch.EVENT_HEARS_ALL, RULE, {
  'it is for one account': pattern({ account: [FOREIGN] }),
  'it is for one region': pattern({ region: ['us-east-1'] }),
  'it is for one resource': pattern({ resources: ['arn:a'] }),
  'it is for something that nobody knows': pattern({ $or: [] }),
  'it is for no source': r => { delete r.Rule.Properties.EventPattern.source; },
  'there is no pattern': r => { delete r.Rule.Properties.EventPattern; },
  'the deployment knows the pattern': r => { r.Rule.Properties.EventPattern = { 'Fn::Unknown': 'P' }; },
  'it listens to another bus': r => { r.Rule.Properties.EventBusName = { Ref: 'Bus' }; },
});

const bus = (properties: any) => (r: any) => { r.Policy = { Type: 'AWS::Events::EventBusPolicy', Properties: { StatementId: 'a', ...properties } }; };
const statement = (Principal: any, Effect = 'Allow') => bus({ Statement: { Effect, Principal, Action: 'events:PutEvents', Resource: '*' } });
proveBreaks(touch.EVENT_BUS_OURS, RULE, {
  'a role of the account sends events': statement({ AWS: `arn:aws:iam::${OWN}:role/A` }),
  'a service sends events': statement({ Service: 'a.amazonaws.com' }),
  'the account sends events, in the old form': bus({ Action: 'events:PutEvents', Principal: OWN }),
  'another account sends events to a bus of its own': bus({ EventBusName: { Ref: 'Bus' }, Action: 'events:PutEvents', Principal: FOREIGN }),
  'another account sends events to a bus by name': bus({ EventBusName: 'theirs', Action: 'events:PutEvents', Principal: FOREIGN }),
  'another account is denied': statement({ AWS: FOREIGN }, 'Deny'),
}, {
  'another account sends events': [statement({ AWS: FOREIGN }), 'Policy'],
  'another account sends events, in the old form': [bus({ Action: 'events:PutEvents', Principal: FOREIGN }), 'Policy'],
  'an organization sends events': [bus({ Action: 'events:PutEvents', Principal: '*', Condition: { Key: 'aws:PrincipalOrgID', Type: 'StringEquals', Value: 'o-a' } }), 'Policy'],
  'everybody makes rules': [statement('*'), 'Policy'],
  'another account sends events to the bus, by its name': [bus({ EventBusName: 'default', Action: 'events:PutEvents', Principal: FOREIGN }), 'Policy'],
  'another account sends events to the bus that the deployment names': [bus({ EventBusName: { 'Fn::Unknown': 'P' }, Action: 'events:PutEvents', Principal: FOREIGN }), 'Policy'],
  'whoever the deployment says sends events': [bus({ Action: 'events:PutEvents', Principal: { 'Fn::Unknown': 'P' } }), 'Policy'],
});
