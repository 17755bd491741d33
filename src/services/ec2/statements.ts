// Policy statements of networks: endpoints, flow logs, and who empties the default security group.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { DEFAULT_GROUP_RUNBOOK } from './facts';
import { arn, globalArn } from '../../core/names';

type Conditions = Record<string, Record<string, unknown>>;

function everyone(sid: string, actions: string[], resources: string[], conditions?: Conditions): iam.PolicyStatement {
  return new iam.PolicyStatement({ sid, principals: [new iam.StarPrincipal()], actions, resources, conditions });
}

/** Ours with ours: of this account, or of the organization if there is one. Fixed values, as analyzers ignore patterns. */
function ours(organizationId: string | undefined): Record<string, unknown> {
  return organizationId === undefined
    ? { 'aws:PrincipalAccount': Aws.ACCOUNT_ID, 'aws:ResourceAccount': Aws.ACCOUNT_ID }
    : { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceOrgID': organizationId };
}

/**
 * S3: our identities with our buckets, and reading what AWS keeps in buckets of its own. Image layers of ECR come from such a
 * bucket, by signed URLs of ECR's, so no condition on the caller can hold there.
 */
export function s3Endpoint(organizationId: string | undefined, readableBuckets: string[]): iam.PolicyStatement[] {
  const objects = [`prod-${Aws.REGION}-starport-layer-bucket`, ...readableBuckets].map(bucket => globalArn('s3', `${bucket}/*`));
  return [
    everyone('OurBuckets', ['s3:*'], ['*'], { StringEquals: ours(organizationId) }),
    everyone('BucketsOfServices', ['s3:GetObject'], objects),
  ];
}

/** DynamoDB: our identities with our tables. */
export function dynamoDbEndpoint(organizationId: string | undefined): iam.PolicyStatement[] {
  return [everyone('OurTables', ['dynamodb:*'], ['*'], { StringEquals: ours(organizationId) })];
}

/** The policies of gateway endpoints, by the last part of the service's name. */
const GATEWAYS: Record<string, (organizationId: string | undefined, readableBuckets: string[]) => iam.PolicyStatement[]> = {
  s3: s3Endpoint,
  dynamodb: dynamoDbEndpoint,
};

/** The policy of a gateway endpoint; empty for a service that is not known, whose endpoint has to be given one. */
export function gatewayEndpoint(service: string, organizationId: string | undefined, readableBuckets: string[]): iam.PolicyStatement[] {
  return GATEWAYS[service]?.(organizationId, readableBuckets) ?? [];
}

/**
 * Any other service: our identities, with our resources where the request has one. Only the resource's key may be absent: an
 * absent principal would let in credentials of anybody.
 */
export function interfaceEndpoint(organizationId: string | undefined, otherAccounts: string[]): iam.PolicyStatement[] {
  if (organizationId === undefined) {
    return [everyone('OurResources', ['*'], ['*'], {
      StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
      StringEqualsIfExists: { 'aws:ResourceAccount': [Aws.ACCOUNT_ID, ...otherAccounts] },
    })];
  }
  return [
    everyone('OurResources', ['*'], ['*'], {
      StringEquals: { 'aws:PrincipalOrgID': organizationId },
      StringEqualsIfExists: { 'aws:ResourceOrgID': organizationId },
    }),
    ...otherAccounts.length > 0 ? [everyone('ResourcesOfOthers', ['*'], ['*'], {
      StringEquals: { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceAccount': otherAccounts },
    })] : [],
  ];
}

/** Who takes a role, for what, and what it may do. */
export interface RoleOfService {
  readonly service: string;
  readonly sourceArn?: string;
  readonly statements: iam.PolicyStatement[];
}

/** Delivers flow logs. Without CreateLogGroup, which would make a deleted group anew: unencrypted, and kept for ever. */
export function flowLogRole(logGroupArn: string): RoleOfService {
  return {
    service: 'vpc-flow-logs.amazonaws.com',
    sourceArn: arn('ec2', 'vpc-flow-log/*'),
    statements: [new iam.PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams'],
      resources: [logGroupArn],
    })],
  };
}

/** ARNs that Systems Manager has for the runbook, and for its runs. */
const RUNBOOK = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::automation-definition/${DEFAULT_GROUP_RUNBOOK}:*`;
const DOCUMENT = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::document/${DEFAULT_GROUP_RUNBOOK}`;
const EXECUTIONS = arn('ssm', 'automation-execution/*');

/** Starts the runbook, and runs it: takes the rules out of one security group. */
export function defaultGroupRole(groupId: string): RoleOfService {
  return {
    service: 'ssm.amazonaws.com', // for whose associations no source ARN is documented
    statements: [
      new iam.PolicyStatement({ actions: ['ec2:DescribeSecurityGroups'], resources: ['*'] }),
      new iam.PolicyStatement({
        actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
        resources: [arn('ec2', `security-group/${groupId}`)],
      }),
      new iam.PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [RUNBOOK, DOCUMENT, EXECUTIONS] }),
      new iam.PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [EXECUTIONS] }),
    ],
  };
}

/** Lets whoever starts the automation pass the role that it runs with: the same one. */
export function passToAutomation(roleArn: string): iam.PolicyStatement {
  return new iam.PolicyStatement({
    actions: ['iam:PassRole'],
    resources: [roleArn],
    conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
  });
}
