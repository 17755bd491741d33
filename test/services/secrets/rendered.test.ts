import { RenderedTemplate } from '../../../src/core/template';
import { isNamed, KNOWN, secretOf, secretsOf, touching } from '../../../src/services/secrets/rendered';

const policy = (SecretId: any) => ({ Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId } });
const template = new RenderedTemplate({
  Resources: {
    Db: { Type: 'AWS::RDS::DBCluster', Properties: {} },
    User: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
    Attachment: { Type: 'AWS::SecretsManager::SecretTargetAttachment', Properties: { SecretId: { Ref: 'User' }, TargetId: { Ref: 'Db' } } },
    Token: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
    Strange: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
    Task: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { ContainerDefinitions: [{ Secrets: [{ Name: 'TOKEN', ValueFrom: { 'Fn::Join': ['', [{ Ref: 'Token' }, ':field::']] } }], LogConfiguration: { SecretOptions: [{ ValueFrom: { Ref: 'Attachment' } }] } }] },
    },
    OfMaster: policy({ 'Fn::GetAtt': ['Db', 'MasterUserSecret.SecretArn'] }),
    OfUser: policy({ Ref: 'User' }),
    OfAttachment: policy({ Ref: 'Attachment' }),
    OfToken: policy({ Ref: 'Token' }),
    OfStrange: policy({ Ref: 'Strange' }),
  },
});
const ids = (found: { readonly logicalId: string }[]) => found.map(r => r.logicalId);

test('finds the secrets of a cluster and of tasks, and what is about them', () => {
  const [db, task] = ['Db', 'Task'].map(id => template.resource(id)!);
  expect(ids(secretsOf(db, template))).toEqual(['User']);
  expect(ids(secretsOf(task, template)).sort()).toEqual(['Token', 'User']);
  expect(ids(touching('ResourcePolicy', db, template))).toEqual(['OfMaster', 'OfUser', 'OfAttachment']);
  expect(ids(touching('ResourcePolicy', task, template))).toEqual(['OfUser', 'OfAttachment', 'OfToken']);
});

test('a secret is the same by its attachment', () => {
  expect([secretOf({ Ref: 'User' }, template), secretOf({ Ref: 'Attachment' }, template), secretOf({ Ref: 'Token' }, template), secretOf('arn', template)]).toEqual(['User', 'User', 'Token', 'arn']);
});

test('knows by name', () => {
  expect([isNamed({ Ref: 'A' }, ['A']), isNamed({ Ref: 'B' }, ['A']), isNamed('A', ['A'])]).toEqual([true, false, false]);
  expect(KNOWN.every(type => type.startsWith('AWS::SecretsManager::'))).toBe(true);
});
