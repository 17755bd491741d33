import type * as sns from 'aws-cdk-lib/aws-sns';
import type { IDependable } from 'constructs';
import { KeyAccess } from './key-access';
import { sidOf } from '../services/kms/statements';
import { publisher } from '../services/sns/statements';

/**
 * Lets an AWS service publish to a topic for the resources of this account, and use the topic's key for it. Not for
 * EventBridge, which sends no source.
 *
 * The policy of an imported topic, or under an imported key, can't be changed from here: its owner must allow the same.
 *
 * @param service for example `events.rds.amazonaws.com`
 * @param sourceArn ARN of the resources that it publishes for; a `*` in it stands for any text
 * @returns what whoever relies on the topic's policy must depend on, if the policy could be changed
 */
export function acceptPublisher(topic: sns.ITopic, service: string, sourceArn: string): IDependable | undefined {
  const { policyDependable } = topic.addToResourcePolicy(publisher(topic.topicArn, sidOf(service), service, sourceArn));
  if (topic.masterKey) { KeyAccess.publisher(service, sourceArn).allowOn(topic.masterKey); }
  return policyDependable;
}
