// Who hears of findings.
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { EventNotification } from '../foundation/event-notification';
import * as settings from '../services/guardduty/settings';

/** Which findings notify which topic. */
export interface FindingsNotificationProps extends settings.Severities {
  readonly topic: sns.ITopic;
}

/**
 * Findings of a range of severities that notify a topic.
 *
 * The message says what kind of finding, how severe and where to look. The finding itself, with its addresses, ARNs and user
 * names, stays in GuardDuty.
 */
export class FindingsNotification extends Construct {
  public readonly notification: EventNotification;

  constructor(scope: Construct, id: string, props: FindingsNotificationProps) {
    super(scope, id);
    this.notification = new EventNotification(this, 'Notification', {
      description: `GuardDuty findings of severity ${props.from} and more${props.below === undefined ? '' : `, below ${props.below}`}`,
      eventPattern: settings.findings(props),
      topic: props.topic,
      inputPaths: {
        severity: '$.detail.severity', type: '$.detail.type', account: '$.account', region: '$.region', finding: '$.detail.id',
      },
      message: 'GuardDuty finding of severity <severity>: <type>, in account <account>, region <region>. '
        + 'Open finding <finding> in GuardDuty.',
    });
  }
}
