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
const OWN = { Ref: 'AWS::AccountId' };
const OURS = { 'Fn::Sub': 'arn:aws:cloudtrail:*:${AWS::AccountId}:trail/t' };
const FOREIGN_ARN = 'arn:aws:cloudtrail:*:444455556666:trail/t';
const POLICY = {
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: {
      PolicyDocument: {
        Statement: [
          { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' },
          { Effect: 'Deny', Principal: { Service: 'x.amazonaws.com' }, Action: 's3:*', Resource: '*' },
          { Effect: 'Allow', Principal: { AWS: 'arn:a' }, Action: 's3:GetObject', Resource: '*' },
          statement({ StringEquals: { 'aws:SourceAccount': OWN } }),
          statement({ StringEquals: { 'aws:sourceaccount': [OWN] } }),
          statement({ ArnEquals: { 'aws:SourceArn': OURS } }),
          statement({ ArnLike: { 'aws:SourceArn': [OURS] } }),
          statement({ ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': ['Policy', 'Arn'] } } }),
          statement({ StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': OURS } }),
          statement({ StringEquals: { 'aws:SourceOrgID': 'o-a1b2c3d4e5' } }),
          // both must be met, so that nobody else meets them
          statement({ StringEquals: { 'aws:SourceAccount': OWN }, ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::b', FOREIGN_ARN] } }),
        ],
      },
    },
  },
};
provePredicate(controls.GEN_SOURCE_CONDITIONS, POLICY, {
  'a service has no condition': only(),
  'the condition is about something else': only({ StringEquals: { 's3:x-amz-acl': 'private' } }),
  'any source will do': only({ ArnLike: { 'aws:SourceArn': '*' } }),
  'one of the sources is any': only({ ArnLike: { 'aws:SourceArn': [OURS, '*'] } }),
  'one of the sources is another account\'s': only({ ArnLike: { 'aws:SourceArn': [OURS, FOREIGN_ARN] } }),
  'the sources are of any account': only({ ArnLike: { 'aws:SourceArn': 'arn:aws:cloudtrail:*:*:trail/t' } }),
  'another account makes the service act': only({ StringEquals: { 'aws:SourceAccount': '444455556666' } }),
  'another account makes the service act too': only({ StringEquals: { 'aws:SourceAccount': [OWN, '444455556666'] } }),
  'only the deployment knows which account does': only({ StringEquals: { 'aws:SourceAccount': { 'Fn::Unknown': 'P' } } }),
  'nobody knows whose bucket does': only({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::somebodys' } }),
  'any organization does': only({ StringLike: { 'aws:SourceOrgID': 'o-*' } }),
  'it asks for a service only': only({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
  'only the deployment knows what a statement says': r => { r.Policy.Properties.PolicyDocument.Statement.push({ Principal: { Service: 'x.amazonaws.com' }, Effect: { 'Fn::Unknown': 'P' } }); },
  'no source is named': only({ ArnLike: { 'aws:SourceArn': [] } }),
  'the condition leaves out one source': only({ StringNotEquals: { 'aws:SourceAccount': '1' } }),
  'the condition passes without a source': only({ StringEqualsIfExists: { 'aws:SourceAccount': '1' } }),
  'the condition asks only whether there is a source': only({ Null: { 'aws:SourceArn': 'false' } }),
  'a grant is for certain operations, of anybody': only({ 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] } }),
  'there is no statement': r => { r.Policy.Properties.PolicyDocument.Statement = []; },
  'there is no policy': r => { delete r.Policy.Properties.PolicyDocument; },
});
provePredicate(controls.GEN_SOURCE_CONDITIONS, { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: statement({ ArnLike: { 'aws:SourceArn': OURS } }) } } } }, {
  'any account may make the service take the role': r => { delete r.Role.Properties.AssumeRolePolicyDocument.Statement.Condition; },
});
provePredicate(controls.GEN_SOURCE_CONDITIONS, { Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [statement({ StringEquals: { 'kms:CallerAccount': OWN } })] } } } }, {
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
