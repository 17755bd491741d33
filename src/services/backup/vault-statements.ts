// What the policy of a vault says.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { iamArn } from '../../core/names';

/** The service-linked role that removes backups when their time is over. */
const LIFECYCLE_ROLE = 'aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup';

/**
 * Refuses the deletion of backups and the lifting of their protection to all but named principals. Vault policies know no
 * wildcards in actions. AWS Config (BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED) reads one statement and wants the three
 * actions of the first together, on `*`.
 */
export function noDeletions(exempt: string[]): iam.PolicyStatement[] {
  const deny = (sid: string, actions: string[]) => new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.StarPrincipal()],
    actions: actions.map(a => `backup:${a}`),
    resources: ['*'],
    conditions: { ArnNotLike: { 'aws:PrincipalArn': [...exempt, iamArn(`role/${LIFECYCLE_ROLE}`)] } },
  });
  return [
    deny('DenyDeletions', ['DeleteRecoveryPoint', 'UpdateRecoveryPointLifecycle', 'PutBackupVaultAccessPolicy']),
    deny('DenyWeakening', [
      'DisassociateRecoveryPoint', 'DisassociateRecoveryPointFromParent', 'DeleteBackupVault', 'DeleteBackupVaultAccessPolicy',
      'DeleteBackupVaultLockConfiguration', 'PutBackupVaultLockConfiguration', 'DeleteBackupVaultNotifications',
    ]),
  ];
}

/** The role that CloudFormation deploys with after the CDK's bootstrap, whatever the qualifier. */
export function bootstrapRole(): string {
  return iamArn(`role/cdk-*-cfn-exec-role-${Aws.ACCOUNT_ID}-${Aws.REGION}`);
}
