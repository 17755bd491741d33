import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';
import { EndpointService } from '../../src/network/endpoint-service';
import { PrivateEndpoints, PrivateEndpointsOptions } from '../../src/network/private-endpoints';
import { newStack, proveControls, render } from '../support/prove';

const make = (stack: Stack, services: EndpointService[], imageAccounts: string[] = []) => {
  const endpoints = new PrivateEndpoints(stack, 'Endpoints', options(stack, services, imageAccounts));
  endpoints.serve(new ec2.CfnRouteTable(stack, 'Table', { vpcId: 'vpc-12345678' }));
  return endpoints;
};
const options = (stack: Stack, services: EndpointService[], imageAccounts: string[]): PrivateEndpointsOptions => ({
  vpc: ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345678', availabilityZones: ['zone-a', 'zone-b'] }),
  subnets: ['A', 'B'].map(id => new ec2.CfnSubnet(stack, id, { vpcId: 'vpc-12345678', cidrBlock: '10.0.64.0/19' })),
  clientCidr: '10.0.64.0/18',
  services: services.map(service => service.name),
  readableBuckets: [],
  imageAccounts,
});

proveControls(stack => { make(stack, [EndpointService.ecrApi(), EndpointService.logs()]); }, { absences: ['VPC-11'] });

test('the security group admits the clients, and its members connect to nowhere', () => {
  const stack = newStack();
  make(stack, [EndpointService.logs()]);
  const [group] = render(stack).resourcesOf('AWS::EC2::SecurityGroup');
  expect(group.properties.SecurityGroupIngress).toEqual([
    { CidrIp: '10.0.64.0/18', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'AWS APIs, from the application tier' },
  ]);
  expect(group.properties.SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' })]);
});

test('a feature that takes rules out of the group leaves it closed', () => {
  const stack = newStack({ '@aws-cdk/aws-ec2.securityGroupDisableInlineRules': true });
  make(stack, []);
  expect(render(stack).resourcesOf('AWS::EC2::SecurityGroup')[0].properties.SecurityGroupEgress).toHaveLength(1);
});

test('images of other accounts concern ECR only', () => {
  const stack = newStack();
  const endpoints = make(stack, [EndpointService.ecrDocker(), EndpointService.logs()], ['111122223333']);
  render(stack);
  const policies = endpoints.interfaceEndpoints.map(e => JSON.stringify(stack.resolve(e.policyDocument)));
  expect(policies.map(p => p.includes('111122223333'))).toEqual([true, false]);
});

test('there may be gateway endpoints only', () => {
  const stack = newStack();
  make(stack, []);
  expect(render(stack).resourcesOf('AWS::EC2::VPCEndpoint').map(e => e.properties.VpcEndpointType)).toEqual(['Gateway', 'Gateway']);
});

test.each(['eu-west-1', 'us-gov-west-1', 'ap-southeast-2', 'cn-north-1', 'us-iso-east-1', 'eusc-de-east-1', 'eu-isoe-west-1'])('%s: services are named as the L2 names them', region => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region } });
  const services = ['ecr.api', 'ecr.dkr', 'logs', 'kms', 'secretsmanager', 'guardduty-data', 'sts'];
  const endpoints = make(stack, services.map(name => EndpointService.of(name)));
  expect(endpoints.interfaceEndpoints.map(e => stack.resolve(e.serviceName)))
    .toEqual(services.map(name => stack.resolve(new ec2.InterfaceVpcEndpointAwsService(name).name)));
});
