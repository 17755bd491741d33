import * as controls from '../../../src/services/general/controls';
import { provePredicate } from '../../support/predicate';

provePredicate(controls.GEN_RETAINED, { Bucket: { Type: 'AWS::S3::Bucket', DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' } }, {
  'it is deleted with the stack': r => { r.Bucket.DeletionPolicy = 'Delete'; },
  'it is deleted by default': r => { delete r.Bucket.DeletionPolicy; },
  'it is deleted when it is replaced': r => { r.Bucket.UpdateReplacePolicy = 'Delete'; },
  'nothing is said of its replacement': r => { delete r.Bucket.UpdateReplacePolicy; },
});
provePredicate(controls.GEN_RETAINED, { Cluster: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Snapshot' } }, {
  'no snapshot is taken': r => { r.Cluster.DeletionPolicy = 'Delete'; },
});

const statement = (Condition?: object) => ({ Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' }, Action: 's3:PutObject', Resource: '*', Condition });
const only = (Condition?: object) => (r: any) => { Object.values<any>(r)[0].Properties.PolicyDocument.Statement = [statement(Condition)]; };
const POLICY = {
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
          { Effect: 'Deny', Principal: { Service: 'x.amazonaws.com' }, Action: 's3:*', Resource: '*' },
          { Effect: 'Allow', Principal: { AWS: 'arn:a' }, Action: 's3:GetObject', Resource: '*' },
          statement({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
          statement({ StringEquals: { 'aws:sourceaccount': '111111111111' } }),
          statement({ ArnEquals: { 'aws:SourceArn': 'arn:a' } }),
          statement({ ArnLike: { 'aws:SourceArn': ['arn:a:*'] } }),
          statement({ StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:*' } }),
        ],
      },
    },
  },
};
provePredicate(controls.GEN_SOURCE_CONDITIONS, POLICY, {
  'a service has no condition': only(),
  'the condition is about something else': only({ StringEquals: { 's3:x-amz-acl': 'private' } }),
  'any source will do': only({ ArnLike: { 'aws:SourceArn': '*' } }),
  'one of the sources is any': only({ ArnLike: { 'aws:SourceArn': ['arn:a', '*'] } }),
  'no source is named': only({ ArnLike: { 'aws:SourceArn': [] } }),
  'the condition leaves out one source': only({ StringNotEquals: { 'aws:SourceAccount': '1' } }),
  'the condition passes without a source': only({ StringEqualsIfExists: { 'aws:SourceAccount': '1' } }),
  'the condition asks only whether there is a source': only({ Null: { 'aws:SourceArn': 'false' } }),
  'a grant is for certain operations, of anybody': only({ 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }),
  'there is no statement': r => { r.Policy.Properties.PolicyDocument.Statement = []; },
  'there is no policy': r => { delete r.Policy.Properties.PolicyDocument; },
});
provePredicate(controls.GEN_SOURCE_CONDITIONS, { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: statement({ ArnLike: { 'aws:SourceArn': 'arn:a' } }) } } } }, {
  'any account may make the service take the role': r => { delete r.Role.Properties.AssumeRolePolicyDocument.Statement.Condition; },
});
provePredicate(controls.GEN_SOURCE_CONDITIONS, { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [statement({ StringEquals: { 'kms:ViaService': 's3' } })] } } } }, {
  'any account may make the service use the key': r => { delete r.Key.Properties.KeyPolicy.Statement[0].Condition; },
});

const both = (service: string, Condition: object = { StringEquals: { 'aws:SourceAccount': '1' }, ArnLike: { 'aws:SourceArn': 'arn:a:*' } }) =>
  ({ Effect: 'Allow', Principal: { Service: service }, Action: 's3:PutObject', Resource: '*', Condition });
const of = (type: string, name: string, ...Statement: any[]) => ({ R: { Type: type, Properties: { [name]: { Statement } } } });
const conditions = (name: string, change: (c: any) => void) => (r: any) => change(r.R.Properties[name].Statement[0].Condition);
provePredicate(controls.GEN_SOURCE_EVERY, of('AWS::S3::BucketPolicy', 'PolicyDocument', both('config.amazonaws.com'), both('unheard-of.amazonaws.com', {})), {
  'the account is not asked for': conditions('PolicyDocument', c => { delete c.StringEquals; }),
  'the resource is not asked for': conditions('PolicyDocument', c => { delete c.ArnLike; }),
  'any account will do': conditions('PolicyDocument', c => { c.StringEquals['aws:SourceAccount'] = '*'; }),
  'any resource will do': conditions('PolicyDocument', c => { c.ArnLike['aws:SourceArn'] = ['arn:a', '*']; }),
  'a source may be absent': conditions('PolicyDocument', c => { c.ArnLikeIfExists = c.ArnLike; delete c.ArnLike; }),
  'there is no statement': r => { r.R.Properties.PolicyDocument.Statement = []; },
});
provePredicate(controls.GEN_SOURCE_EVERY, of('AWS::IAM::Role', 'AssumeRolePolicyDocument', both('events.amazonaws.com')), {
  'another rule may take the role': conditions('AssumeRolePolicyDocument', c => { delete c.ArnLike; }),
});
provePredicate(controls.GEN_SOURCE_EVERY, of('AWS::KMS::Key', 'KeyPolicy',
  both('logs.eu-west-1.amazonaws.com', { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:a' } }),
  { ...both('', { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:a' } }), Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
  both('fargate.amazonaws.com', { StringEquals: { 'kms:EncryptionContext:aws:ecs:clusterAccount': '1', 'kms:EncryptionContext:aws:ecs:clusterName': 'c' } }),
  both('events.amazonaws.com', {})), {
  'any log group may use the key': r => { delete r.R.Properties.KeyPolicy.Statement[0].Condition; },
  'any log group may use the key, in a region that is not known': r => { delete r.R.Properties.KeyPolicy.Statement[1].Condition; },
  'any cluster may use the key': r => { delete r.R.Properties.KeyPolicy.Statement[2].Condition.StringEquals['kms:EncryptionContext:aws:ecs:clusterName']; },
});
