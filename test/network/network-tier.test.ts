import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnResource, Stack } from 'aws-cdk-lib/core';
import type { SubnetLists } from '../../src/network/imported-vpc';
import { NetworkTier, NetworkTierOptions } from '../../src/network/network-tier';
import { dataTier } from '../../src/services/ec2/network-acl-rules';
import { VPC_NO_DEFAULT_ROUTE } from '../../src/services/ec2/subnet-controls';
import { claimed, newStack, proveControls, render } from '../support/prove';

const RULES = dataTier({
  publicCidr: '10.0.0.0/18',
  applicationCidr: '10.0.64.0/18',
  dataCidr: '10.0.128.0/18',
  applicationPort: 8443,
  databasePort: 5440,
  publicHttp: false,
  denyCidrs: [],
});

/** A kind of tier that nobody thought of. */
class QuietTier extends NetworkTier {
  constructor(stack: Stack, id: string, options: NetworkTierOptions) {
    super(stack, id, options, { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, controls: [VPC_NO_DEFAULT_ROUTE] });
  }

  public attributes(): SubnetLists { return {}; }

  public attach(): void { return; }
}

const make = (stack: Stack) => new QuietTier(stack, 'Data', {
  vpc: new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' }),
  cidrs: ['10.0.128.0/19', '10.0.160.0/19'],
  availabilityZones: ['zone-a', 'zone-b'],
  rules: RULES,
});

proveControls(stack => { make(stack); });

test('its subnets promise what every tier does, and what its kind does', () => {
  const stack = newStack();
  make(stack);
  expect(claimed(stack, 'AWS::EC2::Subnet')).toEqual(['VPC-03', 'VPC-03b', 'VPC-04', 'VPC-04b', 'VPC-05', 'VPC-19']);
  expect(claimed(stack, 'AWS::EC2::NetworkAcl')).toEqual(['VPC-02', 'VPC-05b', 'VPC-05c']);
});

test('another app finds it by its tags', () => {
  const stack = newStack();
  make(stack);
  expect(render(stack).resourcesOf('AWS::EC2::Subnet')[0].properties.Tags).toEqual([
    { Key: 'aws-cdk:subnet-name', Value: 'Data' }, { Key: 'aws-cdk:subnet-type', Value: 'Private' }, { Key: 'Name', Value: 'Test/Data/Subnet1' },
  ]);
});

test('a rule for remote administration from anywhere fails the synthesis', () => {
  const stack = newStack();
  const tier = make(stack);
  new ec2.CfnNetworkAclEntry(stack, 'Entry', {
    networkAclId: tier.networkAcl.ref, ruleNumber: 1, egress: false, ruleAction: 'allow', protocol: 6, cidrBlock: '0.0.0.0/0', portRange: { from: 1, to: 65535 },
  });
  expect(() => render(stack)).toThrow(/\[Test\/Entry\] VPC-05b of 'Test\/Data\/NetworkAcl' does not hold/);
});

const TABLE = /\[Test\/Data\/NetworkAcl\] VPC-05c does not hold/;
test.each<[string, RegExp, (tier: NetworkTier) => void]>([
  ['an entry that is harmless by itself', /\[Test\/Data\/Entry\] VPC-05c of 'Test\/Data\/NetworkAcl' does not hold/, tier => {
    new ec2.CfnNetworkAclEntry(tier, 'Entry', {
      networkAclId: tier.networkAcl.ref, ruleNumber: 200, egress: false, ruleAction: 'allow', protocol: 6, cidrBlock: '10.0.0.0/18', portRange: { from: 5440, to: 5440 },
    });
  }],
  ['an entry that is changed', TABLE, tier => { (tier.node.findChild('In100') as ec2.CfnNetworkAclEntry).portRange = { from: 5441, to: 5441 }; }],
  ['an entry that is gone', TABLE, tier => { tier.node.tryRemoveChild('Out100'); }],
  ['metadata that are gone', TABLE, tier => { tier.networkAcl.addDeletionOverride('Metadata'); }],
])('%s fails the synthesis', (_name, error, change) => {
  const stack = newStack();
  change(make(stack));
  expect(() => render(stack)).toThrow(error);
});

test('every subnet has one association of each kind', () => {
  const stack = newStack();
  const { associations } = make(stack);
  expect(associations.map((a: CfnResource) => a.cfnResourceType))
    .toEqual([1, 2].flatMap(() => ['AWS::EC2::SubnetRouteTableAssociation', 'AWS::EC2::SubnetNetworkAclAssociation']));
  const template = render(stack);
  expect(template.resourcesOf('AWS::EC2::Subnet').map(s => s.properties.AvailabilityZone)).toEqual(['zone-a', 'zone-b']);
  expect(template.resourcesOf('AWS::EC2::NetworkAclEntry').map(e => e.properties.RuleNumber)).toEqual(RULES.map(r => r.number));
});
