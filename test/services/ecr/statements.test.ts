import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { bindToAccount, PULL, pulls } from '../../../src/services/ecr/statements';

const LAMBDA = new iam.ServicePrincipal('lambda.amazonaws.com');
const bound = (props: iam.PolicyStatementProps) => {
  const statement = new iam.PolicyStatement({ actions: PULL, ...props });
  bindToAccount(statement);
  return new Stack().resolve(statement.toStatementJson()).Condition;
};

test('a principal of another account pulls, and does nothing else', () => {
  expect(pulls(new iam.AccountPrincipal('444455556666')).actions).toEqual(PULL);
});

test('what the CDK allows to a service is bound to the account', () => {
  const arn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':lambda:*:', { Ref: 'AWS::AccountId' }, ':*']] };
  expect(bound({ principals: [LAMBDA] })).toEqual({ ArnLike: { 'aws:SourceArn': arn } });
});

test('what has a condition, denies or is for a role stays as it is', () => {
  const conditions = { StringEquals: { 'aws:SourceAccount': '1' } };
  expect(bound({ principals: [LAMBDA], conditions })).toEqual(conditions);
  expect(bound({ principals: [LAMBDA], effect: iam.Effect.DENY })).toBeUndefined();
  expect(bound({ principals: [new iam.AccountRootPrincipal()] })).toBeUndefined();
});
