import { evidenceOf } from '../../src/assurance/evidence';
import { RenderedTemplate } from '../../src/core/template';

const TEMPLATE = new RenderedTemplate({
  Resources: {
    Key: { Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain', Properties: { EnableKeyRotation: true, KeyPolicy: { Statement: [] }, A: { B: { C: 7 } } } },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } },
    Other: { Type: 'AWS::KMS::Alias', Properties: { TargetKeyId: { Ref: 'OtherKey' } } },
    FlowLog: { Type: 'AWS::EC2::FlowLog', Properties: { LogGroupName: { Ref: 'Logs' }, LogDestination: { 'Fn::GetAtt': ['Logs', 'Arn'] } } },
    Logs: { Type: 'AWS::Logs::LogGroup' },
    Others: { Type: 'AWS::Logs::LogGroup' },
    Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'x' } },
    Filter: { Type: 'AWS::Logs::MetricFilter', Properties: { MetricTransformations: [{ MetricName: 'x' }] } },
    Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [1] } } },
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement: [2] } } },
  },
});
const of = (id: string, property: string) => evidenceOf(TEMPLATE.resource(id)!, TEMPLATE, property);

test.each<[string, string, string, object]>([
  ['a property', 'Key', 'EnableKeyRotation', { property: 'EnableKeyRotation', value: true }],
  ['a property in a property', 'Key', 'A.B.C', { property: 'A.B.C', value: 7 }],
  ['nothing where there is nothing', 'Key', 'A.X.C', { property: 'A.X.C', value: undefined }],
  ['the deletion policies', 'Key', 'DeletionPolicy', { property: 'DeletionPolicy', value: { DeletionPolicy: 'Retain' } }],
  ['no deletion policy', 'Alias', 'DeletionPolicy', { property: 'DeletionPolicy', value: {} }],
  ['the policy of a key', 'Key', 'PolicyDocument', { property: 'KeyPolicy', value: { Statement: [] } }],
  ['the trust policy of a role', 'Role', 'PolicyDocument', { property: 'AssumeRolePolicyDocument', value: { Statement: [1] } }],
  ['a policy by its own name', 'Policy', 'PolicyDocument', { property: 'PolicyDocument', value: { Statement: [2] } }],
  ['a policy that is not there', 'Logs', 'PolicyDocument', { property: 'PolicyDocument', value: undefined }],
  ['the resources that refer to it', 'Key', 'AWS::KMS::Alias', { property: 'AWS::KMS::Alias', value: ['Alias'] }],
  ['the resources that it refers to', 'FlowLog', 'AWS::Logs::LogGroup', { property: 'AWS::Logs::LogGroup', value: ['Logs'] }],
  ['all of a type, where no reference tells', 'Alarm', 'AWS::Logs::MetricFilter', { property: 'AWS::Logs::MetricFilter', value: ['Filter'] }],
  ['no resources of a type', 'Key', 'AWS::EC2::NatGateway', { property: 'AWS::EC2::NatGateway', value: [] }],
])('is %s', (_name, id, property, evidence) => expect(of(id, property)).toEqual(evidence));
