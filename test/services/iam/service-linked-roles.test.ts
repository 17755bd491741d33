import { Lazy } from 'aws-cdk-lib/core';
import { checkServices, SERVICES_WITH_ROLES } from '../../../src/services/iam/service-linked-roles';

const check = (services: any) => () => checkServices({ node: { path: 'Shop' } }, 'serviceLinkedRoles', services);

test('takes each service once, and none', () => {
  expect(check(Object.keys(SERVICES_WITH_ROLES))).not.toThrow();
  expect(check([])).not.toThrow();
});

test.each<[any, string]>([
  [['ecs'], "[Shop] 'serviceLinkedRoles' has 'ecs': give any of ecs.amazonaws.com"],
  [['rds.amazonaws.com', 'rds.amazonaws.com'], "'serviceLinkedRoles' has 'rds.amazonaws.com' twice: name it once"],
  [[Lazy.string({ produce: () => 'rds.amazonaws.com' })], "'serviceLinkedRoles' is known only at deployment: name the services"],
  ['rds.amazonaws.com', "'serviceLinkedRoles' is the text 'rds.amazonaws.com', not a list"],
])('refuses %j', (services, message) => {
  expect(check(services)).toThrow(message);
});
