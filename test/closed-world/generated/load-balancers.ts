// What can be done to the load balancer, its listeners and targets, and to the firewall.
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { apart, Kind, Target, within } from './kind';
import { targetGroup, widen } from '../edge';
import { ACCOUNT, append, CERTIFICATE, ownArn, REGION, rendered } from '../touch';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const HTTPS = /LoadBalancer\/Listener/;
const HTTP = /RedirectListener/;

const forward = ({ stack }: Target) => [{ type: 'forward', targetGroupArn: targetGroup(stack).targetGroupArn }];
const listens = (name: string, why: string, props: Omit<elbv2.CfnListenerProps, 'loadBalancerArn' | 'defaultActions'>): Kind => apart<elbv2.CfnLoadBalancer>(BALANCER, name, why,
  t => new elbv2.CfnListener(t.scope, 'Listener', { loadBalancerArn: t.resource.ref, defaultActions: forward(t), ...props }));
const attribute = (name: string, why: string, ...pairs: [key: string, value: string][]): Kind => within<elbv2.CfnLoadBalancer>(BALANCER, name, why,
  t => append(t.resource, 'LoadBalancerAttributes', ...pairs.map(([Key, Value]) => ({ Key, Value }))));

const BALANCERS: Kind[] = [
  listens('a listener without TLS', 'requests in plain text', { port: 8080, protocol: 'HTTP' }),
  listens('a listener of old TLS', 'requests that can be read', { port: 8443, protocol: 'HTTPS', sslPolicy: 'ELBSecurityPolicy-2016-08', certificates: [{ certificateArn: CERTIFICATE }] }),
  listens('a listener that forwards for every host', 'attacks by the host header, and scans by address',
    { port: 8444, protocol: 'HTTPS', sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', certificates: [{ certificateArn: CERTIFICATE }] }),
  apart<elbv2.CfnLoadBalancer>(BALANCER, 'another firewall', 'its rules let everything pass', t => new wafv2.CfnWebACLAssociation(t.scope, 'Association',
    { resourceArn: t.resource.ref, webAclArn: ownArn('wafv2', 'regional/webacl/other/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0') })),
  attribute('fails open, by a second attribute', 'requests pass when the firewall does not answer', ['waf.fail_open.enabled', 'true']),
  attribute('takes malformed requests, by a second attribute', 'request smuggling', ['routing.http.desync_mitigation_mode', 'monitor'], ['routing.http.drop_invalid_header_fields.enabled', 'false']),
  attribute('logs to somebody else, by a second attribute', 'the log of requests is elsewhere', ['access_logs.s3.bucket', 'collector-of-somebody']),
  within<elbv2.CfnLoadBalancer>(BALANCER, 'a subnet of the data tier', 'a load balancer of the internet among the databases',
    t => append(t.resource, 'Subnets', t.stack.resolve(t.application.network.selectSubnets(t.application.network.dataSubnets).subnetIds[0]))),
];

const rule = (
  name: string, why: string, props: (t: Target<elbv2.CfnListener>) => Partial<elbv2.CfnListenerRuleProps>, only = HTTPS,
): Kind => apart<elbv2.CfnListener>(LISTENER, name, why,
  t => new elbv2.CfnListenerRule(t.scope, 'Rule', { listenerArn: t.resource.ref, priority: 9, conditions: host('shop.example.com'), actions: forward(t), ...props(t) }), only);
const host = (...values: string[]) => [{ field: 'host-header', hostHeaderConfig: { values } }];
const path = (...values: string[]) => [{ field: 'path-pattern', pathPatternConfig: { values } }];

const LISTENERS: Kind[] = [
  rule('a rule for every host', 'attacks by the host header, and scans by address', () => ({ conditions: host('*') })),
  rule('a rule for a path of any host', 'attacks by the host header, and scans by address', () => ({ conditions: path('/*') })),
  rule('a rule that forwards in plain text', 'plain text between the load balancer and its targets', ({ scope, application }) => ({
    actions: [{ type: 'forward', targetGroupArn: new elbv2.CfnTargetGroup(scope, 'Plain', { vpcId: application.network.vpcId, protocol: 'HTTP', port: 8080, targetType: 'ip' }).ref }],
  })),
  rule('a rule that redirects to plain text', 'browsers send their requests in plain text',
    () => ({ actions: [{ type: 'redirect', redirectConfig: { protocol: 'HTTP', port: '80', statusCode: 'HTTP_302' } }] })),
  within<elbv2.CfnListener>(LISTENER, 'no HSTS, by a second attribute', 'downgrades to plain text',
    t => append(t.resource, 'ListenerAttributes', { Key: 'routing.http.response.strict_transport_security.header_value', Value: 'max-age=0' }), HTTPS),
  rule('a rule that forwards what came in plain text', 'requests in plain text', () => ({}), HTTP),
];

const TARGETS: Kind[] = [
  within<elbv2.CfnTargetGroup>('AWS::ElasticLoadBalancingV2::TargetGroup', 'a target outside the VPC', 'requests go to somebody else',
    t => append(t.resource, 'Targets', { Id: '172.16.0.7', Port: 8443, AvailabilityZone: 'all' })),
  within<elbv2.CfnListenerRule>('AWS::ElasticLoadBalancingV2::ListenerRule', 'any host of a domain', 'attacks by the host header', t => append(t.resource, 'Conditions.0.HostHeaderConfig.Values', '*.com')),
  within<elbv2.CfnListenerRule>('AWS::ElasticLoadBalancingV2::ListenerRule', 'a second group of targets, in plain text', 'a part of the requests goes in plain text', t => {
    const plain = new elbv2.CfnTargetGroup(t.stack, 'Plain', { vpcId: t.application.network.vpcId, protocol: 'HTTP', port: 8080, targetType: 'ip' });
    t.resource.addPropertyOverride('Actions.0.ForwardConfig', {
      TargetGroups: [
        { TargetGroupArn: rendered(t.resource, 'Actions.0.TargetGroupArn'), Weight: 9 }, { TargetGroupArn: t.stack.resolve(plain.ref), Weight: 1 },
      ],
    });
    t.resource.addPropertyDeletionOverride('Actions.0.TargetGroupArn');
  }),
];

const WEB_ACL = 'AWS::WAFv2::WebACL';
const VISIBLE = { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'Further' };
const passes = (name: string, why: string, Statement: any): Kind => within<wafv2.CfnWebACL>(WEB_ACL, name, why,
  t => append(t.resource, 'Rules', { Name: 'Further', Priority: 1, Action: { Allow: {} }, VisibilityConfig: VISIBLE, Statement }));
const widened = (name: string, why: string, of: string, change: (statement: any) => void): Kind =>
  within<wafv2.CfnWebACL>(WEB_ACL, name, why, t => widen(t.resource, of, change));
const PATH = (SearchString: string) => ({
  ByteMatchStatement: {
    FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString, TextTransformations: [{ Priority: 0, Type: 'NONE' }],
  },
});

const FIREWALLS: Kind[] = [
  passes('a path passes before all rules', 'no rule looks at it', PATH('/api')),
  passes('a header passes before all rules', 'whoever knows the header is past the rules', {
    ByteMatchStatement: {
      FieldToMatch: { SingleHeader: { Name: 'x-partner' } }, PositionalConstraint: 'EXACTLY', SearchString: 'true', TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    },
  }),
  passes('a country passes before all rules', 'attackers rent an address there', { GeoMatchStatement: { CountryCodes: ['NL'] } }),
  widened('the common rules look at one path', 'the others are not looked at', 'AWSManagedRulesCommonRuleSet',
    s => { s.ManagedRuleGroupStatement.ScopeDownStatement = PATH('/search'); }),
  widened('known bad inputs are looked for in one country', 'the others are not looked at', 'AWSManagedRulesKnownBadInputsRuleSet',
    s => { s.ManagedRuleGroupStatement.ScopeDownStatement = { GeoMatchStatement: { CountryCodes: ['NL'] } }; }),
  widened('a rule of a group allows', 'what it finds passes all other rules', 'AWSManagedRulesKnownBadInputsRuleSet',
    s => { s.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'Log4JRCE_BODY', ActionToUse: { Allow: {} } }]; }),
  widened('a rule of a group is left out', 'what it finds passes', 'AWSManagedRulesLinuxRuleSet',
    s => { s.ManagedRuleGroupStatement.ExcludedRules = [{ Name: 'LFI_URIPATH' }]; }),
  widened('the rate limit counts one country', 'floods from the others pass', 'RateLimit',
    s => { s.RateBasedStatement.ScopeDownStatement = { GeoMatchStatement: { CountryCodes: ['NL'] } }; }),
  widened('the rate limit counts what a header says', 'whoever floods writes another address into the header', 'RateLimit', s => {
    s.RateBasedStatement.AggregateKeyType = 'FORWARDED_IP';
    s.RateBasedStatement.ForwardedIPConfig = { HeaderName: 'X-Forwarded-For', FallbackBehavior: 'NO_MATCH' };
  }),
  widened('the rate limit counts by a cookie', 'whoever floods takes another cookie', 'RateLimit', s => {
    s.RateBasedStatement.AggregateKeyType = 'CUSTOM_KEYS';
    s.RateBasedStatement.CustomKeys = [{ Cookie: { Name: 'session', TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }];
  }),
  apart<wafv2.CfnWebACL>(WEB_ACL, 'a second configuration of its logs', 'it takes the place of ours, and drops nearly everything', t => new wafv2.CfnLoggingConfiguration(t.scope, 'Logging', {
    resourceArn: t.resource.attrArn,
    logDestinationConfigs: [`arn:aws:logs:${REGION}:${ACCOUNT}:log-group:aws-waf-logs-other`],
    loggingFilter: { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ALL', Conditions: [{ ActionCondition: { Action: 'EXCLUDED_AS_COUNT' } }] }] },
  })),
  within<wafv2.CfnLoggingConfiguration>('AWS::WAFv2::LoggingConfiguration', 'a filter', 'it drops nearly everything', t => t.resource.addPropertyOverride('LoggingFilter',
    { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'CAPTCHA' } }] }] })),
  within<wafv2.CfnLoggingConfiguration>('AWS::WAFv2::LoggingConfiguration', 'the path is left out', 'nobody sees what was attacked', t => append(t.resource, 'RedactedFields', { UriPath: {} }, { Method: {} })),
];

export const LOAD_BALANCERS: Kind[] = [...BALANCERS, ...LISTENERS, ...TARGETS, ...FIREWALLS];
