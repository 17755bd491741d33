import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { CustomerManagedKey } from './customer-managed-key';
import type * as logging from './log-bucket';
import type * as notification from './notification-topic';
import { Disposable } from '../assurance/disposable';
import { SecurityWaiver, waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { fail, place, Place, requireEmails } from '../core/validate';

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
   * The bucket for S3's access logs and the logs of load balancers, under SSE-S3: best a `LogBucket`. The owner of an imported
   * one must let S3 and the load balancers write to it.
   *
   * @default - a new one, made when the first construct needs it
   */
  readonly logBucket?: s3.IBucket;

  /**
   * The key for log groups: best a `CustomerManagedKey`. An imported one must allow `KeyAccess.logGroup`.
   *
   * @default - a new one, made when the first construct needs it
   */
  readonly logKey?: kms.IKey;

  /**
   * The topic that alarms and findings go to, instead of a new one: best a `NotificationTopic`. The owner of an imported one
   * must let CloudWatch and the other senders publish to it.
   *
   * @default - a new one for `notify`, made when the first construct needs it
   */
  readonly topic?: sns.ITopic;

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

/** The foundation of each scope that has one. Kept at the scope, so that a second copy of the library finds it. */
const FOUNDATION = Symbol.for('cdk-hardened.foundation');
/** Those that stacks made by themselves. */
const IMPLICIT = new WeakSet<SecurityFoundation>();

interface Scope extends IConstruct {
  [FOUNDATION]?: SecurityFoundation;
}

/**
 * What the constructs of a stack share: one log key, one log bucket, one topic.
 *
 * Constructs find it by themselves: the nearest one up the tree, or one that is made for the stack when the first construct
 * needs it. Make it yourself to say who is notified; hand it to constructs of other stacks by their `foundation` property.
 */
export class SecurityFoundation extends Construct {
  /**
   * The foundation that a construct shares: the nearest one up the tree, or a new one of the stack.
   *
   * @param scope the construct
   */
  public static of(scope: IConstruct): SecurityFoundation {
    checkCall('SecurityFoundation.of', undefined, scope);
    for (let at: IConstruct | undefined = scope; at; at = at.node.scope) {
      const found = (at as Scope)[FOUNDATION];
      if (found) { return found; }
    }
    const made = new SecurityFoundation(Stack.of(scope), 'SecurityFoundation');
    IMPLICIT.add(made);
    return made;
  }

  private readonly props: SecurityFoundationProps;
  private ownLogKey?: kms.IKey;
  private ownLogBucket?: s3.IBucket;
  private ownTopic?: sns.ITopic;

  constructor(scope: Construct, id: string, props: SecurityFoundationProps = {}) {
    checkNew('SecurityFoundation', scope, id, props);
    requireFirst(scope);
    checkProps(place(scope, id), props);
    super(scope, id);
    this.props = props;
    Object.defineProperty(scope, FOUNDATION, { value: this });
    props.disposable?.applyTo(scope);
    waive(this, props.waivers);
  }

  /** The key for log groups. */
  public get logKey(): kms.IKey {
    this.ownLogKey ??= this.props.logKey ?? new CustomerManagedKey(this, 'LogKey', { description: 'Log groups' });
    return this.ownLogKey;
  }

  /** The bucket for S3's access logs and the logs of load balancers. */
  public get logBucket(): s3.IBucket {
    this.ownLogBucket ??= this.props.logBucket ?? this.makeLogBucket();
    return this.ownLogBucket;
  }

  /** The topic that alarms and findings go to. Fails if nobody is to be notified. */
  public get topic(): sns.ITopic {
    if (!this.ownTopic && !this.props.topic && this.props.notify === undefined) {
      fail(this, "nobody is notified: create a SecurityFoundation with 'notify' (or 'topic') in the stack first, or give the "
        + "construct the 'foundation' of another stack or a 'topic'");
    }
    this.ownTopic ??= this.props.topic ?? this.makeTopic(this.props.notify!);
    return this.ownTopic;
  }

  // Bucket and topic are loaded when they are made: a construct that needs neither would pay for both.

  private makeLogBucket(): s3.IBucket {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { LogBucket }: typeof logging = require('./log-bucket');
    return new LogBucket(this, 'LogBucket');
  }

  private makeTopic(emails: string[]): sns.ITopic {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { NotificationTopic }: typeof notification = require('./notification-topic');
    return new NotificationTopic(this, 'Topic', { emails });
  }
}

function checkProps(at: Place, props: SecurityFoundationProps): void {
  if (props.topic && props.notify) {
    fail(at, "'notify' and 'topic' are both given: the addresses would get nothing, so give them to the topic");
  }
  // The topic that has them is made when somebody needs it.
  if (props.notify) { requireEmails(at, 'notify', props.notify); }
}

/** Before `super`: the second foundation often has the first one's ID, and what the CDK says of that does not help. */
function requireFirst(scope: Construct): void {
  const existing = [...scope.node.scopes, Stack.of(scope)].map(s => (s as Scope)[FOUNDATION])
    .find(f => f && (f.node.scope === scope || IMPLICIT.has(f)));
  if (existing) {
    fail(scope, IMPLICIT.has(existing)
      ? `a construct already uses '${existing.node.path}', the foundation that the stack made by itself: `
        + 'create your SecurityFoundation before any construct that shares it'
      : `'${existing.node.path}' is already the foundation here: one is enough`);
  }
}
