// What the policy of a topic says.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Token } from 'aws-cdk-lib/core';
import { arn, sourceIs, viaService } from '../../core/names';
import type { Place } from '../../core/validate';
import { fail, requireMatch } from '../../core/validate';

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

/** Lets another account subscribe what belongs to it. */
export function subscriber(topicArn: string, accountId: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: `Admit${accountId}`,
    principals: [new iam.AccountPrincipal(accountId)],
    actions: ['sns:Subscribe'],
    resources: [topicArn],
    conditions: { StringEquals: { 'sns:Protocol': ['sqs', 'lambda', 'firehose', 'https'] } },
  });
}

/** What a service publishes for, by a statement that the CDK wrote. */
export interface Publisher {
  readonly service: string;
  readonly sourceArn: string;
}

/**
 * Binds a statement that the CDK wrote for a service, as for the notifications of a bucket, to this account, which the CDK leaves out
 * where it names the source.
 *
 * @param resolve reads a token: the CDK hides the name of a service in one
 * @returns who publishes; nobody if it is not such a statement
 */
export function boundToAccount(at: Place, statement: iam.PolicyStatement, resolve: (value: unknown) => unknown): Publisher | undefined {
  const { Principal: principal, Condition: conditions = {} } = statement.toStatementJson();
  const service = resolve(principal?.Service);
  if (statement.effect !== iam.Effect.ALLOW || typeof service !== 'string') { return undefined; }
  if (service === 'events.amazonaws.com') {
    fail(at, 'EventBridge sends no source with what it publishes to an encrypted topic, so no policy can tell whose rule it is: use an '
      + "EventNotification, or let the rule publish through a role by 'new targets.SnsTopic(topic, { authorizeUsingRole: true })'");
  }
  const blocks = Object.values(conditions) as Record<string, unknown>[];
  const given = (key: string) => blocks.map(block => block[key]).find(value => value !== undefined);
  const sourceArn = given('aws:SourceArn');
  if (given('aws:SourceAccount') !== undefined || typeof sourceArn !== 'string') { return undefined; }
  statement.addCondition('StringEquals', { 'aws:SourceAccount': Aws.ACCOUNT_ID });
  return { service, sourceArn };
}

/** Refuses what is no number of an account. */
export function checkAccount(at: Place, accountId: string): void {
  if (Token.isUnresolved(accountId)) { fail(at, "'accountId' is known only at deployment: give the twelve digits of the account"); }
  requireMatch(at, 'accountId', accountId, /^\d{12}$/, 'give the twelve digits of the account');
}
