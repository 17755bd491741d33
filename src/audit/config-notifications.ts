// Who hears of AWS Config.
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { waive } from '../assurance/security-waiver';
import { checkNew } from '../core/arguments';
import { EventNotification } from '../foundation/event-notification';
import { KeyAccess } from '../foundation/key-access';
import { HardenedProps, SecurityFoundation } from '../foundation/security-foundation';
import { CONFIG_FAILURES_NOTIFY, CONFIG_NOTIFIES } from '../services/config/controls';
import * as settings from '../services/config/settings';

/** Properties of the notifications of AWS Config. */
export interface ConfigNotificationsProps extends HardenedProps {
  /**
   * The topic that is notified. If it is encrypted with an imported key, that key must allow `KeyAccess.sns`.
   *
   * @default - the topic of the security foundation
   */
  readonly topic?: sns.ITopic;
}

/**
 * Notifies a topic of what breaks a rule of AWS Config, and of deliveries that fail.
 *
 * It works with any recorder of the account and region, also one that Control Tower or another stack made. The delivery
 * channel itself can't notify: AWS Config does not support encrypted topics. Nobody is told of a recorder that is stopped by
 * this, but by `CisAlarm.CONFIG_CHANGES`.
 *
 * Answers NIST SI-4(5) and AU-5, PCI 10.4.1, 10.7.2 and 12.10.5.
 */
export class ConfigNotifications extends Construct {
  /** Notifies of resources that break a rule. */
  public readonly compliance: EventNotification;

  /** Notifies of snapshots and histories that could not be delivered. */
  public readonly deliveryFailure: EventNotification;

  constructor(scope: Construct, id: string, props: ConfigNotificationsProps = {}) {
    checkNew('ConfigNotifications', scope, id, props);
    const topic = props.topic ?? (props.foundation ?? SecurityFoundation.of(scope)).topic;
    super(scope, id);
    if (topic.masterKey) { KeyAccess.sns().allowOn(topic.masterKey); }
    this.compliance = new EventNotification(this, 'Compliance', {
      description: 'A resource breaks a rule of AWS Config',
      topic,
      eventPattern: settings.COMPLIANCE.eventPattern,
      inputPaths: settings.COMPLIANCE.inputPaths,
      message: settings.COMPLIANCE.message,
    });
    this.deliveryFailure = new EventNotification(this, 'DeliveryFailure', {
      description: 'AWS Config could not deliver a snapshot or a history',
      topic,
      eventPattern: settings.DELIVERY_FAILURE.eventPattern,
    });
    declareFinding(this, 'EventBridge tries for a day. What could not be told is not lost: '
      + 'AWS Config keeps the state of every rule and delivery.', 'Serverless-EventBusDLQ');
    claim(this.compliance.rule, CONFIG_NOTIFIES);
    claim(this.deliveryFailure.rule, CONFIG_FAILURES_NOTIFY);
    waive(this, props.waivers);
  }
}
