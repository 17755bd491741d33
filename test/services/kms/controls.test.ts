import * as controls from '../../../src/services/kms/controls';
import { provePredicate, Resources } from '../../support/predicate';

const ROOT = { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } };
const ADMIN = { AWS: 'arn:aws:iam::111111111111:role/admin' };
const USER = { AWS: 'arn:aws:iam::111111111111:role/user' };
const VIA = { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:CallerAccount': '111111111111' } };
const FOR_SERVICES = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
const allow = (Principal: any, Action: any, Condition?: any) => ({ Effect: 'Allow', Principal, Action, Resource: '*', ...Condition && { Condition } });
const deny = (Principal: any, Action: any, Condition?: any) => ({ ...allow(Principal, Action, Condition), Effect: 'Deny' });

const KEY: Resources = {
  Key: {
    Type: 'AWS::KMS::Key',
    Properties: {
      EnableKeyRotation: true,
      RotationPeriodInDays: 365,
      PendingWindowInDays: 30,
      KeyPolicy: {
        Statement: [
          allow(ROOT, ['kms:Put*', 'kms:Get*', 'kms:Delete*', 'kms:Describe*']),
          allow(ADMIN, ['kms:Put*', 'kms:Get*']),
          deny(ADMIN, ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']),
          deny(ADMIN, 'kms:CreateGrant', { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } }),
          allow(USER, ['kms:Decrypt', 'kms:Encrypt']),
          allow(USER, ['kms:CreateGrant', 'kms:ListGrants'], FOR_SERVICES),
          allow(ROOT, ['kms:Decrypt', 'kms:GenerateDataKey*'], VIA),
          allow({ Service: 'fargate.amazonaws.com' }, 'kms:CreateGrant', { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }),
        ],
      },
    },
  },
  Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/data', TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
};
const props = (change: object) => (r: any) => { Object.assign(r.Key.Properties, change); };
const without = (name: string) => (r: any) => { delete r.Key.Properties[name]; };
const add = (...statements: any[]) => (r: any) => { r.Key.Properties.KeyPolicy.Statement.push(...statements); };
const drop = (...indexes: number[]) => ({ Key: { Properties: { KeyPolicy } } }: any) => {
  KeyPolicy.Statement = KeyPolicy.Statement.filter((_: any, i: number) => !indexes.includes(i));
};
const NO_POLICY = { 'there is no policy': without('KeyPolicy') };

provePredicate(controls.KMS_ROTATION, KEY, { 'it is off': props({ EnableKeyRotation: false }), 'it is not said': without('EnableKeyRotation'), 'it is off by text': props({ EnableKeyRotation: 'false' }) });
provePredicate(controls.KMS_ROTATION_PERIOD, KEY, { 'it is too short': props({ RotationPeriodInDays: 89 }), 'it is too long': props({ RotationPeriodInDays: 2561 }), 'it is not said': without('RotationPeriodInDays') });
provePredicate(controls.KMS_PENDING_WINDOW, KEY, { 'it is too short': props({ PendingWindowInDays: 6 }), 'it is too long': props({ PendingWindowInDays: 31 }), 'it is not said': without('PendingWindowInDays') });

provePredicate(controls.KMS_ADMIN_DELEGATION, KEY, {
  ...NO_POLICY,
  'the account cannot restore the policy': drop(0),
  'the account can restore the policy on a condition only': r => { r.Key.Properties.KeyPolicy.Statement[0].Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }; },
  'the account may do everything': add(allow(ROOT, 'kms:*')),
  'the account may decrypt': add(allow(ROOT, 'kms:Decrypt')),
  'the account may decrypt, in small letters': add(allow(ROOT, 'kms:decrypt')),
  'the account may decrypt, by a wildcard': add(allow(ROOT, 'kms:D*')),
  'the account may decrypt, by what is left out': add({ Effect: 'Allow', Principal: ROOT, NotAction: 'kms:Encrypt', Resource: '*' }),
  'the account may decrypt, named by its number': add(allow({ AWS: { Ref: 'AWS::AccountId' } }, 'kms:Decrypt')),
  'the account may decrypt, named by its digits': add(allow({ AWS: '111111111111' }, 'kms:Decrypt')),
  'the account may decrypt for any service of AWS': add(allow(ROOT, 'kms:Decrypt', { StringLike: { 'kms:ViaService': '*.amazonaws.com' } })),
  'the account may decrypt for a service that a parameter says': add(allow(ROOT, 'kms:Decrypt', { StringLike: { 'kms:ViaService': { 'Fn::Unknown': 'P' } } })),
  'every role of the account may decrypt': add(allow(ROOT, 'kms:Decrypt', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/*' } })),
  'every role by a name may decrypt': add(allow(ROOT, 'kms:Decrypt', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/a' } })),
  'the account may decrypt for any service': add(allow(ROOT, 'kms:Decrypt', { StringLike: { 'kms:ViaService': '*' } })),
  'the account may decrypt, as one of its own organization': add(allow(ROOT, 'kms:Decrypt', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })),
  'another account may decrypt, without an organization': add(allow({ AWS: 'arn:aws:iam::222222222222:root' }, 'kms:Decrypt')),
});
provePredicate(controls.KMS_ADMIN_DELEGATION, {
  ...KEY,
  Key: {
    ...KEY.Key,
    Properties: {
      KeyPolicy: {
        Statement: [
          ...KEY.Key.Properties.KeyPolicy.Statement,
          allow(ROOT, 'kms:Encrypt', { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/replication' } }),
          allow({ AWS: 'arn:aws:iam::222222222222:root' }, 'kms:Decrypt', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
        ],
      },
    },
  },
}, { 'any role of the account may use it': add(allow(ROOT, 'kms:Encrypt', { ArnEquals: { 'aws:PrincipalArn': '*' } })) });

provePredicate(controls.KMS_ADMINS_CANNOT_USE, KEY, {
  ...NO_POLICY,
  'one may do everything': add(allow(USER, 'kms:*')),
  'one may do everything, of any service': add(allow(USER, '*')),
  'one administers and decrypts': add(allow(USER, ['kms:PutKeyPolicy', 'kms:Decrypt'])),
  'one administers and makes grants, by wildcards': add(allow(USER, ['kms:Put*', 'kms:Create*'])),
});
provePredicate(controls.KMS_ADMINS_DENIED, KEY, {
  ...NO_POLICY,
  'there is no administrator': drop(1),
  'they are not denied the use': drop(2),
  'they are not denied to make grants': drop(3),
  'they are denied the use on a condition only': r => { r.Key.Properties.KeyPolicy.Statement[2].Condition = { StringEquals: { 'kms:ViaService': 's3' } }; },
  'they are denied half of the use': r => { r.Key.Properties.KeyPolicy.Statement[2].Action = ['kms:Decrypt', 'kms:GenerateDataKey*']; },
  'one of them may make grants': r => { r.Key.Properties.KeyPolicy.Statement[3].Condition.ArnNotEquals = { 'aws:PrincipalArn': ADMIN.AWS }; },
  'somebody else administers too': add(allow(USER, 'kms:PutKeyPolicy')),
});
provePredicate(controls.KMS_GRANTS_FOR_SERVICES, KEY, {
  ...NO_POLICY,
  'a user makes grants for himself': add(allow(USER, 'kms:CreateGrant')),
  'a user makes grants by a wildcard': add(allow(USER, 'kms:Cr*')),
  'a user makes grants that are not for services': add(allow(USER, 'kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'false' } })),
  'a user makes grants for named operations': add(allow(USER, 'kms:CreateGrant', { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } })),
  'a service makes any grant': add(allow({ Service: 'fargate.amazonaws.com' }, 'kms:CreateGrant')),
});
provePredicate(controls.KMS_NOT_PUBLIC, KEY, {
  ...NO_POLICY,
  'everybody may use it': add(allow('*', 'kms:Decrypt')),
  'everybody may use it, as AWS': add(allow({ AWS: ['*'] }, 'kms:Decrypt')),
  'everybody but one may use it': add({ Effect: 'Allow', NotPrincipal: USER, Action: 'kms:Decrypt', Resource: '*' }),
  'everybody may use it on a condition': add(allow({ AWS: '*' }, 'kms:Decrypt', VIA)),
});
provePredicate(controls.KMS_ALIAS, KEY, {
  'there is none': r => { delete r.Alias; },
  'it is of another key': r => { r.Alias.Properties.TargetKeyId = { Ref: 'Other' }; },
  'it has no name': r => { delete r.Alias.Properties.AliasName; },
  "it is one of AWS's": r => { r.Alias.Properties.AliasName = 'alias/aws/s3'; },
});
provePredicate(controls.KMS_LOCKOUT_CHECK, KEY, {
  'it is bypassed': props({ BypassPolicyLockoutSafetyCheck: true }),
  'it may be bypassed': props({ BypassPolicyLockoutSafetyCheck: { 'Fn::If': ['C', true, false] } }),
});
