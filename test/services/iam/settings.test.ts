import * as iam from 'aws-cdk-lib/aws-iam';
import { assumedBy } from '../../../src/services/iam/settings';
import { newStack, render } from '../../support/prove';

function trustOf(sourceArn?: string): any {
  const stack = newStack();
  new iam.Role(stack, 'Role', { assumedBy: assumedBy({ service: 'events.amazonaws.com', sourceArn }) });
  return render(stack).resourcesOf('AWS::IAM::Role')[0].properties.AssumeRolePolicyDocument;
}
const ACCOUNT = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };

test.each<[string, string | undefined, object]>([
  ['one source', 'arn:aws:events:eu-west-1:111122223333:rule/a', { StringEquals: ACCOUNT, ArnEquals: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:111122223333:rule/a' } }],
  ['sources by a pattern', 'arn:aws:events:eu-west-1:111122223333:rule/*', { StringEquals: ACCOUNT, ArnLike: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:111122223333:rule/*' } }],
  ['this account alone, where the service names no source', undefined, { StringEquals: ACCOUNT }],
])('a service takes the role for %s', (_name, sourceArn, condition) => {
  expect(trustOf(sourceArn).Statement).toEqual([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'events.amazonaws.com' }, Condition: condition },
  ]);
});
