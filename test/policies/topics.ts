import { here, World } from './world';
import { ACCOUNT } from '../support/simulate';
import { ADMINISTRATOR, FOREIGN, NOBODY, onlyWith, role, Row, service, STRANGER } from '../support/table';

/** Who may publish to the topic. */
export function topics(world: World): Row[] {
  const on = world.topic;
  const action = 'sns:Publish';
  const publisher = (name: string, source: string, because: string) => onlyWith(
    { who: service(name), action, on, because, when: { context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': source } } },
    { 'aws:SourceAccount': FOREIGN, 'aws:SourceArn': source.replace(ACCOUNT, FOREIGN) });
  const rules = Object.keys(world.template.resources).filter(id => world.template.resources[id].Type === 'AWS::IAM::Role' && JSON.stringify(world.policies[id]).includes('"events.amazonaws.com"'));
  return [
    ...publisher('cloudwatch.amazonaws.com', here('cloudwatch', 'alarm:any'), 'alarms notify'),
    ...publisher('events.rds.amazonaws.com', here('rds', 'cluster:shop'), 'RDS tells of failovers'),
    ...rules.map((id): Row => ({ who: role(world.template, id, `the role ${id}`), may: true, action, on, because: 'a rule notifies through its role' })),
    { who: service('events.amazonaws.com'), may: false, action, on, because: 'EventBridge says nothing of the rule, so it comes through a role' },
    { who: ADMINISTRATOR, may: true, action, on, because: 'its own policies say so' },
    { who: ADMINISTRATOR, may: false, action, on, when: { phrase: 'without TLS', context: { 'aws:SecureTransport': 'false' } }, because: 'plaintext is read by others' },
    { who: world.application, may: false, action, on, because: 'the application raises no alarms' },
    { who: STRANGER, may: false, action, on, because: 'the topic is of this account' },
    { who: NOBODY, may: false, action, on, because: 'a topic is never public' },
  ];
}
