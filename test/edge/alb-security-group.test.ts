import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { PropertyInjectors } from 'aws-cdk-lib/core';
import { AlbSecurityGroup } from '../../src/edge/alb-security-group';
import { newStack, render } from '../support/prove';

const EXPOSURE = { internetFacing: false, sourceCidrs: ['10.0.0.0/8'], redirectHttp: false };

function groupOf(inject?: (props: any) => any) {
  const stack = newStack();
  if (inject) { PropertyInjectors.of(stack).add({ constructUniqueId: ec2.SecurityGroup.PROPERTY_INJECTION_ID, inject }); }
  new AlbSecurityGroup(stack, 'Group', ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] }), EXPOSURE);
  return render(stack).resourcesOf('AWS::EC2::SecurityGroup')[0];
}

test('lets the sources in, and nothing out', () => {
  expect(groupOf().properties).toEqual({
    GroupDescription: 'Load balancer',
    VpcId: 'vpc-1',
    SecurityGroupIngress: [{ CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'HTTPS from clients' }],
    SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32', IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'Nowhere: keeps EC2 from opening everything' }],
  });
});

test('an injector that takes the description away changes nothing, and one that opens the group fails the self-check', () => {
  expect(groupOf(props => ({ ...props, description: undefined }))).toEqual(groupOf());
  expect(() => groupOf(props => ({ ...props, allowAllOutbound: true }))).toThrow(/ALB-11 does not hold[\s\S]*VPC-13 does not hold/);
});
