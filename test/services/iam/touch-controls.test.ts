import { RenderedTemplate } from '../../../src/core/template';
import * as controls from '../../../src/services/iam/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate } from '../../support/predicate';

const TASKS = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } }] };
const ROLE = { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TASKS } } };
const own = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:${OWN}:${resource}`;
const policy = (Statement: any, Roles: any[] = [{ Ref: 'Role' }]) => (r: any) => { r.P = { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles, PolicyDocument: { Statement } } }; };
const may = (Action: any, Resource: any, Condition?: object) => [{ Effect: 'Allow', Action, Resource, Condition }];
const managed = (...arns: any[]) => (r: any) => { r.Role.Properties.ManagedPolicyArns = arns; };
const fromTheRole = (Statement: any) => (r: any) => {
  policy(Statement, [])(r);
  r.Role.Properties.ManagedPolicyArns = [{ Ref: 'P' }];
};
const OTHERS = { 'a policy of another role': policy(may('*', '*'), [{ Ref: 'Other' }]), 'a denial': policy([{ Effect: 'Deny', NotAction: 's3:*', Resource: '*' }]) };
const UNDECIDED = {
  'only the deployment knows what it says': [(r: any) => { policy([])(r); r.P.Properties.PolicyDocument = { 'Fn::Unknown': 'P' }; }, 'P'],
  'only the deployment knows what one statement says': [policy([...may('sns:Publish', own('sns', 't')), { 'Fn::Unknown': 'P' }]), 'P'],
  'only the deployment knows whether it allows': [policy([{ Effect: { 'Fn::Unknown': 'P' }, Action: '*', Resource: '*' }]), 'P'],
} as const;

proveBreaks(controls.IAM_ADDED_ACTIONS, ROLE, {
  ...OTHERS,
  'named actions': policy(may(['s3:GetObject*', 's3:List*'], 'arn:aws:s3:::b')),
}, {
  ...UNDECIDED as any,
  'it allows everything': [policy(may('*', '*')), 'P'],
  'it allows everything of a service, from the side of the role': [fromTheRole(may('s3:*', 'arn:aws:s3:::b')), 'P'],
  'it allows everything but': [policy([{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]), 'P'],
});
provePredicate(controls.IAM_ADDED_ACTIONS, ROLE, {
  'it may do everything': managed('arn:aws:iam::aws:policy/AdministratorAccess'),
  'it may read everything': managed({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/ReadOnlyAccess']] }),
  'it has the job of a person': managed('arn:aws:iam::aws:policy/job-function/SystemAdministrator'),
});

proveBreaks(controls.IAM_ADDED_RESOURCES, ROLE, {
  ...OTHERS,
  'named resources': policy(may('s3:GetObject', 'arn:aws:s3:::b/*')),
  'an action without resources': policy(may(['textract:DetectDocumentText', 'xray:PutTraceSegments'], '*')),
}, {
  'it is about every secret': [policy(may('secretsmanager:GetSecretValue', '*')), 'P'],
  'it is about every secret, in a pattern': [policy(may('secretsmanager:GetSecretValue', own('secretsmanager', 'secret:*'))), 'P'],
  'it is about every bucket': [policy(may('s3:GetObject', 'arn:aws:s3:::*/*')), 'P'],
  'it is about all but one bucket': [policy([{ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::b/*' }]), 'P'],
  'it is about what only the deployment knows': [policy(may('s3:GetObject', { 'Fn::Unknown': 'P' })), 'P'],
});

const KEY = { Key: { Type: 'AWS::KMS::Key', Properties: {} }, Passed: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TASKS } } };
const PASSED = { 'Fn::GetAtt': ['Passed', 'Arn'] };
proveBreaks(controls.IAM_ADDED_THROUGH_SERVICES, { ...ROLE, ...KEY }, {
  ...OTHERS,
  'one key, as the CDK grants it': policy(may(['kms:Decrypt', 'kms:GenerateDataKey*'], { 'Fn::GetAtt': ['Key', 'Arn'] })),
  'keys through a service': policy(may('kms:Decrypt', own('kms', 'key/*'), { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } })),
  'grants for services': policy(may('kms:CreateGrant', own('kms', 'key/k'), { Bool: { 'kms:GrantIsForAWSResource': 'true' } })),
  'passing a role to a service': policy(may('iam:PassRole', `arn:aws:iam::${OWN}:role/r`, { StringLike: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } })),
  'passing a role that only a service takes, as the CDK grants it': policy(may('iam:PassRole', PASSED)),
}, {
  ...UNDECIDED as any,
  'it uses any key': [policy(may('kms:Decrypt', own('kms', 'key/*'))), 'P'],
  'it uses keys through any service': [policy(may('kms:Decrypt', '*', { StringLike: { 'kms:ViaService': '*' } })), 'P'],
  'it makes data keys under any key': [policy(may('kms:GenerateDataKeyWithoutPlaintext', '*')), 'P'],
  'it makes any grant': [policy(may('kms:CreateGrant', { 'Fn::GetAtt': ['Key', 'Arn'] })), 'P'],
  'it passes a role to any service': [policy(may('iam:PassRole', `arn:aws:iam::${OWN}:role/r`)), 'P'],
  'it passes a role to whatever service': [policy(may('iam:PassRole', `arn:aws:iam::${OWN}:role/r`, { StringLike: { 'iam:PassedToService': '*' } })), 'P'],
  'it passes a role that others take too': [(r: any) => {
    policy(may('iam:PassRole', PASSED))(r);
    r.Passed.Properties.AssumeRolePolicyDocument = { Statement: [...TASKS.Statement, { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: OWN } }] };
  }, 'P'],
  'it passes a role and others': [policy(may('iam:PassRole', [PASSED, `arn:aws:iam::${OWN}:role/a*`])), 'P'],
});

const BACKUP = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'backup.amazonaws.com' } }] },
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup' }, { Ref: 'Own' }],
    },
  },
  Own: { Type: 'AWS::IAM::ManagedPolicy', Properties: {} },
  Selection: {
    Type: 'AWS::Backup::BackupSelection',
    Properties: {
      BackupSelection: {
        IamRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] }, ListOfTags: [{ ConditionType: 'STRINGEQUALS', ConditionKey: 'a', ConditionValue: 'b' }],
      },
    },
  },
};
const further = (arn: any) => (r: any) => { r.Role.Properties.ManagedPolicyArns.push(arn); };
provePredicate(controls.IAM_KNOWN_POLICIES, BACKUP, {
  'it has another policy of AWS': further('arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'),
  'it restores': further('arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores'),
  'it has a policy that is not of the app': further(`arn:aws:iam::${OWN}:policy/theirs`),
  'only the deployment knows what it has': further({ 'Fn::Unknown': 'P' }),
  'it has what an import gives': further({ 'Fn::ImportValue': 'elsewhere' }),
  'it has what is no policy': r => { r.Thing = { Type: 'Custom::Thing' }; further({ 'Fn::GetAtt': ['Thing', 'Arn'] })(r); },
  'nothing is selected by tag': r => { r.Selection.Properties.BackupSelection.ListOfTags = []; },
  'another role backs up what has a tag': r => {
    r.Other = structuredClone(r.Selection);
    r.Other.Properties.BackupSelection.IamRoleArn = `arn:aws:iam::${OWN}:role/r`;
    r.Selection.Properties.BackupSelection.ListOfTags = [];
  },
  'another service takes it': r => { r.Role.Properties.AssumeRolePolicyDocument = TASKS; },
});
provePredicate(controls.IAM_KNOWN_POLICIES, ROLE, { 'it has a policy of AWS': managed('arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess') });

proveBreaks(controls.IAM_NO_MANAGEMENT, ROLE, {
  ...OTHERS,
  'reading and writing data': policy(may(['s3:GetObject*', 's3:PutObject', 's3:DeleteObject*', 'dynamodb:PutItem', 'sqs:SendMessage', 'kms:Decrypt'], '*')),
}, {
  'it changes the policy of a bucket': [policy(may('s3:PutBucketPolicy', 'arn:aws:s3:::b')), 'P'],
  'it may do all that begins so': [policy(may('s3:Put*', 'arn:aws:s3:::b')), 'P'],
  'it schedules the deletion of a key': [policy(may('kms:ScheduleKeyDeletion', own('kms', 'key/k'))), 'P'],
  'it stops the trail': [policy(may('cloudtrail:StopLogging', own('cloudtrail', 'trail/t'))), 'P'],
  'it deletes a detector': [policy(may('guardduty:DeleteDetector', own('guardduty', 'detector/d'))), 'P'],
  'it stops the recorder': [policy(may('config:StopConfigurationRecorder', '*')), 'P'],
  'it deletes logs': [policy(may('logs:DeleteLogGroup', own('logs', 'log-group:g'))), 'P'],
  'it deletes backups': [policy(may('backup:DeleteRecoveryPoint', own('backup', 'recovery-point:r'))), 'P'],
  'it gives itself rights': [policy(may('iam:PutRolePolicy', `arn:aws:iam::${OWN}:role/r`)), 'P'],
  'it shares a snapshot': [policy(may('rds:ModifyDBClusterSnapshotAttribute', own('rds', 'cluster-snapshot:s'))), 'P'],
  'it may do all but little': [policy([{ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }]), 'P'],
});

proveBreaks(controls.IAM_STAYS_HERE, { ...ROLE, ...KEY }, {
  ...OTHERS,
  'a role of the account': policy(may('sts:AssumeRole', `arn:aws:iam::${OWN}:role/r`)),
  'a role of the app': policy(may('sts:AssumeRole', { 'Fn::GetAtt': ['Passed', 'Arn'] })),
  'a bucket, whose account nobody knows': policy(may('s3:GetObject', 'arn:aws:s3:::b/*')),
}, {
  'it takes a role of another account': [policy(may('sts:AssumeRole', `arn:aws:iam::${FOREIGN}:role/r`)), 'P'],
  'it takes one of each': [policy(may(['sts:Assume*'], [`arn:aws:iam::${OWN}:role/r`, `arn:aws:iam::${FOREIGN}:role/r`])), 'P'],
  'it takes roles of any account': [policy(may('sts:AssumeRole', 'arn:aws:iam::*:role/r')), 'P'],
  'only the deployment knows which it takes': [policy(may('sts:AssumeRole', { 'Fn::Unknown': 'P' })), 'P'],
  'only the deployment knows whether it takes one': [policy(may({ 'Fn::Unknown': 'P' }, '*')), 'P'],
});

test('a message calls the statement by its Sid, what it allows and on what', () => {
  const tell = (Statement: any) => {
    const resources: any = structuredClone(ROLE);
    policy(Statement)(resources);
    const template = new RenderedTemplate({ Resources: resources }, OWN);
    return controls.IAM_ADDED_RESOURCES.tells!(template.resource('Role')!, template);
  };
  expect(tell([{ ...may(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::*', '*'])[0], Sid: 'Objects' }])).toEqual(
    ["the statement 'Objects' allows 's3:GetObject', 's3:PutObject' on 'arn:aws:s3:::*', '*'"]);
  expect(tell([{ Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:s3:::b' }])).toEqual(
    ["a statement without Sid allows everything but 'iam:*' on everything but 'arn:aws:s3:::b'"]);
  expect(tell([{ 'Fn::Unknown': 'P' }])).toEqual(['a statement without Sid allows what only the deployment knows on what only the deployment knows']);
  expect(tell(may('s3:GetObject', 'arn:aws:s3:::b/*'))).toEqual([]);
});
