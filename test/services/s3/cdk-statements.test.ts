import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { bound } from '../../../src/services/s3/cdk-statements';

const BALANCERS = '156460612806';
const bind = (s: iam.PolicyStatement) => bound(s, a => a === BALANCERS);
const make = (principal: iam.IPrincipal, actions: string[], conditions?: any, effect?: iam.Effect) => new iam.PolicyStatement({ principals: [principal], actions, conditions, effect, resources: ['*'] });
const rendered = (s: iam.PolicyStatement) => new Stack().resolve(bind(s).toStatementJson());
const service = (name: string) => new iam.ServicePrincipal(name);
const ACL = { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } };
const from = (resource: string) => ({ ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${resource.split(':')[0]}:`, { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, `:${resource.split(':')[1]}`]] } } });
const account = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };

test('binds what the CDK writes for load balancers', () => {
  for (const principal of [new iam.AccountPrincipal(BALANCERS), service('logdelivery.elasticloadbalancing.amazonaws.com')]) {
    expect(rendered(make(principal, ['s3:PutObject']))).toMatchObject({ Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Condition: { StringEquals: account, ...from('elasticloadbalancing:loadbalancer/*') } });
  }
  expect(rendered(make(service('delivery.logs.amazonaws.com'), ['s3:PutObject'], ACL)).Condition).toEqual({ StringEquals: { ...ACL.StringEquals, ...account }, ...from('logs:*') });
  expect(rendered(make(service('delivery.logs.amazonaws.com'), ['s3:GetBucketAcl'])).Condition).toEqual({ StringEquals: account, ...from('logs:*') });
});

test('leaves everything else as it is', () => {
  const others = [
    make(new iam.AccountPrincipal('444455556666'), ['s3:PutObject']), make(new iam.AccountPrincipal(BALANCERS), ['s3:GetObject']), make(service('logging.s3.amazonaws.com'), ['s3:PutObject']),
    make(service('delivery.logs.amazonaws.com'), ['s3:PutObject']), make(service('delivery.logs.amazonaws.com'), ['s3:PutObject', 's3:GetBucketAcl']),
    make(service('delivery.logs.amazonaws.com'), ['s3:GetBucketAcl'], undefined, iam.Effect.DENY), new iam.PolicyStatement({ principals: [service('delivery.logs.amazonaws.com'), new iam.AnyPrincipal()], actions: ['s3:GetBucketAcl'], resources: ['*'] }),
  ];
  for (const s of others) { expect(bind(s)).toBe(s); }
});
