import * as fs from 'fs';
import * as path from 'path';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration } from 'aws-cdk-lib/core';
import { newService, newVpc } from './fixtures';
import { PrivateFargateServiceProps } from '../../src/compute/private-fargate-service-props';
import { TaskScaling } from '../../src/compute/task-scaling';
import { WritablePath } from '../../src/compute/writable-path';
import { newStack, render } from '../support/prove';

function template(props: Partial<PrivateFargateServiceProps>) {
  const stack = newStack();
  const vpc = newVpc(stack);
  const service = newService(stack, { vpc, ...props });
  // Makes the grace period show.
  service.attachToApplicationTargetGroup(new elbv2.ApplicationTargetGroup(stack, 'Group', { vpc, port: 443, targetType: elbv2.TargetType.IP }));
  return render(stack).json;
}

/** The default that the documentation of a prop names. */
function documented(file: string, prop: string): string | undefined {
  const text = fs.readFileSync(path.join(__dirname, '../../src/compute', file), 'utf8');
  const comments = text.split(`readonly ${prop}?:`)[0];
  return comments.slice(comments.lastIndexOf('/**')).match(/@default (.*)/)?.[1];
}

test.each<[keyof PrivateFargateServiceProps, string, unknown]>([
  ['cpu', '512', 512],
  ['memoryLimitMiB', '1024', 1024],
  ['desiredCount', '2, or 1 in a disposable scope', 2],
  ['environment', '- none', {}],
  ['secrets', '- none', {}],
  ['user', "'1000:1000'", '1000:1000'],
  ['healthCheckGracePeriod', 'Duration.seconds(60)', Duration.seconds(60)],
  ['writablePaths', "[WritablePath.inMemory('/tmp')]", [WritablePath.inMemory('/tmp')]],
  ['cpuArchitecture', 'ecs.CpuArchitecture.X86_64', ecs.CpuArchitecture.X86_64],
  ['logRetention', 'RetentionDays.ONE_YEAR, a week in a disposable scope', RetentionDays.ONE_YEAR],
])("the default of '%s' is what its documentation says", (prop, text, value) => {
  expect(documented('private-fargate-service-props.ts', prop)).toBe(text);
  expect(template({ [prop]: value })).toEqual(template({}));
});

test('so is the use of processors that scaling keeps', () => {
  expect(documented('task-scaling.ts', 'targetUtilizationPercent')).toBe('60');
  const scaling = (target?: number) => TaskScaling.onCpuUtilization({ maxCapacity: 4, targetUtilizationPercent: target });
  const scaled = (target?: number) => template({ scaling: scaling(target) });
  expect(scaled(60)).toEqual(scaled());
});
