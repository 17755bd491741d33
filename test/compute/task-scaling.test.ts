import { Construct } from 'constructs';
import { only } from './fixtures';
import { TaskScaling } from '../../src/compute/task-scaling';
import { newStack, render } from '../support/prove';

test('scales the service between the two counts, by the use of the processors', () => {
  const stack = newStack();
  TaskScaling.onCpuUtilization({ maxCapacity: 8, targetUtilizationPercent: 45 })._check(stack, 2)(new Construct(stack, 'Scaling'), 'service/cluster/service');
  const template = render(stack);
  const [target] = template.resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget');
  expect(target.properties).toEqual({
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId: 'service/cluster/service',
    MinCapacity: 2,
    MaxCapacity: 8,
  });
  expect(only(template, 'AWS::ApplicationAutoScaling::ScalingPolicy')).toEqual({
    PolicyName: 'CpuUtilization',
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: { Ref: target.logicalId },
    TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' }, TargetValue: 45 },
  });
});

test('is checked before anything is made', () => {
  const stack = newStack();
  expect(() => TaskScaling.onCpuUtilization({ maxCapacity: 2 })._check(stack, 3)).toThrow("[Test] 'scaling.maxCapacity' must be");
});
