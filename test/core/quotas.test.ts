import { excesses } from '../../src/core/quotas';
import { RenderedTemplate } from '../../src/core/template';

const many = (count: number, one: (i: number) => any) => Array.from({ length: count }, (_, i) => one(i));
const told = (resources: any, deployment = {}) => excesses(new RenderedTemplate({ Resources: resources }), deployment)
  .map(({ logicalId, told: text }) => `${logicalId} ${text}`);
const policy = (Type: string, property: string, Resource: any) => ({
  Type, Properties: { [property]: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }], Version: '2012-10-17' } },
});

test.each<[string, string, number]>([
  ['AWS::S3::BucketPolicy', 'PolicyDocument', 20480],
  ['AWS::KMS::Key', 'KeyPolicy', 32768],
  ['AWS::IAM::ManagedPolicy', 'PolicyDocument', 6144],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument', 30720],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', 20480],
  ['AWS::Backup::BackupVault', 'AccessPolicy', 20480],
  ['AWS::EC2::VPCEndpoint', 'PolicyDocument', 20480],
  ['AWS::ECR::Repository', 'RepositoryPolicyText', 10240],
  ['AWS::Logs::ResourcePolicy', 'PolicyDocument', 5120],
])('%s has a policy of as many characters as AWS takes, and no more', (type, property, most) => {
  const empty = JSON.stringify(policy(type, property, '').Properties[property]).length;
  expect(told({ A: policy(type, property, 'x'.repeat(most - empty)) })).toEqual([]);
  expect(told({ A: policy(type, property, 'x'.repeat(most - empty + 1)) })[0]).toMatch(`A has a policy of about ${most + 1} characters, and AWS takes ${most}: `);
});

test('a topic has a hundred statements', () => {
  const topic = (count: number) => ({ A: { Type: 'AWS::SNS::TopicPolicy', Properties: { PolicyDocument: { Statement: many(count, () => ({ Effect: 'Allow' })) } } } });
  expect(told(topic(100))).toEqual([]);
  expect(told(topic(101))[0]).toMatch('A has a policy of 101 statements, and AWS takes 100: ');
});

test('a role has ten managed policies, from either side', () => {
  const role = (attached: number, attaching: number) => ({
    Role: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: many(attached, i => `arn:aws:iam::aws:policy/P${i}`) } },
    ...Object.fromEntries(many(attaching, i => [`P${i}`, { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'Role' }] } }])),
  });
  expect(told(role(4, 6))).toEqual([]);
  expect(told(role(4, 7))).toEqual(['Role has 11 managed policies, and IAM lets a role have 10: grant it less, or divide its work between two roles']);
});

const bucket = (BucketName?: any) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });
test.each<[string, any, any, number]>([
  ['the ARN of a bucket that CloudFormation names', { 'Fn::GetAtt': ['B', 'Arn'] }, { B: bucket() }, 'arn:aws:s3:::shop-b-1234567890123'.length],
  ['with a long name', { 'Fn::GetAtt': ['B'.repeat(200), 'Arn'] }, { ['B'.repeat(200)]: bucket() }, 'arn:aws:s3:::'.length + 63],
  ['with a name', { 'Fn::GetAtt': ['B', 'Arn'] }, { B: bucket('orders') }, 'arn:aws:s3:::orders'.length],
  ['in short', { 'Fn::GetAtt': 'B.Arn' }, { B: bucket('orders') }, 'arn:aws:s3:::orders'.length],
  ['the ARN of a key', { 'Fn::GetAtt': ['K', 'Arn'] }, { K: { Type: 'AWS::KMS::Key', Properties: {} } }, 'arn:aws:kms:eu-west-1:111122223333:key/01234567-0123-0123-0123-012345678901'.length],
  ['the ARN of a role', { 'Fn::GetAtt': ['R', 'Arn'] }, { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Reader' } } }, 'arn:aws:iam::111122223333:Role/Reader'.length],
  ['the ARN of a topic', { Ref: 'T' }, { T: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } } }, 'arn:aws:sns:eu-west-1:111122223333:Topic/alarms'.length],
  ['parts', { 'Fn::Join': [':', ['arn', { Ref: 'AWS::Partition' }, { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }]] }, {}, 'arn:aws:eu-west-1:111122223333'.length],
  ['text with values in it', { 'Fn::Sub': 'a/${AWS::AccountId}/${B.Arn}' }, { B: bucket('orders') }, 'a/111122223333/arn:aws:s3:::orders'.length],
  ['text with values of its own', { 'Fn::Sub': ['a/${Own}', { Own: 'b'.repeat(9) }] }, {}, 11],
  ['the longer of two', { 'Fn::If': ['C', 'a', 'abc'] }, {}, 3],
])('counts %s', (_name, value, resources, length) => {
  const empty = JSON.stringify(policy('AWS::IAM::ManagedPolicy', 'PolicyDocument', [[''], '']).Properties.PolicyDocument).length - 2;
  const filled = (more: number) => ({ A: policy('AWS::IAM::ManagedPolicy', 'PolicyDocument', [value, 'x'.repeat(6144 - empty - length + more)]), ...resources });
  expect(told(filled(0), { stackName: 'Shop', region: 'eu-west-1' })).toEqual([]);
  expect(told(filled(1), { stackName: 'Shop', region: 'eu-west-1' })).toHaveLength(1);
});

test('what is unknown crashes nothing', () => {
  expect(told({ A: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { 'Fn::Unknown': 'P' } } }, B: policy('AWS::KMS::Key', 'KeyPolicy', { Ref: 'AWS::NoValue' }) })).toEqual([]);
  expect(told({ A: policy('AWS::IAM::ManagedPolicy', 'PolicyDocument', { 'Fn::ImportValue': { 'Fn::Sub': '${P}' } }) })).toEqual([]);
});
