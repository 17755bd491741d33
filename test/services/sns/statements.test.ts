import { arn } from '../../../src/core/names';
import { alarms, publisher, tls } from '../../../src/services/sns/statements';
import { newStack } from '../../support/prove';

const stack = newStack();
const json = (statement: { toStatementJson(): unknown }) => stack.resolve(statement.toStatementJson());

test('the statements of a topic', () => {
  expect(json(tls('arn:topic'))).toEqual({
    Sid: 'DenyInsecureTransport', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: 'arn:topic', Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  });
  expect(json(publisher('arn:topic', 'Rds', 'events.rds.amazonaws.com', arn('rds', 'cluster:a')))).toMatchObject({
    Sid: 'RdsPublish', Principal: { Service: 'events.rds.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnEquals: { 'aws:SourceArn': expect.anything() } },
  });
  expect(json(alarms('arn:topic'))).toMatchObject({ Sid: 'AlarmsPublish', Condition: { ArnLike: expect.anything() } });
});
