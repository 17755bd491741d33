// What is added to the load balancer and to the firewall.
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { CfnResource, Stack } from 'aws-cdk-lib/core';
import { Cases, casesOf, Change } from './harness';
import { added, amend, append, find, l1, override, rendered, to } from './touch';
import type { ThreeTierSecureStack } from '../../src/patterns/three-tier-secure-stack';

/** The target group of the application. */
export const targetGroup = (stack: ThreeTierSecureStack) => find<elbv2.ApplicationTargetGroup>(stack, 'LoadBalancer/Application/TargetGroup');

const HOST = 'shop.example.com';
const forOwnHost = [{ field: 'host-header', hostHeaderConfig: { values: [HOST] } }];

/** A listener without TLS that forwards to the application. */
export function plainListener(scope: Stack, stack: ThreeTierSecureStack): void {
  new elbv2.CfnListener(scope, 'Plain', {
    loadBalancerArn: stack.application.loadBalancer.loadBalancerArn,
    port: 8080,
    protocol: 'HTTP',
    defaultActions: [{ type: 'forward', targetGroupArn: targetGroup(stack).targetGroupArn }],
  });
}

const ruleOfHttp = added((scope, stack) => new elbv2.CfnListenerRule(scope, 'Forward', {
  listenerArn: stack.application.loadBalancer.redirectListener!.listenerArn,
  priority: 5,
  conditions: forOwnHost,
  actions: [{ type: 'forward', targetGroupArn: targetGroup(stack).targetGroupArn }],
}));

const everyHost = added((scope, stack) => new elbv2.CfnListenerRule(scope, 'EveryHost', {
  listenerArn: stack.application.loadBalancer.listener.listenerArn,
  priority: 5,
  conditions: [{ field: 'host-header', hostHeaderConfig: { values: ['*'] } }],
  actions: [{ type: 'forward', targetGroupArn: targetGroup(stack).targetGroupArn }],
}));

const plainTargets = (scope: Stack, stack: ThreeTierSecureStack) => new elbv2.CfnTargetGroup(scope, 'PlainTargets',
  { vpcId: stack.application.network.vpcId, port: 8080, protocol: 'HTTP', targetType: 'ip', healthCheckProtocol: 'HTTP', healthCheckPath: '/' });

const plainRule = added((scope, stack) => new elbv2.CfnListenerRule(scope, 'PlainRule', {
  listenerArn: stack.application.loadBalancer.listener.listenerArn,
  priority: 5,
  conditions: [...forOwnHost, { field: 'path-pattern', pathPatternConfig: { values: ['/plain/*'] } }],
  actions: [{ type: 'forward', targetGroupArn: plainTargets(scope, stack).attrTargetGroupArn }],
}));

/** Widens the statement of a rule of the firewall, past the properties of the CDK. */
export function widen(acl: CfnResource, name: string, change: (statement: any) => void): void {
  amend(acl, 'Rules', rules => change(rules.find(r => r.Name === name).Statement));
}

/** Widens the statement of a rule: past the property, and by it. */
const onRule = (name: string, rendering: (statement: any) => void, change: (statement: any) => void): Record<string, Change> => ({
  'by an override': override('Firewall', acl => widen(acl, name, rendering)),
  'by the property': to((_, stack) => {
    const acl = l1<wafv2.CfnWebACL>(stack, 'Firewall');
    const rules = JSON.parse(JSON.stringify(acl.rules)) as wafv2.CfnWebACL.RuleProperty[];
    change(rules.find(r => r.name === name)!.statement);
    acl.rules = rules;
  }),
});

const ONE_PATH = {
  fieldToMatch: { uriPath: {} }, positionalConstraint: 'STARTS_WITH', searchString: '/search', textTransformations: [{ priority: 0, type: 'NONE' }],
};
const ONE_PATH_RENDERED = {
  FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString: '/search', TextTransformations: [{ Priority: 0, Type: 'NONE' }],
};

const dropsAll = added((scope, { application: { firewall } }) => new wafv2.CfnLoggingConfiguration(scope, 'Filtered', {
  resourceArn: firewall.webAclArn,
  logDestinationConfigs: [`arn:aws:logs:${scope.region}:${scope.account}:log-group:aws-waf-logs-filtered`],
  loggingFilter: BLOCKS_ONLY,
}));
const BLOCKS_ONLY = {
  DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ALL', Conditions: [{ ActionCondition: { Action: 'EXCLUDED_AS_COUNT' } }] }],
};

const CASES: Cases = {
  'a listener without TLS forwards on 8080': {
    'in the stack': (_, stack) => plainListener(stack, stack),
    'addListener': to((a, stack) => a.loadBalancer.addListener('Plain',
      { port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, open: false, defaultTargetGroups: [targetGroup(stack)] })),
    'by the L2 of the CDK': to((a, stack) => new elbv2.ApplicationListener(stack, 'Plain',
      { loadBalancer: a.loadBalancer, port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, open: false, defaultTargetGroups: [targetGroup(stack)] },
    )),
  },
  'a rule of the HTTP listener forwards': {
    ...ruleOfHttp,
    addAction: to((a, stack) => a.loadBalancer.redirectListener!.addAction('Forward', {
      priority: 5, conditions: [elbv2.ListenerCondition.hostHeaders([HOST])], action: elbv2.ListenerAction.forward([targetGroup(stack)]),
    })),
  },
  'the rule that forwards gets * among its hosts': {
    'by an override': override('LoadBalancer/Application/Rule', rule => append(rule, 'Conditions.0.HostHeaderConfig.Values', '*')),
    'by a further rule in the stack': everyHost['in the stack'],
    'by a further rule in a second stack': everyHost['in a second stack'],
  },
  'a rule forwards to a target group without TLS': {
    ...plainRule,
    'addTargetGroups': to((a, stack) => a.loadBalancer.listener.addTargetGroups('PlainRule', {
      priority: 5,
      conditions: [elbv2.ListenerCondition.hostHeaders([HOST]), elbv2.ListenerCondition.pathPatterns(['/plain/*'])],
      targetGroups: [new elbv2.ApplicationTargetGroup(stack, 'PlainTargets',
        { vpc: a.network, port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, targetType: elbv2.TargetType.IP })],
    })),
    'by an override of the rule that forwards': override('LoadBalancer/Application/Rule', (rule, stack) => append(rule, 'Actions.0.ForwardConfig.TargetGroups',
      { TargetGroupArn: rendered(rule, 'Actions.0.TargetGroupArn'), Weight: 1 },
      { TargetGroupArn: stack.resolve(plainTargets(stack, stack).attrTargetGroupArn), Weight: 1 })),
  },
  'firewall: the SQL injection rules look at one path only': onRule('AWSManagedRulesSQLiRuleSet',
    s => { s.ManagedRuleGroupStatement.ScopeDownStatement = { ByteMatchStatement: ONE_PATH_RENDERED }; },
    s => { s.managedRuleGroupStatement.scopeDownStatement = { byteMatchStatement: ONE_PATH }; }),
  'firewall: an SQL injection rule allows': onRule('AWSManagedRulesSQLiRuleSet',
    s => { s.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'SQLi_QUERYARGUMENTS', ActionToUse: { Allow: {} } }]; },
    s => { s.managedRuleGroupStatement.ruleActionOverrides = [{ name: 'SQLi_QUERYARGUMENTS', actionToUse: { allow: {} } }]; }),
  'firewall: the rate limit counts one country only': onRule('RateLimit',
    s => { s.RateBasedStatement.ScopeDownStatement = { GeoMatchStatement: { CountryCodes: ['NL'] } }; },
    s => { s.rateBasedStatement.scopeDownStatement = { geoMatchStatement: { countryCodes: ['NL'] } }; }),
  'firewall: its logs get a filter that drops nearly everything': {
    'by an override': override('Firewall/Logging', logging => logging.addPropertyOverride('LoggingFilter', BLOCKS_ONLY)),
    'by a further configuration in the stack': dropsAll['in the stack'],
    'by a further configuration in a second stack': dropsAll['in a second stack'],
  },
  'load balancer: the attribute to fail open is given a second time, true': {
    'by an override': override('LoadBalancer', balancer => append(balancer, 'LoadBalancerAttributes', { Key: 'waf.fail_open.enabled', Value: 'true' })),
  },
};

export const EDGE = casesOf('edge', CASES);
