import { RenderedTemplate } from '../../../src/core/template';
import * as r from '../../../src/services/ec2/rendered';

const template = new RenderedTemplate({
  Resources: {
    Subnet: { Type: 'AWS::EC2::Subnet' },
    Acl: { Type: 'AWS::EC2::NetworkAcl' },
    AclOfSubnet: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: { Ref: 'Subnet' }, NetworkAclId: { 'Fn::GetAtt': ['Acl', 'Id'] } } },
    Elsewhere: { Type: 'AWS::EC2::SubnetNetworkAclAssociation', Properties: { SubnetId: 'subnet-1', NetworkAclId: { Ref: 'Acl' } } },
    Table: { Type: 'AWS::EC2::RouteTable' },
    TableOfSubnet: { Type: 'AWS::EC2::SubnetRouteTableAssociation', Properties: { SubnetId: { Ref: 'Subnet' }, RouteTableId: { Ref: 'Table' } } },
    Entry: { Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: { Ref: 'Acl' }, RuleNumber: 1 } },
    Other: { Type: 'AWS::EC2::NetworkAclEntry', Properties: { NetworkAclId: 'acl-1', RuleNumber: 2 } },
    Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupIngress: [{ FromPort: 1 }], SecurityGroupEgress: { FromPort: 2 } } },
    Rule: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, FromPort: 3 } },
  },
});
const resource = (id: string) => template.resource(id)!;

test('what is associated with what', () => {
  expect(r.aclsOf(resource('Subnet'), template)).toEqual([resource('Acl')]);
  expect(r.subnetsOf(resource('Acl'), template)).toEqual([resource('Subnet')]);
  expect(r.routeTablesOf(resource('Subnet'), template)).toEqual([resource('Table')]);
});

test('entries and rules', () => {
  expect(r.entriesOf(resource('Acl'), template).map(e => e.properties.RuleNumber)).toEqual([1]);
  expect(r.rulesOf(resource('Group'), template, 'Ingress').map(e => e.FromPort)).toEqual([1, 3]);
  expect(r.rulesOf(resource('Group'), template, 'Egress').map(e => e.FromPort)).toEqual([2]);
});

test('a seal does not depend on the order, and on all else', () => {
  const [a, b] = [{ RuleNumber: 1, Egress: false }, { RuleNumber: 2, PortRange: { From: { Ref: 'Port' } } }];
  expect(r.sealOf([a, b])).toBe(r.sealOf([b, a]));
  expect(r.sealOf([a])).toBe(r.sealOf([{ RuleNumber: 1 }]));
  expect(new Set([[a], [b], [a, b], [a, a], [{ ...a, Egress: true }], [{ ...b, PortRange: { From: { Ref: 'Other' } } }]].map(r.sealOf)).size).toBe(6);
});

test('a seal is the same in a template, in its worlds, and in a graph', () => {
  const cut = (cidr: any) => [{ CidrBlock: { 'Fn::Select': [0, { 'Fn::Cidr': [cidr, 4, '14'] }] } }];
  const seals = [{ Ref: 'Cidr' }, { 'Fn::Unknown': 'Cidr' }, { Ref: 's0_Cidr' }].map(cidr => r.sealOf(cut(cidr)));
  expect(new Set(seals).size).toBe(1);
  expect(r.sealOf(cut({ 'Fn::GetAtt': ['s12_Vpc', 'CidrBlock'] }))).toBe(r.sealOf(cut({ 'Fn::GetAtt': 'Vpc.CidrBlock' })));
  expect(r.sealOf(cut({ 'Fn::GetAtt': ['Vpc', 'CidrBlock'] }))).not.toBe(r.sealOf(cut({ 'Fn::GetAtt': ['Vpc', 'Ipv6CidrBlocks'] })));
  const map = { 'Fn::FindInMap': ['Map', { Ref: 'AWS::Region' }, 'cidr'] };
  expect(r.sealOf(cut(map))).toBe(r.sealOf(cut({ 'Fn::Unknown': JSON.stringify(map) })));
});

test('what is associated besides', () => {
  expect(r.furtherAssociations(r.NACL_ASSOCIATION, resource('Subnet'), template)).toEqual([]);
  expect(r.subnetsOfTable(resource('Table'), template)).toEqual([resource('Subnet')]);
  const graph = new RenderedTemplate({
    Resources: {
      s1_Second: { Type: r.NACL_ASSOCIATION, Properties: { SubnetId: { Ref: 's0_Subnet' } } },
      s0_Subnet: { Type: 'AWS::EC2::Subnet' },
      s0_First: { Type: r.NACL_ASSOCIATION, Properties: { SubnetId: { Ref: 's0_Subnet' } } },
      s0_Third: { Type: r.NACL_ASSOCIATION, Properties: { SubnetId: { Ref: 's0_Subnet' } } },
    },
  });
  expect(r.furtherAssociations(r.NACL_ASSOCIATION, graph.resource('s0_Subnet')!, graph).map(a => a.logicalId)).toEqual(['s1_Second', 's0_Third']);
});
