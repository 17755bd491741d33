import { OF_SECRETS } from '../../../src/services/secrets/touch-controls';
import { FOREIGN, OWN, proveBreaks, Resources } from '../../support/predicate';

const [OURS, NOBODY_MANAGES, ONE_POLICY, ROTATED, REPLICAS, ATTACHED] = OF_SECRETS;
const UNKNOWN = { 'Fn::Unknown': 'P' };
const MASTER = { 'Fn::GetAtt': ['Db', 'MasterUserSecret.SecretArn'] };
const ROLE = { 'Fn::GetAtt': ['Role', 'Arn'] };
const CLUSTER: Resources = {
  Db: { Type: 'AWS::RDS::DBCluster', Properties: {} },
  User: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
  Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'User' }, TargetId: { Ref: 'Db' }, TargetType: 'AWS::RDS::DBCluster' } },
  Role: { Type: 'AWS::IAM::Role', Properties: {} },
  Function: { Type: 'AWS::Lambda::Function', Properties: {} },
};
const add = (id: string, Type: string, Properties: any) => (r: any) => { r[id] = { Type, Properties }; };
const policy = (Statement: any, more: any = {}, SecretId: any = MASTER) => add('Policy', 'AWS::SecretsManager::ResourcePolicy', { SecretId, ResourcePolicy: { Statement }, ...more });
const allow = (Principal: any, Action: any = 'secretsmanager:GetSecretValue', more: any = {}) => ({ Effect: 'Allow', Principal, Action, Resource: '*', ...more });
const reads = (Principal: any, SecretId?: any) => policy([allow(Principal)], {}, SecretId);

test('all that is claimed is about the secrets of databases and of tasks', () => {
  expect(OF_SECRETS.map(c => c.id)).toEqual(['SEC-01', 'SEC-02', 'SEC-03', 'SEC-04', 'SEC-05', 'SEC-06']);
  expect([...new Set(OF_SECRETS.flatMap(c => c.types))]).toEqual(['AWS::RDS::DBCluster', 'AWS::ECS::TaskDefinition']);
});

proveBreaks(OURS, CLUSTER, {
  'a role of the app reads': reads({ AWS: ROLE }),
  'a named role of the account reads': reads({ AWS: `arn:aws:iam::${OWN}:role/Migrations` }),
  'another account is denied': policy([{ ...allow({ AWS: FOREIGN }), Effect: 'Deny' }]),
  'another secret is read by another account': reads({ AWS: FOREIGN }, `arn:aws:secretsmanager:eu-west-1:${OWN}:secret:other`),
}, {
  'another account reads': [reads({ AWS: FOREIGN }), 'Policy'],
  'another account reads, besides ours': [reads({ AWS: [ROLE, `arn:aws:iam::${FOREIGN}:root`] }), 'Policy'],
  'everybody reads': [reads('*'), 'Policy'],
  'everybody of an organization reads': [policy([allow('*', undefined, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a' } } })]), 'Policy'],
  'everybody but one reads': [policy([{ Effect: 'Allow', NotPrincipal: { AWS: FOREIGN }, Action: 'secretsmanager:GetSecretValue', Resource: '*' }]), 'Policy'],
  'a service reads for whomever': [reads({ Service: 'lambda.amazonaws.com' }), 'Policy'],
  'whom the deployment says reads': [reads({ AWS: UNKNOWN }), 'Policy'],
  'a statement cannot be read': [policy([UNKNOWN]), 'Policy'],
  'all statements are known to the deployment only': [policy(UNKNOWN), 'Policy'],
  'the policy is known to the deployment only': [policy([], { ResourcePolicy: UNKNOWN }), 'Policy'],
  'another account reads, by a policy that is text': [policy([], { ResourcePolicy: JSON.stringify({ Statement: [allow({ AWS: FOREIGN })] }) }), 'Policy'],
  'another account reads a further user': [reads({ AWS: FOREIGN }, { Ref: 'User' }), 'Policy'],
  'another account reads a further user, by its attachment': [reads({ AWS: FOREIGN }, { Ref: 'Attachment' }), 'Policy'],
});
const { Db, ...others } = CLUSTER;
const TASK: Resources = { Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Secrets: [{ Name: 'A', ValueFrom: { Ref: 'User' } }] }] } }, Db, ...others };
proveBreaks(OURS, TASK, { 'a role of the app reads': reads({ AWS: ROLE }, { Ref: 'User' }) }, { 'another account reads what tasks read': [reads({ AWS: FOREIGN }, { Ref: 'User' }), 'Policy'] });

proveBreaks(NOBODY_MANAGES, CLUSTER, { 'a role reads': reads({ AWS: ROLE }), 'nobody deletes it': policy([{ ...allow('*', 'secretsmanager:DeleteSecret'), Effect: 'Deny' }]) }, {
  'a role changes the policy': [policy([allow({ AWS: ROLE }, ['secretsmanager:GetSecretValue', 'secretsmanager:PutResourcePolicy'])]), 'Policy'],
  'a role does everything': [policy([allow({ AWS: ROLE }, 'secretsmanager:*')]), 'Policy'],
  'a role does everything but reading': [policy([{ ...allow({ AWS: ROLE }, undefined), Action: undefined, NotAction: 'secretsmanager:GetSecretValue' }]), 'Policy'],
  'a role does what the deployment says': [policy([allow({ AWS: ROLE }, UNKNOWN)]), 'Policy'],
});

const second = (SecretId: any) => (r: any) => {
  policy([allow({ AWS: ROLE })])(r);
  add('Second', 'AWS::SecretsManager::ResourcePolicy', { SecretId, ResourcePolicy: { Statement: [allow({ AWS: ROLE })] } })(r);
};
proveBreaks(ONE_POLICY, CLUSTER, {
  'there is one': reads({ AWS: ROLE }),
  'it refuses broad ones': policy([allow({ AWS: ROLE })], { BlockPublicPolicy: true }),
  'two secrets have one each': second({ Ref: 'User' }),
}, {
  'there are two': [second(MASTER), 'Second'],
  'there are two, of which one names the attachment': [r => {
    policy([allow({ AWS: ROLE })], {}, { Ref: 'User' })(r);
    add('Second', 'AWS::SecretsManager::ResourcePolicy', { SecretId: { Ref: 'Attachment' }, ResourcePolicy: { Statement: [allow({ AWS: ROLE })] } })(r);
  }, 'Second'],
  'broad ones are not refused': [policy([allow({ AWS: ROLE })], { BlockPublicPolicy: false }), 'Policy'],
  'the deployment decides whether broad ones are refused': [policy([allow({ AWS: ROLE })], { BlockPublicPolicy: UNKNOWN }), 'Policy'],
});

const OWN_FUNCTION = { 'Fn::GetAtt': ['Function', 'Arn'] };
const FOREIGN_FUNCTION = `arn:aws:lambda:eu-west-1:${FOREIGN}:function:f`;
const rotation = (SecretId: any, properties: any, RotationRules: any = { AutomaticallyAfterDays: 30 }) => add('Rotation', 'AWS::SecretsManager::RotationSchedule', { SecretId, RotationRules, ...properties });
const rotates = (RotationRules: any, SecretId: any = { Ref: 'Attachment' }) => rotation(SecretId, { RotationLambdaARN: OWN_FUNCTION }, RotationRules);
proveBreaks(ROTATED, CLUSTER, {
  'a function of the app rotates': rotates({ AutomaticallyAfterDays: 90 }),
  'a function of the account rotates': rotation({ Ref: 'User' }, { RotationLambdaARN: `arn:aws:lambda:eu-west-1:${OWN}:function:f` }),
  'the CDK rotates': rotation({ Ref: 'Attachment' }, { HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser' } }),
  'it rotates by a rate': rotates({ ScheduleExpression: 'rate(30 days)' }),
  'it rotates every hour': rotates({ ScheduleExpression: 'rate(4 hours)' }),
  'it rotates every month': rotates({ ScheduleExpression: 'cron(0 8 1 * ? *)' }),
  'RDS rotates, every day': rotation(MASTER, {}, { AutomaticallyAfterDays: 1 }),
}, {
  'a function of another account rotates': [rotation({ Ref: 'Attachment' }, { RotationLambdaARN: FOREIGN_FUNCTION }), 'Rotation'],
  'the function that the deployment says rotates': [rotation({ Ref: 'Attachment' }, { RotationLambdaARN: UNKNOWN }), 'Rotation'],
  'nobody rotates': [rotation({ Ref: 'Attachment' }, {}), 'Rotation'],
  'somebody outside of AWS rotates': [rotation({ Ref: 'Attachment' }, { RotationLambdaARN: OWN_FUNCTION, ExternalSecretRotationRoleArn: ROLE }), 'Rotation'],
  'it rotates once in a year': [rotates({ AutomaticallyAfterDays: 365 }), 'Rotation'],
  'it rotates once in a year, by a rate': [rotates({ ScheduleExpression: 'rate(365 days)' }), 'Rotation'],
  'it rotates in one month only': [rotates({ ScheduleExpression: 'cron(0 8 1 JAN ? *)' }), 'Rotation'],
  'it rotates in one year only': [rotates({ ScheduleExpression: 'cron(0 8 1 * ? 2030)' }), 'Rotation'],
  'it does not say when': [rotates({}), 'Rotation'],
  'the deployment says when': [rotates({ AutomaticallyAfterDays: UNKNOWN }), 'Rotation'],
  'a function rotates the master password': [rotates({ AutomaticallyAfterDays: 7 }, MASTER), 'Rotation'],
  'RDS rotates once in a month': [rotation(MASTER, {}, { AutomaticallyAfterDays: 30 }), 'Rotation'],
});

const replicas = (...keys: any[]) => (r: any) => { r.User.Properties.ReplicaRegions = keys.map(KmsKeyId => ({ Region: 'eu-central-1', KmsKeyId })); };
proveBreaks(REPLICAS, CLUSTER, { 'copies are under a key': replicas(`arn:aws:kms:eu-central-1:${OWN}:key/1`) }, {
  'copies are under the key of AWS': [replicas('arn:aws:kms:x', undefined), 'User'],
  'copies are under its alias': [replicas('alias/aws/secretsmanager'), 'User'],
  'the deployment says where copies are': [r => { r.User.Properties.ReplicaRegions = UNKNOWN; }, 'User'],
});

const attach = (SecretId: any, TargetId: any) => add('Further', 'AWS::SecretsManager::SecretTargetAttachment', { SecretId, TargetId });
proveBreaks(ATTACHED, CLUSTER, { 'a secret is attached to another database of the app': attach({ Ref: 'User' }, { Ref: 'Db' }) }, {
  'the master password is attached elsewhere': [attach(MASTER, 'theirs'), 'Further'],
  'the master password is attached to its own': [attach(MASTER, { Ref: 'Db' }), 'Further'],
  'a secret is attached to what nobody here knows': [attach({ Ref: 'User' }, 'theirs'), 'Further'],
  'something of Secrets Manager that nobody here knows is about it': [add('New', 'AWS::SecretsManager::SecretLease', { Secret: MASTER }), 'New'],
});
