// What may be done to the recorder, to what it delivers, and to who reads of it.
import { SECURITY_TYPES } from './facts';
import { areOfOneStack } from '../../core/assembly';
import type { Control } from '../../core/control';
import { isExpected } from '../../core/ours';
import { homeOf, isOwnAccount } from '../../core/ownership';
import type { RenderedResource, RenderedTemplate } from '../../core/template';
import type { Json } from '../../core/values';
import { at, isGiven, isOneOf, list, same } from '../../core/values';

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

/** All that is there before a resource. */
function before(r: RenderedResource, t: RenderedTemplate, known: Set<string> = new Set()): Set<string> {
  const ids = [...r.dependsOn, ...(t.uses.by.get(r.logicalId) ?? []).map(use => use.target)];
  for (const other of ids.filter(id => !known.has(id)).map(id => t.resource(id))) {
    if (other && !known.has(other.logicalId)) { before(other, t, known.add(other.logicalId)); }
  }
  return known;
}

/**
 * A recorder starts as soon as there is a channel, and fails if there is none in time; a channel is refused without a recorder. So
 * CloudFormation has to make both at once: what only one of them waits for is time that the other may not have.
 * Source: github.com/aws/aws-cdk/issues/3577 and github.com/awsdocs/aws-cloudformation-user-guide/pull/1282.
 */
export const CONFIG_AT_ONCE: Control = {
  id: 'CFG-12',
  title: 'recorder and delivery channel wait for the same, and neither for the other',
  prevents: 'a first deployment that fails after half an hour, as one of them waits for the other',
  kind: 'default',
  types: RECORDER,
  property: CHANNEL[0],
  mend: 'give both the same dependencies, for example by those of the ConfigRecorder as a whole',
  nist: ['CM-2'],
  holds: (r, t) => {
    const channels = t.resourcesOf(CHANNEL[0]).filter(channel => areOfOneStack(channel, r));
    const own = [...before(r, t)].sort();
    return channels.length > 0 && channels.every(channel => same([...before(channel, t)].sort(), own)
      && !own.includes(channel.logicalId) && !own.includes(r.logicalId));
  },
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
