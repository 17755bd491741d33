import type { Control } from './control';
import * as acm from './controls/acm';
import * as backup from './controls/backup';
import { CIS_ALARMS } from './controls/cis-alarms';
import * as config from './controls/config';
import * as ecr from './controls/ecr';
import * as ecs from './controls/ecs';
import * as ecsTask from './controls/ecs-task';
import * as elb from './controls/elb';
import * as events from './controls/events';
import * as general from './controls/general';
import * as guardduty from './controls/guardduty';
import * as iam from './controls/iam';
import * as kms from './controls/kms';
import * as logs from './controls/logs';
import * as rds from './controls/rds';
import * as s3 from './controls/s3';
import * as securityGroups from './controls/security-groups';
import * as sns from './controls/sns';
import * as trail from './controls/trail';
import * as vpc from './controls/vpc';
import * as waf from './controls/waf';

/** Every control, by ID. The only place that knows them all. */
const BY_ID = new Map<string, Control>();
for (const family of [
  general, acm, backup, config, ecr, ecs, ecsTask, elb, events, guardduty, iam, kms, logs, rds, s3, securityGroups, sns, trail, CIS_ALARMS, vpc, waf,
]) {
  for (const control of Object.values<Control>(family)) {
    if (BY_ID.has(control.id)) { throw new Error(`two controls are called '${control.id}'`); }
    BY_ID.set(control.id, control);
  }
}

/** The control with this ID, or undefined. */
export function findControl(id: string): Control | undefined {
  return BY_ID.get(id);
}

/** All controls, in the order of their families. */
export function allControls(): Control[] {
  return [...BY_ID.values()];
}
