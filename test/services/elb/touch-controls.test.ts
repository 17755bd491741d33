import * as controls from '../../../src/services/elb/controls';
import * as listener from '../../../src/services/elb/listener-controls';
import * as touch from '../../../src/services/elb/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate } from '../../support/predicate';

const ELB = 'AWS::ElasticLoadBalancingV2';
const POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';
const certificate = (account: string) => `arn:aws:acm:eu-west-1:${account}:certificate/1`;
const REFUSES = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '403' } }];
const host = (...Values: unknown[]) => [{ Field: 'host-header', HostHeaderConfig: { Values } }];
const to = (name: string) => [{ Type: 'forward', TargetGroupArn: { Ref: name } }];
const rule = (Actions: unknown, Conditions: unknown = host('shop.example.com'), ListenerArn: unknown = { Ref: 'Https' }) =>
  ({ Type: `${ELB}::ListenerRule`, Properties: { ListenerArn, Priority: 5, Conditions, Actions } });
const group = (properties: object = {}) => ({ Type: `${ELB}::TargetGroup`, Properties: { Protocol: 'HTTPS', ...properties } });
const listens = (properties: object) => ({ Type: `${ELB}::Listener`, Properties: { LoadBalancerArn: { Ref: 'Alb' }, ...properties } });
const HTTPS = listens({ Protocol: 'HTTPS', Port: 443, SslPolicy: POLICY, Certificates: [{ CertificateArn: certificate(OWN) }], DefaultActions: REFUSES });
const REDIRECTS = [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } }];
const REDIRECT = listens({ Protocol: 'HTTP', Port: 80, DefaultActions: REDIRECTS });
const association = (ResourceArn: unknown, WebACLArn: unknown, Type = 'AWS::WAFv2::WebACLAssociation') => ({ Type, Properties: { ResourceArn, WebACLArn } });
const acl = (...Rules: unknown[]) => ({ Type: 'AWS::WAFv2::WebACL', Properties: { Rules } });
const ALB = { Type: `${ELB}::LoadBalancer`, Properties: { Scheme: 'internal' } };
const PARTS = {
  Https: HTTPS,
  Redirect: REDIRECT,
  Rule: rule(to('Targets')),
  Targets: group(),
  AlbFirewall: association({ Ref: 'Alb' }, { 'Fn::GetAtt': ['Acl', 'Arn'] }),
  Acl: acl({ Statement: { ManagedRuleGroupStatement: { Name: 'x' } } }),
};
const BALANCER = { Alb: ALB, ...PARTS };
const { Https, ...REST } = PARTS;
const OF_HTTPS = { Https, Alb: ALB, ...REST };
const { Redirect, ...BESIDE } = BALANCER;
const OF_REDIRECT = { Redirect, ...BESIDE };

proveBreaks(controls.ALB_NO_PLAIN_TEXT, BALANCER, {
  'a further listener by HTTPS': r => { r.Other = listens({ ...HTTPS.Properties, Port: 8443 }); },
  'a rule that forwards to a function': r => { r.Function = group({ Protocol: undefined, TargetType: 'lambda' }); r.More = rule(to('Function')); },
  'a rule that redirects from port 80': r => { r.More = rule(REDIRECTS, host('shop.example.com'), { Ref: 'Redirect' }); },
  'a target group by HTTPS for the other half': r => {
    r.Green = group();
    r.Rule.Properties.Actions = [{ Type: 'forward', ForwardConfig: { TargetGroups: ['Targets', 'Green'].map(Ref => ({ TargetGroupArn: { Ref }, Weight: 1 })) } }];
  },
}, {
  'a listener without TLS forwards': [r => { r.Plain = listens({ Protocol: 'HTTP', Port: 8080, DefaultActions: to('Targets') }); }, 'Plain'],
  'nobody knows whether a listener speaks TLS': [r => { r.Plain = listens({ Protocol: { 'Fn::Unknown': 'P' }, Port: 8080, DefaultActions: to('Targets') }); }, 'Plain'],
  'a listener has an old policy': [r => { r.Old = listens({ ...HTTPS.Properties, Port: 8443, SslPolicy: 'ELBSecurityPolicy-2016-08' }); }, 'Old'],
  'the policy is replaced': [r => { r.Https.Properties.SslPolicy = 'ELBSecurityPolicy-TLS-1-0-2015-04'; }, 'Https'],
  'a rule of port 80 forwards': [r => { r.More = rule(to('Targets'), host('x.example.com'), { Ref: 'Redirect' }); }, 'More'],
  'a rule forwards in plain text': [r => { r.Plain = group({ Protocol: 'HTTP' }); r.More = rule(to('Plain')); }, 'More'],
  'a part of a rule is in plain text': [r => {
    r.Plain = group({ Protocol: 'HTTP' });
    r.Rule.Properties.Actions = [{ Type: 'forward', ForwardConfig: { TargetGroups: ['Targets', 'Plain'].map(Ref => ({ TargetGroupArn: { Ref }, Weight: 1 })) } }];
  }, 'Rule'],
  'something of its service that nobody here knows': [r => { r.New = { Type: `${ELB}::Detour`, Properties: { LoadBalancerArn: { Ref: 'Alb' } } }; }, 'New'],
});
proveBreaks(controls.ALB_FIREWALL, BALANCER, {
  'the firewall protects something else': r => { r.Other = association({ Ref: 'Api' }, { 'Fn::GetAtt': ['Acl', 'Arn'] }); },
}, {
  'another one takes its place': [r => { r.Other = association({ Ref: 'Alb' }, `arn:aws:wafv2:eu-west-1:${OWN}:regional/webacl/other/1`); }, 'Other'],
  'another one stands before it in the template': [r => {
    const { AlbFirewall, ...others } = r;
    Object.keys(r).forEach(id => delete r[id]);
    Object.assign(r, others, { Other: association({ Ref: 'Alb' }, { Ref: 'Acl' }), AlbFirewall });
  }, 'Other'],
  'one of WAF classic': [r => { r.Classic = association({ Ref: 'Alb' }, 'x', 'AWS::WAFRegional::WebACLAssociation'); }, 'Classic'],
});
provePredicate(controls.ALB_FIREWALL, BALANCER, {
  'the web ACL is one that nobody here knows': r => { r.AlbFirewall.Properties.WebACLArn = `arn:aws:wafv2:eu-west-1:${OWN}:regional/webacl/other/1`; },
  'the web ACL is said at deployment': r => { r.AlbFirewall.Properties.WebACLArn = { 'Fn::Unknown': 'Acl' }; },
  'the web ACL has no rules': r => { r.Empty = acl(); r.AlbFirewall.Properties.WebACLArn = { 'Fn::GetAtt': ['Empty', 'Arn'] }; },
});
proveBreaks(listener.ALB_REDIRECT, OF_REDIRECT, {
  'a rule that redirects to HTTPS': r => { r.More = rule(REDIRECTS, host('x.example.com'), { Ref: 'Redirect' }); },
}, {
  'a rule forwards': [r => { r.More = rule(to('Targets'), host('x.example.com'), { Ref: 'Redirect' }); }, 'More'],
  'a rule answers': [r => { r.More = rule(REFUSES, host('x.example.com'), { Ref: 'Redirect' }); }, 'More'],
});
proveBreaks(listener.ALB_HOST_NAMES, OF_HTTPS, {
  'a rule for another path of the host': r => { r.More = rule(to('Targets'), [...host('shop.example.com'), { Field: 'path-pattern' }]); },
  'a rule for the hosts of a domain': r => { r.More = rule(to('Targets'), host('*.shop.example.com')); },
  'a rule that refuses, for every host': r => { r.More = rule(REFUSES, [{ Field: 'path-pattern' }]); },
  'a name that the load balancer was told is known at deployment': r => {
    r.Https.Metadata = { 'cdk-hardened:admits': ['host names that are known at deployment only'] };
    r.More = rule(to('Targets'), host({ 'Fn::Unknown': 'Host' }));
  },
}, {
  'a rule has *': [r => { r.More = rule(to('Targets'), host('shop.example.com', '*')); }, 'More'],
  'a rule has *.com': [r => { r.More = rule(to('Targets'), host('*.com')); }, 'More'],
  'a rule has ?* in the place of the domain': [r => { r.More = rule(to('Targets'), host('shop.?*')); }, 'More'],
  'a rule has regular expressions': [r => {
    r.More = rule(to('Targets'), [{ Field: 'host-header', HostHeaderConfig: { Values: ['shop.example.com'], RegexValues: ['.*'] } }]);
  }, 'More'],
  'a rule is for a path only': [r => { r.More = rule(to('Targets'), [{ Field: 'path-pattern' }]); }, 'More'],
  'a rule is for what the deployment says': [r => { r.More = rule(to('Targets'), host({ 'Fn::Unknown': 'Host' })); }, 'More'],
  'what a rule does is said at deployment': [r => { r.More = rule([{ 'Fn::Unknown': 'Action' }], [{ Field: 'path-pattern' }]); }, 'More'],
});
const certificates = (CertificateArn: unknown) => ({ Type: `${ELB}::ListenerCertificate`, Properties: { ListenerArn: { Ref: 'Https' }, Certificates: [{ CertificateArn }] } });
const own = (properties: object) => ({ Type: 'AWS::CertificateManager::Certificate', Properties: { DomainName: 'shop2.example.com', ...properties } });
proveBreaks(touch.ALB_CERTIFICATES, OF_HTTPS, {
  'a certificate of the account': r => { r.More = certificates(certificate(OWN)); },
  'a certificate of the app': r => { r.Own = own({ KeyAlgorithm: 'RSA_2048' }); r.More = certificates({ Ref: 'Own' }); },
  'a certificate that a parameter names': r => { r.More = certificates({ 'Fn::Unknown': 'Certificate' }); },
}, {
  'a certificate of another account': [r => { r.More = certificates(certificate(FOREIGN)); }, 'More'],
  'a certificate whose key was uploaded to IAM': [r => { r.More = certificates(`arn:aws:iam::${OWN}:server-certificate/shop`); }, 'More'],
  'a certificate for every host': [r => { r.Own = own({ DomainName: '*.example.com' }); r.More = certificates({ Ref: 'Own' }); }, 'More'],
  'a certificate with a further wildcard': [r => { r.Own = own({ SubjectAlternativeNames: ['*.example.org'] }); r.More = certificates({ Ref: 'Own' }); }, 'More'],
  'a certificate whose key leaves ACM': [r => { r.Own = own({ CertificateExport: 'ENABLED' }); r.More = certificates({ Ref: 'Own' }); }, 'More'],
  'a certificate that no log shows': [r => { r.Own = own({ CertificateTransparencyLoggingPreference: 'DISABLED' }); r.More = certificates({ Ref: 'Own' }); }, 'More'],
  'a certificate with a short key': [r => { r.Own = own({ KeyAlgorithm: 'RSA_1024' }); r.More = certificates({ Ref: 'Own' }); }, 'More'],
});
const login = (changes: object = {}) => [{
  Type: 'authenticate-oidc',
  AuthenticateOidcConfig: { Issuer: 'https://login.example.com', ClientSecret: '{{resolve:secretsmanager:x}}', OnUnauthenticatedRequest: 'authenticate', ...changes },
}, ...to('Targets')];
proveBreaks(touch.ALB_SAFE_RULES, OF_HTTPS, {
  'a login': r => { r.More = rule(login()); },
  'a login by Cognito, or a refusal': r => { r.More = rule([{ Type: 'authenticate-cognito', AuthenticateCognitoConfig: { OnUnauthenticatedRequest: 'deny' } }, ...to('Targets')]); },
  'a redirection by the same protocol': r => { r.More = rule([{ Type: 'redirect', RedirectConfig: { Protocol: '#{protocol}', Path: '/new' } }]); },
}, {
  'a rule redirects to HTTP': [r => { r.More = rule([{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTP' } }]); }, 'More'],
  'who does not log in passes': [r => { r.More = rule(login({ OnUnauthenticatedRequest: 'allow' })); }, 'More'],
  'who does not log in by Cognito passes': [r => { r.More = rule([{ Type: 'authenticate-cognito', AuthenticateCognitoConfig: { OnUnauthenticatedRequest: 'allow' } }, ...to('Targets')]); }, 'More'],
  'the client secret is written out': [r => { r.More = rule(login({ ClientSecret: 'secret' })); }, 'More'],
  'tokens come in plain text': [r => { r.More = rule(login({ TokenEndpoint: 'http://login.example.com' })); }, 'More'],
});
provePredicate(touch.ALB_SAFE_RULES, OF_HTTPS, {
  'the default redirects to HTTP': r => { r.Https.Properties.DefaultActions = [{ Type: 'redirect', RedirectConfig: { Protocol: 'HTTP' } }]; },
});
const mutual = (changes: object) => (r: any) => { r.Https.Properties.MutualAuthentication = { Mode: 'verify', TrustStoreArn: { Ref: 'Store' }, ...changes }; };
const VERIFIED = structuredClone(OF_HTTPS);
mutual({})(VERIFIED);
provePredicate(touch.ALB_CLIENT_CERTIFICATES, VERIFIED, {
  'they are passed on': mutual({ Mode: 'passthrough' }),
  'they may have expired': mutual({ IgnoreClientCertificateExpiry: true }),
  'there is no trust store': mutual({ TrustStoreArn: undefined }),
  'the mode is said at deployment': mutual({ Mode: { 'Fn::Unknown': 'Mode' } }),
});
provePredicate(touch.ALB_CLIENT_CERTIFICATES, OF_HTTPS, { 'they are passed on': mutual({ Mode: 'passthrough' }) });
proveBreaks(touch.ALB_FURTHER_LISTENERS, BALANCER, {
  'a listener of named hosts': r => { r.Test = listens({ ...HTTPS.Properties, Port: 8443 }); r.More = rule(to('Targets'), host('shop.example.com'), { Ref: 'Test' }); },
}, {
  'its default forwards': [r => { r.Test = listens({ ...HTTPS.Properties, Port: 8443, DefaultActions: to('Targets') }); }, 'Test'],
  'a rule of it is for every host': [r => { r.Test = listens({ ...HTTPS.Properties, Port: 8443 }); r.More = rule(to('Targets'), host('*'), { Ref: 'Test' }); }, 'More'],
});
proveBreaks(touch.ALB_KNOWN_TARGETS, OF_HTTPS, {
  'a second group of the app': r => { r.Second = group(); r.More = rule(to('Second')); },
  'a login before it': r => { r.More = rule(login()); },
}, {
  'a group of somebody': [r => { r.More = rule([{ Type: 'forward', TargetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:${OWN}:targetgroup/x/1` }]); }, 'More'],
  'one of two': [r => { r.More = rule([{ Type: 'forward', ForwardConfig: { TargetGroups: [{ TargetGroupArn: { Ref: 'Targets' } }, { TargetGroupArn: { 'Fn::ImportValue': 'x' } }] } }]); }, 'More'],
});
provePredicate(touch.ALB_KNOWN_TARGETS, OF_HTTPS, {
  'the default forwards to somebody': r => { r.Https.Properties.DefaultActions = [{ Type: 'forward', TargetGroupArn: { 'Fn::ImportValue': 'x' } }]; },
});
const target = (changes: object) => group({ Targets: [{ Id: '10.0.0.7', Port: 443, ...changes }] });
provePredicate(touch.ALB_TARGETS_INSIDE, { Targets: target({}) }, {
  'one is outside': r => { r.Targets = target({ AvailabilityZone: 'all' }); },
  'nobody knows where it is': r => { r.Targets = target({ AvailabilityZone: { 'Fn::Unknown': 'Zone' } }); },
  'nobody knows what it is': r => { r.Targets = target({ Id: undefined }); },
});
proveBreaks(touch.ALB_NOT_PUBLISHED, BALANCER, {
  'an alarm': r => { r.Alarm = { Type: 'AWS::CloudWatch::Alarm', Properties: { Dimensions: [{ Value: { 'Fn::GetAtt': ['Alb', 'LoadBalancerFullName'] } }] } }; },
}, {
  'an accelerator': [r => { r.Fast = { Type: 'AWS::GlobalAccelerator::EndpointGroup', Properties: { EndpointConfigurations: [{ EndpointId: { Ref: 'Alb' } }] } }; }, 'Fast'],
  'a network load balancer': [r => { r.Front = group({ Protocol: 'TCP', TargetType: 'alb', Targets: [{ Id: { Ref: 'Alb' } }] }); }, 'Front'],
  'a service network': [r => { r.Lattice = { Type: 'AWS::VpcLattice::TargetGroup', Properties: { Targets: [{ Id: { Ref: 'Alb' } }] } }; }, 'Lattice'],
});
