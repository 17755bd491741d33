import * as controls from '../../../src/services/elb/controls';
import { provePredicate } from '../../support/predicate';

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
};

const LISTENER = {
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      Protocol: 'HTTPS',
      Port: 443,
      Certificates: [{ CertificateArn: { Ref: 'Certificate' } }],
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }],
      ListenerAttributes: attributes({
        'routing.http.response.strict_transport_security.header_value': 'max-age=31536000; includeSubDomains',
        'routing.http.response.x_content_type_options.header_value': 'nosniff',
        'routing.http.response.x_frame_options.header_value': 'DENY',
        'routing.http.response.content_security_policy.header_value': "default-src 'self'",
        'routing.http.response.server.enabled': 'false',
      }),
    },
  },
  Rule: {
    Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
    Properties: {
      ListenerArn: { Ref: 'Listener' },
      Actions: [{ Type: 'forward' }],
      Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['app.example.com'] } }],
    },
  },
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

const TARGETS = {
  Targets: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Protocol: 'HTTPS', HealthCheckProtocol: 'HTTPS', HealthCheckEnabled: true } },
};

provePredicate(controls.ALB_HTTPS, LISTENER, {
  'there is no certificate': r => { delete r.Listener.Properties.Certificates; },
  'the list of certificates is empty': r => { r.Listener.Properties.Certificates = []; },
  'the protocol is HTTP': r => { r.Listener.Properties.Protocol = 'HTTP'; },
  'the port is another': r => { r.Listener.Properties.Port = 8443; },
});
provePredicate(controls.ALB_TLS_POLICY, LISTENER, {
  'it is not said': r => { delete r.Listener.Properties.SslPolicy; },
  'it accepts TLS 1.0': r => { r.Listener.Properties.SslPolicy = 'ELBSecurityPolicy-2016-08'; },
  'it accepts CBC': r => { r.Listener.Properties.SslPolicy = 'ELBSecurityPolicy-TLS13-1-2-2021-06'; },
  'it is what the feature flag gives': r => { r.Listener.Properties.SslPolicy = 'ELBSecurityPolicy-TLS13-1-2-PQ-2025-09'; },
});
provePredicate(controls.ALB_REDIRECT, REDIRECT, {
  'there is no action': r => { delete r.Redirect.Properties.DefaultActions; },
  'it forwards': r => { r.Redirect.Properties.DefaultActions = [{ Type: 'forward', TargetGroupArn: 'arn' }]; },
  'it forwards too': r => { r.Redirect.Properties.DefaultActions.push({ Type: 'forward', TargetGroupArn: 'arn' }); },
  'it redirects to HTTP': r => { r.Redirect.Properties.DefaultActions[0].RedirectConfig.Protocol = 'HTTP'; },
  'it redirects elsewhere': r => { r.Redirect.Properties.DefaultActions[0].RedirectConfig.Host = 'evil.example'; },
  'it names the server': r => { delete r.Redirect.Properties.ListenerAttributes; },
  'it is on another port': r => { r.Redirect.Properties.Port = 8080; },
  'it redirects for now': r => { r.Redirect.Properties.DefaultActions[0].RedirectConfig.StatusCode = 'HTTP_302'; },
  'it has a rule': r => { r.Rule = { Type: 'AWS::ElasticLoadBalancingV2::ListenerRule', Properties: { ListenerArn: { Ref: 'Redirect' } } }; },
});
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
provePredicate(controls.ALB_TARGET_HTTPS, TARGETS, {
  'it is HTTP': r => { r.Targets.Properties.Protocol = 'HTTP'; },
  'it is not said': r => { delete r.Targets.Properties.Protocol; },
});
provePredicate(controls.ALB_HEALTH_CHECK_HTTPS, TARGETS, {
  'it is HTTP': r => { r.Targets.Properties.HealthCheckProtocol = 'HTTP'; },
  'it is not said': r => { delete r.Targets.Properties.HealthCheckProtocol; },
  'there is no health check': r => { r.Targets.Properties.HealthCheckEnabled = false; },
});
provePredicate(controls.ALB_HOST_NAMES, LISTENER, {
  'it forwards by default': r => { r.Listener.Properties.DefaultActions = [{ Type: 'forward', TargetGroupArn: 'arn' }]; },
  'the default is a welcome': r => { r.Listener.Properties.DefaultActions[0].FixedResponseConfig.StatusCode = '200'; },
  'there is no default': r => { delete r.Listener.Properties.DefaultActions; },
  'a rule forwards by path only': r => { r.Rule.Properties.Conditions = [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/x'] } }]; },
  'a rule forwards for every host': r => { r.Rule.Properties.Conditions[0].HostHeaderConfig.Values = ['*']; },
  'a rule forwards for every host of two parts': r => { r.Rule.Properties.Conditions[0].HostHeaderConfig.Values = ['app.example.com', '*.*']; },
  'a rule has no conditions': r => { delete r.Rule.Properties.Conditions; },
});
provePredicate(controls.ALB_INTERNAL, BALANCER, {
  'it faces the Internet': r => { r.Alb.Properties.Scheme = 'internet-facing'; },
  'it is not said': r => { delete r.Alb.Properties.Scheme; },
});
provePredicate(controls.ALB_RESPONSE_HEADERS, LISTENER, {
  'HSTS is short': r => set(r.Listener.Properties.ListenerAttributes, 'routing.http.response.strict_transport_security.header_value', 'max-age=3600'),
  'HSTS is gone': r => drop(r.Listener.Properties.ListenerAttributes, 'routing.http.response.strict_transport_security.header_value'),
  'types are sniffed': r => drop(r.Listener.Properties.ListenerAttributes, 'routing.http.response.x_content_type_options.header_value'),
  'frames are open': r => set(r.Listener.Properties.ListenerAttributes, 'routing.http.response.x_frame_options.header_value', 'ALLOWALL'),
  'scripts come from everywhere': r => set(r.Listener.Properties.ListenerAttributes, 'routing.http.response.content_security_policy.header_value', 'default-src *'),
  'the policy says nothing of scripts': r => set(r.Listener.Properties.ListenerAttributes, 'routing.http.response.content_security_policy.header_value', 'img-src x'),
  'there is no policy': r => drop(r.Listener.Properties.ListenerAttributes, 'routing.http.response.content_security_policy.header_value'),
  'the server is named': r => set(r.Listener.Properties.ListenerAttributes, 'routing.http.response.server.enabled', 'true'),
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
