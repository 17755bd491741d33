import * as iam from 'aws-cdk-lib/aws-iam';
import { RuntimeAgent } from '../../src/patterns/runtime-agent';
import { newStack, render } from '../support/prove';

function pull(region?: string) {
  const stack = newStack({}, region ? { env: { account: '111122223333', region } } : {});
  const agent = new RuntimeAgent(stack, 'Agent');
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ecs-tasks.amazonaws.com') });
  agent.allowPull(role);
  return { agent, policies: render(stack).resourcesOf('AWS::IAM::Policy'), template: render(stack).json };
}

test('lets the role pull the agent of its region, and nothing else', () => {
  const { policies } = pull('eu-west-1');
  expect(policies[0].properties.PolicyDocument.Statement).toEqual([{
    Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    Effect: 'Allow',
    Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ecr:', { Ref: 'AWS::Region' }, ':694911143906:repository/aws-guardduty-agent-fargate']] },
    Sid: 'PullRuntimeAgent',
  }]);
});

test('looks the account up at deployment where the region is not known', () => {
  const { agent, template } = pull();
  expect(Object.keys(template.Mappings)).toHaveLength(1);
  expect(agent.account).toMatch(/\$\{Token/);
  expect(Object.values<any>(template.Mappings)[0]['us-east-2']).toEqual({ account: '307168627858' });
});

test('leaves out what a region lacks', () => {
  const { agent, policies } = pull('cn-north-1');
  expect(agent.account).toBeUndefined();
  expect(policies).toEqual([]);
});
