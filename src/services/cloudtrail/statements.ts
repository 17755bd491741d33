// What CloudTrail's own role may do.
import * as iam from 'aws-cdk-lib/aws-iam';
import { Aws } from 'aws-cdk-lib/core';
import { arn } from '../../core/names';

/** The streams that CloudTrail writes to in a log group. It numbers them: the `*` stands for the number. */
export function streams(logGroupName: string): string {
  return arn('logs', `log-group:${logGroupName}:log-stream:${Aws.ACCOUNT_ID}_CloudTrail_${Aws.REGION}*`);
}

/** Lets CloudTrail deliver events to a log group. */
export function deliver(logGroupName: string): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [streams(logGroupName)] });
}
