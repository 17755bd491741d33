import { ThreeTierApplication } from '../../src/patterns/three-tier-application';
import { applicationDatabase, applicationEnvironment, neededByTasks } from '../../src/patterns/three-tier-wiring';
import { newStack } from '../support/prove';
import { shopProps } from '../support/shop';

const stack = newStack();
const application = new ThreeTierApplication(stack, 'Application', shopProps());

test('the database that is used, unless others are named', () => {
  expect(applicationDatabase(undefined)).toEqual({ name: 'application', user: 'application' });
  expect(applicationDatabase({ databaseName: 'a', databaseUser: 'b' })).toEqual({ name: 'a', user: 'b' });
});

test('the environment has what is given and where the data is', () => {
  const environment = stack.resolve(applicationEnvironment(stack, { STAGE: 'a' }, application, { name: 'n', user: 'u' }));
  expect(environment).toMatchObject({ STAGE: 'a', DATABASE_NAME: 'n', DATABASE_USER: 'u', BUCKET_NAME: { Ref: expect.any(String) } });
  expect(() => applicationEnvironment(stack, { BUCKET_NAME: 'x' }, application, { name: 'n', user: 'u' })).toThrow("'environment' has 'BUCKET_NAME', which the application gets by itself");
});

test('tasks wait for endpoints, database and rules', () => {
  const types = neededByTasks(application).map(r => r.cfnResourceType);
  const count = (type: string) => types.filter(t => t === type).length;
  expect(['AWS::EC2::VPCEndpoint', 'AWS::RDS::DBInstance', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'].map(count)).toEqual([7, 2, 3, 5]);
});
