import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Names } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { KeyAccess } from './key-access';
import { serviceRole } from './service-role';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { arn, viaService } from '../core/names';
import { fail } from '../core/validate';
import { EVENT_THROUGH_ROLE } from '../services/events/controls';

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
    this.requirePlaceholders(props);
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
    declareFinding(this.rule, 'EventBridge tries for a day, and nobody would read the queue of what it gives up; what the event tells of stays visible in the service that sent it.',
      'Serverless-EventBusDLQ');
  }

  /** EventBridge refuses a message with a name that it does not know, though only at deployment. */
  private requirePlaceholders({ message, inputPaths }: EventNotificationProps): void {
    if (inputPaths && message === undefined) {
      fail(this, "'inputPaths' is given without 'message': give the message that uses them");
    }
    const used = [...(message ?? '').matchAll(/<([A-Za-z0-9_-]+)>/g)].map(m => m[1]);
    const unknown = used.find(name => !(name in (inputPaths ?? {})));
    if (unknown !== undefined) {
      fail(this, `'message' has '<${unknown}>', which 'inputPaths' does not name: add a path for it`);
    }
  }
}

/** The pattern in EventBridge's own spelling. */
function rendered(pattern: events.EventPattern): any {
  const { detailType, ...rest } = pattern;
  return { ...rest, ...detailType && { 'detail-type': detailType } };
}
