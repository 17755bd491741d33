// The hardened values of an EventBridge rule.
import type * as events from 'aws-cdk-lib/aws-events';
import type { Place } from '../../core/validate';
import { fail } from '../../core/validate';

/** The longest name that a rule may have. */
export const NAME_LENGTH = 64;

/** What a rule tells a topic. */
export interface RuleOptions {
  readonly eventPattern: events.EventPattern;
  readonly topicArn: string;
  readonly roleArn: string;
  readonly inputPaths?: Record<string, string>;
  readonly message?: string;
}

/** A rule that is on, and reaches its topic through a role. */
export function rule(options: RuleOptions): Partial<events.CfnRuleProps> {
  const { detailType, ...rest } = options.eventPattern;
  const inputTransformer = options.message === undefined
    ? undefined
    : { inputPathsMap: options.inputPaths, inputTemplate: JSON.stringify(options.message) };
  return {
    state: 'ENABLED',
    eventPattern: { ...rest, ...detailType && { 'detail-type': detailType } },
    targets: [{ id: 'Topic', arn: options.topicArn, roleArn: options.roleArn, inputTransformer }],
  };
}

/** Refuses a message with a name that EventBridge would not know, though only at deployment. */
export function checkMessage(at: Place, message: string | undefined, inputPaths: Record<string, string> | undefined): void {
  if (inputPaths && message === undefined) {
    fail(at, "'inputPaths' is given without 'message': give the message that uses them");
  }
  const used = [...(message ?? '').matchAll(/<([A-Za-z0-9_-]+)>/g)].map(m => m[1]);
  const unknown = used.find(name => !(name in (inputPaths ?? {})));
  if (unknown !== undefined) {
    fail(at, `'message' has '<${unknown}>', which 'inputPaths' does not name: add a path for it`);
  }
}

/** Whether a pattern is for events of every account, region and resource. */
export function isForAll({ account, region, resources, id, time, version }: events.EventPattern): boolean {
  return [account, region, resources, id, time, version].every(narrowing => narrowing === undefined);
}
