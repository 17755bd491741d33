import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { CustomerManagedKey } from './customer-managed-key';
import { KeyAccess } from './key-access';
import { admit, claim, isWaived } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { SecurityWaiver, waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { harden } from '../core/harden';
import { fail, place, requireEmails, requireNotEmpty } from '../core/validate';
import { GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY } from '../services/general/controls';
import { GEN_NOBODY_MANAGES } from '../services/general/touch-controls';
import * as controls from '../services/sns/controls';
import * as settings from '../services/sns/settings';
import * as make from '../services/sns/statements';
import * as touch from '../services/sns/touch-controls';

/** Properties of a notification topic. */
export interface NotificationTopicProps {
  /**
   * E-mail addresses that are notified, as `notify` of the constructs that make a topic by themselves. Each gets a message with a link
   * to confirm, within three days.
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
 * It is an `sns.Topic`. `grantPublish` lets a role publish, and use the topic's key for it.
 *
 * Answers FSBP SNS.1 and SNS.4, NIST SI-4(5), PCI 12.10.5.
 */
export class NotificationTopic extends sns.Topic {
  constructor(scope: Construct, id: string, props: NotificationTopicProps) {
    checkNew('NotificationTopic', scope, id, props);
    const at = place(scope, id);
    const mend = `name at least one address to notify, or waive '${controls.SNS_SUBSCRIBED.id}' in 'waivers' and say who else subscribes`;
    if (!isWaived(scope, controls.SNS_SUBSCRIBED.id, props.waivers)) { requireNotEmpty(at, 'emails', props.emails, mend); }
    requireEmails(at, 'emails', props.emails);
    super(scope, id, {});
    const encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: 'Notifications of security events' });
    KeyAccess.alarms().allowOn(encryptionKey);
    KeyAccess.sns().allowOn(encryptionKey);
    const resource = this.node.defaultChild as sns.CfnTopic;
    harden(resource, settings.topic(encryptionKey.keyArn));
    // Read when something is granted, so that it may be set here: the CDK wants the key before the topic is there.
    (this as { masterKey?: kms.IKey }).masterKey = encryptionKey;
    this.addToResourcePolicy(make.tls(this.topicArn));
    this.addToResourcePolicy(make.alarms(this.topicArn));
    props.emails.forEach((email, i) => this.notify(email, i));

    waive(this, props.waivers);
    claim(resource, controls.SNS_ENCRYPTED, controls.SNS_TLS_ONLY, controls.SNS_NOT_PUBLIC, controls.SNS_SUBSCRIBED);
    claim(resource, touch.SNS_OURS, touch.SNS_NOT_SILENCED, touch.SNS_ONE_POLICY, touch.SNS_NOBODY_CHANGES, touch.SNS_SENT_BY_TLS,
      touch.SNS_SENT_TO_OURS, GEN_NOBODY_MANAGES);
    const policy = this.node.findChild('Policy').node.defaultChild as sns.CfnTopicPolicy;
    claim(policy, GEN_SOURCE_CONDITIONS, GEN_SOURCE_EVERY);
  }

  /**
   * Lets a role publish, and use the topic's key for it. Fails for an AWS service as such, which would publish for everybody. A rule
   * of EventBridge publishes through a role: `authorizeUsingRole: true` of its target, or an `EventNotification`.
   *
   * @param grantee who publishes
   */
  public override grantPublish(grantee: iam.IGrantable): iam.Grant {
    checkCall('NotificationTopic.grantPublish', this, grantee);
    const principal = grantee.grantPrincipal;
    if (principal instanceof iam.ServicePrincipal && Object.keys(principal.policyFragment.conditions).length === 0) {
      fail(this, `'grantPublish' would let '${principal.service}' publish for the resources of every account: give a target of EventBridge `
        + "'authorizeUsingRole: true', or make an EventNotification; let in another service by 'addToResourcePolicy', "
        + "with 'aws:SourceAccount'");
    }
    return super.grantPublish(grantee);
  }

  /**
   * Adds a statement to the policy of the topic. One by which the CDK lets a service publish for a resource, as for the notifications
   * of a bucket, is bound to this account, and the service may use the key.
   */
  public override addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    checkCall('NotificationTopic.addToResourcePolicy', this, statement);
    const publisher = make.boundToAccount(this, statement, value => Stack.of(this).resolve(value) as unknown);
    if (publisher && this.masterKey) { KeyAccess.publisher(publisher.service, publisher.sourceArn).allowOn(this.masterKey); }
    return super.addToResourcePolicy(statement);
  }

  /**
   * Lets another account of yours subscribe its queues, functions and streams, for example the account of a security team. What it
   * subscribes gets every notification in plain text.
   *
   * @param accountId the twelve digits of the account
   */
  public admitSubscriber(accountId: string): void {
    checkCall('NotificationTopic.admitSubscriber', this, accountId);
    make.checkAccount(this, accountId);
    admit(this.node.defaultChild as sns.CfnTopic, accountId);
    this.addToResourcePolicy(make.subscriber(this.topicArn, accountId));
  }

  /**
   * Notifies somebody else: a queue, a function, a URL. Fails for a URL that begins with `http://`, which would be notified in plain text.
   *
   * @param topicSubscription who is notified
   */
  public override addSubscription(topicSubscription: sns.ITopicSubscription): sns.Subscription {
    checkCall('NotificationTopic.addSubscription', this, topicSubscription);
    const subscription = super.addSubscription(topicSubscription);
    const { protocol, endpoint } = subscription.node.defaultChild as sns.CfnSubscription;
    if (protocol === sns.SubscriptionProtocol.HTTP) {
      fail(this, `'addSubscription' of '${endpoint}' by HTTP would send notifications in plain text: give an address that begins with `
        + "'https://', by the protocol HTTPS");
    }
    return subscription;
  }

  private notify(endpoint: string, index: number): void {
    const id = Token.isUnresolved(endpoint) ? `Email${index}` : endpoint;
    const subscription = new sns.Subscription(this, id, { topic: this, ...settings.byEmail(endpoint) });
    claim(subscription.node.defaultChild as sns.CfnSubscription, touch.SNS_WHOLE);
    declareFinding(subscription, 'SNS retries an e-mail for hours, and nobody would read the queue of what it gives up; the alarm '
      + 'itself stays in its state.',
    'Serverless-SNSRedrivePolicy');
  }
}
