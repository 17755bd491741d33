import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { globalArn } from '../../core/names';

function everyone(sid: string, actions: string[], resources: string[], conditions?: Record<string, Record<string, unknown>>): iam.PolicyStatement {
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
export function s3Endpoint(organizationId: string | undefined, readableBuckets: string[]): iam.PolicyDocument {
  const objects = [`prod-${Aws.REGION}-starport-layer-bucket`, ...readableBuckets].map(bucket => globalArn('s3', `${bucket}/*`));
  return new iam.PolicyDocument({
    statements: [
      everyone('OurBuckets', ['s3:*'], ['*'], { StringEquals: ours(organizationId) }),
      everyone('BucketsOfServices', ['s3:GetObject'], objects),
    ],
  });
}

/** DynamoDB: our identities with our tables. */
export function dynamoDbEndpoint(organizationId: string | undefined): iam.PolicyDocument {
  return new iam.PolicyDocument({ statements: [everyone('OurTables', ['dynamodb:*'], ['*'], { StringEquals: ours(organizationId) })] });
}

/**
 * Any other service: our identities, with our resources where the request has one. Only the resource's key may be absent: an
 * absent principal would let in credentials of anybody.
 */
export function interfaceEndpoint(organizationId: string | undefined, otherAccounts: string[]): iam.PolicyDocument {
  const statement = organizationId === undefined
    ? everyone('OurResources', ['*'], ['*'], {
      StringEquals: { 'aws:PrincipalAccount': Aws.ACCOUNT_ID },
      StringEqualsIfExists: { 'aws:ResourceAccount': [Aws.ACCOUNT_ID, ...otherAccounts] },
    })
    : everyone('OurResources', ['*'], ['*'], {
      StringEquals: { 'aws:PrincipalOrgID': organizationId },
      StringEqualsIfExists: { 'aws:ResourceOrgID': organizationId },
    });
  const others = organizationId !== undefined && otherAccounts.length > 0
    ? [everyone('ResourcesOfOthers', ['*'], ['*'], {
      StringEquals: { 'aws:PrincipalOrgID': organizationId, 'aws:ResourceAccount': otherAccounts },
    })]
    : [];
  return new iam.PolicyDocument({ statements: [statement, ...others] });
}
