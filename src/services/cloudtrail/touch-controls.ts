// What may be done to a trail: where its events go, and who hears of its files.
import type { Control } from '../../core/control';
import { NIST } from '../../core/control';
import { isExpected } from '../../core/ours';
import { homeOf } from '../../core/ownership';
import { isGiven, list, targetsOf } from '../../core/values';

const TRAIL = ['AWS::CloudTrail::Trail'];

export const TRAIL_WATCHED: Control = {
  id: 'TRL-14',
  title: 'events reach the log group whose filters feed the alarms, by a role of the stack',
  prevents: 'alarms over a log group that nothing is written to any more',
  kind: 'floor',
  types: TRAIL,
  property: 'CloudWatchLogsLogGroupArn',
  mend: 'keep the log group and the role that the construct makes',
  fsbp: ['CloudTrail.5'],
  nist: [...NIST.logging, 'AU-6(1)'],
  pci: ['10.4.1'],
  holds: ({ properties: { CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: role } }, t) => {
    const [id] = targetsOf(group);
    return id !== undefined && t.resource(id)?.type === 'AWS::Logs::LogGroup'
      && t.referring('AWS::Logs::MetricFilter', 'LogGroupName', id).length > 0 && t.target('AWS::IAM::Role', role) !== undefined;
  },
};

export const TRAIL_TELLS_OURS: Control = {
  id: 'TRL-15',
  title: 'nobody outside the account is told of log files, or gets at the trail by a policy of it',
  prevents: 'an account that learns what was recorded, and when',
  kind: 'default',
  types: TRAIL,
  property: 'SnsTopicName',
  mend: 'give a topic of this account, and share an event data store instead of the trail',
  nist: ['AC-4', 'AU-9'],
  pci: ['10.3.1'],
  holds: () => true,
  breaks: (r, t) => {
    const topics = list(r.properties.SnsTopicName).filter(isGiven);
    const isForeign = topics.some(topic => !isExpected(topic, r, homeOf(r, t)) && !(typeof topic === 'string' && /^[\w-]+$/.test(topic)));
    const others = t.mentioning('AWS::CloudTrail::', r.logicalId, 'AWS::CloudTrail::Trail', 'AWS::CloudTrail::Dashboard');
    return [...isForeign ? [r] : [], ...others];
  },
};
