import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareJudged } from '../assurance/judged-findings';
import { declareFinding } from '../assurance/known-findings';
import { harden } from '../core/harden';
import { SG_DESCRIBED, SG_EGRESS, SG_NOT_PUBLIC, SG_SOURCES } from '../services/ec2/security-group-controls';
import { closedSecurityGroup, nowhere } from '../services/ec2/settings';
import { SG_OF_LOAD_BALANCER } from '../services/ec2/touch-controls';
import { ALB_SECURITY_GROUP } from '../services/elb/controls';
import type { Exposure } from '../services/elb/settings';
import * as settings from '../services/elb/settings';

/** A security group that lets the sources in and nothing out, until a rule names a target. */
export class AlbSecurityGroup extends ec2.SecurityGroup {
  constructor(scope: Construct, id: string, vpc: ec2.IVpc, exposure: Exposure) {
    super(scope, id, { ...closedSecurityGroup(), vpc });
    const { groupDescription, securityGroupIngress } = settings.securityGroup(exposure);
    // By the L2, which keeps the rules that others add later.
    this.addEgressRule(...nowhere());
    for (const { cidrIp, fromPort, description } of securityGroupIngress) {
      this.addIngressRule(ec2.Peer.ipv4(cidrIp), ec2.Port.tcp(fromPort), description);
    }
    const resource = this.node.defaultChild as ec2.CfnSecurityGroup;
    harden(resource, { groupDescription, vpcId: vpc.vpcId });
    if (exposure.sourceCidrs.some(c => c.endsWith('/0'))) {
      declareFinding(this, 'The application is meant for the Internet: HTTPS from everywhere is its purpose, and a web firewall '
        + 'inspects it.', 'AwsSolutions-EC23');
      declareJudged(this, 'Port 80 is open for one purpose: its listener serves nothing and redirects to HTTPS. Without it, people who '
        + 'type the name get an error.', 'checkov::CKV_AWS_260');
    }
    claim(resource, ALB_SECURITY_GROUP, SG_NOT_PUBLIC, SG_DESCRIBED, SG_EGRESS, SG_OF_LOAD_BALANCER);
    if (settings.isForSome(exposure)) { claim(resource, SG_SOURCES); }
  }
}
