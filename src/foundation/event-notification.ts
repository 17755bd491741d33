import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { claim } from './claims';
import { KeyAccess } from './key-access';
import { declareFinding } from './known-findings';
import { serviceRole } from './service-role';
import { EVENT_THROUGH_ROLE } from '../private/controls/events';
import { arn, viaService } from '../private/names';

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
    super(scope, id);
    const name = Names.uniqueResourceName(this, { maxLength: 64, separator: '-' });
    if (props.topic.masterKey) { KeyAccess.sns().allowOn(props.topic.masterKey); }
    const role = serviceRole(this, 'Role', {
      description: `Notifies: ${props.description}`,
      service: 'events.amazonaws.com',
      sourceArn: arn('events', `rule/${name}`),
      statements: [
        new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [props.topic.topicArn] }),
        ...props.topic.masterKey ? [new iam.PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [props.topic.masterKey.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': viaService('sns') } },
        })] : [],
      ],
    });
    const text = props.message === undefined ? undefined : JSON.stringify(props.message);
    this.rule = new events.CfnRule(this, 'Resource', {
      name,
      description: props.description,
      state: 'ENABLED',
      eventPattern: rendered(props.eventPattern),
      targets: [{
        id: 'Topic',
        arn: props.topic.topicArn,
        roleArn: role.roleArn,
        inputTransformer: text === undefined ? undefined : { inputPathsMap: props.inputPaths, inputTemplate: text },
      }],
    });
    claim(this.rule, EVENT_THROUGH_ROLE);
    declareFinding(this.rule, 'EventBridge tries for 24 hours to reach the topic, which is in its own region; the source keeps what the event tells of.', 'Serverless-EventBusDLQ');
  }
}

/** The pattern in EventBridge's own spelling. */
function rendered(pattern: events.EventPattern): any {
  const { detailType, ...rest } = pattern;
  return { ...rest, ...detailType && { 'detail-type': detailType } };
}
