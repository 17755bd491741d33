import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { App, CfnParameter, IResource, PropertyInjectors, RemovalPolicy, Resource, Stack } from 'aws-cdk-lib/core';
import { aws_wafv2 } from 'aws-cdk-lib/interfaces';
import { FirewallRollout, WebFirewall, WebFirewallProps } from '../../src/edge/web-firewall';
import { WebFirewallScope } from '../../src/edge/web-firewall-scope';
import { SecurityFoundation } from '../../src/foundation/security-foundation';
import { webAclCapacity } from '../../src/services/waf/capacity';
import { moved } from '../support/move';
import { claimed, newStack, proveControls, render } from '../support/prove';

const REASON = 'the application is new and its requests are being learned';

function acl(props: WebFirewallProps = {}) {
  const stack = newStack();
  new WebFirewall(stack, 'Firewall', props);
  return render(stack).resourcesOf('AWS::WAFv2::WebACL')[0].properties;
}

function ruleOf(properties: any, name: string) {
  return properties.Rules.find((r: any) => r.Name === name);
}

describe('as it is', () => proveControls(stack => { new WebFirewall(stack, 'Firewall'); }));
describe('with every choice taken', () => proveControls(stack => {
  new WebFirewall(stack, 'Firewall', {
    allowedCidrs: ['192.0.2.0/24', '2001:db8::/32'],
    deniedCidrs: ['198.51.100.0/24', '2001:db9::/32'],
    uploadPaths: ['/uploads/', '/import'],
    redactedHeaders: ['X-Session'],
    redactQueryString: true,
  });
}));
describe('for CloudFront', () => proveControls(stack => {
  new WebFirewall(stack, 'Firewall', { scope: WebFirewallScope.CLOUDFRONT });
}, { stackProps: { env: { region: 'us-east-1' } } }));

test('claims every control', () => {
  const stack = newStack();
  new WebFirewall(stack, 'Firewall');
  expect(claimed(stack, 'AWS::WAFv2::WebACL')).toEqual([
    'WAF-01', 'WAF-02', 'WAF-03', 'WAF-04', 'WAF-06b', 'WAF-07', 'WAF-07b', 'WAF-07c', 'WAF-07d', 'WAF-08', 'WAF-09', 'WAF-09b', 'WAF-10',
    'WAF-11',
  ]);
  expect(claimed(stack, 'AWS::WAFv2::LoggingConfiguration')).toEqual(['WAF-05', 'WAF-06', 'WAF-12']);
  expect(claimed(stack, 'AWS::WAFv2::IPSet')).toEqual([]);
});

test('holds the addresses that are passed over to be few', () => {
  const stack = newStack();
  new WebFirewall(stack, 'Firewall', { allowedCidrs: ['0.0.0.0/1'], deniedCidrs: ['128.0.0.0/1'] });
  expect(() => render(stack)).toThrow(/AllowedIPV4\] WAF-13 does not hold: 'Addresses'/);
});

test('the defaults are those of the documentation', () => {
  const properties = acl();
  expect(properties.Scope).toBe('REGIONAL');
  expect(properties.Name).toBeUndefined();
  expect(properties.DefaultAction).toEqual({ Allow: {} });
  expect(ruleOf(properties, 'RateLimit').Statement.RateBasedStatement).toEqual({ AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 2000 });
  expect(ruleOf(properties, 'BodyLimit').Statement.SizeConstraintStatement.Size).toBe(8192);
  expect(properties.Rules.map((r: any) => [r.Priority, r.Name])).toEqual([
    [30, 'AWSManagedRulesAmazonIpReputationList'], [50, 'RateLimit'], [55, 'BodyLimit'], [60, 'AWSManagedRulesKnownBadInputsRuleSet'],
    [70, 'AWSManagedRulesCommonRuleSet'], [80, 'AWSManagedRulesSQLiRuleSet'], [90, 'AWSManagedRulesLinuxRuleSet'], [100, 'AWSManagedRulesUnixRuleSet'],
  ]);
});

test('stays below 1500 units with every list in use', () => {
  const properties = acl({ allowedCidrs: ['192.0.2.0/24', '2001:db8::/32'], deniedCidrs: ['198.51.100.0/24', '2001:db9::/32'], uploadPaths: ['/a', '/b'] });
  expect(webAclCapacity(properties.Rules)).toBe(1478);
});

test('fails on more paths than 1500 units have room for', () => {
  expect(() => acl({ uploadPaths: ['/a', '/b', '/c', '/d'] })).toThrow(/\[Test\/Firewall\/Resource\] WAF-11 does not hold/);
});

test('allowed addresses pass by the reputation list and the rate limit, not by what inspects requests', () => {
  const properties = acl({ allowedCidrs: ['192.0.2.0/24'] });
  const scopeDown = { NotStatement: { Statement: { IPSetReferenceStatement: { Arn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } } } } };
  expect(ruleOf(properties, 'RateLimit').Statement.RateBasedStatement.ScopeDownStatement).toEqual(scopeDown);
  expect(ruleOf(properties, 'AWSManagedRulesAmazonIpReputationList').Statement.ManagedRuleGroupStatement.ScopeDownStatement).toEqual(scopeDown);
  expect(JSON.stringify(properties.Rules)).not.toContain('"Allow"');
});

test('denied addresses are blocked first, by sets of each IP version', () => {
  const stack = newStack();
  new WebFirewall(stack, 'Firewall', { deniedCidrs: ['203.0.113.0/24', '198.51.100.0/24', '2001:db8::/32'] });
  const template = render(stack);
  const sets = template.resourcesOf('AWS::WAFv2::IPSet');
  expect(sets.map(s => [s.properties.IPAddressVersion, s.properties.Scope, s.properties.Addresses])).toEqual([
    ['IPV4', 'REGIONAL', ['198.51.100.0/24', '203.0.113.0/24']], ['IPV6', 'REGIONAL', ['2001:db8::/32']],
  ]);
  const rule = template.resourcesOf('AWS::WAFv2::WebACL')[0].properties.Rules[0];
  expect(rule).toMatchObject({ Name: 'DeniedAddresses', Priority: 10, Action: { Block: {} } });
  expect(rule.Statement.OrStatement.Statements).toHaveLength(2);
});

test('long bodies pass on the paths for uploads only', () => {
  const one = ruleOf(acl({ uploadPaths: ['/uploads/'] }), 'BodyLimit').Statement.AndStatement.Statements;
  expect(one[0].SizeConstraintStatement).toMatchObject({ Size: 8192, FieldToMatch: { Body: { OversizeHandling: 'MATCH' } } });
  expect(one[1].NotStatement.Statement.ByteMatchStatement).toEqual({
    FieldToMatch: { UriPath: {} },
    PositionalConstraint: 'STARTS_WITH',
    SearchString: '/uploads/',
    TextTransformations: [{ Priority: 0, Type: 'URL_DECODE' }, { Priority: 1, Type: 'NORMALIZE_PATH' }],
  });
  const two = ruleOf(acl({ uploadPaths: ['/uploads/', '/import'] }), 'BodyLimit').Statement.AndStatement.Statements;
  expect(two[1].NotStatement.Statement.OrStatement.Statements).toHaveLength(2);
});

test('leaves more headers and the query string out of logs and samples', () => {
  const stack = newStack();
  new WebFirewall(stack, 'Firewall', { redactedHeaders: ['X-Session', 'cookie'], redactQueryString: true });
  const template = render(stack);
  expect(template.resourcesOf('AWS::WAFv2::LoggingConfiguration')[0].properties.RedactedFields).toEqual([
    ...['authorization', 'cookie', 'x-api-key', 'x-session'].map(Name => ({ SingleHeader: { Name } })), { QueryString: {} },
  ]);
  expect(template.resourcesOf('AWS::WAFv2::WebACL')[0].properties.DataProtectionConfig.DataProtections).toEqual([
    { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie', 'x-api-key', 'x-session'] } },
    { Action: 'SUBSTITUTION', Field: { FieldType: 'QUERY_STRING' } },
  ]);
});

test('logs to a log group by a name that WAF accepts, whose ARN has no :*', () => {
  const stack = newStack();
  const firewall = new WebFirewall(stack, 'Firewall');
  const template = render(stack);
  const [destination] = template.resourcesOf('AWS::WAFv2::LoggingConfiguration')[0].properties.LogDestinationConfigs;
  const logGroup = stack.resolve(firewall.logGroup.logGroupName);
  expect(destination['Fn::Join'][1].slice(-2)).toEqual([':log-group:', logGroup]);
  expect(template.resource(logGroup.Ref)!.properties.LogGroupName['Fn::Join'][1][0]).toMatch(/^aws-waf-logs-test-firewalllogs[0-9a-f]+-$/);
});

test('the key of another stack admits the log group by the beginning of its name', () => {
  const app = new App({ analyticsReporting: false });
  const shared = new Stack(app, 'Shared');
  const foundation = new SecurityFoundation(shared, 'Foundation');
  new WebFirewall(new Stack(app, 'Edge'), 'Firewall', { foundation });
  const template = app.synth().getStackByName('Shared').template;
  expect(JSON.stringify(template)).toMatch(/:log-group:aws-waf-logs-edge-firewalllogs[0-9a-f]+-\*/);
  expect(JSON.stringify(template)).not.toContain('AWS::StackId');
});

test('takes an imported key', () => {
  const stack = newStack();
  const keyArn = 'arn:aws:kms:eu-west-1:111122223333:key/1';
  new WebFirewall(stack, 'Firewall', { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', keyArn) });
  const template = render(stack);
  expect(template.resourcesOf('AWS::Logs::LogGroup')[0].properties.KmsKeyId).toBe(keyArn);
  expect(template.resourcesOf('AWS::KMS::Key')).toEqual([]);
});

test('counting needs a waiver', () => {
  expect(() => acl({ rollout: FirewallRollout.COUNT })).toThrow(/\[Test\/Firewall\/Resource\] WAF-07b does not hold.*'rollout'/);
  const properties = acl({ rollout: FirewallRollout.COUNT, waivers: [{ control: 'WAF-07b', reason: REASON }] });
  expect(properties.Rules.every((r: any) => JSON.stringify(r.Action ?? r.OverrideAction) === '{"Count":{}}')).toBe(true);
});

test('rules of groups that only count need a waiver', () => {
  const countOnlyRules = ['AWSManagedRulesCommonRuleSet/GenericRFI_BODY', 'AWSManagedRulesSQLiRuleSet/SQLi_BODY'];
  expect(() => acl({ countOnlyRules })).toThrow(/WAF-07b does not hold/);
  const properties = acl({ countOnlyRules, waivers: [{ control: 'WAF-07b', reason: REASON }] });
  const overrides = (name: string) => ruleOf(properties, name).Statement.ManagedRuleGroupStatement.RuleActionOverrides?.map((o: any) => o.Name);
  expect(overrides('AWSManagedRulesCommonRuleSet')).toEqual(['SizeRestrictions_BODY', 'GenericRFI_BODY']);
  expect(overrides('AWSManagedRulesSQLiRuleSet')).toEqual(['SQLi_BODY']);
  expect(overrides('AWSManagedRulesUnixRuleSet')).toBeUndefined();
});

test('a shorter retention of the logs needs a waiver', () => {
  expect(() => acl({ logRetention: logs.RetentionDays.ONE_MONTH })).toThrow(/LOG-02 does not hold/);
  acl({ logRetention: logs.RetentionDays.ONE_MONTH, waivers: [{ control: 'LOG-02', reason: REASON }] });
});

test.each<[string, WebFirewallProps, RegExp]>([
  ['a rate below what WAF takes', { rateLimit: 9 }, /'rateLimit' must be a whole number from 10 to 2000000000 requests, got 9/],
  ['everybody as allowed', { allowedCidrs: ['0.0.0.0/0'] }, /'allowedCidrs' has '0\.0\.0\.0\/0'.*from \/1/],
  ['a block that is none', { deniedCidrs: ['10.0.0.1/8'] }, /'deniedCidrs' has '10\.0\.0\.1\/8'/],
  ['a block twice', { deniedCidrs: ['10.0.0.0/8', '10.0.0.0/8'] }, /'deniedCidrs' has '10\.0\.0\.0\/8', which overlaps '10\.0\.0\.0\/8': name each address once/],
  ['a block in both lists', { allowedCidrs: ['10.1.0.0/16'], deniedCidrs: ['10.0.0.0/8'] }, /'deniedCidrs' has '10\.0\.0\.0\/8', which overlaps '10\.1\.0\.0\/16' of 'allowedCidrs'/],
  ['a rule without group', { countOnlyRules: ['GenericRFI_BODY'] }, /'countOnlyRules' is 'GenericRFI_BODY': give GROUP\/RULE/],
  ['a rule of another group', { countOnlyRules: ['AWSManagedRulesPHPRuleSet/X'] }, /'countOnlyRules'/],
  ['every path as upload', { uploadPaths: ['/'] }, /'uploadPaths' is '\/'/],
  ['a path with a wildcard', { uploadPaths: ['/a/*'] }, /'uploadPaths' is '\/a\/\*'/],
  ['a header that is none', { redactedHeaders: ['x y'] }, /'redactedHeaders' is 'x y'/],
  ['a text as scope', { scope: 'CLOUDFRONT' as any }, /'scope' is the text 'CLOUDFRONT': give WebFirewallScope\.REGIONAL or WebFirewallScope\.CLOUDFRONT$/],
  ['a text as key', { encryptionKey: 'arn:aws:kms:eu-west-1:1:key/1' as any }, /'encryptionKey' is the text/],
  ['a retention that is none', { logRetention: 42 as any }, /'retention' is 42/],
])('fails on %s, and leaves nothing behind', (_name, props, message) => {
  const stack = newStack();
  expect(() => new WebFirewall(stack, 'Firewall', props)).toThrow(message);
  expect(() => new WebFirewall(stack, 'Firewall', props)).toThrow(/^\[Test\/Firewall\] /);
  expect(stack.node.findAll()).toEqual([stack]);
  expect(claimed(stack)).toEqual([]);
});

test('is a web ACL of the CDK', () => {
  const stack = newStack();
  const firewall = new WebFirewall(stack, 'Firewall');
  const resource: IResource = firewall;
  const reference: aws_wafv2.IWebACLRef = firewall;
  expect(Resource.isResource(resource)).toBe(true);
  const webAcl = firewall.node.defaultChild as wafv2.CfnWebACL;
  expect(stack.resolve(wafv2.CfnWebACL.arnForWebACL(reference))).toEqual(stack.resolve(webAcl.attrArn));
  expect(stack.resolve(firewall.webAclArn)).toEqual(stack.resolve(webAcl.attrArn));
  expect(stack.resolve(firewall.webAclName)).toEqual({ 'Fn::Select': [0, { 'Fn::Split': ['|', stack.resolve(webAcl.ref)] }] });
  expect(stack.resolve(firewall.webAclId)).toEqual({ 'Fn::Select': [1, { 'Fn::Split': ['|', stack.resolve(webAcl.ref)] }] });
  expect(firewall.logGroup).toBeInstanceOf(logs.LogGroup);
});

test('its metric is named after stack and logical ID', () => {
  expect(acl().VisibilityConfig.MetricName).toMatch(/^Test-Firewall[0-9A-F]{8}$/);
});

test('moves under another parent without a change', () => {
  const { before, after } = moved(scope => {
    const stack = Stack.of(scope);
    new SecurityFoundation(stack, 'Foundation');
    return new WebFirewall(scope, 'Firewall', { deniedCidrs: ['198.51.100.0/24'] });
  });
  expect(after.json).toEqual(before.json);
});

test('an injector that weakens log groups changes nothing', () => {
  const logGroups = (stack: Stack) => {
    new WebFirewall(stack, 'Firewall');
    return render(stack).resourcesOf('AWS::Logs::LogGroup');
  };
  const stack = newStack();
  PropertyInjectors.of(stack).add({
    constructUniqueId: logs.LogGroup.PROPERTY_INJECTION_ID,
    inject: props => ({ ...props, logGroupName: 'mine', retention: logs.RetentionDays.ONE_DAY, removalPolicy: RemovalPolicy.DESTROY, deletionProtectionEnabled: false }),
  });
  expect(logGroups(stack)).toEqual(logGroups(newStack()));
});

test.each([
  ['another region', { env: { region: 'eu-west-1' } }, /'scope' is CLOUDFRONT, but the stack is in eu-west-1: put/],
  ['no region', {}, /'scope' is CLOUDFRONT, but the stack is in no region in particular: put/],
])('CloudFront is refused in %s', (_name, stackProps, message) => {
  expect(() => new WebFirewall(newStack({}, stackProps), 'Firewall', { scope: WebFirewallScope.CLOUDFRONT })).toThrow(message);
});

test('tokens pass', () => {
  const stack = newStack();
  const cidr = new CfnParameter(stack, 'Cidr').valueAsString;
  const cidrs = new CfnParameter(stack, 'Cidrs', { type: 'CommaDelimitedList' }).valueAsList;
  const limit = new CfnParameter(stack, 'Limit', { type: 'Number' }).valueAsNumber;
  new WebFirewall(stack, 'One', { allowedCidrs: [cidr], deniedCidrs: [cidr, '10.0.0.0/8'], redactedHeaders: [cidr], uploadPaths: [cidr] });
  new WebFirewall(stack, 'Lists', { allowedCidrs: cidrs, deniedCidrs: cidrs });
  new WebFirewall(stack, 'Limited', { rateLimit: limit });
  expect(render(stack).resourcesOf('AWS::WAFv2::IPSet').map(s => s.properties.Addresses)).toEqual([[{ Ref: 'Cidr' }], ['10.0.0.0/8', { Ref: 'Cidr' }], { Ref: 'Cidrs' }, { Ref: 'Cidrs' }]);
  expect(render(stack).resourcesOf('AWS::WAFv2::LoggingConfiguration')[0].properties.RedactedFields[3]).toEqual({ SingleHeader: { Name: { Ref: 'Cidr' } } });
});

test('for CloudFront, the limit of the body is what WAF inspects there', () => {
  const stack = newStack({}, { env: { region: 'us-east-1' } });
  new WebFirewall(stack, 'Firewall', { scope: WebFirewallScope.CLOUDFRONT, deniedCidrs: ['198.51.100.0/24'] });
  const template = render(stack);
  const { properties } = template.resourcesOf('AWS::WAFv2::WebACL')[0];
  expect(properties.AssociationConfig).toEqual({ RequestBody: { CLOUDFRONT: { DefaultSizeInspectionLimit: 'KB_16' } } });
  expect(ruleOf(properties, 'BodyLimit').Statement.SizeConstraintStatement.Size).toBe(16384);
  expect(template.resourcesOf('AWS::WAFv2::IPSet')[0].properties.Scope).toBe('CLOUDFRONT');
});

test('protects a load balancer, once', () => {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const loadBalancer = new elbv2.ApplicationLoadBalancer(stack, 'Alb', { vpc });
  const firewall = new WebFirewall(stack, 'Firewall');
  firewall.protect(loadBalancer);
  expect(() => firewall.protect(loadBalancer)).toThrow(/\[Test\/Firewall\] 'Test\/Alb' already has a web firewall/);
  const [association] = render(stack).resourcesOf('AWS::WAFv2::WebACLAssociation');
  expect(association.properties).toEqual({ ResourceArn: stack.resolve(loadBalancer.loadBalancerArn), WebACLArn: stack.resolve(firewall.webAclArn) });
});

test('a firewall for CloudFront protects no load balancer', () => {
  const stack = newStack({}, { env: { region: 'us-east-1' } });
  const firewall = new WebFirewall(stack, 'Firewall', { scope: WebFirewallScope.CLOUDFRONT });
  const loadBalancer = elbv2.ApplicationLoadBalancer.fromApplicationLoadBalancerAttributes(stack, 'Alb', { loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/app/a/1', securityGroupId: 'sg-1' });
  expect(() => firewall.protect(loadBalancer)).toThrow(/'scope' is CLOUDFRONT/);
});
