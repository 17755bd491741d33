// The security group of a database.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { retain } from '../foundation/retention';
import { closedSecurityGroup } from '../services/ec2/settings';
import { SG_OF_DATABASE } from '../services/ec2/touch-controls';
import * as controls from '../services/rds/network-controls';

/**
 * A security group that lets nobody in until asked, and nothing out. Its description names nothing that may change: EC2 makes
 * another group for another description.
 */
export function databaseSecurityGroup(scope: Construct, id: string, vpc: ec2.IVpc): ec2.SecurityGroup {
  const group = new ec2.SecurityGroup(scope, id, {
    vpc,
    description: 'Database, reached by named clients only',
    ...closedSecurityGroup(),
  });
  const resource = group.node.defaultChild as ec2.CfnSecurityGroup;
  retain(resource);
  claim(resource, controls.DB_INGRESS, controls.DB_NO_EGRESS, SG_OF_DATABASE);
  return group;
}
