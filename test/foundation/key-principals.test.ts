import * as iam from 'aws-cdk-lib/aws-iam';
import { checkPrincipals, checkStranger, strangers } from '../../src/foundation/key-principals';
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

test('strangers are those that are not certainly of the account', () => {
  const stack = newStack({}, { env: { account: '111111111111', region: 'eu-west-1' } });
  const own = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  const partner = new iam.ArnPrincipal('arn:aws:iam::999988887777:role/Partner');
  expect(strangers(stack, own, role('a'), new iam.AccountRootPrincipal(), partner)).toEqual(['arn:aws:iam::999988887777:role/Partner']);
  expect(strangers(newStack(), role('a'))).toEqual(['arn:aws:iam::111111111111:role/a']);
  expect(() => checkStranger(stack, 'reader', partner, 'grant')).not.toThrow();
  expect(() => checkStranger(stack, 'reader', own, 'grant')).toThrow("[Test] 'reader' is 'Test/Role', which is of this account: use 'grant'");
});
