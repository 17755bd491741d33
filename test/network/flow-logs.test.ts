import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { statements } from '../../src/core/policies';
import { FlowLogs } from '../../src/network/flow-logs';
import { newStack, proveControls, render } from '../support/prove';

const build = (stack: Stack) => { new FlowLogs(stack, 'FlowLogs', { vpc: new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' }) }); };

proveControls(build);

test('the role may write to its log group, and make none', () => {
  const stack = newStack();
  build(stack);
  const template = render(stack);
  const [policy] = template.resourcesOf('AWS::IAM::ManagedPolicy');
  expect(statements(policy.properties.PolicyDocument)).toEqual([{
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
    Resource: { 'Fn::GetAtt': [expect.stringMatching(/LogGroup/), 'Arn'] },
  }]);
  const [role] = template.resourcesOf('AWS::IAM::Role');
  expect(JSON.stringify(role.properties.AssumeRolePolicyDocument)).toContain(':vpc-flow-log/*');
  expect(template.resourcesOf('AWS::EC2::FlowLog')[0].dependsOn).toEqual([policy.logicalId]);
});

test('the format reaches the template as it is', () => {
  const stack = newStack();
  build(stack);
  const { LogFormat } = render(stack).resourcesOf('AWS::EC2::FlowLog')[0].properties;
  expect(LogFormat).toMatch(/^\$\{version\} \$\{account-id\} .*\$\{reject-reason\} \$\{encryption-status\}$/);
  expect(String(LogFormat).split(' ')).toHaveLength(29);
});
