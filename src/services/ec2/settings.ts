// The hardened values of a VPC, its tiers, endpoints and flow logs.
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import type { CfnTag } from 'aws-cdk-lib/core';
import { Aws, Lazy, Token } from 'aws-cdk-lib/core';
import { DEFAULT_GROUP_RUNBOOK, FLOW_LOG_FIELDS, HTTPS_PORT, ORDINARY_REGION } from './facts';
import type { NetworkAclRule } from './network-acl-rules';
import { ANYWHERE, SEAL, sealOf } from './rendered';
import type { JsonObject } from '../../core/values';

/** A VPC that resolves the names of its endpoints by itself. */
export function vpc(cidr: string): Partial<ec2.CfnVPCProps> {
  return { cidrBlock: cidr, enableDnsSupport: true, enableDnsHostnames: true, instanceTenancy: 'default' };
}

/** What the VPC does about unencrypted traffic inside it. */
export function encryptionControl(mode: string): { readonly mode: string; readonly internetGatewayExclusionInput?: string } {
  return { mode, internetGatewayExclusionInput: mode === 'enforce' ? 'enable' : undefined };
}

/** A subnet where nothing gets a public address by itself. */
export function subnet(): Partial<ec2.CfnSubnetProps> {
  return { mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false };
}

/** The name under which the console shows a resource: where it is in the app. */
export function nameTag(path: string): CfnTag[] {
  return [{ key: 'Name', value: path }];
}

/** What `Vpc.fromLookup` of another app recognises a tier by. */
export function subnetTags(path: string, tier: string, type: ec2.SubnetType): CfnTag[] {
  return [...nameTag(path), { key: 'aws-cdk:subnet-name', value: tier }, { key: 'aws-cdk:subnet-type', value: type }];
}

/** The default route. */
export function internetRoute(): { readonly destinationCidrBlock: string } {
  return { destinationCidrBlock: ANYWHERE };
}

/** An entry of a network ACL. */
export function networkAclEntry(rule: NetworkAclRule): Omit<ec2.CfnNetworkAclEntryProps, 'networkAclId'> {
  return {
    ruleNumber: rule.number,
    egress: rule.egress,
    ruleAction: rule.action,
    protocol: rule.protocol,
    cidrBlock: rule.cidr,
    portRange: rule.ports && { from: rule.ports[0], to: rule.ports[1] },
    icmp: rule.icmp && { type: rule.icmp[0], code: rule.icmp[1] },
  };
}

/** The metadata of a network ACL: the seal of its table, by which whoever reads the template can tell whether it is still the same. */
export function networkAclMetadata(rules: NetworkAclRule[]): Record<string, unknown> {
  return { [SEAL]: Lazy.uncachedString({ produce: context => sealOf((context.resolve(rules) as NetworkAclRule[]).map(rendered)) }) };
}

/** An entry as it stands in the template. */
function rendered(rule: NetworkAclRule): JsonObject {
  return {
    Egress: rule.egress,
    RuleNumber: rule.number,
    RuleAction: rule.action,
    Protocol: rule.protocol,
    CidrBlock: rule.cidr,
    PortRange: rule.ports && { From: rule.ports[0], To: rule.ports[1] },
    Icmp: rule.icmp && { Type: rule.icmp[0], Code: rule.icmp[1] },
  };
}

type EndpointProps = Omit<ec2.CfnVPCEndpointProps, 'vpcId'>;

/** The endpoint of a service that is reached by routes. */
export function gatewayEndpoint(service: string, statements: iam.PolicyStatement[]): EndpointProps {
  return {
    serviceName: `com.amazonaws.${Aws.REGION}.${service}`, // in every partition
    vpcEndpointType: 'Gateway',
    policyDocument: new iam.PolicyDocument({ statements }),
  };
}

/** The endpoint of a service that is reached by network interfaces and its usual name. */
export function interfaceEndpoint(service: string, region: string, statements: iam.PolicyStatement[]): EndpointProps {
  return {
    serviceName: endpointServiceName(service, region),
    vpcEndpointType: 'Interface',
    privateDnsEnabled: true,
    policyDocument: new iam.PolicyDocument({ statements }),
  };
}

/** The L2 knows the names of every partition, but its list of all services is slow to load: not for regions whose names follow the rule. */
function endpointServiceName(service: string, region: string): string {
  return !Token.isUnresolved(region) && ORDINARY_REGION.test(region)
    ? `com.amazonaws.${region}.${service}`
    : new ec2.InterfaceVpcEndpointAwsService(service).name;
}

/** Everything that an interface has, so that a member of a newer CDK is not left out without the compiler's notice. */
type Complete<Options> = { readonly [Member in keyof Required<Options>]: Options[Member] };
type Added = ec2.InterfaceVpcEndpointOptions;

/** What an interface endpoint that is added later shares with those that are there. */
export interface EndpointPlace {
  readonly securityGroups: ec2.ISecurityGroup[];
  readonly subnets: ec2.SubnetSelection;
}

/** An interface endpoint that the user adds: beside the others unless it is said otherwise. */
export function addedInterfaceEndpoint(o: Added, beside: EndpointPlace): Complete<Added> {
  return {
    service: o.service,
    privateDnsEnabled: o.privateDnsEnabled ?? true,
    subnets: o.subnets ?? beside.subnets,
    securityGroups: o.securityGroups ?? beside.securityGroups,
    open: o.open ?? false,
    lookupSupportedAzs: o.lookupSupportedAzs,
    ipAddressType: o.ipAddressType,
    dnsRecordIpType: o.dnsRecordIpType,
    privateDnsOnlyForInboundResolverEndpoint: o.privateDnsOnlyForInboundResolverEndpoint,
    serviceRegion: o.serviceRegion,
  };
}

/** A security group that lets nothing in and nothing out: rules are resources of their own, so that whoever adds one can be asked. */
export function closedSecurityGroup(): Pick<ec2.SecurityGroupProps, 'allowAllOutbound' | 'allowAllIpv6Outbound' | 'disableInlineRules'> {
  return { allowAllOutbound: false, allowAllIpv6Outbound: false, disableInlineRules: false };
}

/**
 * A rule that stays when others are added. EC2 opens everything where a group has no rule, and a rule in the stack of the other
 * side comes later.
 */
export function nowhere(): [peer: ec2.IPeer, port: ec2.Port, description: string] {
  return [ec2.Peer.ipv4('127.0.0.1/32'), ec2.Port.tcp(443), 'Nowhere: keeps EC2 from opening everything'];
}

/** Where AWS APIs answer. */
export function https(): ec2.Port {
  return ec2.Port.tcp(HTTPS_PORT);
}

/** A record of all traffic of a VPC, by the minute. */
export function flowLog(): Omit<ec2.CfnFlowLogProps, 'resourceId'> {
  return {
    resourceType: 'VPC',
    trafficType: 'ALL',
    logDestinationType: 'cloud-watch-logs',
    logFormat: FLOW_LOG_FIELDS.map(field => `\${${field}}`).join(' '),
    maxAggregationInterval: 60,
  };
}

/** Empties a security group when the association is made, and every day after. */
export function emptiedGroup(groupId: string, roleArn: string): ssm.CfnAssociationProps {
  return {
    name: DEFAULT_GROUP_RUNBOOK, // without a version, which documents of Amazon do not take: it is the default one
    parameters: { GroupId: [groupId], AutomationAssumeRole: [roleArn] },
    associationDispatchAssumeRole: roleArn,
    scheduleExpression: 'rate(1 day)',
    complianceSeverity: 'HIGH',
  };
}
