import { reference } from '../../../build-tools/iam-facts';
import { overlap } from '../../../src/core/policies';
import { BACKUP_POLICIES } from '../../../src/services/backup/facts';
import * as facts from '../../../src/services/iam/facts';

const ACTIONS = Object.entries(reference()).flatMap(([service, actions]) => actions.map(([name]) => `${service}:${name}`));
const exists = (pattern: string) => ACTIONS.some(a => overlap(pattern, a));

test.each<[string, readonly string[]]>([
  ['what changes rights and protections', facts.MANAGEMENT],
  ['what services do to protections', Object.values(facts.DECLARED).flat()],
  ['what nobody can name a resource for', facts.UNNAMEABLE.flatMap(u => u.actions)],
])('%s exists', (_name, patterns) => expect(patterns.filter(p => !exists(p))).toEqual([]));

test('passing a role is no management: it has a control of its own', () => {
  expect(facts.MANAGEMENT.some(m => overlap(m, 'iam:PassRole'))).toBe(false);
});

test('what is declared is management, else it need not be', () => {
  expect(Object.values(facts.DECLARED).flat().filter(a => !facts.MANAGEMENT.some(m => overlap(m, a)))).toEqual([]);
});

test('the policies for backups are those that the construct attaches', () => {
  expect(facts.POLICIES_FOR_TAGGED['backup.amazonaws.com']).toEqual(BACKUP_POLICIES);
});

test.each([
  'AdministratorAccess', 'AdministratorAccess-Amplify', 'PowerUserAccess', 'ReadOnlyAccess', 'ViewOnlyAccess', 'SecurityAudit', 'IAMFullAccess',
  'AmazonS3FullAccess', 'AWSKeyManagementServicePowerUser', 'job-function/DatabaseAdministrator', 'AmazonEC2ContainerRegistryPowerUser', 'AWSLambda_FullAccess',
])('%s is about everything', name => expect(facts.WIDE_POLICIES.test(name)).toBe(true));
test.each(['AWSXRayDaemonWriteAccess', 'CloudWatchAgentServerPolicy', 'service-role/AmazonECSTaskExecutionRolePolicy', 'AmazonS3ReadOnlyAccess', ...BACKUP_POLICIES])(
  '%s is not', name => expect(facts.WIDE_POLICIES.test(name)).toBe(false));

test('the types that hand a role out are none of those that do not matter, but for instances, which one control is about', () => {
  expect(Object.keys(facts.HANDS_OUT).filter(t => facts.INDIFFERENT.includes(t))).toEqual(['AWS::IAM::InstanceProfile']);
});
