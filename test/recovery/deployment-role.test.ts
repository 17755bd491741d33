import { DefaultStackSynthesizer, LegacyStackSynthesizer, NestedStack } from 'aws-cdk-lib/core';
import { deploymentRole } from '../../src/recovery/deployment-role';
import { newStack } from '../support/prove';

const DEPLOY = 'arn:aws:iam::111122223333:role/Deploy';
const synthesizer = new DefaultStackSynthesizer({ cloudFormationExecutionRole: DEPLOY });

test('is the role of the bootstrap, without placeholders of the synthesizer', () => {
  const role = JSON.stringify(newStack().resolve(deploymentRole(newStack())));
  expect(role).toContain('role/cdk-hnb659fds-cfn-exec-role-');
  expect(role).not.toContain('${');
});

test('is the role that the synthesizer names, for nested stacks too', () => {
  const stack = newStack({}, { synthesizer });
  expect(deploymentRole(stack)).toBe(DEPLOY);
  expect(deploymentRole(new NestedStack(new NestedStack(stack, 'Nested'), 'Deep'))).toBe(DEPLOY);
});

test('is any role of a bootstrap, where the synthesizer names none', () => {
  expect(JSON.stringify(newStack().resolve(deploymentRole(newStack({}, { synthesizer: new LegacyStackSynthesizer() }))))).toContain('role/cdk-*-cfn-exec-role-');
});
