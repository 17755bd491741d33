import * as backup from 'aws-cdk-lib/aws-backup';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, NestedStack, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { BackupRole } from '../../src/recovery/backup-role';
import { ContinuousPlan, makePlan, PlanProps } from '../../src/recovery/plans';
import { ProtectedResource } from '../../src/recovery/protected-resource';
import { newStack, render } from '../support/prove';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const resources = [ProtectedResource.fromArn('arn:aws:fsx:eu-west-1:111122223333:file-system/fs-1'), ProtectedResource.tagged('a', 'b')];

function propsIn(scope: Construct): PlanProps {
  const vaultKey = kms.Key.fromKeyArn(scope, 'Key', KEY);
  const backupRole = new BackupRole(scope, 'Backup', { vaultKey, vaultArn: 'arn:aws:backup:eu-west-1:111122223333:backup-vault:v', resources });
  const { ref } = new backup.CfnBackupVault(scope, 'Vault', { backupVaultName: 'v', encryptionKeyArn: KEY });
  return { rule: { ruleName: 'Daily', lifecycle: { deleteAfterDays: 35 } }, backupVaultName: ref, backupRole, resources };
}
const namesIn = (stack: Stack): any[] => render(stack).resourcesOf('AWS::Backup::BackupPlan').map((p: any) => p.properties.BackupPlan.BackupPlanName);

test('a plan writes to the vault, is named after stack and logical ID, and has a selection for each kind of resource', () => {
  const stack = newStack();
  makePlan(stack, propsIn(stack));
  const template = render(stack);
  const [plan]: any[] = template.resourcesOf('AWS::Backup::BackupPlan');
  expect(plan.properties.BackupPlan).toEqual({ BackupPlanName: 'Test-Resource', BackupPlanRule: [{ RuleName: 'Daily', Lifecycle: { DeleteAfterDays: 35 }, TargetBackupVault: { Ref: 'Vault' } }] });
  expect(template.resourcesOf('AWS::Backup::BackupSelection').map((s: any) => [s.properties.BackupPlanId, s.properties.BackupSelection.SelectionName])).toEqual([
    [{ 'Fn::GetAtt': [plan.logicalId, 'BackupPlanId'] }, 'Resources'],
    [{ 'Fn::GetAtt': [plan.logicalId, 'BackupPlanId'] }, 'Tag0'],
  ]);
});

test('names fit, however long stack and ID are', () => {
  const stack = new Stack(new App({ analyticsReporting: false }), 'AStackWithAVeryLongNameThatGoesOnAndOnForMoreThanFiftyCharacters');
  new ContinuousPlan(stack, 'ContinuousPlan', propsIn(stack));
  expect(namesIn(stack)).toEqual([expect.stringMatching(/^[a-zA-Z0-9._-]{1,50}$/)]);
});

test('in a nested stack, whose name nobody knows, the logical ID does', () => {
  const nested = new NestedStack(newStack(), 'Nested');
  const plan = makePlan(nested, propsIn(nested));
  expect(nested.resolve((plan.backupPlan as backup.CfnBackupPlan.BackupPlanResourceTypeProperty).backupPlanName)).toBe('Resource');
});

test('the plan of continuous backups is a plan of the CDK', () => {
  const stack = newStack();
  const plan: backup.IBackupPlan = new ContinuousPlan(stack, 'ContinuousPlan', propsIn(stack));
  const { logicalId } = render(stack).resourcesOf('AWS::Backup::BackupPlan')[0];
  expect(stack.resolve(plan.backupPlanRef)).toEqual({
    backupPlanId: { 'Fn::GetAtt': [logicalId, 'BackupPlanId'] }, backupPlanArn: { 'Fn::GetAtt': [logicalId, 'BackupPlanArn'] },
  });
  expect(plan.node.defaultChild).toBeInstanceOf(backup.CfnBackupPlan);
});
