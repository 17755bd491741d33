import { here, World } from './world';
import { ACCOUNT } from '../support/simulate';
import { ADMINISTRATOR, FOREIGN, NOBODY, onlyWith, Row, service, STRANGER, Thing } from '../support/table';

/** Beginning of the role's ID, the service that takes it, and for whom; no source where the service sends none. */
function roles(world: World): [string, string, string?][] {
  const trail = world.template.arn(world.id('AWS::CloudTrail::Trail', 'Trail'));
  const rule = (beginning: string) => here('events', `rule/${world.template.resources[world.id('AWS::Events::Rule', beginning)].Properties.Name}`);
  const events = ['BackupNotificationsFailures', 'BackupNotificationsTampering', 'RecorderNotificationsCompliance', 'RecorderNotificationsDeliveryFailure', 'DetectionSevereFindingsNotification'];
  return [
    ['NetworkFlowLogsRole', 'vpc-flow-logs.amazonaws.com', here('ec2', 'vpc-flow-log/fl-1')],
    ['NetworkDefaultSecurityGroupAutomationRole', 'ssm.amazonaws.com'],
    ['DatabaseMonitoringRole', 'monitoring.rds.amazonaws.com', here('rds', 'db:shop-1')],
    ['ServiceTaskTaskRole', 'ecs-tasks.amazonaws.com', here('ecs', 'task/shop/1')],
    ['ServiceTaskExecutionRole', 'ecs-tasks.amazonaws.com', here('ecs', 'task/shop/1')],
    ['BackupRole', 'backup.amazonaws.com'],
    ['TrailLogsRole', 'cloudtrail.amazonaws.com', trail],
    ...events.map((beginning): [string, string, string] => [`${beginning}Role`, 'events.amazonaws.com', rule(beginning)]),
  ];
}

/** Who may take the roles. */
export function trusts(world: World): Row[] {
  return roles(world).flatMap(([beginning, principal, source]): Row[] => {
    const id = world.id('AWS::IAM::Role', beginning);
    const on: Thing = { name: `the role ${beginning}`, arn: world.template.arn(id), policy: id };
    const action = 'sts:AssumeRole';
    return [
      ...onlyWith({ who: service(principal), action, on, because: 'it acts for this account', when: { context: { 'aws:SourceAccount': ACCOUNT, ...source && { 'aws:SourceArn': source } } } }, {
        'aws:SourceAccount': FOREIGN, ...source && { 'aws:SourceArn': source.replace(ACCOUNT, FOREIGN) },
      }),
      ...source ? [{
        who: service(principal),
        may: false,
        action,
        on,
        because: 'the source is forged',
        when: { phrase: 'for another source', context: { 'aws:SourceAccount': ACCOUNT, 'aws:SourceArn': here('lambda', 'function:forged') } },
      }] : [],
      { who: service('ec2.amazonaws.com'), may: false, action, on, because: 'it is not the service that the role is for', when: { context: { 'aws:SourceAccount': ACCOUNT, ...source && { 'aws:SourceArn': source } } } },
      { who: ADMINISTRATOR, may: false, action, on, because: 'people do not take the roles of services' },
      { who: STRANGER, may: false, action, on, because: 'it is not of this account' },
      { who: NOBODY, may: false, action, on, because: 'a role is never public' },
    ];
  });
}
