import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { declareFinding } from '../assurance/known-findings';
import { serviceRole } from '../foundation/service-role';
import { VPC_DEFAULT_GROUP } from '../services/ec2/controls';
import { DEFAULT_GROUP_RUNBOOK } from '../services/ec2/facts';
import * as settings from '../services/ec2/settings';
import { defaultGroupRole, passToAutomation } from '../services/ec2/statements';

/**
 * Empties the default security group of a VPC when it is made, and every day after: CloudFormation can't, and a Lambda is more to
 * guard than what it guards (ADR 0002).
 */
export class DefaultSecurityGroup extends Construct {
  public readonly association: ssm.CfnAssociation;

  constructor(scope: Construct, id: string, vpc: ec2.CfnVPC) {
    super(scope, id);
    const group = vpc.attrDefaultSecurityGroup;
    // One role for both ends: whoever starts the automation passes its role, so two would have the same power.
    const role = serviceRole(this, 'AutomationRole', {
      ...defaultGroupRole(group),
      description: 'Removes the rules of the default security group of a VPC',
    });
    const policy = role.node.findChild('Policy') as iam.ManagedPolicy;
    policy.addStatements(passToAutomation(role.roleArn));
    this.association = new ssm.CfnAssociation(this, 'Resource', settings.emptiedGroup(group, role.roleArn));
    this.association.node.addDependency(policy); // nothing else ties them
    claim(vpc, VPC_DEFAULT_GROUP);
    declareJudged(this.association, 'The rule is right for Command documents. This one is an Automation runbook: without targets, State '
      + "Manager itself sets 'aws:NoOpAutomationTag'.", 'cdk-preflight::pf-ssm-association-targets');
    declareFinding(vpc, 'A State Manager association empties the default security group at creation and every day; the rule knows only the '
      + 'Lambda of the CDK.',
    'HIPAA.Security-VPCDefaultSecurityGroupClosed', 'NIST.800.53.R4-VPCDefaultSecurityGroupClosed',
    'NIST.800.53.R5-VPCDefaultSecurityGroupClosed', 'PCI.DSS.321-VPCDefaultSecurityGroupClosed');
    declareFinding(this, 'EC2 describes security groups, and Systems Manager numbers executions, under no narrower name; the runbook and '
      + 'the security group are named.',
    'AwsSolutions-IAM5[Resource::*]',
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>::automation-definition/${DEFAULT_GROUP_RUNBOOK}:*]`,
    'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ssm:<AWS::Region>:<AWS::AccountId>:automation-execution/*]');
  }
}
