import { CLUSTER } from './fixtures';
import * as controls from '../../../src/services/rds/network-controls';
import { provePredicate } from '../../support/predicate';

provePredicate(controls.DB_SUBNETS, CLUSTER, {
  'no subnet group is named': r => { delete r.Db.Properties.DBSubnetGroupName; },
  'the group is the default one': r => { r.Db.Properties.DBSubnetGroupName = 'default'; },
  'there is one subnet': r => { r.Subnets.Properties.SubnetIds.pop(); },
});
provePredicate(controls.DB_NO_DATA_API, CLUSTER, {
  'it is on': r => { r.Db.Properties.EnableHttpEndpoint = true; },
  'it is not said': r => { delete r.Db.Properties.EnableHttpEndpoint; },
});

const INGRESS = { IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440, SourceSecurityGroupId: { 'Fn::GetAtt': ['App', 'GroupId'] } };
const GROUP = {
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 }], SecurityGroupIngress: [INGRESS] },
  },
  Ingress: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { ...INGRESS, GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] } } },
  ...CLUSTER,
};
provePredicate(controls.DB_INGRESS, GROUP, {
  'addresses are let in': r => { r.Group.Properties.SecurityGroupIngress = [{ IpProtocol: 'tcp', FromPort: 5440, ToPort: 5440, CidrIp: '10.0.0.0/8' }]; },
  'addresses are let in by a rule apart': r => { delete r.Ingress.Properties.SourceSecurityGroupId; r.Ingress.Properties.CidrIpv6 = '::/0'; },
  'another port is open': r => { r.Group.Properties.SecurityGroupIngress[0].FromPort = r.Group.Properties.SecurityGroupIngress[0].ToPort = 22; },
  'a port that the deployment knows is open, but not the one of the cluster': r => {
    r.Db.Properties.Port = { Ref: 'DatabasePort' };
    r.Group.Properties.SecurityGroupIngress[0].FromPort = r.Group.Properties.SecurityGroupIngress[0].ToPort = { Ref: 'OtherPort' };
    delete r.Ingress;
  },
  'a range of ports is open': r => { r.Ingress.Properties.ToPort = 6000; },
  'every protocol is let in': r => { r.Ingress.Properties.IpProtocol = '-1'; },
  'no cluster is behind the group': r => { r.Db.Properties.VpcSecurityGroupIds = []; },
});
provePredicate(controls.DB_NO_EGRESS, GROUP, {
  'no rule is said, which allows everything': r => { delete r.Group.Properties.SecurityGroupEgress; },
  'everything is allowed': r => { r.Group.Properties.SecurityGroupEgress = [{ CidrIp: '0.0.0.0/0', IpProtocol: '-1' }]; },
  'one thing more is allowed': r => { r.Group.Properties.SecurityGroupEgress.push({ CidrIp: '10.0.0.0/8', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }); },
  'a rule apart allows something': r => { r.Out = { Type: 'AWS::EC2::SecurityGroupEgress', Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, CidrIp: '10.0.0.0/8' } }; },
});
