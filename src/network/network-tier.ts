import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import * as controls from '../services/ec2/controls';
import type { NetworkAclRule } from '../services/ec2/network-acl-rules';
import { isTable } from '../services/ec2/network-acl-rules';

/** What a tier is made of. */
export interface NetworkTierOptions {
  readonly vpc: ec2.CfnVPC;
  /** Its subnets' blocks, one for each of `availabilityZones`. */
  readonly cidrs: string[];
  readonly availabilityZones: string[];
  readonly rules: NetworkAclRule[];
  /** Whether its route table may lead to the internet. */
  readonly internet: boolean;
}

/** The subnets of a tier, one in each zone, with one route table and one network ACL. */
export class NetworkTier extends Construct {
  public readonly subnets: ec2.CfnSubnet[];
  public readonly routeTable: ec2.CfnRouteTable;
  public readonly networkAcl: ec2.CfnNetworkAcl;
  /** What ties the subnets to the route table and the network ACL. */
  public readonly associations: CfnResource[] = [];

  constructor(scope: Construct, id: string, options: NetworkTierOptions) {
    super(scope, id);
    const vpcId = options.vpc.attrVpcId;
    const tags = [{ key: 'Name', value: this.node.path }];
    this.routeTable = new ec2.CfnRouteTable(this, 'RouteTable', { vpcId, tags });
    this.networkAcl = new ec2.CfnNetworkAcl(this, 'NetworkAcl', { vpcId, tags });
    options.rules.forEach(rule => this.addRule(rule));
    this.subnets = options.cidrs.map((cidrBlock, i) => {
      const subnet = new ec2.CfnSubnet(this, `Subnet${i + 1}`, {
        vpcId,
        cidrBlock,
        availabilityZone: options.availabilityZones[i],
        mapPublicIpOnLaunch: false,
        assignIpv6AddressOnCreation: false,
        tags: [
          { key: 'Name', value: `${this.node.path}/Subnet${i + 1}` },
          // What `Vpc.fromLookup` of another app recognises the tier by.
          { key: 'aws-cdk:subnet-name', value: id },
          { key: 'aws-cdk:subnet-type', value: options.internet ? 'Public' : 'Isolated' },
        ],
      });
      const subnetId = subnet.attrSubnetId;
      this.associations.push(
        new ec2.CfnSubnetRouteTableAssociation(this, `RouteTableAssociation${i + 1}`, { subnetId, routeTableId: this.routeTable.attrRouteTableId }),
        new ec2.CfnSubnetNetworkAclAssociation(this, `NetworkAclAssociation${i + 1}`, { subnetId, networkAclId: this.networkAcl.attrId }),
      );
      claim(subnet, controls.VPC_NO_PUBLIC_ADDRESSES, controls.VPC_SUBNET_ACL, ...options.internet ? [] : [controls.VPC_NO_DEFAULT_ROUTE]);
      return subnet;
    });
    const { rules } = options;
    const table = { ...controls.VPC_ACL_TABLE, holds: isTable(rules, value => Stack.of(this).resolve(value)) };
    claim(this.networkAcl, controls.VPC_ZONES, controls.VPC_ACL_RULES, table);
    declareFinding(this, 'Network ACLs are the second line behind security groups here: one for each tier, from one reviewed table that tests walk through packet by packet.',
      'AwsSolutions-VPC3');
  }

  private addRule(rule: NetworkAclRule): void {
    new ec2.CfnNetworkAclEntry(this, `${rule.egress ? 'Out' : 'In'}${rule.number}`, {
      networkAclId: this.networkAcl.attrId,
      ruleNumber: rule.number,
      egress: rule.egress,
      ruleAction: rule.action,
      protocol: rule.protocol,
      cidrBlock: rule.cidr,
      portRange: rule.ports && { from: rule.ports[0], to: rule.ports[1] },
      icmp: rule.icmp && { type: rule.icmp[0], code: rule.icmp[1] },
    });
  }
}
