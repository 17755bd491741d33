import type { Control } from '../core/control';
import * as acm from '../services/acm/controls';
import * as backup from '../services/backup/controls';
import * as trail from '../services/cloudtrail/controls';
import * as alarms from '../services/cloudwatch/controls';
import * as config from '../services/config/controls';
import * as vpc from '../services/ec2/controls';
import * as securityGroups from '../services/ec2/security-group-controls';
import * as ecr from '../services/ecr/controls';
import * as ecs from '../services/ecs/controls';
import * as ecsTask from '../services/ecs/task-controls';
import * as elb from '../services/elb/controls';
import * as elbListeners from '../services/elb/listener-controls';
import * as events from '../services/events/controls';
import * as general from '../services/general/controls';
import * as guardduty from '../services/guardduty/controls';
import * as iam from '../services/iam/controls';
import * as kms from '../services/kms/controls';
import * as logs from '../services/logs/controls';
import * as rds from '../services/rds/controls';
import * as s3 from '../services/s3/controls';
import * as sns from '../services/sns/controls';
import * as waf from '../services/waf/controls';

/** Every control, by ID. The only place that knows them all. */
const BY_ID = new Map<string, Control>();
for (const family of [
  general, acm, alarms, backup, config, ecr, ecs, ecsTask, elb, elbListeners, events, guardduty, iam, kms, logs, rds, s3, securityGroups,
  sns, trail, vpc, waf,
]) {
  for (const control of Object.values<Control | Control[]>(family).flat()) {
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
