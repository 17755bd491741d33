// Who deploys a stack.
import { Aws, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { bootstrapRole } from '../services/backup/vault-statements';

/**
 * The ARN of the role that CloudFormation deploys a construct with. The synthesizer of its stack knows it exactly if it is the CDK's
 * default one.
 */
export function deploymentRole(scope: IConstruct): string {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) { stack = stack.nestedStackParent; }
  if (!(stack.synthesizer instanceof DefaultStackSynthesizer)) { return bootstrapRole(); }
  return stack.synthesizer.cloudFormationExecutionRoleArn
    .replace(/\$\{AWS::Partition\}/g, Aws.PARTITION)
    .replace(/\$\{AWS::AccountId\}/g, Aws.ACCOUNT_ID)
    .replace(/\$\{AWS::Region\}/g, Aws.REGION);
}
