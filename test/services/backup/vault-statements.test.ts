import { bootstrapRole, noDeletions } from '../../../src/services/backup/vault-statements';
import { newStack } from '../../support/prove';

const render = (exempt: string[]) => noDeletions(exempt).map(s => newStack().resolve(s.toStatementJson()));

test('the three actions that AWS Config looks for are in the first statement, for everybody and on *', () => {
  const [first] = render([]);
  expect(first).toMatchObject({ Effect: 'Deny', Principal: '*', Resource: '*' });
  expect(first.Action).toEqual(['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:PutBackupVaultAccessPolicy']);
});

test('no action has a wildcard, which vault policies do not know', () => {
  const actions = render([]).flatMap(s => s.Action);
  expect(actions).toHaveLength(10);
  expect(actions.filter((a: string) => !/^backup:[A-Za-z]+$/.test(a))).toEqual([]);
});

test('the roles that are given and the one that ends the life of backups are exempt', () => {
  for (const statement of render(['arn:aws:iam::111122223333:role/BreakGlass'])) {
    const exempt = statement.Condition.ArnNotLike['aws:PrincipalArn'];
    expect(exempt[0]).toBe('arn:aws:iam::111122223333:role/BreakGlass');
    expect(JSON.stringify(exempt[1])).toContain(':role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup');
    expect(exempt).toHaveLength(2);
  }
});

test('the role of the bootstrap is of this account and region', () => {
  expect(JSON.stringify(newStack().resolve(bootstrapRole()))).toMatch(/role\/cdk-\*-cfn-exec-role-",\{"Ref":"AWS::AccountId"\},"-",\{"Ref":"AWS::Region"\}/);
});
