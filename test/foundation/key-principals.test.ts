import * as iam from 'aws-cdk-lib/aws-iam';
import { checkPrincipals } from '../../src/foundation/key-principals';
import { newStack } from '../support/prove';

const role = (name: string) => new iam.ArnPrincipal(`arn:aws:iam::111111111111:role/${name}`);
const check = (administrators: iam.IPrincipal[], users: iam.IPrincipal[]) => () => checkPrincipals(newStack(), 'Key', administrators, users);

test('takes administrators and users that are apart', () => {
  expect(check([role('a')], [role('b')])).not.toThrow();
  expect(check([], [])).not.toThrow();
});

test.each<[string, () => void, string]>([
  ['everybody', check([], [new iam.AnyPrincipal()]), "[Test/Key] 'users' has the principal '*'"],
  ['the account', check([new iam.AccountRootPrincipal()], []), "[Test/Key] 'administrators' has the account itself"],
  ['both', check([role('a')], [role('a')]), '[Test/Key] \'users\' has "arn:aws:iam::111111111111:role/a", which \'administrators\' has too'],
])('refuses %s', (_name, run, message) => expect(run).toThrow(message));
