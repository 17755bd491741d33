import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { declareFinding } from '../assurance/known-findings';
import * as settings from '../services/ec2/settings';

/** What leads to the internet. */
export interface InternetRouteOptions {
  readonly vpc: ec2.CfnVPC;
  readonly routeTable: ec2.CfnRouteTable;
}

/** The one way between a VPC and the internet: a gateway, and the default route of one route table. */
export class InternetRoute extends Construct {
  public readonly gateway: ec2.CfnInternetGateway;
  public readonly route: ec2.CfnRoute;

  constructor(scope: Construct, id: string, { vpc, routeTable }: InternetRouteOptions) {
    super(scope, id);
    this.gateway = new ec2.CfnInternetGateway(this, 'Gateway', { tags: settings.nameTag(this.node.path) });
    const internetGatewayId = this.gateway.attrInternetGatewayId;
    const attachment = new ec2.CfnVPCGatewayAttachment(this, 'Attachment', { vpcId: vpc.ref, internetGatewayId });
    this.route = new ec2.CfnRoute(this, 'Route', {
      ...settings.internetRoute(),
      routeTableId: routeTable.attrRouteTableId,
      gatewayId: internetGatewayId,
    });
    this.route.node.addDependency(attachment);
    declareFinding(this.route, 'Load balancers answer clients by this route; only subnets of the public tier have it, and nothing there '
      + 'has a public address of its own.',
    'HIPAA.Security-VPCNoUnrestrictedRouteToIGW', 'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW',
    'PCI.DSS.321-VPCNoUnrestrictedRouteToIGW');
  }
}
