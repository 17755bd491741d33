import * as ecs from 'aws-cdk-lib/aws-ecs';
import { TaskScaling } from '../../src/compute/task-scaling';
import { newStack, render } from '../support/prove';

test('scales the service of the cluster between the two counts, by the use of the processors', () => {
  const stack = newStack();
  const cluster = new ecs.CfnCluster(stack, 'Cluster');
  const service = new ecs.CfnService(stack, 'Service', { cluster: cluster.ref });
  new TaskScaling(stack, 'Scaling', { cluster, service, minCount: 2, maxCount: 8, cpuPercent: 45 });
  const template = render(stack);
  const [target] = template.resourcesOf('AWS::ApplicationAutoScaling::ScalableTarget');
  expect(target.properties).toEqual({
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId: { 'Fn::Join': ['', ['service/', { Ref: 'Cluster' }, '/', { 'Fn::GetAtt': ['Service', 'Name'] }]] },
    MinCapacity: 2,
    MaxCapacity: 8,
  });
  expect(template.resourcesOf('AWS::ApplicationAutoScaling::ScalingPolicy')[0].properties).toEqual({
    PolicyName: 'CpuUtilization',
    PolicyType: 'TargetTrackingScaling',
    ScalingTargetId: { Ref: target.logicalId },
    TargetTrackingScalingPolicyConfiguration: { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' }, TargetValue: 45 },
  });
});
