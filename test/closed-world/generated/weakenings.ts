// Every weakening that is generated. The number is fixed: another one has to be meant.
import { AUDITS } from './audits';
import { BACKUPS } from './backups';
import { BUCKET_POLICIES, BUCKETS } from './buckets';
import { DATABASES } from './databases';
import { DETECTORS } from './detectors';
import { KEYS } from './keys';
import { generate, Kind } from './kind';
import { LOAD_BALANCERS } from './load-balancers';
import { LOG_GROUPS } from './log-groups';
import { NETWORKS } from './networks';
import { POLICIES, ROLES } from './roles';
import { SECOND_GROUPS, SECURITY_GROUPS } from './security-groups';
import { SERVICES, TASKS } from './tasks';
import { TOPICS } from './topics';

export const KINDS: readonly Kind[] = [
  ...KEYS, ...BUCKET_POLICIES, ...BUCKETS, ...TOPICS, ...ROLES, ...POLICIES, ...LOG_GROUPS, ...SECURITY_GROUPS, ...SECOND_GROUPS, ...NETWORKS,
  ...LOAD_BALANCERS, ...TASKS, ...SERVICES, ...DATABASES, ...BACKUPS, ...AUDITS, ...DETECTORS,
];

export const GENERATED = generate(KINDS);
