import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Token } from 'aws-cdk-lib/core';
import { newVpc } from './fixtures';
import { SecurityWaivers } from '../../src/assurance/security-waiver';
import { checkCommands, checkEnvironment, checkUser, privateSubnets } from '../../src/compute/service-checks';
import { newStack } from '../support/prove';

describe('subnets', () => {
  test('are the isolated ones of a VPC without private ones', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    expect(privateSubnets(stack, vpc, undefined)).toEqual(vpc.isolatedSubnets.map(s => s.subnetId));
  });

  test('are those that are asked for', () => {
    const stack = newStack();
    const vpc = newVpc(stack);
    expect(privateSubnets(stack, vpc, { subnetGroupName: 'App' })).toEqual(vpc.isolatedSubnets.map(s => s.subnetId));
  });

  test('are of one tier, which is named where there are several', () => {
    const stack = newStack();
    const tier = (name: string) => ({ name, subnetType: ec2.SubnetType.PRIVATE_ISOLATED });
    const tiers = new ec2.Vpc(stack, 'Tiers', { subnetConfiguration: [tier('App'), tier('Data')], restrictDefaultSecurityGroup: false });
    expect(() => privateSubnets(stack, tiers, undefined)).toThrow("[Test] 'vpcSubnets' is left out, and the VPC has several subnets for it in one availability zone: name their tier, for example by { subnetGroupName: 'Application' }");
    expect(privateSubnets(stack, tiers, { subnetGroupName: 'App' })).toHaveLength(2);
    expect(privateSubnets(stack, tiers, { subnetType: ec2.SubnetType.PRIVATE_ISOLATED })).toHaveLength(4);
  });

  test('are not public, said or not', () => {
    const stack = newStack();
    const open = new ec2.Vpc(stack, 'Open', { subnetConfiguration: [{ name: 'Edge', subnetType: ec2.SubnetType.PUBLIC }], restrictDefaultSecurityGroup: false });
    expect(() => privateSubnets(stack, open, undefined)).toThrow("[Test] 'vpcSubnets' selects public subnets");
    expect(() => privateSubnets(stack, newVpc(stack), { subnetType: ec2.SubnetType.PUBLIC })).toThrow("[Test] 'vpcSubnets' selects public subnets");
  });

  test('are in two Availability Zones or more', () => {
    const stack = newStack();
    const narrow = ec2.Vpc.fromVpcAttributes(stack, 'Narrow', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'], privateSubnetIds: ['subnet-1'] });
    expect(() => privateSubnets(stack, narrow, undefined)).toThrow("[Test] 'vpcSubnets' selects subnets in one Availability Zone only (eu-west-1a): select two or more");
    expect(() => privateSubnets(stack, narrow, { subnets: [] })).toThrow();
  });
});

describe('environment', () => {
  test('settings pass, tokens among them', () => {
    expect(() => checkEnvironment(newStack(), { 'LOG_LEVEL': 'info', 'DB_SECRET_ARN': 'arn', 'app.mode': 'x', 'TABLE': Token.asString({ Ref: 'T' }) }, ['DB_PASSWORD'])).not.toThrow();
  });

  test.each<[string, Record<string, string>, string[], string]>([
    ['a credential', { AWS_SECRET_ACCESS_KEY: 'x' }, [], "'environment' has a credential in 'AWS_SECRET_ACCESS_KEY'"],
    ['a name like a credential', { API_KEY: 'x' }, [], "'environment' has 'API_KEY', which is named like a credential"],
    ['a name that is none', { '1A': 'x' }, [], "'environment' has the variable '1A'"],
    ['a name of a secret that is none', {}, ['a b'], "'secrets' has the variable 'a b'"],
    ['a name in both', { A: 'x' }, ['A'], "'environment' and 'secrets' both have 'A'"],
  ])('%s does not', (_name, environment, secrets, message) => {
    expect(() => checkEnvironment(newStack(), environment, secrets)).toThrow(`[Test] ${message}`);
  });

  test('a name like a credential passes with a waiver above, a credential never', () => {
    const stack = newStack();
    SecurityWaivers.of(stack).add({ control: 'ECS-05b', reason: 'a tokenizer is what the application is about' });
    expect(() => checkEnvironment(stack, { TOKENIZER: 'fast' }, [])).not.toThrow();
    expect(() => checkEnvironment(stack, { TOKENIZER: '-----BEGIN PRIVATE KEY-----' }, [])).toThrow('a credential in');
  });
});

test.each(['1000', '1000:1000', '65534:1'])('the user %s passes', user => {
  expect(() => checkUser(newStack(), user)).not.toThrow();
});

test.each(['0', '0:1000', '1000:0', 'root', 'app:app', '01000', '', '-1'])("the user '%s' does not", user => {
  expect(() => checkUser(newStack(), user)).toThrow(`[Test] 'user' is '${user}': give numbers`);
});

test('a user that is a token does not', () => {
  expect(() => checkUser(newStack(), Token.asString({ Ref: 'User' }))).toThrow("[Test] 'user' is known at deployment only");
});

test('commands have words, and no form', () => {
  expect(() => checkCommands(newStack(), ['serve'], ['/health', 'CMD'])).not.toThrow();
  expect(() => checkCommands(newStack(), undefined, undefined)).not.toThrow();
  expect(() => checkCommands(newStack(), Token.asList({ Ref: 'A' }), ['/health', Token.asString({ Ref: 'B' })])).not.toThrow();
  expect(() => checkCommands(newStack(), undefined, Token.asList({ Ref: 'B' }))).toThrow("[Test] 'healthCheckCommand' is a list that is known only at deployment");
  expect(() => checkCommands(newStack(), [], undefined)).toThrow("[Test] 'command' is empty");
  expect(() => checkCommands(newStack(), undefined, [])).toThrow("[Test] 'healthCheckCommand' is empty");
  expect(() => checkCommands(newStack(), undefined, ['NONE'])).toThrow("[Test] 'healthCheckCommand' begins with 'NONE'");
});
