// What the policy of a topic says.
import * as iam from 'aws-cdk-lib/aws-iam';
import { arn, sourceIs, viaService } from '../../core/names';

/** Refuses messages that are not encrypted in transit. */
export function tls(topicArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'DenyInsecureTransport',
    effect: iam.Effect.DENY,
    principals: [new iam.StarPrincipal()],
    actions: ['sns:Publish'],
    resources: [topicArn],
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

/** Lets a service publish for resources of this account by this ARN; a `*` in it stands for any text. */
export function publisher(topicArn: string, sid: string, service: string, sourceArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: `${sid}Publish`,
    principals: [new iam.ServicePrincipal(service)],
    actions: ['sns:Publish'],
    resources: [topicArn],
    conditions: sourceIs(sourceArn),
  });
}

/** Lets the alarms of this account and region publish. */
export function alarms(topicArn: string): iam.PolicyStatement {
  return publisher(topicArn, 'Alarms', 'cloudwatch.amazonaws.com', arn('cloudwatch', 'alarm:*'));
}

/** What a role does that publishes, with the topic's key if it has one. */
export function publishes(topicArn: string, keyArn: string | undefined): iam.PolicyStatement[] {
  const publish = new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topicArn] });
  return keyArn === undefined ? [publish] : [publish, new iam.PolicyStatement({
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [keyArn],
    conditions: { StringEquals: { 'kms:ViaService': viaService('sns') } },
  })];
}
