import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as sns from 'aws-cdk-lib/aws-sns';
import { checkKinds, checkProxy } from '../../src/data/database-checks';
import type { EncryptedDatabaseProps } from '../../src/data/encrypted-database-props';
import { newStack } from '../support/prove';
import { newVpc } from '../support/vpc';

const AT = { node: { path: 'Test/Database' } };
const stack = newStack();
const vpc = newVpc(stack);

test.each<[string, unknown, string]>([
  ['no props', undefined, "'vpc' is missing: give an ec2.IVpc, for example a SecureVpc"],
  ['no VPC', {}, "'vpc' is missing: give an ec2.IVpc"],
  ["a VPC's ID", { vpc: 'vpc-1' }, "'vpc' is the text 'vpc-1': give an ec2.IVpc"],
  ['a VPC of level 1', { vpc: new ec2.CfnVPC(stack, 'L1') }, "'vpc' is the CfnVPC 'Test/L1': give an ec2.IVpc"],
  ["a tier's name", { vpc, vpcSubnets: 'Data' }, "'vpcSubnets' is the text 'Data': give an ec2.SubnetSelection, for example { subnetGroupName: 'Data' }"],
  ['a key of level 1', { vpc, encryptionKey: new kms.CfnKey(stack, 'Key') }, "'encryptionKey' is the CfnKey 'Test/Key': give a kms.IKey"],
  ["a key's ARN", { vpc, logKey: 'arn:aws:kms:eu-west-1:111122223333:key/1' }, "'logKey' is the text 'arn:aws:kms:eu-west-1:111122223333:key/1': give a kms.IKey"],
  ['a topic of level 1', { vpc, topic: new sns.CfnTopic(stack, 'Topic') }, "'topic' is the CfnTopic 'Test/Topic': give an sns.ITopic"],
])('refuses %s', (_name, props, message) => {
  expect(() => checkKinds(AT, props as EncryptedDatabaseProps)).toThrow(`[Test/Database] ${message}`);
});

test('takes what the CDK takes', () => {
  checkKinds(AT, { vpc });
  checkKinds(AT, {
    vpc: ec2.Vpc.fromVpcAttributes(stack, 'Imported', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'], isolatedSubnetIds: ['1', '2'] }),
    vpcSubnets: { subnetGroupName: 'Data' },
    encryptionKey: kms.Key.fromKeyArn(stack, 'ImportedKey', 'arn:aws:kms:eu-west-1:111122223333:key/1'),
    logKey: new kms.Key(stack, 'LogKey'),
    topic: sns.Topic.fromTopicArn(stack, 'ImportedTopic', 'arn:aws:sns:eu-west-1:111122223333:security'),
  });
});

test('refuses a proxy without TLS, and one that is nowhere', () => {
  expect(() => checkProxy(AT, { vpc, requireTLS: false })).toThrow("[Test/Database] 'requireTLS' is false: the proxy would take SQL and passwords in cleartext");
  expect(() => checkProxy(AT, undefined)).toThrow("[Test/Database] 'vpc' is missing: give an ec2.IVpc: the database's own");
  expect(() => checkProxy(AT, { vpc, defaultAuthScheme: rds.DefaultAuthScheme.IAM_AUTH })).not.toThrow();
});
