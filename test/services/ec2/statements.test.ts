import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack } from 'aws-cdk-lib/core';
import { defaultGroupRole, dynamoDbEndpoint, flowLogRole, interfaceEndpoint, passToAutomation, s3Endpoint } from '../../../src/services/ec2/statements';

const statements = (own: iam.PolicyStatement[]) => new Stack().resolve(new iam.PolicyDocument({ statements: own })).Statement;
const ACCOUNT = { Ref: 'AWS::AccountId' };

test('by default our account reaches our account', () => {
  const ours = { StringEquals: { 'aws:PrincipalAccount': ACCOUNT, 'aws:ResourceAccount': ACCOUNT } };
  expect(statements(s3Endpoint(undefined, []))[0].Condition).toEqual(ours);
  expect(statements(dynamoDbEndpoint(undefined))).toEqual([expect.objectContaining({ Action: 'dynamodb:*', Condition: ours })]);
  expect(statements(interfaceEndpoint(undefined, [])).map((s: any) => s.Condition)).toEqual([{
    StringEquals: { 'aws:PrincipalAccount': ACCOUNT },
    StringEqualsIfExists: { 'aws:ResourceAccount': [ACCOUNT] },
  }]);
});

test('with an organization its identities reach its resources', () => {
  const ours = { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } };
  expect(statements(s3Endpoint('o-a1b2c3d4e5', []))[0].Condition).toEqual(ours);
  expect(statements(dynamoDbEndpoint('o-a1b2c3d4e5'))[0].Condition).toEqual(ours);
  expect(statements(interfaceEndpoint('o-a1b2c3d4e5', [])).map((s: any) => s.Condition)).toEqual([{
    StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
    StringEqualsIfExists: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' },
  }]);
});

test('image layers, and buckets that are named, can be read', () => {
  const [, read] = statements(s3Endpoint(undefined, ['packages']));
  expect(read.Action).toBe('s3:GetObject');
  expect(read.Condition).toBeUndefined();
  expect(JSON.stringify(read.Resource)).toContain('-starport-layer-bucket/*');
  expect(JSON.stringify(read.Resource)).toContain(':s3:::packages/*');
});

test('images of other accounts can be pulled, by our identities', () => {
  expect(statements(interfaceEndpoint(undefined, ['111122223333']))[0].Condition.StringEqualsIfExists).toEqual({ 'aws:ResourceAccount': [ACCOUNT, '111122223333'] });
  const [, others] = statements(interfaceEndpoint('o-a1b2c3d4e5', ['111122223333']));
  expect(others.Condition).toEqual({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'aws:ResourceAccount': ['111122223333'] } });
});

test('the role of flow logs writes to its log group, and makes none', () => {
  const { service, sourceArn, statements: own } = flowLogRole('arn:aws:logs:eu-west-1:111122223333:log-group:flows');
  expect(service).toBe('vpc-flow-logs.amazonaws.com');
  expect(sourceArn).toMatch(/:vpc-flow-log\/\*$/);
  expect(statements(own)).toEqual([{
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
    Resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:flows',
  }]);
});

test('the role of the default security group revokes rules of one group, and runs one runbook', () => {
  const { service, statements: own } = defaultGroupRole('sg-1');
  expect(service).toBe('ssm.amazonaws.com');
  const all = statements(own);
  expect(all.map((s: any) => [s.Action].flat())).toEqual([
    ['ec2:DescribeSecurityGroups'], ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'], ['ssm:StartAutomationExecution'], ['ssm:GetAutomationExecution'],
  ]);
  expect(JSON.stringify(all[1].Resource)).toContain(':security-group/sg-1');
  expect(all[2].Resource).toHaveLength(3);
});

test('a role is passed to Systems Manager only', () => {
  expect(statements([passToAutomation('arn:role')])).toEqual([{
    Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:role', Condition: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
  }]);
});
