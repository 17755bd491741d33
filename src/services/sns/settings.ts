// The hardened values of a topic.
import * as sns from 'aws-cdk-lib/aws-sns';

/** A topic under a customer managed key, by a name that CloudFormation chooses: one that e-mail and alarms reach, which is not FIFO. */
export function topic(keyArn: string): Partial<sns.CfnTopicProps> {
  return { kmsMasterKeyId: keyArn, topicName: undefined, fifoTopic: undefined, dataProtectionPolicy: undefined };
}

/** A subscription of an address. */
export function byEmail(endpoint: string): Pick<sns.SubscriptionProps, 'protocol' | 'endpoint'> {
  return { protocol: sns.SubscriptionProtocol.EMAIL, endpoint };
}
