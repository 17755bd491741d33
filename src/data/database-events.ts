import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { arn } from '../core/names';
import { acceptPublisher } from '../foundation/topic-publisher';

/** Whose events are notified. */
export interface DatabaseSources {
  readonly cluster: rds.CfnDBCluster;
  readonly instances: rds.CfnDBInstance[];
  readonly instanceParameters: rds.CfnDBParameterGroup;
}

/** Notifies a topic of what happens to a database. RDS publishes for itself, so the topic and its key must let it. */
export function subscribeToEvents(scope: Construct, topic: sns.ITopic, sources: DatabaseSources): rds.CfnEventSubscription[] {
  const policy = acceptPublisher(topic, 'events.rds.amazonaws.com', arn('rds', '*'));
  const subscribe = (id: string, sourceType: string, eventCategories: string[], sourceIds?: string[]) => {
    const subscription = new rds.CfnEventSubscription(scope, id, {
      enabled: true, snsTopicArn: topic.topicArn, sourceType, eventCategories, sourceIds,
    });
    if (policy) { subscription.node.addDependency(policy); }
    return subscription;
  };
  return [
    subscribe('ClusterEvents', 'db-cluster', ['maintenance', 'failure'], [sources.cluster.ref]),
    subscribe('InstanceEvents', 'db-instance', ['maintenance', 'configuration change', 'failure'], sources.instances.map(i => i.ref)),
    subscribe('ParameterEvents', 'db-parameter-group', ['configuration change'], [sources.instanceParameters.ref]),
    // RDS takes no security group of a VPC as a source: this one is about all.
    subscribe('SecurityGroupEvents', 'db-security-group', ['configuration change', 'failure']),
  ];
}
