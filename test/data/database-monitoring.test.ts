import { monitoringRole } from '../../src/data/database-monitoring';
import { newStack, proveControls, render } from '../support/prove';
import { can, idOf, policiesOf, resolveTemplate } from '../support/simulate';

proveControls(stack => { monitoringRole(stack, 'Role'); });

test('trusts the monitoring of this account only', () => {
  const stack = newStack();
  monitoringRole(stack, 'Role');
  const { AssumeRolePolicyDocument } = render(stack).resourcesOf('AWS::IAM::Role')[0].properties as any;
  const [statement] = AssumeRolePolicyDocument.Statement;
  expect(statement.Principal).toEqual({ Service: 'monitoring.rds.amazonaws.com' });
  expect(statement.Condition.StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
  expect(JSON.stringify(statement.Condition.ArnLike)).toContain(':db:*');
});

describe('what the role may do', () => {
  const stack = newStack();
  monitoringRole(stack, 'Role');
  const template = resolveTemplate(render(stack).json);
  const role = idOf(template, 'AWS::IAM::Role');
  const who = { principal: template.arn(role), identity: policiesOf(template, role) };
  const group = (name: string) => `arn:aws:logs:eu-west-1:111122223333:log-group:${name}`;

  test.each([
    ['logs:PutLogEvents', `${group('RDSOSMetrics')}:log-stream:db-1`, true],
    ['logs:CreateLogGroup', group('RDSOSMetrics'), true],
    ['logs:PutLogEvents', `${group('RDSOther')}:log-stream:db-1`, false],
    ['logs:DeleteLogStream', `${group('RDSOSMetrics')}:log-stream:db-1`, false],
  ])('%s on %s: %s', async (action, resource, expected) => {
    expect(await can({ ...who, action, resource })).toBe(expected);
  });
});
