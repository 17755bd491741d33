import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Aws, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { EndpointService } from './endpoint-service';
import { claim } from '../assurance/claims';
import * as controls from '../services/ec2/controls';
import * as groups from '../services/ec2/security-group-controls';
import * as policies from '../services/ec2/statements';

/** Regions of the standard partition and of GovCloud. */
const ORDINARY_REGION = /^((af|ap|ca|il|me|mx|sa)-|(us|eu)-(east|west|north|south|central|gov)-)/;

/** What the endpoints of a VPC depend on. */
export interface PrivateEndpointsOptions {
  readonly vpc: ec2.IVpc;
  /** Route tables that lead to S3 and DynamoDB. */
  readonly routeTables: ec2.CfnRouteTable[];
  /** Subnets that interface endpoints are in. */
  readonly subnets: ec2.CfnSubnet[];
  /** Block of the clients. */
  readonly clientCidr: string;
  readonly services: EndpointService[];
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

  constructor(scope: Construct, id: string, private readonly options: PrivateEndpointsOptions) {
    super(scope, id);
    this.s3Endpoint = this.gateway('S3', 's3', policies.s3Endpoint(options.organizationId, options.readableBuckets));
    this.dynamoDbEndpoint = this.gateway('DynamoDb', 'dynamodb', policies.dynamoDbEndpoint(options.organizationId));
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: options.vpc,
      description: 'Interface endpoints of AWS services',
      allowAllOutbound: false,
      disableInlineRules: false,
    });
    this.securityGroup.addIngressRule(ec2.Peer.ipv4(options.clientCidr), ec2.Port.tcp(443), 'AWS APIs, from the application tier');
    const group = this.securityGroup.node.defaultChild as ec2.CfnSecurityGroup;
    claim(group, groups.SG_NOT_PUBLIC, groups.SG_NARROW, groups.SG_DESCRIBED, groups.SG_EGRESS);
    this.interfaceEndpoints = options.services.map(service => this.interface(service));
  }

  private gateway(id: string, service: string, policyDocument: iam.PolicyDocument): ec2.CfnVPCEndpoint {
    const endpoint = new ec2.CfnVPCEndpoint(this, id, {
      vpcId: this.options.vpc.vpcId,
      serviceName: `com.amazonaws.${Aws.REGION}.${service}`, // in every partition
      vpcEndpointType: 'Gateway',
      routeTableIds: this.options.routeTables.map(table => table.attrRouteTableId),
      policyDocument,
    });
    claim(endpoint, controls.VPC_GATEWAY_ENDPOINT);
    return endpoint;
  }

  private interface(service: EndpointService): ec2.CfnVPCEndpoint {
    const images = service.name.startsWith('ecr.') ? this.options.imageAccounts : [];
    const endpoint = new ec2.CfnVPCEndpoint(this, service.name, {
      vpcId: this.options.vpc.vpcId,
      serviceName: this.serviceName(service),
      vpcEndpointType: 'Interface',
      privateDnsEnabled: true,
      subnetIds: this.options.subnets.map(subnet => subnet.attrSubnetId),
      securityGroupIds: [this.securityGroup.securityGroupId],
      policyDocument: policies.interfaceEndpoint(this.options.organizationId, images),
    });
    claim(endpoint, controls.VPC_PRIVATE_DNS, controls.VPC_ENDPOINT_GROUP, controls.VPC_ENDPOINT_POLICY);
    return endpoint;
  }

  /** The L2 knows the names of every partition, but its list of all services is slow to load: not for regions whose names follow the rule. */
  private serviceName(service: EndpointService): string {
    const { region } = Stack.of(this);
    return !Token.isUnresolved(region) && ORDINARY_REGION.test(region)
      ? `com.amazonaws.${region}.${service.name}`
      : new ec2.InterfaceVpcEndpointAwsService(service.name).name;
  }
}
