import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { CfnResource, Fn, Resource, Stack } from 'aws-cdk-lib/core';
import type { aws_ec2 as refs } from 'aws-cdk-lib/interfaces';
import type { Construct, IDependable } from 'constructs';
import { DefaultSecurityGroup } from './default-security-group';
import { FlowLogs } from './flow-logs';
import { gatewayPeer, GivenPrefixLists } from './gateway-peers';
import { importedVpc } from './imported-vpc';
import { IsolatedTier } from './isolated-tier';
import type { NetworkTier } from './network-tier';
import { PrivateEndpoints } from './private-endpoints';
import { PublicTier } from './public-tier';
import type { SecureVpcProps } from './secure-vpc-props';
import { admit, claim } from '../assurance/claims';
import { waive } from '../assurance/security-waiver';
import { checkCall, checkNew } from '../core/arguments';
import { fail, place, requireKind, requireNotEmpty } from '../core/validate';
import * as controls from '../services/ec2/controls';
import * as rules from '../services/ec2/network-acl-rules';
import { checkEndpoint, network, NetworkSettings } from '../services/ec2/network-settings';
import * as settings from '../services/ec2/settings';
import { VPC_DATA_ONLY } from '../services/ec2/touch-controls';
import * as touch from '../services/ec2/vpc-touch-controls';
import { LOG_ENCRYPTED } from '../services/logs/controls';

/**
 * A VPC of three tiers whose inner two have no way to the internet.
 *
 * Load balancers are in the public tier, the application and the endpoints of AWS services in the second, data in the third.
 * Only the public tier has a route to the internet gateway; there is no NAT gateway. A network ACL for each tier lets through
 * what the tiers need of each other and nothing else, so a wrong security group alone opens nothing. AWS services are reached by
 * endpoints, whose policies pass only our identities to our resources. All traffic is logged. Nothing has a public address by
 * default, and the default security group is emptied without a Lambda.
 *
 * It is an `ec2.IVpc`: constructs of the CDK take it as their `vpc`, with one of `loadBalancerSubnets`, `applicationSubnets` and
 * `dataSubnets`. Endpoints and flow logs that are added by its methods get the same policies, or the synthesis fails. It has no VPN.
 *
 * A task or instance that starts while the VPC is being made may find endpoints missing: give it
 * `node.addDependency(network)`.
 *
 * Answers CIS 4.7, 6.2-6.5 and 6.8, FSBP EC2.2, EC2.6, EC2.15, EC2.16, EC2.21, EC2.55 and EC2.56, NIST AC-4(21), SC-7 and
 * SC-7(5), PCI 1.2.7, 1.3.1, 1.3.2, 1.4.4 and 10.2.1.
 */
export class SecureVpc extends Resource implements ec2.IVpc {
  /** Subnets of load balancers, as CDK constructs take them. (`publicSubnets` has them one by one.) */
  public readonly loadBalancerSubnets: ec2.SubnetSelection;

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

  /** There is none: `enableVpnGateway` fails. */
  public readonly vpnGatewayId?: string;

  private readonly delegate: ec2.IVpc;
  private readonly endpoints: PrivateEndpoints;
  private readonly prefixLists: GivenPrefixLists;

  constructor(scope: Construct, id: string, props: SecureVpcProps = {}) {
    checkNew('SecureVpc', scope, id, props);
    const at = place(scope, id);
    const chosen = network(at, props);
    super(scope, id);
    this.applicationPort = chosen.applicationPort;
    this.databasePort = chosen.databasePort;
    this.publicCidr = chosen.plan.public.cidr;
    this.applicationCidr = chosen.plan.application.cidr;
    this.dataCidr = chosen.plan.data.cidr;
    this.prefixLists = { s3: props.s3PrefixListId, dynamoDb: props.dynamoDbPrefixListId };

    const resource = new ec2.CfnVPC(this, 'Resource', { ...settings.vpc(chosen.cidr), tags: settings.nameTag(this.node.path) });
    const availabilityZones = Array.from({ length: chosen.azCount }, (_, i) => Fn.select(i, Fn.getAzs()));
    const tiers = this.addTiers(resource, availabilityZones, chosen);
    const [, application] = tiers;
    [this.loadBalancerSubnets, this.applicationSubnets, this.dataSubnets] = tiers.map(tier => ({ subnetGroupName: tier.node.id }));
    this.delegate = importedVpc(this, 'Vpc', {
      vpc: resource, cidr: chosen.cidr, availabilityZones, subnets: tiers.map(tier => tier.attributes()),
    });
    this.endpoints = new PrivateEndpoints(this, 'Endpoints', {
      vpc: this.delegate,
      subnets: application.subnets,
      clientCidr: this.applicationCidr,
      services: chosen.endpointServices,
      organizationId: props.organizationId,
      readableBuckets: chosen.readableBuckets,
      imageAccounts: chosen.imageAccounts,
    });
    this.endpointSecurityGroup = this.endpoints.securityGroup;
    this.s3Endpoint = this.endpoints.s3Endpoint;
    this.dynamoDbEndpoint = this.endpoints.dynamoDbEndpoint;
    this.interfaceEndpoints = this.endpoints.interfaceEndpoints;
    tiers.forEach(tier => tier.attach({ network: this, resource, vpc: this.delegate, endpoints: this.endpoints }));
    this.logGroup = new FlowLogs(this, 'FlowLogs', {
      vpc: resource, retention: props.flowLogRetention, encryptionKey: props.encryptionKey, foundation: props.foundation,
    }).logGroup;
    new DefaultSecurityGroup(this, 'DefaultSecurityGroup', resource);
    this.claim(resource, tiers[2], chosen);
    this.control(resource, props.encryptionMode);
    waive(this, props.waivers);
  }

  /** ID of the VPC. */
  public get vpcId(): string { return this.delegate.vpcId; }

  /** ARN of the VPC. */
  public get vpcArn(): string { return this.delegate.vpcArn; }

  /** What other constructs refer to the VPC by. */
  public get vpcRef(): refs.VPCReference { return this.delegate.vpcRef; }

  /** The block of the VPC. */
  public get vpcCidrBlock(): string { return this.delegate.vpcCidrBlock; }

  /** The availability zones. */
  public get availabilityZones(): string[] { return this.delegate.availabilityZones; }

  /** The subnets of load balancers, one by one. (`loadBalancerSubnets` selects them.) */
  public get publicSubnets(): ec2.ISubnet[] { return this.delegate.publicSubnets; }

  /** None: a private subnet would have a NAT gateway. */
  public get privateSubnets(): ec2.ISubnet[] { return this.delegate.privateSubnets; }

  /** The subnets of the application and of databases, one by one. (`applicationSubnets` and `dataSubnets` select them.) */
  public get isolatedSubnets(): ec2.ISubnet[] { return this.delegate.isolatedSubnets; }

  /** What the public tier needs to reach the internet. */
  public get internetConnectivityEstablished(): IDependable { return this.delegate.internetConnectivityEstablished; }

  /**
   * The subnets of a selection, for example of `network.dataSubnets`. Without one: those of the application and of databases, so
   * name the tier.
   */
  public selectSubnets(selection?: ec2.SubnetSelection): ec2.SelectedSubnets {
    checkCall('SecureVpc.selectSubnets', this, selection);
    return this.delegate.selectSubnets(selection);
  }

  /**
   * Adds the endpoint of a service that is reached by routes. It gets our policy for S3 and DynamoDB; that of another service must
   * be given one by `addToPolicy`, for our identities and our resources only.
   */
  public addGatewayEndpoint(id: string, options: ec2.GatewayVpcEndpointOptions): ec2.GatewayVpcEndpoint {
    checkCall('SecureVpc.addGatewayEndpoint', this, id, options);
    requireKind(this, 'service', options?.service, ['name'], "an ec2.GatewayVpcEndpointAwsService, for example 'S3_EXPRESS'");
    const service = options.service.name.split('.').slice(-1)[0]; // `s3` of `com.amazonaws.REGION.s3`
    const subnets = options.subnets?.flatMap(selection => this.selectSubnets(selection).subnets) ?? this.isolatedSubnets;
    if (['s3', 'dynamodb'].includes(service) && subnets.some(subnet => this.isolatedSubnets.includes(subnet))) {
      fail(this, `'addGatewayEndpoint' for '${service}' is for the application or data tier, which has one: `
        + "name the public tier in 'subnets', by 'network.loadBalancerSubnets'");
    }
    const endpoint = this.delegate.addGatewayEndpoint(id, options);
    this.endpoints.guardGateway(endpoint, service);
    return endpoint;
  }

  /**
   * Adds the endpoint of an AWS service that is reached by network interfaces. It gets our policy, the security group of the other
   * endpoints and the subnets of the application, unless `options` names others. `endpointServices` is the shorter way.
   */
  public addInterfaceEndpoint(id: string, options: ec2.InterfaceVpcEndpointOptions): ec2.InterfaceVpcEndpoint {
    checkCall('SecureVpc.addInterfaceEndpoint', this, id, options);
    requireKind(this, 'service', options?.service, ['name'], "an ec2.InterfaceVpcEndpointAwsService, for example 'SQS'");
    checkEndpoint(this, 'service', options.service.name);
    if (options.securityGroups) {
      requireNotEmpty(this, 'securityGroups', options.securityGroups, 'name one, or leave it out for that of the other endpoints');
    }
    const beside = { securityGroups: [this.endpointSecurityGroup], subnets: this.applicationSubnets };
    const endpoint = this.delegate.addInterfaceEndpoint(id, settings.addedInterfaceEndpoint(options, beside));
    this.endpoints.guardInterface(endpoint, options.service.name);
    return endpoint;
  }

  /** Adds a flow log beside the one that there is. A log group that it delivers to must be encrypted: an `EncryptedLogGroup`. */
  public addFlowLog(id: string, options?: ec2.FlowLogOptions): ec2.FlowLog {
    checkCall('SecureVpc.addFlowLog', this, id, options);
    const flowLog = this.delegate.addFlowLog(id, options);
    const group = flowLog.logGroup?.node.defaultChild;
    if (CfnResource.isCfnResource(group)) { claim(group, LOG_ENCRYPTED); }
    return flowLog;
  }

  /** Fails: a VPN gateway would lead into the inner tiers past the load balancer and the web firewall. */
  public enableVpnGateway(options: ec2.EnableVpnGatewayOptions): void {
    checkCall('SecureVpc.enableVpnGateway', this, options);
    return this.refuse('enableVpnGateway', options?.type);
  }

  /** Fails: a VPN connection would lead into the inner tiers past the load balancer and the web firewall. */
  public addVpnConnection(id: string, options: ec2.VpnConnectionOptions): ec2.VpnConnection {
    checkCall('SecureVpc.addVpnConnection', this, id, options);
    return this.refuse('addVpnConnection', id, options?.ip);
  }

  /** Fails: a client VPN would lead from the internet into the inner tiers. */
  public addClientVpnEndpoint(id: string, options: ec2.ClientVpnEndpointOptions): ec2.ClientVpnEndpoint {
    checkCall('SecureVpc.addClientVpnEndpoint', this, id, options);
    return this.refuse('addClientVpnEndpoint', id, options?.cidr);
  }

  /**
   * Lets a client in the application tier call AWS services by the endpoints: its security groups may connect by HTTPS to the
   * interface endpoints, to S3 and to DynamoDB, and nowhere else by this.
   *
   * @param client what has the security groups, for example a function or an instance
   */
  public allowAwsServices(client: ec2.IConnectable): void {
    checkCall('SecureVpc.allowAwsServices', this, client);
    if (client.connections.securityGroups.length === 0) {
      fail(this, "'client' has no security group: give it one, as the default security group is closed");
    }
    const https = settings.https();
    client.connections.allowTo(this.endpointSecurityGroup, https, 'AWS APIs, by interface endpoints');
    for (const group of client.connections.securityGroups) {
      this.admitPrefixLists(group);
      group.addEgressRule(gatewayPeer(this, Stack.of(group), 's3', this.prefixLists), https, 'S3, by its gateway endpoint');
      group.addEgressRule(gatewayPeer(this, Stack.of(group), 'dynamoDb', this.prefixLists), https, 'DynamoDB, by its gateway endpoint');
    }
  }

  /** Writes down the prefix lists that were named, as nobody else knows whose they are. */
  private admitPrefixLists(client: ec2.ISecurityGroup): void {
    const { s3, dynamoDb } = this.prefixLists;
    const given = [s3, dynamoDb].filter(id => id !== undefined);
    const group = client.node.defaultChild;
    if (given.length > 0 && CfnResource.isCfnResource(group)) { admit(group, ...given); }
  }

  private addTiers(vpc: ec2.CfnVPC, availabilityZones: string[], { plan, ...chosen }: NetworkSettings): NetworkTier[] {
    const options: rules.NetworkAclOptions = {
      publicCidr: plan.public.cidr,
      applicationCidr: plan.application.cidr,
      dataCidr: plan.data.cidr,
      applicationPort: chosen.applicationPort,
      databasePort: chosen.databasePort,
      publicHttp: chosen.publicHttp,
      denyCidrs: chosen.denyCidrs,
    };
    const tier = { vpc, availabilityZones };
    return [
      new PublicTier(this, 'Public', { ...tier, cidrs: plan.public.subnets, rules: rules.publicTier(options) }),
      new IsolatedTier(this, 'Application', { ...tier, cidrs: plan.application.subnets, rules: rules.applicationTier(options) }),
      new IsolatedTier(this, 'Data', { ...tier, cidrs: plan.data.subnets, rules: rules.dataTier(options) }),
    ];
  }

  private claim(vpc: ec2.CfnVPC, data: NetworkTier, { opensShells }: NetworkSettings): void {
    claim(vpc, controls.VPC_DNS, controls.VPC_NO_NAT, touch.VPC_ONE_GATEWAY, touch.VPC_ALONE, touch.VPC_ONE_PLAN, touch.VPC_ENDPOINTS,
      touch.VPC_OWN_NAMES, touch.VPC_LOGS_STAY);
    data.subnets.forEach(subnet => claim(subnet, VPC_DATA_ONLY));
    if (!opensShells) { claim(vpc, touch.VPC_NO_SHELLS); }
  }

  private control(vpc: ec2.CfnVPC, mode: string | undefined): void {
    if (mode === undefined) { return; }
    new ec2.CfnVPCEncryptionControl(this, 'EncryptionControl', { ...settings.encryptionControl(mode), vpcId: vpc.ref });
    claim(vpc, controls.VPC_ENCRYPTION);
  }

  private refuse(door: string, ...what: string[]): never {
    return fail(this, `'${door}' of '${what.join(' ')}' would lead into the inner tiers past the load balancer and the web firewall: `
      + "for administration use Session Manager or ECS Exec, with 'EndpointService.ssmMessages()'; "
      + 'what needs a VPN belongs into a VPC of its own');
  }
}
