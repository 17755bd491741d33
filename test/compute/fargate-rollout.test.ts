import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Duration, Stack } from 'aws-cdk-lib/core';
import { FargateRollout } from '../../src/compute/fargate-rollout';
import { newStack, proveControls, render } from '../support/prove';

function newRollout(stack: Stack, desiredCount: number | undefined = 2): FargateRollout {
  return new FargateRollout(stack, 'Service', {
    cluster: new ecs.CfnCluster(stack, 'Cluster'),
    taskDefinition: new ecs.CfnTaskDefinition(stack, 'Task'),
    desiredCount,
    port: 8443,
    subnetIds: ['subnet-1', 'subnet-2'],
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
    healthCheckGracePeriod: Duration.seconds(90),
  });
}

proveControls(stack => { newRollout(stack); });

test('has no load balancer and no grace period until it is attached', () => {
  const stack = newStack();
  newRollout(stack);
  const [{ properties }] = render(stack).resourcesOf('AWS::ECS::Service');
  expect(properties).not.toHaveProperty('LoadBalancers');
  expect(properties).not.toHaveProperty('HealthCheckGracePeriodSeconds');
});

test('registers with several target groups, imported ones too', () => {
  const stack = newStack();
  const rollout = newRollout(stack);
  const arns = ['a', 'b'].map(name => `arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/0123456789abcdef`);
  for (const [i, targetGroupArn] of arns.entries()) {
    const group = elbv2.ApplicationTargetGroup.fromTargetGroupAttributes(stack, `TargetGroup${i}`, { targetGroupArn });
    expect(rollout.attach(group)).toEqual({ targetType: elbv2.TargetType.IP });
  }
  const [{ properties }] = render(stack).resourcesOf('AWS::ECS::Service');
  expect(properties.LoadBalancers).toEqual(arns.map(TargetGroupArn => ({ TargetGroupArn, ContainerName: 'app', ContainerPort: 8443 })));
  expect(properties.HealthCheckGracePeriodSeconds).toBe(90);
});
