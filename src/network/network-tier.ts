import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { SubnetLists } from './imported-vpc';
import type { PrivateEndpoints } from './private-endpoints';
import { claim } from '../assurance/claims';
import { declareFinding } from '../assurance/known-findings';
import type { Control } from '../core/control';
import * as acls from '../services/ec2/network-acl-controls';
import type { NetworkAclRule } from '../services/ec2/network-acl-rules';
import * as settings from '../services/ec2/settings';
import * as controls from '../services/ec2/subnet-controls';
import { VPC_NO_ADDRESSES_GIVEN, VPC_NOT_SHARED } from '../services/ec2/touch-controls';

/** What a tier is made of. */
export interface NetworkTierOptions {
  readonly vpc: ec2.CfnVPC;
  /** Its subnets' blocks, one for each of `availabilityZones`. */
  readonly cidrs: string[];
  readonly availabilityZones: string[];
  readonly rules: NetworkAclRule[];
}

/** What subnets of one kind of tier have that others do not. */
export interface TierKind {
  /** What `Vpc.fromLookup` of another app takes them for. */
  readonly subnetType: ec2.SubnetType;
  /** What else they promise. */
  readonly controls: Control[];
}

/** What a tier finds to attach itself to. */
export interface Surroundings {
  readonly network: Construct;
  readonly resource: ec2.CfnVPC;
  /** The VPC as other constructs know it. */
  readonly vpc: ec2.IVpc;
  readonly endpoints: PrivateEndpoints;
}

/**
 * The subnets of a tier, one in each zone, with one route table and one network ACL.
 *
 * A kind of tier is a subclass in a file of its own, which knows how it stands in a VPC and how it is attached.
 */
export abstract class NetworkTier extends Construct {
  public readonly subnets: ec2.CfnSubnet[];
  public readonly routeTable: ec2.CfnRouteTable;
  public readonly networkAcl: ec2.CfnNetworkAcl;
  /** What ties the subnets to the route table and the network ACL. */
  public readonly associations: CfnResource[] = [];

  constructor(scope: Construct, id: string, options: NetworkTierOptions, private readonly kind: TierKind) {
    super(scope, id);
    const vpcId = options.vpc.attrVpcId;
    const tags = settings.nameTag(this.node.path);
    this.routeTable = new ec2.CfnRouteTable(this, 'RouteTable', { vpcId, tags });
    this.networkAcl = new ec2.CfnNetworkAcl(this, 'NetworkAcl', { vpcId, tags });
    this.networkAcl.cfnOptions.metadata = settings.networkAclMetadata(options.rules);
    options.rules.forEach(rule => this.addRule(rule));
    this.subnets = options.cidrs.map((cidr, i) => this.addSubnet(`${i + 1}`, options.vpc, cidr, options.availabilityZones[i]));
    claim(this.networkAcl, acls.VPC_ZONES, acls.VPC_ACL_RULES, acls.VPC_ACL_TABLE);
    declareFinding(this, 'Network ACLs are the second line behind security groups here: one for each tier, from one reviewed table that '
      + 'tests walk through packet by packet.', 'AwsSolutions-VPC3');
  }

  /** The tier's subnets, among the attributes of its VPC. */
  public abstract attributes(): SubnetLists;

  /** Gives the tier its ways, and makes what waits for its connectivity wait for them. */
  public abstract attach(surroundings: Surroundings): void;

  private addRule(rule: NetworkAclRule): void {
    new ec2.CfnNetworkAclEntry(this, `${rule.egress ? 'Out' : 'In'}${rule.number}`, {
      ...settings.networkAclEntry(rule),
      networkAclId: this.networkAcl.attrId,
    });
  }

  private addSubnet(number: string, vpc: ec2.CfnVPC, cidrBlock: string, availabilityZone: string): ec2.CfnSubnet {
    const subnet = new ec2.CfnSubnet(this, `Subnet${number}`, {
      ...settings.subnet(),
      vpcId: vpc.attrVpcId,
      cidrBlock,
      availabilityZone,
      tags: settings.subnetTags(`${this.node.path}/Subnet${number}`, this.node.id, this.kind.subnetType),
    });
    const subnetId = subnet.attrSubnetId;
    const { attrRouteTableId: routeTableId } = this.routeTable;
    const { attrId: networkAclId } = this.networkAcl;
    this.associations.push(
      new ec2.CfnSubnetRouteTableAssociation(this, `RouteTableAssociation${number}`, { subnetId, routeTableId }),
      new ec2.CfnSubnetNetworkAclAssociation(this, `NetworkAclAssociation${number}`, { subnetId, networkAclId }),
    );
    claim(subnet, controls.VPC_NO_PUBLIC_ADDRESSES, VPC_NO_ADDRESSES_GIVEN, controls.VPC_TIER_ROUTES, controls.VPC_SUBNET_ACL, VPC_NOT_SHARED,
      ...this.kind.controls);
    return subnet;
  }
}
