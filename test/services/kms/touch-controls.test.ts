import * as controls from '../../../src/services/kms/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate, Resources } from '../../support/predicate';

const root = (account: any) => ({ AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', account, ':root']] } });
const ROOT = root({ Ref: 'AWS::AccountId' });
const ROLE = { AWS: { 'Fn::GetAtt': ['Role', 'Arn'] } };
const ADMIN = { AWS: { 'Fn::Join': ['', ['arn:aws:iam::', { Ref: 'AWS::AccountId' }, ':role/admin']] } };
const PARTNER = `arn:aws:iam::${FOREIGN}:role/Partner`;
const MANAGE = ['kms:Put*', 'kms:Delete*', 'kms:ScheduleKeyDeletion', 'kms:Get*'];
const logs = (account: any) => ({ ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:aws:logs:eu-west-1:', account, ':log-group:*']] } } });
const allow = (Principal: any, Action: any, Condition?: any) => ({ Effect: 'Allow', Principal, Action, Resource: '*', ...Condition && { Condition } });
const deny = (Principal: any, Action: any, Condition?: any) => ({ ...allow(Principal, Action, Condition), Effect: 'Deny' });
const LOGS = { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } };

const policy = () => ({
  Statement: [
    allow(ROOT, MANAGE), allow(ADMIN, MANAGE), deny(ADMIN, ['kms:Decrypt', 'kms:GenerateDataKey*']),
    allow(ROLE, 'kms:Decrypt'), allow({ AWS: PARTNER }, 'kms:Decrypt'), allow(LOGS, ['kms:Decrypt', 'kms:GenerateDataKey*'], logs({ Ref: 'AWS::AccountId' })),
  ],
});
const RIGHT: Resources = {
  Key: { Type: 'AWS::KMS::Key', Metadata: { 'cdk-hardened:admits': [PARTNER] }, Properties: { KeyPolicy: policy() } },
  Role: { Type: 'AWS::IAM::Role' },
  Alias: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { Ref: 'Key' } } },
  Function: { Type: 'AWS::Lambda::Function', Properties: { KmsKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
};
const add = (...statements: any[]) => (r: any) => { r.Key.Properties.KeyPolicy.Statement.push(...statements); };
const set = (props: object) => (r: any) => { Object.assign(r.Key.Properties, props); };
const unreadable = {
  'the policy is gone': (r: any) => { delete r.Key.Properties.KeyPolicy; },
  'the policy is a parameter': set({ KeyPolicy: { 'Fn::Unknown': 'P' } }),
  'the statements are a parameter': set({ KeyPolicy: { Statement: { 'Fn::Unknown': 'P' } } }),
  'a statement is a parameter': (r: any) => { r.Key.Properties.KeyPolicy.Statement.push({ 'Fn::Unknown': 'P' }); },
  'a statement is a text': set({ KeyPolicy: { Statement: ['x'] } }),
};
const replica = (...statements: any[]) => (r: any) => {
  r.Replica = { Type: 'AWS::KMS::ReplicaKey', Properties: { PrimaryKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] }, KeyPolicy: { Statement: [...policy().Statement.filter(s => s.Principal.AWS !== PARTNER), ...statements] } } };
};

provePredicate(controls.KMS_OWN_PRINCIPALS, RIGHT, {
  ...unreadable,
  'another account decrypts': add(allow(root(FOREIGN), 'kms:Decrypt')),
  'another account decrypts through S3': add(allow(root(FOREIGN), 'kms:Decrypt', { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } })),
  'another account decrypts, by its number': add(allow({ AWS: FOREIGN }, 'kms:Decrypt')),
  'another account is added to a statement': r => { r.Key.Properties.KeyPolicy.Statement[3].Principal = { AWS: [ROLE.AWS, PARTNER.replace('Partner', 'Other')] }; },
  'another account describes': add(allow({ AWS: `arn:aws:iam::${FOREIGN}:user/a` }, 'kms:DescribeKey')),
  'a parameter decrypts': add(allow({ AWS: { 'Fn::Unknown': 'P' } }, 'kms:Decrypt')),
  'the principal is a parameter': add(allow({ 'Fn::Unknown': 'P' }, 'kms:Decrypt')),
  'the effect is a parameter': add({ ...allow({ AWS: FOREIGN }, 'kms:Decrypt'), Effect: { 'Fn::Unknown': 'P' } }),
  'a canonical user decrypts': add(allow({ CanonicalUser: 'abc' }, 'kms:Decrypt')),
  'a web identity decrypts': add(allow({ Federated: 'accounts.google.com' }, 'kms:Decrypt')),
});
provePredicate(controls.KMS_OWN_SOURCES, RIGHT, {
  ...unreadable,
  'log groups of another account': add(allow(LOGS, 'kms:Decrypt', logs(FOREIGN))),
  'log groups of every account': add(allow(LOGS, 'kms:Decrypt', logs('*'))),
  'a service without a condition': add(allow({ Service: 'lambda.amazonaws.com' }, 'kms:Decrypt')),
  'a service for the region': add(allow({ Service: 'lambda.amazonaws.com' }, 'kms:Decrypt', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } })),
  'a service beside a role': add(allow({ Service: 'lambda.amazonaws.com', ...ROLE }, 'kms:Decrypt')),
});
provePredicate(controls.KMS_MANAGERS, RIGHT, {
  ...unreadable,
  'a role changes the policy': add(allow(ROLE, 'kms:PutKeyPolicy')),
  'a role deletes the key, by a wildcard': add(allow(ROLE, 'kms:Schedule*')),
  'a role disables the rotation': add(allow(ROLE, ['kms:Decrypt', 'kms:DisableKeyRotation'])),
  'a role does everything': add(allow(ROLE, 'kms:*')),
  'a role does what a parameter says': add(allow(ROLE, { 'Fn::Unknown': 'P' })),
  'a role does all but use it': add({ Effect: 'Allow', Principal: ROLE, NotAction: 'kms:Decrypt', Resource: '*' }),
  'a role does what is left out': add({ Effect: 'Allow', Principal: ROLE, NotAction: 'kms:*', Resource: '*' }),
  'all but one use it': add({ Effect: 'Allow', NotPrincipal: ROLE, Action: 'kms:Decrypt', Resource: '*' }),
  'a service schedules the deletion': add(allow({ Service: 'lambda.amazonaws.com' }, 'kms:ScheduleKeyDeletion', { StringEquals: { 'aws:SourceAccount': OWN } })),
  'an administrator is no longer denied the use': r => { r.Key.Properties.KeyPolicy.Statement.splice(2, 1); },
  'an administrator is denied the use on a condition': r => { r.Key.Properties.KeyPolicy.Statement[2].Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }; },
});
provePredicate(controls.KMS_RESTORABLE, {
  ...RIGHT,
  Key: {
    ...RIGHT.Key,
    Properties: {
      KeyPolicy: {
        Statement: [
          ...policy().Statement, deny('*', 'kms:*', { Bool: { 'aws:SecureTransport': 'false' } }), deny('*', 'kms:*', { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } }),
          deny(ROLE, 'kms:*'), deny('*', 'kms:ScheduleKeyDeletion'),
        ],
      },
    },
  },
}, {
  'the policy is gone': unreadable['the policy is gone'],
  'nobody changes the policy': add(deny('*', 'kms:PutKeyPolicy')),
  'nobody changes the policy, as AWS': add(deny({ AWS: '*' }, 'kms:putkeypolicy')),
  'nobody changes the policy, by a wildcard': add(deny('*', 'kms:Put*')),
  'nobody does anything but decrypt': add({ Effect: 'Deny', Principal: '*', NotAction: 'kms:Decrypt', Resource: '*' }),
  'all but one role': add({ Effect: 'Deny', NotPrincipal: ROLE, Action: 'kms:PutKeyPolicy', Resource: '*' }),
  'all but one role, by a condition': add(deny('*', 'kms:PutKeyPolicy', { ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/gone' } })),
  'nobody without a second factor': add(deny('*', 'kms:PutKeyPolicy', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })),
  'nobody with TLS': add(deny('*', 'kms:PutKeyPolicy', { Bool: { 'aws:SecureTransport': 'true' } })),
  'the account does not': add(deny(ROOT, 'kms:PutKeyPolicy')),
  'the account does not, by its number': add(deny({ AWS: OWN }, 'kms:PutKeyPolicy')),
  'a parameter does not': add(deny({ 'Fn::Unknown': 'P' }, 'kms:PutKeyPolicy')),
});
provePredicate(controls.KMS_USABLE, {
  ...RIGHT,
  Key: { ...RIGHT.Key, Properties: { Enabled: true, KeyPolicy: { Statement: [...policy().Statement, deny(ROLE, 'kms:Decrypt'), deny('*', 'kms:Decrypt', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } })] } } },
}, {
  'the policy is gone': unreadable['the policy is gone'],
  'the key is disabled': set({ Enabled: false }),
  'the key is disabled, as text': set({ Enabled: 'false' }),
  'the key may be disabled': set({ Enabled: { 'Fn::Unknown': 'P' } }),
  'nobody decrypts': add(deny('*', 'kms:Decrypt')),
  'the account does not': add(deny(ROOT, 'kms:*')),
  'CloudWatch Logs does not': add(deny(LOGS, 'kms:GenerateDataKey*')),
  'no service does': add(deny('*', 'kms:GenerateDataKey*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } })),
});

for (const control of [controls.KMS_OWN_PRINCIPALS, controls.KMS_OWN_SOURCES, controls.KMS_MANAGERS, controls.KMS_RESTORABLE]) {
  proveBreaks(control, RIGHT, { 'a replica with a policy like it': replica() }, {
    'the policy of a replica breaks it': [replica(allow({ AWS: FOREIGN }, 'kms:*'), allow({ Service: 'lambda.amazonaws.com' }, 'kms:Decrypt'), deny('*', 'kms:PutKeyPolicy')), 'Replica'],
    'a replica has no policy': [r => { replica()(r); delete r.Replica.Properties.KeyPolicy; }, ...control === controls.KMS_RESTORABLE ? [] : ['Replica']],
  });
}
proveBreaks(controls.KMS_REPLICAS, RIGHT, { 'another alias': r => { r.Second = structuredClone(r.Alias); } }, {
  'something unknown is made of it': [r => { r.New = { Type: 'AWS::KMS::Something', Properties: { Key: { Ref: 'Key' } } }; }, 'New'],
});

const may = (Action: any, Resource: any = { 'Fn::GetAtt': ['Key', 'Arn'] }) => ({ PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } });
provePredicate(controls.KMS_NO_MANAGERS, RIGHT, { 'the policy is gone': unreadable['the policy is gone'] });
proveBreaks(controls.KMS_NO_MANAGERS, RIGHT, {
  'a role uses the key': r => { r.Uses = { Type: 'AWS::IAM::Policy', Properties: may(['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey']) }; },
}, {
  'a role deletes the key': [r => { r.Manages = { Type: 'AWS::IAM::Policy', Properties: may('kms:ScheduleKeyDeletion') }; }, 'Manages'],
  'a role does everything with the key': [r => { r.Role.Properties = { Policies: [may('kms:*')] }; }, 'Role'],
});
