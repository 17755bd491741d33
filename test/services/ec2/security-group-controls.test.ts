import * as controls from '../../../src/services/ec2/security-group-controls';
import { provePredicate } from '../../support/predicate';

const rule = (properties: any) => ({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'why', ...properties });
const GROUP = {
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'load balancer',
      SecurityGroupIngress: [rule({ CidrIp: '0.0.0.0/0' }), rule({ CidrIp: '0.0.0.0/0', FromPort: 80, ToPort: 80 }), rule({ CidrIp: '10.0.0.0/8', FromPort: 22, ToPort: 22 })],
      SecurityGroupEgress: [rule({ CidrIp: '10.0.0.0/8' })],
    },
  },
  Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: rule({ GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIp: '192.0.2.0/24', FromPort: 22, ToPort: 22 }) },
  Egress: { Type: 'AWS::EC2::SecurityGroupEgress', Properties: rule({ GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIp: '192.0.2.0/24' }) },
};

provePredicate(controls.SG_NOT_PUBLIC, GROUP, {
  'another port is public': r => { Object.assign(r.Group.Properties.SecurityGroupIngress[0], { FromPort: 8080, ToPort: 8080 }); },
  'a range is public': r => { r.Group.Properties.SecurityGroupIngress[0].ToPort = 65535; },
  'another protocol is public': r => { r.Group.Properties.SecurityGroupIngress[0].IpProtocol = 'udp'; },
  'everything is public by IPv6': r => { r.Group.Properties.SecurityGroupIngress.push(rule({ IpProtocol: '-1', CidrIpv6: '::/0' })); },
  'a rule on its own is public': r => { r.Ingress.Properties.CidrIp = '0.0.0.0/0'; },
});
provePredicate(controls.SG_DESCRIBED, GROUP, {
  'the group has no description': r => { delete r.Group.Properties.GroupDescription; },
  'an ingress rule has none': r => { delete r.Group.Properties.SecurityGroupIngress[1].Description; },
  'an egress rule has none': r => { r.Group.Properties.SecurityGroupEgress[0].Description = ''; },
  'a rule on its own has none': r => { delete r.Egress.Properties.Description; },
});
provePredicate(controls.SG_EGRESS, GROUP, {
  'nothing is said, so that everything is allowed': r => { delete r.Group.Properties.SecurityGroupEgress; delete r.Egress; },
  'everything is allowed': r => { r.Group.Properties.SecurityGroupEgress.push(rule({ IpProtocol: '-1', CidrIp: '0.0.0.0/0' })); },
  'HTTPS to everywhere is allowed': r => { r.Group.Properties.SecurityGroupEgress[0].CidrIp = '0.0.0.0/0'; },
  'a rule on its own allows everything by IPv6': r => { Object.assign(r.Egress.Properties, { CidrIp: undefined, CidrIpv6: '::/0' }); },
});

const NARROW = {
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }] } },
  Ingress: { ...GROUP.Ingress, Properties: { ...GROUP.Ingress.Properties, CidrIp: '10.0.0.0/16' } },
  Egress: GROUP.Egress,
};
provePredicate(controls.SG_NARROW, NARROW, {
  'nothing is said of egress': r => { delete r.Group.Properties.SecurityGroupEgress; delete r.Egress; },
  'it lets in a range': r => { r.Ingress.Properties.ToPort = 65535; },
  'it lets in every protocol': r => { r.Ingress.Properties.IpProtocol = '-1'; delete r.Ingress.Properties.FromPort; delete r.Ingress.Properties.ToPort; },
  'it lets in everybody': r => { r.Ingress.Properties.CidrIp = '0.0.0.0/0'; },
  'it lets in everybody by IPv6': r => { r.Ingress.Properties.CidrIpv6 = '::/0'; },
  'it lets out a range': r => { r.Egress.Properties.FromPort = 1; },
  'TCP has no port': r => { delete r.Egress.Properties.FromPort; delete r.Egress.Properties.ToPort; },
});
