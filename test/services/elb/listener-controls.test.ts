import * as controls from '../../../src/services/elb/listener-controls';
import { provePredicate } from '../../support/predicate';

const attributes = (values: Record<string, unknown>) => Object.entries(values).map(([Key, Value]) => ({ Key, Value }));
const set = (list: any[], key: string, value: unknown) => { list.find(a => a.Key === key).Value = value; };
const drop = (list: any[], key: string) => { list.splice(list.findIndex(a => a.Key === key), 1); };

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
