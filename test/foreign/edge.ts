// Load balancers, listeners, web firewalls and certificates.
import { ACCOUNT, cases, cdkNag, checkov, Fixture, guard, kics, of, one, ref, trivy } from './support';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const balancer = (properties: Fixture = {}, others: Fixture = {}) => one(BALANCER, properties, others);
const attributes = (all: Fixture) => balancer({ LoadBalancerAttributes: Object.entries(all).map(([Key, Value]) => ({ Key, Value })) });
const DROPS = 'routing.http.drop_invalid_header_fields.enabled';
const KEEPS = 'deletion_protection.enabled';
const listener = (properties: Fixture) => one(LISTENER, { LoadBalancerArn: ref('Balancer'), ...properties }, { Balancer: of(BALANCER) });
const listened = (properties: Fixture) => balancer({}, { Listener: of(LISTENER, { LoadBalancerArn: ref('Judged'), ...properties }) });
const certified = (CertificateArn: unknown) => ({ Certificates: [{ CertificateArn }] });
const OWN = `arn:aws:acm:eu-west-1:${ACCOUNT}:certificate/12345678-1234-1234-1234-123456789012`;
const OF_IAM = `arn:aws:iam::${ACCOUNT}:server-certificate/shop`;
const redirects = (more: Fixture = {}) => [{
  Type: 'redirect',
  RedirectConfig: {
    Protocol: 'HTTPS',
    Port: '443',
    Host: '#{host}',
    Path: '/#{path}',
    Query: '#{query}',
    StatusCode: 'HTTP_301',
    ...more,
  },
}];
const FORWARDS = [{ Type: 'forward', TargetGroupArn: 'target-group' }];
const ACL = 'AWS::WAFv2::WebACL';
const SHOWN = { VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'shop' } };
const EMPTY = { Scope: 'REGIONAL', DefaultAction: { Allow: {} }, ...SHOWN };
const associated = (id: string) => ({
  Link: of('AWS::WAFv2::WebACLAssociation', { ResourceArn: ref(id), WebACLArn: { 'Fn::GetAtt': ['Firewall', 'Arn'] } }),
  Firewall: of(ACL, EMPTY),
});
const inSubnet = (others: Fixture = {}) => one('AWS::EC2::Subnet', { VpcId: ref('Net'), CidrBlock: '10.0.0.0/24' }, { Net: of('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' }), Balancer: of(BALANCER, { Subnets: [ref('Judged')] }), ...others });
const managed = (Name: string, more: Fixture = {}, override: Fixture = { None: {} }) => one(ACL, {
  ...EMPTY,
  Rules: [
    { Name: 'one', Priority: 1, OverrideAction: override, ...SHOWN, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name, ...more } } },
  ],
});
const BAD_INPUTS = 'AWSManagedRulesKnownBadInputsRuleSet';

export const ELB = [
  ...cases(guard('elastic_load_balancing_v2/tests/alb_http_drop_invalid_header_enabled_tests.yml', 'ALB_HTTP_DROP_INVALID_HEADER_ENABLED'), 'ALB-04', {
    pass: { dropped: attributes({ [DROPS]: 'true' }) },
    fail: { 'kept': attributes({ [DROPS]: 'false' }), 'no attribute': balancer(), 'another attribute': attributes({ 'access_logs.s3.enabled': 'true' }) },
  }),
  ...cases(checkov('test_ALBDropHttpHeaders.py', 'CKV_AWS_131'), 'ALB-04', {
    pass: { dropped: attributes({ [DROPS]: true }) }, fail: { kept: attributes({ [DROPS]: false }) },
  }),
  ...cases(trivy('elb/drop_invalid_headers.yaml', 'AWS-0052'), 'ALB-04', {
    pass: { 'dropped': attributes({ [DROPS]: true }), 'of another kind': balancer({ Type: 'gateway' }) },
    fail: { kept: attributes({ [DROPS]: false }) },
  }),
  ...cases(guard('elastic_load_balancing_v2/tests/elb_deletion_protection_enabled_tests.yml', 'ELB_DELETION_PROTECTION_ENABLED'), 'ALB-06', {
    pass: { protected: attributes({ [KEEPS]: 'true' }) },
    fail: { 'not protected': attributes({ [KEEPS]: 'false' }), 'no attribute': balancer(), 'an empty list': balancer({ LoadBalancerAttributes: [] }) },
  }),
  ...cases(guard('elastic_load_balancing_v2/tests/elbv2_access_logging_rule_tests.yml', 'ELBV2_ACCESS_LOGGING_RULE'), 'ALB-07', {
    pass: { 'on, to no bucket': attributes({ 'access_logs.s3.enabled': 'true' }) },
    fail: {
      'a bucket, and off': attributes({ 'access_logs.s3.bucket': 'logs', 'access_logs.s3.enabled': 'false' }),
      'a bucket': attributes({ 'access_logs.s3.bucket': 'logs' }),
      'no attribute': balancer(),
    },
  }),
  ...cases(checkov('test_ELBv2AccessLogs.py', 'CKV_AWS_91'), 'ALB-07', {
    pass: { 'on, to a bucket, without a prefix': attributes({ 'access_logs.s3.enabled': 'true', 'access_logs.s3.bucket': 'logs' }) },
    fail: { off: attributes({ 'access_logs.s3.enabled': 'false' }) },
  }),
  ...cases(trivy('elb/alb_not_public.yaml', 'AWS-0053'), 'ALB-15', {
    pass: { internal: balancer({ Scheme: 'internal' }) }, fail: { 'nothing is said': balancer() },
  }),
  ...cases(cdkNag('ELB.test.ts', 'ALBWAFEnabled'), 'ALB-09', {
    pass: { 'associated with a firewall': balancer({}, associated('Judged')) },
    fail: { 'no association': balancer(), 'the association is of another one': balancer({}, { ...associated('Other'), Other: of(BALANCER) }) },
  }),
  ...cases(kics('alb_is_not_integrated_with_waf/test/negative3.yaml', 'alb_is_not_integrated_with_waf'), 'ALB-09', {
    pass: {
      'associated with a firewall that is given': {
        Parameters: { Acl: { Type: 'String' } },
        Resources: balancer({}, { Link: of('AWS::WAFv2::WebACLAssociation', { ResourceArn: ref('Judged'), WebACLArn: ref('Acl') }) }),
      },
    },
  }),
  ...cases(cdkNag('ELB.test.ts', 'ALBWAFEnabled'), 'VPC-29', {
    pass: { 'the load balancer in the subnet is associated with a firewall': inSubnet(associated('Balancer')) },
    fail: { 'the load balancer in the subnet is not': inSubnet() },
  }),
];

export const LISTENERS = [
  ...cases(guard('elastic_load_balancing_v2/tests/elbv2_acm_certificate_required_tests.yml', 'ELBV2_ACM_CERTIFICATE_REQUIRED'), 'ALB-01 ALB-19', {
    pass: { 'a certificate of ACM, and no port': listener({ Protocol: 'HTTPS', ...certified(OWN) }) },
    fail: { 'no certificate': listener({ Protocol: 'HTTPS' }) },
  }),
  ...cases(guard('elastic_load_balancing_v2/tests/elbv2_acm_certificate_required_tests.yml', 'ELBV2_ACM_CERTIFICATE_REQUIRED'), 'ALB-19', {
    fail: { 'a certificate of IAM': listener({ Protocol: 'HTTPS', ...certified(OF_IAM) }) },
  }),
  ...cases(cdkNag('ELB.test.ts', 'ELBv2ACMCertificateRequired'), 'ALB-01', {
    pass: { 'a certificate and port 443': listener({ Port: 443, Protocol: 'HTTPS', DefaultActions: FORWARDS, ...certified(OWN) }) },
    fail: { 'no certificate': listener({ Port: 443, Protocol: 'HTTPS', DefaultActions: FORWARDS }) },
  }),
  ...cases(guard('elastic_load_balancing_v2/tests/elbv2_listener_protocol_rule_tests.yml', 'ELBV2_LISTENER_PROTOCOL_RULE'), 'ALB-01', {
    pass: {
      'HTTPS on port 80': listener({ Port: '80', Protocol: 'HTTPS', DefaultActions: redirects() }),
      'no protocol': listener({ Port: '80', DefaultActions: redirects() }),
    },
    fail: { 'HTTP that redirects': listener({ Port: '80', Protocol: 'HTTP', DefaultActions: redirects() }) },
  }),
  ...cases(guard('elastic_load_balancing_v2/tests/elbv2_listener_ssl_policy_rule_tests.yml', 'ELBV2_LISTENER_SSL_POLICY_RULE'), 'ALB-02', {
    fail: { 'no policy': listener({ Protocol: 'HTTPS' }), 'TLS 1.1': listener({ Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS-1-1-2017-01' }) },
  }),
  ...cases(trivy('elb/use_secure_tls_policy.yaml', 'AWS-0047'), 'ALB-02', {
    pass: { 'TLS 1.3 and 1.2': listener({ Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' }) },
    fail: { 'TLS 1.1': listener({ Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS-1-1-2017-01' }) },
  }),
  ...cases(checkov('test_ALBListenerTLS12.py', 'CKV_AWS_103'), 'ALB-02', {
    pass: {
      'TLS 1.3 and 1.2, with forward secrecy': listener({ Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06' }),
      'TLS 1.2, with more ciphers': listener({ Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS-1-2-Ext-2018-06' }),
    },
    fail: { 'the policy of 2016': listener({ Port: 443, Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-2016-08', DefaultActions: FORWARDS }) },
  }),
  ...cases(cdkNag('ELB.test.ts', 'ALBHttpToHttpsRedirection'), 'ALB-03', {
    pass: { 'redirects to HTTPS': listener({ Port: 80, Protocol: 'HTTP', DefaultActions: redirects() }) },
    fail: {
      'forwards': listener({ Port: 80, Protocol: 'HTTP', DefaultActions: FORWARDS }),
      'redirects to HTTP': listener({ Port: 80, Protocol: 'HTTP', DefaultActions: redirects({ Protocol: 'HTTP', Port: '8080' }) }),
    },
  }),
  ...cases(checkov('test_ALBListenerHTTPS.py', 'CKV_AWS_2'), 'ALB-18', {
    pass: {
      'HTTP that redirects': listened({ Port: 80, Protocol: 'HTTP', DefaultActions: redirects() }),
      'HTTPS without a policy': listened({ Port: 443, Protocol: 'HTTPS', DefaultActions: FORWARDS }),
    },
    fail: { 'HTTP that forwards': listened({ Port: 80, Protocol: 'HTTP', DefaultActions: FORWARDS }) },
  }),
  ...cases(trivy('elb/http_not_used.yaml', 'AWS-0054'), 'ALB-18', {
    fail: { HTTP: listened({ Protocol: 'HTTP' }) },
  }),
];

export const WAF = [
  ...cases(cdkNag('WAF.test.ts', 'WAFv2LoggingEnabled'), 'WAF-04', {
    pass: { logged: one(ACL, EMPTY, { Log: of('AWS::WAFv2::LoggingConfiguration', { ResourceArn: { 'Fn::GetAtt': ['Judged', 'Arn'] }, LogDestinationConfigs: ['logs'] }) }) },
    fail: { 'not logged': one(ACL, EMPTY), 'another one is logged': one(ACL, EMPTY, { Log: of('AWS::WAFv2::LoggingConfiguration', { ResourceArn: 'other', LogDestinationConfigs: ['logs'] }) }) },
  }),
  ...cases(checkov('test_WAFACLCVE202144228.py', 'CKV_AWS_192'), 'WAF-07 WAF-07b', {
    pass: { 'the group, with three of its rules left out': managed(BAD_INPUTS, { ExcludedRules: [{ Name: 'PROPFIND_METHOD' }] }) },
    fail: {
      'the group, with the rule for Log4j left out': managed(BAD_INPUTS, { ExcludedRules: [{ Name: 'Log4JRCE' }] }),
      'the group only counts': managed(BAD_INPUTS, {}, { Count: {} }),
      'no rule': one(ACL, EMPTY),
    },
  }),
  ...cases(checkov('test_WAFACLCVE202144228.py', 'CKV_AWS_192'), 'WAF-07', {
    fail: { 'another group': managed('AWSManagedRulesAnonymousIpList') },
  }),
  ...cases(checkov('test_WAFACLCVE202144228.py', 'CKV_AWS_192'), 'WAF-01', {
    pass: { 'one rule': managed(BAD_INPUTS) },
    fail: { 'no rule': one(ACL, EMPTY) },
  }),
];

const certificate = (DomainName: string) => one('AWS::CertificateManager::Certificate', { DomainName, ValidationMethod: 'DNS' });

export const ACM = [
  ...cases(kics('wildcard_in_acm_certificate_domain_name/query.rego', 'wildcard_in_acm_certificate_domain_name'), 'ACM-04', {
    pass: { 'one host': certificate('shop.example.com'), 'every host of a domain': certificate('*.example.com') },
    fail: { 'every host': certificate('*') },
  }),
];
