// The hardened values of a role that an AWS service takes.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { sourceIs } from '../../core/names';

/** Who takes a role. */
export interface ServiceTrust {
  /** The service principal, for example `vpc-flow-logs.amazonaws.com`. */
  readonly service: string;
  /** ARN of what the service acts for; a `*` in it stands for any text. Left out only where the service does not send it. */
  readonly sourceArn?: string;
}

/** The service, for this account and one source, and nobody else. */
export function assumedBy(trust: ServiceTrust): iam.IPrincipal {
  return new iam.ServicePrincipal(trust.service, {
    conditions: trust.sourceArn === undefined ? { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } : sourceIs(trust.sourceArn),
  });
}

/** What grants are collected in: statements that differ in their resources only become one. */
export function grantsDocument(): iam.PolicyDocument {
  return new iam.PolicyDocument({ minimize: true });
}
