import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { statements as statementsOf } from '../../src/core/policies';
import { at, list } from '../../src/core/values';
import { DefaultSecurityGroup } from '../../src/network/default-security-group';
import { newStack, proveControls, render } from '../support/prove';

const build = (stack: Stack) => { new DefaultSecurityGroup(stack, 'DefaultSecurityGroup', new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' })); };

proveControls(build);

test('the association runs the runbook on this group, with a role of its own', () => {
  const stack = newStack();
  build(stack);
  const template = render(stack);
  const [association] = template.resourcesOf('AWS::SSM::Association');
  expect(association.properties).toMatchObject({
    Name: 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules',
    ScheduleExpression: 'rate(1 day)',
    Parameters: {
      GroupId: [{ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }],
      AutomationAssumeRole: [{ 'Fn::GetAtt': [expect.stringMatching(/AutomationRole/), 'Arn'] }],
    },
    AssociationDispatchAssumeRole: { 'Fn::GetAtt': [expect.stringMatching(/AutomationRole/), 'Arn'] },
  });
  expect(association.properties).not.toHaveProperty('DocumentVersion'); // Amazon's own documents take none
  expect(association.dependsOn).toEqual(template.resourcesOf('AWS::IAM::ManagedPolicy').map(p => p.logicalId).sort());
});

test('rules are revoked of this group only, and the role can pass itself only', () => {
  const stack = newStack();
  build(stack);
  const statements = render(stack).resourcesOf('AWS::IAM::ManagedPolicy').flatMap(p => statementsOf(p.properties.PolicyDocument));
  const revoke = statements.find(s => list(s.Action).includes('ec2:RevokeSecurityGroupEgress'));
  expect((list(at(revoke, 'Resource', 'Fn::Join'))[1] as unknown[]).slice(-2)).toEqual([':security-group/', { 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }]);
  const pass = statements.filter(s => list(s.Action).includes('iam:PassRole'));
  expect(pass).toEqual([expect.objectContaining({
    Resource: { 'Fn::GetAtt': [expect.stringMatching(/AutomationRole/), 'Arn'] },
    Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
  })]);
});
