import { here, World } from './world';
import { ACCOUNT } from '../support/simulate';
import { Actor, ADMINISTRATOR, Row, STRANGER, Thing } from '../support/table';

/** Who may take backups away. */
export function vaults(world: World): Row[] {
  const id = world.id('AWS::Backup::BackupVault', 'BackupVault');
  const vault: Thing = { name: 'the vault', arn: world.template.arn(id), policy: id };
  const point: Thing = { name: 'a backup', arn: here('backup', 'recovery-point:1234abcd-12ab-34cd-56ef-1234567890ab'), policy: id };
  const lifecycle: Actor = {
    name: 'the service-linked role of AWS Backup',
    principal: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`,
    identity: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['backup:*'], Resource: '*' }] }],
  };
  const onPoints = ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle', 'backup:DisassociateRecoveryPoint'];
  const onVault = ['backup:PutBackupVaultAccessPolicy', 'backup:DeleteBackupVault', 'backup:DeleteBackupVaultAccessPolicy', 'backup:DeleteBackupVaultLockConfiguration',
    'backup:PutBackupVaultLockConfiguration', 'backup:DeleteBackupVaultNotifications'];
  return [
    ...onPoints.map((action): Row => ({ who: ADMINISTRATOR, may: false, action, on: point, because: 'a stolen administrator does not take the backups along' })),
    ...onVault.map((action): Row => ({ who: ADMINISTRATOR, may: false, action, on: vault, because: 'the protection of the backups is not lifted by hand' })),
    { who: lifecycle, may: true, action: 'backup:DeleteRecoveryPoint', on: point, because: 'backups end when their time is over' },
    { who: world.deployer, may: true, action: 'backup:PutBackupVaultAccessPolicy', on: vault, because: 'the stack can be changed' },
    { who: world.deployer, may: true, action: 'backup:PutBackupVaultLockConfiguration', on: vault, because: 'the stack can be changed' },
    { who: ADMINISTRATOR, may: true, action: 'backup:DescribeBackupVault', on: vault, because: 'it is no secret' },
    { who: STRANGER, may: false, action: 'backup:DeleteRecoveryPoint', on: point, because: 'the vault is of this account' },
  ];
}
