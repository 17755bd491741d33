import * as iam from 'aws-cdk-lib/aws-iam';
import * as make from '../../../src/services/kms/statements';
import { newStack } from '../../support/prove';

const stack = newStack();
const json = (statements: iam.PolicyStatement[]): any[] => stack.resolve(statements.map(s => s.toStatementJson()));
const ACCOUNT = { Ref: 'AWS::AccountId' };
const join = (...parts: any[]) => ({ 'Fn::Join': ['', parts] });
const regional = (service: string, resource: string) => join('arn:', { Ref: 'AWS::Partition' }, `:${service}:`, { Ref: 'AWS::Region' }, ':', ACCOUNT, `:${resource}`);
const ROOT = { AWS: join('arn:', { Ref: 'AWS::Partition' }, ':iam::', ACCOUNT, ':root') };
const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];
const through = (service: string) => ({ 'kms:ViaService': join(`${service}.`, { Ref: 'AWS::Region' }, '.amazonaws.com'), 'kms:CallerAccount': ACCOUNT });

test('administration holds no use and no grant', () => {
  const forbidden = /^kms:(\*|Encrypt|Decrypt|De\*|ReEncrypt.*|Generate.*|Sign|Verify.*|DeriveSharedSecret|CreateGrant|Create\*|Cr\*|ReplicateKey)$/;
  expect(make.ADMINISTER.filter(a => forbidden.test(a))).toEqual([]);
  expect(make.ADMINISTER).toEqual(expect.arrayContaining(['kms:Put*', 'kms:Get*', 'kms:List*', 'kms:Revoke*', 'kms:RotateKeyOnDemand']));
  expect(make.USE).toEqual(USE);
});

test('the account administers', () => {
  expect(json([make.accountAdministers()])).toEqual([{ Sid: 'AccountAdministersKey', Effect: 'Allow', Principal: ROOT, Action: make.ADMINISTER, Resource: '*' }]);
});

test('CloudWatch Logs: the regional principal, by the encryption context, and no source', () => {
  const service = json(make.logGroups([make.logGroupArn('/app'), make.logGroupArn('/other/*')])).pop();
  expect(service).toEqual({
    Effect: 'Allow',
    Principal: { Service: join('logs.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }) },
    Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': [regional('logs', 'log-group:/app'), regional('logs', 'log-group:/other/*')] } },
    Resource: '*',
  });
  expect(json(make.throughService('Logs', 'logs', false))[0].Condition).toEqual({ StringEquals: through('logs') });
});

test('CloudTrail: the trail and its context; the description apart; no source account', () => {
  const [encrypts, usesBucketKey, describes] = json(make.cloudTrail('main'));
  expect(encrypts).toMatchObject({
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Condition: {
      ArnEquals: { 'aws:SourceArn': regional('cloudtrail', 'trail/main') },
      StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': join('arn:', { Ref: 'AWS::Partition' }, ':cloudtrail:*:', ACCOUNT, ':trail/*') },
    },
  });
  // For a Bucket Key the context is the bucket's ARN, whatever the trail adds.
  expect(usesBucketKey).toMatchObject({
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Condition: {
      ArnEquals: { 'aws:SourceArn': regional('cloudtrail', 'trail/main') },
      ArnLike: { 'kms:EncryptionContext:aws:s3:arn': join('arn:', { Ref: 'AWS::Partition' }, ':s3:::*') },
    },
  });
  expect(json(make.cloudTrail('main-*'))[1].Condition).toEqual({
    ArnLike: { 'aws:SourceArn': regional('cloudtrail', 'trail/main-*'), 'kms:EncryptionContext:aws:s3:arn': join('arn:', { Ref: 'AWS::Partition' }, ':s3:::*') },
  });
  expect(describes).toMatchObject({ Action: 'kms:DescribeKey', Condition: { ArnEquals: { 'aws:SourceArn': regional('cloudtrail', 'trail/main') } } });
  expect(JSON.stringify([encrypts, usesBucketKey, describes])).not.toContain('SourceAccount');
});

test.each<[string, iam.PolicyStatement[], any]>([
  ['log delivery', make.logDelivery(), { Principal: { Service: 'delivery.logs.amazonaws.com' }, Action: USE, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': regional('logs', '*') } } }],
  ['alarms', make.alarms(), { Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': regional('cloudwatch', 'alarm:*') } } }],
  ['config', make.config(), { Principal: { Service: 'config.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': regional('config', '*') } } }],
  ['GuardDuty', make.guardDuty('d1'), { Principal: { Service: 'guardduty.amazonaws.com' }, Action: 'kms:GenerateDataKey', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnEquals: { 'aws:SourceArn': regional('guardduty', 'detector/d1') } } }],
  ['CloudFront', make.cloudFront('E1'), { Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 'kms:Decrypt', Condition: { StringEquals: { 'aws:SourceArn': join('arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', ACCOUNT, ':distribution/E1') } } }],
  ['a publisher', make.publisher('Backup', 'backup.amazonaws.com', 'arn:x'), { Sid: 'BackupPublish', Principal: { Service: 'backup.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnEquals: { 'aws:SourceArn': 'arn:x' } } }],
])('%s: exactly what the service sends', (_name, statements, expected) => {
  expect(json(statements)).toEqual([expect.objectContaining(expected)]);
});

test('AWS Backup: through the service, and grants with the context of a vault', () => {
  const [use, grant] = json(make.backup());
  expect(use).toMatchObject({ Principal: ROOT, Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*'], Condition: { StringEquals: through('backup') } });
  expect(grant).toMatchObject({
    Action: 'kms:CreateGrant',
    Condition: {
      'StringEquals': through('backup'),
      'Bool': { 'kms:GrantIsForAWSResource': 'true' },
      'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' },
    },
  });
});

test('Fargate: one cluster of this account, and grants to decrypt only', () => {
  const [encrypts, grants] = json(make.fargateStorage('web'));
  const cluster = { 'kms:EncryptionContext:aws:ecs:clusterAccount': ACCOUNT, 'kms:EncryptionContext:aws:ecs:clusterName': 'web' };
  expect(encrypts).toMatchObject({ Action: 'kms:GenerateDataKeyWithoutPlaintext', Condition: { StringEquals: cluster } });
  expect(grants).toMatchObject({ Action: 'kms:CreateGrant', Condition: { 'StringEquals': cluster, 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } } });
  expect(json(make.fargateStorage('web-*'))[0].Condition).toHaveProperty('StringLike');
});

test.each([[undefined, ''], ['shop', '_shop']])('Auto Scaling: the service-linked role with the suffix %p', (suffix, end) => {
  const [use, grant] = json(make.autoScaling(suffix));
  const role = { AWS: join('arn:', { Ref: 'AWS::Partition' }, ':iam::', ACCOUNT, `:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling${end}`) };
  expect(use).toMatchObject({ Principal: role, Action: USE });
  expect(grant).toMatchObject({ Principal: role, Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } });
});
