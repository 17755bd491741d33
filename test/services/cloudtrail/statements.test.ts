import { deliver } from '../../../src/services/cloudtrail/statements';
import { newStack } from '../../support/prove';

test('CloudTrail writes to its streams of one log group', () => {
  expect(newStack().resolve(deliver('group').toStatementJson())).toEqual({
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:group:log-stream:',
        { Ref: 'AWS::AccountId' }, '_CloudTrail_', { Ref: 'AWS::Region' }, '*']],
    },
  });
});
