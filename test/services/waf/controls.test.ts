import * as controls from '../../../src/services/waf/controls';
import { provePredicate } from '../../support/predicate';

const VISIBLE = { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'x' };
const group = (name: string, i: number) => ({
  Name: name,
  Priority: 60 + i,
  OverrideAction: { None: {} },
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: `AWSManagedRules${name}`, RuleActionOverrides: undefined as any } },
  VisibilityConfig: VISIBLE,
});

const ACL = {
  Acl: {
    Type: 'AWS::WAFv2::WebACL',
    Properties: {
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      VisibilityConfig: VISIBLE,
      DataProtectionConfig: {
        DataProtections: [
          { Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_HEADER', FieldKeys: ['authorization', 'cookie', 'x-api-key'] } },
        ],
      },
      Rules: [
        { Name: 'Rate', Priority: 50, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: 'IP' } }, VisibilityConfig: VISIBLE },
        {
          Name: 'Body',
          Priority: 55,
          Action: { Block: {} },
          Statement: { SizeConstraintStatement: { FieldToMatch: { Body: { OversizeHandling: 'MATCH' } }, ComparisonOperator: 'GT', Size: 8192, TextTransformations: [] } },
          VisibilityConfig: VISIBLE,
        },
        ...['AmazonIpReputationList', 'KnownBadInputsRuleSet', 'CommonRuleSet', 'SQLiRuleSet', 'LinuxRuleSet', 'UnixRuleSet'].map(group),
      ] as any[],
    },
  },
  Logging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: { 'Fn::GetAtt': ['Acl', 'Arn'] }, LogDestinationConfigs: ['x'] } },
};
ACL.Acl.Properties.Rules[4].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }];

const LOGGING = {
  Logging: {
    Type: 'AWS::WAFv2::LoggingConfiguration',
    Properties: {
      LogDestinationConfigs: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':log-group:', { Ref: 'Logs' }]] }] as any[],
      RedactedFields: ['authorization', 'cookie', 'x-api-key'].map(Name => ({ SingleHeader: { Name } })),
    },
  },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: { 'Fn::Join': ['', ['aws-waf-logs-x-', { Ref: 'AWS::StackId' }]] } } },
};

const rules = (r: any) => r.Acl.Properties.Rules;
const managed = (r: any, i: number) => rules(r)[i].Statement.ManagedRuleGroupStatement;

const add = (of: typeof ACL, rule: object) => { const all = structuredClone(of); all.Acl.Properties.Rules.push(rule); return all; };

provePredicate(controls.WAF_RULES, ACL, {
  'there are none': r => { r.Acl.Properties.Rules = []; },
  'they are not said': r => { delete r.Acl.Properties.Rules; },
  'a rule has no action': r => { delete rules(r)[0].Action; },
  'a rule has two actions': r => { rules(r)[0].OverrideAction = { None: {} }; },
  'two have one priority': r => { rules(r)[0].Priority = 55; },
  'one has no priority': r => { delete rules(r)[0].Priority; },
});
provePredicate(controls.WAF_METRICS, ACL, {
  'the ACL has none': r => { r.Acl.Properties.VisibilityConfig = { ...VISIBLE, CloudWatchMetricsEnabled: false }; },
  'a rule has none': r => { rules(r)[3].VisibilityConfig = { ...VISIBLE, CloudWatchMetricsEnabled: false }; },
  'it is not said of a rule': r => { delete rules(r)[3].VisibilityConfig; },
  'it is not said of the ACL': r => { delete r.Acl.Properties.VisibilityConfig; },
});
provePredicate(controls.WAF_SAMPLES, ACL, {
  'headers are in the samples': r => { delete r.Acl.Properties.DataProtectionConfig; },
  'it is not said of a rule': r => { delete rules(r)[0].VisibilityConfig; },
  'one rule samples without protection': r => {
    delete r.Acl.Properties.DataProtectionConfig;
    r.Acl.Properties.VisibilityConfig = { ...VISIBLE, SampledRequestsEnabled: false };
  },
});
provePredicate(controls.WAF_LOGGED, ACL, {
  'there is no configuration': r => { delete r.Logging; },
  'it is for another ACL': r => { r.Logging.Properties.ResourceArn = { Ref: 'Other' }; },
  'it has no destination': r => { r.Logging.Properties.LogDestinationConfigs = []; },
  'it filters': r => { r.Logging.Properties.LoggingFilter = { DefaultBehavior: 'DROP' }; },
});
provePredicate(controls.WAF_LOG_NAME, LOGGING, {
  'there is no destination': r => { delete r.Logging.Properties.LogDestinationConfigs; },
  'there are two': r => { r.Logging.Properties.LogDestinationConfigs.push('arn:aws:logs:x:1:log-group:aws-waf-logs-y'); },
  'the ARN ends in :*': r => { r.Logging.Properties.LogDestinationConfigs[0]['Fn::Join'][1].push(':*'); },
  'the ARN is the attribute of the log group': r => { r.Logging.Properties.LogDestinationConfigs = [{ 'Fn::GetAtt': ['Logs', 'Arn'] }]; },
  'the name begins otherwise': r => { r.Logs.Properties.LogGroupName = 'my-aws-waf-logs-x'; },
  'the name is left to CloudFormation': r => { delete r.Logs.Properties.LogGroupName; },
});
provePredicate(controls.WAF_REDACTED, LOGGING, {
  'a header is not redacted': r => { r.Logging.Properties.RedactedFields.pop(); },
  'nothing is redacted': r => { delete r.Logging.Properties.RedactedFields; },
  'it is another field': r => { r.Logging.Properties.RedactedFields[0] = { UriPath: {} }; },
});
provePredicate(controls.WAF_DATA_PROTECTION, ACL, {
  'there is none': r => { delete r.Acl.Properties.DataProtectionConfig; },
  'cookies are stored': r => { r.Acl.Properties.DataProtectionConfig.DataProtections[0].Field.FieldKeys.splice(1, 1); },
  'only one cookie is replaced': r => {
    r.Acl.Properties.DataProtectionConfig.DataProtections[0].Field.FieldKeys.splice(1, 1);
    r.Acl.Properties.DataProtectionConfig.DataProtections.push({ Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_COOKIE', FieldKeys: ['session'] } });
  },
  'WAF refuses cookies without names': r => { r.Acl.Properties.DataProtectionConfig.DataProtections.push({ Action: 'SUBSTITUTION', Field: { FieldType: 'SINGLE_COOKIE' } }); },
  'a header is stored': r => { r.Acl.Properties.DataProtectionConfig.DataProtections[0].Field.FieldKeys.pop(); },
  'details of rates may not be replaced': r => { r.Acl.Properties.DataProtectionConfig.DataProtections[0].ExcludeRateBasedDetails = { Ref: 'Unknown' }; },
  'details of matches are not replaced': r => { r.Acl.Properties.DataProtectionConfig.DataProtections[0].ExcludeRuleMatchDetails = true; },
});
provePredicate(controls.WAF_MANAGED_GROUPS, ACL, {
  'one is missing': r => { rules(r).pop(); },
  'one is of another vendor': r => { managed(r, 3).VendorName = 'Other'; },
  'one inspects some requests only': r => { managed(r, 3).ScopeDownStatement = { GeoMatchStatement: {} }; },
  'there are none': r => { delete r.Acl.Properties.Rules; },
});
provePredicate(controls.WAF_BLOCKS, ACL, {
  'a group counts': r => { rules(r)[3].OverrideAction = { Count: {} }; },
  'a rule of ours counts': r => { rules(r)[0].Action = { Count: {} }; },
  'a rule of ours allows': r => { rules(r)[0].Action = { Allow: {} }; },
  'a rule of a group counts': r => { managed(r, 3).RuleActionOverrides = [{ Name: 'Log4JRCE_BODY', ActionToUse: { Count: {} } }]; },
  'a rule of a group is left out': r => { managed(r, 3).ExcludedRules = [{ Name: 'Log4JRCE_BODY' }]; },
  'nobody limits the body': r => { rules(r).splice(1, 1); },
  'there are no rules': r => { delete r.Acl.Properties.Rules; },
});
provePredicate(controls.WAF_BODY_LIMIT, ACL, {
  'there is no rule': r => { rules(r).splice(1, 1); },
  'what WAF can not see passes': r => { rules(r)[1].Statement.SizeConstraintStatement.FieldToMatch.Body.OversizeHandling = 'CONTINUE'; },
  'it refuses short bodies': r => { rules(r)[1].Statement.SizeConstraintStatement.ComparisonOperator = 'LT'; },
  'the limit is beyond what WAF inspects': r => { rules(r)[1].Statement.SizeConstraintStatement.Size = 100_000; },
  'it needs one of two conditions': r => { rules(r)[1].Statement = { NotStatement: { Statement: rules(r)[1].Statement } }; },
});
provePredicate(controls.WAF_RATE_LIMIT, ACL, {
  'there is none': r => { rules(r).shift(); },
  'it has no limit': r => { delete rules(r)[0].Statement.RateBasedStatement.Limit; },
  'its limit is none that WAF takes': r => { rules(r)[0].Statement.RateBasedStatement.Limit = 5; },
  'it counts all requests together': r => { rules(r)[0].Statement.RateBasedStatement.AggregateKeyType = 'CONSTANT'; },
});
provePredicate(controls.WAF_DEFAULT_ACTION, ACL, {
  'there is none': r => { delete r.Acl.Properties.DefaultAction; },
  'it says both': r => { r.Acl.Properties.DefaultAction.Block = {}; },
  'it says neither': r => { r.Acl.Properties.DefaultAction = {}; },
});
provePredicate(controls.WAF_SCOPE, ACL, {
  'it is not said': r => { delete r.Acl.Properties.Scope; },
  'it is none': r => { r.Acl.Properties.Scope = 'GLOBAL'; },
});
provePredicate(controls.WAF_CAPACITY, ACL, {
  'there is a group more': r => { rules(r).push(group('LinuxRuleSet', 9)); },
  'a rule is of unknown size': r => { rules(r).push({ Statement: { NewStatement: {} } }); },
  'there are no rules': r => { delete r.Acl.Properties.Rules; },
});
const REFERS = { Statement: { RuleGroupReferenceStatement: { Arn: { 'Fn::GetAtt': ['Own', 'Arn'] } } } };
provePredicate(controls.WAF_CAPACITY, { ...add(ACL, REFERS), Own: { Type: 'AWS::WAFv2::RuleGroup', Properties: { Capacity: 20 } } }, {
  'a group of the app is too large': r => { r.Own.Properties.Capacity = 100; },
  'a group of the app does not say how large it is': r => { delete r.Own.Properties.Capacity; },
});
provePredicate(controls.WAF_MANAGED_GROUPS, ACL, {
  'one is held at an old version': r => { managed(r, 3).Version = 'Version_1.0'; },
  'the reputation list looks at one country': r => { managed(r, 2).ScopeDownStatement = { GeoMatchStatement: {} }; },
});
provePredicate(controls.WAF_RATE_LIMIT, ACL, {
  'it counts what a header says': r => { rules(r)[0].Statement.RateBasedStatement.AggregateKeyType = 'FORWARDED_IP'; },
  'it counts one country': r => { rules(r)[0].Statement.RateBasedStatement.ScopeDownStatement = { GeoMatchStatement: {} }; },
});
provePredicate(controls.WAF_BODY_LIMIT, ACL, {
  'it is for one country': r => { rules(r)[1].Statement = { AndStatement: { Statements: [rules(r)[1].Statement, { GeoMatchStatement: {} }] } }; },
});
