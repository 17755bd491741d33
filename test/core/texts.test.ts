import { RenderedTemplate } from '../../src/core/template';
import { misfits } from '../../src/core/texts';

const told = (Type: string, Properties: any) => misfits(new RenderedTemplate({ Resources: { A: { Type, Properties } } })).map(m => m.told);

test.each<[string, string, any, any]>([
  ['the description of a security group', 'AWS::EC2::SecurityGroup', { GroupDescription: 'Tasks of Shop/Service' }, { GroupDescription: 'Tasks of Geschäft' }],
  ['of 255 characters', 'AWS::EC2::SecurityGroup', { GroupDescription: 'a'.repeat(255) }, { GroupDescription: 'a'.repeat(256) }],
  ['of parts', 'AWS::EC2::SecurityGroup', { GroupDescription: { 'Fn::Join': ['', ['a', { Ref: 'AWS::StackName' }]] } }, { GroupDescription: { 'Fn::Join': ['', ['ä', { Ref: 'AWS::StackName' }]] } }],
  ['the description of a rule', 'AWS::EC2::SecurityGroup', { SecurityGroupIngress: [{ Description: 'from A' }] }, { SecurityGroupIngress: [{ Description: 'from A → B' }] }],
  ['of a rule apart', 'AWS::EC2::SecurityGroupEgress', { Description: 'to A' }, { Description: 'to “A”' }],
  ['the description of a role', 'AWS::IAM::Role', { Description: 'Geschäft' }, { Description: 'Магазин' }],
  ['of a policy', 'AWS::IAM::ManagedPolicy', { Description: 'a'.repeat(1000) }, { Description: 'a'.repeat(1001) }],
  ['of a rule of events', 'AWS::Events::Rule', { Description: '事'.repeat(512) }, { Description: '事'.repeat(513) }],
  ['of an alarm', 'AWS::CloudWatch::Alarm', { AlarmDescription: 'a'.repeat(1024) }, { AlarmDescription: 'a'.repeat(1025) }],
  ['of a key', 'AWS::KMS::Key', { Description: 'a'.repeat(8192) }, { Description: 'a'.repeat(8193) }],
  ['the value of a tag', 'AWS::EC2::VPC', { Tags: [{ Key: 'Name', Value: 'a'.repeat(256) }] }, { Tags: [{ Key: 'Name', Value: 'a'.repeat(257) }] }],
  ['the key of a tag', 'AWS::S3::Bucket', { Tags: [{ Key: 'a'.repeat(128), Value: '' }] }, { Tags: [{ Key: 'a'.repeat(129), Value: '' }] }],
])('%s', (_name, type, right, wrong) => {
  expect(told(type, right)).toEqual([]);
  expect(told(type, wrong)).toHaveLength(1);
});

test('says the character or the length, and what to do', () => {
  expect(told('AWS::EC2::SecurityGroup', { GroupDescription: 'Geschäft' })).toEqual([
    "has the character 'ä' in 'GroupDescription', and AWS takes ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*: name the construct, or describe it, otherwise",
  ]);
  expect(told('AWS::EC2::VPC', { Tags: [{ Key: 'Name', Value: 'a'.repeat(300) }] })).toEqual([
    "has 300 characters in the tag 'Name', and AWS takes 256: give the construct, or those above it, a shorter name",
  ]);
});

test('what only the deployment knows fits', () => {
  expect(told('AWS::EC2::SecurityGroup', { GroupDescription: { Ref: 'P' }, Tags: { 'Fn::If': ['C', [], []] }, SecurityGroupIngress: { Ref: 'P' } })).toEqual([]);
});
