import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { PropertyInjectors } from 'aws-cdk-lib/core';
import { databaseSecurityGroup } from '../../src/data/database-security-group';
import { claimed, newStack, render } from '../support/prove';
import { newVpc } from '../support/vpc';

function build(injected?: Partial<ec2.SecurityGroupProps>) {
  const stack = newStack();
  if (injected) {
    PropertyInjectors.of(stack).add({ constructUniqueId: ec2.SecurityGroup.PROPERTY_INJECTION_ID, inject: props => ({ ...props, ...injected }) });
  }
  const group = databaseSecurityGroup(stack, 'Group', newVpc(stack));
  new rds.CfnDBCluster(stack, 'Cluster', { vpcSecurityGroupIds: [group.securityGroupId], port: 5440 });
  return stack;
}

test('lets nobody in, and nothing out', () => {
  const stack = build();
  const [group] = render(stack).resourcesOf('AWS::EC2::SecurityGroup');
  expect(group.properties).toMatchObject({ GroupDescription: 'Database, reached by named clients only', SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp' }] });
  expect(group.properties.SecurityGroupIngress).toBeUndefined();
  expect(group.properties.GroupName).toBeUndefined();
  expect(group.deletionPolicy).toBe('RetainExceptOnCreate');
  expect(claimed(stack, 'AWS::EC2::SecurityGroup')).toEqual(['DB-19', 'DB-19b', 'GEN-03', 'VPC-20d']);
});

test.each<[string, Partial<ec2.SecurityGroupProps>]>([
  ['everything', { allowAllOutbound: true }],
  ['everything over IPv6', { allowAllIpv6Outbound: true }],
  ['what has no rule in the group', { disableInlineRules: true }],
])('an injector that lets out %s fails the synthesis', (_name, injected) => {
  expect(() => render(build(injected))).toThrow(/\[Test\/Group\/Resource\] DB-19b does not hold/);
});
