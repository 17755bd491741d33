import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Lazy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { admit, claim } from '../assurance/claims';
import * as controls from '../services/ec2/endpoint-controls';
import * as groups from '../services/ec2/security-group-controls';
import * as settings from '../services/ec2/settings';
import * as policies from '../services/ec2/statements';
import { SG_OF_ENDPOINTS } from '../services/ec2/touch-controls';

/** Endpoint services of ECR, by their whole names or their last parts. */
const REGISTRY = /(^|\.)ecr\./;

/** What the endpoints of a VPC depend on. */
export interface PrivateEndpointsOptions {
  readonly vpc: ec2.IVpc;
  /** Subnets that interface endpoints are in. */
  readonly subnets: ec2.CfnSubnet[];
  /** Block of the clients. */
  readonly clientCidr: string;
  /** Last parts of the names of services: `events`. */
  readonly services: string[];
  readonly organizationId?: string;
  readonly readableBuckets: string[];
  readonly imageAccounts: string[];
}

/** Endpoints of AWS services, by which only our identities reach only our resources. */
export class PrivateEndpoints extends Construct {
  public readonly s3Endpoint: ec2.CfnVPCEndpoint;
  public readonly dynamoDbEndpoint: ec2.CfnVPCEndpoint;
  public readonly interfaceEndpoints: ec2.CfnVPCEndpoint[];
  public readonly securityGroup: ec2.SecurityGroup;

  /** Route tables that lead to S3 and DynamoDB. */
  private readonly routeTables: ec2.CfnRouteTable[] = [];

  constructor(scope: Construct, id: string, private readonly options: PrivateEndpointsOptions) {
    super(scope, id);
    this.s3Endpoint = this.addGateway('S3', 's3');
    this.dynamoDbEndpoint = this.addGateway('DynamoDb', 'dynamodb');
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      ...settings.closedSecurityGroup(),
      vpc: options.vpc,
      description: 'Interface endpoints of AWS services',
    });
    this.securityGroup.addIngressRule(ec2.Peer.ipv4(options.clientCidr), settings.https(), 'AWS APIs, from the application tier');
    const group = this.securityGroup.node.defaultChild as ec2.CfnSecurityGroup;
    claim(group, groups.SG_NOT_PUBLIC, groups.SG_NARROW, groups.SG_DESCRIBED, groups.SG_EGRESS, SG_OF_ENDPOINTS);
    this.interfaceEndpoints = options.services.map(service => this.addInterface(service));
  }

  /** The endpoints of both kinds. */
  public get all(): ec2.CfnVPCEndpoint[] {
    return [this.s3Endpoint, this.dynamoDbEndpoint, ...this.interfaceEndpoints];
  }

  /** Leads a route table to S3 and DynamoDB. */
  public serve(routeTable: ec2.CfnRouteTable): void {
    this.routeTables.push(routeTable);
  }

  /** Gives a gateway endpoint that somebody added our policy, if there is one for its service, and claims what such a one must have. */
  public guardGateway(endpoint: ec2.GatewayVpcEndpoint, service: string): void {
    this.gatewayStatements(service).forEach(statement => endpoint.addToPolicy(statement));
    this.claimGateway(endpoint.node.defaultChild as ec2.CfnVPCEndpoint);
  }

  /** Gives an interface endpoint that somebody added our policy, and claims what such a one must have. */
  public guardInterface(endpoint: ec2.InterfaceVpcEndpoint, service: string): void {
    this.interfaceStatements(service).forEach(statement => endpoint.addToPolicy(statement));
    this.claimInterface(endpoint.node.defaultChild as ec2.CfnVPCEndpoint, service);
  }

  private addGateway(id: string, service: string): ec2.CfnVPCEndpoint {
    const endpoint = new ec2.CfnVPCEndpoint(this, id, {
      ...settings.gatewayEndpoint(service, this.gatewayStatements(service)),
      vpcId: this.options.vpc.vpcId,
      routeTableIds: Lazy.list({ produce: () => this.routeTables.map(table => table.attrRouteTableId) }),
    });
    this.claimGateway(endpoint);
    return endpoint;
  }

  private addInterface(service: string): ec2.CfnVPCEndpoint {
    const endpoint = new ec2.CfnVPCEndpoint(this, service, {
      ...settings.interfaceEndpoint(service, Stack.of(this).region, this.interfaceStatements(service)),
      vpcId: this.options.vpc.vpcId,
      subnetIds: this.options.subnets.map(subnet => subnet.attrSubnetId),
      securityGroupIds: [this.securityGroup.securityGroupId],
    });
    this.claimInterface(endpoint, service);
    return endpoint;
  }

  private gatewayStatements(service: string): iam.PolicyStatement[] {
    return policies.gatewayEndpoint(service, this.options.organizationId, this.options.readableBuckets);
  }

  private interfaceStatements(service: string): iam.PolicyStatement[] {
    return policies.interfaceEndpoint(this.options.organizationId, this.accounts(service));
  }

  /** Accounts of others whose resources are reached by the endpoint of a service. */
  private accounts(service: string): string[] {
    return REGISTRY.test(service) ? this.options.imageAccounts : [];
  }

  private claimGateway(endpoint: ec2.CfnVPCEndpoint): void {
    this.admit(endpoint, this.options.readableBuckets);
    claim(endpoint, controls.VPC_GATEWAY_ENDPOINT);
  }

  private claimInterface(endpoint: ec2.CfnVPCEndpoint, service: string): void {
    this.admit(endpoint, this.accounts(service));
    claim(endpoint, controls.VPC_PRIVATE_DNS, controls.VPC_ENDPOINT_GROUP, controls.VPC_ENDPOINT_GROUPS, controls.VPC_ENDPOINT_INSIDE,
      controls.VPC_ENDPOINT_POLICY);
  }

  /** Writes down the organization, and what else of others is reached by an endpoint. */
  private admit(endpoint: ec2.CfnVPCEndpoint, others: string[]): void {
    const { organizationId } = this.options;
    const strangers = organizationId === undefined ? others : [organizationId, ...others];
    if (strangers.length > 0) { admit(endpoint, ...strangers); }
  }
}
