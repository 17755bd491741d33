// The hardened values of a topic.
import * as sns from 'aws-cdk-lib/aws-sns';
import { Token } from 'aws-cdk-lib/core';
import type { Place } from '../../core/validate';
import { fail } from '../../core/validate';

/** A topic under a customer managed key, by a name that CloudFormation chooses: one that e-mail and alarms reach, which is not FIFO. */
export function topic(keyArn: string): Partial<sns.CfnTopicProps> {
  return { kmsMasterKeyId: keyArn, topicName: undefined, fifoTopic: undefined, dataProtectionPolicy: undefined };
}

/** Refuses what is no e-mail address, and one that is named twice. */
export function checkEmails(at: Place, emails: string[]): void {
  if (Token.isUnresolved(emails)) {
    fail(at, "'emails' is a list that is known only at deployment: give a list, whose members may be tokens");
  }
  emails.forEach((email, i) => {
    if (Token.isUnresolved(email)) { return; }
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)) {
      fail(at, `'emails' has '${email}', which is no e-mail address`);
    }
    if (emails.indexOf(email) < i) {
      fail(at, `'emails' has '${email}' twice: name it once`);
    }
  });
}

/** A subscription of an address. */
export function byEmail(endpoint: string): Pick<sns.SubscriptionProps, 'protocol' | 'endpoint'> {
  return { protocol: sns.SubscriptionProtocol.EMAIL, endpoint };
}
