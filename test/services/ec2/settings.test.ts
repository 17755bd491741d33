import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Stack } from 'aws-cdk-lib/core';
import { applicationTier, NetworkAclOptions, publicTier } from '../../../src/services/ec2/network-acl-rules';
import { sealOf } from '../../../src/services/ec2/rendered';
import * as settings from '../../../src/services/ec2/settings';

const resolve = (value: any) => new Stack().resolve(value);
const OPTIONS: NetworkAclOptions = {
  publicCidr: '10.0.0.0/18',
  applicationCidr: '10.0.64.0/18',
  dataCidr: '10.0.128.0/18',
  applicationPort: 8443,
  databasePort: 5440,
  publicHttp: true,
  denyCidrs: [],
};

test('a VPC resolves names', () => {
  expect(settings.vpc('10.0.0.0/16')).toEqual({ cidrBlock: '10.0.0.0/16', enableDnsSupport: true, enableDnsHostnames: true, instanceTenancy: 'default' });
});

test('encryption is enforced except to the internet gateway', () => {
  expect(settings.encryptionControl('enforce')).toEqual({ mode: 'enforce', internetGatewayExclusionInput: 'enable' });
  expect(settings.encryptionControl('monitor')).toEqual({ mode: 'monitor' });
});

test('a subnet gives no public addresses, and is found by its tags', () => {
  expect(settings.subnet()).toEqual({ mapPublicIpOnLaunch: false, assignIpv6AddressOnCreation: false });
  expect(settings.subnetTags('A/B', 'Data', ec2.SubnetType.PRIVATE_ISOLATED)).toEqual([
    { key: 'Name', value: 'A/B' }, { key: 'aws-cdk:subnet-name', value: 'Data' }, { key: 'aws-cdk:subnet-type', value: 'Isolated' },
  ]);
});

test('entries of a network ACL', () => {
  expect(publicTier(OPTIONS).map(settings.networkAclEntry).find(e => e.ruleNumber === 160)).toEqual({
    ruleNumber: 160, egress: false, ruleAction: 'allow', protocol: 1, cidrBlock: '0.0.0.0/0', icmp: { type: 3, code: 4 },
  });
  expect(applicationTier(OPTIONS).map(settings.networkAclEntry)[0]).toEqual({
    ruleNumber: 100, egress: false, ruleAction: 'allow', protocol: 6, cidrBlock: '10.0.0.0/18', portRange: { from: 8443, to: 8443 },
  });
  expect(settings.internetRoute()).toEqual({ destinationCidrBlock: '0.0.0.0/0' });
});

test('a table is sealed as it will stand in the template', () => {
  const [seal] = Object.values(resolve(settings.networkAclMetadata(applicationTier(OPTIONS))));
  expect(seal).toMatch(/^[0-9a-f]{64}$/);
  const capital = (o: any): any => Object.fromEntries(Object.entries(o).map(([k, v]) => [k[0].toUpperCase() + k.slice(1), typeof v === 'object' && v ? capital(v) : v]));
  expect(seal).toBe(sealOf(applicationTier(OPTIONS).map(settings.networkAclEntry).map(capital)));
  expect(seal).not.toBe(Object.values(resolve(settings.networkAclMetadata(publicTier(OPTIONS))))[0]);
});

test('endpoints have a policy, and are reached by the name of the service', () => {
  const statements: any[] = [];
  expect(settings.interfaceEndpoint('kms', 'eu-west-1', statements)).toMatchObject({
    serviceName: 'com.amazonaws.eu-west-1.kms', vpcEndpointType: 'Interface', privateDnsEnabled: true, policyDocument: expect.anything(),
  });
  const china = new Stack(undefined, 'Stack', { env: { region: 'cn-north-1' } });
  expect(china.resolve(settings.interfaceEndpoint('ecr.api', china.region, statements).serviceName)).toBe('cn.com.amazonaws.cn-north-1.ecr.api');
  expect(resolve(settings.gatewayEndpoint('s3', statements))).toMatchObject({
    serviceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, '.s3']] }, vpcEndpointType: 'Gateway',
  });
});

test('an endpoint that is added stands beside the others, or where it is said', () => {
  const service = ec2.InterfaceVpcEndpointAwsService.SQS;
  const beside = { securityGroups: [], subnets: { subnetGroupName: 'Application' } };
  expect(settings.addedInterfaceEndpoint({ service }, beside)).toEqual({ service, privateDnsEnabled: true, open: false, ...beside });
  const own: ec2.InterfaceVpcEndpointOptions = {
    service,
    privateDnsEnabled: false,
    open: true,
    subnets: { subnetGroupName: 'Data' },
    securityGroups: [],
    lookupSupportedAzs: true,
    serviceRegion: 'eu-west-1',
    ipAddressType: ec2.VpcEndpointIpAddressType.IPV4,
    dnsRecordIpType: ec2.VpcEndpointDnsRecordIpType.IPV4,
    privateDnsOnlyForInboundResolverEndpoint: ec2.VpcEndpointPrivateDnsOnlyForInboundResolverEndpoint.ALL_RESOLVERS,
  };
  expect(settings.addedInterfaceEndpoint(own, beside)).toEqual(own);
});

test('members of the endpoints\' security group connect to nowhere', () => {
  expect(settings.closedSecurityGroup()).toMatchObject({ allowAllOutbound: false, disableInlineRules: false });
  expect(settings.https().toString()).toBe('443');
});

test('flow logs', () => {
  expect(settings.flowLog()).toMatchObject({ resourceType: 'VPC', trafficType: 'ALL', logDestinationType: 'cloud-watch-logs', maxAggregationInterval: 60 });
  expect(settings.flowLog().logFormat).toMatch(/^\$\{version\} .*\$\{pkt-srcaddr\} .*\$\{encryption-status\}$/);
});

test('the default security group is emptied every day', () => {
  expect(settings.emptiedGroup('sg-1', 'arn:role')).toEqual({
    name: 'AWSConfigRemediation-RemoveVPCDefaultSecurityGroupRules',
    parameters: { GroupId: ['sg-1'], AutomationAssumeRole: ['arn:role'] },
    associationDispatchAssumeRole: 'arn:role',
    scheduleExpression: 'rate(1 day)',
    complianceSeverity: 'HIGH',
  });
});

test('a security group opens nothing, and has a rule so that EC2 does not either', () => {
  expect(settings.closedSecurityGroup()).toEqual({ allowAllOutbound: false, allowAllIpv6Outbound: false, disableInlineRules: false });
  const [peer, port, description] = settings.nowhere();
  expect([peer.toEgressRuleConfig(), port.toRuleJson(), description])
    .toEqual([{ cidrIp: '127.0.0.1/32' }, { ipProtocol: 'tcp', fromPort: 443, toPort: 443 }, 'Nowhere: keeps EC2 from opening everything']);
});
