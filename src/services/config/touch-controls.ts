// What may be done to the recorder, to what it delivers, and to who reads of it.
import { SECURITY_TYPES } from './facts';
import type { Control } from '../../core/control';
import { isExpected } from '../../core/ours';
import { homeOf, isOwnAccount } from '../../core/ownership';
import type { Json } from '../../core/values';
import { at, isGiven, isOneOf, list } from '../../core/values';

const RECORDER = ['AWS::Config::ConfigurationRecorder'];
const CHANNEL = ['AWS::Config::DeliveryChannel'];

/** Whether a type may be recorded once a day. */
function isNoise(type: Json): boolean {
  return typeof type === 'string' && /^\w+::\w+::\w+$/.test(type) && !SECURITY_TYPES.some(security => security.test(type));
}

export const CONFIG_SECURITY_TYPES: Control = {
  id: 'CFG-09',
  title: 'changes of what security hangs on are recorded as they happen',
  prevents: 'a role or a security group that is opened and closed again between two daily records',
  kind: 'default',
  types: RECORDER,
  property: 'RecordingMode',
  mend: "name no types of identities, networks, keys, logs and data in 'dailyResourceTypes'",
  nist: ['CM-3', 'SI-4'],
  pci: ['11.5.2'],
  holds: r => list(at(r.properties.RecordingMode, 'RecordingModeOverrides')).every(override =>
    isOneOf(at(override, 'RecordingFrequency'), 'CONTINUOUS')
    || (list(at(override, 'ResourceTypes')).length > 0 && list(at(override, 'ResourceTypes')).every(isNoise))),
};

export const CONFIG_ONE_CHANNEL: Control = {
  id: 'CFG-10',
  title: 'records are delivered by one channel',
  prevents: 'a second channel that takes the place of the first and delivers somewhere else',
  kind: 'floor',
  types: CHANNEL,
  property: 'AWS::Config::DeliveryChannel',
  mend: 'take the second channel away: a region has one',
  nist: ['AU-9', 'CM-8'],
  holds: () => true,
  breaks: (r, t) => t.resourcesOf(CHANNEL[0]).filter(other => other.logicalId !== r.logicalId && t.areNear(other, r)),
};

const AUTHORIZATION = 'AWS::Config::AggregationAuthorization';
const REMEDIATION = 'AWS::Config::RemediationConfiguration';

export const CONFIG_OURS: Control = {
  id: 'CFG-11',
  title: 'no other account collects the records, and none brings its own remedies',
  prevents: 'an account that learns how everything is configured, or changes it in the name of a rule',
  kind: 'default',
  types: RECORDER,
  property: AUTHORIZATION,
  mend: 'waive it where the account is one of yours, and say which; take documents of AWS or of this account as remedies',
  nist: ['AC-4', 'AC-21', 'CM-3'],
  holds: () => true,
  breaks: (r, t) => {
    const home = homeOf(r, t);
    // documents of AWS and of the account go by their names
    const isKnown = (document: Json) => typeof document === 'string'
      && !document.startsWith('arn:') ? !document.includes('{{') : isExpected(document, r, home);
    return [
      ...t.resourcesOf(AUTHORIZATION).filter(a => !isOwnAccount(a.properties.AuthorizedAccountId, home)),
      ...t.resourcesOf(REMEDIATION).filter(a => isGiven(a.properties.TargetId) && !isKnown(a.properties.TargetId)),
    ].filter(a => t.areNear(a, r));
  },
};
