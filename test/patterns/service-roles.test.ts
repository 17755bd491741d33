import { makeServiceRoles } from '../../src/patterns/service-roles';
import { claimed, newStack, proveControls, render } from '../support/prove';

proveControls(stack => { makeServiceRoles(stack, ['ecs.amazonaws.com', 'backup.amazonaws.com']); });

test('makes none unless one is named', () => {
  const stack = newStack();
  expect(makeServiceRoles(stack, [])).toEqual([]);
});

test('makes what is named, and keeps it', () => {
  const stack = newStack();
  makeServiceRoles(stack, ['rds.amazonaws.com']);
  const [role] = render(stack).resourcesOf('AWS::IAM::ServiceLinkedRole');
  expect(role.properties).toEqual({ AWSServiceName: 'rds.amazonaws.com' });
  expect([role.deletionPolicy, role.updateReplacePolicy]).toEqual(['RetainExceptOnCreate', 'Retain']);
  expect(claimed(stack)).toEqual(['GEN-03']);
});
