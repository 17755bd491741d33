import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/ec2/network-acl-controls';
import { sealOf } from '../../../src/services/ec2/rendered';
import { proveBreaks, provePredicate } from '../../support/predicate';

const ref = (id: string) => ({ Ref: id });

const entry = (properties: any) => ({ Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: ref('Acl'), ...properties } });
const ACL = {
  Acl: { Type: 'AWS::EC2::NetworkAcl', Properties: {} },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'a' } },
  Subnet2: { Type: 'AWS::EC2::Subnet', Properties: { AvailabilityZone: 'b' } },
  Association: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('Subnet'), NetworkAclId: { 'Fn::GetAtt': ['Acl', 'Id'] } } },
  Association2: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: ref('Subnet2'), NetworkAclId: ref('Acl') } },
  In: entry({ RuleNumber: 100, Egress: false, RuleAction: 'allow', Protocol: 6, CidrBlock: '0.0.0.0/0', PortRange: { From: 443, To: 443 } }),
  Deny: entry({ RuleNumber: 10, Egress: false, RuleAction: 'deny', Protocol: -1, CidrBlock: '0.0.0.0/0' }),
  Out: entry({ RuleNumber: 100, Egress: true, RuleAction: 'allow', Protocol: 6, CidrBlock: '0.0.0.0/0', PortRange: { From: 1024, To: 65535 } }),
};

provePredicate(controls.VPC_ZONES, ACL, {
  'both subnets are in one zone': r => { r.Subnet2.Properties.AvailabilityZone = 'a'; },
  'a subnet is gone': r => { delete r.Subnet2; },
  'a subnet is not associated': r => { delete r.Association2; },
  'zones are not said': r => { delete r.Subnet.Properties.AvailabilityZone; },
});
provePredicate(controls.VPC_ACL_RULES, ACL, {
  'it is empty': r => { delete r.In; delete r.Deny; delete r.Out; },
  'nothing is said of one direction': r => { delete r.Out; },
  'it lets in remote administration': r => { r.In.Properties.PortRange = { From: 1024, To: 65535 }; },
  'it lets in SSH by IPv6': r => { Object.assign(r.In.Properties, { CidrBlock: undefined, Ipv6CidrBlock: '::/0', PortRange: { From: 22, To: 22 } }); },
  'it lets everything in': r => { Object.assign(r.In.Properties, { Protocol: -1, CidrBlock: '10.0.0.0/8' }); },
  'it lets everything out': r => { r.Out.Properties.Protocol = -1; },
  'it has more rules than fit': r => { for (let i = 0; i < 18; i++) { r[`More${i}`] = structuredClone(r.In); } },
});

/** The resources, with the seal of these entries in the metadata of the network ACL. */
function sealed<Resources extends Record<string, any>>(resources: Resources): Resources & { readonly Acl: { readonly Metadata: object } } {
  const entries = Object.values(resources).filter(r => r.Type === 'AWS::EC2::NetworkAclEntry').map(r => r.Properties);
  return { ...resources, Acl: { ...resources.Acl, Metadata: { 'cdk-hardened:entries': sealOf(entries) } } };
}

provePredicate(controls.VPC_ACL_TABLE, sealed(ACL), {
  'it is empty': r => { delete r.In; delete r.Deny; delete r.Out; },
  'it lets in a range of services': r => { r.In.Properties.PortRange = { From: 443, To: 8443 }; },
  'it lets in every port': r => { r.In.Properties.PortRange = { From: 0, To: 65535 }; },
  'it lets out every protocol': r => { r.Out.Properties.Protocol = -1; },
  'it lets in another protocol': r => { r.In.Properties.Protocol = 17; },
});


describe('of a table that is sealed', () => {
  provePredicate(controls.VPC_ACL_TABLE, sealed(ACL), {
    'the seal is gone': r => { delete r.Acl.Metadata; },
    'an entry is gone': r => { delete r.In; },
    'an entry is added': r => { r.More = entry({ ...r.In.Properties, RuleNumber: 1 }); },
    'an entry is there twice': r => { r.More = structuredClone(r.In); },
    'an entry is turned round': r => { r.Deny.Properties.RuleAction = 'allow'; },
    'an entry has another number': r => { r.In.Properties.RuleNumber = 1000; },
    'an entry is wider': r => { r.Out.Properties.PortRange.To = 65534; },
    'an entry is for another block': r => { r.In.Properties.CidrBlock = '192.0.2.1/32'; },
    'an entry is for IPv6 too': r => { r.In.Properties.Ipv6CidrBlock = '::/0'; },
    'an entry goes the other way': r => { r.In.Properties.Egress = true; },
    'an entry is for other ICMP': r => { Object.assign(r.Deny.Properties, { RuleAction: 'allow', Protocol: 1, Icmp: { Type: -1, Code: -1 } }); },
  });
});

describe.each<[string, (resources: any) => void]>([
  ['wide, and sealed', r => { r.In.Properties.PortRange = { From: 0, To: 65535 }; }],
  ['for every protocol, and sealed', r => { r.Out.Properties.Protocol = -1; }],
])('a table that is %s', (_name, change) => {
  const wide = structuredClone(ACL);
  change(wide);
  test('is refused', () => {
    const template = new RenderedTemplate({ Resources: sealed(wide) as any });
    expect(controls.VPC_ACL_TABLE.holds(template.resource('Acl')!, template)).toBe(false);
  });
});

describe('a port that is known at deployment', () => {
  const later = structuredClone(ACL) as any;
  later.In.Properties.PortRange = { From: ref('Port'), To: ref('Port') };
  provePredicate(controls.VPC_ACL_TABLE, sealed(later), {
    'is the end of a range': r => { r.In.Properties.PortRange.From = 1; },
    'is another': r => { r.In.Properties.PortRange.To = ref('Other'); },
  });
});

type Change = (r: any) => void;
const more = (properties: any): [Change, ...string[]] => [r => { r.More = entry({ RuleNumber: 1, Egress: false, RuleAction: 'allow', ...properties }); }, 'More'];
const SSH = { Protocol: 6, PortRange: { From: 22, To: 22 } };
proveBreaks(controls.VPC_ACL_RULES, { ...ACL, Acl: { ...ACL.Acl, Properties: { VpcId: ref('Vpc') } }, Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } }, {
  'SSH from the VPC is the next control\'s': r => { r.More = entry({ RuleAction: 'allow', CidrBlock: '10.0.0.0/16', ...SSH }); },
  'what is denied is fine': r => { r.More = entry({ RuleAction: 'deny', CidrBlock: '0.0.0.0/0', Protocol: -1 }); },
}, {
  'everything is let in': more({ Protocol: -1, CidrBlock: '10.0.0.0/16' }),
  'what only the deployment knows is let in': more({ Protocol: { 'Fn::Unknown': 'P' }, CidrBlock: '10.0.0.0/16' }),
  'SSH is let in from everywhere': more({ ...SSH, CidrBlock: '0.0.0.0/0' }),
  'SSH is let in by IPv6': more({ ...SSH, Ipv6CidrBlock: '::/0' }),
  'SSH is let in from half of everywhere': more({ ...SSH, CidrBlock: '128.0.0.0/1' }),
  'SSH is let in from where only the deployment knows': more({ ...SSH, CidrBlock: { 'Fn::Unknown': 'C' } }),
  'every port is let in from everywhere': more({ Protocol: 6, CidrBlock: '0.0.0.0/0' }),
  'a port that only the deployment knows is let in': more({ Protocol: 17, PortRange: { From: ref('Port'), To: ref('Port') }, CidrBlock: '0.0.0.0/0' }),
  'whether it is allowed only the deployment knows': more({ ...SSH, RuleAction: { 'Fn::Unknown': 'A' }, CidrBlock: '0.0.0.0/0' }),
});
proveBreaks(controls.VPC_ACL_TABLE, sealed(ACL), {
  'an entry of another network ACL is nothing': r => { r.More = entry({ ...r.In.Properties, NetworkAclId: ref('Other') }); },
}, { 'an entry is added': more({ ...SSH, CidrBlock: '10.0.0.0/16' }) });

test('an entry of another stack is the one that is named, and the others stay sealed', () => {
  const graph: any = Object.fromEntries(Object.entries(sealed(ACL)).map(([id, r]) => [`s0_${id}`, r]));
  for (const id of ['In', 'Deny', 'Out']) { graph[`s0_${id}`] = { ...graph[`s0_${id}`], Properties: { ...graph[`s0_${id}`].Properties, NetworkAclId: ref('s0_Acl') } }; }
  graph.s1_In = entry({ ...ACL.In.Properties, NetworkAclId: { 'Fn::GetAtt': ['s0_Acl', 'Id'] }, RuleNumber: 1 });
  const template = new RenderedTemplate({ Resources: graph });
  const acl = template.resource('s0_Acl')!;
  expect(controls.VPC_ACL_TABLE.breaks!(acl, template).map(r => r.logicalId)).toEqual(['s1_In']);
  expect(controls.VPC_ACL_TABLE.holds(acl, template)).toBe(true);
});
