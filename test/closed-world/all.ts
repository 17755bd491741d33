// Every weakening that was written by hand, in the order of the table.
import { ALLOW_WIDENED } from './allow-widened';
import { AUDIT } from './audit';
import { BUCKET_POLICY } from './bucket-policy';
import { BUCKET_SETTINGS } from './bucket-settings';
import { COMPUTE } from './compute';
import { DATA } from './data';
import { DENY_WEAKENED } from './deny-weakened';
import { DETECTION } from './detection';
import { EDGE } from './edge';
import { IAM } from './iam';
import { KEY_POLICY } from './key-policy';
import { NETWORK } from './network';
import { NEW_RESOURCE } from './new-resource';
import { RECOVERY } from './recovery';
import { SECOND_STACK } from './second-stack';
import { TOPIC } from './topic';
import { TRUST } from './trust';

export const WEAKENINGS = [
  ...KEY_POLICY, ...BUCKET_POLICY, ...BUCKET_SETTINGS, ...TOPIC, ...IAM, ...TRUST, ...NETWORK, ...EDGE, ...COMPUTE, ...DATA, ...AUDIT,
  ...DETECTION, ...RECOVERY, ...DENY_WEAKENED, ...ALLOW_WIDENED, ...NEW_RESOURCE, ...SECOND_STACK,
];
