import { RenderedTemplate } from '../../../src/core/template';
import { clusterOf, networkOf, overridesOf, pick, runnersOf, runsOf } from '../../../src/services/ecs/rendered';

test('a parameter is found in whatever case, and one that is worked out is known by nobody', () => {
  expect(pick({ AwsVpcConfiguration: { assignPublicIp: 'ENABLED' } }, 'awsvpcConfiguration', 'AssignPublicIp')).toBe('ENABLED');
  expect(pick({ 'AssignPublicIp.$': '$.x' }, 'assignPublicIp')).toEqual({ 'Fn::Unknown': 'assignPublicIp' });
  expect(pick({}, 'a', 'b')).toBeUndefined();
});

test('says by what a task definition is run, where and with what', () => {
  const Task = { Ref: 'Task' };
  const template = new RenderedTemplate({
    Resources: {
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: {} },
      Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: Task, Cluster: 'a', NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['s'] } } } },
      Rule: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: 'b', Input: 'i', EcsParameters: { TaskDefinitionArn: Task } }, { Arn: 'c', EcsParameters: { TaskDefinitionArn: Task } }] } },
      Pipe: { Type: 'AWS::Pipes::Pipe', Properties: { Target: 'd', TargetParameters: { EcsTaskParameters: { TaskDefinitionArn: Task, Overrides: 'o' } } } },
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [Task] } },
    },
  });
  const runs = runsOf(template.resource('Task')!, template);
  expect(runs.map(clusterOf)).toEqual(['a', 'b', 'c', 'd']);
  expect(networkOf(runs[0])).toEqual({ Subnets: ['s'] });
  expect(runs.map(overridesOf).map(o => (o as unknown[]).filter(v => v !== undefined))).toEqual([[], ['i'], [], ['o']]);
  expect(runnersOf(runs).map(r => r.logicalId)).toEqual(['Service', 'Rule', 'Pipe']);
});
