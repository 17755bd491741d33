import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Aws } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import { arn } from '../core/names';
import { serviceRole } from '../foundation/service-role';
import { VPC_DEFAULT_GROUP } from '../services/ec2/controls';

const RUNBOOK = 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules';

/**
 * Empties the default security group of a VPC when it is made, and every day after: CloudFormation can't, and a Lambda is more to
 * guard than what it guards (ADR 0002).
 */
export class DefaultSecurityGroup extends Construct {
  public readonly association: ssm.CfnAssociation;

  constructor(scope: Construct, id: string, vpc: ec2.CfnVPC) {
    super(scope, id);
    const runbook = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::automation-definition/${RUNBOOK}:*`;
    const document = `arn:${Aws.PARTITION}:ssm:${Aws.REGION}::document/${RUNBOOK}`;
    const execution = arn('ssm', 'automation-execution/*');
    // One role for both ends: whoever starts the automation passes its role, so two would have the same power.
    const role = serviceRole(this, 'AutomationRole', {
      description: 'Removes the rules of the default security group of a VPC',
      service: 'ssm.amazonaws.com', // for whose associations no source ARN is documented
      statements: [
        new iam.PolicyStatement({ actions: ['ec2:DescribeSecurityGroups'], resources: ['*'] }),
        new iam.PolicyStatement({
          actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
          resources: [arn('ec2', `security-group/${vpc.attrDefaultSecurityGroup}`)],
        }),
        new iam.PolicyStatement({ actions: ['ssm:StartAutomationExecution'], resources: [runbook, document, execution] }),
        new iam.PolicyStatement({ actions: ['ssm:GetAutomationExecution'], resources: [execution] }),
      ],
    });
    const policy = role.node.findChild('Policy') as iam.ManagedPolicy;
    policy.addStatements(new iam.PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } },
    }));
    this.association = new ssm.CfnAssociation(this, 'Resource', {
      name: RUNBOOK, // without a version, which documents of Amazon do not take: it is the default one
      parameters: { GroupId: [vpc.attrDefaultSecurityGroup], AutomationAssumeRole: [role.roleArn] },
      associationDispatchAssumeRole: role.roleArn,
      scheduleExpression: 'rate(1 day)',
      complianceSeverity: 'HIGH',
    });
    this.association.node.addDependency(policy); // nothing else ties them
    claim(vpc, VPC_DEFAULT_GROUP);
    declareFinding(vpc, 'A State Manager association empties the default security group at creation and every day; the rule knows only the Lambda of the CDK.',
      'HIPAA.Security-VPCDefaultSecurityGroupClosed', 'NIST.800.53.R4-VPCDefaultSecurityGroupClosed', 'NIST.800.53.R5-VPCDefaultSecurityGroupClosed',
      'PCI.DSS.321-VPCDefaultSecurityGroupClosed');
    declareFinding(this, 'EC2 describes security groups, and Systems Manager numbers executions, under no narrower name; the runbook and the security group are named.',
      'AwsSolutions-IAM5[Resource::*]',
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>::automation-definition/${RUNBOOK}:*]`,
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:automation-execution/*]');
  }
}
