import * as controls from '../../../src/services/elb/controls';
import { proveBreaks, provePredicate } from '../../support/predicate';

const attributes = (values: Record<string, unknown>) => Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
const set = (list: any[], key: string, value: unknown) => { list.find(a => a.Key === key).Value = value; };
const drop = (list: any[], key: string) => { list.splice(list.findIndex(a => a.Key === key), 1); };

const BALANCER = {
  Alb: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: {
      Scheme: 'internal',
      Subnets: [{ Ref: 'A' }, { Ref: 'B' }],
      SecurityGroups: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
      LoadBalancerAttributes: attributes({
        'deletion_protection.enabled': 'true',
        'routing.http.drop_invalid_header_fields.enabled': 'true',
        'routing.http.desync_mitigation_mode': 'strictest',
        'routing.http.xff_header_processing.mode': 'append',
        'routing.http.preserve_host_header.enabled': 'false',
        'waf.fail_open.enabled': 'false',
        'access_logs.s3.enabled': 'true',
        'access_logs.s3.bucket': { Ref: 'Logs' },
        'access_logs.s3.prefix': 'elb/x/access',
        'connection_logs.s3.enabled': 'true',
        'connection_logs.s3.bucket': { Ref: 'Logs' },
        'connection_logs.s3.prefix': 'elb/x/connection',
      }),
    },
  },
  Association: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { Ref: 'Alb' }, WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] } } },
  Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Rules: [{ Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'x' } } }] } },
};

const REDIRECT = {
  Redirect: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      Protocol: 'HTTP',
      Port: 80,
      ListenerAttributes: attributes({ 'routing.http.response.server.enabled': 'false' }),
      DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443', Host: '#{host}', StatusCode: 'HTTP_301' } }],
    },
  },
};

const GROUP = {
  Group: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '127.0.0.1/32', Description: 'none' }],
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0', Description: 'clients' }],
    },
  },
  Out: {
    Type: 'AWS::EC2::SecurityGroupEgress',
    Properties: { GroupId: { 'Fn::GetAtt': ['Group', 'GroupId'] }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationSecurityGroupId: 'sg-1', Description: 'targets' },
  },
};

const LISTENERS = {
  Https: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Alb' }, Protocol: 'HTTPS', Port: 443, SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09' },
  },
  Redirect: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: { LoadBalancerArn: { Ref: 'Alb' }, Protocol: 'HTTP', Port: 80, DefaultActions: [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }] },
  },
  Rule: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: { ListenerArn: { Ref: 'Https' }, Actions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }] },
  },
  Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTPS' } },
};

provePredicate(controls.ALB_INVALID_HEADERS, BALANCER, {
  'it is off': r => set(r.Alb.Properties.LoadBalancerAttributes, 'routing.http.drop_invalid_header_fields.enabled', 'false'),
  'it is not said': r => drop(r.Alb.Properties.LoadBalancerAttributes, 'routing.http.drop_invalid_header_fields.enabled'),
});
provePredicate(controls.ALB_DESYNC, BALANCER, {
  'it monitors only': r => set(r.Alb.Properties.LoadBalancerAttributes, 'routing.http.desync_mitigation_mode', 'monitor'),
  'it is not said': r => drop(r.Alb.Properties.LoadBalancerAttributes, 'routing.http.desync_mitigation_mode'),
});
provePredicate(controls.ALB_DELETION_PROTECTION, BALANCER, {
  'it is off': r => set(r.Alb.Properties.LoadBalancerAttributes, 'deletion_protection.enabled', 'false'),
  'it is not said': r => drop(r.Alb.Properties.LoadBalancerAttributes, 'deletion_protection.enabled'),
});
for (const [control, kind] of [[controls.ALB_ACCESS_LOGS, 'access_logs'], [controls.ALB_CONNECTION_LOGS, 'connection_logs']] as const) {
  provePredicate(control, BALANCER, {
    'they are off': r => set(r.Alb.Properties.LoadBalancerAttributes, `${kind}.s3.enabled`, 'false'),
    'there is no bucket': r => drop(r.Alb.Properties.LoadBalancerAttributes, `${kind}.s3.bucket`),
    'there is no prefix': r => drop(r.Alb.Properties.LoadBalancerAttributes, `${kind}.s3.prefix`),
    'the prefix is one that Elastic Load Balancing refuses': r => set(r.Alb.Properties.LoadBalancerAttributes, `${kind}.s3.prefix`, 'x/AWSLogs'),
    'there are no attributes': r => { delete r.Alb.Properties.LoadBalancerAttributes; },
  });
  provePredicate(control, {
    ...BALANCER,
    Logs: { Type: 'AWS::S3::Bucket' },
    LogsPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: 'Logs' },
        PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Action: 's3:PutObject', Resource: '*' }] },
      },
    },
  }, {
    'the bucket does not take them': r => { r.LogsPolicy.Properties.PolicyDocument.Statement = []; },
    'the bucket has no policy': r => { delete r.LogsPolicy; },
  });
}
provePredicate(controls.ALB_FIREWALL, BALANCER, {
  'there is no association': r => { delete r.Association; },
  'the association is of another': r => { r.Association.Properties.ResourceArn = { Ref: 'Other' }; },
  'the association has no web ACL': r => { delete r.Association.Properties.WebACLArn; },
});
provePredicate(controls.ALB_FIREWALL_FAILS_CLOSED, BALANCER, {
  'it fails open': r => set(r.Alb.Properties.LoadBalancerAttributes, 'waf.fail_open.enabled', 'true'),
  'it is not said': r => drop(r.Alb.Properties.LoadBalancerAttributes, 'waf.fail_open.enabled'),
});
provePredicate(controls.ALB_ZONES, BALANCER, {
  'there is one subnet': r => { r.Alb.Properties.Subnets.pop(); },
  'one subnet is there twice': r => { r.Alb.Properties.Subnets = [{ Ref: 'A' }, { Ref: 'A' }]; },
  'there are none': r => { delete r.Alb.Properties.Subnets; },
});
provePredicate(controls.ALB_SECURITY_GROUP, GROUP, {
  'no egress is said, so that all is open': r => { delete r.Group.Properties.SecurityGroupEgress; },
  'egress is open': r => { r.Group.Properties.SecurityGroupEgress[0].CidrIp = '0.0.0.0/0'; },
  'egress of a rule beside it is open': r => { r.Out.Properties.CidrIpv6 = '::/0'; },
  'egress is for all protocols': r => { r.Out.Properties.IpProtocol = '-1'; },
  'a rule is not described': r => { delete r.Out.Properties.Description; },
  'another port is open': r => { r.Group.Properties.SecurityGroupIngress[0].FromPort = 22; },
  'a range of ports is open': r => { r.Group.Properties.SecurityGroupIngress[0].ToPort = 8443; },
  'port 80 is open without a redirection': r => { Object.assign(r.Group.Properties.SecurityGroupIngress[0], { FromPort: 80, ToPort: 80 }); },
  'all protocols are let in': r => { r.Group.Properties.SecurityGroupIngress[0].IpProtocol = '-1'; },
  'an ingress is not described': r => { delete r.Group.Properties.SecurityGroupIngress[0].Description; },
});
provePredicate(controls.ALB_SECURITY_GROUP, { ...GROUP, In: { Type: 'AWS::EC2::SecurityGroupIngress', Properties: { GroupId: { Ref: 'Group' }, IpProtocol: 'tcp', FromPort: 80, ToPort: 80, Description: 'redirected' } }, ...REDIRECT }, {
  'the redirection is gone': r => { delete r.Redirect; },
});
provePredicate(controls.ALB_INTERNAL, BALANCER, {
  'it faces the Internet': r => { r.Alb.Properties.Scheme = 'internet-facing'; },
  'it is not said': r => { delete r.Alb.Properties.Scheme; },
});
provePredicate(controls.ALB_FORWARDED_FOR, BALANCER, {
  'the header is preserved': r => set(r.Alb.Properties.LoadBalancerAttributes, 'routing.http.xff_header_processing.mode', 'preserve'),
  'it is not said': r => drop(r.Alb.Properties.LoadBalancerAttributes, 'routing.http.xff_header_processing.mode'),
  'the Host header is not said': r => drop(r.Alb.Properties.LoadBalancerAttributes, 'routing.http.preserve_host_header.enabled'),
});
provePredicate(controls.ALB_OWN_GROUP, BALANCER, {
  'it has none': r => { delete r.Alb.Properties.SecurityGroups; },
  "it has the VPC's": r => { r.Alb.Properties.SecurityGroups = [{ 'Fn::GetAtt': ['Vpc', 'DefaultSecurityGroup'] }]; },
});
provePredicate(controls.ALB_KNOWN_GROUPS, { ...BALANCER, ...GROUP }, {
  'it has none': r => { delete r.Alb.Properties.SecurityGroups; },
  'a second one nobody knows': r => { r.Alb.Properties.SecurityGroups.push('sg-1'); },
  'a second one is open': r => {
    r.Open = structuredClone(r.Group);
    Object.assign(r.Open.Properties.SecurityGroupIngress[0], { FromPort: 8080, ToPort: 8080 });
    r.Alb.Properties.SecurityGroups.push({ Ref: 'Open' });
  },
});
const way = (direction: string, properties: any): [(r: any) => void, string] => [r => {
  r.More = { Type: `AWS::EC2::SecurityGroup${direction}`, Properties: { GroupId: { Ref: 'Group' }, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'more', ...properties } };
}, 'More'];
proveBreaks(controls.ALB_SECURITY_GROUP, GROUP, {
  'HTTPS from a part of the Internet is fine': way('Ingress', { CidrIp: '203.0.113.0/24' })[0],
  'HTTPS from a prefix list is fine': way('Ingress', { SourcePrefixListId: 'pl-1' })[0],
  'another target is fine': way('Egress', { DestinationSecurityGroupId: 'sg-2' })[0],
}, {
  'another port from anywhere': way('Ingress', { CidrIp: '0.0.0.0/0', FromPort: 8080, ToPort: 8080 }),
  'out to everywhere': way('Egress', { CidrIp: '0.0.0.0/0' }),
  'out to half of everywhere': way('Egress', { CidrIp: '0.0.0.0/1' }),
  'out to where only the deployment knows': way('Egress', { CidrIp: { 'Fn::Unknown': 'C' } }),
  'out to a prefix list': way('Egress', { DestinationPrefixListId: 'pl-1' }),
});
provePredicate(controls.ALB_NO_PLAIN_TEXT, { ...BALANCER, ...LISTENERS }, {
  'there is no listener': r => { delete r.Https; delete r.Redirect; },
  'a listener speaks HTTP': r => { r.Https.Properties.Protocol = 'HTTP'; },
  'a listener accepts TLS 1.0': r => { r.Https.Properties.SslPolicy = 'ELBSecurityPolicy-2016-08'; },
  'a listener leaves the TLS policy to AWS': r => { delete r.Https.Properties.SslPolicy; },
  'one on port 80 forwards': r => { r.Redirect.Properties.DefaultActions = [{ Type: 'forward', TargetGroupArn: { Ref: 'Targets' } }]; },
  'one on port 80 has a rule': r => { r.Rule.Properties.ListenerArn = { Ref: 'Redirect' }; },
  'one redirects to HTTP': r => { r.Redirect.Properties.DefaultActions[0].RedirectConfig.Protocol = 'HTTP'; },
  'a rule forwards to HTTP': r => { r.Targets.Properties.Protocol = 'HTTP'; },
  'a rule forwards to HTTP, among others': r => {
    r.Plain = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTP' } };
    r.Rule.Properties.Actions = [{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Targets' } }, { TargetGroupArn: { Ref: 'Plain' } }] } }];
  },
  'the default forwards to HTTP': r => {
    r.Plain = { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTP' } };
    r.Https.Properties.DefaultActions = [{ Type: 'forward', TargetGroupArn: { Ref: 'Plain' } }];
  },
});
