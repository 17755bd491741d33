import { Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { CustomerManagedKey } from './customer-managed-key';
import { LogBucket } from './log-bucket';
import { NotificationTopic } from './notification-topic';
import { Disposable } from '../assurance/disposable';
import { SecurityWaiver, SecurityWaivers } from '../assurance/security-waiver';
import { fail } from '../core/validate';

/** What every construct of the library can be given. */
export interface HardenedProps {
  /**
   * What the construct shares with others: log key, log bucket, topic.
   *
   * @default - the foundation of the stack, `SecurityFoundation.of(this)`
   */
  readonly foundation?: SecurityFoundation;

  /**
   * Controls to do without, each with a reason.
   *
   * @default - none
   */
  readonly waivers?: SecurityWaiver[];
}

/** Properties of a security foundation. */
export interface SecurityFoundationProps {
  /**
   * E-mail addresses that are notified of alarms and findings. Not together with `topic`, which has its own.
   *
   * @default - nobody: a construct that must notify somebody fails and says so
   */
  readonly notify?: string[];

  /**
   * The bucket for S3's access logs and the logs of load balancers.
   *
   * @default - a new one, made when the first construct needs it
   */
  readonly logBucket?: LogBucket;

  /**
   * The key for log groups.
   *
   * @default - a new one, made when the first construct needs it
   */
  readonly logKey?: CustomerManagedKey;

  /**
   * The topic that alarms and findings go to, instead of a new one.
   *
   * @default - a new one for `notify`, made when the first construct needs it
   */
  readonly topic?: NotificationTopic;

  /**
   * Declares the scope of the foundation disposable, with a reason.
   *
   * @default - everything is kept and protected
   */
  readonly disposable?: Disposable;

  /**
   * Controls to do without, each with a reason.
   *
   * @default - none
   */
  readonly waivers?: SecurityWaiver[];
}

const FOUNDATION = Symbol.for('cdk-hardened.foundation');
const IMPLICIT = Symbol.for('cdk-hardened.foundation.implicit');

/**
 * What the constructs of a stack share: one log key, one log bucket, one topic.
 *
 * Constructs find it by themselves: the nearest one up the tree, or one that is made for the stack when the first construct
 * needs it. Make it yourself to say who is notified; hand it to constructs of other stacks by their `foundation` property.
 */
export class SecurityFoundation extends Construct {
  /** The foundation that a construct shares: the nearest one up the tree, or a new one of the stack. */
  public static of(scope: IConstruct): SecurityFoundation {
    for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
      const found = (at as any)[FOUNDATION];
      if (found) { return found; }
    }
    const made = new SecurityFoundation(Stack.of(scope), 'SecurityFoundation');
    Object.defineProperty(made, IMPLICIT, { value: true });
    return made;
  }

  private readonly props: SecurityFoundationProps;
  private ownLogKey?: CustomerManagedKey;
  private ownLogBucket?: LogBucket;
  private ownTopic?: NotificationTopic;

  constructor(scope: Construct, id: string, props: SecurityFoundationProps = {}) {
    requireFirst(scope);
    super(scope, id);
    if (props.topic && props.notify) {
      fail(this, "'notify' and 'topic' are both given: the addresses would get nothing, so give them to the topic");
    }
    this.props = props;
    Object.defineProperty(scope, FOUNDATION, { value: this });
    props.disposable?.applyTo(scope);
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  /** The key for log groups. */
  public get logKey(): CustomerManagedKey {
    this.ownLogKey ??= this.props.logKey ?? new CustomerManagedKey(this, 'LogKey', { description: 'Log groups' });
    return this.ownLogKey;
  }

  /** The bucket for S3's access logs and the logs of load balancers. */
  public get logBucket(): LogBucket {
    this.ownLogBucket ??= this.props.logBucket ?? new LogBucket(this, 'LogBucket');
    return this.ownLogBucket;
  }

  /** The topic that alarms and findings go to. Fails if nobody is to be notified. */
  public get topic(): NotificationTopic {
    if (!this.ownTopic && !this.props.topic && this.props.notify === undefined) {
      fail(this, "nobody is notified: create a SecurityFoundation with 'notify' (or 'topic') in the stack first, or give the construct the 'foundation' of another stack or a 'topic'");
    }
    this.ownTopic ??= this.props.topic ?? new NotificationTopic(this, 'Topic', { emails: this.props.notify! });
    return this.ownTopic;
  }
}

/** Before `super`: the second foundation often has the first one's ID, and what the CDK says of that does not help. */
function requireFirst(scope: Construct): void {
  const existing = [...scope.node.scopes, Stack.of(scope)].map(s => (s as any)[FOUNDATION]).find(f => f && (f.node.scope === scope || f[IMPLICIT]));
  if (existing) {
    fail(scope, existing[IMPLICIT]
      ? `a construct already uses '${existing.node.path}', the foundation that the stack made by itself: create your SecurityFoundation before any construct that shares it`
      : `'${existing.node.path}' is already the foundation here: one is enough`);
  }
}
