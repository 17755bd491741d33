import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Aws, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { CustomerManagedKey } from './customer-managed-key';
import { KeyAccess } from './key-access';
import { claim, isWaived } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { SecurityWaiver, SecurityWaivers } from '../assurance/security-waiver';
import { arn } from '../core/names';
import { fail, requireNotEmpty } from '../core/validate';
import { GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY } from '../services/general/controls';
import * as controls from '../services/sns/controls';

/** Properties of a notification topic. */
export interface NotificationTopicProps {
  /**
   * E-mail addresses that are notified. Each gets a message with a link to confirm, within three days.
   *
   * Without one, subscribe something else to the topic or waive `SNS-04`.
   */
  readonly emails: string[];

  /**
   * The key. It must allow `KeyAccess.alarms` and `KeyAccess.sns` if it is imported.
   *
   * @default - a key of its own
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Controls to do without, each with a reason.
   *
   * @default - none
   */
  readonly waivers?: SecurityWaiver[];
}

/**
 * An encrypted topic that alarms of this account, and nobody else, can publish to.
 *
 * Events come through the role of an `EventNotification`: EventBridge sends no source with what it publishes to an encrypted
 * topic, so a condition would lose every message in silence.
 *
 * Answers FSBP SNS.1 and SNS.4, NIST SI-4(5), PCI 12.10.5.
 */
export class NotificationTopic extends Construct {
  /** The topic. */
  public readonly topic: sns.Topic;

  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    super(scope, id);
    SecurityWaivers.of(this).add(...props.waivers ?? []);
    if (Token.isUnresolved(props.emails)) {
      fail(this, "'emails' is a list that is known only at deployment: give a list, whose members may be tokens");
    }
    if (!isWaived(this, controls.SNS_SUBSCRIBED.id)) {
      requireNotEmpty(this, 'emails', props.emails, `name at least one address to notify, or waive '${controls.SNS_SUBSCRIBED.id}' and say who else subscribes`);
    }
    const encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Notifications of security events' }).key;
    KeyAccess.alarms().allowOn(encryptionKey);
    KeyAccess.sns().allowOn(encryptionKey);
    this.topic = new sns.Topic(this, 'Resource', { masterKey: encryptionKey });
    this.topic.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'DenyInsecureTransport',
      effect: iam.Effect.DENY,
      principals: [new iam.StarPrincipal()],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }));
    this.topic.addToResourcePolicy(new iam.PolicyStatement({
      sid: 'AlarmsPublish',
      principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [this.topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': arn('cloudwatch', 'alarm:*') } },
    }));
    props.emails.forEach((email, i) => this.subscribe(email, i));

    claim(this.topic.node.defaultChild as sns.CfnTopic, controls.SNS_ENCRYPTED, controls.SNS_TLS_ONLY, controls.SNS_NOT_PUBLIC,
      controls.SNS_SUBSCRIBED);
    const policy = this.topic.node.findChild('Policy').node.defaultChild as sns.CfnTopicPolicy;
    claim(policy, GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY);
  }

  private subscribe(email: string, index: number): void {
    const token = Token.isUnresolved(email);
    if (!token && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
      fail(this, `'emails' has '${email}', which is no e-mail address`);
    }
    if (this.node.tryFindChild(email)) {
      fail(this, `'emails' has '${email}' twice: name it once`);
    }
    const subscription = new sns.Subscription(this, token ? `Email${index}` : email, { topic: this.topic, protocol: sns.SubscriptionProtocol.EMAIL, endpoint: email });
    declareFinding(subscription, 'SNS retries an e-mail for hours, and nobody would read the queue of what it gives up; the alarm itself stays in its state.',
      'Serverless-SNSRedrivePolicy');
  }
}
