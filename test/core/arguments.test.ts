import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { App, Aws, Fn, Lazy, Token } from 'aws-cdk-lib/core';
import { checkCall, checkNew, paramsOf, textOf } from '../../src/core/arguments';
import { newStack } from '../support/prove';
import { newVpc } from '../support/vpc';

const stack = newStack();
const vpc = newVpc(stack);

test.each<[string, unknown, string]>([
  ['no props', undefined, "'vpc' is missing: give an ec2.IVpc, for example a SecureVpc"],
  ['no VPC', {}, "'vpc' is missing: give an ec2.IVpc"],
  ["a VPC's ID", { vpc: 'vpc-1' }, "'vpc' is the text 'vpc-1': give an ec2.IVpc"],
  ['a VPC of level 1', { vpc: new ec2.CfnVPC(stack, 'L1') }, "'vpc' is the CfnVPC 'Test/L1': give an ec2.IVpc"],
  ["a tier's name", { vpc, vpcSubnets: 'Data' }, "'vpcSubnets' is the text 'Data': give an ec2.SubnetSelection, for example { subnetGroupName: 'Data' }"],
  ['a token that is no text', { vpc, clusterIdentifier: Fn.getAtt('A', 'B') }, "'clusterIdentifier' must be a string, got a token of another kind"],
  ['a key of level 1', { vpc, encryptionKey: new kms.CfnKey(stack, 'Key') }, "'encryptionKey' is the CfnKey 'Test/Key': give a kms.IKey"],
  ["a key's ARN", { vpc, logKey: 'arn:aws:kms:eu-west-1:111122223333:key/1' }, "'logKey' is the text 'arn:aws:kms:eu-west-1:111122223333:key/1': give a kms.IKey"],
  ['a topic of level 1', { vpc, topic: new sns.CfnTopic(stack, 'Topic') }, "'topic' is the CfnTopic 'Test/Topic': give an sns.ITopic"],
])('refuses %s', (_name, props, message) => {
  expect(() => checkNew('EncryptedDatabase', stack, 'Database', props as object)).toThrow(`[Test/Database] ${message}`);
});

test('takes what the CDK takes', () => {
  checkNew('EncryptedDatabase', stack, 'Database', { vpc });
  checkNew('EncryptedDatabase', stack, 'Database', {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Imported', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['1', '2'] }),
    vpcSubnets: { subnetGroupName: 'Data' },
    encryptionKey: kms.Key.fromKeyArn(stack, 'ImportedKey', 'arn:aws:kms:eu-west-1:111122223333:key/1'),
    logKey: new kms.Key(stack, 'LogKey'),
    topic: sns.Topic.fromTopicArn(stack, 'ImportedTopic', 'arn:aws:sns:eu-west-1:111122223333:security'),
  });
});

const service = (changes: object) => () => checkNew('PrivateFargateService', stack, 'App', { vpc, image: { _locate: true }, port: 8443, ...changes });

test.each<[string, object, string]>([
  ['a number in text', { port: '8443' }, "'port' must be a number, got '8443'"],
  ['a list of pairs', { environment: ['A=B'] }, "'environment' is a list: give an object of strings by name"],
  ['a number as variable', { environment: { PORT: 8080 } }, "'environment.PORT' must be a string, got 8080"],
  ['nothing as variable', { environment: { PORT: undefined } }, "'environment.PORT' is missing: give a string"],
  ['a text as list', { command: 'serve' }, "'command' is the text 'serve', not a list: put it into brackets"],
  ['a list in a list', { command: [['serve']] }, "'command[0]' must be a string, got a list"],
  ['a waiver by its ID', { waivers: ['ECS-14'] }, "'waivers[0]' is the text 'ECS-14': give a SecurityWaiver, for example { control: "],
  ['a waiver without a reason', { waivers: [{ control: 'ECS-14' }] }, "'waivers[0].reason' is missing: say in at least 20 characters why"],
  ['a bucket as foundation', { foundation: stack }, "'foundation' is the Stack 'Test': give a SecurityFoundation"],
  ['an enum by another value', { logRetention: 'FOREVER' }, "'logRetention' must be a logs.RetentionDays, got 'FOREVER'"],
  ['a list of objects that is a token', { writablePaths: Token.asList({ Ref: 'A' }) }, "'writablePaths' is a list that is known only at deployment"],
  ['a construct as struct', { vpcSubnets: vpc }, "'vpcSubnets' is the Vpc 'Test/Vpc': give an ec2.SubnetSelection"],
  ['a function', { scaling: () => 5 }, "'scaling' is a function: give TaskScaling.onCpuUtilization({ maxCapacity })"],
])('says of %s', (_name, changes, message) => expect(service(changes)).toThrow(`[Test/App] ${message}`));

test.each<[string, object]>([
  ['a text', { clusterName: Aws.STACK_NAME }],
  ['a text in another', { clusterName: `a-${Aws.STACK_NAME}` }],
  ['a number', { cpu: Lazy.number({ produce: () => 256 }) }],
  ['a list', { command: Token.asList({ Ref: 'A' }) }],
  ['a map', { environment: Lazy.any({ produce: () => ({}) }) }],
  ['a member of a map', { environment: { A: Aws.REGION } }],
  ['an enum', { logRetention: Lazy.number({ produce: () => 365 }) }],
  ['nothing at all', { cpu: undefined, command: null, foundation: null }],
])('takes a token as %s', (_name, changes) => expect(service(changes)).not.toThrow());

test('a scope must be a construct', () => {
  expect(() => checkNew('LogBucket', undefined as any, 'Logs')).toThrow(/^\[Logs\] 'scope' must be a construct, got undefined$/);
  expect(() => checkNew('LogBucket', 'Logs' as any, undefined as any)).toThrow(/^\[LogBucket\] 'scope' must be a construct, got 'Logs'$/);
  expect(() => checkNew('LogBucket', stack, 5 as any)).toThrow(/^\[Test\] 'id' must be a string, got 5$/);
  expect(() => checkNew('LogBucket', new App(), undefined as any)).toThrow(/^\[LogBucket\] 'id' is missing: give a string$/);
});

test('a parameter that is null is refused, as its default is for what is left out', () => {
  expect(() => checkNew('LogBucket', stack, 'Logs', null as any)).toThrow("[Test/Logs] 'props' is null: leave it out, or give ");
});

test('a method without a place is its own', () => {
  expect(() => checkCall('PrivateImage.of', undefined)).toThrow("[PrivateImage.of] 'repositoryName' is missing: give the name of a repository");
  expect(() => checkCall('SecurityWaivers.of', undefined)).toThrow("[SecurityWaivers.of] 'scope' must be a construct, got undefined");
  expect(() => checkCall('ConfigRecorder.precede', stack, stack, 5)).toThrow("[Test] 'rules[1]' must be a construct, got 5");
});

test('what the table does not have is a mistake of ours', () => {
  expect(() => checkCall('LogBucket.explode', undefined)).toThrow("run 'npx projen api:facts'");
});

test('props that are objects of a class, or come by getters, are read as they are', () => {
  class Props { public get retention() { return '5'; } }
  expect(() => checkNew('LogBucket', stack, 'Logs', new Props())).toThrow("[Test/Logs] 'retention' is the text '5': give a Duration");
  expect(() => checkNew('LogBucket', stack, 'Logs', Object.create(null))).not.toThrow();
});

test('parameters are read from the table', () => {
  expect(paramsOf('a:string b?:[X] c...:{number}')).toEqual([
    { name: 'a', kind: 'string', optional: false, rest: false },
    { name: 'b', kind: '[X]', optional: true, rest: false },
    { name: 'c', kind: '{number}', optional: false, rest: true },
  ]);
  expect(paramsOf('')).toEqual([]);
});

test.each([
  ['kms.IKey', undefined, 'a kms.IKey, for example a CustomerManagedKey'], ['s3.IBucket', 'logBucket', 'an s3.IBucket, for example a LogBucket'],
  ['s3.IBucket', 'bucket', 'an s3.IBucket, for example an EncryptedBucket'], ['dynamodb.ITable', undefined, 'a dynamodb.ITable'],
  ['[string]', undefined, 'a list of strings'], ['{string}', undefined, 'an object of strings by name'], ['boolean', undefined, 'true or false'],
  ['FrameOptions', undefined, 'a FrameOptions, for example FrameOptions.DENY'],
])('%s of %s is called by what it is', (kind, prop, text) => expect(textOf(kind, prop)).toBe(text));
