import { RenderedTemplate } from '../../../src/core/template';
import * as touch from '../../../src/services/backup/touch-controls';
import { FOREIGN, OWN, proveBreaks, provePredicate, Resources } from '../../support/predicate';

const UNKNOWN = { 'Fn::Unknown': 'P' };
const ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] };
const OTHER = { 'Fn::GetAtt': ['Other', 'Arn'] };
const VAULT_ARN = { 'Fn::GetAtt': ['Vault', 'BackupVaultArn'] };
const vault = (LockConfiguration?: any) => ({ Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'v', EncryptionKeyArn: { 'Fn::GetAtt': ['Key', 'Arn'] }, LockConfiguration } });
const plan = (...BackupPlanRule: any[]) => ({ Type: 'AWS::Backup::BackupPlan', Properties: { BackupPlan: { BackupPlanRule } } });
const selection = (planId: any, BackupSelection: any) => ({ Type: 'AWS::Backup::BackupSelection', Properties: { BackupPlanId: planId, BackupSelection } });
const idOf = (id: string) => ({ 'Fn::GetAtt': [id, 'BackupPlanId'] });
const BUCKET = { 'Fn::GetAtt': ['Bucket', 'Arn'] };

const PLAN: Resources = {
  Plan: plan({ RuleName: 'Daily', TargetBackupVault: { Ref: 'Vault' } }),
  Vault: vault({ MinRetentionDays: 7, MaxRetentionDays: 365 }),
  Unlocked: vault(),
  Selection: selection(idOf('Plan'), { IamRoleArn: ROLE, Resources: [BUCKET] }),
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Other: { Type: 'AWS::IAM::Role', Properties: {} },
  Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
};
const { Vault, ...others } = PLAN;
const VAULT: Resources = { Vault: { ...Vault, Properties: { ...Vault.Properties, AccessPolicy: { Statement: [] } } }, ...others };

/** Statements that the vault may have, and those that it may not. */
function proveStatements(control: typeof touch.BKP_OURS, right: Record<string, any>, wrong: Record<string, any>): void {
  const judge = (statement: any) => {
    const resources = structuredClone(VAULT);
    resources.Vault.Properties.AccessPolicy.Statement.push(statement);
    const template = new RenderedTemplate({ Resources: resources }, OWN);
    return [control.holds(template.resource('Vault')!, template), control.tells!(template.resource('Vault')!, template).length];
  };
  describe(`${control.id}: ${control.title}`, () => {
    test.each(Object.entries(right))('holds when %s', (_name, statement) => expect(judge(statement)).toEqual([true, 0]));
    test.each(Object.entries(wrong))('does not hold when %s', (_name, statement) => expect(judge(statement)).toEqual([false, 1]));
  });
}
const allow = (Principal: any, Action: any = 'backup:StartRestoreJob', more: any = {}) => ({ Effect: 'Allow', Principal, Action, Resource: '*', ...more });
const deny = (Principal: any, Condition?: any, Action: any = 'backup:StartBackupJob') => ({ Effect: 'Deny', Principal, Action, Resource: '*', ...Condition && { Condition } });

proveStatements(touch.BKP_OURS, {
  'a role of the app restores': allow({ AWS: OTHER }),
  'the account restores': allow({ AWS: OWN }),
  'another account is denied': deny({ AWS: FOREIGN }),
}, {
  'another account restores': allow({ AWS: FOREIGN }),
  'a role of another account restores, besides ours': allow({ AWS: [OTHER, `arn:aws:iam::${FOREIGN}:role/A`] }),
  'everybody restores': allow('*'),
  'an organization copies into it': allow({ AWS: '*' }, 'backup:CopyIntoBackupVault', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } }),
  'everybody but one restores': { Effect: 'Allow', NotPrincipal: { AWS: FOREIGN }, Action: 'backup:StartRestoreJob', Resource: '*' },
  'a service restores for whomever': allow({ Service: 'ssm.amazonaws.com' }),
  'whom the deployment says restores': allow({ AWS: UNKNOWN }),
  'a statement cannot be read': UNKNOWN,
});
proveStatements(touch.BKP_NOBODY_MANAGES, {
  'a role of the app restores and copies': allow({ AWS: OTHER }, ['backup:StartRestoreJob', 'backup:CopyIntoBackupVault']),
  'a role is denied to delete': deny({ AWS: OTHER }, undefined, 'backup:DeleteRecoveryPoint'),
}, {
  'a role deletes backups': allow({ AWS: OTHER }, ['backup:StartRestoreJob', 'backup:DeleteRecoveryPoint']),
  'a role takes the policy away': allow({ AWS: OTHER }, 'backup:DeleteBackupVaultAccessPolicy'),
  'a role does all but one thing': allow({ AWS: OTHER }, undefined, { NotAction: 'backup:StartRestoreJob' }),
  'a role does what the deployment says': allow({ AWS: OTHER }, UNKNOWN),
});
proveStatements(touch.BKP_WRITABLE, {
  'another role may not back up': deny({ AWS: OTHER }),
  'another account may not back up': deny({ AWS: `arn:aws:iam::${FOREIGN}:root` }),
  'nobody copies out of it': deny('*', undefined, 'backup:CopyFromBackupVault'),
  'strangers may not back up': deny('*', { StringNotEquals: { 'aws:PrincipalAccount': OWN } }),
  'nobody of another organization backs up': deny('*', { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a' } }),
  'nobody but the role of the plan backs up': deny('*', { ArnNotLike: { 'aws:PrincipalArn': [ROLE] } }),
}, {
  'nobody may back up': deny('*'),
  'the account may not back up': deny({ AWS: OWN }),
  'the role of the plan may not back up': deny({ AWS: [OTHER, ROLE] }),
  'nobody but another role backs up': deny('*', { ArnNotLike: { 'aws:PrincipalArn': [OTHER] } }),
  'nobody of the account backs up': deny('*', { StringNotEquals: { 'aws:PrincipalAccount': FOREIGN } }),
  'everybody but one may not back up': { Effect: 'Deny', NotPrincipal: { AWS: OTHER }, Action: 'backup:StartBackupJob', Resource: '*' },
  'whom the deployment says may not back up': deny({ AWS: UNKNOWN }),
  'nobody does what the deployment says': deny('*', undefined, UNKNOWN),
});

const tells = (SNSTopicArn: any) => (r: any) => { r.Vault.Properties.Notifications = { SNSTopicArn }; };
proveBreaks(touch.BKP_TELLS_OURS, VAULT, { 'a topic of the app is told': tells({ Ref: 'Topic' }), 'a topic of the account is told': tells(`arn:aws:sns:eu-west-1:${OWN}:t`) }, {
  'strangers are told': [tells(`arn:aws:sns:eu-west-1:${FOREIGN}:t`), 'Vault'],
  'whom the deployment says is told': [tells(UNKNOWN), 'Vault'],
});
const add = (id: string, Type: string, Properties: any) => (r: any) => { r[id] = { Type, Properties }; };
proveBreaks(touch.BKP_NOT_SHARED, VAULT, {
  'restores are tried': add('Testing', 'AWS::Backup::RestoreTestingPlan', { RecoveryPointSelection: { IncludeVaults: [VAULT_ARN] } }),
  'another plan writes to it': add('Second', 'AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [{ TargetBackupVault: { Ref: 'Vault' } }] } }),
}, {
  'it is shared': [add('Share', 'AWS::RAM::ResourceShare', { ResourceArns: [VAULT_ARN] }), 'Share'],
  'something that nobody here knows is about it': [add('Access', 'AWS::Backup::RestoreAccessBackupVault', { SourceBackupVaultArn: VAULT_ARN }), 'Access'],
});

const rule = (changes: any) => (r: any) => { r.Plan.Properties.BackupPlan.BackupPlanRule.push({ RuleName: 'Further', TargetBackupVault: { Ref: 'Vault' }, ...changes }); };
const copies = (...arns: any[]) => rule({ CopyActions: arns.map(DestinationBackupVaultArn => ({ DestinationBackupVaultArn })) });
test.each<[string, (r: any) => void]>([
  ['a further rule writes to the same vault', rule({})],
  ['it copies to another region', copies(`arn:aws:backup:eu-central-1:${OWN}:backup-vault:copies`)],
  ['it copies to a vault of the app', copies({ 'Fn::GetAtt': ['Unlocked', 'BackupVaultArn'] })],
  ['it has an air-gapped vault of the account', rule({ TargetLogicallyAirGappedBackupVaultArn: `arn:aws:backup:eu-west-1:${OWN}:backup-vault:gap` })],
])('BKP-13 holds when %s', (_name, change) => {
  const resources = structuredClone(PLAN);
  change(resources);
  const template = new RenderedTemplate({ Resources: resources }, OWN);
  expect(touch.BKP_STAYS.holds(template.resource('Plan')!, template)).toBe(true);
});
provePredicate(touch.BKP_STAYS, PLAN, {
  'a rule writes to another vault': rule({ TargetBackupVault: 'Default' }),
  'a rule writes to where the deployment says': rule({ TargetBackupVault: UNKNOWN }),
  'a rule writes to a vault without a lock': rule({ TargetBackupVault: { Ref: 'Unlocked' } }),
  'the vault has no key': r => { delete r.Vault.Properties.EncryptionKeyArn; },
  'it copies to another account': copies(`arn:aws:backup:eu-west-1:${FOREIGN}:backup-vault:c`),
  'it copies to another account, too': copies({ 'Fn::GetAtt': ['Unlocked', 'BackupVaultArn'] }, `arn:aws:backup:eu-west-1:${FOREIGN}:backup-vault:c`),
  'it copies to where the deployment says': copies(UNKNOWN),
  'it has an air-gapped vault of another account': rule({ TargetLogicallyAirGappedBackupVaultArn: `arn:aws:backup:eu-west-1:${FOREIGN}:backup-vault:gap` }),
  'there are no rules': r => { r.Plan.Properties.BackupPlan.BackupPlanRule = []; },
});

const beside = (target: any, BackupSelection: any, planId: any = idOf('Second')) => (r: any) => {
  r.Second = plan({ RuleName: 'Second', TargetBackupVault: target });
  r.Beside = selection(planId, BackupSelection);
};
const further = (IamRoleArn: any) => (r: any) => { r.Further = selection(idOf('Plan'), { IamRoleArn, Resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/t'] }); };
proveBreaks(touch.BKP_NOT_BESIDE, PLAN, {
  'another plan writes to the same vault': beside({ Ref: 'Vault' }, { IamRoleArn: OTHER, Resources: [BUCKET] }),
  'another plan backs up something else': beside('Default', { IamRoleArn: OTHER, Resources: ['arn:aws:s3:::other'] }),
  'it selects more': further(ROLE),
}, {
  'another plan backs up the same to another vault': [beside('Default', { IamRoleArn: OTHER, Resources: [BUCKET] }), 'Beside'],
  'another plan has the same role, and another vault': [beside('Default', { IamRoleArn: ROLE, Resources: ['arn:aws:s3:::other'] }), 'Beside'],
  'a plan that nobody here knows backs up the same': [beside({ Ref: 'Vault' }, { IamRoleArn: OTHER, Resources: [BUCKET] }, 'theirs'), 'Beside'],
  'a role of another account selects more': [further(`arn:aws:iam::${FOREIGN}:role/A`), 'Further'],
  'the role that the deployment says selects more': [further(UNKNOWN), 'Further'],
});

const { Selection, ...around } = PLAN;
const SELECTION: Resources = { Selection, ...around };
const tagged: Resources = { Selection: selection(idOf('Plan'), { IamRoleArn: ROLE, Resources: ['*'], Conditions: { StringEquals: [{ ConditionKey: 'aws:ResourceTag/a', ConditionValue: 'b' }] } }), ...around };
const set = (name: string, value: any) => (r: any) => { r.Selection.Properties.BackupSelection[name] = value; };
const CONDITION = { ConditionKey: 'aws:ResourceTag/backup', ConditionValue: 'never' };
provePredicate(touch.BKP_WHOLE, SELECTION, {
  'a resource is left out': set('NotResources', [BUCKET]),
  'what the deployment says is left out': set('NotResources', UNKNOWN),
  'a condition is added': set('Conditions', { StringEquals: [CONDITION] }),
  'a condition leaves some out': set('Conditions', { StringNotEquals: [CONDITION] }),
  'a condition is known to the deployment only': set('Conditions', UNKNOWN),
  'a tag is asked for': set('ListOfTags', [{ ...CONDITION, ConditionType: 'STRINGEQUALS' }]),
  'the role is of another account': set('IamRoleArn', `arn:aws:iam::${FOREIGN}:role/A`),
  'the role is said by the deployment': set('IamRoleArn', UNKNOWN),
});
provePredicate(touch.BKP_WHOLE, tagged, {
  'it asks for a second tag': r => { r.Selection.Properties.BackupSelection.Conditions.StringEquals.push(CONDITION); },
  'it leaves some out': r => { r.Selection.Properties.BackupSelection.Conditions.StringNotEquals = [CONDITION]; },
});
