import * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Resource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { KeyAccess } from './key-access';
import { serviceRole } from './service-role';
import { admit, claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { checkNew } from '../core/arguments';
import { arn, nameStem } from '../core/names';
import { place } from '../core/validate';
import { EVENT_THROUGH_ROLE } from '../services/events/controls';
import * as settings from '../services/events/settings';
import { EVENT_BUS_OURS, EVENT_HEARS_ALL, EVENT_TELLS_OURS } from '../services/events/touch-controls';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';
import { publishes } from '../services/sns/statements';

/** Properties of an event notification. */
export interface EventNotificationProps {
  /** What has happened when the rule matches. */
  readonly description: string;

  /** Which events. */
  readonly eventPattern: events.EventPattern;

  /** The topic. If it is encrypted with an imported key, that key must allow `KeyAccess.sns`. */
  readonly topic: sns.ITopic;

  /**
   * What goes into the message, by name: a JSON path into the event, for example `{ severity: '$.detail.severity' }`.
   *
   * @default - the event as it is
   */
  readonly inputPaths?: Record<string, string>;

  /**
   * The message, with `<name>` for each of `inputPaths`.
   *
   * @default - the event as it is
   */
  readonly message?: string;
}

/**
 * An EventBridge rule that notifies an encrypted topic through a role that only this rule can use.
 *
 * Not for `aws-cn`, where SNS targets take no role.
 */
export class EventNotification extends Construct {
  /** The rule. */
  public readonly rule: events.CfnRule;

  constructor(scope: Construct, id: string, props: EventNotificationProps) {
    checkNew('EventNotification', scope, id, props);
    const at = place(scope, id);
    settings.checkMessage(at, props.message, props.inputPaths);
    super(scope, id);
    if (props.topic.masterKey) { KeyAccess.sns().allowOn(props.topic.masterKey); }
    const name = nameStem(() => this.rule, { maxLength: settings.NAME_LENGTH });
    const role = serviceRole(this, 'Role', {
      description: `Notifies: ${props.description}`,
      service: 'events.amazonaws.com',
      sourceArn: arn('events', `rule/${name}`),
      statements: publishes(props.topic.topicArn, props.topic.masterKey?.keyArn),
    });
    this.rule = new events.CfnRule(this, 'Resource', {
      name,
      description: props.description,
      ...settings.rule({
        eventPattern: props.eventPattern,
        topicArn: props.topic.topicArn,
        roleArn: role.roleArn,
        inputPaths: props.inputPaths,
        message: props.message,
      }),
    });
    claim(this.rule, EVENT_THROUGH_ROLE, EVENT_TELLS_OURS, EVENT_BUS_OURS, GEN_NOBODY_MANAGES);
    if (settings.isForAll(props.eventPattern)) { claim(this.rule, EVENT_HEARS_ALL); }
    if (!Resource.isOwnedResource(props.topic)) { admit(this.rule, props.topic.topicArn); }
    declareFinding(this.rule, 'EventBridge tries for a day, and nobody would read the queue of what it gives up; what the event tells '
      + 'of stays visible in the service that sent it.',
    'Serverless-EventBusDLQ');
  }
}
