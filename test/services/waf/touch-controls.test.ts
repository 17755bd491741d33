import * as controls from '../../../src/services/waf/controls';
import * as touch from '../../../src/services/waf/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate } from '../../support/predicate';

const managed = (changes: object = {}) => ({ Name: 'x', Priority: 1, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { Name: 'x', VendorName: 'AWS', ...changes } } });
const ours = (Action: object, Statement: object = { GeoMatchStatement: {} }) => ({ Name: 'own', Priority: 2, Action, Statement });
const refers = (Arn: unknown, changes: object = {}) => ({ Name: 'group', Priority: 3, OverrideAction: { None: {} }, Statement: { RuleGroupReferenceStatement: { Arn, ...changes } } });
const ACL = {
  Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { DefaultAction: { Allow: {} }, Rules: [managed(), ours({ Block: {} })] as any[] } },
  Logging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: { 'Fn::GetAtt': ['Acl', 'Arn'] }, LogDestinationConfigs: ['x'] } },
  Group: { Type: 'AWS::WAFv2::RuleGroup', Properties: { Rules: [ours({ Block: {} })] } },
};
const add = (rule: unknown) => (r: any) => { r.Acl.Properties.Rules.push(rule); };
const withGroup = structuredClone(ACL);
add(refers({ 'Fn::GetAtt': ['Group', 'Arn'] }))(withGroup);

provePredicate(touch.WAF_NO_WAY_PAST, ACL, {
  'a rule allows': add(ours({ Allow: {} })),
  'a rule does what the deployment says': add(ours({ 'Fn::Unknown': 'Action' })),
  'a whole rule is said at deployment': add({ 'Fn::Unknown': 'Rule' }),
  'a rule of a group allows': add(managed({ RuleActionOverrides: [{ Name: 'a', ActionToUse: { Allow: {} } }] })),
  'a group is of somebody': add(refers(`arn:aws:wafv2:eu-west-1:${OWN}:regional/rulegroup/x/1`)),
  'there are none': r => { delete r.Acl.Properties.Rules; },
});
provePredicate(touch.WAF_NO_WAY_PAST, withGroup, {
  'a rule of the own group allows': r => { r.Group.Properties.Rules.push(ours({ Allow: {} })); },
  'a rule of the own group allows by override': r => { r.Acl.Properties.Rules[2].Statement.RuleGroupReferenceStatement.RuleActionOverrides = [{ Name: 'a', ActionToUse: { Allow: {} } }]; },
});
provePredicate(controls.WAF_BLOCKS, withGroup, {
  'a rule of the own group counts': r => { r.Group.Properties.Rules[0].Action = { Count: {} }; },
  'the own group counts': r => { r.Acl.Properties.Rules[2].OverrideAction = { Count: {} }; },
  'a rule of the own group is left out': r => { r.Acl.Properties.Rules[2].Statement.RuleGroupReferenceStatement.ExcludedRules = [{ Name: 'own' }]; },
});
provePredicate(touch.WAF_LETS_IN, ACL, {
  'it blocks': r => { r.Acl.Properties.DefaultAction = { Block: {} }; },
  'it says both': r => { r.Acl.Properties.DefaultAction.Block = {}; },
});
proveBreaks(controls.WAF_LOGGED, ACL, {
  'another web ACL logs too': r => { r.Other = { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: { Ref: 'Other' } } }; },
}, {
  'a second configuration': [r => { r.Second = structuredClone(r.Logging); }, 'Second'],
  'a second configuration with a filter': [r => { r.Second = structuredClone(r.Logging); r.Second.Properties.LoggingFilter = { DefaultBehavior: 'DROP' }; }, 'Second'],
});
const logging = (...RedactedFields: any[]) => ({ Logging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { RedactedFields } } });
provePredicate(touch.WAF_WHOLE_RECORDS, logging({ SingleHeader: { Name: 'cookie' } }, { QueryString: {} }), {
  'the path is left out': r => { r.Logging.Properties.RedactedFields.push({ UriPath: {} }); },
  'the method is left out': r => { r.Logging.Properties.RedactedFields.push({ Method: {} }); },
  'the host is left out': r => { r.Logging.Properties.RedactedFields.push({ SingleHeader: { Name: 'Host' } }); },
  'nobody knows': r => { r.Logging.Properties.RedactedFields = { 'Fn::Unknown': 'Fields' }; },
});
provePredicate(controls.WAF_LOG_NAME, {
  Logging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { LogDestinationConfigs: [{ 'Fn::Sub': 'arn:aws:logs:eu-west-1:${AWS::AccountId}:log-group:aws-waf-logs-x' }] } },
}, { 'it has :*': r => { r.Logging.Properties.LogDestinationConfigs[0]['Fn::Sub'] += ':*'; } });
test('the logs go to no other account', () => {
  const { RenderedTemplate } = jest.requireActual('../../../src/core/template');
  const judge = (account: string) => {
    const Properties = { LogDestinationConfigs: [`arn:aws:logs:eu-west-1:${account}:log-group:aws-waf-logs-x`] };
    const template = new RenderedTemplate({ Resources: { Logging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties } } }, OWN);
    return controls.WAF_LOG_NAME.holds(template.resource('Logging'), template);
  };
  expect([judge(OWN), judge(FOREIGN)]).toEqual([true, false]);
});
const addresses = (...Addresses: unknown[]) => ({ Type: 'AWS::WAFv2::IPSet', Properties: { Addresses } });
provePredicate(touch.WAF_FEW_SPARED, { Set: addresses('192.0.2.0/24', '10.0.0.0/8', '2001:db8::/32') }, {
  'they are half of all': r => { r.Set = addresses('192.0.2.0/24', '0.0.0.0/1'); },
  'many blocks are as good as a large one': r => { r.Set = addresses('20.0.0.0/9', '21.0.0.0/9'); },
  'some are said at deployment': r => { r.Set = addresses('192.0.2.0/24', { 'Fn::Unknown': 'Cidr' }); },
  'there are none': r => { r.Set = addresses(); },
});
provePredicate(touch.WAF_FEW_SPARED, {
  Set: { ...addresses('192.0.2.0/24', { 'Fn::Unknown': 'Cidr' }), Metadata: { 'cdk-hardened:admits': ['addresses that are known at deployment only'] } },
}, { 'a known one is too large': r => { r.Set.Properties.Addresses.push('0.0.0.0/1'); } });
