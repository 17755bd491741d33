// Statements that the CDK writes in a key's policy for services, without a source: for queues and topics that services write to.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { arn, arnIs } from '../../core/names';

type Conditions = Record<string, Record<string, unknown>>;

interface Written {
  readonly service: string;
  readonly actions: readonly string[];
  readonly source: () => Conditions;
}

/** What the CDK writes, and how the service is bound to the account: by what it is known to send. */
const WRITTEN: readonly Written[] = [
  // a bucket that notifies a queue or a topic
  ...['kms:GenerateDataKey*', 'kms:GenerateDataKey'].map(generate => ({
    service: 's3.amazonaws.com',
    actions: ['kms:Decrypt', generate],
    source: () => ({ StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } }),
  })),
  // a topic with a queue that is subscribed
  {
    service: 'sns.amazonaws.com',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    source: () => arnIs('aws:SourceArn', arn('sns', '*')),
  },
  // a rule of EventBridge with a queue for a target: EventBridge sends no source, but SQS and SNS say what they encrypt for
  {
    service: 'events.amazonaws.com',
    actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    source: () => arnIs('kms:EncryptionContext:aws:sqs:arn', arn('sqs', '*')),
  },
  // or with a topic for a target
  {
    service: 'events.amazonaws.com',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    source: () => arnIs('kms:EncryptionContext:aws:sns:topicArn', arn('sns', '*')),
  },
];

/** A statement as it is, or, if the CDK wrote it for a service without a source, bound to the account. */
export function bound(statement: iam.PolicyStatement): iam.PolicyStatement {
  const hasConditions = Object.keys(statement.conditions).length > 0;
  if (statement.effect !== iam.Effect.ALLOW || hasConditions || statement.principals.length !== 1) { return statement; }
  const [principal] = statement.principals;
  if (!(principal instanceof iam.ServicePrincipal) || Object.keys(principal.policyFragment.conditions).length > 0) { return statement; }
  const actions = [...statement.actions].sort().join();
  const known = WRITTEN.find(w => w.service === principal.service && w.actions.join() === actions);
  return known ? statement.copy({ conditions: known.source() }) : statement;
}
