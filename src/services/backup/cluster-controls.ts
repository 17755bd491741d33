// What must hold between the plan of the continuous backups and the clusters that it backs up.
import { PLAN, resourcesOf, rulesOf, selectionsOf } from './rendered';
import type { Control } from '../../core/control';
import { ADDITIONS_ONLY, NIST } from '../../core/control';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isFalse, isGiven, mentions, numberOf, same, textOf } from '../../core/values';

const CLUSTER = 'AWS::RDS::DBCluster';

/** How long a cluster keeps its backups, in days. Source: CloudFormation reference, "AWS::RDS::DBCluster", `BackupRetentionPeriod`. */
const retentionOf = ({ properties: { BackupRetentionPeriod: days } }: RenderedResource): Json => isGiven(days) ? days : 1;

/** Whether an ARN is that of a cluster of the app, by reference or as text. */
function names(arn: Json, { logicalId, properties: { DBClusterIdentifier: identifier } }: RenderedResource): boolean {
  return mentions(arn, logicalId) || (typeof identifier === 'string' && textOf(arn).endsWith(`:cluster:${identifier}`));
}

const isAsLong = (one: Json, other: Json) => same(one, other) || numberOf(one) === numberOf(other);

/** For how long the continuous rules of a plan keep backups. A rule of which only the deployment knows that it is continuous may be. */
const continuously = (plan: RenderedResource): Json[] => rulesOf(plan)
  .filter(rule => isGiven(at(rule, 'EnableContinuousBackup')) && !isFalse(at(rule, 'EnableContinuousBackup')))
  .map(rule => at(rule, 'Lifecycle', 'DeleteAfterDays'));

/** The clusters that a plan backs up continuously, and that say another retention. */
function disagreeing(plan: RenderedResource, t: RenderedTemplate): RenderedResource[] {
  const kept = continuously(plan);
  if (kept.length === 0) { return []; }
  const selected = selectionsOf(plan, t).flatMap(resourcesOf);
  return t.resourcesOf(CLUSTER).filter(cluster => selected.some(arn => names(arn, cluster))
    && !kept.every(days => isAsLong(days, retentionOf(cluster))));
}

/**
 * From its first continuous backup on, the retention of a cluster belongs to AWS Backup, and RDS refuses every later update that says
 * another one, whatever it is about. Source: github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds/issues/511.
 */
export const BKP_SAME_RETENTION: Control = {
  id: 'BKP-16',
  title: 'a cluster that is backed up continuously says the retention of that plan',
  prevents: 'that RDS refuses every update of the cluster from its first continuous backup on',
  kind: 'floor',
  types: [PLAN],
  property: CLUSTER,
  mend: "give 'backupRetention' of the database and 'continuousRetention' of the BackupPolicy the same number of days",
  nist: NIST.resilience,
  holds: ADDITIONS_ONLY,
  breaks: disagreeing,
  tells: (r, t) => disagreeing(r, t).map(cluster =>
    `the cluster keeps ${textOf(retentionOf(cluster))} days, and the plan ${continuously(r).map(textOf).join(' and ')}`),
};
