import * as rds from 'aws-cdk-lib/aws-rds';
import { checkProxy } from '../../src/data/database-checks';
import { newStack } from '../support/prove';
import { newVpc } from '../support/vpc';

const AT = { node: { path: 'Test/Database' } };
const stack = newStack();
const vpc = newVpc(stack);

test('refuses a proxy without TLS, and one that is nowhere', () => {
  expect(() => checkProxy(AT, { vpc, requireTLS: false })).toThrow("[Test/Database] 'requireTLS' is false: the proxy would take SQL and passwords in cleartext");
  expect(() => checkProxy(AT, undefined)).toThrow("[Test/Database] 'vpc' is missing: give an ec2.IVpc: the database's own");
  expect(() => checkProxy(AT, { vpc, defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH })).not.toThrow();
});
