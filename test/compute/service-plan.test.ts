import { newVpc, DIGEST } from './fixtures';
import { Disposable } from '../../src/assurance/disposable';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { PrivateFargateServiceProps } from '../../src/compute/private-fargate-service-props';
import { PrivateImage } from '../../src/compute/private-image';
import { planOf } from '../../src/compute/service-plan';
import { TaskScaling } from '../../src/compute/task-scaling';
import { newStack } from '../support/prove';

const reason = 'a tokenizer is what the application is about';
const plan = (props: Partial<PrivateFargateServiceProps> = {}, stack = newStack()) => planOf(stack, 'App', {
  vpc: newVpc(stack), image: PrivateImage.of('team/app', DIGEST), port: 8443, ...props,
});

test('resolves what is not said', () => {
  expect(plan()).toMatchObject({ desiredCount: 2, gracePeriod: 60, scaling: undefined, environment: {}, secrets: {}, container: { user: '1000:1000' } });
});

test('names no count where scaling decides', () => {
  const { desiredCount, scaling } = plan({ scaling: TaskScaling.onCpuUtilization({ maxCapacity: 4 }) });
  expect([desiredCount, typeof scaling]).toEqual([undefined, 'function']);
});

test('scales from the count that a disposable scope begins with', () => {
  const stack = newStack();
  Disposable.because('a test environment without data of anybody').applyTo(stack);
  expect(plan({}, stack).desiredCount).toBe(1);
  expect(() => plan({ scaling: TaskScaling.onCpuUtilization({ maxCapacity: 1 }) })).toThrow("'scaling.maxCapacity' must be a whole number from 2");
});

test('a waiver above, or of the service itself, lets variables be named like credentials', () => {
  const environment = { TOKENIZER: 'fast' };
  expect(() => plan({ environment })).toThrow("[Test/App] 'environment' has 'TOKENIZER', which is named like a credential");
  expect(() => plan({ environment, waivers: [{ control: 'ECS-05b', reason }] })).not.toThrow();
  const stack = newStack();
  SecurityWaivers.of(stack).add({ control: 'ECS-05b', reason });
  expect(() => plan({ environment }, stack)).not.toThrow();
});

test('names, which ECS would refuse, are refused', () => {
  expect(() => plan({ clusterName: 'a.b' })).toThrow("[Test/App] 'clusterName' is 'a.b'");
  expect(() => plan({ family: 'a b' })).toThrow("[Test/App] 'family' is 'a b'");
});

test('makes nothing', () => {
  const stack = newStack();
  plan({}, stack);
  expect(stack.node.children.map(c => c.node.id)).toEqual(['Vpc']);
});
