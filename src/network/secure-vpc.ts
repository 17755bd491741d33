import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Fn, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AddressPlan, addressPlan } from './address-plan';
import { checkDenyCidrs, checkEach, checkServices } from './checks';
import { DefaultSecurityGroup } from './default-security-group';
import { EndpointService } from './endpoint-service';
import { FlowLogs } from './flow-logs';
import { gatewayPeer } from './gateway-peers';
import { establish, importedVpc } from './imported-vpc';
import { InternetRoute } from './internet-route';
import { NetworkTier } from './network-tier';
import { PrivateEndpoints } from './private-endpoints';
import { claim } from '../assurance/claims';
import { SecurityWaivers } from '../assurance/security-waiver';
import { fail, requireMatch, requireRange } from '../core/validate';
import { HardenedProps } from '../foundation/security-foundation';
import * as controls from '../services/ec2/controls';
import * as rules from '../services/ec2/network-acl-rules';

/** What a VPC does about unencrypted traffic between hosts. */
export enum VpcEncryptionMode {
  /** It reports it, in the flow logs. */
  MONITOR = 'monitor',
  /** It refuses it, except to and from the internet gateway. Hosts must be of types that encrypt by themselves. */
  ENFORCE = 'enforce',
}

/** Properties of a secure VPC. */
export interface SecureVpcProps extends HardenedProps {
  /**
   * The IPv4 block, from /16 to /24, or to /23 with more than two zones. A token is taken for a /16.
   *
   * It is cut into quarters: public, application, data, and one that stays free.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * How many availability zones, from 2 to 4: the first ones of `Fn::GetAZs`.
   *
   * @default 2
   */
  readonly azCount?: number;

  /**
   * The port on which the application answers the load balancer and its health checks, 1024 or above.
   *
   * @default 8443
   */
  readonly applicationPort?: number;

  /**
   * The port of the database, 1024 or above.
   *
   * @default 5440
   */
  readonly databasePort?: number;

  /**
   * Whether clients reach the public tier by port 80 too, for a listener that redirects them to HTTPS.
   *
   * @default true
   */
  readonly publicHttp?: boolean;

  /**
   * IPv4 blocks that the public tier refuses altogether, at most nine.
   *
   * @default - none
   */
  readonly denyCidrs?: string[];

  /**
   * Services with an interface endpoint in the application tier. S3 and DynamoDB have gateway endpoints in any case.
   *
   * @default - what an application on Fargate with secrets needs: ECR's API and registry, CloudWatch Logs, Secrets Manager, KMS
   */
  readonly endpointServices?: EndpointService[];

  /**
   * The organization, `o-…`: its identities reach its resources by the endpoints, instead of this account's identities this
   * account's resources.
   *
   * @default - nothing outside this account is reached
   */
  readonly organizationId?: string;

  /**
   * Names of buckets of others that may be read by the S3 endpoint, for example package repositories.
   *
   * @default - none, apart from the bucket of ECR's image layers
   */
  readonly readableBuckets?: string[];

  /**
   * IDs of accounts of others whose images may be pulled, for example of GuardDuty's agent.
   *
   * @default - none
   */
  readonly imageAccounts?: string[];

  /**
   * ID of the prefix list of S3 in the region, `pl-…`. Needed for `allowAwsServices` in a region that the library does not know.
   *
   * @default - known for sixteen regions, GovCloud and China not among them
   */
  readonly s3PrefixListId?: string;

  /**
   * ID of the prefix list of DynamoDB in the region, `pl-…`. Needed like `s3PrefixListId`.
   *
   * @default - known for sixteen regions, GovCloud and China not among them
   */
  readonly dynamoDbPrefixListId?: string;

  /**
   * What the VPC does about unencrypted traffic inside it.
   *
   * @default - nothing
   */
  readonly encryptionMode?: VpcEncryptionMode;

  /**
   * How long flow logs are kept. Less than a year needs a waiver of `LOG-02`.
   *
   * @default RetentionDays.ONE_YEAR, a week in a disposable scope
   */
  readonly flowLogRetention?: logs.RetentionDays;

  /**
   * The key of the flow logs. It must allow `KeyAccess.logGroup` if it is imported.
   *
   * @default - the log key of the security foundation
   */
  readonly encryptionKey?: kms.IKey;
}

/**
 * A VPC of three tiers whose inner two have no way to the internet.
 *
 * Load balancers are in the public tier, the application and the endpoints of AWS services in the second, data in the third.
 * Only the public tier has a route to the internet gateway; there is no NAT gateway. A network ACL for each tier lets through
 * what the tiers need of each other and nothing else, so a wrong security group alone opens nothing. AWS services are reached by
 * endpoints, whose policies pass only our identities to our resources. All traffic is logged. Nothing has a public address by
 * default, and the default security group is emptied without a Lambda.
 *
 * A task or instance that starts while the VPC is being made may find endpoints missing: give it
 * `node.addDependency(network)`.
 *
 * Answers CIS 4.7, 6.2-6.5 and 6.8, FSBP EC2.2, EC2.6, EC2.15, EC2.16, EC2.21, EC2.55 and EC2.56, NIST AC-4(21), SC-7 and
 * SC-7(5), PCI 1.2.7, 1.3.1, 1.3.2, 1.4.4 and 10.2.1.
 */
export class SecureVpc extends Construct {
  /** The VPC, with the subnet groups `Public`, `Application` and `Data`. */
  public readonly vpc: ec2.IVpc;

  /** Subnets of load balancers. */
  public readonly publicSubnets: ec2.SubnetSelection;

  /** Subnets of the application. */
  public readonly applicationSubnets: ec2.SubnetSelection;

  /** Subnets of databases. */
  public readonly dataSubnets: ec2.SubnetSelection;

  /** The block of all public subnets. */
  public readonly publicCidr: string;

  /** The block of all application subnets. */
  public readonly applicationCidr: string;

  /** The block of all data subnets. */
  public readonly dataCidr: string;

  /** The port on which the application answers the load balancer. */
  public readonly applicationPort: number;

  /** The port of the database. */
  public readonly databasePort: number;

  /** The security group of the interface endpoints. */
  public readonly endpointSecurityGroup: ec2.ISecurityGroup;

  /** The gateway endpoint of S3. */
  public readonly s3Endpoint: ec2.CfnVPCEndpoint;

  /** The gateway endpoint of DynamoDB. */
  public readonly dynamoDbEndpoint: ec2.CfnVPCEndpoint;

  /** The interface endpoints, in the order of `endpointServices`. */
  public readonly interfaceEndpoints: ec2.CfnVPCEndpoint[];

  /** The log group of the flow logs. */
  public readonly logGroup: logs.LogGroup;

  private readonly s3PrefixListId?: string;
  private readonly dynamoDbPrefixListId?: string;

  constructor(scope: Construct, id: string, props: SecureVpcProps = {}) {
    super(scope, id);
    const cidr = props.cidr ?? '10.0.0.0/16';
    const azCount = props.azCount ?? 2;
    const services = props.endpointServices ?? [
      EndpointService.ecrApi(), EndpointService.ecrDocker(), EndpointService.logs(), EndpointService.secretsManager(), EndpointService.kms(),
    ];
    this.applicationPort = props.applicationPort ?? 8443;
    this.databasePort = props.databasePort ?? 5440;
    this.s3PrefixListId = props.s3PrefixListId;
    this.dynamoDbPrefixListId = props.dynamoDbPrefixListId;
    this.checkProps(props, cidr, azCount, services);
    const plan = addressPlan(this, cidr, azCount);
    this.publicCidr = plan.public.cidr;
    this.applicationCidr = plan.application.cidr;
    this.dataCidr = plan.data.cidr;

    const vpc = new ec2.CfnVPC(this, 'Resource', {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      instanceTenancy: 'default',
      tags: [{ key: 'Name', value: this.node.path }],
    });
    const availabilityZones = Array.from({ length: azCount }, (_, i) => Fn.select(i, Fn.getAzs()));
    const [publicTier, application, data] = this.addTiers(vpc, plan, availabilityZones, props);
    const internet = new InternetRoute(this, 'Internet', { vpc, routeTable: publicTier.routeTable });
    this.vpc = importedVpc(this, 'Vpc', { vpc, cidr, availabilityZones, publicTiers: [publicTier], isolatedTiers: [application, data] });
    this.publicSubnets = { subnetGroupName: publicTier.node.id };
    this.applicationSubnets = { subnetGroupName: application.node.id };
    this.dataSubnets = { subnetGroupName: data.node.id };

    const endpoints = new PrivateEndpoints(this, 'Endpoints', {
      vpc: this.vpc,
      routeTables: [application.routeTable, data.routeTable],
      subnets: application.subnets,
      clientCidr: this.applicationCidr,
      services,
      organizationId: props.organizationId,
      readableBuckets: props.readableBuckets ?? [],
      imageAccounts: props.imageAccounts ?? [],
    });
    this.endpointSecurityGroup = endpoints.securityGroup;
    this.s3Endpoint = endpoints.s3Endpoint;
    this.dynamoDbEndpoint = endpoints.dynamoDbEndpoint;
    this.interfaceEndpoints = endpoints.interfaceEndpoints;
    establish(this.vpc.publicSubnets, internet.route, ...publicTier.associations);
    establish(this.vpc.isolatedSubnets, this.s3Endpoint, this.dynamoDbEndpoint, ...this.interfaceEndpoints,
      ...application.associations, ...data.associations);

    this.logGroup = new FlowLogs(this, 'FlowLogs', {
      vpc, retention: props.flowLogRetention, encryptionKey: props.encryptionKey, foundation: props.foundation,
    }).logGroup;
    new DefaultSecurityGroup(this, 'DefaultSecurityGroup', vpc);
    claim(vpc, controls.VPC_DNS, controls.VPC_NO_NAT);
    this.control(vpc, props.encryptionMode);
    SecurityWaivers.of(this).add(...props.waivers ?? []);
  }

  /**
   * Lets a client in the application tier call AWS services by the endpoints: its security groups may connect by HTTPS to the
   * interface endpoints, to S3 and to DynamoDB, and nowhere else by this.
   */
  public allowAwsServices(client: ec2.IConnectable): void {
    if (client.connections.securityGroups.length === 0) {
      fail(this, "'client' has no security group: give it one, as the default security group is closed");
    }
    const https = ec2.Port.tcp(443);
    const given = { s3: this.s3PrefixListId, dynamoDb: this.dynamoDbPrefixListId };
    client.connections.allowTo(this.endpointSecurityGroup, https, 'AWS APIs, by interface endpoints');
    for (const group of client.connections.securityGroups) {
      group.addEgressRule(gatewayPeer(this, Stack.of(group), 's3', given), https, 'S3, by its gateway endpoint');
      group.addEgressRule(gatewayPeer(this, Stack.of(group), 'dynamoDb', given), https, 'DynamoDB, by its gateway endpoint');
    }
  }

  private addTiers(vpc: ec2.CfnVPC, plan: AddressPlan, availabilityZones: string[], props: SecureVpcProps): NetworkTier[] {
    const options: rules.NetworkAclOptions = {
      publicCidr: this.publicCidr,
      applicationCidr: this.applicationCidr,
      dataCidr: this.dataCidr,
      applicationPort: this.applicationPort,
      databasePort: this.databasePort,
      publicHttp: props.publicHttp ?? true,
      denyCidrs: props.denyCidrs ?? [],
    };
    const tier = { vpc, availabilityZones };
    return [
      new NetworkTier(this, 'Public', { ...tier, cidrs: plan.public.subnets, rules: rules.publicTier(options), internet: true }),
      new NetworkTier(this, 'Application', { ...tier, cidrs: plan.application.subnets, rules: rules.applicationTier(options), internet: false }),
      new NetworkTier(this, 'Data', { ...tier, cidrs: plan.data.subnets, rules: rules.dataTier(options), internet: false }),
    ];
  }

  private control(vpc: ec2.CfnVPC, mode: VpcEncryptionMode | undefined): void {
    if (mode === undefined) { return; }
    new ec2.CfnVPCEncryptionControl(this, 'EncryptionControl', {
      vpcId: vpc.ref,
      mode,
      internetGatewayExclusionInput: mode === VpcEncryptionMode.ENFORCE ? 'enable' : undefined,
    });
    claim(vpc, controls.VPC_ENCRYPTION);
  }

  private checkProps(props: SecureVpcProps, cidr: string, azCount: number, services: EndpointService[]): void {
    if (Token.isUnresolved(azCount)) {
      fail(this, "'azCount' is known only at deployment: give a number, as it says how many subnets the template has");
    }
    requireRange(this, 'azCount', azCount, 2, 4, 'zones');
    requireRange(this, 'applicationPort', props.applicationPort, 1024, 65535, 'as a port');
    requireRange(this, 'databasePort', props.databasePort, 1024, 65535, 'as a port');
    requireMatch(this, 'organizationId', props.organizationId, /^o-[a-z0-9]{10,32}$/, "give the organization's ID, for example 'o-a1b2c3d4e5'");
    for (const prop of ['s3PrefixListId', 'dynamoDbPrefixListId'] as const) {
      requireMatch(this, prop, props[prop], /^pl-[0-9a-f]{8,17}$/, "give the ID of a prefix list, for example 'pl-63a5400a'");
    }
    checkEach(this, 'readableBuckets', props.readableBuckets, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'give the name of one bucket, not a pattern and not an ARN');
    checkEach(this, 'imageAccounts', props.imageAccounts, /^\d{12}$/, 'give an account ID of twelve digits');
    checkServices(this, services.map(service => service.name));
    checkDenyCidrs(this, props.denyCidrs ?? [], cidr);
  }
}
