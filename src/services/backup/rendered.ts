// How the controls of this room read a template.
import { isNamed, knownText } from '../../core/ownership';
import type { Home } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, contains, isGiven, list, numberOf, same, targetsOf } from '../../core/values';

export const VAULT = 'AWS::Backup::BackupVault';
export const PLAN = 'AWS::Backup::BackupPlan';
export const SELECTION = 'AWS::Backup::BackupSelection';

/** For how long a vault's lock lets backups be kept, in days; NaN where it does not say. */
export function boundsOf(vault: RenderedResource): { readonly min: number; readonly max: number } {
  const { LockConfiguration: lock } = vault.properties;
  return { min: numberOf(at(lock, 'MinRetentionDays')), max: numberOf(at(lock, 'MaxRetentionDays')) };
}

/** The rules of a plan. */
export function rulesOf(plan: RenderedResource): readonly Json[] {
  return list(at(plan.properties.BackupPlan, 'BackupPlanRule'));
}

/** The vault of the template that a rule writes to. */
export function vaultOf(rule: Json, t: RenderedTemplate): RenderedResource | undefined {
  return t.target(VAULT, at(rule, 'TargetBackupVault'));
}

/** Whether a vault is under a key of its own. */
export function hasOwnKey({ properties: { EncryptionKeyArn: key } }: RenderedResource): boolean {
  return isGiven(key) && !contains(key, 'alias/');
}

/** The selections of a plan. */
export function selectionsOf(plan: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  return t.referring(SELECTION, 'BackupPlanId', plan.logicalId);
}

/** What a selection names by ARN. */
export function resourcesOf(selection: RenderedResource): readonly Json[] {
  return list(at(selection.properties.BackupSelection, 'Resources'));
}

/** The role that a selection is backed up with. */
export function roleOf(selection: RenderedResource): Json {
  return at(selection.properties.BackupSelection, 'IamRoleArn');
}

/** What a selection names: ARNs as they are written, and the resources of the app that they are of, however they are written. */
function namesIn(selection: RenderedResource): readonly string[] {
  return resourcesOf(selection).filter(arn => arn !== '*')
    .flatMap(arn => [JSON.stringify(arn), ...[...targetsOf(arn)].filter(id => !id.startsWith('AWS::'))]);
}

/** Whether two selections have something in common: a resource, or the role that is for the resources of one of them. */
export function overlap(one: RenderedResource, other: RenderedResource): boolean {
  const names = namesIn(one);
  return (isGiven(roleOf(one)) && same(roleOf(one), roleOf(other))) || namesIn(other).some(name => names.includes(name));
}

/**
 * Whether an ARN in a condition names a principal, or a family of them: what is after the kind of principal does not begin or end as
 * that of all, or of most, would.
 */
export function isNamedPrincipal(arn: Json, home: Home): boolean {
  if (isNamed(arn, home)) { return true; }
  const text = knownText(arn, home) ?? '';
  const [, name] = /^arn:[^:*?]+:(?:iam|sts)::[^:]+:(?:role|user|assumed-role)\/(.+)$/.exec(text) ?? [];
  return name !== undefined && name.replace(/[*?/-]/g, '').length >= 4;
}
