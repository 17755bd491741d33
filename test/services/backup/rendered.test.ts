import { homeOf } from '../../../src/core/ownership';
import { RenderedTemplate } from '../../../src/core/template';
import {
  boundsOf, hasOwnKey, isNamedPrincipal, overlap, resourcesOf, roleOf, rulesOf, selectionsOf, vaultOf,
} from '../../../src/services/backup/rendered';

const selection = (BackupSelection: any) => ({ Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: { 'Fn::GetAtt': ['Plan', 'BackupPlanId'] }, BackupSelection } });
const ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] };
const template = new RenderedTemplate({
  Resources: {
    Vault: { Type: 'AWS::Backup::BackupVault', Properties: { EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] }, LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: '365' } } },
    Open: { Type: 'AWS::Backup::BackupVault', Properties: { EncryptionKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/aws/backup' } },
    Plan: { Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'Vault' } }, { TargetBackupVault: 'Default' }] } } },
    One: selection({ IamRoleArn: ROLE, Resources: ['a', 'b'] }),
    Two: selection({ IamRoleArn: ROLE, Resources: ['c'] }),
    Three: selection({ IamRoleArn: 'other', Resources: ['b', 'd'] }),
    Four: selection({ Resources: ['e'] }),
    Five: selection({ Resources: ['f', '*'] }),
    Six: selection({ Resources: [{ 'Fn::Sub': 'arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:${Db}' }] }),
    Seven: selection({ Resources: [{ 'Fn::GetAtt': ['Db', 'DBClusterArn'] }] }),
    Eight: selection({ Resources: ['*', { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::b' }] }),
  },
}, '111122223333');
const resource = (id: string) => template.resource(id)!;

test('finds what belongs together', () => {
  expect(rulesOf(resource('Plan')).map(rule => vaultOf(rule, template)?.logicalId)).toEqual(['Vault', undefined]);
  expect(selectionsOf(resource('Plan'), template).map(s => s.logicalId)).toEqual(['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight']);
  expect([roleOf(resource('One')), resourcesOf(resource('One'))]).toEqual([ROLE, ['a', 'b']]);
  expect([boundsOf(resource('Vault')), boundsOf(resource('Open'))]).toEqual([{ min: 7, max: 365 }, { min: NaN, max: NaN }]);
  expect(['Vault', 'Open', 'Plan'].map(id => hasOwnKey(resource(id)))).toEqual([true, false, false]);
});

test.each<[string, string, boolean]>([
  ['One', 'Two', true], ['One', 'Three', true], ['Two', 'Three', false], ['Four', 'Five', false], ['Six', 'Seven', true], ['Six', 'Eight', false], ['Five', 'Eight', false],
])('%s and %s have a role or a resource in common: %s', (one, other, wanted) => {
  expect(overlap(resource(one), resource(other))).toBe(wanted);
});

test.each<[unknown, boolean]>([
  ['arn:aws:iam::111122223333:role/BreakGlass', true],
  ['arn:aws:iam::111122223333:role/BreakGlass*', true],
  [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/cdk-*-cfn-exec-role-${AWS::AccountId}-${AWS::Region}' }, true],
  [{ 'Fn::GetAtt': ['Vault', 'Arn'] }, true],
  ['*', false], ['arn:aws:iam::111122223333:*', false], ['arn:aws:iam::111122223333:role/*', false], ['arn:aws:iam::111122223333:role/a*', false],
  ['arn:aws:iam::111122223333:role/*/*', false], [{ 'Fn::Unknown': 'P' }, false], [{ Ref: 'Nobody' }, false],
])('%j names a principal: %s', (arn, wanted) => {
  expect(isNamedPrincipal(arn as string, homeOf(resource('Vault'), template))).toBe(wanted);
});
