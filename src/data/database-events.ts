// Who is told of what happens to a database.
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { acceptPublisher } from '../foundation/topic-publisher';
import * as settings from '../services/rds/settings';
import { EVENTS_PUBLISHER, eventSources } from '../services/rds/statements';

/** Whose events are notified. */
export interface DatabaseSources {
  readonly cluster: rds.CfnDBCluster;
  readonly instances: rds.CfnDBInstance[];
  readonly instanceParameters: rds.CfnDBParameterGroup;
}

/** Notifies a topic of what happens to a database. RDS publishes for itself, so the topic and its key must let it. */
export function subscribeToEvents(scope: Construct, topic: sns.ITopic, sources: DatabaseSources): rds.CfnEventSubscription[] {
  const policy = acceptPublisher(topic, EVENTS_PUBLISHER, eventSources());
  const subscribe = (id: string, kind: settings.Subscription, sourceIds?: string[]) => {
    const subscription = new rds.CfnEventSubscription(scope, id, { ...kind, snsTopicArn: topic.topicArn, sourceIds });
    if (policy) { subscription.node.addDependency(policy); }
    return subscription;
  };
  const kinds = settings.subscriptions();
  return [
    subscribe('ClusterEvents', kinds['db-cluster'], [sources.cluster.ref]),
    subscribe('InstanceEvents', kinds['db-instance'], sources.instances.map(i => i.ref)),
    subscribe('ParameterEvents', kinds['db-parameter-group'], [sources.instanceParameters.ref]),
    // RDS takes no security group of a VPC as a source: this one is about all.
    subscribe('SecurityGroupEvents', kinds['db-security-group']),
  ];
}
