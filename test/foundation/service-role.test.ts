import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Lazy } from 'aws-cdk-lib/core';
import { attachPolicy, serviceRole, ServiceRoleOptions } from '../../src/foundation/service-role';
import { claimed, newStack, proveControls, render } from '../support/prove';

const STATEMENT = () => new iam.PolicyStatement({ actions: ['sns:Publish'], resources: ['arn:aws:sns:eu-west-1:111111111111:topic'] });
const options = (more: Partial<ServiceRoleOptions> = {}): ServiceRoleOptions => ({
  description: 'Publishes', service: 'events.amazonaws.com', sourceArn: 'arn:aws:events:eu-west-1:111111111111:rule/r', statements: [STATEMENT()], ...more,
});

proveControls(stack => { serviceRole(stack, 'Role', options()); });

describe('without a source', () => {
  proveControls(stack => { serviceRole(stack, 'Role', options({ sourceArn: undefined })); });
});

test('claims what it is', () => {
  const stack = newStack();
  serviceRole(stack, 'Role', options());
  expect(claimed(stack, 'AWS::IAM::Role')).toEqual(['GEN-04', 'GEN-04b', 'IAM-01', 'IAM-02b', 'IAM-03b', 'IAM-04', 'IAM-06b', 'IAM-07', 'IAM-08', 'IAM-09']);
  expect(claimed(stack, 'AWS::IAM::ManagedPolicy')).toEqual(['IAM-02', 'IAM-03', 'IAM-05', 'IAM-05b', 'IAM-06']);
});

test.each<[string, string | undefined, object]>([
  ['a source', 'arn:x', { ArnEquals: { 'aws:SourceArn': 'arn:x' } }],
  ['a pattern of sources', 'arn:x/*', { ArnLike: { 'aws:SourceArn': 'arn:x/*' } }],
  ['no source', undefined, {}],
])('trusts one service for this account and %s', (_name, sourceArn, more) => {
  const stack = newStack();
  serviceRole(stack, 'Role', options({ sourceArn }));
  expect(render(stack).resourcesOf('AWS::IAM::Role')[0].properties.AssumeRolePolicyDocument.Statement).toEqual([{
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'events.amazonaws.com' },
    Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ...more },
  }]);
});

test('has a managed policy and nothing inline', () => {
  const stack = newStack();
  serviceRole(stack, 'Role', options());
  const template = render(stack);
  expect(template.resourcesOf('AWS::IAM::Policy')).toEqual([]);
  expect(template.resourcesOf('AWS::IAM::Role')[0].properties.Policies).toBeUndefined();
  expect(template.resourcesOf('AWS::IAM::ManagedPolicy')[0].properties).toMatchObject({
    Description: 'Publishes', Roles: [{ Ref: expect.stringMatching(/^Role/) }], PolicyDocument: { Statement: [{ Action: 'sns:Publish', Effect: 'Allow' }] },
  });
});

test('has no policy without statements', () => {
  const stack = newStack();
  serviceRole(stack, 'Role', options({ statements: [] }));
  expect(render(stack).resourcesOf('AWS::IAM::ManagedPolicy')).toEqual([]);
});

test('a policy takes grants', () => {
  const stack = newStack();
  const role = serviceRole(stack, 'Role', options({ statements: [] }));
  const policy = attachPolicy(role, 'More', 'More', [STATEMENT()]);
  iam.Grant.addToPrincipal({ grantee: policy, actions: ['sns:Subscribe'], resourceArns: ['arn:aws:sns:eu-west-1:111111111111:other'] });
  expect(render(stack).resourcesOf('AWS::IAM::ManagedPolicy')[0].properties.PolicyDocument.Statement).toHaveLength(2);
});

test('takes tokens', () => {
  const stack = newStack();
  serviceRole(stack, 'Role', options({ sourceArn: Lazy.string({ produce: () => 'arn:x' }), description: Lazy.string({ produce: () => 'text' }) }));
  expect(() => render(stack)).not.toThrow();
});

test.each<[string, iam.PolicyStatementProps, string]>([
  ['all actions of a service', { actions: ['sns:*'], resources: ['arn:x'] }, 'IAM-02'],
  ['all resources', { actions: ['sns:Publish'], resources: ['*'] }, 'IAM-03'],
  ['all but some resources', { actions: ['sns:Publish'], notResources: ['arn:x'] }, 'IAM-03'],
])('%s fails the synthesis', (_name, statement, control) => {
  const stack = newStack();
  serviceRole(stack, 'Role', options({ statements: [new iam.PolicyStatement(statement)] }));
  expect(() => render(stack)).toThrow(new RegExp(`${control} does not hold`));
});

test('an inline policy of a consumer fails the synthesis', () => {
  const stack = newStack();
  const role = serviceRole(stack, 'Role', options());
  (role.node.defaultChild as iam.CfnRole).policies = [{ policyName: 'p', policyDocument: {} }];
  expect(() => render(stack)).toThrow(/IAM-01 does not hold/);
});

describe('grants', () => {
  function granted(count: number) {
    const stack = newStack();
    const role = serviceRole(stack, 'Role', options({ statements: [] }));
    const grants = Array.from({ length: count }, (_, i) => s3.Bucket.fromBucketName(stack, `Bucket${i}`, `bucket-${i}`).grantRead(role));
    return { grants, template: render(stack) };
  }

  test('there is no policy without one', () => {
    expect(granted(0).template.resourcesOf('AWS::IAM::ManagedPolicy')).toEqual([]);
  });

  test('all go to one managed policy of the role, and none to an inline policy', () => {
    const { grants, template } = granted(2);
    grants.forEach(grant => expect(grant.success).toBe(true));
    expect(template.resourcesOf('AWS::IAM::Policy')).toEqual([]);
    const policies = template.resourcesOf('AWS::IAM::ManagedPolicy');
    expect(policies).toHaveLength(1);
    expect(policies[0].properties).toMatchObject({ Description: 'Publishes', Roles: [{ Ref: template.resourcesOf('AWS::IAM::Role')[0].logicalId }] });
    expect(JSON.stringify(policies[0].properties.PolicyDocument)).toMatch(/bucket-0.*bucket-1/);
  });

  test('so does what is added by hand', () => {
    const stack = newStack();
    expect(serviceRole(stack, 'Role', options({ statements: [] })).addToPolicy(STATEMENT())).toBe(true);
    expect(render(stack).resourcesOf('AWS::IAM::Policy')).toEqual([]);
    expect(render(stack).resourcesOf('AWS::IAM::ManagedPolicy')).toHaveLength(1);
  });

  test('an inline policy is refused', () => {
    const stack = newStack();
    const role = serviceRole(stack, 'Role', options());
    expect(() => new iam.Policy(stack, 'Inline', { roles: [role], statements: [STATEMENT()] }))
      .toThrow("[Test/Role] 'attachInlinePolicy' of 'Test/Inline' would give the role an inline policy: grant to the role");
  });

  test('what depends on one waits for its policy', () => {
    const stack = newStack();
    const grant = s3.Bucket.fromBucketName(stack, 'Bucket', 'bucket').grantRead(serviceRole(stack, 'Role', options({ statements: [] })));
    const other = new iam.CfnGroup(stack, 'Other');
    grant.applyBefore(other);
    const template = render(stack);
    expect(template.resourcesOf('AWS::IAM::Group')[0].dependsOn).toEqual([template.resourcesOf('AWS::IAM::ManagedPolicy')[0].logicalId]);
  });
});
