import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { bound } from '../../../src/services/kms/cdk-statements';

const statement = (service: string, actions: string[], more: iam.PolicyStatementProps = {}) => new iam.PolicyStatement({ principals: [new iam.ServicePrincipal(service)], actions, resources: ['*'], ...more });
const conditionOf = (s: iam.PolicyStatement) => new Stack().resolve(bound(s).toStatementJson()).Condition;
const own = (service: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:`, { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']] });

test.each<[string, string[], any]>([
  ['s3.amazonaws.com', ['kms:GenerateDataKey*', 'kms:Decrypt'], { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
  ['s3.amazonaws.com', ['kms:GenerateDataKey', 'kms:Decrypt'], { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }],
  ['sns.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'], { ArnLike: { 'aws:SourceArn': own('sns') } }],
  ['events.amazonaws.com', ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*'], { ArnLike: { 'kms:EncryptionContext:aws:sqs:arn': own('sqs') } }],
  ['events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey*'], { ArnLike: { 'kms:EncryptionContext:aws:sns:topicArn': own('sns') } }],
])('binds what the CDK writes for %s: %j', (service, actions, condition) => expect(conditionOf(statement(service, actions))).toEqual(condition));

test('leaves everything else as it is', () => {
  const decrypt = ['kms:Decrypt'];
  const both = ['kms:Decrypt', 'kms:GenerateDataKey'];
  const others = [
    statement('s3.amazonaws.com', decrypt), statement('lambda.amazonaws.com', both), statement('sns.amazonaws.com', both, { effect: iam.Effect.DENY }),
    statement('sns.amazonaws.com', both, { conditions: { StringEquals: { a: 'b' } } }), statement('sns.amazonaws.com', both, { principals: [new iam.AnyPrincipal()] }),
    statement('sns.amazonaws.com', both, { principals: [new iam.ServicePrincipal('sns.amazonaws.com'), new iam.AnyPrincipal()] }),
    statement('sns.amazonaws.com', both, { principals: [new iam.ServicePrincipal('sns.amazonaws.com', { conditions: { StringEquals: { a: 'b' } } })] }),
  ];
  for (const s of others) { expect(bound(s)).toBe(s); }
});
