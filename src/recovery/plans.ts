// The plans of a backup policy.
import * as backup from 'aws-cdk-lib/aws-backup';
import { Resource } from 'aws-cdk-lib/core';
import type { aws_backup } from 'aws-cdk-lib/interfaces';
import type { Construct } from 'constructs';
import type { BackupRole } from './backup-role';
import type { ProtectedResource } from './protected-resource';
import { Selections } from './selections';
import { claim } from '../assurance/claims';
import { nameStem } from '../core/names';
import { BKP_SAME_RETENTION } from '../services/backup/cluster-controls';
import * as controls from '../services/backup/controls';
import * as settings from '../services/backup/settings';
import * as touch from '../services/backup/touch-controls';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';

/** What a plan is made of. */
export interface PlanProps {
  readonly rule: settings.Rule;
  readonly backupVaultName: string;
  readonly backupRole: BackupRole;
  readonly resources: ProtectedResource[];
}

/** Makes a plan, and the selections of what it backs up, in the construct that it is. */
export function makePlan(scope: Construct, props: PlanProps): backup.CfnBackupPlan {
  const backupPlanName = nameStem(() => plan, { maxLength: settings.NAME_LENGTH, keepCase: true });
  const plan: backup.CfnBackupPlan = new backup.CfnBackupPlan(scope, 'Resource', {
    backupPlan: { backupPlanName, backupPlanRule: [{ ...props.rule, targetBackupVault: props.backupVaultName }] },
  });
  const selections = new Selections();
  props.resources.forEach(r => r._protection.select(selections));
  for (const selected of selections.all) {
    const selection = new backup.CfnBackupSelection(scope, selected.selectionName, {
      backupPlanId: plan.attrBackupPlanId,
      backupSelection: { ...selected, iamRoleArn: props.backupRole.role.roleArn },
    });
    // The first run finds the role with its permissions.
    selection.node.addDependency(...props.backupRole.policies);
    claim(selection, controls.BKP_SELECTED, touch.BKP_WHOLE);
  }
  claim(plan, controls.BKP_WITHIN_LOCK, BKP_SAME_RETENTION, touch.BKP_STAYS, touch.BKP_NOT_BESIDE, GEN_NOBODY_MANAGES);
  return plan;
}

/** The plan of the continuous backups. */
export class ContinuousPlan extends Resource implements backup.IBackupPlan {
  public readonly backupPlanId: string;
  public readonly backupPlanArn: string;

  constructor(scope: Construct, id: string, props: PlanProps) {
    super(scope, id);
    const plan = makePlan(this, props);
    this.backupPlanId = plan.attrBackupPlanId;
    this.backupPlanArn = plan.attrBackupPlanArn;
  }

  public get backupPlanRef(): aws_backup.BackupPlanReference {
    return { backupPlanId: this.backupPlanId, backupPlanArn: this.backupPlanArn };
  }
}
